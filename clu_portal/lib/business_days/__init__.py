"""Business days, holidays and deadlines, as pure functions: no clock, no database.

The counting convention is one setting, the argument `counts_start`. Off, as everywhere by default: the day of receipt
is day 0, the next day that counts is day 1, and what is done on or before day N is in time (domain.md §5.1: no text
says how the référentiel counts). On: a day of receipt that counts is day 1.
"""

from .counting import add_business_days, business_days_between, is_business_day, is_in_time
from .deadline import DayLine, Deadline, Pause, Unit
from .legal_holidays import Holiday, legal_holidays
from .site_calendar import SiteCalendar
from .zones import Zone

__all__ = [
    "DayLine",
    "Deadline",
    "Holiday",
    "Pause",
    "SiteCalendar",
    "Unit",
    "Zone",
    "add_business_days",
    "business_days_between",
    "is_business_day",
    "is_in_time",
    "legal_holidays",
]

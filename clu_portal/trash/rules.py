"""How long the corbeille keeps what is in it."""

from datetime import date, timedelta

KEPT_DAYS = 30  # after the day it was put there (issue 3, §1)


def last_day(trashed_on: date) -> date:
    """The last day on which it may be put back."""
    return trashed_on + timedelta(days=KEPT_DAYS)


def is_over(trashed_on: date, *, today: date) -> bool:
    return today > last_day(trashed_on)

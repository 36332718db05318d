"""The calendar of one site: its legal holidays and its own closing days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .legal_holidays import Holiday, legal_holidays
from .zones import Zone


@dataclass(frozen=True)
class SiteCalendar:
    """What closes a site. `day in calendar` tells a holiday or a closing day; weekends are no part of it.

    `closing_days` gives each local closing day with its wording (« pont de l'Ascension »), possibly empty.
    Raises ValueError when `good_friday` is set outside Alsace-Moselle.
    """

    zone: Zone = Zone.METROPOLE
    good_friday: bool = False
    closing_days: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self):
        object.__setattr__(self, "zone", Zone(self.zone))
        object.__setattr__(self, "closing_days", dict(self.closing_days))
        legal_holidays(2000, self.zone, self.good_friday)

    def __contains__(self, day: date) -> bool:
        return self.closed_because(day) is not None

    def closed_because(self, day: date) -> str | None:
        """Return why the site is closed that day, in French, or None; says nothing of weekends."""
        names = [holiday.name for holiday in self.holidays(day.year) if holiday.on == day]
        if names:
            return " et ".join(names)
        if day not in self.closing_days:
            return None
        return " : ".join(filter(None, ["fermeture locale", self.closing_days[day]]))

    def holidays(self, year: int) -> tuple[Holiday, ...]:
        """Return the legal holidays of the year, in order."""
        return legal_holidays(year, self.zone, self.good_friday)

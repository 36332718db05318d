"""A deadline and its working: every day counted or skipped, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import TextChoices

from .counting import ONE_DAY, check_count, check_day, is_business_day, is_in_time
from .site_calendar import SiteCalendar

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SATURDAY, SUNDAY = 5, 6


class Unit(TextChoices):
    """The kinds of days. Whatever a site closes for counts neither as a jour ouvré nor as a jour ouvrable."""

    BUSINESS_DAY = "business_day", "jours ouvrés"
    WORKING_DAY = "working_day", "jours ouvrables"
    CALENDAR_DAY = "calendar_day", "jours calendaires"
    CLEAR_DAY = "clear_day", "jours francs"


@dataclass(frozen=True)
class Pause:
    """A suspended stretch, `start` included, `end` excluded: the delay runs again that day. None: not ended yet.

    Raises ValueError when `end` comes before `start`.
    """

    start: date
    end: date | None = None
    reason: str = ""

    def __post_init__(self):
        check_day(self.start)
        if self.end is not None and check_day(self.end) < self.start:
            raise ValueError("La suspension s'achève avant d'avoir commencé.")

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def __str__(self):
        return " : ".join(filter(None, ["délai suspendu", self.reason]))


@dataclass(frozen=True)
class DayLine:
    """One line of the working: the day, its rank when it counts, else the French reason why it does not."""

    on: date
    rank: int | None
    reason: str = ""


@dataclass(frozen=True)
class Deadline:
    """`days` days of one kind after `start`, and the working.

    `counts_start` is the counting convention (see the package); jours francs never count their first day.
    `extended` carries a due date that falls on a closed day to the next jour ouvré. Left to None, it is so for jours
    francs only (infos.isidoor.org « Jour franc », read in November 2026, no legal text found); civil procedure does so
    for every delay in days (service-public.fr F31111, same date); a notice to give before a meeting says False.
    Raises ValueError or TypeError on impossible arguments, OverflowError past the year 9999.
    """

    start: date
    days: int
    unit: Unit = Unit.BUSINESS_DAY
    calendar: SiteCalendar = field(default_factory=SiteCalendar)
    pauses: tuple[Pause, ...] = ()
    counts_start: bool = False
    extended: bool | None = None

    def __post_init__(self):
        check_day(self.start)
        check_count(self.days)
        object.__setattr__(self, "unit", Unit(self.unit))
        object.__setattr__(self, "pauses", tuple(self.pauses))
        is_clear = self.unit == Unit.CLEAR_DAY
        object.__setattr__(self, "counts_start", self.counts_start and not is_clear)
        object.__setattr__(self, "extended", is_clear if self.extended is None else self.extended)

    @property
    def due_on(self) -> date | None:
        """Return the last day in time, or None as long as an open pause leaves it unknown."""
        return None if self._is_suspended else self.working[-1].on

    @property
    def gross_due_on(self) -> date:
        """Return the due date as if the delay had never been suspended; always shown beside the other."""
        return replace(self, pauses=()).due_on

    @property
    def working(self) -> tuple[DayLine, ...]:
        """Return the days from `start` to the due date, or to the first day of a pause not ended."""
        return self._counted if self._is_suspended else (*self._counted, *self._extension)

    def is_in_time(self, done_on: date) -> bool:
        return is_in_time(done_on, self.due_on)

    @cached_property
    def _counted(self) -> tuple[DayLine, ...]:
        return tuple(self._count())

    @cached_property
    def _is_suspended(self) -> bool:
        ranks = [line.rank for line in self._counted if line.rank]
        return len(ranks) < self.days

    def _count(self) -> Iterator[DayLine]:
        if not self.counts_start or self.days == 0:
            yield DayLine(self.start, None, "jour de départ, non compté")
        day, rank = self.start if self.counts_start else self.start + ONE_DAY, 0
        while rank < self.days:
            pause = self._pause_on(day)
            if pause and pause.end is None:
                yield DayLine(day, None, str(pause))
                return
            reason = self._closed_because(day) or (str(pause) if pause else "")
            if not reason:
                rank += 1
            yield DayLine(day, None if reason else rank, reason)
            day += ONE_DAY

    @property
    def _extension(self) -> tuple[DayLine, ...]:
        """Return the days after the last counted one: the end of a délai franc, those a closed day carries it over."""
        counted_until = self._counted[-1].on
        due_on = counted_until + ONE_DAY if self.unit == Unit.CLEAR_DAY else counted_until
        lines = []
        while self.extended and not is_business_day(due_on, self.calendar):
            lines.append(DayLine(due_on, None, self._any_closing(due_on)))
            due_on += ONE_DAY
        if due_on == counted_until:
            return ()
        lines.append(DayLine(due_on, None, "jour d'échéance"))
        return tuple(line for line in lines if line.on > counted_until)

    def _pause_on(self, day: date) -> Pause | None:
        return next((pause for pause in self.pauses if pause.covers(day)), None)

    def _closed_because(self, day: date) -> str | None:
        if self.unit in (Unit.CALENDAR_DAY, Unit.CLEAR_DAY):
            return None
        if day.weekday() == SATURDAY and self.unit == Unit.WORKING_DAY:
            return self.calendar.closed_because(day)
        return self._any_closing(day)

    def _any_closing(self, day: date) -> str | None:
        return WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else self.calendar.closed_because(day)

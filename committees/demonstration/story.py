"""What a demonstration préfecture tells: its committees, their meetings, how far each of them went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from clu_portal.lib.text import day_in_words

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
DRAFTING, IN_REVIEW, SEALED = "drafting", "in_review", "sealed"


def near(today: date, days: int, weekday: int) -> date:
    """The given weekday that follows `today + days`, or that very day: no comité meets on a Sunday."""
    day = today + timedelta(days=days)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def in_words(day: date) -> str:
    """« 20 mars 2026 », « 1er avril 2026 » with the mark of writing.py for its superscript."""
    _, number, rest = day_in_words(day).split(maxsplit=2)
    return f"{'1^er^' if number in ('1', '1er') else number} {rest}"


@dataclass(frozen=True)
class Seat:
    """A seat and who holds it, « Mme Prénom Nom »: nobody when it is vacant."""

    college: str
    wording: str
    family: str = ""  # of the organisation of that name; without it the seat is of an office
    holder: str = ""
    email: str = ""
    substitute: str = ""
    basis: str = "designated"
    ends_soon: bool = False


@dataclass(frozen=True)
class Committee:
    name: str
    acronym: str  # of its type
    colleges: dict[str, str]  # label → side
    seats: Sequence[Seat]
    act_number: str = ""


@dataclass(frozen=True)
class Line:
    """A line of attendance: typed as it is (`printed`), or composed from what is known."""

    printed: str = ""
    body: str = ""
    persons: Sequence[str] = ()
    organisation: str = ""
    represented_by: str = ""
    representing: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading; without a heading, the one that agrees with them."""

    heading: str
    lines: Sequence[Line]
    status: str = "present"


@dataclass(frozen=True)
class Item:
    label: str
    title: str
    kind: str = "information"
    presenters: str = ""


@dataclass(frozen=True)
class Document:
    """Slides of the dossier: pairs of a title and its lines."""

    title: str
    kind: str
    slides: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Text:
    """The minutes of a meeting: what is printed around, the sections, how far they went.

    `correction` rewrites the sections, by text, in a second version sealed after the first.
    """

    sections: Callable[[], list[dict]]
    reaches: str
    printed: dict = field(default_factory=dict)
    correction: tuple[str, str] | None = None
    is_distributed: bool = False


@dataclass(frozen=True)
class Meeting:
    """`key` names the meeting for ever in its préfecture: what is loaded once is not loaded again."""

    key: str
    committee: str
    held_on: date | None
    state: str = "held"
    joint: Sequence[str] = ()
    planned_for: str = ""
    next_meeting: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    chair: str = ""
    reason: str = ""
    agenda: Sequence[Item] = ()
    attendance: Sequence[Group] = ()
    guests: Sequence[str] = ()
    documents: Sequence[Document] = ()
    text: Text | None = None


@dataclass(frozen=True)
class Story:
    committees: Sequence[Committee]
    meetings: Sequence[Meeting]

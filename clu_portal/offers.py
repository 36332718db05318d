"""What an app offers to the others. Each app registers in its `apps.py`; nobody imports a neighbour.

An offer is a plain function and what is said of it. Names are « app.thing », stable, written in links and documents.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Q, Value


@dataclass(frozen=True)
class Reference:
    """What « meeting:12 » leads to, for somebody who may see it."""

    label: str
    address: str


@dataclass(frozen=True)
class WaitingItem:
    """One line of the home page: what waits for this person."""

    label: str
    address: str
    detail: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class HomeCard:
    """What one comes for, on the home page: the first link is the one most people follow."""

    heading: str
    text: str
    links: tuple[tuple[str, str], ...]
    detail: str = ""


@dataclass(frozen=True)
class FirstStep:
    """One line of the first-day guide. `done` is asked of the database, all steps at once."""

    label: str
    address: Callable[[], str]
    done: Exists | Q | Value


@dataclass(frozen=True)
class HeldItem:
    """One line of what a leaving agent holds."""

    label: str
    address: str = ""


@dataclass(frozen=True)
class Handover:
    """One kind of thing an agent holds: `held(user)` lists it, `hand_over(leaving=, successor=, by=)` passes it on.

    Without `hand_over` the lines are shown only: the act of leaving closes them itself.
    """

    title: str
    held: Callable
    hand_over: Callable | None = None


@dataclass(frozen=True)
class Offered:
    """A function offered, with the number of queries it may cost whatever the number of rows."""

    function: Callable
    query_budget: int = 1


@dataclass
class Shelf:
    """One kind of offer: name → what is offered."""

    kind: str
    items: dict[str, Offered] = field(default_factory=dict)

    def register(self, name: str, function: Callable, *, query_budget: int = 1) -> None:
        """Offer a function under a name. Raises ValueError when the name is taken by another function."""
        known = self.items.get(name)
        if known and known.function is not function:
            raise ValueError(f"{self.kind} « {name} » is offered twice")
        self.items[name] = Offered(function, query_budget)

    def __iter__(self):
        return iter(sorted(self.items.items()))

    def __getitem__(self, name: str) -> Callable:
        return self.items[name].function

    def __contains__(self, name: str) -> bool:
        return name in self.items


figures = Shelf("figure")  # (prefecture, period, site) -> value, n, address of the cases
references = Shelf("reference")  # (user, pks) -> {pk: Reference} of those this user may see
waiting_items = Shelf("waiting item")  # (user) -> list of WaitingItem
home_cards = Shelf("home card")  # (user) -> a HomeCard, or None where there is nothing to show
agenda_proposals = Shelf("agenda proposal")  # (committee_id) -> proposals with the reason of each
searchable_texts = Shelf("searchable text")  # (query, user) -> hits
demonstrations = Shelf("demonstration")  # (prefecture) -> None: loads fictitious rows, safe to run twice
new_prefectures = Shelf("new préfecture")  # () -> None: gives the préfecture of the moment its first rows; safe twice
first_steps = Shelf("first step")  # (user) -> FirstStep, without a query: the first-day guide
renderers = Shelf("renderer")  # (rendering) -> (html, …): how a Rendering is drawn
handovers = Shelf("handover")  # a Handover: what a leaving agent holds, and how it is handed over
member_checks = Shelf("member check")  # (set of person ids) -> the ids that may sign in as members
sheets = Shelf("sheet")  # a Sheet (organisations/imports/sheets.py): a registry that is imported and exported
trash_kinds = Shelf("trash kind")  # a TrashKind (clu_portal/trash/kinds.py): what may be put in the corbeille
mergers = Shelf("merger")  # (kept, dropped) -> None: drops what would be said twice once two rows are one
merged = Shelf("merged")  # (kept) -> None: writes again what follows of itself from a row that another was merged into
sweepers = Shelf("sweeper")  # () -> None: does or queues again what a dead broker or worker left; safe at once


def find_references(user, names: Iterable[str]) -> dict[str, Reference]:
    """What each « meeting:12 » leads to, where this user may see it: one call for each kind of thing."""
    by_kind: dict[str, set[int]] = {}
    for name in names:
        kind, _, pk = name.partition(":")
        if kind in references and pk.isascii() and pk.isdigit():
            by_kind.setdefault(kind, set()).add(int(pk))
    return {
        f"{kind}:{pk}": found for kind, pks in by_kind.items() for pk, found in references[kind](user, pks).items()
    }

"""The links of one thing, both ways, for those who may see what they lead to."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clu_portal import offers
from clu_portal.compiled import compiled
from clu_portal.links.models import Link, Relation

SEEN_FROM_THE_TARGET = {
    Relation.GAVE_AGENDA_ITEM: "vient de",
    Relation.GAVE_ACTION: "vient de",
    Relation.DISCUSSED_IN: "a évoqué",
    Relation.MEASURED_BY: "mesure",
    Relation.ANSWERED_BY: "répond à",
}


@dataclass(frozen=True)
class Neighbour:
    """One line: « vient de », and where that leads."""

    relation: str
    reference: offers.Reference


def links_of(name: str, user) -> list[Neighbour]:
    """Return what « action:12 » is linked to, the oldest link first, without what this user may not see.

    Costs one query, and those of the references (offers.py) of each kind of thing found.
    """
    links = [(wording(name, *link), other_end(name, *link)) for link in link_rows(name)]
    found = offers.find_references(user, [other for _, other in links])
    return [Neighbour(relation, found[other]) for relation, other in links if other in found]


@compiled
def link_rows(name: str) -> QuerySet:
    return Link.objects.touching(name).order_by("pk").values_list("source", "relation", "target")


def other_end(name: str, source: str, relation: str, target: str) -> str:
    return target if source == name else source


def wording(name: str, source: str, relation: str, target: str) -> str:
    return Relation(relation).label if source == name else SEEN_FROM_THE_TARGET[Relation(relation)]

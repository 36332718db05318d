"""The links of one thing, both ways, for those who may see what they lead to."""

from dataclasses import dataclass

from clu_portal import offers
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
    links = list(Link.objects.touching(name).only("source", "relation", "target").order_by("pk"))
    found = offers.find_references(user, [other_end(link, name) for link in links])
    return [
        Neighbour(wording(link, name), found[other_end(link, name)])
        for link in links
        if other_end(link, name) in found
    ]


def other_end(link: Link, name: str) -> str:
    return link.target if link.source == name else link.source


def wording(link: Link, name: str) -> str:
    return link.get_relation_display() if link.source == name else SEEN_FROM_THE_TARGET[Relation(link.relation)]

"""An exchange told organisation by organisation: what each said, and right after it what was answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .exchanges import about_ranks, noun_of
from .nodes import attribute


@dataclass(frozen=True)
class Turn:
    """A remark or an answer; `mention` says what an answer is about where its place does not."""

    node: dict
    mention: str = ""


@dataclass
class Group:
    organisation: str
    remarks: list[dict] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)


def is_by_organisation(exchange: dict) -> bool:
    return attribute(exchange, "presentation") == "by_organisation"


def by_organisation(remarks: Sequence[dict], answers: Sequence[dict]) -> tuple[list[Group], list[Turn]]:
    """Return what each organisation said and was answered, then the answers to several organisations.

    Organisations come in the order they first spoke; a remark that names none is of the one before. An answer follows
    the last of the remarks it answers; it is kept where no remark has a text.
    """
    groups = _groups(remarks)
    places = {
        attribute(remark, "id"): (group, rank) for group in groups for rank, remark in enumerate(group.remarks, 1)
    }
    replies, common = defaultdict(list), []
    for answer in answers:
        found = [places[id] for id in _answered(answer, places)]
        concerned = _unique(group for group, _ in found)
        if len(concerned) == 1:
            (group,), ranks = concerned, sorted({rank for _, rank in found})
            replies[id(group), ranks[-1]].append(Turn(answer, _about(ranks, group.remarks)))
        else:
            common.append(Turn(answer, _to_whom(concerned, groups)))
    for group in groups:
        for rank, remark in enumerate(group.remarks, start=1):
            group.turns += [Turn(remark), *replies[id(group), rank]]
    return groups, common


def _groups(remarks: Sequence[dict]) -> list[Group]:
    groups: dict[str, Group] = {}
    name = ""
    for remark in remarks:
        name = attribute(remark, "organisation").strip() or name
        groups.setdefault(name.casefold(), Group(name)).remarks.append(remark)
    return list(groups.values())


def _answered(answer: dict, drawn: Mapping[str, object]) -> list[str]:
    """Return the ids answered, of the remarks that are drawn; all of them when none is named."""
    return [id for id in attribute(answer, "answers") if id in drawn] or list(drawn)


def _about(ranks: list[int], remarks: Sequence[dict]) -> str:
    """An answer to one remark stands right under it: nothing is to be said."""
    return about_ranks(ranks, len(remarks), noun_of(remarks)) if len(ranks) > 1 else ""


def _to_whom(concerned: Sequence[Group], groups: Sequence[Group]) -> str:
    names = [f"à {group.organisation}" for group in concerned if group.organisation]
    if len(concerned) == len(groups) or not names:
        return ""
    return " et ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _unique(groups) -> list[Group]:
    return list({id(group): group for group in groups}.values())

"""An exchange told organisation by organisation: what each said, and right after it what was answered."""

from collections.abc import Sequence
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
    owners = {attribute(remark, "id"): group for group in groups for remark in group.remarks}
    answered = [_answered(answer, owners) for answer in answers]
    common = []
    for answer, ids in zip(answers, answered, strict=True):
        concerned = _unique(owners[id] for id in ids)
        if len(concerned) != 1:
            common.append(Turn(answer, _to_whom(concerned, groups)))
    for group in groups:
        own = [attribute(remark, "id") for remark in group.remarks]
        for remark in group.remarks:
            group.turns.append(Turn(remark))
            for answer, ids in zip(answers, answered, strict=True):
                if ids and set(ids) <= set(own) and _last(ids, own) == attribute(remark, "id"):
                    group.turns.append(Turn(answer, _about(ids, own, group.remarks)))
    return groups, common


def _groups(remarks: Sequence[dict]) -> list[Group]:
    groups: dict[str, Group] = {}
    name = ""
    for remark in remarks:
        name = attribute(remark, "organisation").strip() or name
        groups.setdefault(name.casefold(), Group(name)).remarks.append(remark)
    return list(groups.values())


def _answered(answer: dict, owners: dict[str, Group]) -> list[str]:
    """Return the ids answered, of the remarks that are drawn; all of them when none is named."""
    chosen = attribute(answer, "answers") or list(owners)
    return [id for id in chosen if id in owners] or list(owners)


def _last(ids: Sequence[str], own: Sequence[str]) -> str:
    return max(ids, key=own.index)


def _about(ids: Sequence[str], own: Sequence[str], remarks: Sequence[dict]) -> str:
    """An answer to one remark stands right under it: nothing is to be said."""
    if len(ids) < 2:
        return ""
    return about_ranks([rank for rank, id in enumerate(own, start=1) if id in ids], len(own), noun_of(remarks))


def _to_whom(concerned: Sequence[Group], groups: Sequence[Group]) -> str:
    names = [f"à {group.organisation}" for group in concerned if group.organisation]
    if len(concerned) == len(groups) or not names:
        return ""
    return " et ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _unique(groups) -> list[Group]:
    return list({id(group): group for group in groups}.values())

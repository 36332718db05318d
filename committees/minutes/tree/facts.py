"""The facts of a meeting as they are drawn: what says something, as lines of text; what is unknown is left alone."""

from collections.abc import Iterable, Sequence
from typing import Any

AGENDA_KEYS = ("label", "title", "kind_label", "presenters")
ACTION_KEYS = ("title", "owner", "due", "state")


def known_facts(facts: dict[str, Any] | None) -> dict[str, Any]:
    """Return the facts that say something: agenda items with a label or a title, groups with lines."""
    facts = facts or {}
    documents = [
        {"heading": _line(group.get("heading")), "kind": group.get("kind"), "lines": _lines(group.get("lines"))}
        for group in facts.get("documents") or ()
    ]
    dossier = [group for group in documents if group["lines"]]
    return {
        "agenda": _known_agenda(facts.get("agenda") or ()),
        "quorum": _known_quorum(facts.get("quorum") or ()),
        "votes": [vote for vote in map(_known_vote, facts.get("votes") or ()) if vote["sentence"]],
        "attendance": _known_groups(facts.get("attendance") or ()),
        "dossier": dossier,
        "meeting_actions": _known_rows_of_actions(facts.get("actions")),
        "previous_actions": _known_rows_of_actions(facts.get("previous_actions")),
        "chair": _line(facts.get("chair")),
        "annexes": [group | {"heading": ""} for group in dossier if group["kind"] == "annexed"],
    }


def _known_agenda(items: Iterable[dict]) -> list[dict]:
    """Return the items that have a label or a title, each with its sub-items (`depth` 1)."""
    agenda: list[dict] = []
    for item in items:
        known = {key: _line(item.get(key)) for key in AGENDA_KEYS} | {"items": []}
        if known["label"] or known["title"]:
            (agenda[-1]["items"] if item.get("depth") and agenda else agenda).append(known)
    return agenda


def _known_groups(groups: Iterable[dict]) -> list[dict]:
    """Return the groups that have lines, or a group under them (`depth` 1) that has some."""
    known: list[dict] = []
    for group in reversed(list(groups)):
        depth, rows = int(bool(group.get("depth"))), _known_rows(group)
        lines = [row["line"] for row in rows]
        if lines or (not depth and known and known[-1]["depth"]):
            known.append({"heading": _line(group.get("heading")), "lines": lines, "rows": rows, "depth": depth})
    return known[::-1]


def _known_rows(group: dict) -> list[dict[str, str]]:
    """Return what each line is made of; the facts of older minutes hold the lines alone."""
    rows = group.get("rows") or [{"line": line} for line in group.get("lines") or ()]
    known = [{name: _line(value) for name, value in row.items()} for row in rows]
    return [row for row in known if row.get("line")]


def _known_quorum(quorums: Sequence[dict]) -> list[dict]:
    """Return what is said of each quorum; the committee is named where there are several."""
    names = ("committee", "sentence", "rule") if len(quorums) > 1 else ("sentence", "rule")
    known = [{name: _line(quorum.get(name)) for name in names} for quorum in quorums]
    return [quorum for quorum in known if quorum["sentence"]]


def _known_vote(vote: dict) -> dict[str, str]:
    about = _line(vote.get("subject")) or " ".join(filter(None, (_line(vote.get("label")), _line(vote.get("item")))))
    return {"about": about, "sentence": _line(vote.get("sentence"))}


def _known_rows_of_actions(actions: Iterable[dict] | None) -> list[dict[str, str]]:
    known = [{key: _line(action.get(key)) for key in ACTION_KEYS} for action in actions or ()]
    return [action for action in known if action["title"]]


def known_actions(facts: dict[str, Any] | None) -> dict[str, dict[str, str]]:
    """Return what is known of the actions cited, by identifier: {"title", "owner", "due", "state"}."""
    actions = (facts or {}).get("actions") or ()
    return {action["id"]: {key: _line(action.get(key)) for key in ACTION_KEYS} for action in actions}


def _lines(values) -> list[str]:
    return list(filter(None, map(_line, values or ())))


def _line(value) -> str:
    return "" if value is None else str(value).strip()

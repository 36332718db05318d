"""The words in which a change of the facts is shown: both values, and what differs where the lines are the same."""

from collections.abc import Iterable

LABELS = {
    "chair": "Présidence",
    "attendance": "Présences",
    "agenda": "Ordre du jour",
    "quorum": "Quorum",
    "votes": "Votes",
    "documents": "Documents",
    "actions": "Actions de la réunion",
    "previous_actions": "Suites données aux actions précédentes",
}
DETAILS = {
    "name": "nom",
    "function": "fonction",
    "body": "organisme",
    "college": "collège",
    "state": "état",
    "rest": "précision",
    "depth": "rang",
    "kind": "nature",
    "file": "fichier",
    "added_in_session": "ajouté en séance",
    "moved_in_session": "déplacé en séance",
    "is_met": "quorum atteint",
    "may_decide": "peut délibérer",
    "result": "résultat",
}


def lines_of_items(
    fact: str, before: list[dict], former: list[int], after: list[dict], new: list[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the former and the new lines of a change, told apart by their details where their words are the same."""
    texts = tuple(worded(fact, before, former)), tuple(worded(fact, after, new))
    if texts[0] != texts[1]:
        return texts
    pairs = [(before[i], after[j]) for i, j in zip(former, new, strict=True)]
    told = [[told_apart(one, other, side) for one, other in pairs] for side in (0, 1)]
    return tuple(tuple(f"{text}{more}" for text, more in zip(texts[side], told[side], strict=True)) for side in (0, 1))


def told_apart(former: dict, new: dict, side: int) -> str:
    differing = [name for name in DETAILS if (former.get(name) or "") != (new.get(name) or "")]
    shown = [f"{DETAILS[name]} : {value_in_words((former, new)[side].get(name))}" for name in differing]
    return f" ({', '.join(shown)})" if shown else ""


def value_in_words(value) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = str(value or "")
    return f"{text[:8]}…" if len(text) == 64 else text or "rien"


def worded(fact: str, items: list[dict], indexes: list[int]) -> Iterable[str]:
    inside = set(indexes)
    for index in indexes:
        item = items[index]
        if "heading" in item and "line" not in item:
            yield f"Rubrique « {item['heading']} »" if item["heading"] else "Sans rubrique"
        elif "line" in item:
            above = heading_above(items, index)
            named = above is not None and above not in inside and items[above]["heading"]
            yield f"{item['line']} ({items[above]['heading']})" if named else item["line"]
        else:
            yield row_in_words(item)


def heading_above(items: list[dict], index: int) -> int | None:
    return next(
        (place for place in range(index, -1, -1) if "line" not in items[place] and "heading" in items[place]), None
    )


def row_in_words(row: dict) -> str:
    """An item of the agenda, a quorum, a vote or an action, in one line."""
    about = " ".join(filter(None, (row.get("label"), row.get("subject") or row.get("title") or row.get("item"))))
    owner, due, state = (row.get(name) for name in ("owner", "due", "state"))
    said = [
        about,
        row.get("presenters"),
        row.get("committee") and f"{row['committee']}",
        row.get("sentence"),
        row.get("rule"),
        owner and f"responsable : {owner}",
        due and f"échéance : {due}",
        state and f"état : {state}",
    ]
    return " – ".join(filter(None, said))

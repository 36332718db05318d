"""What changed in the facts since the minutes took them: from two sets of facts to the list of differences. Pure.

A fact is seen as a list of items in their order: headings and lines, or rows. A difference holds the items that differ
and nothing around, so that each is taken or left by itself; what moved from one place to another is one difference.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .changed_words import lines_of_items

FACTS = ("chair", "attendance", "agenda", "quorum", "votes", "documents", "actions", "previous_actions")
GROUPED = {"attendance", "documents"}
# Each row is found again by its identifier, wherever it stands; one that is no longer cited is not proposed.
BY_ID = {"actions", "previous_actions"}

Item = dict
Step = tuple[int, int, int, int]  # accepted[i1:i2] becomes today[j1:j2]


@dataclass(frozen=True)
class Change:
    """One difference: `key` names both values, so that what was seen and nothing else is taken."""

    key: str
    fact: str
    former: tuple[str, ...]
    new: tuple[str, ...]
    steps: tuple[Step, ...]


def changes(accepted: dict, today: dict) -> list[Change]:
    """Return the differences, fact by fact, in the order they are read. Facts that were never taken have none."""
    return [change for fact in FACTS if fact in accepted for change in changes_of(fact, accepted, today)]


def take(accepted: dict, today: dict, keys: set[str]) -> dict:
    """Return the accepted facts with these differences taken from today's, and nothing else changed."""
    taken = dict(accepted)
    for fact in FACTS:
        chosen = (
            [change for change in changes_of(fact, accepted, today) if change.key in keys] if fact in accepted else []
        )
        if chosen:
            taken[fact] = gather(
                fact, spliced(fact, accepted, today, [step for each in chosen for step in each.steps])
            )
    return taken


def changes_of(fact: str, accepted: dict, today: dict) -> list[Change]:
    before, after = both(fact, accepted, today)
    steps = [step for code in opcodes(before, after) for step in single_steps(code, before, after)]
    if fact in BY_ID:
        steps = [step for step in steps if step[2] < step[3]]
    named: dict[str, int] = {}
    return [
        change_of(fact, same, before, after, named)
        for same in with_the_same_rows(sorted(steps), before, after)
    ]  # fmt: skip


def change_of(fact: str, steps: list[Step], before: list[Item], after: list[Item], named: dict[str, int]) -> Change:
    former = [index for i1, i2, _, _ in steps for index in range(i1, i2)]
    new = [index for _, _, j1, j2 in steps for index in range(j1, j2)]
    seen = json.dumps([fact, [before[i] for i in former], [after[j] for j in new]], sort_keys=True)
    key = hashlib.sha256(seen.encode()).hexdigest()[:16]
    named[key] = named.get(key, 0) + 1
    key += f"-{named[key]}" if named[key] > 1 else ""
    words = lines_of_items(fact, before, former, after, new)
    return Change(key, fact, *words, tuple(steps))


def both(fact: str, accepted: dict, today: dict) -> tuple[list[Item], list[Item]]:
    before, after = flatten(fact, accepted.get(fact)), flatten(fact, today.get(fact))
    if fact in BY_ID:
        place = {item.get("id"): index for index, item in enumerate(before)}
        after.sort(key=lambda item: place.get(item.get("id"), len(place)))
    return before, after


def flatten(fact: str, value) -> list[Item]:
    """A fact as a list of items; the lines of older facts are items too."""
    if fact == "chair":
        return [{"line": value}] if value else []
    if fact not in GROUPED:
        return [dict(row) for row in value or ()]
    items: list[Item] = []
    for group in value or ():
        items.append({name: group[name] for name in ("heading", "kind", "depth") if group.get(name) is not None})
        items += group.get("rows") or [{"line": line} for line in group.get("lines") or ()]
    return items


def gather(fact: str, items: Sequence[Item]):
    """The fact these items are."""
    if fact == "chair":
        return " ".join(item["line"] for item in items)
    if fact not in GROUPED:
        return list(items)
    groups: list[dict] = []
    for item in items:
        if is_heading(item) or not groups:
            heading = item if is_heading(item) else {"heading": ""}
            groups.append({**heading, "lines": [], "rows": []})
        if not is_heading(item):
            groups[-1]["lines"].append(item["line"])
            groups[-1]["rows"].append(item)
    return groups


def is_heading(item: Item) -> bool:
    return "heading" in item and "line" not in item


def opcodes(before: list[Item], after: list[Item]) -> list[tuple[str, int, int, int, int]]:
    """Items are compared by what the accepted ones say: an older line is not another because more is known of it."""
    known = {name for item in before if not is_heading(item) for name in item} - {"id"}
    known = known if known and known <= {"line"} else None
    texts = [[compared(item, known) for item in items] for items in (before, after)]
    return SequenceMatcher(None, *texts, autojunk=False).get_opcodes()


def compared(item: Item, known: set[str] | None) -> str:
    told = {name: value for name, value in item.items() if name != "id" and value not in ("", None, 0, False)}
    if known is not None and not is_heading(item):
        told = {name: value for name, value in told.items() if name in known}
    return json.dumps(told, sort_keys=True)


def single_steps(code: tuple, before: list[Item], after: list[Item]) -> Iterator[Step]:
    """Cut a difference into the smallest that stand by themselves: line by line, a new heading with its lines."""
    tag, i1, i2, j1, j2 = code
    if tag == "equal":
        return
    alike = i2 - i1 == j2 - j1 and all(is_heading(before[i1 + n]) == is_heading(after[j1 + n]) for n in range(i2 - i1))
    if tag == "replace" and alike:
        yield from ((i1 + n, i1 + n + 1, j1 + n, j1 + n + 1) for n in range(i2 - i1))
    elif tag == "replace":
        yield i1, i2, j1, j2
    elif tag == "insert":
        yield from ((i1, i1, start, end) for start, end in blocks(after, j1, j2))
    else:
        yield from ((start, end, j1, j1) for start, end in blocks(before, i1, i2))


def blocks(items: list[Item], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each line by itself, each heading with the lines that follow it."""
    while start < end:
        stop = start + 1
        while is_heading(items[start]) and stop < end and not is_heading(items[stop]):
            stop += 1
        yield start, stop
        start = stop


def with_the_same_rows(steps: list[Step], before: list[Item], after: list[Item]) -> list[list[Step]]:
    """The steps that speak of one row, here gone and there come, are one difference."""
    found: list[tuple[set[str], list[Step]]] = []
    for step in steps:
        i1, i2, j1, j2 = step
        ids = {item["id"] for item in [*before[i1:i2], *after[j1:j2]] if item.get("id")}
        same = [each for each in found if each[0] & ids]
        found = [each for each in found if each not in same]
        found.append((ids.union(*(each[0] for each in same)), [step, *(step for each in same for step in each[1])]))
    return sorted(sorted(each) for _, each in found)


def spliced(fact: str, accepted: dict, today: dict, steps: list[Step]) -> list[Item]:
    before, after = both(fact, accepted, today)
    richer = {
        i1 + n: after[j1 + n]
        for tag, i1, i2, j1, _ in opcodes(before, after)
        if tag == "equal"
        for n in range(i2 - i1)
        if set(before[i1 + n]) < set(after[j1 + n])
    }
    kept = [richer.get(index, item) for index, item in enumerate(before)]
    result, position = [], 0
    for i1, i2, j1, j2 in sorted(steps):
        result += [*kept[position:i1], *after[j1:j2]]
        position = i2
    return result + kept[position:]

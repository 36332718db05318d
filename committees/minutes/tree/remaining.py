"""What remains to look at in a text before it is submitted. Written again in frontend/src/remaining.js, same table.

Nothing of it stops a submission but what would make the document false (FALSE).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from .agenda_cited import uncited
from .exchanges import answers_of, remarks_of
from .nodes import NODES, attribute
from .reading import text_of
from .said import nodes_in

NOUNS = {"question": "Question", "suggestion": "Suggestion", "malfunction": "Dysfonctionnement"}
NEEDS_NO_ANSWER = "satisfaction"
SPOKEN = ("speaker", "opening", "caption", "label", "source", "text")
# Between two passages: no text by themselves, and no section forgotten either.
BETWEEN = frozenset({"separator", "page_break"})
SHOWN = 60
# What a standard sentence leaves to write stands apart (« levée à … h »); three dots that end a sentence do not.
TO_FILL = re.compile(r"(?:^|\s)…(?=[\s.,;:)]|$)")
# A vote printed though nobody could decide, an action printed that the plan no longer holds.
FALSE = frozenset({"quorum", "gone"})


@dataclass(frozen=True)
class Point:
    """`section` is the id of the one to look at; none for what the text does not speak of."""

    kind: str
    text: str
    section: str | None

    @property
    def is_false(self) -> bool:
        return self.kind in FALSE


def remaining(sections: Sequence[dict], facts: Mapping, plan: Collection[str] | None = None) -> list[Point]:
    """Return what remains to look at in checked sections, in the order of the text.

    `plan`: the ids of the actions that the plan holds, where they were asked for.
    """
    blocks = [block for section in sections for block in section.get("content", ())]
    headings = [(attribute(block, "label"), text_of(block)) for block in blocks if block["type"] == "heading"]
    missing = uncited(facts.get("agenda", ()), headings, [_opening(block) for block in blocks])
    following = [*sections[1:], None]
    return [
        *(Point("agenda", _uncited_text(item), None) for item in missing),
        *(
            Point(kind, text, section["attrs"]["id"])
            for section, after in zip(sections, following, strict=True)
            for kind, text in _points(section, after, facts, plan)
        ),
    ]


def _opening(block: dict) -> str:
    if block["type"] == "exchange":
        return attribute(block, "opening")
    return (
        ""
        if block["type"] == "heading"
        else "".join(text_of(child) for child in block.get("content", ()) if _is_inline(child))
    )


def _is_inline(node: dict) -> bool:
    return NODES[node["type"]].is_inline


def _uncited_text(item: Mapping) -> str:
    name = " ".join(filter(None, (item["label"], item["title"])))
    return f"Point « {name} » de l’ordre du jour : le texte n’en parle pas."


def _points(section: dict, after: dict | None, facts: Mapping, plan: Collection[str] | None) -> list[tuple[str, str]]:
    """The points of a section, in the order of its blocks."""
    known = {action["id"]: action for action in facts.get("actions", ())}
    found = [(place, "empty", text) for place, text in _empty_passages(section, after)]
    for place, block in enumerate(section.get("content", ())):
        found += [(place, "to_fill", f"Reste à remplir : « {shortened(line)} ».") for line in _to_fill(block)]
        if block["type"] == "exchange":
            found += [(place, "unanswered", text) for text in _unanswered(block)]
        elif block["type"] == "action":
            found += [(place, *point) for point in _of_action(block, known, plan)]
        elif block["type"] == "votes" and block is nodes_in(section, "votes")[0] and may_not_decide(facts):
            found.append((place, "quorum", "Des votes sont imprimés alors que le quorum n’est pas atteint."))
    return [(kind, text) for _, kind, text in sorted(found, key=lambda point: point[0])]


def _to_fill(node: dict) -> Iterator[str]:
    """The lines of a block where something was left to write."""
    inline = [child for child in node.get("content", ()) if _is_inline(child)]
    line = "".join(map(text_of, inline)).strip()
    if TO_FILL.search(line):
        yield line
    for child in node.get("content", ()):
        if not _is_inline(child):
            yield from _to_fill(child)


def _of_action(node: dict, known: Mapping[str, Mapping], plan: Collection[str] | None) -> Iterator[tuple[str, str]]:
    id = attribute(node, "id")
    action = known.get(id, node["attrs"])
    if plan is not None and id not in plan:
        yield "gone", f"Action citée qui n’est plus au plan d’actions : « {shortened(action['title'])} »."
    elif not (action.get("owner") or "").strip():
        yield "owner", f"Action sans responsable : « {shortened(action['title'])} »."


def may_not_decide(facts: Mapping) -> bool:
    """Whether a vote was recorded though a committee of the meeting may not decide, as the act of voting refuses."""
    return bool(facts.get("votes")) and not all(quorum.get("may_decide", True) for quorum in facts.get("quorum", ()))


def _empty_passages(section: dict, after: dict | None) -> Iterator[tuple[int, str]]:
    """The headings with nothing under them, unless deeper headings follow; a section that is blank from end to end."""
    passages = _passages(section)
    for (place, name, level, blank), following in zip(passages, [*passages[1:], *_first(after)], strict=False):
        if blank and not (name and following and level < following[2]):
            yield (
                place,
                f"Rien n’est écrit sous « {shortened(name)} »." if name else "Une section sans titre est vide.",
            )


def _first(section: dict | None) -> list:
    return (_passages(section) if section else [])[:1] or [None]


def _passages(section: dict) -> list[tuple[int, str, int, bool]]:
    """(place, name, level, is blank) of each heading and what follows it; level 0 for a section without a heading."""
    found: list[list] = []
    for place, block in enumerate(section.get("content", ())):
        if block["type"] == "heading":
            name = " ".join(filter(None, (attribute(block, "label").strip(), text_of(block).strip())))
            found.append([place, name, attribute(block, "level"), True])
        elif not found:
            found.append([place, "", 0, _is_blank(block)])
        else:
            found[-1][3] &= _is_blank(block) or (found[-1][2] > 0 and block["type"] in BETWEEN)
    found = found or [[0, "", 0, True]]
    return [tuple(passage) for passage in found if passage[2] or len(found) == 1]


def _unanswered(exchange: dict) -> Iterator[str]:
    """The remarks no answer of the exchange answers; a satisfaction asks for none, an answer without text is none."""
    answers = [attribute(answer, "answers") for answer in answers_of(exchange) if not _is_blank(answer)]
    if not all(answers):
        return
    answered = set(chain.from_iterable(answers))
    for remark in remarks_of(exchange):
        kind = attribute(remark, "kind")
        if kind != NEEDS_NO_ANSWER and attribute(remark, "id") not in answered:
            said = shortened("".join(text_of(child) for child in remark["content"]).strip())
            yield f"{NOUNS.get(kind, 'Observation')} sans réponse : {f'« {said} »' if said else 'sans texte'}."


def _is_blank(node: dict) -> bool:
    """Nothing to be read: no text, no speaker. What the meeting fills and the room for a signature are something."""
    kind = node["type"]
    if kind == "text":
        return not node["text"].strip()
    if kind == "signature_block" or kind in BETWEEN or (not NODES[kind].is_inline and not NODES[kind].content.pattern):
        return False
    attrs = node.get("attrs", {})
    if any((attrs.get(name) or "").strip() for name in SPOKEN):
        return False
    return all(_is_blank(child) for child in node.get("content", ()))


def shortened(text: str) -> str:
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text

"""What a section says apart from its prose, in the order of reading: what is indexed into rows (design §6)."""

from collections.abc import Iterator
from dataclasses import dataclass

from .exchanges import answers_of, remarks_of
from .nodes import attribute
from .reading import text_of


@dataclass(frozen=True)
class Remark:
    id: str
    kind: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Answer:
    """`answers` holds the ids of the remarks answered: all of the exchange where none was chosen."""

    speaker: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Exchange:
    opening: str
    remarks: tuple[Remark, ...]
    answers: tuple[Answer, ...]


def exchanges_in(section: dict) -> list[Exchange]:
    """Return the exchanges of a checked section."""
    return [_exchange(node) for node in nodes_in(section, "exchange")]


def nodes_in(section: dict, kind: str) -> list[dict]:
    return [node for node in section.get("content", ()) if node["type"] == kind]


def _exchange(node: dict) -> Exchange:
    remarks = tuple(
        Remark(attribute(turn, "id"), attribute(turn, "kind"), attribute(turn, "speaker"), lines_of(turn))
        for turn in remarks_of(node)
    )
    everything = tuple(remark.id for remark in remarks)
    answers = tuple(
        Answer(attribute(turn, "speaker"), lines_of(turn), tuple(attribute(turn, "answers")) or everything)
        for turn in answers_of(node)
    )
    return Exchange(attribute(node, "opening"), remarks, answers)


def lines_of(node: dict) -> str:
    """Return the text of a turn, one line per paragraph, without markers."""
    return "\n".join(filter(None, (text.strip() for text in _paragraphs(node))))


def _paragraphs(node: dict) -> Iterator[str]:
    if node["type"] == "paragraph":
        yield text_of(node)
    else:
        for child in node.get("content", ()):
            yield from _paragraphs(child)

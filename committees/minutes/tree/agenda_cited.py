"""Which items of the agenda the text speaks of. Written again in frontend/src/agenda-cited.js, on the same table."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

SAME = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
APART = re.compile(r"[\W_]+")


def words(text: str) -> str:
    """Return the words of a title alone: « 2°) Les délais ! » is « 2 les delais »."""
    spread = unicodedata.normalize("NFD", text.translate(SAME).lower())
    return APART.sub(
        " ", "".join(letter for letter in spread if not unicodedata.category(letter).startswith("M"))
    ).strip()


def uncited(agenda: Sequence[Mapping], headings: Iterable[tuple[str, str]], openings: Iterable[str]) -> list[Mapping]:
    """Return the items of the agenda ({"label", "title"}) that the text does not cite.

    An item is cited where a heading (label, text) bears its label, a heading says its title, or a paragraph begins by
    it. A label that two items bear says neither.
    """
    headings = list(headings)
    labels = {words(label) for label, _ in headings} - {""}
    titles = [f" {words(text)} " for _, text in headings]
    begun = [f"{words(text)} " for text in openings]
    borne = [words(item["label"]) for item in agenda]
    return [
        item
        for item, label in zip(agenda, borne, strict=True)
        if not (borne.count(label) == 1 and label in labels) and not _is_said(words(item["title"]), titles, begun)
    ]


def _is_said(title: str, titles: Sequence[str], begun: Sequence[str]) -> bool:
    return bool(title) and (
        any(f" {title} " in text for text in titles) or any(text.startswith(f"{title} ") for text in begun)
    )

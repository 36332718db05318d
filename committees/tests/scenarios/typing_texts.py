"""A text of difficult_texts.py typed in the real editor, key by key: what reading_texts.py makes of it, by hand.

Each block begins on an empty line and leaves one.
"""

from itertools import groupby

from committees.demonstration.writing import MARKS
from committees.tests.by_keyboard import Keyboard

from .reading_texts import ITEM, LABEL, kinds_of, said

MARK_KEYS = {"bold": "Control+b", "italic": "Control+i", "superscript": "Control+."}
IN_LIST = "() => Boolean(getSelection().anchorNode.parentElement.closest('#mm-text li'))"
FIELD = "() => document.activeElement.value"
STAR = "*"


def type_text(keys: Keyboard, text: str) -> None:
    lines = text.strip().splitlines()
    kinds = kinds_of(lines)
    for _, run in groupby(range(len(lines)), key=lambda number: kinds[number]):
        numbers = list(run)
        WRITERS[kinds[numbers[0]].partition(" ")[0]](keys, [lines[number] for number in numbers])


def type_inline(keys: Keyboard, words: str) -> None:
    """Words with their marks, each put on and taken off by its shortcut."""
    position = 0
    for match in MARKS.finditer(words):
        keys.type(words[position : match.start()])
        keys.press(MARK_KEYS[match.lastgroup])
        keys.type(match[match.lastgroup])
        keys.press(MARK_KEYS[match.lastgroup])
        position = match.end()
    keys.type(words[position:])


def paragraphs(keys: Keyboard, lines: list[str]) -> None:
    for line in lines:
        head, _, rest = line.partition(":** ")
        if line == STAR:
            keys.tool("Insérer un séparateur centré")
        elif rest:
            keys.press("Control+Shift+5")
            keys.type(f"{head.removeprefix('**')}:")
            keys.press("Enter")
            type_inline(keys, rest)
            keys.press("Enter")
        else:
            type_inline(keys, line)
            keys.press("Enter")


def headings(keys: Keyboard, lines: list[str]) -> None:
    for line in lines:
        keys.press("Control+Enter" if line.startswith("# ") else "Control+Shift+2")
        found = LABEL.fullmatch(said(line))
        if found:
            keys.press("F2")
            keys.type(found["label"])
            keys.press("Enter")
        type_inline(keys, found["words"] if found else said(line))
        keys.press("Enter")


def marked_list(keys: Keyboard, lines: list[str]) -> None:
    keys.press("Control+Shift+8")
    depth = 0
    for line in lines:
        found = ITEM.fullmatch(line)
        wanted = len(found["margin"]) // 2
        keys.press(*["Tab"] * (wanted - depth), *["Shift+Tab"] * (depth - wanted))
        depth = wanted
        keys.press("ArrowLeft")
        if keys.page.evaluate(FIELD) != found["marker"]:
            keys.press("Control+a")
            keys.type(found["marker"])
        keys.press("Enter")
        type_inline(keys, found["words"])
        keys.press("Enter")
    while keys.page.evaluate(IN_LIST):
        keys.press("Enter")


def table(keys: Keyboard, lines: list[str]) -> None:
    """A new table has three columns, headings on its first row; Tab goes from cell to cell, and makes the rows."""
    keys.tool("Insérer un tableau")
    cells = [cell.strip() for line in lines for cell in said(line).split("|")]
    for number, words in enumerate(cells):
        if number:
            keys.press("Tab")
        type_inline(keys, words)
    keys.tool("Paragraphe après ce bloc")


def signature(keys: Keyboard, lines: list[str]) -> None:
    """An empty line is opened above the one that follows it: at the end, it would be the way out."""
    keys.tool("Insérer le bloc de signature")
    before = ""
    for number, line in enumerate(lines):
        words = said(line).strip()
        if words:
            if number:
                keys.press("Enter")
            keys.type(words)
            if number and not before:
                keys.press("Home", "Enter", "End")
        before = words


WRITERS = {
    "heading": headings,
    "list": marked_list,
    "table": table,
    "signature": signature,
    "paragraph": paragraphs,
}

"""From the writing of difficult_texts.py to the tree of the minutes, and to the words that must be printed."""

import re
from itertools import groupby

from committees.demonstration import writing

SIGN = re.compile(r"(?P<sign>#{1,2}|[?=>|]|! \|) ?(?P<words>.*)")
LABEL = re.compile(r"(?P<label>\d+ –|\d+[.)]|[a-z]\)|\d+°\)|[IV]+/) (?P<words>.+)")
ITEM = re.compile(r"(?P<margin> *)(?P<marker>[-–➔✓]|\d+[.)]|[a-z]\)) (?P<words>.+)")
MARKS = re.compile(r"\*\*|(?<=\S)\*|\*(?=\S)| \|")
BLOCKS = {"#": "heading", "!": "table", "|": "table", "?": "exchange", "=": "exchange", ">": "signature"}


def words_of(text: str) -> list[str]:
    """Every word of a text in its order, labels and markers included, without the signs that only structure it."""
    lines = [said(line) for line in text.strip().splitlines()]
    return [word for line in lines for word in MARKS.sub(" ", line.replace("^", "")).split()]


def said(line: str) -> str:
    return found["words"] if (found := SIGN.fullmatch(line)) else line


def tree_of(text: str) -> list[dict]:
    """One section for each heading of the first level."""
    sections: list[list[dict]] = [[]]
    for block in blocks_of(text.strip().splitlines()):
        if block["type"] == "heading" and block["attrs"]["level"] == 1 and sections[-1]:
            sections.append([])
        sections[-1].append(block)
    return [writing.section(*blocks) for blocks in sections]


def blocks_of(lines: list[str]) -> list[dict]:
    kinds = kinds_of(lines)
    blocks = []
    for _, run in groupby(range(len(lines)), key=lambda index: kinds[index]):
        numbers = list(run)
        kind, taken = kinds[numbers[0]].partition(" ")[0], [lines[number] for number in numbers]
        blocks += READERS[kind](taken)
    return blocks


def kinds_of(lines: list[str]) -> list[str]:
    """The kind of block each line belongs to; the items after « ? » or « = » are turns of that exchange."""
    kinds: list[str] = []
    for number, line in enumerate(lines):
        found = SIGN.fullmatch(line)
        kind = BLOCKS[found["sign"][0]] if found else "list" if ITEM.fullmatch(line) else "paragraph"
        if kind == "list" and kinds and kinds[-1].startswith("exchange"):
            kind = kinds[-1]
        elif kind == "exchange":
            kind = kinds[-1] if line[0] == "=" else f"exchange {number}"
        kinds.append(kind)
    return kinds


def headings(lines: list[str]) -> list[dict]:
    return [heading(line.partition(" ")[0], said(line)) for line in lines]


def heading(sign: str, words: str) -> dict:
    found = LABEL.fullmatch(words)
    return writing.heading(found["label"] if found else "", found["words"] if found else words, len(sign))


def marked_list(lines: list[str]) -> list[dict]:
    """Items one under the other; those further right are a list in the item before."""
    root: list[dict] = []
    open_lists = [(0, root)]
    for line in lines:
        found = ITEM.fullmatch(line)
        depth = len(found["margin"]) // 2
        while open_lists[-1][0] > depth:
            open_lists.pop()
        if depth > open_lists[-1][0]:
            inside: list[dict] = []
            open_lists[-1][1][-1]["content"].append({"type": "list", "content": inside})
            open_lists.append((depth, inside))
        open_lists[-1][1].append(writing.list_item(found["marker"], found["words"]))
    return [{"type": "list", "content": root}]


def table(lines: list[str]) -> list[dict]:
    rows = []
    for line in lines:
        kind = "table_header" if line.startswith("!") else "table_cell"
        rows.append(writing.row([writing.cell(kind, words.strip()) for words in said(line).split("|")]))
    return [{"type": "table", "attrs": {"caption": ""}, "content": rows}]


def exchange(lines: list[str]) -> list[dict]:
    title = next(number for number, line in enumerate(lines) if line.startswith("="))
    asked = [turn(line, writing.remark) for line in lines[1:title]]
    answered = [turn(line, writing.answer) for line in lines[title + 1 :]]
    return [writing.exchange(said(lines[0]), *asked, *answered, answers_title=said(lines[title]))]


def turn(line: str, write) -> dict:
    found = ITEM.fullmatch(line)
    node = write(found["words"])
    return node | {"attrs": node["attrs"] | {"marker": found["marker"]}}


READERS = {
    "heading": headings,
    "list": marked_list,
    "table": table,
    "exchange": exchange,
    "signature": lambda lines: [writing.signature(*map(said, lines))],
    "paragraph": lambda lines: [writing.paragraph(line) for line in lines],
}

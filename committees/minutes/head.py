"""The head of minutes, block by block in the order they are read; an empty block is not there."""

import base64
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.utils import formats

from clu_portal.lib.text import first_in_french, keep_together
from clu_portal.organisations.enums import AuthorityPlace, TitleForm
from clu_portal.organisations.layout_rules import object_line, order_of_head

LABELLED = re.compile(r"(?P<label>[^:]{1,40}:)\s*(?P<text>(?<=\s)\S.*|)")
MARK_OF_THE_STATE = "dsfr/dist/component/logo/logo.main.min.css"
# The drawing is white: on its pages the design system paints the flag behind it, with a gradient of the style sheet.
FLAG = "<path fill='#000091' d='M0 1h22v16H0z'/><path fill='#e1000f' d='M22 1h22v16H22z'/>"
SVG_TAG = re.compile(r"<svg\b[^>]*>")
FIRST_PICTURE = re.compile(r'url\("data:image/svg\+xml;charset=utf8,([^"]+)"\)')


def head_blocks(minutes, layout: dict) -> list[dict]:
    """Return [{"kind", …}]: what templates/pdf/_minutes_head.html draws and minutes_text writes."""
    made = {
        "top": top_block(layout),
        "services": {"lines": layout["services"]},
        "contacts": {"lines": typed_lines(minutes.contacts)},
        "drafters": {"lines": typed_lines(minutes.drafters)},
        "place_and_date": {"lines": date_lines(minutes, layout)},
        "references": {"references": references_beside_title(minutes)},
        "title": title_block(minutes, layout),
    }
    blocks = [{"kind": kind, **made[kind]} for kind in order_of_head(layout["head_order"], minutes.title_form)]
    return [block for block in blocks if any(block[key] for key in block if key not in ("kind", "form"))]


def top_block(layout: dict) -> dict:
    """The brand or the authority, and the letterhead, one above the other."""
    above = layout["authority_place"] == AuthorityPlace.ABOVE
    return {
        "brand": layout["brand"] if layout["brand"] != "none" else "",
        "above": layout["authority"] if above else [],
        "motto": layout["motto"],
        "lines": layout["letterhead"],
        "under": [] if above else layout["authority"],
    }


def title_block(minutes, layout: dict) -> dict:
    form, lines = minutes.title_form, minutes.title_lines.splitlines()
    if form == TitleForm.CAPITALS:
        lines = [line.upper() for line in lines]
    if form == TitleForm.OBJECT:
        found = object_line(references(minutes))
        return {"form": form, "object": found, "lines": [] if found else lines}
    if form == TitleForm.TABLE:
        beside = {"date": date_lines(minutes, layout), "contacts": typed_lines(minutes.contacts)}
        return {"form": form, "lines": lines[:1], "others": lines[1:], **beside}
    return {"form": form, "lines": lines}


def references(minutes) -> list[dict]:
    return [labelled(line) for line in typed_lines(minutes.reference_lines)]


def references_beside_title(minutes) -> list[dict]:
    """The reference lines, without the one that is the title."""
    lines = references(minutes)
    taken = object_line(lines) if minutes.title_form == TitleForm.OBJECT else None
    return [line for line in lines if line is not taken]


def typed_lines(text: str) -> list[str]:
    return [keep_together(line.strip()) for line in text.splitlines() if line.strip()]


def labelled(line: str) -> dict:
    """« Objet : visite » → its label, colon included, and its text; a line without a label is text."""
    found = LABELLED.fullmatch(line)
    return {"label": found["label"], "text": found["text"]} if found else {"label": "", "text": line}


def date_lines(minutes, layout: dict) -> list[str]:
    shown = f"{minutes.dated_on:%d/%m/%y}" if layout["short_date"] and minutes.dated_on else place_and_date(minutes)
    return [shown] if shown else []


def place_and_date(minutes) -> str:
    """« Clairbourg, le 5 avril 2026 »: what is known of it, nothing invented."""
    if not minutes.dated_on:
        return ""
    date = f"le {first_in_french(formats.date_format(minutes.dated_on, 'j F Y'))}"
    return f"{minutes.place}, {date}" if minutes.place else date


@cache
def marianne() -> str:
    """The picture of the State's mark, from the design system as it is installed: the portal holds no copy of it."""
    style = Path(finders.find(MARK_OF_THE_STATE)).read_text(encoding="utf-8")
    picture = SVG_TAG.sub(rf"\g<0>{FLAG}", unquote(FIRST_PICTURE.search(style)[1]), count=1)
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"


def head_text(blocks: list[dict]) -> list[list[str]]:
    """The same blocks as lines of text."""
    return [lines_of_block(block) for block in blocks]


def lines_of_block(block: dict) -> list[str]:
    if block["kind"] == "references":
        return [written(line) for line in block["references"]]
    if block["kind"] == "top":
        return [*block["above"], *block["motto"], *block["lines"], *block["under"]]
    if block.get("object"):
        return [written(block["object"])]
    return [*block["lines"], *block.get("date", []), *block.get("contacts", []), *block.get("others", [])]


def written(line: dict) -> str:
    return " ".join(filter(None, line.values()))

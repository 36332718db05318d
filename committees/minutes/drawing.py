"""The pages of minutes, and, when they cannot be drawn, the section that is the cause."""

from collections.abc import Sequence
from datetime import datetime

from clu_portal.lib.pdf import EmbeddedFile, RenderingError, culprit_section, render_pdf
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.reading import text_of

UNTITLED = "sans titre"
SHOWN_CHARACTERS = 80


def section_names(minutes: Minutes) -> dict[str, str]:
    """How a person knows each section: by its heading."""
    return {section["attrs"]["id"]: name_of(section) for section in contents(minutes)}


def name_of(section: dict) -> str:
    headings = (node for node in section["content"] if node["type"] == "heading")
    heading = next(headings, None)
    if heading is None:
        return UNTITLED
    label = heading.get("attrs", {}).get("label", "")
    return f"{label} {text_of(heading)}".strip()[:SHOWN_CHARACTERS] or UNTITLED


def drawn_pages(
    html: str, *, created_at: datetime, names: dict[str, str], embedded: Sequence[EmbeddedFile] = ()
) -> bytes:
    """Return the PDF. Raises a RenderingError that names the section at fault, when one is."""
    try:
        return render_pdf(html, created_at=created_at, embedded=embedded)
    except RenderingError as error:
        name = culprit(html, names)
        raise (type(error)(f"Section « {name} » : {error}") if name else error) from None


def culprit(html: str, names: dict[str, str]) -> str | None:
    try:
        found = culprit_section(html)
    except RenderingError:
        return None  # the text cannot even be cut into its sections
    return names.get(found, UNTITLED) if found else None

"""What goes into the PDF of minutes: a plain dict, drawn by templates/pdf/minutes.html."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, timezone

from clu_portal.lib.text import first_in_french
from clu_portal.organisations.enums import Brand
from committees.minutes.facts import printed_facts
from committees.minutes.head import head_blocks, head_text, marianne, place_and_date, references, typed_lines
from committees.minutes.layout import printed_layout
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.draw import draw


def minutes_document(minutes: Minutes, *, draft: bool) -> dict:
    """Return the context of the printed minutes; a draft says so on each page, a demonstration too."""
    body = draw(contents(minutes), printed_facts(minutes), "pdf")
    return document_of(minutes, printed_layout(minutes), body, draft=draft)


def document_of(minutes: Minutes, layout: dict, body: str, *, draft: bool) -> dict:
    return {
        "title": " – ".join(line for line in minutes.title_lines.splitlines() if line),
        "head": head_blocks(minutes, layout),
        "marianne": marianne() if layout["brand"] == Brand.STATE else "",
        "version": version_lines(minutes),
        "body": body,
        "draft": draft,
        "demonstration": settings.DEMONSTRATION or minutes.prefecture.is_demonstration,
        "page_mark": minutes.page_mark,
        "header": layout["header"],
        "footer": f"Vérifier ce document : {settings.BASE_URL}/verifier/",
    }


def mentions(minutes: Minutes) -> dict:
    """What is printed between the letterhead and the text, on paper and on screen; what is missing is empty."""
    return {
        "contacts": typed_lines(minutes.contacts),
        "drafters": typed_lines(minutes.drafters),
        "references": references(minutes),
        "place_and_date": place_and_date(minutes),
        "version": version_lines(minutes),
    }


def version_lines(minutes: Minutes) -> list[str]:
    """« Version 3, remplace la version 1 du 1er octobre 2025 », and what it corrects; nothing for a first version.

    An abandoned version says that it is, and replaces nothing.
    """
    if minutes.is_abandoned:
        return [f"Version {minutes.version_number}, abandonnée avant d'être scellée : sans valeur."]
    former = minutes.replaced_version()
    if former is None:
        return []
    day = first_in_french(formats.date_format(timezone.localdate(former.sealed_at), "j F Y"))
    reason = typed_lines(minutes.correction_reason)
    return [f"Version {minutes.version_number}, remplace la version {former.version_number} du {day}.", *reason]


def minutes_html(minutes: Minutes, *, draft: bool) -> str:
    return render_to_string("pdf/minutes.html", minutes_document(minutes, draft=draft))


def minutes_text(minutes: Minutes) -> str:
    """Return the whole as plain text: what stands around, the title, the body."""
    head = head_text(head_blocks(minutes, printed_layout(minutes)))
    blocks = ["\n".join(filter(None, lines)) for lines in [*head, version_lines(minutes)]]
    body = draw(contents(minutes), printed_facts(minutes), "text")
    return "\n\n".join([*filter(None, blocks), body]) + "\n"

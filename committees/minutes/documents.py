"""What goes into the PDF of minutes: a plain dict, drawn by templates/pdf/minutes.html."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, timezone

from clu_portal.lib.text import first_in_french, keep_together
from clu_portal.organisations.models import PrefectureSettings
from committees.minutes.facts import printed_facts
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.draw import draw

LABELLED = re.compile(r"(?P<label>[^:]{1,40}:)\s*(?P<text>(?<=\s)\S.*|)")


def minutes_document(minutes: Minutes, *, draft: bool) -> dict:
    """Return the context of the printed minutes; a draft says so on each page, a demonstration too."""
    title_lines = minutes.title_lines.splitlines()
    return {
        "title": " – ".join(line for line in title_lines if line),
        "title_lines": title_lines,
        "letterhead": letterhead(minutes),
        "authority_line": minutes.prefecture.authority_line,
        **mentions(minutes),
        "body": draw(contents(minutes), printed_facts(minutes), "pdf"),
        "draft": draft,
        "demonstration": settings.DEMONSTRATION or minutes.prefecture.is_demonstration,
        "page_mark": minutes.page_mark,
        "footer": f"Vérifier ce document : {settings.BASE_URL}/verifier/",
    }


def letterhead(minutes: Minutes) -> list[str]:
    lines = PrefectureSettings.objects.values_list("letterhead", flat=True).first() or minutes.prefecture.name
    return lines.splitlines()


def mentions(minutes: Minutes) -> dict:
    """What is printed between the letterhead and the text, on paper and on screen; what is missing is empty."""
    return {
        "contacts": typed_lines(minutes.contacts),
        "drafters": typed_lines(minutes.drafters),
        "references": [labelled(line) for line in typed_lines(minutes.reference_lines)],
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


def typed_lines(text: str) -> list[str]:
    return [keep_together(line.strip()) for line in text.splitlines() if line.strip()]


def labelled(line: str) -> dict:
    """« Objet : visite » → its label, colon included, and its text; a line without a label is text."""
    found = LABELLED.fullmatch(line)
    return {"label": found["label"], "text": found["text"]} if found else {"label": "", "text": line}


def place_and_date(minutes: Minutes) -> str:
    """« Clairbourg, le 5 avril 2026 »: what is known of it, nothing invented."""
    date = f"le {formats.date_format(minutes.dated_on, 'j F Y')}" if minutes.dated_on else ""
    return ", ".join(part for part in (minutes.place, date) if part) if date else ""


def minutes_html(minutes: Minutes, *, draft: bool) -> str:
    return render_to_string("pdf/minutes.html", minutes_document(minutes, draft=draft))


def minutes_text(minutes: Minutes) -> str:
    """Return the whole as plain text: what stands around, the title, the body."""
    around = mentions(minutes)
    references = [" ".join(filter(None, line.values())) for line in around["references"]]
    parts = [
        [*letterhead(minutes), minutes.prefecture.authority_line],
        [*around["contacts"], *around["drafters"]],
        [around["place_and_date"]],
        references,
        typed_lines(minutes.title_lines),
        around["version"],
    ]
    blocks = ["\n".join(filter(None, lines)) for lines in parts]
    body = draw(contents(minutes), printed_facts(minutes), "text")
    return "\n\n".join([*filter(None, blocks), body]) + "\n"

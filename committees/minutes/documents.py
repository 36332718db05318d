"""What goes into the PDF of minutes: a plain dict, drawn by templates/pdf/minutes.html."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats

from clu_portal.organisations.models import PrefectureSettings
from committees.minutes.facts import printed_facts
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.draw import draw


def minutes_document(minutes: Minutes, *, draft: bool) -> dict:
    """Return the context of the printed minutes; a draft says so on each page, a demonstration too."""
    title_lines = minutes.title_lines.splitlines()
    return {
        "title": " – ".join(line for line in title_lines if line),
        "title_lines": title_lines,
        "letterhead": letterhead(minutes),
        "authority_line": minutes.prefecture.authority_line,
        "place_and_date": place_and_date(minutes),
        "body": draw(contents(minutes), printed_facts(minutes), "pdf"),
        "draft": draft,
        "demonstration": settings.DEMONSTRATION or minutes.prefecture.is_demonstration,
        "page_mark": "page-of",
        "footer": f"Vérifier ce document : {settings.BASE_URL}/verifier/",
    }


def letterhead(minutes: Minutes) -> list[str]:
    lines = PrefectureSettings.objects.values_list("letterhead", flat=True).first() or minutes.prefecture.name
    return lines.splitlines()


def place_and_date(minutes: Minutes) -> str:
    """« Clairbourg, le 5 avril 2026 »: what is known of it, nothing invented."""
    date = f"le {formats.date_format(minutes.dated_on, 'j F Y')}" if minutes.dated_on else ""
    return ", ".join(part for part in (minutes.place, date) if part) if date else ""


def minutes_html(minutes: Minutes, *, draft: bool) -> str:
    return render_to_string("pdf/minutes.html", minutes_document(minutes, draft=draft))

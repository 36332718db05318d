"""Slides to put in a meeting's dossier."""

from datetime import UTC, datetime

from django.template.loader import render_to_string

from clu_portal.lib.pdf import render_pdf
from committees.demonstration import story

DRAWN_AT = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes at each loading


def slides_pdf(document: story.Document) -> bytes:
    context = {"title": document.title, "slides": document.slides, "demonstration": True, "page_mark": "fraction"}
    return render_pdf(render_to_string("pdf/slides.html", context), created_at=DRAWN_AT)

"""A sample of minutes in the layout of a préfecture: invented, the same at each drawing, stored nowhere."""

import hashlib
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.template.loader import render_to_string

from clu_portal.organisations.models import DocumentLayout, Prefecture
from committees.composition.models import Committee
from committees.meetings.models import Meeting
from committees.minutes.documents import document_of
from committees.minutes.layout import layout_printed, proposed
from committees.minutes.models import Minutes
from committees.minutes.tree.blank import new_minutes
from committees.minutes.tree.draw import draw

LAYOUT_PDF = "layout_pdf"
HELD_ON = date(2026, 4, 1)
DATED_AFTER = timedelta(days=14)
AGENDA = [{"label": "1.", "title": "Accueil du public"}, {"label": "2.", "title": "Questions diverses"}]
FACTS = {
    "agenda": AGENDA,
    "attendance": [
        {"heading": "Représentants des usagers", "lines": ["Association des usagers : Mme Exemple"], "depth": 1},
        {"heading": "Administration", "lines": ["Référent qualité : M. Modèle"], "depth": 1},
    ],
    "documents": [],
    "actions": [],
}
SAID = "Ceci est un exemple : il montre où vont le titre, les mentions et la signature."


def sample_document(layout: DocumentLayout, prefecture: Prefecture) -> dict:
    """The context of templates/pdf/minutes.html, for a layout that may be saved or not."""
    meeting = Meeting(committee=Committee(name="Comité local des usagers"), held_on=HELD_ON)
    meeting.is_joint = False
    minutes = Minutes(
        meeting=meeting, place=prefecture.city, dated_on=HELD_ON + DATED_AFTER, **proposed(layout, meeting)
    )
    body = draw(sample_text(layout), FACTS, "pdf")
    return document_of(minutes, layout_printed(layout, prefecture), body, draft=False)


def sample_text(layout: DocumentLayout) -> list[dict]:
    """The first text of minutes, a sentence where there is none; its sections have the same ids at each drawing."""
    sections = new_minutes(AGENDA, layout.signature_lines)
    for number, section in enumerate(sections):
        section["attrs"]["id"] = str(uuid5(NAMESPACE_URL, f"sample:{number}"))
        for node in section["content"]:
            if node["type"] == "paragraph":
                node["content"] = [{"type": "text", "text": SAID}]
    return sections


def sample_html(layout: DocumentLayout, prefecture: Prefecture) -> str:
    return render_to_string("pdf/minutes.html", sample_document(layout, prefecture))


def hash_of(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()

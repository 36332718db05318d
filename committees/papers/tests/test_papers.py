"""The papers of a meeting: what each says, its structure, who may ask for it, how it is made."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.acts import reference
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import run_rendering
from clu_portal.lib.pdf import anchor_pages, pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from clu_portal.tests.factories import user_with_role
from committees.minutes.tests.trees import cell, header, heading, node, paragraph, section, table
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.minutes.tree.draw import Drawing
from committees.papers.extracts import item_of
from committees.papers.renderers import PAPERS, PaperPdf, dense
from committees.tests.factories import (
    AgendaItemFactory,
    CollegeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    member_of,
    referent,
    secretary_general,
)

A, B, C = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ACTION = "00000000-0000-4000-8000-0000000000a1"
WHOLE_ITEM = [
    heading("Accueil", label="1.", level=1),
    paragraph("Le guichet ouvre à neuf heures."),
    table([header("Mois"), header("Taux")], [cell("mai"), cell("80 %")], caption="Délais"),
    node("decision", "Le panneau est posé.", decided_by="les membres"),
    node("action", id=ACTION, title="Poser un panneau", due="avant l'été"),
]


@pytest.fixture
def minutes(prefecture):
    meeting = MeetingFactory(state="held", held_on=date(2026, 3, 20))
    AgendaItemFactory(meeting=meeting, printed_label="1.", title="Accueil du public")
    for number, label in enumerate(("Usagers", "Préfecture")):
        college = CollegeFactory(committee=meeting.committee, label=label, position=number)
        seat = SeatFactory(committee=meeting.committee, college=college, wording=f"Siège {label}")
        MandateFactory(seat=seat, starts_on=date(2026, 1, 1))
    minutes = drafted_minutes(meeting)
    sections = [
        section(*WHOLE_ITEM, id=A),
        section(heading("Détail", label="a)", level=2), paragraph("Suite du point."), id=B),
        section(heading("Divers", label="2.", level=1), paragraph("Autre point."), id=C),
    ]
    changes = [SectionChange(each["attrs"]["id"], 0, each) for each in sections]
    order = OrderChange(minutes.order_version, [A, B, C])
    save_text(minutes=minutes, changes=changes, order=order, operation_id="operation-1", by=referent())
    minutes.refresh_from_db()
    return minutes


SAID = {
    "ordre-du-jour": ["Ordre du jour", "1. Accueil du public"],
    "emargement": ["Feuille d'émargement", "Usagers", "Siège Usagers", "Préfecture", "Siège Préfecture"],
    "a-retenir": ["Décisions", "Les membres : Le panneau est posé.", "Poser un panneau", "avant l'été"],
    "releve-de-decisions": ["1. Accueil", "Les membres : Le panneau est posé."],
    "lettre-d-envoi": ["[Adresse]", "Vous trouverez ci-joint le projet de compte-rendu"],
    "extrait": ["Extrait", "Le guichet ouvre à neuf heures.", "Suite du point."],
    "a-corriger": ["Le guichet ouvre à neuf heures.", "Suite du point.", "Autre point."],
}


def test_every_paper_is_tried():
    assert sorted(SAID) == sorted(PAPERS)


def made(minutes, name: str) -> bytes:
    paper = PAPERS[name]
    choice = paper.choices_of(minutes.meeting)[0][0]
    return render_pdf(paper.html(minutes.meeting, choice), created_at=timezone.now())


def words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", SAID)
def test_paper_has_no_finding_and_says_what_it_is_for_in_order(minutes, name):
    document = made(minutes, name)
    assert findings(document) == []
    text, place = words(pdf_text(document)), 0
    for piece in SAID[name]:
        place = text.index(piece, place)


def test_extract_leaves_the_next_item_out(minutes):
    assert "Autre point." not in pdf_text(made(minutes, "extrait"))


@pytest.mark.parametrize(("chosen", "found"), [(A, [A, B]), (B, [B]), (C, [C])], ids=["item", "sub-item", "last"])
def test_extract_item_goes_up_to_the_next_heading_of_its_level(minutes, chosen, found):
    sections = [row.content for row in minutes.sections.filter(uuid__in=[A, B, C]).order_by("uuid")]
    assert [each["attrs"]["id"] for each in item_of(sections, chosen)] == found


def test_takeaways_too_long_are_drawn_on_one_page(minutes):
    decisions = [node("decision", f"Décision numéro {number}, dite en une ligne.") for number in range(40)]
    minutes.sections.filter(uuid=A).update(content=section(*decisions, id=A))
    html = PAPERS["a-retenir"].html(minutes.meeting, "")
    assert anchor_pages(render_pdf(html, created_at=timezone.now()))[0] == 2
    assert anchor_pages(asked(minutes, "a-retenir").file.content)[0] == 1
    assert dense(html) != html


def asked(minutes, name: str, choice: str = "") -> Rendering:
    from clu_portal.files.rendering import request_rendering

    paper = PAPERS[name]
    input_hash = paper.input_hash(minutes.meeting, choice)
    rendering = request_rendering(kind=paper.kind, subject=minutes.meeting, input_hash=input_hash, by=referent())
    assert run_rendering(rendering.ticket_id)
    return Rendering.objects.get(pk=rendering.pk)


def test_worker_draws_the_choice_that_was_asked_and_no_other(minutes):
    drawn = []
    page = lambda meeting, minutes, choice: drawn.append(choice) or f"<p>{choice}"  # noqa: E731
    paper = replace(PAPERS["extrait"], page=page)
    assert len(paper.choices_of(minutes.meeting)) > 2
    rendering = Rendering(subject=reference(minutes.meeting), input_hash=paper.input_hash(minutes.meeting, C))
    drawn.clear()
    assert PaperPdf(paper).prepare(rendering).html == f"<p>{C}"
    assert drawn == [C]


def test_worker_refuses_a_paper_whose_text_or_choice_is_no_longer_there(minutes):
    paper = PAPERS["extrait"]
    asked_for = Rendering(subject=reference(minutes.meeting), input_hash=paper.input_hash(minutes.meeting, C))
    texts = [section(heading("Divers", label="2."), paragraph("Repris."), id=C), section(paragraph("Repris."), id=C)]
    for content in texts:
        minutes.sections.filter(uuid=C).update(content=content)
        with pytest.raises(ValidationError) as refusal:
            PaperPdf(paper).prepare(asked_for)
        assert refusal.value.code == "superseded"


def test_extract_draws_its_item_alone(minutes, monkeypatch):
    drawn, real = [], Drawing.document
    counted = lambda drawing, sections: drawn.append(len(sections)) or real(drawing, sections)  # noqa: E731
    monkeypatch.setattr(Drawing, "document", counted)
    assert "Suite du point." in PAPERS["extrait"].html(minutes.meeting, B)
    assert drawn == [1]


def address(minutes) -> str:
    return reverse("committees:meeting_papers", args=[minutes.prefecture.slug, minutes.meeting_id])


def test_papers_page_asks_for_a_paper_waits_and_gives_it(client, minutes):
    client.force_login(referent())
    assert client.post(address(minutes), {"document": "extrait", "choix": C}).status_code == 302
    rendering = Rendering.objects.get(kind="paper.extrait")
    assert "Mise en pages" in client.get(address(minutes)).text
    run_rendering(rendering.ticket_id)
    pdf_address = reverse(
        "committees:meeting_paper_pdf", args=[minutes.prefecture.slug, minutes.meeting_id, rendering.uuid]
    )
    assert pdf_address in client.get(address(minutes)).text
    text = pdf_text(client.get(pdf_address).content)
    assert "Autre point." in text
    assert "neuf heures" not in text


def test_papers_page_refuses_what_is_not_in_the_list(client, minutes):
    client.force_login(referent())
    answer = client.post(address(minutes), {"document": "extrait", "choix": "x"})
    assert answer.status_code == 400
    assert "Choisissez dans la liste" in answer.text
    assert Rendering.objects.count() == 0


def test_papers_page_gives_a_text_document(client, minutes):
    client.force_login(referent())
    answer = client.post(address(minutes), {"document": "lettre-d-envoi", "choix": "", "forme": "odt"})
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.text"
    assert answer.content[:2] == b"PK"


def test_papers_page_before_the_minutes_offers_what_is_of_the_meeting(client, prefecture):
    meeting = MeetingFactory()
    client.force_login(referent())
    page = client.get(reverse("committees:meeting_papers", args=[prefecture.slug, meeting.pk]))
    assert [paper.name for paper, *_ in page.context["papers"]] == ["ordre-du-jour", "emargement"]


def test_papers_page_by_role(client, minutes):
    people = [referent(), secretary_general(), user_with_role(RoleKind.AGENT), member_of(minutes.meeting.committee)]
    found = []
    for user in people:
        client.force_login(user)
        found.append(client.get(address(minutes)).status_code)
    assert found == [200, 200, 403, 403]

"""Scenario 2 of the compte-rendus we must hold: no list of presence, no signature, three blocks of exchanges."""

import re

import pytest
from django.utils import timezone

from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from committees.minutes import acts
from committees.minutes.documents import minutes_html
from committees.minutes.indexed import AnsweredRemark, Exchange, Remark
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.tests.factories import drafted_minutes, referent

from .trees import answer, heading, node, paragraph, remark, section

IDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(10)]
SECTION = IDS[9]
SAID = [
    ("Pourrait-on accompagner les personnes ?", "question"),
    ("La page de réservation se bloque.", "malfunction"),
    ("Le standard répond bien.", "satisfaction"),
    ("Le rendez-vous est vécu comme un égard.", "satisfaction"),
    ("Sans rendez-vous, on se sent mal reçu.", "observation"),
    ("Le site manque de clarté.", "observation"),
    ("Un autre label existe.", "observation"),
    ("Combien de temps dure le label ?", "question"),
]


def said(first: int, last: int) -> list[dict]:
    return [remark(words, id=IDS[rank], kind=kind) for rank, (words, kind) in enumerate(SAID) if first <= rank < last]


def blocks() -> list[dict]:
    maire = "Mme B, maire et représentante des maires, a formulé les observations suivantes :"
    return [
        node(
            "exchange",
            *said(0, 4),
            answer("L'accompagnement est accepté.", speaker="M. D", answers=[IDS[0]]),
            answer("La page sera corrigée.", answers=[IDS[1]]),
            opening="Mme A a formulé les observations suivantes :",
        ),
        node(
            "exchange",
            *said(4, 7),
            answer("Un panneau sera posé.", speaker="Mme E", answers=[IDS[4]]),
            answer("Le pré-accueil existe.", speaker="M. F", answers=[IDS[4]]),
            answer("Les horaires s'élargissent.", speaker="M. D", answers=[IDS[4]]),
            answer("Le modèle du site est national.", speaker="Mme G", answers=[IDS[5]]),
            opening=maire,
        ),
        node(
            "exchange",
            *said(7, 8),
            answer("Trente-six mois."),
            opening="M. C a posé la question suivante :",
        ),
    ]


@pytest.fixture
def document(prefecture):
    minutes = acts.update_minutes(minutes=drafted_minutes(), page_mark="fraction", by=referent())
    filler = [paragraph("Le bilan de l'année est présenté aux membres du comité. " * 12) for _ in range(4)]
    content = section(heading("Restitution des échanges :", label="2 –"), *filler, *blocks(), id=SECTION)
    order = OrderChange(minutes.order_version, [SECTION, *minutes.section_order])
    changes = [SectionChange(SECTION, 0, content)]
    save_text(minutes=minutes, changes=changes, order=order, operation_id="operation-1", by=referent())
    minutes.refresh_from_db()
    return render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())


def test_exchanges_are_printed_in_order_with_who_answers_what(document):
    assert findings(document) == []
    read = " ".join(re.sub(r"Vérifier ce document : \S+|\d/\d", "", pdf_text(document)).replace("\u00a0", " ").split())
    wanted = [
        "Mme A a formulé les observations suivantes :",
        *[f"– {words}" for words, _ in SAID[:4]],
        "Réponses apportées",
        "– M. D, sur la 1re observation : L'accompagnement est accepté.",
        "– Sur la 2e observation : La page sera corrigée.",
        "Mme B, maire et représentante des maires, a formulé les observations suivantes :",
        *[f"– {words}" for words, _ in SAID[4:7]],
        "Réponses apportées",
        "– Mme E, sur la 1re observation : Un panneau sera posé.",
        "– M. F, sur la 1re observation : Le pré-accueil existe.",
        "– M. D, sur la 1re observation : Les horaires s'élargissent.",
        "– Mme G, sur la 2e observation : Le modèle du site est national.",
        "M. C a posé la question suivante :",
        "– Combien de temps dure le label ?",
        "Réponse apportée",
        "– Trente-six mois.",
    ]
    assert read.partition("2 – Restitution des échanges :")[2].endswith(" ".join(wanted))


def test_exchanges_cross_a_page_that_bears_its_mark(document):
    pages = pdf_text(document).split("\f")
    count = len([page for page in pages if page.strip()])
    assert count > 1
    assert [f"{number}/{count}" in pages[number - 1] for number in range(1, count + 1)] == [True] * count


def test_exchanges_are_rows_with_their_unanswered_remarks(document):
    assert (Exchange.objects.count(), Remark.objects.count(), AnsweredRemark.objects.count()) == (3, 8, 7)
    silent = Remark.objects.filter(answers=None).order_by("exchange_id", "position")
    assert [row.text for row in silent] == [SAID[2][0], SAID[3][0], SAID[6][0]]

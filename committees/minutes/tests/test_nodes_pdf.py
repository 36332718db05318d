"""Minutes with every node, as the portal prints them: PDF/UA-1 and PDF/A-3a, nothing lost."""

import json

import pytest
from django.utils import timezone

from clu_portal.action_plan.models import Action
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from committees.meetings.models import MeetingDocument
from committees.minutes.documents import minutes_html
from committees.minutes.text import OrderChange, SectionChange, save_text
from committees.minutes.tree.nodes import NODES
from committees.tests.factories import MeetingFactory, drafted_minutes, referent

from .trees import answer, cell, header, heading, item, node, paragraph, remark, section, table

A, B, ID = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ACTION = "00000000-0000-4000-8000-0000000000a1"
BLOCKS = {
    "exchange": node(
        "exchange",
        remark("Les délais sont longs.", id=A, speaker="Mme A", kind="question"),
        remark("L’accueil est aimable.", node("list", item("surtout le lundi", marker="➔")), id=B, marker="✓"),
        answer("Un guichet ouvre.", speaker="M. B", answers=[A]),
        answer("Merci."),
        opening="L’association a formulé les observations suivantes :",
    ),
    "exchange without answer": node("exchange", remark("Sans réponse.")),
    "decision": node("decision", "Le projet est validé.", kind="opinion", decided_by="les membres"),
    "action": node("action", id=ACTION, title="Poser un panneau", due="dès que possible"),
    "dossier": node("dossier"),
    "annexes": node("annexes"),
    "prose": node("list", item("texte", marker="1°)")),
    "table": table([header("Mois"), header("Taux")], [cell("mai"), cell("80 %")], caption="Délais"),
    "values": table(
        [cell(""), header("2025")], *[[header(f"Mesure {i}"), cell("22 jours")] for i in range(60)], columns="values"
    ),
    "run-in": [
        heading("Accueil et orientation :", level=2, form="run_in"),
        paragraph("les délais, ", node("footnote", text="Jours ouvrés."), "mots " * 400),
    ],
    "quotation": node("quotation", paragraph("« Dit mot pour mot. »"), source="Mme A"),
    "separator": node("separator", "* * *"),
    "break": node("page_break"),
    "contents": node("table_of_contents", levels=4),
    "by organisation": node(
        "exchange",
        remark("Les délais sont longs.", id=A, organisation="Association A"),
        remark("L’accueil est aimable.", id=B, organisation="Association B"),
        answer("Un guichet ouvre.", speaker="M. B", answers=[A]),
        presentation="by_organisation",
    ),
    "signature": node("signature_block", node("signature_line", "signé"), node("signature_line")),
}
READ = {
    "exchange": "M. B, sur la 1re observation\u00a0: Un guichet ouvre.",
    "decision": "Décision – les membres\u00a0: Le projet est validé.",
    "action": "Échéance\u00a0: dès que possible",
    "dossier": "Documents envoyés avant la réunion",
    "annexes": "Diaporama",
    "run-in": "Accueil et orientation : les délais, 1mots mots",
    "quotation": "« Dit mot pour mot. » — Mme A",
    "contents": "Sommaire 3) Échanges 1",
    "by organisation": "Association A Les délais sont longs. M. B : Un guichet ouvre. Association B L’accueil",
}


def flat(blocks) -> list[dict]:
    return [one for block in blocks for one in (block if isinstance(block, list) else [block])]


def printed(*blocks) -> bytes:
    meeting = MeetingFactory()
    file = store_bytes(name="a.txt", content=b"a", content_type="text/plain")
    for title, kind in (("Enquête", "sent_before"), ("Diaporama", "annexed")):
        MeetingDocument.objects.create(meeting=meeting, title=title, kind=kind, file=file)
    minutes = drafted_minutes(meeting)
    changes = [SectionChange(ID, 0, section(heading("Échanges", label="3)"), *flat(blocks), id=ID))]
    order = OrderChange(minutes.order_version, [ID, *minutes.section_order])
    save_text(minutes=minutes, changes=changes, order=order, operation_id="operation-1", by=referent())
    minutes.refresh_from_db()
    return render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())


@pytest.mark.parametrize("name", READ)
def test_pdf_of_each_node_has_no_finding_and_says_it(prefecture, name):
    document = printed(BLOCKS[name])
    assert findings(document) == []
    assert READ[name].replace("\u00a0", " ") in " ".join(pdf_text(document).replace("\u00a0", " ").split())


def test_pdf_of_every_node_at_once_over_pages_has_no_finding(prefecture):
    typed = json.dumps(list(BLOCKS.values()))
    assert [name for name in NODES if f'"{name}"' not in typed] == [
        "section",
        "agenda",
        "attendance",
        "quorum",
        "votes",
        "meeting_actions",
        "previous_actions",
        "hard_break",
    ]
    document = printed(*[block for _ in range(3) for block in BLOCKS.values()])
    assert findings(document) == []
    assert pdf_text(document).count("\f") > 1
    assert Action.objects.count() == 1

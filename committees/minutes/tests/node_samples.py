"""One sample of each node and mark of nodes.json, what the meeting says, and the structure its PDF must have.

A node added to nodes.json, or a choice added to one of its layouts, needs a sample here: test_pdf_structure says so.
"""

from .trees import answer, cell, header, heading, item, link, node, paragraph, remark, table, text

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"
FACTS = {
    "agenda": [
        {"label": "1.", "title": "Accueil", "presenters": "Mme Odile Ferrandier"},
        {"label": "a)", "title": "Le hall", "depth": 1},
        {"label": "2.", "title": "Délais"},
    ],
    "quorum": [{"committee": "Comité", "sentence": "Le quorum est atteint.", "rule": "La moitié des sièges."}],
    "votes": [{"subject": "Affiche", "sentence": "Adopté."}],
    "documents": [
        {"heading": "Documents envoyés avant la réunion", "kind": "sent_before", "lines": ["Enquête"]},
        {"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]},
    ],
    "chair": "Mme Solène Vautrin, secrétaire générale",
    "attendance": [
        {
            "heading": "Présents",
            "lines": ["Association : Mme A, trésorière", "Mairie : M. B"],
            "rows": [
                {
                    "line": "Association : Mme A, trésorière",
                    "name": "Mme A",
                    "function": "trésorière",
                    "body": "Association",
                    "college": "Usagers",
                },
                {"line": "Mairie : M. B", "name": "M. B", "body": "Mairie", "college": "Élus"},
            ],
        },
        {"heading": "Experts", "lines": ["M. C"], "depth": 1},
        {
            "heading": "Excusée",
            "lines": ["Mme D"],
            "rows": [{"line": "Mme D", "name": "Mme D", "state": "excusée", "college": "Usagers"}],
        },
    ],
    "previous_actions": [{"id": OTHER, "title": "Ouvrir le samedi", "owner": "", "due": "", "state": "engagée"}],
    "actions": [
        {"id": ID, "title": "Poser un panneau", "owner": "la mairie", "due": "mai 2027", "state": "proposée"},
    ],
}  # fmt: skip
LAYOUTS = ("two_columns", "header_table", "side_by_side", "college_table", "three_columns", "none")

SAMPLES = {
    "section": [paragraph("Texte.")],
    "heading": [heading("Délais", label="3)"), heading("Détail", level=2), heading(), heading("Fin", level=4)],
    "paragraph": [paragraph("Une phrase."), paragraph(), paragraph("Une autre.")],
    "list": [node("list", item("un"), item("deux", marker="1°)"))],
    "list_item": [
        node("list", item("un", node("list", item("deux", node("list", item("trois", marker="➔")), marker="a)"))))
    ],
    "table": [table([cell("a"), cell("b")], [cell("c"), cell("d")], caption="Titre")],
    "table_row": [table([header("Mois"), header("Taux")], [cell("mai"), cell("– de 2 %")])],
    "table_header": [table([header(), header("2026")], [header("Mai"), cell("80 %")])],
    "table_cell": [
        table(
            [header("Mois"), header("Taux", colspan=2)],
            [cell("mai", rowspan=2), cell("1"), cell("2")],
            [cell("3"), cell("")],
        )
    ],
    "heading:run_in": [heading("Par un accueil attentif :", form="run_in"), paragraph("l’agent se lève.")],
    "table:values": [
        table([header("Délai"), header("Taux")], [cell("4 jours"), cell("9,3 %")], columns="values", caption="Valeurs")
    ],
    "quotation": [node("quotation", paragraph("Une phrase citée."), source="Le référentiel")],
    "separator": [paragraph("Avant."), node("separator", "*"), paragraph("Après.")],
    "page_break": [paragraph("Avant."), node("page_break"), paragraph("Après.")],
    "table_of_contents": [node("table_of_contents"), heading("Un", label="1)"), heading("Deux", level=2)],
    "footnote": [paragraph("Un mot", node("footnote", text="La note."), " noté.")],
    "agenda": [node("agenda")],
    "attendance": [heading("Étaient présents"), node("attendance")],
    **{f"attendance:{layout}": [node("attendance", layout=layout)] for layout in LAYOUTS},
    "signature_block": [node("signature_block", node("signature_line", "Pour le préfet,"), node("signature_line"))],
    "signature_line": [node("signature_block", node("signature_line", "signé"))],
    "exchange": [
        node(
            "exchange",
            remark("Les délais sont longs.", id=ID),
            remark("L’accueil est aimable.", id=OTHER),
            answer("Un guichet ouvre.", speaker="M. B", answers=[ID]),
            answer("Merci.", answers=[OTHER]),
            opening="L’association observe :",
        )
    ],
    "remark": [node("exchange", remark("Sans réponse.", node("list", item("le lundi")), id=ID, speaker="Mme A"))],
    "answer": [node("exchange", remark("Une question.", id=ID), answer("Oui."))],
    "exchange:hidden": [
        node(
            "exchange",
            remark("Les délais sont longs.", id=ID),
            remark("L’accueil est aimable.", id=OTHER),
            answer("Un guichet ouvre.", speaker="M. B", answers=[ID]),
            answer("Merci.", answers=[OTHER]),
            mentions="hidden",
        )
    ],
    "exchange:by_organisation": [
        node(
            "exchange",
            remark("Les délais sont longs.", id=ID, organisation="Familles du canton"),
            remark("L’accueil est aimable.", id=OTHER, organisation="Aidants réunis"),
            answer("Un guichet ouvre.", answers=[ID]),
            answer("Merci.", answers=[OTHER]),
            presentation="by_organisation",
        )
    ],
    "decision": [node("decision", "Le projet est validé.", decided_by="les membres")],
    "action": [node("action", id=ID, title="Poser un panneau")],
    "dossier": [node("dossier")],
    "annexes": [node("annexes")],
    "annexes:appended": [node("annexes", pages="appended")],
    "meeting_actions": [node("meeting_actions")],
    "previous_actions": [node("previous_actions")],
    "quorum": [node("quorum")],
    "votes": [node("votes")],
    "hard_break": [paragraph("Une ligne,", node("hard_break"), "une autre.")],
    "text": [paragraph("Du texte.")],
    "bold": [paragraph("Un ", text("mot", "bold"), " fort.")],
    "italic": [paragraph("Un ", text("mot", "italic"), " penché.")],
    "superscript": [paragraph("Le 1", text("er", "superscript"), " mai.")],
    "link": [paragraph("Voir ", text("le site", link()), ".")],
}  # fmt: skip

"""Decisions, actions and documents as they are drawn, and labels exactly as typed."""

import pytest

from committees.minutes.tree.draw import draw

from .trees import heading, item, node, paragraph, section

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
DOCUMENTS = [
    {"heading": "Documents envoyés avant la réunion", "kind": "sent_before", "lines": ["Référentiel", "Enquête"]},
    {"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]},
]
ACTION = {"id": ID, "title": "Poser un panneau", "owner": "Service accueil", "due": "mai 2027", "state": "en cours"}


def drawn(*blocks, facts=None, medium="text"):
    return draw([section(*blocks)], facts, medium)


@pytest.mark.parametrize(
    ("attrs", "text"),
    [
        ({}, "Décision\u00a0: Le projet est validé."),
        ({"title": "Avis :"}, "Avis : Le projet est validé."),
        ({"decided_by": "les membres"}, "Décision – les membres\u00a0: Le projet est validé."),
        ({"title": "", "decided_by": "Les membres"}, "Les membres\u00a0: Le projet est validé."),
        ({"title": ""}, "Le projet est validé."),
    ],
)
def test_draw_decision_says_what_and_who_as_typed(attrs, text):
    assert drawn(node("decision", "Le projet est validé.", **attrs)) == text


def test_draw_decision_without_a_text_is_nothing():
    assert drawn(node("decision", decided_by="les membres")) == ""


def test_draw_action_shows_what_is_known_of_it_today():
    html = drawn(node("action", id=ID, title="Panneau"), facts={"actions": [ACTION]}, medium="pdf")
    assert html.splitlines()[1:-1] == [
        '<div class="action">',
        '<p><span class="lead">Action&nbsp;:</span> Poser un panneau</p>',
        '<ul class="action-details">',
        "<li>Responsable&nbsp;: Service accueil</li>",
        "<li>Échéance&nbsp;: mai 2027</li>",
        "<li>État&nbsp;: en cours</li>",
        "</ul>",
        "</div>",
    ]


def test_draw_action_of_which_nothing_is_known_shows_what_was_typed():
    blocks = node("action", id=ID, title="Panneau", owner="la mairie", due="dès que possible")
    assert drawn(blocks) == "Action\u00a0: Panneau\n  Responsable\u00a0: la mairie\n  Échéance\u00a0: dès que possible"


def test_draw_action_in_its_own_words_keeps_the_facts():
    blocks = node("action", id=ID, title="Panneau", wording="Un panneau sera posé.")
    assert drawn(blocks, facts={"actions": [ACTION | {"owner": "", "due": ""}]}) == (
        "Action\u00a0: Un panneau sera posé.\n  État\u00a0: en cours"
    )


def test_draw_dossier_by_kind_and_annexes_alone():
    facts = {"documents": DOCUMENTS}
    assert drawn(heading("Documents"), node("dossier"), facts=facts) == (
        "Documents\n\nDocuments envoyés avant la réunion\n  Référentiel\n  Enquête\n\nAnnexes\n  Diaporama"
    )
    assert drawn(heading("Annexes"), node("annexes"), facts=facts) == "Annexes\n\n  Diaporama"


def test_draw_annexes_that_are_missing_take_their_heading_along():
    assert drawn(heading("Annexes"), node("annexes"), facts={"documents": DOCUMENTS[:1]}) == ""


def test_draw_attendance_leaves_alone_what_its_facts_say_besides():
    facts = {
        "weather": {"sky": "clear"},
        "attendance": [{"heading": "Présents", "lines": ["Mme A"], "columns": [["Mme", "A"]], "layout": "table"}],
    }
    assert drawn(node("attendance"), facts=facts) == "Présents\n  Mme\u00a0A"


def test_draw_agenda_shows_presenters_and_sub_items():
    items = [
        {"label": "1.", "title": "Accueil", "presenters": "Mme A et M. B", "depth": 0},
        {"label": "a)", "title": "Délais", "depth": 1},
        {"label": "2.", "title": "Visite", "depth": 0},
    ]
    printed = "  1. Accueil – Mme\u00a0A et M.\u00a0B\n    a) Délais\n  2. Visite"
    assert drawn(node("agenda"), facts={"agenda": items}) == printed
    html = drawn(node("agenda"), facts={"agenda": items}, medium="pdf")
    assert html.count("<ul") == 2
    assert html.count("<li>") == 3


def test_draw_agenda_that_begins_with_a_sub_item_shows_it():
    assert drawn(node("agenda"), facts={"agenda": [{"title": "Délais", "depth": 1}]}) == "  Délais"


def test_draw_quorum_with_its_rule_and_votes_with_their_result():
    facts = {
        "quorum": [{"committee": "CLU", "sentence": "8 sièges sur 15 : le quorum est atteint.", "rule": "La moitié."}],
        "votes": [
            {"subject": "Affiche", "sentence": "7 voix pour : adopté."},
            {"subject": "", "label": "2.", "item": "Visite", "sentence": "Adopté par consensus."},
        ],
    }
    assert drawn(node("quorum"), facts=facts) == "8 sièges sur 15 : le quorum est atteint.\nLa moitié."
    assert drawn(node("votes"), facts=facts) == (
        "  Affiche\u00a0: 7 voix pour : adopté.\n  2. Visite\u00a0: Adopté par consensus."
    )
    both = {"quorum": [facts["quorum"][0], {"committee": "CLAC", "sentence": "Non.", "rule": ""}]}
    assert drawn(node("quorum"), facts=both).splitlines()[-1] == "CLAC\u00a0: Non."


def test_draw_quorum_and_votes_of_a_committee_without_rules_are_nothing():
    assert drawn(heading("Quorum"), node("quorum"), heading("Votes"), node("votes")) == ""


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_labels_and_markers_are_text_never_computed(medium):
    labels = ["1)", "2)", "3)", "3)", "4)", "I/", "1°)", ""]
    markers = ["➔", "✓", "1.", "1.", "3)", "a)", "–", "1 – "]
    document = [section(heading("titre", label=label)) for label in labels]
    document.append(section(node("list", *(item("texte", marker=marker) for marker in markers)), paragraph("fin")))
    read = draw(document, {}, medium)
    for tag in ('<span class="label">', '<span class="marker">', "</span>", "<p>", "</p>", "<li>", "</li>"):
        read = read.replace(tag, "")
    words = [line.strip() for line in read.splitlines() if "titre" in line or "texte" in line]
    if medium != "text":
        words = [line.replace("<h2>", "").replace("</h2>", "") for line in words]
    assert words == [f"{label} titre".strip() for label in labels] + [f"{m.strip()} texte" for m in markers]

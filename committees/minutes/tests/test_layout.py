"""What the préfecture prints around its minutes: proposed to new ones, frozen with the text, valid in every form."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from clu_portal.demonstration import layouts
from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings
from clu_portal.organisations.models import DocumentLayout, Prefecture
from committees.minutes import acts, corrections
from committees.minutes.documents import minutes_html, minutes_text
from committees.minutes.head import marianne
from committees.minutes.layout import is_layout, layout_printed
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.tests.factories import MeetingFactory, drafted_minutes, referent, sealed_minutes, submitted_minutes

FIVE = {
    "valmarche": (layouts.VALMARCHE, "Préfète de la Valmarche"),
    "ombreuse": (layouts.OMBREUSE, ""),
    "bruyes": (layouts.BRUYES, ""),
    "fortargent": (layouts.FORTARGENT, "Préfet du Territoire de Fortargent"),
    "esparre": (layouts.ESPARRE, "Préfet de la Haute-Esparre"),
}


def lay_out(prefecture, **chosen) -> None:
    line = chosen.pop("authority_line", "Préfète de la Valmarche")
    Prefecture.objects.filter(pk=prefecture.pk).update(authority_line=line)
    prefecture.authority_line = line
    DocumentLayout.objects.update_or_create(defaults=chosen)


def dated(minutes: Minutes) -> Minutes:
    return acts.update_minutes(minutes=minutes, dated_on=date(2026, 4, 1), by=referent())


def head_of(text: str) -> list[str]:
    """The lines before the body."""
    return [line for line in text.split("Présents")[0].splitlines() if line]


HEADS = {
    "valmarche": [
        "PRÉFÈTE DE LA VALMARCHE",
        "Secrétariat général",
        "Mission qualité",
        "Affaire suivie par : Solène AUBRAC / Jocelin TREMBLIN",
        "Tél : 03 53 01 14 20 / 21",
        "adresse mail :",
        "pref-qualite@valmarche.example",
        "Clairbourg, le 1er avril 2026",
        "COMITÉ LOCAL DES USAGERS",
        "du 3 mars 2026 – Compte-rendu",
    ],
    "ombreuse": [
        "COMPTE-RENDU",
        "Clairbourg, le 1er avril 2026",
        "OBJET : Réunion du comité local des usagers du 3 mars 2026",
    ],
    "bruyes": [
        "COMPTE-RENDU",
        "Clairbourg, le 1er avril 2026",
        "Secrétariat général",
        "Contrôle de gestion, démarches qualité",
        "Affaire suivie par : Mme\u00a0Ombeline Castaréda",
        "ombeline.castareda@bruyes.example",
        "tél : 05 36 49 06 02",
        "Objet : réunion du Comité du 3 mars 2026.",
        "Réf. : diapositives envoyées avec l'ordre du jour.",
    ],
    "fortargent": [
        "PRÉFET",
        "DU TERRITOIRE",
        "DE FORTARGENT",
        "Accueillir",
        "Expliquer",
        "Améliorer",
        "Compte-rendu",
        "01/04/26",
        "Dossier suivi par : SECRÉTARIAT GÉNÉRAL",
        "E. VALDAHON",
        "COMITÉ LOCAL DES USAGERS",
        "3 mars 2026",
    ],
    "esparre": [
        "PRÉFET DE LA HAUTE-ESPARRE",
        "Préfecture",
        "Clairbourg, le 1er avril 2026",
        "Direction des ressources humaines et du budget",
        "Références : COPIL qual-e-pref",
        "Affaire suivie par Hermine Abondeau",
        "04 65 71 33 54",
        "hermine.abondeau@esparre.example",
        "objet : Compte-rendu de la réunion du comité local des usagers du 3 mars 2026",
    ],
}


def begun(prefecture, **chosen) -> Minutes:
    lay_out(prefecture, **chosen)
    meeting = MeetingFactory(committee__name="Comité", held_on=date(2026, 3, 3))
    return dated(acts.begin_minutes(meeting=meeting, by=referent()))


@pytest.mark.parametrize("name", FIVE)
def test_five_layouts_are_read_in_the_order_chosen_and_valid(prefecture, name):
    chosen, line = FIVE[name]
    minutes = begun(prefecture, authority_line=line, **chosen)
    head = HEADS[name]
    assert head_of(minutes_text(minutes)) == [*head, *filter(None, DocumentLayout.current().signature_lines)]
    pages = render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())
    assert findings(pages) == []
    assert is_read_in_order(head, pdf_text(pages))


def is_read_in_order(lines: list[str], text: str) -> bool:
    rest = " ".join(text.split())
    return all((rest := rest.partition(" ".join(line.split()))[2]) for line in lines)


@pytest.mark.parametrize("name", FIVE)
def test_signature_of_the_layout_is_proposed_at_the_end(prefecture, name):
    chosen, line = FIVE[name]
    minutes = begun(prefecture, authority_line=line, **chosen)
    block = contents(minutes)[-1]["content"][0]
    typed = ["".join(text["text"] for text in line.get("content", [])) for line in block["content"]]
    assert typed == DocumentLayout.current().signature_lines


def test_state_brand_has_the_marianne_its_words_and_its_motto_where_it_is_allowed(prefecture, settings):
    settings.STATE_IDENTITY_ALLOWED = True
    minutes = begun(prefecture, brand="state", authority_broken=True)
    html = minutes_html(minutes, draft=False)
    assert f'<img class="marianne" src="{marianne()}" alt="Marianne, emblème de la République française">' in html
    assert "Liberté<br>Égalité<br>Fraternité" in html
    assert findings(render_pdf(html, created_at=timezone.now())) == []


def test_state_brand_is_a_neutral_block_where_the_installation_is_not_entitled(prefecture, settings):
    settings.STATE_IDENTITY_ALLOWED = False
    html = minutes_html(begun(prefecture, brand="state"), draft=False)
    assert 'class="brand"' in html
    assert "<img" not in html
    assert "Liberté" not in html


def test_minutes_without_a_layout_print_what_they_always_did(prefecture):
    Prefecture.objects.filter(pk=prefecture.pk).update(authority_line="Préfète de la Valmarche")
    prefecture.authority_line = "Préfète de la Valmarche"
    minutes = dated(drafted_minutes())
    assert head_of(minutes_text(minutes))[:3] == [
        prefecture.name,
        "Préfète de la Valmarche",
        "Clairbourg, le 1er avril 2026",
    ]
    assert (minutes.title_form, minutes.page_mark, minutes.contacts) == ("bold", "page-of", "")


def test_what_the_layout_proposes_stays_editable_for_one_minutes(prefecture):
    minutes = begun(prefecture, authority_line="", **layouts.BRUYES)
    acts.update_minutes(minutes=minutes, title_form="bold", contacts="", reference_lines="", by=referent())
    assert head_of(minutes_text(Minutes.objects.get(pk=minutes.pk)))[0] == "Compte-rendu"
    assert DocumentLayout.current().title_form == "capitals"


@pytest.mark.parametrize("make", [submitted_minutes, sealed_minutes])
def test_layout_changed_later_moves_nothing_that_is_frozen(prefecture, make):
    lay_out(prefecture, letterhead="Mission qualité", authority_place="above")
    minutes = make()
    pages, drawn, text = minutes_html(minutes, draft=False), acts.approval_hash(minutes), minutes_text(minutes)
    lay_out(prefecture, letterhead="Autre mission", brand="neutral", head_order="title_first", authority_line="X")
    minutes = Minutes.objects.get(pk=minutes.pk)
    assert minutes_html(minutes, draft=False) == pages
    assert acts.approval_hash(minutes) == drawn
    assert minutes_text(minutes) == text
    assert "Mission qualité" in text


def test_layout_changed_while_drafting_makes_the_draft_out_of_date(prefecture):
    minutes = drafted_minutes()
    before = acts.draft_hash(minutes)
    lay_out(prefecture, letterhead="Mission qualité", authority_line="")
    assert acts.draft_hash(minutes) != before


def test_text_given_back_takes_the_layout_of_the_day_again(prefecture):
    lay_out(prefecture, letterhead="Mission qualité")
    minutes = acts.return_minutes(minutes=submitted_minutes(), reason="Une date", by=referent())
    assert minutes.layout is None
    lay_out(prefecture, letterhead="Autre mission")
    assert "Autre mission" in minutes_text(minutes)


def test_correction_has_the_form_of_title_of_what_it_corrects_and_the_layout_of_the_day(prefecture):
    minutes = sealed_minutes()
    lay_out(prefecture, letterhead="Autre mission", title_form="capitals")
    correction = corrections.correct_minutes(minutes=minutes, by=referent())
    assert correction.title_form == minutes.title_form
    assert "Autre mission" in minutes_text(correction)


@pytest.mark.parametrize("change", [{"layout": {}}, {"layout": None}, {"title_form": "table"}])
def test_layout_of_submitted_minutes_is_frozen_by_the_database(prefecture, change):
    minutes = submitted_minutes()
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(**change)


GOOD = layout_printed(DocumentLayout(), Prefecture(name="Préfecture"))


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        ({}, True),
        ({"brand": "state"}, True),
        ({"brand": "royal"}, False),
        ({"head_order": "upside_down"}, False),
        ({"letterhead": "Préfecture"}, False),
        ({"motto": [1]}, False),
        ({"short_date": "oui"}, False),
        ({"header": None}, False),
        ({"more": 1}, False),
    ],
)
def test_is_layout_knows_what_can_be_drawn_again(change, is_one):
    assert is_layout(GOOD | change) is is_one


def test_is_layout_refuses_one_that_lacks_a_part():
    assert not is_layout({name: value for name, value in GOOD.items() if name != "authority"})

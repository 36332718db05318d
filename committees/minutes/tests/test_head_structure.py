"""What the head of minutes becomes for who listens to the PDF: each form of its title, each brand, in each order."""

import functools
from datetime import date
from types import SimpleNamespace

import pypdfium2
import pytest
from django.template.loader import render_to_string

from clu_portal.lib.pdf import render_pdf
from clu_portal.lib.tests.papers import WHEN, findings, put_seal
from clu_portal.lib.tests.pdf_structure import outline
from clu_portal.organisations.enums import Brand, HeadOrder, TitleForm
from committees.minutes.head import head_blocks, marianne

MINUTES = {
    "title_lines": "Comité local des usagers\nCompte-rendu",
    "contacts": "Affaire suivie par : Mme Aubert / M. Brun",
    "drafters": "",
    "dated_on": date(2026, 4, 1),
    "place": "Clairbourg",
    "reference_lines": "Objet : la réunion de mars\nRéf. : un diaporama",
}
LAYOUT = {
    "motto": ["Liberté", "Égalité"],
    "authority": ["PRÉFÈTE", "DE LA VALMARCHE"],
    "authority_place": "above",
    "letterhead": ["Direction des moyens"],
    "services": ["Mission qualité"],
    "header": "",
    "short_date": False,
}
STATE = {"brand": "state", "head_order": "letter"}
TOP = ["P PRÉFÈTE DE LA VALMARCHE", "P Direction des moyens"]
SERVICE, CONTACT = "P Mission qualité", "P Affaire suivie par : Mme Aubert / M. Brun"
DATE, OBJECT, REFERENCE = "P Clairbourg, le 1er avril 2026", "P Objet : la réunion de mars", "P Réf. : un diaporama"
TITLE = "H1 Comité local des usagers Compte-rendu"
ORDERS = {
    "letter": [*TOP, SERVICE, CONTACT, DATE, OBJECT, REFERENCE, TITLE],
    "title_first": [TITLE, DATE, *TOP, SERVICE, CONTACT, OBJECT, REFERENCE],
    "date_first": [*TOP, DATE, SERVICE, OBJECT, REFERENCE, CONTACT, TITLE],
}
FORMS = {
    "bold": [CONTACT, DATE, OBJECT, REFERENCE, TITLE],
    "capitals": [CONTACT, DATE, OBJECT, REFERENCE, "H1 COMITÉ LOCAL DES USAGERS COMPTE-RENDU"],
    "object": [CONTACT, DATE, REFERENCE, "H1 Objet : la réunion de mars"],
    "table": [OBJECT, REFERENCE, "H1 Comité local des usagers", DATE, CONTACT, "P Compte-rendu"],
}
BLOCK = ["P PRÉFÈTE DE LA VALMARCHE", "P Liberté Égalité", "P Direction des moyens"]
BRANDS = {
    "none": TOP,
    "neutral": BLOCK,
    "state": ["Figure[Marianne, emblème de la République française]", *BLOCK],
}


@functools.cache
def told(*, order="letter", form="bold", brand="none", is_sealed=False) -> list[str]:
    """The elements that say something, in the order they are read; the PDF has no finding."""
    layout = LAYOUT | {"brand": brand, "head_order": order, "motto": [] if brand == "none" else LAYOUT["motto"]}
    context = {
        "title": "Compte-rendu",
        "head": head_blocks(SimpleNamespace(**MINUTES, title_form=form), layout),
        "marianne": marianne() if brand == "state" else "",
    }
    pdf = render_pdf(render_to_string("pdf/minutes.html", context), created_at=WHEN)
    pdf = put_seal(pdf) if is_sealed else pdf
    assert findings(pdf) == []
    return [line.strip() for line in outline(pdf) if line.strip() not in ("Document", "Div")]


def test_every_order_form_and_brand_has_a_structure():
    assert (sorted(ORDERS), sorted(FORMS)) == (sorted(HeadOrder.values), sorted(TitleForm.values))
    assert sorted(BRANDS) == sorted(Brand.values)


def test_mark_of_the_state_is_seen_blue_and_red():
    context = {"head": head_blocks(SimpleNamespace(**MINUTES, title_form="bold"), LAYOUT | STATE), "title": "Essai"}
    seen = {}
    for picture in ("", marianne()):
        page = render_pdf(render_to_string("pdf/minutes.html", context | {"marianne": picture}), created_at=WHEN)
        image = pypdfium2.PdfDocument(page)[0].render(scale=2).to_pil().convert("RGB")
        colours = image.getcolors(maxcolors=image.width * image.height)
        seen[bool(picture)] = {colour: count for count, colour in colours}
    for colour in ((0x00, 0x00, 0x91), (0xE1, 0x00, 0x0F)):
        assert seen[False].get(colour, 0) == 0
        assert seen[True].get(colour, 0) > 100


@pytest.mark.parametrize("is_sealed", [False, True], ids=["rendered", "sealed"])
@pytest.mark.parametrize("order", ORDERS)
def test_head_is_read_in_the_order_chosen(order, is_sealed):
    assert told(order=order, is_sealed=is_sealed) == ORDERS[order]


@pytest.mark.parametrize("is_sealed", [False, True], ids=["rendered", "sealed"])
@pytest.mark.parametrize("form", FORMS)
def test_title_is_the_only_first_heading_in_every_form(form, is_sealed):
    assert told(form=form, is_sealed=is_sealed) == [*TOP, SERVICE, *FORMS[form]]


@pytest.mark.parametrize("is_sealed", [False, True], ids=["rendered", "sealed"])
@pytest.mark.parametrize("brand", BRANDS)
def test_brand_is_read_first_and_its_picture_has_another_text(brand, is_sealed):
    assert told(brand=brand, is_sealed=is_sealed) == [*BRANDS[brand], *ORDERS["letter"][2:]]

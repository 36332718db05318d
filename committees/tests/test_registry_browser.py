"""Importing, merging and the corbeille in Chromium: axe and no sideways scroll at two widths, the whole way of a file.

CLU_SCREENSHOTS=FOLDER keeps an image of each page, wide and 390 px.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clu_portal.organisations.models import Organisation
from clu_portal.tenancy import scope
from clu_portal.tests.browser import (
    PHONE,
    WIDE,
    assert_accessible,
    assert_fits,
    assert_no_csp_violation,
    sign_in,
)
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, PrefectureFactory
from clu_portal.trash.acts import trash_row
from committees.tests.factories import CommitteeFactory, MandateFactory, MeetingFactory, referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
LINES = "Nom;Sigle;Famille\nCercle des aînés;CA;familles\nUnion des familles;UF;\nDouteux;;inconnue\n"


@pytest.fixture
def office(transactional_db):
    """A préfecture with two persons that are one, a row in the corbeille and a meeting nobody was convened to."""
    prefecture = PrefectureFactory(slug="valmarche")
    with scope(prefecture.pk):
        prefecture.by = referent()
        union = OrganisationFactory(name="Union des familles")
        prefecture.twins = [PersonFactory(given_name="Odile", surname="Aubert", organisation=union) for _ in "12"]
        MandateFactory(person=prefecture.twins[1], seat__committee=CommitteeFactory(name="CLU"))
        trash_row(row=OrganisationFactory(name="Saisi par erreur"), by=prefecture.by)
        prefecture.meeting = MeetingFactory(state="prepared")
    return prefecture


@pytest.fixture
def visit(browser_page, live_server, office):
    sign_in(browser_page, office.by, str(live_server))

    def go(path: str):
        assert browser_page.goto(f"{live_server}/valmarche/{path}").status == 200
        return browser_page

    return go


def look_at(page, name: str) -> None:
    for width, size in (("wide", WIDE), ("390", PHONE)):
        page.set_viewport_size(size)
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"registry-{name}-{width}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)
    assert page.locator("h1").count() == 1
    assert_no_csp_violation(page)


def test_pages_are_accessible_and_fit(visit, office):
    first, second = (person.pk for person in office.twins)
    paths = {
        "organisations": "organismes/",
        "committees": "comites/",
        "import-composition": "composition/importer/",
        "choose": f"personnes/{first}/reunir/",
        "merge": f"personnes/{first}/reunir/{second}/",
        "person": f"personnes/{first}/",
        "trash": "corbeille/",
        "trash-meeting": f"corbeille/meeting/{office.meeting.pk}/mettre/",
        "meeting": f"reunions/{office.meeting.pk}/",
    }
    for name, path in paths.items():
        look_at(visit(path), name)


def send(page, text: str) -> None:
    file = {"name": "organismes.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Vérifier le fichier").click()


def test_whole_way_of_a_file(visit, office):
    page = visit("organismes/importer/")
    look_at(page, "import-empty")
    send(page, LINES)
    expect(page.get_by_text("1 à créer, 1 déjà connue, 1 à corriger.")).to_be_visible()
    look_at(page, "import-wrong")
    page = visit("organismes/importer/")
    send(page, LINES.replace("inconnue", ""))
    look_at(page, "import-ready")
    page.get_by_role("button", name="Importer 2 lignes").click()
    expect(page.get_by_text("Les lignes nouvelles sont importées.")).to_be_visible()
    look_at(page, "import-done")
    page.get_by_role("link", name="Annuler cet import").click()
    look_at(page, "import-cancel")
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_text("ce qu'il avait créé est retiré.")).to_be_visible()
    look_at(page, "import-undone")
    with scope(office.pk):
        assert list(Organisation.objects.values_list("name", flat=True)) == ["Union des familles"]


def test_merging_and_the_corbeille_by_hand(visit, office):
    first, second = office.twins
    page = visit(f"personnes/{first.pk}/reunir/{second.pk}/")
    page.get_by_text("B : Mme Odile Aubert").click()
    page.get_by_text("Je confirme").click()
    page.get_by_role("button", name="Réunir").click()
    expect(page.get_by_text("Les deux lignes sont réunies")).to_be_visible()
    page = visit(f"corbeille/meeting/{office.meeting.pk}/mettre/")
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page = visit("corbeille/")
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Remettre Saisi par erreur").click()
    expect(page.get_by_role("row")).to_have_count(2)

"""Scenarios 1 and 4 of documents.md §3.c in the browser: a meeting, who came, a hard text, to the PDF.

The texts are our own, the persons invented; the order of the words and the tags are asserted on the PDF.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.pdf_structure import outline
from committees.tests.by_keyboard import Keyboard
from committees.tests.main_job import assert_conforms, text_area, wait_saved
from committees.tests.ready_made import committee_with_a_member

from .difficult_texts import MISNUMBERED, NESTED
from .reading_texts import words_of
from .test_without_list import download
from .typing_texts import type_text

pytestmark = [pytest.mark.browser, pytest.mark.long]


@dataclass(frozen=True)
class Scenario:
    text: str
    groups: tuple[tuple[str, str, str], ...]  # heading, status, lines
    layout: str
    page_mark: str
    title_form: str
    contacts: str
    structure: tuple[str, ...]  # lines of the structure that must be there


SCENARIOS = {
    "feminine_authority_and_nested_lists": Scenario(
        NESTED,
        (
            (
                "Représentants des associations et des collectivités",
                "présent",
                "Association des maires : Mme Ysaline Roquebert\n"
                "Aidants réunis : Mme Lise Aubert et M. Titouan Lescarret",
            ),
            (
                "Représentants de l'administration",
                "présent",
                "Secrétaire générale : Mme Solène Vautrin\nDirectrice de la citoyenneté, représentée par "
                "Mme Perrine Estival, cheffe de bureau",
            ),
            ("Absents excusés", "excusé", "Directeur des moyens : M. Briac Ollivault\nUne famille : Mme Odile Brun"),
        ),
        "Par rubrique : « organisme : personnes »",
        "Page 1 sur 4",
        "en gras, une ou deux lignes",
        "Affaire suivie par : Mme Lise Aubert / M. Briac Ollivault\nTél : 01 02 03 04 05 / 06",
        ("H2 Introduction du comité", "P ➔ attente trop longue : un second guichet le lundi ;"),
    ),
    "header_table_and_wrong_numbers": Scenario(
        MISNUMBERED,
        (
            ("Présents", "présent", "Mme Solène Vautrin\nM. Briac Ollivault"),
            ("Excusées", "excusé", "Mme Lise Aubert\nMme Perrine Estival\nMme Odile Brun"),
        ),
        "Tableau d’en-tête : présidence, présents, excusés",
        "Page 1 sur 4",
        "en grand, dans un tableau d'en-tête avec la date et le suivi",
        "Dossier suivi par : M. Briac Ollivault",
        ("H2 3) Les titres", "H2 3) Le référentiel, ses modules", "TH[Row] Excusées"),
    ),
}  # fmt: skip


def hold_meeting(keys: Keyboard, scenario: Scenario) -> None:
    """From the page of the committee: a meeting of last week, who came, held."""
    keys.activate("link", "Nouvelle réunion")
    keys.fill_date("Date", timezone.localdate() - timedelta(days=7))
    keys.activate("button", "Créer la réunion")
    keys.activate("link", "Modifier les présences")
    for heading, status, lines in scenario.groups:
        keys.fill("Rubrique", heading)
        keys.choose("Présence", status)
        keys.fill("Personnes", lines)
        keys.activate("button", "Ajouter ces lignes")
        expect(keys.page.get_by_text(f"« {heading} »").first).to_be_visible()
    keys.activate("link", "Revenir à la réunion")
    keys.activate("button", "La réunion est tenue")
    keys.activate("button", "Commencer le compte-rendu")
    keys.page.wait_for_selector("#minutes-editor[data-ready]")


def write(keys: Keyboard, scenario: Scenario) -> None:
    """The text, then the way the attendance is printed."""
    keys.text()
    keys.press("Control+Home")
    type_text(keys, scenario.text)
    text_area(keys.page).get_by_label("Présentation de la liste de présence").select_option(label=scenario.layout)
    keys.save()
    wait_saved(keys.page)


def head(keys: Keyboard, scenario: Scenario) -> None:
    keys.page.get_by_role("link", name="Revenir au compte-rendu").focus()
    keys.press("Enter")
    keys.activate("link", "Titre, date et mentions")
    keys.fill("Titre", "COMPTE-RENDU")
    keys.fill_date("Daté du", timezone.localdate())
    keys.fill("Affaire suivie par", scenario.contacts)
    keys.fill("Objet et références", "Objet : la réunion du comité")
    keys.choose("Repère de page", scenario.page_mark)
    keys.choose("Forme du titre", scenario.title_form)
    keys.activate("button", "Enregistrer")


def assert_pdf(pdf: bytes, scenario: Scenario) -> None:
    assert_conforms(pdf)
    lines = [line.strip().replace("\xa0", " ") for line in outline(pdf)]
    assert [line for line in scenario.structure if line not in lines] == []
    told = " ".join(line.partition(" ")[2] for line in lines if not line.startswith("Link "))
    assert " ".join(words_of(scenario.text)) in " ".join(told.split())
    for heading, _, persons in scenario.groups:
        assert heading in told
        assert [person for person in persons.splitlines() if person not in told] == []
    for line in scenario.contacts.splitlines():
        assert line in told
    assert_page_marks([page.replace("\xa0", " ") for page in pdf_text(pdf).split("\f")], scenario)


def assert_page_marks(pages: list[str], scenario: Scenario) -> None:
    numbers = range(1, len(pages) + 1)
    if scenario.page_mark.startswith("Page"):
        assert [f"Page {number} sur {len(pages)}" in page for number, page in zip(numbers, pages, strict=True)]
    else:
        typed = scenario.text.count(".../...")
        assert len(pages) > 1
        assert "\n".join(pages).count(".../...") == typed + len(pages) - 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_from_the_meeting_to_the_words_of_its_pdf(running_portal, live_office, visitors, name):
    with live_office.scope():
        committee = committee_with_a_member(live_office)
    page = visitors.open(live_office.path(f"comites/{committee.pk}/"), user=live_office.referent)
    keys = Keyboard(page)
    hold_meeting(keys, SCENARIOS[name])
    write(keys, SCENARIOS[name])
    head(keys, SCENARIOS[name])
    assert_pdf(download(keys), SCENARIOS[name])

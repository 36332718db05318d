"""Scenarios 1, 3 and 4 of documents.md §3.c in the browser: a meeting, who came, a hard text, to the PDF.

The texts are our own, the persons invented; the order of the words and the tags are asserted on the PDF.
"""

from dataclasses import dataclass
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.pdf_structure import outline
from committees.composition.acts import save_committee
from committees.composition.models import Committee
from committees.meetings.models import Meeting
from committees.tests.by_keyboard import Keyboard
from committees.tests.main_job import assert_conforms, text_area, wait_saved
from committees.tests.ready_made import committee_with_a_member

from .difficult_texts import MISNUMBERED, NESTED, RUN_IN
from .reading_texts import words_of
from .test_without_list import download
from .typing_texts import type_text

HELD_ON = timezone.localdate() - timedelta(days=7)
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
    authority: str = ""  # as the préfète's documents say it
    joint: str = ""  # the other committee of the meeting
    meeting: tuple[tuple[str, str], ...] = ()  # fields of the meeting
    ends_at: str = ""
    agenda: tuple[str, ...] = ()  # each after a dash
    decision: str = ""


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
        (
            "P La préfète de la Valmarche",
            "H2 Introduction du comité",
            "P ➔ attente trop longue : un second guichet le lundi ;",
        ),
        authority="La préfète de la Valmarche",
        meeting=(("Prochaine réunion", "premier trimestre 2027"),),
        agenda=(
            "visite des locaux",
            "présentation du comité",
            "engagements de l'année",
            "réclamations",
            "lettres types",
            "questions diverses",
        ),
    ),
    "joint_meeting_and_run_in_heads": Scenario(
        RUN_IN.rpartition("\n>\n")[0],
        (
            ("Participants", "présent", "\n".join(f"M. Rang {n} : Association {n}" for n in range(1, 14))),
            ("", "présent", "M. Edgar Vallombreuse : Direction de la citoyenneté"),
            ("Excusés", "excusé", "\n".join(f"Mme Suite {n} : Association {n}" for n in range(13, 24))),
            ("", "excusé", "Mme Solène Vautrin : Direction de la citoyenneté"),
        ),
        "Tableau de deux colonnes, sans filets",
        ".../... sauf sur la dernière page",
        "la ligne d'objet seule",
        "Affaire suivie par : Mme Lise Aubert",
        ("P *", "H3 1°) Ce qui a été obtenu"),
        joint="Commission locale des titres",
        meeting=(("Lieu", "Salle des actes"),),
        ends_at="11:15",
    ),
    "header_table_and_wrong_numbers": Scenario(
        MISNUMBERED,
        (
            ("Présents", "présent", "Mme Solène Vautrin\nM. Briac Ollivault"),
            ("", "excusé", "Mme Lise Aubert\nMme Perrine Estival\nMme Odile Brun"),
        ),
        "Tableau d’en-tête : présidence, présents, excusés",
        "Page 1 sur 4",
        "en grand, dans un tableau d'en-tête avec la date et le suivi",
        "Dossier suivi par : M. Briac Ollivault",
        ("H2 3) Les titres", "H2 3) Le référentiel, ses modules", "TH[Row] Excusées"),
        decision="Les horaires du samedi sont validés par les membres.",
    ),
}  # fmt: skip


def say_authority(keys: Keyboard, office, line: str) -> None:
    keys.page.goto(keys.page.url.partition(office.path())[0] + office.path("reglages/mise-en-page/"))
    keys.fill("Ligne d'autorité", line)
    keys.choose("Genre", "préfète")
    keys.activate("button", "Enregistrer")
    expect(keys.page.get_by_text("La mise en page est enregistrée.")).to_be_visible()


def hold_meeting(keys: Keyboard, scenario: Scenario) -> None:
    """From the page of the committee: a meeting of last week, its agenda, who came, held."""
    keys.activate("link", "Nouvelle réunion")
    if scenario.joint:
        keys.go_to("checkbox", scenario.joint)
        keys.press("Space")
    keys.fill_date("Date", HELD_ON)
    if scenario.ends_at:
        keys.fill_time("Heure de fin", scenario.ends_at)
    for name, words in scenario.meeting:
        keys.fill(name, words)
    keys.activate("button", "Créer la réunion")
    write_agenda(keys, scenario.agenda)
    keys.activate("link", "Modifier les présences")
    for heading, status, lines in scenario.groups:
        keys.fill("Rubrique", heading)
        keys.choose("Présence", status)
        keys.fill("Personnes", lines)
        keys.activate("button", "Ajouter ces lignes")
        expect(keys.page.get_by_text(lines.splitlines()[0]).first).to_be_visible()
    keys.activate("link", "Revenir à la réunion")
    keys.activate("button", "La réunion est tenue")
    keys.activate("button", "Commencer le compte-rendu")
    keys.page.wait_for_selector("#minutes-editor[data-ready]")


def write_agenda(keys: Keyboard, agenda: tuple[str, ...]) -> None:
    if not agenda:
        return
    keys.activate("link", "Modifier l'ordre du jour")
    for title in agenda:
        keys.fill("Repère", "–")
        keys.fill("Intitulé", title)
        keys.activate("button", "Ajouter le point")
        expect(keys.page.get_by_text(title, exact=False).first).to_be_visible()
    keys.activate("link", "Revenir à la réunion")


def write(keys: Keyboard, scenario: Scenario) -> None:
    """The text, then the way the attendance is printed."""
    keys.text()
    keys.press("Control+Home")
    type_text(keys, scenario.text)
    if scenario.decision:
        keys.tool("Insérer une décision")
        keys.type(scenario.decision)
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
    assert scenario.decision in told
    assert [item for item in scenario.agenda if f"– {item}" not in told] == []
    assert date_format(HELD_ON, "j F Y") not in told  # nobody typed it
    assert_page_marks([page.replace("\xa0", " ") for page in pdf_text(pdf).split("\f")], scenario)


def assert_page_marks(pages: list[str], scenario: Scenario) -> None:
    numbers = range(1, len(pages) + 1)
    if scenario.page_mark.startswith("Page"):
        assert [f"Page {number} sur {len(pages)}" in page for number, page in zip(numbers, pages, strict=True)]
    else:
        typed = scenario.text.count(".../...")
        assert len(pages) > 1
        assert "\n".join(pages).count(".../...") == typed + len(pages) - 1


def decision_list(keys: Keyboard) -> str:
    with keys.page.expect_download() as started:
        keys.activate("button", "Télécharger en .odt : Relevé de décisions")
    with ZipFile(started.value.path()) as odt:
        return odt.read("content.xml").decode()


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_from_the_meeting_to_the_words_of_its_pdf(running_portal, live_office, visitors, name):
    scenario = SCENARIOS[name]
    with live_office.scope():
        committee = committee_with_a_member(live_office)
        if scenario.joint:
            save_committee(committee=Committee(name=scenario.joint), by=live_office.referent)
    page = visitors.open(live_office.path(f"comites/{committee.pk}/"), user=live_office.referent)
    keys = Keyboard(page)
    if scenario.authority:
        say_authority(keys, live_office, scenario.authority)
        page.goto(page.url.partition(live_office.path())[0] + live_office.path(f"comites/{committee.pk}/"))
    hold_meeting(keys, scenario)
    write(keys, scenario)
    head(keys, scenario)
    assert_pdf(download(keys), scenario)
    with live_office.scope():
        meeting = Meeting.objects.get()
        assert meeting.held_on == HELD_ON
        assert [str(other) for other in meeting.joint_committees] == ([scenario.joint] if scenario.joint else [])
    if scenario.decision:
        page.goto(page.url.partition(live_office.path())[0] + live_office.path(f"reunions/{meeting.pk}/a-imprimer/"))
        assert scenario.decision in decision_list(keys)

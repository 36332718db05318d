"""Minutes without a list of persons, entered with the keyboard alone, to the PDF (documents.md §3.c, scenario 2)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clu_portal.lib.pdf import pdf_text
from clu_portal.lib.tests.pdf_structure import outline
from committees.minutes.indexed import Answer, Remark
from committees.tests.by_keyboard import Keyboard
from committees.tests.main_job import assert_conforms, wait_saved
from committees.tests.ready_made import committee_with_a_member

from .without_list import AGENDA, CLOSING, EXCHANGES, SUMMARY, Exchange

pytestmark = [pytest.mark.browser, pytest.mark.long]


def hold_meeting(keys: Keyboard) -> None:
    """From the page of the committee: a meeting of last week at half past two, and nothing else of it."""
    keys.activate("link", "Nouvelle réunion")
    keys.fill_date("Date", timezone.localdate() - timedelta(days=7))
    keys.go_to("button", "Créer la réunion")
    keys.press("Enter")
    keys.activate("button", "La réunion est tenue")
    expect(keys.page.get_by_text("La réunion est tenue : son compte-rendu peut commencer.")).to_be_visible()
    keys.activate("button", "Commencer le compte-rendu")
    keys.page.wait_for_selector("#minutes-editor[data-ready]")


def write(keys: Keyboard) -> None:
    keys.text()
    keys.press("Control+Home")
    keys.type("Introduction :")
    keys.press("Control+Shift+1", "Enter")
    keys.type(
        "Le comité s'est réuni à 14 h 30.",
        "L'ordre du jour annoncé était le suivant :",
        f"1. {AGENDA[0]}",
        *AGENDA[1:],
    )
    section(keys, "1 –", "Synthèse de la présentation :")
    keys.type(f"- {SUMMARY[0]}", *SUMMARY[1:])
    section(keys, "2 –", "Restitution des échanges :")
    for exchange in EXCHANGES:
        write_exchange(keys, exchange)
    section(keys, "", "Conclusion :")
    keys.type(CLOSING)
    keys.save()
    wait_saved(keys.page)


def section(keys: Keyboard, label: str, heading: str) -> None:
    """A section after this one: its label as typed, its heading; the cursor goes under it."""
    keys.press("Control+Enter")
    if label:
        keys.press("F2")
        keys.type(label)
        keys.press("Enter")
    keys.type(heading)
    keys.press("ArrowDown")


def write_exchange(keys: Keyboard, exchange: Exchange) -> None:
    keys.tool("Insérer un échange")
    keys.press("F2", "F2")
    keys.type(exchange.opening)
    keys.press("Enter")
    if exchange.kind:
        keys.press("ArrowLeft", "ArrowLeft")
        expect(keys.page.get_by_label("Nature").last).to_be_focused()
        keys.press("ArrowDown", "ArrowRight", "Enter")
    for remark in exchange.remarks:
        keys.type(remark)
        keys.press("Enter")
    keys.press("Enter")
    for answer in exchange.answers:
        keys.type(answer.text)
        if answer.speaker:
            keys.press("Home", "ArrowLeft")
            keys.type(answer.speaker)
            keys.press("Enter", "End")
        if answer.answers:
            point_at(keys, exchange, answer.answers)
        keys.press("Enter")
    keys.press("Enter")


def point_at(keys: Keyboard, exchange: Exchange, ranks: tuple[int, ...]) -> None:
    """In the dialog, take away what is not answered; the cursor comes back where it was."""
    keys.tool("Répond à… : choisir les observations")
    boxes = keys.page.get_by_role("dialog").get_by_role("checkbox")
    for rank, box in enumerate(boxes.all(), start=1):
        if rank not in ranks:
            while not box.evaluate("box => box === document.activeElement"):
                keys.press("Tab")
            keys.press("Space")
    keys.activate("button", "Valider")
    keys.is_in_text()


def title_and_mark(keys: Keyboard) -> None:
    keys.press("Escape")
    keys.activate("link", "Revenir au compte-rendu", key="Shift+Tab")
    keys.activate("link", "Titre, date et mentions")
    keys.fill("Titre", "COMPTE-RENDU")
    keys.fill("Fait à", "Clairbourg")
    keys.fill_date("Daté du", timezone.localdate())
    keys.fill("Objet et références", "Objet : réunion du comité local des usagers")
    keys.choose("Repère de page", "1/4, 2/4…")
    keys.activate("button", "Enregistrer")


def download(keys: Keyboard) -> bytes:
    keys.activate("link", "Projet en PDF")
    keys.activate("button", "Fabriquer le PDF")
    link = keys.page.get_by_role("link", name="Télécharger le projet")
    expect(link).to_be_visible()
    with keys.page.expect_download() as started:
        keys.activate("link", link.inner_text())
    return started.value.path().read_bytes()


def printed(exchange: Exchange) -> list[str]:
    """What the PDF says of an exchange: the opening, the remarks, the title that agrees, the answers."""
    title = "Réponses apportées" if len(exchange.answers) > 1 else "Réponse apportée"
    leads = [
        " : ".join(filter(None, [", ".join(filter(None, [answer.speaker, told])), answer.text]))
        for answer, told in zip(exchange.answers, exchange.told, strict=True)
    ]
    return [exchange.opening, *(f"– {remark}" for remark in exchange.remarks), title, *(f"– {lead}" for lead in leads)]


def assert_rows(office) -> None:
    with office.scope():
        answers = Answer.objects.prefetch_related("remarks")
        assert (Remark.objects.count(), len(answers)) == (8, 7)
        assert [answer.speaker for answer in answers].count("") == 2
        assert Remark.objects.filter(answers=None).count() == 2
        assert max(remark.answers.count() for remark in Remark.objects.all()) == 3


def assert_pdf(pdf: bytes) -> None:
    assert_conforms(pdf)
    lines = [line.strip().replace("\xa0", " ") for line in outline(pdf)]
    assert [line for line in lines if line[0] == "H" and line[1:2].isdigit()] == [
        "H1 COMPTE-RENDU",
        "H2 Introduction :",
        "H2 1 – Synthèse de la présentation :",
        "H2 2 – Restitution des échanges :",
        "H2 Conclusion :",
    ]
    told = [line[2:] for line in lines if line.startswith("P ")]
    start = told.index(EXCHANGES[0].opening)
    expected = [words for exchange in EXCHANGES for words in printed(exchange)]
    assert told[start : start + len(expected)] == expected
    assert told[start + len(expected) :] == [CLOSING]
    assert [f"{number}. {item}" for number, item in enumerate(AGENDA, start=1)] == told[
        told.index(f"1. {AGENDA[0]}") :
    ][: len(AGENDA)]
    pages = [page.replace("\xa0", " ") for page in pdf_text(pdf).split("\f")]
    assert [f"{number}/{len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    assert cut_exchanges(pages) == 1


def cut_exchanges(pages: list[str]) -> int:
    """How many exchanges begin on a page and end on another."""
    flat = [" ".join(page.split()) for page in pages]
    return sum(
        any(exchange.opening[:40] in page and exchange.answers[-1].text[:40] not in page for page in flat)
        for exchange in EXCHANGES
    )


def test_minutes_without_a_list_with_the_keyboard_alone(running_portal, live_office, visitors):
    with live_office.scope():
        committee = committee_with_a_member(live_office)
    page: Page = visitors.open(live_office.path(f"comites/{committee.pk}/"), user=live_office.referent)
    keys = Keyboard(page)
    hold_meeting(keys)
    write(keys)
    assert_rows(live_office)
    title_and_mark(keys)
    assert_pdf(download(keys))
    keys.assert_no_mouse()

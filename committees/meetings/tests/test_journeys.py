"""Scenarios 6 and 7 of documents.md, by a référent in Chromium; every person and body is invented."""

import re

import pytest
from playwright.sync_api import Page, expect

from clu_portal.tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODIES = [f"Association des usagers du canton {number}" for number in range(1, 15)]
OFFICES = ["Secrétaire générale", "Directrice de l'accueil", "Directeur des titres", "Référente qualité"]
SURNAMES = ["Alba", "Brice", "Carmin", "Dorval", "Escure", "Faure", "Gentil", "Hardel", "Izarn", "Jolin"]
SURNAMES += ["Kerval", "Lanoue", "Mercey", "Nolin", "Orsel", "Pradel", "Quenot", "Rivaud"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def tick(page: Page, line: str, state: str) -> None:
    group = page.get_by_role("group", name=re.compile(f"^Présence de {re.escape(line)}"))
    group.get_by_label(state, exact=True).check()


def save_ticks(page: Page) -> None:
    press(page, "Enregistrer les présences")
    expect(page.get_by_text("Les présences sont enregistrées.")).to_be_visible()


def add_lines(page: Page, lines: str, status: str) -> None:
    page.get_by_label("Présence", exact=True).select_option(label=status)
    page.get_by_label("Personnes").fill(lines)
    press(page, "Ajouter ces lignes")
    expect(page.get_by_role("list").filter(has_text=lines.splitlines()[-1]).first).to_be_visible()


def edit(page: Page, line: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Modifier {re.escape(line)}")).click()
    expect(page.get_by_role("heading", name="Modifier une présence")).to_be_visible()


def unfold(page: Page, legend: str) -> None:
    page.locator("summary", has_text=legend).click()


def printed(page: Page) -> str:
    return page.get_by_role("main").inner_text().replace("\u00a0", " ")


def test_scenario_6_membership_versus_attendance(desk):
    with desk.scope():
        for wording, surname in zip([*BODIES, *OFFICES], SURNAMES, strict=True):
            desk.seat(wording, surname, college="Usagers" if wording in BODIES else "Administration")
        meeting = desk.meeting()
    page = desk.open(f"reunions/{meeting.pk}/presences/")
    press(page, "Proposer les lignes de la composition")
    expect(page.get_by_text("18 lignes de la composition")).to_be_visible()
    for wording in (*BODIES[:2], *OFFICES[:2]):
        tick(page, f"{wording} : ", "présent")
    tick(page, f"{BODIES[2]} : ", "excusé")
    save_ticks(page)
    add_lines(page, "Chambre des métiers", "excusé")
    add_lines(page, f"M. Sorel, {BODIES[0]}", "excusé")

    page = desk.open(f"reunions/{meeting.pk}/")
    text = printed(page)
    assert f"Présentes\nUsagers\n{BODIES[0]} : Mme Alba\n{BODIES[1]} : Mme Brice" in text
    assert f"Excusés\n{BODIES[2]} : Mme Carmin\nChambre des métiers\nM. Sorel, {BODIES[0]}" in text
    assert "Dorval" not in text
    assert "Absent" not in text

    page = desk.open(f"reunions/{meeting.pk}/participants/")
    expect(page.get_by_role("row", name=re.compile(f"^{BODIES[0]} "))).to_contain_text("Présente : ")
    expect(page.get_by_role("row", name="Usagers 2 sur 14 1 14,3 %")).to_be_visible()
    expect(page.get_by_role("row", name="Administration 2 sur 4 0 50 %")).to_be_visible()
    assert page.get_by_role("main").get_by_text("Mme Dorval").count() == 2
    page.get_by_role("link", name="Voir la liste").click()
    absent = page.locator("h2#absents + ul")
    expect(absent.get_by_role("listitem")).to_have_count(13)
    expect(absent).to_contain_text(f"{BODIES[3]} : Mme Dorval")
    press(page, "Les imprimer au compte-rendu")
    page = desk.open(f"reunions/{meeting.pk}/")
    assert f"Absentes\n{BODIES[3]} : Mme Dorval" in printed(page)

    press(page, "La réunion est tenue")
    press(page, "Commencer le compte-rendu")
    page.wait_for_selector("#minutes-editor[data-ready]")
    expect(page.locator("#minutes-editor")).to_contain_text("Absentes")
    expect(page.locator("#minutes-editor")).to_contain_text(f"M. Sorel, {BODIES[0]}")


def set_rules(desk, *, fraction: str, proxies_count: bool, second: bool) -> None:
    page = desk.open(f"comites/{desk.committee.pk}/regles/")
    wanted = {
        "un quorum est exigé": True,
        "une seconde convocation dispense du quorum": second,
        "les pouvoirs sont admis": True,
        "les pouvoirs comptent dans le quorum": proxies_count,
        "le comité vote": True,
    }
    for label, value in wanted.items():
        page.get_by_label(re.compile(label, re.IGNORECASE)).set_checked(value, force=True)
    numerator, denominator = fraction.split("/")
    page.get_by_label(re.compile("numérateur")).fill(numerator)
    page.get_by_label(re.compile("dénominateur")).fill(denominator)
    press(page, "Enregistrer les règles")
    expect(page.get_by_text("Les règles du comité sont enregistrées.")).to_be_visible()


def try_to_vote(desk, meeting, subject: str) -> Page:
    page = desk.open(f"reunions/{meeting.pk}/votes/")
    page.get_by_label("Objet du vote").fill(subject)
    page.get_by_label(re.compile("^Pour( |$)")).fill("2")
    page.get_by_label(re.compile("^Contre")).fill("1")
    press(page, "Noter le vote")
    return page


def refused(page: Page) -> None:
    expect(page.get_by_text(re.compile("Le vote ne peut pas être noté"))).to_be_visible()


def noted(page: Page) -> None:
    expect(page.get_by_text("Le vote est noté.")).to_be_visible()


def test_scenario_7_presence_beyond_the_room(desk):
    with desk.scope():
        for wording, surname in zip(BODIES[:10], SURNAMES, strict=False):
            desk.seat(wording, surname)
        substitute = PersonFactory(civility="monsieur", given_name="", surname="Tavel")
        meeting = desk.meeting(starts_at="14:00")
    page = desk.open(f"reunions/{meeting.pk}/presences/")
    press(page, "Proposer les lignes de la composition")
    for wording in BODIES[:4]:
        tick(page, f"{wording} : ", "présent")
    tick(page, f"{BODIES[4]} : ", "excusé")
    save_ticks(page)

    for wording in BODIES[:3]:
        edit(page, f"{wording} : ")
        page.get_by_label("Participation").select_option(label="en visioconférence")
        if wording == BODIES[2]:
            unfold(page, "Arrivée")
            page.get_by_label(re.compile("^Arrivée")).fill("14:45")
        press(page, "Enregistrer")
    edit(page, f"{BODIES[3]} : ")
    page.get_by_label(re.compile(r"^Personne( |$)")).select_option(value=str(substitute.pk))
    unfold(page, "Représentation")
    page.get_by_label(re.compile("^Représentation")).select_option(label="suppléant de…")
    page.get_by_label(re.compile("^L'autre personne ou fonction")).fill("Mme Dorval")
    press(page, "Enregistrer")
    refuse_then_give_proxy(desk, page, meeting)

    page = desk.open(f"reunions/{meeting.pk}/")
    text = printed(page)
    assert f"{BODIES[0]} : Mme Alba, en visioconférence" in text
    assert f"{BODIES[2]} : Mme Carmin, en visioconférence, arrivée à 14 h 45" in text
    assert f"{BODIES[3]} : M. Tavel, suppléant de Mme Dorval" in text
    assert f"Excusée\n{BODIES[4]} : Mme Escure, pouvoir donné à Mme Alba" in text
    assert "4 sièges présents sur 10, 1 pouvoir ; il en faut 5 : le quorum est atteint." in text
    check_the_quorum(desk, meeting)


def refuse_then_give_proxy(desk, page: Page, meeting) -> None:
    """Refused while the committee admits no proxy, then given; what was typed comes back with the message."""
    edit(page, f"{BODIES[4]} : ")
    unfold(page, "Représentation")
    page.get_by_label(re.compile("^Pouvoir donné à")).select_option(index=1)
    press(page, "Enregistrer")
    expect(page.get_by_text(re.compile("Ce comité n'admet pas les pouvoirs")).first).to_be_visible()
    assert page.get_by_label(re.compile("^Pouvoir donné à")).input_value() != ""
    set_rules(desk, fraction="1/2", proxies_count=True, second=False)
    desk.open(f"reunions/{meeting.pk}/presences/")
    edit(page, f"{BODIES[4]} : ")
    unfold(page, "Représentation")
    page.get_by_label(re.compile("^Pouvoir donné à")).select_option(index=1)
    press(page, "Enregistrer")
    expect(page.get_by_role("list").filter(has_text="pouvoir donné à Mme Alba").first).to_be_visible()


def check_the_quorum(desk, meeting) -> None:
    """Four present of ten and one proxy: one half with the proxy, not without; one third; the second convocation."""
    noted(try_to_vote(desk, meeting, "Avis sur les horaires"))
    set_rules(desk, fraction="1/2", proxies_count=False, second=False)
    page = try_to_vote(desk, meeting, "Avis sur l'accueil")
    refused(page)
    assert page.get_by_label("Objet du vote").input_value() == "Avis sur l'accueil"
    set_rules(desk, fraction="1/3", proxies_count=False, second=False)
    noted(try_to_vote(desk, meeting, "Avis sur l'accueil"))
    set_rules(desk, fraction="1/2", proxies_count=False, second=True)
    refused(try_to_vote(desk, meeting, "Avis sur le hall"))
    page = desk.open(f"reunions/{meeting.pk}/modifier/")
    page.get_by_label(re.compile("Seconde convocation")).fill("2026-03-10")
    press(page, "Enregistrer")
    noted(try_to_vote(desk, meeting, "Avis sur le hall"))
    page = desk.open(f"reunions/{meeting.pk}/")
    text = printed(page)
    assert "le quorum n'est pas atteint ; la seconde convocation en dispense." in text
    assert text.count("2 voix pour, 1 contre, 0 abstention : adopté.") == 3

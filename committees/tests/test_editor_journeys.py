"""The editor on the real server: two writers, a session that ends, a network that fails, a text frozen meanwhile."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from clu_portal.accounts.enums import RoleKind
from clu_portal.tests.browser import kill_tab
from clu_portal.tests.visitors import fill_sign_in
from committees.minutes.models import Minutes
from committees.tests import main_job
from committees.tests.conftest import agent
from committees.tests.main_job import text_area, wait_saved
from committees.tests.ready_made import drafted, heading_of

pytestmark = pytest.mark.browser
FIRST, SECOND = "Accueil du public", "Délais de réponse"


@pytest.fixture
def minutes(live_office) -> Minutes:
    return drafted(live_office)


@pytest.fixture
def editor(live_office, minutes, visitors):
    """A function that opens the editor in a fresh browser, signed in as the référent or as somebody else.

    `unheard`: the page is told nothing between two saves, so that a save itself learns what happened meanwhile.
    """

    def open_editor(user=None, *, unheard: bool = False) -> Page:
        path = live_office.path(f"comptes-rendus/{minutes.pk}/rediger/")
        page = visitors.open(path, user=user or live_office.referent)
        page.wait_for_selector("#minutes-editor[data-ready]")
        if unheard:
            page.route("**/presence/", lambda route: route.abort())
        return page

    return open_editor


@pytest.fixture
def stored(live_office, minutes):
    """A function that returns the words stored under one item of the agenda."""

    def words(heading: str = FIRST) -> str:
        with live_office.scope():
            (section,) = [s for s in minutes.sections.exclude(content=None) if heading_of(s) == heading]
            return text_of(section.content)

    return words


def text_of(node: dict) -> str:
    return node.get("text", "") + "".join(text_of(child) for child in node.get("content", []))


def type_under(page: Page, heading: str, words: str) -> None:
    text_area(page).get_by_text(f"« {heading} »").click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def wait_state(page: Page, state: str) -> None:
    expect(page.locator(".mm-status")).to_have_attribute("data-state", state)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    wait_saved(page)


def end_session(page: Page) -> None:
    """As if two hours had passed: the server does not know this session any more."""
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "session"]
    assert Session.objects.filter(session_key=cookie["value"]).delete()[0] == 1


def sign_in_in_the_new_tab(page: Page, user) -> None:
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Se reconnecter (nouvel onglet)").click()
    tab = opening.value
    fill_sign_in(tab, user)
    expect(tab).to_have_url(re.compile("/compte/revenir/"))
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_E03_two_writers_in_two_sections_meet_no_conflict(live_office, editor, stored):
    with live_office.scope():
        colleague = agent(RoleKind.REFERENT)
    one, two = editor(), editor(colleague)
    type_under(one, FIRST, " Le hall est clair.")
    type_under(two, SECOND, " Deux jours suffisent.")
    save(one)
    save(two)
    assert stored(FIRST).endswith("Le hall est clair.")
    assert stored(SECOND).endswith("Deux jours suffisent.")


def test_E01_two_writers_in_one_section_both_texts_are_shown_and_kept(live_office, editor, stored, minutes):
    with live_office.scope():
        colleague = agent(RoleKind.REFERENT)
    one, two = editor(), editor(colleague, unheard=True)
    type_under(one, FIRST, " Texte de la première.")
    save(one)
    type_under(two, FIRST, " Texte de la seconde.")
    two.keyboard.press("Control+s")
    wait_state(two, "conflict")
    case = two.locator("[data-case]")
    expect(case.locator("[data-side=mine]")).to_contain_text("Texte de la seconde.")
    expect(case.locator("[data-side=theirs]")).to_contain_text("Texte de la première.")
    expect(case.locator("[data-side=theirs]")).to_contain_text(live_office.referent.name)
    assert "seconde" not in stored()
    main_job.press(case, "Garder les deux")
    save(two)
    assert "Texte de la première." in stored()
    assert "Texte de la seconde." in stored()


def test_E04_session_expired_while_typing_sign_in_replay_stored(live_office, editor, stored):
    page = editor(unheard=True)
    end_session(page)
    type_under(page, FIRST, " Écrit après la fin de la séance.")
    dialog = page.get_by_role("dialog", name="Votre session a expiré")
    expect(dialog).to_be_visible()
    assert "après la fin" not in stored()
    sign_in_in_the_new_tab(page, live_office.referent)
    expect(dialog).to_be_hidden()
    wait_saved(page)
    assert stored().endswith("Écrit après la fin de la séance.")


def test_E04_text_is_not_sent_under_the_account_of_a_colleague(live_office, editor, stored):
    with live_office.scope():
        colleague = agent(RoleKind.REFERENT)
    page = editor(unheard=True)
    end_session(page)
    type_under(page, FIRST, " De ma main.")
    expect(page.get_by_role("dialog")).to_be_visible()
    sign_in_in_the_new_tab(page, colleague)
    expect(page.get_by_role("dialog")).to_contain_text("Vous êtes connecté avec un autre compte.")
    assert "De ma main." not in stored()


def test_E05_text_typed_without_network_in_a_tab_then_killed_is_compared_and_stored(live_office, editor, stored):
    page = editor()
    page.context.set_offline(True)
    type_under(page, FIRST, " Écrit dans le train.")
    wait_state(page, "local")
    expect(page.locator(".mm-status__text")).to_have_text(re.compile("^Gardé sur ce poste seulement"))
    address = page.url
    kill_tab(page)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    banner = again.get_by_role("region", name="Brouillon non enregistré")
    expect(banner).to_be_visible()
    assert "dans le train" not in stored()
    main_job.press(banner, "Comparer")
    case = again.locator("[data-case]")
    expect(case.locator("[data-side=mine]")).to_contain_text("Écrit dans le train.")
    main_job.press(case, "Reprendre mon brouillon")
    wait_saved(again)
    assert stored().endswith("Écrit dans le train.")


def test_E05_network_back_sends_what_was_typed(editor, stored):
    page = editor()
    page.context.set_offline(True)
    type_under(page, FIRST, " Hors ligne.")
    wait_state(page, "local")
    page.context.set_offline(False)
    wait_saved(page)
    assert stored().endswith("Hors ligne.")


def test_E05_signing_out_with_unsent_text_asks_first_then_erases_it(live_office, editor, stored):
    page = editor()
    page.route("**/texte/", lambda route: route.abort())
    type_under(page, FIRST, " Pas encore parti.")
    wait_state(page, "local")
    main_job.press(page, "Se déconnecter")
    dialog = page.get_by_role("dialog", name="Du texte n’est pas enregistré")
    main_job.press(dialog, "Rester connecté")
    expect(text_area(page)).to_contain_text("Pas encore parti.")
    main_job.press(page, "Se déconnecter")
    main_job.press(dialog, "Se déconnecter et effacer ce texte")
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    assert "Pas encore parti." not in stored()


def test_E06_text_frozen_while_somebody_types_is_kept_to_be_copied(live_office, editor, stored, visitors, minutes):
    page = editor(unheard=True)
    other = visitors.open(live_office.path(f"comptes-rendus/{minutes.pk}/"), user=live_office.referent)
    main_job.submit(other)
    type_under(page, FIRST, " Arrivé trop tard.")
    wait_state(page, "frozen")
    expect(page.locator(".mm-status__text")).to_have_text("Lecture seule")
    main_job.press(page, "Copier mon texte")
    expect(page.get_by_role("textbox", name="Texte non enregistré")).to_have_value(re.compile("Arrivé trop tard."))
    assert "trop tard" not in stored()

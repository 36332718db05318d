"""E04: the session ends while someone types."""

from conftest import FIRST
from editor_actions import indicator, type_after, wait_state
from playwright.sync_api import expect


def sign_in_again(page):
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Se reconnecter (nouvel onglet)").click()
    tab = opening.value
    tab.get_by_role("button", name="Se connecter").click()
    tab.wait_for_selector("#minutes-editor[data-ready]")
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_E04_session_expired_while_typing_text_kept_sign_in_replay_stored(page, portal, minutes):
    type_after(page, "La séance", " Avant la fin.")
    portal.expire_sessions()
    dialog = page.get_by_role("dialog", name="Votre session a expiré")
    expect(dialog).to_be_visible(timeout=5000)
    expect(dialog).to_contain_text("Votre session a expiré. Votre texte est gardé sur ce poste.")
    expect(indicator(page)).to_have_text("Gardé sur ce poste seulement (session expirée)")
    assert "Avant la fin." not in minutes.text()
    sign_in_again(page)
    expect(dialog).to_be_hidden()
    wait_state(page, "saved")
    assert "Avant la fin." in minutes.text()
    assert minutes.requests[0] == minutes.requests[-1]


def test_E04_typing_goes_on_without_a_session_and_all_of_it_is_stored(page, portal, minutes):
    portal.expire_sessions()
    type_after(page, "La séance", " Un.")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Continuer à écrire").click()
    page.keyboard.type(" Deux.")
    wait_state(page, "local")
    page.get_by_role("button", name="Se reconnecter").click()
    sign_in_again(page)
    wait_state(page, "saved")
    assert "Un. Deux." in minutes.text()
    assert minutes.sections[FIRST][0] == 3


def test_E04_the_dialog_closes_by_itself_without_a_return_to_the_tab(page, portal, minutes):
    portal.expire_sessions()
    type_after(page, "La séance", " Seul.")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog")).to_be_visible()
    for cookie in page.context.cookies():
        portal.sessions[cookie["value"]] = "fresh"
    wait_state(page, "saved", timeout=15_000)
    assert "Seul." in minutes.text()


def test_E04_text_is_not_sent_under_another_account(page, portal, minutes):
    portal.expire_sessions()
    type_after(page, "La séance", " À moi.")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog")).to_be_visible()
    portal.account = "43"
    for cookie in page.context.cookies():
        portal.sessions[cookie["value"]] = "fresh"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("dialog")).to_contain_text("Vous êtes connecté avec un autre compte.")
    assert "À moi." not in minutes.text()

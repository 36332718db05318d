"""E05: what was not sent survives on this computer, enciphered, per account, and is offered for comparison."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import FIRST
from editor_actions import text_area, type_after, wait_state
from playwright.sync_api import Error, expect
from protocol_server import section

SECRET = "Phrase-jamais-envoyée"
EXPORT = """async () => {
  const open = indexedDB.open('clu-portal-drafts')
  const db = await new Promise(done => { open.onsuccess = () => done(open.result) })
  const all = store => new Promise(done => {
    const request = db.transaction(store).objectStore(store).getAll()
    request.onsuccess = () => done(request.result)
  })
  const keys = await all('keys')
  const drafts = await all('drafts')
  const bytes = drafts.map(draft => new TextDecoder('latin1').decode(draft.data))
  const exported = await crypto.subtle.exportKey('raw', keys[0]).then(() => 'exported', error => error.name)
  db.close()
  return {count: drafts.length, text: bytes.join('') + JSON.stringify(drafts), extractable: keys[0].extractable, exported}
}"""
AGE = """days => new Promise(done => {
  const open = indexedDB.open('clu-portal-drafts')
  open.onsuccess = () => {
    const transaction = open.result.transaction('drafts', 'readwrite')
    const store = transaction.objectStore('drafts')
    const request = store.getAll()
    request.onsuccess = () => request.result.forEach(draft => store.put({...draft, at: draft.at - days * 86400000}))
    transaction.oncomplete = () => { open.result.close(); done() }
  }
})"""


def kill(profile_folder: Path) -> None:
    """SIGKILL for each process of the browser that runs on this profile."""
    for folder in Path("/proc").iterdir():
        try:
            if str(profile_folder) in (folder / "cmdline").read_text():
                os.kill(int(folder.name), signal.SIGKILL)
        except (OSError, ValueError):
            continue


@pytest.fixture
def left_behind(profile, portal, minutes, tmp_path, opened):
    """Text typed without a network in a browser then killed; the browser started again on its profile."""

    def leave():
        context = profile()
        page = opened(context.new_page(), portal)
        minutes.faults.offline = True
        type_after(page, "La séance", f" {SECRET}")
        wait_state(page, "local")
        kill(tmp_path / "profile")
        with suppress(Error):
            page.wait_for_event("close", timeout=5000)
        (tmp_path / "profile" / "SingletonLock").unlink(missing_ok=True)
        minutes.faults.offline = False
        return profile()

    return leave


def banner(page):
    return page.get_by_role("region", name="Brouillon non enregistré")


def test_E05_text_of_a_killed_browser_is_offered_taken_and_saved(left_behind, portal, minutes, opened):
    page = opened(left_behind().new_page(), portal)
    expect(banner(page)).to_contain_text("n’a pas été enregistré.")
    expect(text_area(page)).not_to_contain_text(SECRET)
    page.get_by_role("button", name="Reprendre ce texte").click()
    expect(text_area(page)).to_contain_text(SECRET)
    wait_state(page, "saved")
    assert SECRET in minutes.text()
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    assert banner(page).count() == 0


def test_E05_a_draft_is_compared_with_the_text_changed_since(left_behind, portal, minutes, opened):
    context = left_behind()
    minutes.write_elsewhere(section(FIRST, "Ouverture", "La séance est close.", label="1)"))
    page = opened(context.new_page(), portal)
    page.get_by_role("button", name="Comparer").click()
    case = page.locator("[data-case]")
    expect(case.locator("[data-side=mine]")).to_contain_text(SECRET)
    expect(case.locator("[data-side=theirs]")).to_contain_text("La séance est close.")
    case.get_by_role("button", name="Garder les deux").click()
    wait_state(page, "saved")
    assert "La séance est close." in minutes.text()
    assert SECRET in minutes.text()


def test_E05_a_draft_is_given_up_only_after_a_confirmation(left_behind, portal, minutes, opened):
    page = opened(left_behind().new_page(), portal)
    page.get_by_role("button", name="Abandonner").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    expect(banner(page)).to_be_visible()
    page.get_by_role("button", name="Abandonner").click()
    page.get_by_role("dialog").get_by_role("button", name="Abandonner le brouillon").click()
    expect(banner(page)).to_be_hidden()
    assert page.evaluate(EXPORT)["count"] == 0
    assert SECRET not in minutes.text()


def offline_draft(page, minutes):
    minutes.faults.offline = True
    type_after(page, "La séance", f" {SECRET}")
    wait_state(page, "local")


def test_E05_the_draft_is_enciphered_by_a_key_that_does_not_come_out(page, minutes):
    offline_draft(page, minutes)
    stored = page.evaluate(EXPORT)
    assert stored["count"] == 1
    assert SECRET not in stored["text"]
    assert "La séance" not in stored["text"]
    assert (stored["extractable"], stored["exported"]) == (False, "InvalidAccessError")


def test_E05_the_draft_goes_once_its_text_is_saved(page, minutes):
    offline_draft(page, minutes)
    assert page.evaluate(EXPORT)["count"] == 1
    minutes.faults.offline = False
    page.keyboard.press("Control+s")
    wait_state(page, "saved")
    page.wait_for_timeout(700)
    assert page.evaluate(EXPORT)["count"] == 0


def test_E05_a_draft_is_shown_to_the_account_that_wrote_it_only(page, context, portal, minutes, opened):
    offline_draft(page, minutes)
    page.close(run_before_unload=False)
    minutes.faults.offline = False
    portal.account = "43"
    other = opened(context.new_page(), portal)
    assert banner(other).count() == 0
    portal.account = "42"
    mine = opened(context.new_page(), portal)
    expect(banner(mine)).to_be_visible()


@pytest.mark.parametrize(("days", "offered"), [(6.9, 1), (7.1, 0)])
def test_E05_a_draft_older_than_seven_days_is_erased(page, context, portal, minutes, opened, days, offered):
    offline_draft(page, minutes)
    page.close(run_before_unload=False)
    minutes.faults.offline = False
    elsewhere = context.new_page()
    elsewhere.goto(f"{portal.address}/compte/connexion/")
    elsewhere.evaluate(AGE, days)
    again = opened(context.new_page(), portal)
    expect(banner(again)).to_have_count(offered)
    assert again.evaluate(EXPORT)["count"] == offered


def test_E05_nothing_is_kept_when_the_setting_is_off_and_the_page_says_so(context, serve, minutes, opened):
    page = opened(context.new_page(), serve(drafts="off"))
    minutes.faults.offline = True
    type_after(page, "La séance", f" {SECRET}")
    page.keyboard.press("Control+s")
    expect(page.locator(".mm-status__text")).to_have_text("Modifications non enregistrées… (serveur injoignable)")
    page.wait_for_timeout(1000)
    assert "clu-portal-drafts" not in page.evaluate("indexedDB.databases().then(all => all.map(({name}) => name))")


def test_E05_the_draft_of_a_page_still_open_is_offered_elsewhere_once_it_dies(page, context, portal, minutes, opened):
    offline_draft(page, minutes)
    minutes.faults.offline = False
    other = opened(context.new_page(), portal)
    assert other.evaluate(EXPORT)["count"] == 1
    assert banner(other).count() == 0
    page.close(run_before_unload=False)
    expect(banner(other)).to_be_visible()


def test_E05_signing_out_with_unsent_text_asks_first(page, minutes):
    minutes.faults.refuse[SECRET] = "Non."
    type_after(page, "La séance", f" {SECRET}")
    page.keyboard.press("Control+s")
    wait_state(page, "refused")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Se déconnecter").click()
    dialog = page.get_by_role("dialog", name="Du texte n’est pas enregistré")
    dialog.get_by_role("button", name="Rester connecté").click()
    expect(text_area(page)).to_contain_text(SECRET)
    type_after(page, "La séance", " encore")
    page.get_by_role("button", name="Se déconnecter").click()
    dialog.get_by_role("button", name="Se déconnecter et effacer ce texte").click()
    page.wait_for_url("**/compte/connexion/")
    assert page.evaluate(COUNT) == 0


def test_E05_signing_out_from_another_page_asks_too(page, context, portal, minutes):
    offline_draft(page, minutes)
    minutes.faults.offline = False
    page.close(run_before_unload=False)
    other = context.new_page()
    other.goto(f"{portal.address}/aide/")
    other.get_by_role("button", name="Se déconnecter").click()
    dialog = other.get_by_role("dialog", name="Du texte n’est pas enregistré")
    dialog.get_by_role("button", name="Rester connecté").click()
    assert other.evaluate(COUNT) == 1
    other.get_by_role("button", name="Se déconnecter").click()
    dialog.get_by_role("button", name="Se déconnecter et effacer ce texte").click()
    other.wait_for_url("**/compte/connexion/")
    assert other.evaluate(COUNT) == 0


COUNT = """() => new Promise(done => {
  const open = indexedDB.open('clu-portal-drafts')
  open.onsuccess = () => {
    const request = open.result.transaction('drafts').objectStore('drafts').count()
    request.onsuccess = () => done(request.result)
  }
})"""


def test_E05_signing_out_can_save_first(page, minutes):
    type_after(page, "La séance", " Au revoir.")
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="Enregistrer puis se déconnecter").click()
    page.wait_for_url("**/compte/connexion/")
    assert "Au revoir." in minutes.text()


def test_signing_out_with_everything_saved_asks_nothing(page):
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/compte/connexion/")


def test_E05_a_draft_of_a_text_frozen_since_can_only_be_copied(page, context, portal, minutes, opened):
    offline_draft(page, minutes)
    page.close(run_before_unload=False)
    minutes.faults.offline = False
    minutes.state = "sealed"
    again = opened(context.new_page(), portal)
    wait_state(again, "frozen")
    expect(again.get_by_role("button", name="Reprendre ce texte")).to_have_count(0)
    again.get_by_role("button", name="Copier ce texte").click()
    assert SECRET in again.get_by_role("textbox", name="Texte du brouillon").input_value()

"""The autosave against the save API: what is sent, when « enregistré » is shown, what happens when the answer is bad."""

import json
from datetime import datetime, timedelta

import pytest
from conftest import FIRST, SECOND
from editor_actions import STATUS, blocks, indicator, remove_section, save, text_area, type_after, wait_state
from playwright.sync_api import expect


def test_a_pause_saves_only_the_section_that_changed(page, minutes):
    type_after(page, "Les délais", " Sauf en mai.")
    wait_state(page, "dirty")
    expect(indicator(page)).to_have_text("Modifications non enregistrées…")
    wait_state(page, "saved")
    expect(indicator(page)).to_have_text("Enregistré sur le serveur à 14:32")
    body = json.loads(minutes.requests[0]["body"])
    assert [(sent["id"], sent["base"]) for sent in body["sections"]] == [(SECOND, 1)]
    assert "order" not in body
    assert minutes.requests[0]["tags"] == f'"{SECOND}-1"'
    assert "Sauf en mai." in minutes.text()


def test_opening_a_text_sends_nothing(page, minutes):
    page.wait_for_timeout(3000)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)
    assert minutes.requests == []
    wait_state(page, "saved")


def test_typing_without_a_pause_saves_within_fifteen_seconds(context, portal, minutes):
    page = context.new_page()
    page.clock.install()
    page.goto(portal.address)
    page.get_by_role("button", name="Se connecter").click()
    text_area(page).get_by_text("La séance est ouverte.").click()
    for second in range(14):
        page.keyboard.type("a")
        page.clock.run_for(1000)
        assert minutes.requests == [], f"sent while typing, after {second} s"
    page.keyboard.type("b")
    page.clock.run_for(1100)
    page.wait_for_timeout(300)
    assert len(minutes.requests) == 1


def test_E03_saved_is_not_shown_before_the_answer(page, minutes):
    minutes.faults.delay_seconds = 1.5
    type_after(page, "La séance", " Retard.")
    page.keyboard.press("Control+s")
    wait_state(page, "saving")
    page.wait_for_timeout(800)
    expect(indicator(page)).to_have_text("Enregistrement en cours…")
    assert "Retard." not in minutes.text()
    wait_state(page, "saved")
    assert "Retard." in minutes.text()


def test_E03_text_typed_while_a_save_is_on_its_way_is_not_called_saved(page, minutes):
    minutes.faults.delay_seconds = 1
    type_after(page, "La séance", " Un.")
    page.keyboard.press("Control+s")
    wait_state(page, "saving")
    page.keyboard.type(" Deux.")
    expect(page.locator(STATUS)).not_to_have_attribute("data-state", "saving")
    assert page.locator(STATUS).get_attribute("data-state") == "dirty"
    wait_state(page, "saved")
    assert "Un. Deux." in minutes.text()
    assert minutes.sections[FIRST][0] == 3


def test_E02_a_lost_answer_is_sent_again_with_the_same_operation_and_body(page, minutes):
    minutes.faults.lose_answers = 1
    type_after(page, "La séance", " Une fois.")
    page.keyboard.press("Control+s")
    wait_state(page, "local")
    page.keyboard.type(" Et encore.")
    wait_state(page, "saved", timeout=15_000)
    first, again, last = minutes.requests
    assert first == again
    assert last["key"] != first["key"]
    assert [revision[:2] for revision in minutes.revisions if revision[0] == FIRST] == [
        (FIRST, 1),
        (FIRST, 2),
        (FIRST, 3),
    ]
    assert "Une fois. Et encore." in minutes.text()


def test_a_dead_network_keeps_the_text_here_and_the_return_sends_it(page, minutes):
    minutes.faults.offline = True
    type_after(page, "La séance", " Hors ligne.")
    wait_state(page, "local")
    expect(indicator(page)).to_have_text("Gardé sur ce poste seulement (serveur injoignable)")
    minutes.faults.offline = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_state(page, "saved", timeout=3000)
    assert "Hors ligne." in minutes.text()


def test_a_refused_section_says_why_and_does_not_hold_the_others(page, minutes):
    minutes.faults.refuse["interdit"] = "Le libellé est trop long."
    type_after(page, "La séance", " interdit")
    type_after(page, "Les délais", " Permis.")
    save_refused(page)
    expect(page.locator(f"[data-refused='{FIRST}']")).to_contain_text(
        "« 1) Ouverture » non enregistrée : Le libellé est trop long."
    )
    expect(page.locator(f"section[data-section='{FIRST}']")).to_have_class("mm-section mm-section--refused")
    page.wait_for_timeout(2500)
    wait_state(page, "refused")
    assert "Permis." in minutes.text()
    assert "interdit" not in minutes.text()
    page.get_by_role("button", name="Aller à la section").click()
    minutes.faults.refuse.clear()
    page.keyboard.type("Corrigé. ")
    wait_state(page, "saved")
    assert "Corrigé." in minutes.text()


def save_refused(page):
    page.keyboard.press("Control+s")
    wait_state(page, "refused")


def test_a_frozen_text_becomes_read_only_and_what_was_not_sent_can_be_copied(page, minutes):
    type_after(page, "La séance", " Trop tard.")
    minutes.state = "sealed"
    page.keyboard.press("Control+s")
    wait_state(page, "frozen")
    expect(indicator(page)).to_have_text("Lecture seule")
    expect(page.locator("[data-frozen]")).to_have_text("Ce compte-rendu a été scellé le 12 mars.")
    expect(page.locator(".mm-text")).to_have_attribute("contenteditable", "false")
    assert page.locator(".mm-field").first.evaluate("field => field.readOnly")
    page.get_by_role("button", name="Copier mon texte").click()
    assert "Trop tard." in page.get_by_role("textbox", name="Texte non enregistré").input_value()
    page.wait_for_timeout(500)
    assert len(minutes.requests) == 1


def test_an_old_csrf_token_is_fetched_again_and_the_operation_sent_once_more(page, portal, minutes):
    type_after(page, "La séance", " Jeton.")
    portal.rotate_tokens()
    page.keyboard.press("Control+s")
    wait_state(page, "saved")
    assert [request["key"] for request in minutes.requests] == [minutes.requests[0]["key"]] * 2


def stop_the_clock(page):
    """No pause ever ends: only what the person does saves."""
    page.clock.install()
    page.reload()
    expect(text_area(page)).to_be_visible()
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))


@pytest.mark.parametrize("place", [".mm-field >> nth=0", ".mm-tool[tabindex='0']"])
def test_ctrl_s_saves_wherever_the_focus_is(page, minutes, place):
    stop_the_clock(page)
    type_after(page, "La séance", " Ailleurs.")
    page.locator(place).focus()
    page.keyboard.press("Control+s")
    wait_state(page, "saved")
    assert "Ailleurs." in minutes.text()


def test_sections_are_added_moved_and_removed_with_the_order(page, minutes):
    type_after(page, "La séance", "")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Nouvelle")
    save(page)
    new = minutes.order[1][1]
    assert minutes.order[1] == [FIRST, new, SECOND]
    page.keyboard.press("Alt+Shift+ArrowDown")
    save(page)
    assert minutes.order[1] == [FIRST, SECOND, new]
    remove_section(page)
    save(page)
    assert minutes.order[1] == [FIRST, SECOND]


def test_a_section_brought_back_after_its_removal_was_saved_is_stored_again(page, minutes):
    type_after(page, "La séance", "")
    remove_section(page)
    save(page)
    assert minutes.order[1] == [SECOND]
    page.keyboard.press("Control+z")
    save(page)
    back = minutes.order[1][0]
    assert back not in {FIRST, SECOND}
    assert blocks(minutes, back)[0]["attrs"]["label"] == "1)"


def test_leaving_with_unsaved_text_asks_first(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Aide").click(trial=True)
    type_after(page, "La séance", " Attention.")
    page.reload()
    assert asked == ["beforeunload"]

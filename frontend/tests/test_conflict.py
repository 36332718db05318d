"""Two writers: both texts shown, a person decides, nothing is overwritten or merged unseen."""

import json

import pytest
from conftest import FIRST, SECOND
from editor_actions import blocks, indicator, remove_section, save, text_area, text_of, type_after, wait_state
from playwright.sync_api import expect
from protocol_server import section

THIRD = "33333333-3333-4333-8333-333333333333"


@pytest.fixture
def conflict(page, minutes):
    """The same section written here and by another person."""
    type_after(page, "La séance", " Ici.")
    minutes.write_elsewhere(section(FIRST, "Ouverture", "La séance est ouverte. Ailleurs.", label="1)"))
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    return page.locator(f"[data-case='{FIRST}']")


def test_E01_a_conflict_shows_both_texts_with_author_and_time_and_overwrites_nothing(page, conflict, minutes):
    expect(indicator(page)).to_have_text("Conflit à résoudre")
    expect(conflict.locator("[data-side=mine]")).to_contain_text("La séance est ouverte. Ici.")
    theirs = conflict.locator("[data-side=theirs]")
    expect(theirs).to_contain_text("Version de M. Autre, 12 mars à 14:20")
    expect(theirs).to_contain_text("La séance est ouverte. Ailleurs.")
    expect(theirs.locator("ins")).to_have_text(" Ailleurs.")
    expect(conflict.locator("[data-side=mine] ins")).to_have_text(" Ici.")
    expect(conflict.locator("[data-side=base]")).to_contain_text("La séance est ouverte.")
    expect(conflict.locator("[data-side=base] ins")).to_have_count(0)
    page.wait_for_timeout(2500)
    assert "Ailleurs." in minutes.text()
    assert "Ici." not in minutes.text()
    assert text_area(page).get_by_text("Ici.").is_visible()


def test_E01_the_other_sections_go_on_being_saved_during_a_conflict(page, conflict, minutes):
    type_after(page, "Les délais", " Plus tard.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(800)
    assert "Plus tard." in minutes.text()
    assert "Ici." not in minutes.text()
    wait_state(page, "conflict")


def test_E01_mine_is_kept_by_a_choice_and_becomes_a_new_version(page, conflict, minutes):
    conflict.get_by_role("button", name="Garder ma version").click()
    save(page)
    assert "Ici." in minutes.text()
    assert "Ailleurs." not in minutes.text()
    assert minutes.sections[FIRST][0] == 3


def test_E01_theirs_is_taken_by_a_choice_that_can_be_undone(page, conflict, minutes):
    conflict.get_by_role("button", name="Prendre l’autre version").click()
    wait_state(page, "saved")
    expect(text_area(page)).to_contain_text("Ailleurs.")
    expect(text_area(page)).not_to_contain_text("Ici.")
    assert minutes.sections[FIRST][0] == 2
    page.keyboard.press("Control+z")
    expect(text_area(page)).to_contain_text("Ici.")


def test_E01_both_are_kept_in_one_section_theirs_first_and_what_they_share_once(page, conflict, minutes):
    shared = [block for block in blocks(minutes, FIRST) if "La séance" not in text_of(block)]
    conflict.get_by_role("button", name="Garder les deux").click()
    save(page)
    text = minutes.text()
    assert text.index("Ailleurs.") < text.index("Ici.")
    assert len(minutes.order[1]) == 2
    kept = blocks(minutes, FIRST)
    assert [kept.count(block) for block in shared] == [1] * len(shared)
    assert len(kept) == len(shared) + 2


def test_the_typing_goes_on_during_a_conflict_and_the_panel_follows(page, conflict):
    type_after(page, "La séance", " Encore.")
    expect(conflict.locator("[data-side=mine]")).to_contain_text("Ici. Encore.")


def test_the_list_beside_the_text_leads_to_the_conflict_until_it_is_settled(page, conflict):
    point = page.locator('.mm-side [data-kind="conflict"]')
    expect(point).to_have_text("Conflit à résoudre : section « 1) Ouverture ».")
    point.click()
    expect(conflict).to_be_focused()
    conflict.get_by_role("button", name="Garder ma version").click()
    expect(point).to_have_count(0)


WATCH_STATE = """() => {
  const [status, panel] = ['.mm-status', '.mm-conflict'].map(selector => document.querySelector(selector))
  window.states = []
  new MutationObserver(() => window.states.push([status.dataset.state, !panel.hidden]))
    .observe(status, { attributes: true, attributeFilter: ['data-state'] })
}"""


def test_a_conflict_is_announced_once_both_texts_can_be_read(page, minutes):
    type_after(page, "La séance", " Ici.")
    minutes.write_elsewhere(section(FIRST, "Ouverture", "La séance est ouverte. Ailleurs.", label="1)"))
    page.evaluate(WATCH_STATE)
    minutes.faults.delay_seconds = 0.5
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    states = page.evaluate("window.states")
    assert ["saving", False] in states
    assert ["conflict", False] not in states


WATCH_PANEL = """() => {
  window.redrawn = []
  new MutationObserver(changes => window.redrawn.push(...changes.map(({ type, target }) => `${type} ${target.className}`)))
    .observe(document.querySelector('.mm-conflict'), { childList: true, subtree: true, characterData: true, attributes: true })
}"""


def test_the_panel_is_not_redrawn_by_what_it_does_not_show(page, conflict, minutes):
    type_after(page, "Les délais", ".")
    page.evaluate(WATCH_PANEL)
    page.keyboard.type(" Plus tard.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(800)
    assert "Plus tard." in minutes.text()
    assert page.evaluate("window.redrawn") == []
    type_after(page, "La séance", "!")
    expect(conflict.locator("[data-side=mine]")).to_contain_text("Ici.!")
    assert page.evaluate("window.redrawn") != []


def test_the_three_texts_stand_side_by_side_and_one_above_the_other_on_a_phone(page, conflict):
    def tops():
        return [conflict.locator(f"[data-side={side}]").bounding_box()["y"] for side in ("mine", "theirs", "base")]

    assert len(set(tops())) == 1
    page.set_viewport_size({"width": 390, "height": 800})
    assert tops() == sorted(set(tops()))


def test_what_only_the_other_changed_is_taken_in_and_said(page, minutes):
    type_after(page, "La séance", " Ici.")
    minutes.write_elsewhere(section(FIRST, "Ouverture", "Autre début.", label="1)"))
    minutes.write_elsewhere(section(SECOND, "Délais", "Les délais ont été revus.", label="I/"))
    minutes.write_elsewhere(section(THIRD, "Questions diverses", "Néant."))
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    expect(text_area(page)).to_contain_text("Les délais ont été revus.")
    expect(text_area(page)).to_contain_text("Néant.")
    assert page.locator("[data-case]").count() == 1


def test_a_section_removed_there_and_changed_here_is_a_conflict(page, minutes):
    type_after(page, "Les délais", " Gardés.")
    with minutes.lock:
        minutes.sections.pop(SECOND)
        minutes.revisions.append((SECOND, 2, None, "M. Autre", "2026-03-12T14:20:00+01:00"))
        minutes.order = [2, [FIRST]]
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    case = page.locator(f"[data-case='{SECOND}']")
    expect(case.locator("[data-side=theirs]")).to_contain_text("Section supprimée.")
    case.get_by_role("button", name="Garder ma version").click()
    save(page)
    assert "Gardés." in minutes.text()


def test_a_section_removed_here_and_changed_there_is_a_conflict(page, minutes):
    type_after(page, "Les délais", "")
    remove_section(page)
    minutes.write_elsewhere(section(SECOND, "Délais", "Texte d’ailleurs.", label="I/"))
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    page.locator(f"[data-case='{SECOND}']").get_by_role("button", name="Prendre l’autre version").click()
    wait_state(page, "saved")
    expect(text_area(page)).to_contain_text("Texte d’ailleurs.")
    assert list(minutes.sections) == [FIRST, SECOND]


def test_two_orders_are_shown_and_one_is_chosen(page, minutes):
    minutes.write_elsewhere(section(THIRD, "Questions diverses", "Néant."))
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    type_after(page, "La séance", "")
    page.keyboard.press("Alt+Shift+ArrowDown")
    minutes.reorder_elsewhere([THIRD, FIRST, SECOND])
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    assert minutes.order[1] == [THIRD, FIRST, SECOND]
    type_after(page, "Les délais", ".")
    page.evaluate(WATCH_PANEL)
    page.keyboard.type(" Encore.")
    assert page.evaluate("window.redrawn") == []
    page.get_by_role("button", name="Garder mon ordre").click()
    save(page)
    assert minutes.order[1] == [SECOND, FIRST, THIRD]


def test_a_conflict_left_open_when_the_page_dies_is_compared_again(context, portal, conflict, page, opened):
    page.wait_for_timeout(600)
    page.close(run_before_unload=False)
    again = opened(context.new_page(), portal)
    again.get_by_role("button", name="Reprendre ce texte").click()
    case = again.locator("[data-case]")
    expect(case.locator("[data-side=mine]")).to_contain_text("Ici.")
    expect(case.locator("[data-side=theirs]")).to_contain_text("Ailleurs.")


def test_every_save_names_the_version_it_starts_from(page, conflict, minutes):
    conflict.get_by_role("button", name="Garder les deux").click()
    save(page)
    for request in minutes.requests:
        body = json.loads(request["body"])
        assert request["tags"] == ", ".join(f'"{sent["id"]}-{sent["base"]}"' for sent in body["sections"])

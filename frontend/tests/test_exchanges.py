"""Exchanges, typed at the keyboard: who said what, which answer answers which remark."""

import json

import pytest
from conftest import FIRST, SECOND
from editor_actions import blocks, save, text_area, text_of, type_after, wait_state
from playwright.sync_api import expect


def begin(page):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un échange").click()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def exchange_of(minutes, section=FIRST, index=0):
    return [block for block in blocks(minutes, section) if block["type"] == "exchange"][index]


def turns(exchange):
    """An exchange as [type, text, ranks of what is answered]."""
    ids = [turn["attrs"]["id"] for turn in exchange["content"] if turn["type"] == "remark"]
    return [
        [turn["type"], text_of(turn), *([[ids.index(id) for id in turn["attrs"]["answers"]]] if turn["type"] == "answer" else [])]
        for turn in exchange["content"]
    ]  # fmt: skip


def typed_exchange(page):
    """Two remarks and an answer, with Enter alone."""
    begin(page)
    for words in ("Les délais sont longs.", "L’accueil est aimable.", ""):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.keyboard.type("Un guichet ouvre.")


def test_enter_goes_from_remark_to_remark_to_answers_and_out(page, minutes):
    typed_exchange(page)
    press(page, "Enter", "Enter")
    page.keyboard.type("Suite")
    save(page)
    assert turns(exchange_of(minutes)) == [
        ["remark", "Les délais sont longs."],
        ["remark", "L’accueil est aimable."],
        ["answer", "Un guichet ouvre.", []],
    ]
    assert text_of(blocks(minutes, FIRST)[-1]) == "Suite"


def test_speaker_kind_marker_and_opening_are_reached_with_the_keyboard(page, minutes):
    begin(page)
    page.keyboard.type("Pourquoi ?")
    press(page, "Home", "ArrowLeft")
    page.keyboard.type("Mme A")
    press(page, "Home", "ArrowLeft", "ArrowDown", "ArrowLeft")
    expect(page.get_by_label("Puce", exact=True)).to_be_focused()
    page.keyboard.press("F2")
    expect(page.get_by_label("Phrase d’introduction de l’échange")).to_be_focused()
    page.keyboard.type("Mme A a posé la question suivante :")
    press(page, "ArrowRight")
    page.keyboard.type("Réponse de la préfecture :")
    press(page, "Enter")
    page.keyboard.type("Donc. ")
    save(page)
    exchange = exchange_of(minutes)
    assert exchange["attrs"] == {
        "opening": "Mme A a posé la question suivante :", "answers_title": "Réponse de la préfecture :",
    }  # fmt: skip
    attrs = exchange["content"][0]["attrs"]
    assert (attrs["speaker"], attrs["kind"], attrs["marker"]) == ("Mme A", "question", "–")
    assert turns(exchange) == [["remark", "Donc. Pourquoi\u00a0?"]]


def choose(page, *checked: bool):
    page.get_by_role("button", name="Répond à…").click()
    for box, wanted in zip(page.get_by_role("dialog").get_by_role("checkbox").all(), checked, strict=True):
        box.set_checked(wanted)
    page.get_by_role("button", name="Valider").click()


@pytest.mark.parametrize(
    ("checked", "ranks", "told"),
    [
        ((True, False), [0], "Répond à la 1re observation"),
        ((False, True), [1], "Répond à la 2e observation"),
        ((True, True), [], "Répond à l’ensemble des observations"),
    ],
)
def test_what_an_answer_answers_is_chosen_and_shown(page, minutes, checked, ranks, told):
    typed_exchange(page)
    expect(text_area(page)).to_contain_text("Répond à l’ensemble des observations")
    choose(page, *checked)
    expect(text_area(page)).to_contain_text(told)
    save(page)
    assert turns(exchange_of(minutes))[2] == ["answer", "Un guichet ouvre.", ranks]


def test_a_remark_removed_is_no_longer_answered(page, minutes):
    typed_exchange(page)
    choose(page, False, True)
    text_area(page).get_by_text("L’accueil est aimable.").click()
    page.get_by_role("button", name="Supprimer l’intervention").click()
    save(page)
    assert turns(exchange_of(minutes)) == [["remark", "Les délais sont longs."], ["answer", "Un guichet ouvre.", []]]
    press(page, "Control+z")
    save(page)
    assert turns(exchange_of(minutes))[2] == ["answer", "Un guichet ouvre.", [1]]


def test_a_copy_has_remarks_of_its_own_and_answers_to_them(page, minutes):
    typed_exchange(page)
    choose(page, False, True)
    press(page, "Control+a", "Control+c")
    type_after(page, "Les délais ont été", "")
    press(page, "Enter", "Control+v")
    save(page)
    copies = [block for id in minutes.order[1] for block in blocks(minutes, id) if block["type"] == "exchange"]
    ids = [turn["attrs"]["id"] for copy in copies for turn in copy["content"] if turn["type"] == "remark"]
    assert len(ids) == len(set(ids)) == 4
    assert turns(copies[0]) == turns(copies[1])


def test_backspace_removes_an_empty_turn_then_the_exchange(page, minutes):
    begin(page)
    press(page, "Enter")
    page.keyboard.type("dehors")
    page.get_by_label("Intervenant (facultatif)").click()
    press(page, "Enter")
    page.get_by_role("button", name="Ajouter une réponse").click()
    press(page, "Backspace", "Backspace")
    page.keyboard.type("dedans")
    save(page)
    assert [(block["type"], text_of(block)) for block in blocks(minutes, FIRST)[2:]] == [
        ("paragraph", "dedans"), ("paragraph", "dehors"),
    ]  # fmt: skip


def test_turns_are_never_glued_to_each_other(page, minutes):
    typed_exchange(page)
    press(page, "Home", "Backspace", "Backspace")
    text_area(page).get_by_text("Les délais sont longs.").click()
    press(page, "End", "Delete", "Delete")
    save(page)
    assert [turn[1] for turn in turns(exchange_of(minutes))] == [
        "Les délais sont longs.", "L’accueil est aimable.", "Un guichet ouvre.",
    ]  # fmt: skip


def test_tools_of_the_exchange_show_inside_it_only_and_remove_it(page, minutes):
    type_after(page, "La séance", "")
    expect(page.get_by_role("button", name="Ajouter une réponse")).to_be_hidden()
    typed_exchange(page)
    page.get_by_role("button", name="Supprimer l’échange").click()
    save(page)
    assert "exchange" not in json.dumps(blocks(minutes, FIRST))


def test_two_writers_of_one_exchange_choose_and_keep_both(page, minutes, context, opened, portal):
    typed_exchange(page)
    choose(page, False, True)
    save(page)
    other = opened(context.new_page(), portal)
    type_after(other, "Un guichet", " Demain.")
    save(other)
    type_after(page, "Un guichet", " Lundi.")
    page.keyboard.press("Control+s")
    wait_state(page, "conflict")
    panel = page.locator(".mm-conflict")
    expect(panel).to_contain_text("Un guichet ouvre. Demain.")
    panel.get_by_role("button", name="Garder les deux").click()
    wait_state(page, "saved")
    both = [exchange_of(minutes, index=index) for index in (0, 1)]
    assert [turns(exchange)[2] for exchange in both] == [
        ["answer", "Un guichet ouvre. Demain.", [1]], ["answer", "Un guichet ouvre. Lundi.", [1]],
    ]  # fmt: skip
    ids = [turn["attrs"]["id"] for exchange in both for turn in exchange["content"] if turn["type"] == "remark"]
    assert len(set(ids)) == 4


def test_exchange_is_pasted_as_text_elsewhere(page, minutes, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    typed_exchange(page)
    press(page, "Control+a", "Control+c")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "– L’accueil est aimable." in text
    assert "Réponse apportée\n– sur l’ensemble des observations : Un guichet ouvre." in text


def test_frozen_text_closes_the_fields_of_an_exchange(page, minutes):
    typed_exchange(page)
    save(page)
    minutes.state = "in_review"
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    assert page.get_by_label("Nature", exact=True).first.is_disabled()
    assert blocks(minutes, SECOND)


def test_what_is_answered_is_printed_or_not_from_the_toolbar(page, minutes):
    typed_exchange(page)
    mentions = page.get_by_role("button", name="Dire à quoi chaque réponse répond")
    told = text_area(page).locator(".mm-turn__answered")
    expect(mentions).to_have_attribute("aria-pressed", "true")
    mentions.focus()
    page.keyboard.press("Enter")
    expect(mentions).to_have_attribute("aria-pressed", "false")
    expect(told).to_have_text("Répond à l’ensemble des observations (non imprimé)")
    expect(text_area(page)).to_be_focused()
    save(page)
    assert exchange_of(minutes)["attrs"]["mentions"] == "hidden"
    mentions.click()
    expect(mentions).to_have_attribute("aria-pressed", "true")
    expect(told).to_have_text("Répond à l’ensemble des observations")
    save(page)
    assert "mentions" not in exchange_of(minutes)["attrs"]


def test_the_presentation_is_chosen_apart_from_what_is_printed(page):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un échange").click()
    choice = page.get_by_label("Présentation de l’échange")
    assert choice.evaluate("node => getComputedStyle(node).fontWeight") == "400"
    exchange = page.locator(".mm-exchange").bounding_box()
    assert choice.bounding_box()["width"] < exchange["width"] / 2

"""Several people in one text, each in a browser of their own, on the real portal and a real Valkey."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clu_portal.tenancy import scope
from clu_portal.tests.browser import assert_accessible, assert_fits, kill_tab, sign_in
from clu_portal.tests.factories import PrefectureFactory
from clu_portal.tests.processes import Broker
from committees.minutes import freezing
from committees.minutes.models import Minutes
from committees.minutes.tests.trees import heading, node, paragraph
from committees.minutes.text import OrderChange, SectionChange, contents, save_text
from committees.tests.factories import drafted_minutes, referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
EDITOR, STATUS = "#minutes-editor", ".mm-status"


def text_section(uuid: str, title: str, words: str) -> dict:
    return node("section", heading(title, level=1), paragraph(words), id=uuid)


def save(minutes: Minutes, uuid: str, base: int, content: dict | None, by, order: list[str] | None = None) -> None:
    moved = OrderChange(minutes.order_version, order) if order else None
    change = SectionChange(uuid, base, content)
    save_text(minutes=minutes, changes=[change], order=moved, operation_id=uuid4().hex, by=by)


class Desk:
    """One préfecture, its draft of two sections, and whoever opens it."""

    def __init__(self, chromium, address: str):
        self.chromium, self.address, self.contexts = chromium, address, []
        self.prefecture = PrefectureFactory()
        with scope(self.prefecture.pk):
            self.minutes = drafted_minutes()
            order = [FIRST, SECOND, *self.minutes.section_order]
            by = referent()
            save(self.minutes, SECOND, 0, text_section(SECOND, "Délais", "Les délais ont été tenus."), by)
            save(self.minutes, FIRST, 0, text_section(FIRST, "Ouverture", "La séance est ouverte."), by, order)

    def open(self, name: str, *, phone: bool = False):
        """The editor as somebody of that name sees it."""
        viewport = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = self.chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris", viewport=viewport)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        with scope(self.prefecture.pk):
            user = referent()
        type(user).objects.filter(pk=user.pk).update(name=name)
        page = context.new_page()
        page.user = user
        sign_in(page, user, self.address)
        return self.enter(page)

    def enter(self, page):
        page.goto(self.address + reverse("committees:minutes_edit", args=[self.prefecture.slug, self.minutes.pk]))
        page.wait_for_selector(f"{EDITOR}[data-ready]")
        return page

    def freeze(self, reason: str) -> None:
        with scope(self.prefecture.pk):
            freezing.freeze_minutes(minutes=self.minutes, reason=reason, by=referent())

    def unfreeze(self) -> None:
        with scope(self.prefecture.pk):
            freezing.unfreeze_minutes(minutes=self.minutes, by=referent())

    def text(self) -> str:
        with scope(self.prefecture.pk):
            return json.dumps(contents(Minutes.objects.get(pk=self.minutes.pk)), ensure_ascii=False)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def valkey(tmp_path, settings):
    broker = Broker(tmp_path)
    broker.start()
    settings.REDIS_URL = broker.url
    yield broker
    broker.stop()


@pytest.fixture
def desk(chromium, live_server, valkey):
    desk = Desk(chromium, str(live_server))
    yield desk
    desk.close()


def line_of(page, uuid: str):
    return page.locator(f"section[data-section='{uuid}'] > p").first


def type_in(page, uuid: str, words: str) -> None:
    line_of(page, uuid).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def wait_saved(page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(STATUS)).to_have_attribute("data-state", "saved")


def bar(page):
    return page.get_by_role("group", name="Autres personnes sur ce texte")


def test_what_another_saves_comes_in_without_moving_the_cursor_nor_entering_the_undo(desk):
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot")
    type_in(paul, SECOND, " Les miens aussi")
    wait_saved(paul)
    type_in(anne, FIRST, " Bonjour à tous.")
    wait_saved(anne)
    expect(line_of(paul, FIRST)).to_contain_text("Bonjour à tous.")
    paul.keyboard.type(", depuis mars.")
    expect(line_of(paul, SECOND)).to_contain_text("Les miens aussi, depuis mars.")
    for _ in range(3):
        paul.keyboard.press("Control+z")
    expect(line_of(paul, SECOND)).to_have_text("Les délais ont été tenus.")
    expect(line_of(paul, FIRST)).to_contain_text("Bonjour à tous.")


def test_section_of_a_page_that_died_is_open_at_once_to_the_one_that_takes_its_text_back(desk):
    page = desk.open("Anne Lebrun")
    page.route("**/texte/", lambda route: route.abort())
    with page.expect_request(lambda request: " writes" in request.headers.get("x-presence", "")):
        type_in(page, FIRST, " Bonjour.")
    expect(page.locator(STATUS)).to_have_attribute("data-state", "local")
    kill_tab(page)
    again = desk.enter(page.context.new_page())
    again.get_by_role("button", name="Reprendre ce texte").click()
    again.wait_for_timeout(3_000)  # long enough to be told who writes where; a page is forgotten after twelve seconds
    type_in(again, FIRST, " Bonsoir.")
    expect(line_of(again, FIRST)).to_have_text("La séance est ouverte. Bonjour. Bonsoir.")


CLICK_AS_THE_NEWS_COMES = """id => {
  const read = Response.prototype.json
  Response.prototype.json = async function () {
    const told = await read.call(this)
    const line = document.querySelector(`section[data-section='${id}'] > p`)
    if (Object.keys(told.hands ?? {}).length) getSelection().collapse(line.firstChild, 0)
    return told
  }
}"""


def test_a_click_at_the_very_moment_of_the_news_of_the_others_is_not_taken_back(desk):
    """The browser has moved the caret, and has not told the page of it yet, when the page draws who writes where."""
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot")
    line_of(paul, FIRST).click()
    paul.evaluate(CLICK_AS_THE_NEWS_COMES, SECOND)
    type_in(anne, FIRST, " Bonjour.")
    expect(paul.locator(f"section[data-section='{FIRST}'].mm-section--held")).to_have_count(1)
    paul.keyboard.type("Oui. ")
    expect(line_of(paul, SECOND)).to_have_text("Oui. Les délais ont été tenus.")


def test_replace_all_leaves_a_section_in_other_hands_and_says_whose(desk):
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot")
    type_in(anne, FIRST, " Les délais.")
    expect(paul.locator(f"section[data-section='{FIRST}'].mm-section--held")).to_have_count(1)
    expect(line_of(paul, FIRST)).to_contain_text("Les délais.")
    line_of(paul, FIRST).click()
    paul.keyboard.press("Home")
    paul.keyboard.press("Control+h")
    paul.get_by_role("textbox", name="Chercher").fill("Les délais")
    expect(paul.locator(".mm-search__count")).to_have_text("1 sur 2")
    paul.get_by_label("Remplacer par").fill("Les temps")
    paul.get_by_role("button", name="Remplacer", exact=True).click()
    said = paul.locator(".mm-editor > .mm-main > [aria-live=polite]")
    expect(said).to_contain_text("Section « Ouverture » laissée : Anne Lebrun écrit ici depuis ")
    expect(said).not_to_contain_text("Remplacé.")
    paul.get_by_role("button", name="Tout remplacer").click()
    expect(said).to_contain_text("1 remplacement. Section « Ouverture » laissée : Anne Lebrun écrit ici depuis ")
    expect(line_of(paul, SECOND)).to_have_text("Les temps ont été tenus.")
    expect(line_of(paul, FIRST)).to_contain_text("Les délais.")


def test_who_writes_is_told_in_words_and_the_section_is_closed_until_its_hand_is_taken(desk):
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot")
    type_in(anne, FIRST, " Ici Anne.")
    held = paul.locator(f"section[data-section='{FIRST}'].mm-section--held")
    expect(held).to_be_visible()
    assert held.get_attribute("data-writer").startswith("Anne Lebrun écrit ici depuis ")
    expect(line_of(paul, FIRST)).to_contain_text("Ici Anne.")
    type_in(paul, FIRST, " Et moi.")
    expect(line_of(paul, FIRST)).not_to_contain_text("Et moi.")
    expect(bar(paul)).to_contain_text("Anne Lebrun écrit ici depuis")
    assert_accessible(paul)
    anne.keyboard.type(" Pas encore enregistré.")
    bar(paul).get_by_role("button", name="Prendre la main").press("Enter")
    expect(bar(paul)).to_contain_text("Vous avez la main sur la section « Ouverture ».")
    expect(bar(anne)).to_contain_text("Paul Tissot a demandé la main")
    expect(line_of(paul, FIRST)).to_contain_text("Pas encore enregistré.")
    type_in(paul, FIRST, " Et moi.")
    wait_saved(paul)
    expect(line_of(anne, FIRST)).to_contain_text("Pas encore enregistré. Et moi.")


def test_a_frozen_draft_closes_in_each_open_page_keeps_what_was_typed_and_opens_again(desk):
    anne = desk.open("Anne Lebrun")
    type_in(anne, FIRST, " Enregistré.")
    wait_saved(anne)
    anne.keyboard.type(" Tapé juste avant.")
    desk.freeze("Relecture du préfet.")
    expect(anne.get_by_role("region", name="Texte en lecture seule")).to_contain_text(
        "Relecture du préfet.", timeout=4_000
    )
    expect(line_of(anne, FIRST)).to_contain_text("Tapé juste avant.")
    expect(anne.get_by_role("textbox", name="Texte du compte-rendu")).to_have_attribute("aria-readonly", "true")
    assert "Tapé juste avant." not in desk.text()
    desk.unfreeze()
    expect(anne.get_by_role("region", name="Texte en lecture seule")).to_have_count(0)
    expect(anne.locator(STATUS)).to_have_attribute("data-state", "saved")
    type_in(anne, FIRST, " Rouvert.")
    wait_saved(anne)
    assert "Tapé juste avant. Rouvert." in desk.text()


def test_two_texts_of_one_section_end_in_three_columns_on_a_phone_too(desk):
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot", phone=True)
    paul.context.set_offline(True)
    type_in(paul, FIRST, " Version de Paul.")
    type_in(anne, FIRST, " Version d'Anne.")
    wait_saved(anne)
    paul.context.set_offline(False)
    case = paul.locator(f"[data-case='{FIRST}']")
    expect(case).to_be_visible()
    expect(case.locator("[data-side=mine] ins")).to_contain_text("Version de Paul.")
    expect(case.locator("[data-side=theirs] ins")).to_contain_text("Version d'Anne.")
    expect(case.locator("[data-side=base]")).to_contain_text("La séance est ouverte.")
    assert_fits(paul)
    assert_accessible(paul)
    case.get_by_role("button", name="Garder les deux").press("Enter")
    wait_saved(paul)
    expect(anne.locator(f"section[data-section='{FIRST}']")).to_contain_text("Version de Paul.")
    assert "Version d'Anne." in desk.text()


def test_the_session_ended_is_told_without_anything_typed(desk):
    anne = desk.open("Anne Lebrun")
    cookies = anne.context.cookies()
    anne.context.clear_cookies()
    expect(anne.get_by_role("dialog", name="Votre session a expiré")).to_be_visible()
    anne.context.add_cookies(cookies)
    anne.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(anne.get_by_role("dialog", name="Votre session a expiré")).to_have_count(0)


def test_valkey_away_leaves_the_texts_coming_in(desk, valkey):
    anne, paul = desk.open("Anne Lebrun"), desk.open("Paul Tissot")
    valkey.stop()
    type_in(anne, FIRST, " Sans Valkey.")
    wait_saved(anne)
    expect(line_of(paul, FIRST)).to_contain_text("Sans Valkey.")

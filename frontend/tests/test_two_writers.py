"""E03 in two real browsers' pages: whatever is lost, delayed, cut or expired, « saved » on screen means stored, and no word is lost."""

import random

import pytest
from conftest import FIRST, SECOND
from editor_actions import STATUS, text_area
from playwright.sync_api import expect

SHOWN = """() => [document.querySelector('.mm-status').dataset.state, window.minutesEditor.savedState,
  [...document.querySelectorAll('section[data-section]')].map(section => [section.dataset.section,
    [...section.querySelectorAll('p, .mm-heading__text')].map(line => line.textContent).join('\\n')])]"""


def lines(node) -> list[str]:
    """The text of each heading and paragraph, as the page shows it."""
    if node["type"] in {"heading", "paragraph"}:
        return ["".join(child.get("text", "") for child in node.get("content", []))]
    return [line for child in node.get("content", []) for line in lines(child)]


def stored(minutes) -> set[tuple[str, str]]:
    with minutes.lock:
        return {(key, "\n".join(lines(node))) for key, _, node, _, _ in minutes.revisions if node}


def check(page, minutes):
    """What the page calls saved is, section by section, a version the server stored."""
    state, hook, sections = page.evaluate(SHOWN)
    assert state == hook
    if state == "saved":
        assert {tuple(section) for section in sections} <= stored(minutes)


class Writers:
    def __init__(self, pages, portal, minutes, seed):
        self.pages, self.portal, self.minutes = pages, portal, minutes
        self.random = random.Random(seed)
        self.words = []

    def step(self):
        page = self.random.choice(self.pages)
        acts = [
            *[self.type] * 7,
            self.save,
            self.save,
            self.save,
            self.cut,
            self.mend,
            self.lose,
            self.slow,
            self.expire,
        ]
        self.random.choice([*acts, self.decide, self.decide])(page)
        page.wait_for_timeout(self.random.choice([0, 50, 700]))
        for each in self.pages:
            check(each, self.minutes)

    def type(self, page):
        word = f"mot{len(self.words)}"
        self.close_dialog(page)
        page.locator(f"section[data-section='{self.random.choice([FIRST, SECOND])}'] > p").first.click()
        page.keyboard.press("End")
        page.keyboard.type(f" {word}")
        self.words.append(word)

    def save(self, page):
        self.close_dialog(page)
        text_area(page).focus()
        page.keyboard.press("Control+s")

    def cut(self, page):
        self.minutes.faults.offline = True

    def mend(self, page):
        self.minutes.faults.offline = False
        page.evaluate("window.dispatchEvent(new Event('online'))")

    def lose(self, page):
        self.minutes.faults.lose_answers = 1

    def slow(self, page):
        self.minutes.faults.delay_seconds = self.random.choice([0, 0.4])

    def expire(self, page):
        """The session ends, and comes back at once in another tab with another CSRF token."""
        self.portal.expire_sessions()
        page.wait_for_timeout(200)
        self.sign_in()

    def sign_in(self):
        for cookie in self.pages[0].context.cookies():
            self.portal.sessions[cookie["value"]] = f"fresh{self.random.random()}"

    def close_dialog(self, page):
        if page.locator("#mm-session[open]").is_visible():
            page.get_by_role("button", name="Continuer à écrire").click()

    def decide(self, page):
        self.close_dialog(page)
        if page.locator("[data-case]").count():
            page.locator("[data-case] [data-choice=both], [data-case] [data-choice=mine]").first.click()

    def settle(self):
        """Everything works again; each conflict keeps both texts; ends when every page shows « saved »."""
        self.minutes.faults.offline, self.minutes.faults.lose_answers, self.minutes.faults.delay_seconds = False, 0, 0
        self.sign_in()
        for _ in range(20):
            for page in self.pages:
                page.evaluate("['online', 'focus'].forEach(name => window.dispatchEvent(new Event(name)))")
                page.wait_for_timeout(400)
                while page.locator("[data-case] [data-choice=both]").count():
                    self.close_dialog(page)
                    page.locator("[data-case] [data-choice=both]").first.click()
                self.save(page)
                page.wait_for_timeout(300)
            if all(page.locator(STATUS).get_attribute("data-state") == "saved" for page in self.pages):
                return
        raise AssertionError([page.evaluate(SHOWN) for page in self.pages])


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_E03_saved_means_stored_and_no_word_is_lost(context, portal, minutes, opened, seed):
    writers = Writers([opened(context.new_page(), portal) for _ in range(2)], portal, minutes, seed)
    for _ in range(25):
        writers.step()
    writers.settle()
    for page in writers.pages:
        check(page, minutes)
    assert len(writers.words) > 6
    everything = "\n".join(text for _, text in stored(minutes))
    assert [word for word in writers.words if word not in everything.split()] == []


def test_E03_versions_count_the_revisions(context, portal, minutes, opened):
    writers = Writers([opened(context.new_page(), portal)], portal, minutes, 4)
    for _ in range(3):
        writers.type(writers.pages[0])
        writers.save(writers.pages[0])
        expect(writers.pages[0].locator(STATUS)).to_have_attribute("data-state", "saved")
    for key, (version, _) in minutes.sections.items():
        assert [number for own, number, *_ in minutes.revisions if own == key] == list(range(1, version + 1))

"""A person with a keyboard and no mouse: each step is a key; what takes the focus is known by its role and name."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from committees.tests.main_job import text_area

STOPS = 600  # a list of presences has a dozen for each person
HAS_FOCUS = "node => node === document.activeElement || node.contains(document.activeElement)"
WATCH_MOUSE = """addEventListener("pointerdown", event => mousePressed(event.target.outerHTML.slice(0, 99)), true)"""


class Keyboard:
    def __init__(self, page: Page):
        """From the next page on, a press of the mouse is noted: see `assert_no_mouse`."""
        self.page, self.pressed_mouse = page, []
        page.context.expose_binding("mousePressed", lambda source, where: self.pressed_mouse.append(where))
        page.context.add_init_script(WATCH_MOUSE)
        page.reload()

    def assert_no_mouse(self) -> None:
        assert self.pressed_mouse == []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, *lines: str) -> None:
        """Type lines, each ended by Enter save the last."""
        for number, line in enumerate(lines):
            if number:
                self.press("Enter")
            self.page.keyboard.type(line)

    def go_to(self, role: str, name: str | re.Pattern, *, key: str = "Tab") -> None:
        """Press Tab (or `key`) until the control of this role and name has the focus."""
        wanted = self.page.get_by_role(role, name=name, exact=True).filter(visible=True).first
        expect(wanted).to_be_visible()
        handle = wanted.element_handle()
        for _ in range(STOPS):
            if handle.evaluate(HAS_FOCUS):
                return
            self.press(key)
        raise AssertionError(f"{self.page.url}: {STOPS} × {key} never reached the {role} « {name} »")

    def activate(self, role: str, name: str, *, key: str = "Tab") -> None:
        self.go_to(role, name, key=key)
        self.press("Enter")

    def fill(self, name: str, words: str) -> None:
        """A field of a form, emptied first."""
        self.go_to("textbox", begins(name))
        self.press("Control+a")
        self.type(*words.split("\n"))

    def fill_date(self, name: str, day: date) -> None:
        """A date is three stops, in the order of the browser's own language."""
        field = self.page.get_by_label(begins(name))
        while not field.evaluate(HAS_FOCUS):
            self.press("Tab")
        for order in ("%d%m%Y", "%m%d%Y"):
            self.press("ArrowLeft", "ArrowLeft")
            self.page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
        raise AssertionError(f"{name}: {field.input_value()}")

    def fill_time(self, name: str, hour: str) -> None:
        """An hour « 11:15 » is two stops, and a third in the language that says before or after noon."""
        field = self.page.get_by_label(begins(name))
        while not field.evaluate(HAS_FOCUS):
            self.press("Tab")
        self.page.keyboard.type(f"{hour.replace(':', '')}AM")
        assert field.input_value() == hour

    def choose(self, name: str, option: str) -> None:
        """In a list, its options one by one from the first."""
        self.go_to("combobox", begins(name))
        field = self.page.get_by_role("combobox", name=begins(name))
        self.press("Home")
        while field.evaluate("list => list.selectedOptions[0].textContent.trim()") != option:
            self.press("ArrowDown")

    def text(self) -> None:
        """Into the text of the minutes."""
        self.go_to("textbox", "Texte du compte-rendu")

    def tool(self, name: str) -> None:
        """A tool of the toolbar, from the text: one key to go there, the arrows inside."""
        self.press("Alt+F10", "Home")
        self.go_to("button", name, key="ArrowRight")
        self.press("Enter")

    def save(self) -> None:
        self.press("Control+s")

    def is_in_text(self) -> None:
        expect(text_area(self.page)).to_be_focused()


def begins(name: str) -> re.Pattern:
    """A label is often followed by its help."""
    return re.compile(f"^{re.escape(name)}")

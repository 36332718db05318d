"""Three people typing at once in one text, each in a browser of their own: what each types, is refused, is asked."""

import os
import random
import signal
from collections import Counter
from contextlib import suppress
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Error, Page, expect

from clu_portal.tests.browser import ARGUMENTS, CHROMIUM, sign_in

EDITOR, STATUS = "#minutes-editor", ".mm-status"
TEXT = """id => [...document.querySelectorAll(id ? `section[data-section='${id}']` : 'section[data-section]')]
  .map(section => [...section.querySelectorAll('p, .mm-heading__text')].map(line => line.textContent).join('\\n'))
  .join('\\n')"""


class Writer:
    """One person, on one computer: a browser with a profile on the disk, which survives when it is killed."""

    def __init__(self, browser_type, profile: Path, user, address: str, minutes_address: str):
        self.browser_type, self.profile, self.user = browser_type, profile, user
        self.address, self.minutes_address = address, minutes_address
        self.count, self.typed, self.asked, self.refused = 0, [], set(), 0
        self.taken_back = 0
        self.start()

    def start(self) -> None:
        self.context = self.browser_type.launch_persistent_context(
            self.profile, executable_path=CHROMIUM, args=ARGUMENTS, locale="fr-FR", timezone_id="Europe/Paris"
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.pages[0]
        sign_in(self.page, self.user, self.address)
        self.page.goto(self.address + self.minutes_address)
        self.page.wait_for_selector(f"{EDITOR}[data-ready]")

    def kill(self) -> None:
        """kill -9 of this browser: the processes that name its profile, and no other."""
        mark = f"--user-data-dir={self.profile}".encode()
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()

    def type(self, section: str) -> bool:
        """Type a word of one's own at the end of a section; False when the section was closed to it, which is said."""
        self.count += 1
        word = f"{self.profile.name}{self.count}x"
        self.page.locator(f"section[data-section='{section}'] > p").first.click()
        self.page.keyboard.press("End")
        self.page.keyboard.type(f" {word} ")  # End is that of the line, which may go on
        if word in self.text(section).split():
            self.typed.append(word)
            return True
        said = self.page.get_by_role("group", name="Autres personnes sur ce texte")
        expect(said).to_contain_text("écrit ici depuis")
        assert word not in self.text(section)
        self.refused += 1
        return False

    def text(self, section: str | None = None) -> str:
        return self.page.evaluate(TEXT, section)

    def offline(self, away: bool = True) -> None:
        self.context.set_offline(away)

    def wait(self, *states: str, seconds: float = 30) -> None:
        names = ", ".join(f".mm-status[data-state='{state}']" for state in states)
        try:
            self.page.wait_for_selector(names, timeout=seconds * 1000)
        except Error as error:
            raise AssertionError(f"{self.profile.name} waits for {states}: {self.standing()}") from error

    def wait_to_read(self, other: "Writer") -> None:
        """What others saved comes in by itself, within a few seconds, on both sides."""
        for _ in range(120):
            if self.text().split() == other.text().split():
                return
            self.page.wait_for_timeout(500)
        pair = f"{self.text()}\n--- {other.profile.name}:\n{other.text()}\n{self.standing()}"
        raise AssertionError(f"{self.profile.name} reads:\n{pair}")

    def standing(self) -> list[str]:
        return self.page.locator(".mm-head, [role=region], dialog").all_inner_texts()

    def decide(self, choice: str) -> None:
        """Answer each conflict; the words of the texts it shows are those this person was asked about."""
        cases = self.page.locator("[data-case]:has([data-choice])")
        while cases.count():
            case = cases.first
            sides = case.locator("[data-side=mine], [data-side=theirs]").all_text_contents()
            self.asked |= {word for side in sides for word in side.split()}
            chosen = case.locator(f"[data-choice={choice}]")
            before = cases.count()
            (chosen if chosen.count() else case.locator("[data-choice=mine]")).click()
            expect(cases).to_have_count(before - 1)

    def take_draft_back(self) -> None:
        """The text kept on this computer when the browser died, offered at its return."""
        self.page.get_by_role("button", name="Reprendre ce texte").click()
        expect(self.page.locator("[data-draft]")).to_have_count(0)
        self.taken_back += 1

    def take_hand(self) -> None:
        take = self.page.get_by_role("button", name="Prendre la main")
        if take.is_visible():
            take.click()
            expect(self.page.get_by_role("group", name="Autres personnes sur ce texte")).to_contain_text(
                "Vous avez la main"
            )


class Play:
    """What happens to the three, at which part of the time; between, each types in a section of their own."""

    def __init__(self, writers: list[Writer], sections: list[str], portal, seed: int = 5):
        self.anne, self.paul, self.zoe = self.writers = writers
        self.shared, *self.own = sections
        self.portal, self.random = portal, random.Random(seed)
        self.met = Counter()

    def events(self):
        return [
            (0.10, self.lose_network_while_another_writes_there),
            (0.35, self.restart_server),
            (0.50, self.lose_network_in_ones_own_section),
            (0.65, self.write_in_the_same_section_at_once),
            (0.80, self.kill_a_browser),
        ]

    def type_apart(self) -> None:
        who = self.random.randrange(3)
        if not self.writers[who].type(self.own[who]):
            raise AssertionError("nobody else writes in this section")

    def lose_network_while_another_writes_there(self) -> None:
        self.paul.offline()
        assert self.paul.type(self.shared)
        self.paul.wait("local")
        assert self.anne.type(self.shared)
        self.anne.page.keyboard.press("Control+s")
        self.anne.wait("saved")
        self.paul.offline(False)
        self.paul.wait("conflict")
        self.paul.decide("theirs")
        self.met["conflict"] += 1

    def lose_network_in_ones_own_section(self) -> None:
        self.paul.offline()
        for _ in range(3):
            self.paul.type(self.own[1])
        self.paul.wait("local")
        self.paul.offline(False)
        self.paul.wait("saved")

    def restart_server(self) -> None:
        self.portal.kill("web")
        for writer, section in zip(self.writers, self.own, strict=True):
            assert writer.type(section)
        self.portal.start_web()

    def write_in_the_same_section_at_once(self) -> None:
        """One writes; the other is told, asks for the hand, has it, and writes after the first one's words."""
        while not self.anne.type(self.shared):
            self.anne.take_hand()
        held = self.zoe.page.locator(f"section[data-section='{self.shared}'].mm-section--held")
        expect(held).to_have_count(1)
        assert not self.zoe.type(self.shared)
        self.zoe.take_hand()
        assert self.zoe.type(self.shared)
        self.met["hand"] += 1

    def kill_a_browser(self) -> None:
        self.zoe.offline()
        assert self.zoe.type(self.own[2])
        self.zoe.wait("local")
        self.zoe.kill()
        self.zoe.start()
        self.zoe.take_draft_back()

    def settle(self) -> None:
        """Each answers what they are asked; ends when everything is saved and everyone reads the same."""
        for _ in range(10):
            for writer in self.writers:
                writer.decide("mine")
                writer.page.keyboard.press("Control+s")
                writer.wait("saved", "conflict")
            states = {writer.page.locator(STATUS).get_attribute("data-state") for writer in self.writers}
            if states == {"saved"}:
                break
        for writer in self.writers[1:]:
            writer.wait("saved")
            writer.wait_to_read(self.anne)


def edit_address(minutes) -> str:
    return reverse("committees:minutes_edit", args=[minutes.prefecture.slug, minutes.pk])

"""The editor of the minutes in the real portal: keystroke to screen, what a save holds up, what a save weighs.

    bin/launcher/start.sh servers .venv/bin/python bench/editor.py [TOURS]

Makes its own database and drops it: minutes of 10 and of 100 printed pages (counted in their PDF), served by gunicorn
on PostgreSQL, opened in Chromium. Beside them, in the same run and turn about: a bare contenteditable page with the
same number of paragraphs. Keys are pressed one by one in the middle of the text, ten a second.

- « touche → écran »: from the moment Chromium received the key to the end of the frame that shows its letter: at
  60 images a second, up to 17 ms of it is waiting for the screen. Issue 4: p95 ≤ 50 ms for 100 pages.
- « pendant un enregistrement »: the same, for keys received while a save was under way (one is asked every 20 keys).
- « tâche la plus longue »: of the main thread during a save, as PerformanceObserver gives it: from 50 ms only, so
  « aucune » means that no save held the page up for as long.
- « octets par enregistrement »: the body of the PATCH, beside the section and the whole text as they are stored.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from statistics import median, quantiles

from scratch import ROOT, analyse, scratch_database
from serving import gunicorn

LONG, SHORT = 100, 10
KEYS, PAUSE_MS, SAVED_EVERY = 60, 100, 20
LIMIT_MS = 50
LETTERS = "les usagers attendent peu "
EDITABLE = "#mm-text"
NOTES = (Path(__file__).parent / "typing.js").read_text()
TAKE = """async () => {
  while (!typing.saves.every(save => save.end)) await new Promise(requestAnimationFrame)
  const noted = structuredClone(typing)
  for (const list of Object.values(typing)) list.length = 0
  return noted
}"""


@dataclass
class Text:
    """One text open in a browser, and what was noted while somebody typed in it."""

    name: str
    page: object
    line: object
    document: int = 0
    section: int = 0
    keys: list[dict] = field(default_factory=list)
    tasks: list[dict] = field(default_factory=list)
    saves: list[dict] = field(default_factory=list)

    @property
    def is_saved(self) -> bool:
        return self.document > 0


def delays(keys: list[dict]) -> list[float]:
    return [key["shown"] - key["at"] for key in keys]


def during(found: list[dict], saves: list[dict]) -> list[dict]:
    """What overlaps a save; a key is looked at by the moment it was received."""
    return [
        one
        for one in found
        if any(one["at"] < save["end"] and one.get("end", one["at"]) > save["at"] for save in saves)
    ]


@contextmanager
def chromium() -> Iterator:
    from django.db import connections
    from playwright.sync_api import sync_playwright

    from clu_portal.tests.browser import ARGUMENTS, CHROMIUM

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        connections.close_all()  # what was opened while the loop ran is out of sight once it has stopped
        browser.close()


def new_page(browser, **options):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", **options)
    context.set_default_timeout(60_000)
    context.add_init_script(NOTES)
    return context.new_page()


def editor(browser, address: str, pages: int) -> Text:
    import long_minutes
    import people
    from django.urls import reverse

    minutes, by = long_minutes.load(pages)
    page = new_page(browser, base_url=address)
    for pair in people.cookie(by).split("; "):
        name, value = pair.split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": address}])
    page.goto(reverse("committees:minutes_edit", args=[minutes.prefecture.slug, minutes.pk]))
    page.wait_for_selector("#minutes-editor[data-ready]")
    sections = [long_minutes.page_of_text(number) for number in range(pages)]
    printed = long_minutes.printed_pages(minutes)
    section = page.locator(f"{EDITABLE} > section").nth(pages // 2)
    sizes = [len(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()) for one in sections]
    return Text(f"éditeur, {printed} pages", page, section.locator("p").nth(1), sum(sizes), sizes[pages // 2])


def bare(browser, address: str, pages: int) -> Text:
    """A page of paragraphs one may type in, and nothing else."""
    import long_minutes

    lines = [line for number in range(pages) for line in long_minutes.lines_of(long_minutes.page_of_text(number))]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = new_page(browser)
    page.route("**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=document_of(body)))
    page.goto(f"{address}/bare")
    return Text(f"page nue, {len(lines)} paragraphes", page, page.locator(f"{EDITABLE} p").nth(len(lines) // 2))


def document_of(body: str) -> str:
    return f'<!DOCTYPE html><html lang="fr"><title>Page nue</title><div id="mm-text" contenteditable>{body}</div>'


def type_in(text: Text) -> None:
    """Press keys one by one at the end of a line in the middle, ask for a save now and then; keep what was noted."""
    page = text.page
    page.bring_to_front()
    text.line.click()
    page.keyboard.press("End")
    page.evaluate(TAKE)
    typed = (LETTERS * KEYS)[:KEYS]
    for count, letter in enumerate(typed, start=1):
        page.keyboard.press(letter)
        page.wait_for_timeout(PAUSE_MS)
        if text.is_saved and count % SAVED_EVERY == 0:
            page.keyboard.press("Control+s")
    if text.is_saved:
        page.wait_for_selector(".mm-status[data-state=saved]")
    noted = page.evaluate(TAKE)
    for name in ("keys", "tasks", "saves"):
        getattr(text, name).extend(noted[name])
    assert typed in text.line.text_content().replace("\xa0", " "), f"{text.name}: letters were lost"


def run(rounds: int) -> None:
    with gunicorn() as server, chromium() as browser:
        address = f"http://{server}"
        texts = [bare(browser, address, LONG), editor(browser, address, SHORT), editor(browser, address, LONG)]
        analyse()
        for text in texts:  # a first round that does not count: code compiled, fonts read
            type_in(text)
            for name in ("keys", "tasks", "saves"):
                getattr(text, name).clear()
        for _ in range(rounds):
            for text in texts:
                type_in(text)
        show(texts, rounds)


def show(texts: list[Text], rounds: int) -> None:
    print(
        f"{rounds} tours de {KEYS} touches ; charge de la machine : {os.getloadavg()[0]:.1f} ; durées en millisecondes"
    )
    print(
        f"{'':34}{'touches':>8}{'p50':>7}{'p95':>7}{'max':>7}   pendant un enregistrement : p95   tâche la plus longue"
    )
    for text in texts:
        times = delays(text.keys)
        line = f"{text.name:34}{len(times):>8}{median(times):>7.1f}{p95(times):>7.1f}{max(times):>7.1f}"
        print(line + (while_saving(text) if text.is_saved else ""))
    print(f"\n{'octets par enregistrement':34}{'envoyés':>8}{'reçus':>7}{'section':>9}{'texte':>9}")
    for text in texts[1:]:
        sent, received = (median(save[way] for save in text.saves) for way in ("sent", "received"))
        print(f"{text.name:34}{sent:>8.0f}{received:>7.0f}{text.section:>9}{text.document:>9}")
    short, long = (median(save["sent"] for save in text.saves) for text in texts[1:])
    worst = p95(delays(texts[-1].keys))
    print(f"\ntouche → écran, {texts[-1].name} : p95 {worst:.1f} ms ; limite : {LIMIT_MS}")
    whole = texts[-1].document / texts[1].document
    print(f"un enregistrement du long texte pèse {long / short:.2f} × celui du court ; le texte, {whole:.1f} ×")


def while_saving(text: Text) -> str:
    times = delays(during(text.keys, text.saves))
    longest = max((task["end"] - task["at"] for task in during(text.tasks, text.saves)), default=0)
    said = f"{longest:.0f}" if longest else "aucune de 50 ms"
    return f"   {p95(times):>24.1f} ({len(times)})   {said:>18}"


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    with scratch_database(CLU_DEMO="1", SECOND_FACTOR="0"):
        subprocess.run([sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"], check=True, cwd=ROOT)
        started = time.monotonic()
        run(numbers[0] if numbers else 10)
        print(f"mesuré en {time.monotonic() - started:.0f} s")

"""E06: the text is frozen while twenty writers save, on the real web processes and the real database."""

import http.client
import itertools
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from clu_portal.files.models import Rendering
from clu_portal.lib.pdf import pdf_text
from clu_portal.tests.processes import wait_until
from committees.minutes.acts import approval_hash
from committees.minutes.models import Minutes, SectionRevision
from committees.minutes.text import frozen_hash, sections_in_order
from committees.tests import main_job
from committees.tests.ready_made import drafted, sections_under, with_text

pytestmark = [pytest.mark.browser, pytest.mark.long]
WRITERS = 20
AGENDA = tuple(f"Point numéro {number}" for number in range(1, WRITERS + 1))


@dataclass
class Writer:
    """Saves one section again and again over HTTP, until the text is frozen; keeps what was acknowledged."""

    host: str
    path: str
    headers: dict[str, str]
    uuid: str
    content: dict
    version: int
    acknowledged: str = ""
    refusal: int = 0

    def write_until_frozen(self, has_begun: threading.Semaphore) -> None:
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as connection:
            for number in itertools.count(1):
                words = f"[{self.uuid[:8]}:{number}]"
                self.refusal = self.save(connection, words, number)
                if self.refusal:
                    return
                self.acknowledged = words
                self.version += 1
                if number == 1:
                    has_begun.release()

    def save(self, connection, words: str, number: int) -> int:
        """Return the status of a refusal, 0 when the save is acknowledged."""
        body = {"sections": [{"id": self.uuid, "base": self.version, "content": with_text(self.content, words)}]}
        headers = {
            "If-Match": f'"{self.uuid}-{self.version}"',
            "Idempotency-Key": f"race-{self.uuid[:8]}-{number}",
            "Content-Type": "application/json",
        }
        connection.request("PATCH", self.path, json.dumps(body), self.headers | headers)
        answer = connection.getresponse()
        answer.read()
        return 0 if answer.status == 200 else answer.status


def writers_of(page: Page, office, minutes: Minutes) -> list[Writer]:
    """Twenty writers who share the session of a browser, each on a section of its own."""
    path = office.path(f"comptes-rendus/{minutes.pk}/texte/")
    state = page.request.get(path).json()
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    host = urlsplit(page.url).netloc
    headers = {"Cookie": cookies, "X-CSRFToken": state["csrf"], "Origin": f"http://{host}"}
    with office.scope():
        sections = sections_under(minutes, AGENDA)
    return [Writer(host, path, headers, str(s.uuid), s.content, s.version) for s in sections]


def test_E06_text_frozen_during_twenty_saves_is_what_is_rendered_and_approved(running_portal, live_office, visitors):
    minutes = drafted(live_office, agenda=AGENDA)
    page = visitors.open(live_office.path(f"comptes-rendus/{minutes.pk}/"), user=live_office.referent)
    writers, begun = writers_of(page, live_office, minutes), threading.Semaphore(0)
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(writer.write_until_frozen, begun) for writer in writers]
        for _ in writers:
            assert begun.acquire(timeout=120)
        main_job.submit(page)
        for done in work:
            done.result(120)
    assert [writer.refusal for writer in writers] == [409] * WRITERS
    assert_frozen_text_is_what_was_acknowledged(live_office, minutes, writers)
    pdf = rendered_pdf(live_office, minutes)
    marks = set(re.findall(r"\[[0-9a-f]{8}:\d+\]", pdf_text(pdf)))
    assert marks == {writer.acknowledged for writer in writers}
    secretary = visitors.open(user=live_office.secretary_general)
    main_job.approve(secretary, live_office, minutes)
    main_job.wait_sealed(secretary)
    with live_office.scope():
        minutes.refresh_from_db()
        assert minutes.sealed_file.content.startswith(pdf)


def assert_frozen_text_is_what_was_acknowledged(office, minutes: Minutes, writers: list[Writer]) -> None:
    with office.scope():
        minutes.refresh_from_db()
        assert minutes.text_hash == frozen_hash(minutes, minutes.facts)
        held = {
            str(s.uuid): (s.version, s.content["content"][1]["content"][0]["text"])
            for s in sections_under(minutes, AGENDA)
        }
        assert held == {writer.uuid: (writer.version, writer.acknowledged) for writer in writers}
        for section in sections_in_order(minutes):
            assert SectionRevision.objects.filter(section=section).count() == section.version


def rendered_pdf(office, minutes: Minutes) -> bytes:
    """The pages drawn for these minutes, asked for under the hash of what was frozen."""
    with office.scope():
        wanted = Rendering.objects.filter(kind="minutes_pdf", input_hash=approval_hash(minutes))
        wait_until(lambda: wanted.filter(file__isnull=False).exists(), seconds=120)
        return wanted.get().file.content

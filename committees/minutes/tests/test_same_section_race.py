"""E01: twenty threads save one section at once on PostgreSQL. One wins each version; what was acknowledged is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes.models import Section, SectionRevision
from committees.minutes.tests.test_api import section
from committees.minutes.text import SectionChange, TextConflict, save_text
from committees.tests.factories import drafted_minutes, referent

WRITERS, TIMES = 20, 5


class Writer:
    """Types over the version it knows, and knows the version of the others once refused."""

    def __init__(self, number: int, minutes, uuid: str, by):
        self.number, self.minutes, self.uuid, self.by = number, minutes, uuid, by
        self.version, self.won, self.lost = 1, {}, 0

    def write(self, start: threading.Barrier) -> "Writer":
        start.wait()
        try:
            while len(self.won) < TIMES:
                self.save(self.version)
        finally:
            connection.close()
        return self

    def save(self, base: int) -> None:
        words = f"mot-{self.number}-{len(self.won)}"
        change = SectionChange(self.uuid, base, section(self.uuid, words))
        key = f"race-{self.number}-{len(self.won)}-{base}"
        try:
            with scope(self.minutes.prefecture_id):
                saved = save_text(minutes=self.minutes, changes=[change], order=None, operation_id=key, by=self.by)
        except TextConflict as conflict:
            self.lost += 1
            self.version = conflict.conflicts[0]["version"]
        else:
            self.version = saved["sections"][0]["version"]
            self.won[self.version] = words


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_E01_twenty_threads_on_one_section_one_wins_each_version():
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        minutes, by = drafted_minutes(), referent()
        uuid = minutes.section_order[0]
    writers = [Writer(number, minutes, uuid, by) for number in range(WRITERS)]
    start = threading.Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: writer.write(start), writers))
    with scope(prefecture.pk):
        held = Section.objects.get(minutes=minutes, uuid=uuid)
        kept = dict(SectionRevision.objects.filter(section=held, version__gt=1).values_list("version", "content"))
    won = [(version, words) for writer in writers for version, words in writer.won.items()]
    assert sorted(version for version, _ in won) == list(range(2, 2 + WRITERS * TIMES))
    assert {version: section(uuid, words)["content"] for version, words in won} == {
        version: content["content"] for version, content in kept.items()
    }
    assert (held.version, held.content) == (1 + WRITERS * TIMES, kept[1 + WRITERS * TIMES])
    assert sum(writer.lost for writer in writers) > WRITERS

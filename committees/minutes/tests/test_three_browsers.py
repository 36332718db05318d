"""Three browsers, two minutes, a real gunicorn on PostgreSQL: no word lost, none twice, one text for all."""

import time
from collections import Counter
from uuid import uuid4

import pytest

from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes.models import Minutes, SectionRevision
from committees.minutes.tests.three_writers import Play, Writer, edit_address
from committees.minutes.tests.trees import heading, node, paragraph
from committees.minutes.text import OrderChange, SectionChange, contents, save_text
from committees.tests.factories import drafted_minutes, referent

pytestmark = [pytest.mark.browser, pytest.mark.long]
NAMES = ("anne", "paul", "zoe")


def words_in(tree) -> list[str]:
    if isinstance(tree, list):
        return [word for part in tree for word in words_in(part)]
    return tree.get("text", "").split() + words_in(tree.get("content", []))


def four_sections(minutes: Minutes) -> list[str]:
    """One that several write in, and one for each."""
    uuids = [str(uuid4()) for _ in range(4)]
    titles = ("Ensemble", *(name.title() for name in NAMES))
    changes = [
        SectionChange(uuid, 0, node("section", heading(title, level=1), paragraph("Début."), id=uuid))
        for uuid, title in zip(uuids, titles, strict=True)
    ]
    order = OrderChange(minutes.order_version, [*uuids, *minutes.section_order])
    save_text(minutes=minutes, changes=changes, order=order, operation_id=uuid4().hex, by=referent())
    return uuids


@pytest.fixture
def writers(running_portal, chromium, tmp_path):
    opened = []
    yield opened
    for writer in opened:
        writer.kill()


@pytest.mark.parametrize("seconds", [20, 120])
def test_E03_three_browsers_lose_no_word_and_end_with_one_text(running_portal, writers, chromium, tmp_path, seconds):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        minutes = drafted_minutes()
        sections = four_sections(minutes)
        users = [referent() for _ in NAMES]
        address = edit_address(minutes)
    for name, user in zip(NAMES, users, strict=True):
        writers.append(Writer(chromium.browser_type, tmp_path / name, user, running_portal.address, address))
    play, started = Play(writers, sections, running_portal), time.monotonic()
    for part, event in play.events():
        while time.monotonic() - started < part * seconds:
            play.type_apart()
        event()
    while time.monotonic() - started < seconds:
        play.type_apart()
    play.settle()

    with scope(prefecture.pk):
        text = Counter(words_in(contents(Minutes.objects.get(pk=minutes.pk))))
        revisions = SectionRevision.objects.filter(section__minutes=minutes)
        ever_saved = {word for content in revisions.values_list("content", flat=True) for word in words_in(content)}
    typed = {word: writer for writer in writers for word in writer.typed}
    asked = {word for writer in writers for word in writer.asked}
    assert {word: text[word] for word in typed if text[word] != 1 and word not in asked} == {}
    assert [word for word in text if word.endswith("x") and word not in typed] == []
    assert [word for word in typed if word not in ever_saved | asked] == []
    assert min(len(writer.typed) for writer in writers) >= 3
    assert (play.met["conflict"], play.met["hand"], writers[2].taken_back) == (1, 1, 1)

"""Every meeting of the demonstration, brought into an empty préfecture and out again."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from clu_portal import demonstration
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.meeting_files.acts import import_once
from committees.meeting_files.exporting import meeting_file, written
from committees.meeting_files.tests.test_round_trip import unnamed
from committees.meetings.models import Meeting


@pytest.fixture
def demonstrations(db, monkeypatch) -> list[Prefecture]:
    """The invented préfectures, as load_demo loads them."""
    monkeypatch.setattr(demonstration, "refuse_outside_demonstration", lambda: None)
    call_command("load_demo", stdout=StringIO())
    return list(Prefecture.objects.filter(is_demonstration=True))


def exported(prefecture: Prefecture) -> Iterator[dict]:
    """The files of the meetings of a préfecture, the oldest first."""
    with scope(prefecture.pk, prefecture):
        for meeting in Meeting.objects.order_by(F("held_on").asc(nulls_last=True), "pk"):
            yield meeting_file(meeting)


@pytest.mark.long
def test_the_meetings_of_the_demonstration_come_in_and_out_the_same(demonstrations):
    states = set()
    for prefecture in demonstrations:
        files = list(exported(prefecture))
        receiver = PrefectureFactory()
        for file in files:
            with scope(receiver.pk, receiver):
                assert import_once(written(file), by=None)
        assert [unnamed(file) for file in exported(receiver)] == [unnamed(file) for file in files]
        states |= {minutes["state"] for file in files for minutes in file["meeting"]["minutes"]}
    assert {"sealed", "drafting"} <= states

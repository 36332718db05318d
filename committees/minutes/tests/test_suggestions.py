"""What the editor proposes behind « / » and « @ »: of this préfecture, of this meeting, and nothing more."""

import pytest
from django.urls import reverse

from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.organisations.tests.factories import StandardSentenceFactory
from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, PrefectureFactory
from committees.meetings.models import Attendance
from committees.minutes.models import Minutes
from committees.tests.factories import (
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    referent,
    secretary_general,
)


def address(minutes: Minutes) -> str:
    return reverse("committees:minutes_suggestions", args=[minutes.prefecture.slug, minutes.pk])


@pytest.fixture
def by(prefecture, client):
    by = referent()
    sign_in(client, by)
    return by


def test_sentences_are_those_of_the_prefecture_in_their_order(client, by):
    with scope(PrefectureFactory().pk):
        StandardSentenceFactory(title="Ailleurs")
    StandardSentenceFactory(title="Ouverture", text="La séance est ouverte.")
    StandardSentenceFactory(title="Clôture", text="La séance est levée.")
    answer = client.get(address(drafted_minutes(by=by))).json()
    assert answer["sentences"] == [
        {"title": "Clôture", "text": "La séance est levée."},
        {"title": "Ouverture", "text": "La séance est ouverte."},
    ]


def test_names_are_the_seats_who_holds_them_and_who_came_each_once(client, by):
    meeting = MeetingFactory()
    union = OrganisationFactory(name="Union des familles")
    seat = SeatFactory(committee=meeting.committee, organisation=union)
    person = PersonFactory(civility="madame", given_name="Odile", surname="Ferrandier")
    MandateFactory(seat=seat, person=person)
    for line in ("Mme Odile Ferrandier", "M. Brun, maire"):
        Attendance.objects.create(meeting=meeting, printed_line=line, status="present")
    names = client.get(address(drafted_minutes(meeting, by))).json()["names"]
    texts = [name["text"] for name in names]
    assert texts.count("Mme Odile Ferrandier") == 1
    assert {"Mme Odile Ferrandier", "Union des familles", "M. Brun, maire"} <= set(texts)


def test_same_queries_for_1_and_30_names(client, by, count_queries):
    meeting = MeetingFactory()
    minutes = drafted_minutes(meeting, by)

    def add(count):
        for _ in range(count):
            MandateFactory(seat=SeatFactory(committee=meeting.committee))
            StandardSentenceFactory()

    add(1)
    client.get(address(minutes))
    few = count_queries(lambda: client.get(address(minutes)))
    add(29)
    assert count_queries(lambda: client.get(address(minutes))) == few
    assert len(client.get(address(minutes)).json()["names"]) >= 30


def test_who_does_not_write_has_no_suggestions(client, prefecture):
    minutes = drafted_minutes()
    sign_in(client, secretary_general())
    assert client.get(address(minutes)).status_code == 403


def test_minutes_of_another_prefecture_have_none(client, by, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = drafted_minutes(by=referent())
    here = reverse("committees:minutes_suggestions", args=[prefecture.slug, foreign.pk])
    assert client.get(here).status_code == 404

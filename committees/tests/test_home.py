"""The home page: a member finds first what they came for; nobody reads that nothing waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.tests.factories import user_with_role
from committees.home import next_meeting
from committees.meetings.acts import close_session, open_session
from committees.minutes import acts, corrections
from committees.tests.factories import CommitteeFactory, MeetingFactory, member_of, referent, sealed_minutes

NOTHING = "Rien n'attend"


def home(client, prefecture, user) -> str:
    client.force_login(user)
    return client.get(reverse("prefecture_home", args=[prefecture.slug])).content.decode()


@pytest.fixture
def minutes(prefecture):
    return sealed_minutes(MeetingFactory(held_on=timezone.localdate() - timedelta(days=9)))


def test_home_of_a_member_begins_with_the_last_minutes_and_the_next_meeting(client, prefecture, minutes):
    committee = minutes.meeting.committee
    sealed_minutes(MeetingFactory(committee=committee, held_on=timezone.localdate() - timedelta(days=400)))
    coming = MeetingFactory(committee=committee, held_on=timezone.localdate(), state="convened")
    page = home(client, prefecture, member_of(committee))
    pdf = reverse("committees:minutes_pdf", args=[prefecture.slug, minutes.pk])
    places = [page.index(words) for words in ("Bonjour", ">Lire</a>", ">Télécharger le PDF</a>", "Voir la réunion")]
    assert places == sorted(places)
    for address in (minutes.get_absolute_url(), pdf, coming.get_absolute_url()):
        assert page.count(f'href="{address}"') == 1
    assert page.index("En cours") > places[-1]
    assert NOTHING not in page


def test_home_of_a_member_shows_the_sealed_version_while_a_correction_is_written(client, prefecture, minutes):
    corrections.correct_minutes(minutes=minutes, by=referent())
    page = home(client, prefecture, member_of(minutes.meeting.committee))
    assert f'href="{minutes.get_absolute_url()}"' in page


def test_home_of_a_member_shows_nothing_of_another_committee(client, prefecture, minutes):
    MeetingFactory(committee=minutes.meeting.committee, held_on=timezone.localdate(), state="convened")
    page = home(client, prefecture, member_of(CommitteeFactory()))
    assert [words for words in ("Lire</a>", "Voir la réunion", "En cours") if words in page] == []
    assert NOTHING in page


def test_home_greets_a_member_without_parting_the_civility_from_the_name(client, prefecture, minutes):
    member = member_of(minutes.meeting.committee)
    type(member).objects.filter(pk=member.pk).update(name="Mme Odile Ferrandier")
    assert "Bonjour Mme\u00a0Odile Ferrandier" in home(client, prefecture, member)


def test_home_of_the_referent_begins_with_what_waits(client, prefecture, minutes):
    page = home(client, prefecture, referent())
    assert page.index("À diffuser") < page.index("Dernier compte-rendu")
    assert NOTHING not in page


def test_home_says_nothing_waits_only_where_the_page_is_empty(client, prefecture):
    reader = user_with_role(RoleKind.SECRETARY_GENERAL)
    assert NOTHING in home(client, prefecture, reader)
    acts.begin_minutes(meeting=MeetingFactory(), by=referent())
    page = home(client, prefecture, reader)
    assert "En rédaction" in page
    assert NOTHING not in page


@pytest.mark.parametrize(
    ("days", "state", "is_next"),
    [(0, "convened", True), (-1, "convened", False), (3, "cancelled", False), (3, "held", False)],
)
def test_next_meeting_is_today_or_later_and_still_to_come(prefecture, days, state, is_next):
    meeting = MeetingFactory(held_on=timezone.localdate() + timedelta(days=days), state=state)
    card = next_meeting(member_of(meeting.committee))
    assert bool(card) == is_next


def test_next_meeting_is_no_longer_the_one_of_today_once_its_session_is_closed(prefecture):
    today, by = timezone.localdate(), referent()
    meeting = MeetingFactory(held_on=today, state="convened")
    after = MeetingFactory(held_on=today + timedelta(days=30), state="convened", committee=meeting.committee)
    open_session(meeting=meeting, by=by)
    readers = by, member_of(meeting.committee)
    assert [next_meeting(reader).text for reader in readers] == [meeting.date_text] * 2
    close_session(meeting=meeting, by=by)
    assert [next_meeting(reader).text for reader in readers] == [after.date_text] * 2


@pytest.mark.parametrize("name", [name for name, _ in offers.home_cards])
def test_home_card_keeps_to_its_queries(prefecture, minutes, name, count_queries):
    offered = offers.home_cards.items[name]
    user = member_of(minutes.meeting.committee)
    user.roles_in(prefecture.pk)
    offered.function(user)
    assert count_queries(lambda: offered.function(user)) <= offered.query_budget

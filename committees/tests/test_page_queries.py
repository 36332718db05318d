"""What the five main pages ask of the database: the same number of statements for one row and for sixty.

Counted inside a test's transaction: SAVEPOINT and RELEASE stand for BEGIN and COMMIT, and the préfecture of the test
is named again at the end (two set_config for one). `bench/pages.py` measures the same pages.
"""

import pytest
from django.core.cache import caches
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import reference
from clu_portal.links.models import Link, Relation
from clu_portal.tests.factories import user_with_role
from committees.composition.acts import save_committee
from committees.composition.models import Committee
from committees.meetings.models import AgendaItem, Attendance
from committees.tests.factories import MeetingFactory, drafted_minutes, member_of, sealed_minutes

# Session, account, roles with their préfecture and the second factor, scope (4 statements).
COMMON = 7
pytestmark = pytest.mark.parametrize("rows", [1, 60])


def meeting_with(rows: int):
    """A meeting with so many agenda items and lines of attendance, among so many meetings of its committee."""
    meeting = MeetingFactory()
    MeetingFactory.create_batch(rows - 1, committee=meeting.committee)
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, position=n, title=f"Point {n}") for n in range(rows))
    lines = (Attendance(meeting=meeting, position=n, printed_line=f"Mme {n}") for n in range(rows))
    Attendance.objects.bulk_create(lines)
    return meeting


def actions_from(meeting, rows: int) -> None:
    """So many actions born of a meeting."""
    actions = Action.objects.bulk_create(Action(title=f"Action {n}", origin=reference(meeting)) for n in range(rows))
    Link.objects.bulk_create(
        Link(source=reference(meeting), relation=Relation.GAVE_ACTION, target=reference(action)) for action in actions
    )


@pytest.fixture
def queries(client, count_queries):
    """A function that signs somebody in and returns how many queries a page costs once the session is noted."""

    def ask(user, address: str) -> int:
        client.force_login(user)
        assert client.get(address).status_code == 200
        return count_queries(lambda: client.get(address))

    return ask


def test_home_of_a_referent_costs_the_same_for_more_rows(prefecture, queries, rows):
    meeting = meeting_with(rows)
    user = user_with_role(RoleKind.REFERENT)
    drafted_minutes(meeting, by=user)
    # the last minutes, the next meeting; actions, meetings, minutes that wait; the warnings kept; the last step of the
    # first-day guide
    assert queries(user, reverse("prefecture_home", args=[prefecture.slug])) == COMMON + 7


def test_home_after_an_act_finds_the_warnings_again_at_the_same_cost(prefecture, queries, count_queries, client, rows):
    user = user_with_role(RoleKind.REFERENT)
    drafted_minutes(meeting_with(rows), by=user)
    address = reverse("prefecture_home", args=[prefecture.slug])
    queries(user, address)
    save_committee(committee=Committee(name="Autre comité"), by=user)
    # as above, then the warnings (5), what is kept of them, what was of past days
    assert count_queries(lambda: client.get(address)) == COMMON + 7 + 7


def test_meeting_list_costs_the_same_for_more_rows(prefecture, queries, rows):
    meeting_with(rows)
    user = user_with_role(RoleKind.REFERENT)
    # meetings
    assert queries(user, reverse("committees:meeting_list", args=[prefecture.slug])) == COMMON + 1


def test_meeting_page_costs_the_same_for_more_rows(prefecture, queries, rows):
    meeting = meeting_with(rows)
    actions_from(meeting, rows)
    # meeting, agenda, attendance, rules, documents, versions of the minutes, links and the actions they lead to
    assert queries(user_with_role(RoleKind.REFERENT), meeting.get_absolute_url()) == COMMON + 8


def test_sealed_minutes_cost_the_same_for_more_rows(prefecture, queries, rows):
    minutes = sealed_minutes(meeting_with(rows))
    # mandates, joint meetings of their committee, minutes, approval, links, the reading recorded
    assert queries(member_of(minutes.meeting.committee), minutes.get_absolute_url()) == COMMON + 6


def test_sealed_minutes_are_drawn_from_their_sections_once(prefecture, queries, count_queries, client, rows):
    minutes = sealed_minutes(meeting_with(rows))
    address = minutes.get_absolute_url()
    queries(member_of(minutes.meeting.committee), address)
    page = client.get(address).content
    caches["drawings"].clear()
    assert count_queries(lambda: client.get(address)) == COMMON + 8
    assert client.get(address).content.count(b"<section id=") == page.count(b"<section id=") > 0


def test_minutes_editor_costs_the_same_for_more_rows(prefecture, queries, rows):
    user = user_with_role(RoleKind.REFERENT)
    minutes = drafted_minutes(meeting_with(rows), by=user)
    address = reverse("committees:minutes_edit", args=[prefecture.slug, minutes.pk])
    # minutes, settings, signature of the layout, sections; what changed of the facts is asked once it is open
    assert queries(user, address) == COMMON + 4

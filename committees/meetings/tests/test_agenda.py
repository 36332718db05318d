from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from clu_portal.accounts.models import User
from clu_portal.audit.models import AuditEntry
from committees.meetings import acts
from committees.meetings.facts import agenda_facts
from committees.meetings.models import AgendaItem, Meeting
from committees.tests.factories import CommitteeFactory, MeetingFactory, member_of


@pytest.fixture
def meeting(by):
    meeting = MeetingFactory(state="convened")
    for title in "abc":
        acts.save_agenda_item(item=AgendaItem(meeting=meeting, title=title), by=by)
    return meeting


def add(meeting, title, by, under=None) -> AgendaItem:
    parent = meeting.agenda_items.get(title=under) if under else None
    return acts.save_agenda_item(item=AgendaItem(meeting=meeting, title=title), under=parent, by=by)


def shape(meeting) -> list[str]:
    return [f"{'-' * fact['depth']}{fact['title']}" for fact in agenda_facts(meeting)]


def order(meeting, by, *rows, moved=None, operation=None):
    known = {item.title: item.pk for item in meeting.agenda_items.all()}
    pairs = [(known[row.removeprefix("-")], int(row.startswith("-"))) for row in rows]
    acts.order_parts(
        meeting=meeting, model=AgendaItem, rows=pairs, moved=known.get(moved), operation=operation or uuid4(), by=by
    )


def test_sub_item_stands_under_its_item_and_moves_with_it(meeting, by):
    add(meeting, "a1", by, under="a")
    add(meeting, "a2", by, under="a")
    assert shape(meeting) == ["a", "-a1", "-a2", "b", "c"]
    acts.move_part(part=meeting.agenda_items.get(title="a"), up=False, by=by)
    assert shape(meeting) == ["b", "a", "-a1", "-a2", "c"]


def test_sub_item_goes_back_to_the_first_level(meeting, by):
    item = add(meeting, "a1", by, under="a")
    acts.save_agenda_item(item=item, under=None, by=by)
    assert shape(meeting) == ["a", "a1", "b", "c"]


def test_shift_part_there_and_back(meeting, by):
    item = meeting.agenda_items.get(title="b")
    acts.shift_part(part=item, deeper=True, by=by)
    assert shape(meeting) == ["a", "-b", "c"]
    item.refresh_from_db()
    acts.shift_part(part=item, deeper=False, by=by)
    assert shape(meeting) == ["a", "b", "c"]


def test_third_level_is_refused(meeting, by):
    add(meeting, "a1", by, under="a")
    with pytest.raises(ValidationError) as refusal:
        acts.save_agenda_item(
            item=meeting.agenda_items.get(title="a"), under=meeting.agenda_items.get(title="b"), by=by
        )
    assert refusal.value.error_dict["under"][0].code == "two_levels"
    assert shape(meeting) == ["a", "-a1", "b", "c"]


def test_whole_order_is_written_once_per_operation(meeting, by):
    operation = uuid4()
    order(meeting, by, "c", "-a", "b", operation=operation)
    assert shape(meeting) == ["c", "-a", "b"]
    order(meeting, by, "a", "b", "c")
    order(meeting, by, "c", "-a", "b", operation=operation)
    assert shape(meeting) == ["a", "b", "c"]
    assert AuditEntry.objects.filter(verb="meeting_part_moved").count() == 2


@pytest.mark.parametrize(
    ("rows", "code"), [(["-a", "b", "c"], "wrong_order"), (["a", "b"], "stale"), (["a", "b", "c", "c"], "stale")]
)
def test_whole_order_that_is_not_one_is_refused(meeting, by, rows, code):
    with pytest.raises(ValidationError) as refusal:
        order(meeting, by, *rows)
    assert refusal.value.code == code
    assert shape(meeting) == ["a", "b", "c"]


def test_items_added_or_moved_are_marked_while_the_session_is_open(meeting, by):
    order(meeting, by, "b", "a", "c", moved="b")
    meeting = acts.open_session(meeting=meeting, by=by)
    add(meeting, "d", by)
    order(meeting, by, "b", "a", "d", "c", moved="d")
    order(meeting, by, "b", "a", "d", "c", moved="a")
    meeting = acts.close_session(meeting=meeting, by=by)
    add(meeting, "e", by)
    facts = {fact["title"]: (fact["added_in_session"], fact["moved_in_session"]) for fact in agenda_facts(meeting)}
    assert facts == {
        "a": (False, False),
        "b": (False, False),
        "c": (False, False),
        "d": (True, True),
        "e": (False, False),
    }


@pytest.mark.parametrize("state", ["held", "cancelled", "postponed"])
def test_session_of_a_meeting_that_is_over_does_not_open(by, state):
    with pytest.raises(ValidationError) as refusal:
        acts.open_session(meeting=MeetingFactory(state=state), by=by)
    assert refusal.value.code == "wrong_session"


def test_session_closes_once(meeting, by):
    for _ in range(2):
        with pytest.raises(ValidationError):
            acts.close_session(meeting=meeting, by=by)
    acts.open_session(meeting=meeting, by=by)
    acts.close_session(meeting=meeting, by=by)
    with pytest.raises(ValidationError):
        acts.close_session(meeting=meeting, by=by)


def test_removed_item_takes_its_sub_items(meeting, by):
    add(meeting, "a1", by, under="a")
    acts.remove_part(part=meeting.agenda_items.get(title="a"), by=by)
    assert shape(meeting) == ["b", "c"]


def test_repeat_meeting_copies_the_chosen_items_and_the_committees(meeting, by):
    add(meeting, "a1", by, under="a")
    add(meeting, "b1", by, under="b")
    other = CommitteeFactory()
    acts.save_meeting(meeting=meeting, joint_committees=[other], by=by)
    chosen = meeting.agenda_items.exclude(title__in=["b", "c"])
    copy = acts.repeat_meeting(
        source=meeting,
        meeting=Meeting(committee=meeting.committee, place="Salle B"),
        joint_committees=[other],
        items=chosen,
        by=by,
    )
    assert shape(copy) == ["a", "-a1", "b1"]
    assert (copy.state, copy.joint_committees) == ("prepared", [other])
    assert shape(meeting) == ["a", "-a1", "b", "-b1", "c"]


def sees(user, meeting) -> bool:
    """What a request would show: it reads the account anew."""
    return Meeting.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=meeting.pk).exists()


def test_joint_meeting_is_seen_by_the_members_of_both(meeting, by):
    other = CommitteeFactory()
    member = member_of(other)
    assert not sees(member, meeting)
    meeting = Meeting.objects.with_committees().get(pk=meeting.pk)
    acts.save_meeting(meeting=meeting, joint_committees=[other, meeting.committee], by=by)
    assert sees(member, meeting)
    assert meeting.committees_text == f"{meeting.committee} et {other}"
    acts.save_meeting(meeting=meeting, by=by)
    assert sees(member, meeting)
    acts.save_meeting(meeting=meeting, joint_committees=[], by=by)
    assert not sees(member, meeting)


def test_meetings_sort_on_their_day_or_on_the_period_planned(by):
    committee = CommitteeFactory()
    known = [
        Meeting(committee=committee, held_on="2027-01-10", title_lines="janvier"),
        Meeting(committee=committee, planned_for="1er trimestre 2027", title_lines="trimestre"),
        Meeting(committee=committee, held_on="2027-05-01", title_lines="mai"),
        Meeting(committee=committee, title_lines="sans date"),
    ]
    for meeting in known:
        acts.save_meeting(meeting=meeting, by=by)
    found = list(Meeting.objects.latest_first())
    assert [meeting.title_lines for meeting in found] == ["sans date", "mai", "trimestre", "janvier"]
    assert [found[2].date_text, found[2].of_the_day] == [
        "prévue : 1er trimestre 2027",
        "prévue (1er trimestre 2027)",
    ]
    after = Meeting.objects.after(found[1].cursor).latest_first()
    assert [meeting.title_lines for meeting in after] == ["trimestre", "janvier"]
    assert [m.title_lines for m in Meeting.objects.after(found[0].cursor).latest_first()] == [
        "mai",
        "trimestre",
        "janvier",
    ]

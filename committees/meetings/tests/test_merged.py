"""A committee that merged holds no meeting from that day on; those it held before are completed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from committees.composition.models import Committee
from committees.meetings import acts
from committees.meetings.forms import MeetingForm, RepeatForm
from committees.meetings.models import AgendaItem, Invitation, JointCommittee, Meeting
from committees.meetings.rules import still_meets
from committees.tests.factories import AgendaItemFactory, CommitteeFactory, MeetingFactory

MERGED_ON = date(2026, 3, 20)
EVE = MERGED_ON - timedelta(days=1)


@pytest.mark.parametrize(
    ("merged_on", "held_on", "meets"),
    [
        (None, None, True),
        (None, MERGED_ON, True),
        (MERGED_ON, EVE, True),
        (MERGED_ON, MERGED_ON, False),
    ],
)
def test_committee_meets_until_the_eve_of_its_merger(merged_on, held_on, meets):
    assert still_meets(merged_on, held_on, today=EVE) is meets


@pytest.mark.parametrize(("today", "meets"), [(EVE, True), (MERGED_ON, False)])
def test_meeting_without_a_date_is_judged_by_today(today, meets):
    assert still_meets(MERGED_ON, None, today=today) is meets


def merge(committee: Committee) -> Committee:
    committee.merged_into, committee.merged_on = CommitteeFactory(), MERGED_ON
    committee.save()
    return committee


def refusal_of(act, **arguments) -> str:
    try:
        act(**arguments)
    except ValidationError as refusal:
        return refusal.code
    return ""


ASKED = {
    "save_meeting": lambda meeting, item: {"meeting": meeting},
    "record_convocation": lambda meeting, item: {"meeting": meeting},
    "hold_meeting": lambda meeting, item: {"meeting": meeting},
    "open_session": lambda meeting, item: {"meeting": meeting},
    "propose_attendance": lambda meeting, item: {"meeting": meeting},
    "record_attendance": lambda meeting, item: {"meeting": meeting, "lines": ["Mme A"]},
    "record_states": lambda meeting, item: {"meeting": meeting, "states": {}},
    "head_lines": lambda meeting, item: {"meeting": meeting, "lines": [], "level": "college"},
    "print_absent": lambda meeting, item: {"meeting": meeting, "printed": True},
    "record_invitations": lambda meeting, item: {"meeting": meeting, "keys": [], "kept": []},
    "add_invitation": lambda meeting, item: {"invitation": Invitation(meeting=meeting, wording="Le maire")},
    "save_agenda_item": lambda meeting, item: {"item": AgendaItem(meeting=meeting, title="Suite")},
    "move_part": lambda meeting, item: {"part": item, "up": True},
    "remove_part": lambda meeting, item: {"part": item},
}


@pytest.mark.parametrize("held_on", [EVE, MERGED_ON, None], ids=["eve", "day", "undated"])
@pytest.mark.parametrize("is_joint", [False, True], ids=["own", "joint"])
@pytest.mark.parametrize("asked", ASKED)
def test_acts_on_a_meeting_of_a_committee_that_merged(by, asked, is_joint, held_on):
    meeting = MeetingFactory(held_on=held_on, state="prepared")
    item, merged = AgendaItemFactory(meeting=meeting), meeting.committee
    if is_joint:
        merged = JointCommittee.objects.create(meeting=meeting, committee=CommitteeFactory()).committee
    merge(merged)
    arguments = ASKED[asked](Meeting.objects.get(pk=meeting.pk), item)
    assert refusal_of(getattr(acts, asked), **arguments, by=by) == ("" if held_on == EVE else "merged")


def test_meeting_of_a_committee_that_merged_may_be_cancelled(by):
    meeting = MeetingFactory(state="prepared")
    merge(meeting.committee)
    assert acts.cancel_meeting(meeting=meeting, reason="Fusion", by=by).state == "cancelled"


def test_meeting_passes_to_the_committee_its_own_merged_into(by):
    meeting = MeetingFactory(state="prepared")
    meeting.committee = merge(meeting.committee).merged_into
    assert acts.save_meeting(meeting=meeting, by=by).committee == meeting.committee


def offered(form) -> list[str]:
    return sorted(committee.name for committee in form.fields["committee"].queryset)


def test_committee_that_merged_is_offered_to_its_own_meetings_alone(prefecture):
    merged, other = merge(CommitteeFactory(name="Fusionné")), CommitteeFactory(name="Autre")
    into = merged.merged_into.name
    own, joint = MeetingFactory(committee=merged), MeetingFactory(committee=other)
    assert offered(MeetingForm(instance=joint)) == offered(MeetingForm()) == ["Autre", into]
    JointCommittee.objects.create(meeting=joint, committee=merged)
    assert offered(MeetingForm(instance=own)) == offered(MeetingForm(instance=joint)) == ["Autre", into, "Fusionné"]
    form = RepeatForm(source=own)
    assert offered(form) == ["Autre", into]
    assert list(form.fields["joint_committees"].queryset) == list(form.fields["committee"].queryset)


def test_refusal_is_said_on_the_page(client, by):
    meeting = MeetingFactory(state="prepared")
    item = AgendaItemFactory(meeting=meeting)
    merge(meeting.committee)
    client.force_login(by)
    slug = meeting.prefecture.slug
    for address in (
        reverse("committees:attendance_propose", args=[slug, meeting.pk]),
        reverse("committees:invitations_record", args=[slug, meeting.pk]),
        reverse("committees:absent_print", args=[slug, meeting.pk]),
        reverse("committees:part_remove", args=[slug, "agenda_item", item.pk]),
    ):
        page = client.post(address, follow=True)
        assert "a fusionné le 20 mars 2026 dans « " in page.content.decode()
    assert AgendaItem.objects.filter(pk=item.pk).exists()

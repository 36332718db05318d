"""A second convocation leaves before the meeting, or on its day; later, it is refused and lifts no quorum."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from committees.meetings import acts
from committees.meetings.models import Meeting
from committees.meetings.tests.lists import meeting_of
from committees.meetings.tests.test_votes import code
from committees.tests.factories import MeetingFactory


@pytest.mark.parametrize(("days", "refused"), [(-1, ""), (0, ""), (1, "no_quorum")])
def test_second_convocation_after_the_meeting_is_refused_and_lifts_nothing(by, days, refused):
    meeting = meeting_of(4, 1, has_quorum=True, second_convocation_lifts=True)
    meeting.second_convocation_on = meeting.held_on + timedelta(days=days)
    if refused:
        with pytest.raises(ValidationError) as refusal:
            acts.save_meeting(meeting=meeting, by=by)
        assert [error.code for error in refusal.value.error_dict["second_convocation_on"]] == [
            "late_second_convocation"
        ]
    else:
        acts.save_meeting(meeting=meeting, by=by)
    assert code(Meeting.objects.get(pk=meeting.pk), by) == refused


@pytest.mark.parametrize(("day", "is_kept"), [("2026-03-20", True), ("2026-03-21", False)])
def test_second_convocation_later_than_the_meeting_is_refused_beside_its_field(client, prefecture, by, day, is_kept):
    meeting = MeetingFactory(held_on=date(2026, 3, 20))
    typed = {"committee": meeting.committee_id, "held_on": "2026-03-20", "second_convocation_on": day}
    client.force_login(by)
    answer = client.post(reverse("committees:meeting_update", args=[prefecture.slug, meeting.pk]), typed)
    assert (Meeting.objects.get(pk=meeting.pk).second_convocation_on is not None) is is_kept
    if not is_kept:
        (said,) = answer.context["form"].errors["second_convocation_on"]
        assert "ne peut pas suivre celle de la réunion" in said

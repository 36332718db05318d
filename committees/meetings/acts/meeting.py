"""What changes a meeting: saved, begun from another, held, convened, cancelled, postponed, its session opened."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.composition.models import Committee
from committees.meetings.acts.parts import lock_meeting, refuse_merged
from committees.meetings.enums import MeetingState
from committees.meetings.models import AgendaItem, JointCommittee, Meeting
from committees.meetings.rules import closes_now, comes_before_the_meeting, may_be_held, may_become

# What other acts write: a form read before them does not put it back.
NOT_TYPED = ("state", "state_reason", "prints_absent", "invitees_chosen", "opened_at", "closed_at")


@act("meeting_saved")
def save_meeting(*, meeting: Meeting, by, joint_committees: Collection[Committee] | None = None) -> Meeting:
    """Save a meeting, with the other committees that meet with its own, left as they are when None.

    Raises ValidationError: merged, sealed (who reads sealed minutes, and their date, no longer move), not_yet,
    late_second_convocation.
    """
    require_role(by, RoleKind.REFERENT)
    refuse_late_second_convocation(meeting)
    wanted = None if joint_committees is None else {one.pk for one in joint_committees} - {meeting.committee_id}
    known = JointCommittee.objects.filter(meeting_id=meeting.pk).values_list("committee_id", flat=True)
    refuse_merged([meeting.committee_id, *(known if wanted is None else wanted)], meeting.held_on)
    if meeting.pk:
        former = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        for name in NOT_TYPED:
            setattr(meeting, name, getattr(former, name))
        if former.state == MeetingState.HELD and former.held_on != meeting.held_on:
            refuse_to_come(meeting)
        is_moved = (former.committee_id, former.held_on) != (meeting.committee_id, meeting.held_on)
        is_moved |= wanted is not None and wanted != {one.pk for one in former.joint_committees}
        if is_moved and former.minutes.exclude(sealed_at=None).exists():
            raise ValidationError(
                "Le compte-rendu est scellé : les comités et la date de la réunion ne changent plus.", code="sealed"
            )
    meeting.full_clean()
    meeting.save()
    if wanted is not None:
        meeting.joint_links.exclude(committee__in=wanted).delete()
        known = set(meeting.joint_links.values_list("committee_id", flat=True))
        JointCommittee.objects.bulk_create(
            JointCommittee(meeting=meeting, committee_id=pk) for pk in sorted(wanted - known)
        )
        meeting.is_joint = True  # ask again
        getattr(meeting, "_prefetched_objects_cache", {}).pop("joint_links", None)
    return meeting


def refuse_late_second_convocation(meeting: Meeting) -> None:
    """Raises ValidationError (late_second_convocation): sent after the meeting, it must not lift its quorum."""
    if not comes_before_the_meeting(meeting.second_convocation_on, meeting.held_on):
        message = "La seconde convocation précède la réunion : sa date ne peut pas suivre celle de la réunion."
        raise ValidationError({"second_convocation_on": ValidationError(message, code="late_second_convocation")})


@act("meeting_repeated")
def repeat_meeting(
    *, source: Meeting, meeting: Meeting, joint_committees, items: Collection[AgendaItem], by
) -> Meeting:
    """Create a meeting from another one, with the items of its agenda that were chosen, in their order.

    A sub-item whose item is not chosen becomes an item.
    """
    meeting = save_meeting(meeting=meeting, joint_committees=joint_committees, by=by)
    copies: dict[int, AgendaItem] = {}
    chosen = {item.pk for item in items}
    for item in source.agenda_items.filter(pk__in=chosen):
        copy = AgendaItem(meeting=meeting, position=len(copies) + 1, parent=copies.get(item.parent_id))
        copy.printed_label, copy.title = item.printed_label, item.title
        copy.kind, copy.presenters = item.kind, item.presenters
        copy.full_clean()
        copy.save()
        copies[item.pk] = copy
    return meeting


@act("session_opened")
def open_session(*, meeting: Meeting, by) -> Meeting:
    """Open the session now: what the agenda gains or moves from here is marked.

    Raises ValidationError (wrong_session).
    """
    meeting = session_of(meeting, by)
    if meeting.opened_at is not None or meeting.state not in (MeetingState.PREPARED, MeetingState.CONVENED):
        raise ValidationError("Cette séance ne peut pas être ouverte.", code="wrong_session")
    meeting.opened_at = timezone.now()
    meeting.save(update_fields=["opened_at"])
    return meeting


@act("session_closed")
def close_session(*, meeting: Meeting, by) -> Meeting:
    """Close the session now. Raises ValidationError (wrong_session)."""
    meeting = session_of(meeting, by)
    if not meeting.is_in_session:
        raise ValidationError("Cette séance n'est pas ouverte.", code="wrong_session")
    meeting.closed_at = timezone.now()
    meeting.save(update_fields=["closed_at"])
    return meeting


def session_of(meeting: Meeting, by) -> Meeting:
    """Raises ValidationError (merged)."""
    require_role(by, RoleKind.REFERENT)
    return lock_meeting(meeting)


@act("meeting_convened")
def record_convocation(*, meeting: Meeting, by) -> Meeting:
    """Record that the convocation left outside the portal."""
    return change_state(meeting, MeetingState.CONVENED, by)


@act("meeting_held")
def hold_meeting(*, meeting: Meeting, by) -> Meeting:
    """Note a meeting as held: its session is over, at this hour when it is its day, at an hour nobody knows otherwise.

    Raises ValidationError (not_yet, refused_transition).
    """
    refuse_to_come(lock_meeting(meeting))
    held = change_state(meeting, MeetingState.HELD, by)
    if held.opened_at and not held.closed_at:
        opened_on = timezone.localdate(held.opened_at)
        if closes_now(held.held_on, opened_on, today=timezone.localdate()):
            held.closed_at = timezone.now()
            held.save(update_fields=["closed_at"])
    return held


def refuse_to_come(meeting: Meeting) -> None:
    """Raises ValidationError (not_yet): a meeting held, or said to be, is not to come."""
    if not may_be_held(meeting.held_on, today=timezone.localdate()):
        raise ValidationError("Cette réunion n'a pas encore eu lieu : corrigez d'abord sa date.", code="not_yet")


@act("meeting_cancelled")
def cancel_meeting(*, meeting: Meeting, reason: str, by) -> Meeting:
    return change_state(meeting, MeetingState.CANCELLED, by, reason)


@act("meeting_postponed")
def postpone_meeting(*, meeting: Meeting, reason: str, by) -> Meeting:
    return change_state(meeting, MeetingState.POSTPONED, by, reason)


def change_state(meeting: Meeting, state: str, by, reason: str = "") -> Meeting:
    """Pass to another state. Raises ValidationError: refused_transition (the meeting's life), merged."""
    require_role(by, RoleKind.REFERENT)
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("prefecture").get(pk=meeting.pk)
    if not may_become(meeting.state, state):
        raise ValidationError(
            f"Une réunion {meeting.get_state_display()} ne peut pas devenir {MeetingState(state).label}.",
            code="refused_transition",
        )
    if state not in (MeetingState.CANCELLED, MeetingState.POSTPONED):
        refuse_merged([committee.pk for committee in meeting.committees], meeting.held_on)
    meeting.state = state
    meeting.state_reason = reason
    meeting.save(update_fields=["state", "state_reason"])
    return meeting

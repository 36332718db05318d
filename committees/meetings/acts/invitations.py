"""Who is invited: those who sit on the day until somebody changes the list."""

from collections.abc import Collection

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.meetings.acts.parts import locked, save_part
from committees.meetings.models import Invitation, Meeting
from committees.meetings.sitting import Sitting, sittings_of


@act("invitations_recorded")
def record_invitations(
    *, meeting: Meeting, keys: Collection[tuple[int, int | None]], kept: Collection[int], by
) -> Meeting:
    """Write the list: of those who sit, the (seat, person) chosen; of the others, the invitations kept."""
    require_role(by, RoleKind.REFERENT)
    current = locked(Invitation, meeting)
    for invitation in current:
        if (invitation.seat_id, invitation.person_id) not in keys and invitation.pk not in kept:
            invitation.delete()
    known = {(invitation.seat_id, invitation.person_id) for invitation in current}
    choose_invitees(meeting)
    seated = [one for one in invitations_by_default(meeting) if (one.seat_id, one.person_id) in set(keys) - known]
    write_after(meeting, seated)
    return meeting


@act("guest_invited")
def add_invitation(*, invitation: Invitation, by) -> Invitation:
    """Invite somebody else; those who sit on the day are written down first, so that they stay invited."""
    require_role(by, RoleKind.REFERENT)
    if not locked(Invitation, invitation.meeting) and not invitation.meeting.invitees_chosen:
        write_after(invitation.meeting, invitations_by_default(invitation.meeting))
    choose_invitees(invitation.meeting)
    return save_part(invitation, by)


def choose_invitees(meeting: Meeting) -> None:
    """From here the list is the one that was chosen, be it empty."""
    meeting.invitees_chosen = True
    meeting.save(update_fields=["invitees_chosen"])


def invitations_by_default(meeting: Meeting) -> list[Invitation]:
    sittings = sittings_of(meeting)
    return by_default(meeting, sittings)


def by_default(meeting: Meeting, sittings: list[Sitting]) -> list[Invitation]:
    """One invitation per person who holds a seat, not saved."""
    return [invitation for seat in sittings for invitation in of_seat(meeting, seat)]


def of_seat(meeting: Meeting, seat: Sitting) -> list[Invitation]:
    """Everybody who holds the seat, substitutes included; the office itself when nobody is named."""
    persons = seat.persons or ((None,) if seat.is_filled else ())
    return [
        Invitation(
            meeting=meeting,
            seat_id=seat.seat_id,
            person=person,
            organisation=seat.organisation,
            wording=seat.wording,
        )
        for person in persons
    ]


def write_after(meeting: Meeting, invitations: list[Invitation]) -> None:
    last = meeting.invitations.order_by("-position").values_list("position", flat=True).first() or 0
    for position, invitation in enumerate(invitations, start=last + 1):
        invitation.position = position
    Invitation.objects.bulk_create(invitations)

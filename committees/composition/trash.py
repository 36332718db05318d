"""Which committees may be put in the corbeille: those entered by mistake, with all that was entered in them."""

from django.core.exceptions import ValidationError
from django.db import models

from clu_portal.organisations.uses import every_row, uses_among
from clu_portal.trash.kinds import TrashKind
from committees.composition.acts.common import check_name_free
from committees.composition.models import College, Committee, CommitteeFormerName, CompositionAct, Mandate, Seat
from committees.meetings.enums import MeetingState
from committees.meetings.models import Attendance, Invitation, Meeting
from committees.meetings.trash import check_meeting


def check_committee(committee: Committee) -> None:
    """Raises ValidationError: signed, held, in_use (a merger, a joint meeting…), those of its meetings.

    While no meeting was held, no mandate served.
    """
    if every_row(CompositionAct).filter(committee=committee, signed_on__isnull=False).exists():
        raise ValidationError("Un arrêté de ce comité est signé : il reste inscrit.", code="signed")
    for meeting in every_row(Meeting).filter(committee=committee).select_related("committee"):
        if meeting.state == MeetingState.HELD:
            raise ValidationError("Ce comité a tenu une réunion : il reste inscrit.", code="held")
        check_meeting(meeting)
    if uses := uses_elsewhere(committee):
        message = f"« {committee} » ne se met pas à la corbeille : il en est question ailleurs ({', '.join(uses)})."
        raise ValidationError(message, code="in_use")


def check_named_apart(committee: Committee) -> None:
    """Raises ValidationError (name_taken): another committee took its name meanwhile, case and accents aside."""
    check_name_free(committee, Committee.objects.all(), "name")


def uses_elsewhere(committee: Committee) -> list[str]:
    """What refers to the committee or to a part of it, and is no part of it itself."""
    parts = parts_of(committee)
    smaller = [every_row(model).filter(meeting__committee=committee) for model in (Attendance, Invitation)]
    smaller.append(every_row(CommitteeFormerName).filter(committee=committee))
    own = {rows.model: set(rows.values_list("pk", flat=True)) for rows in (*parts, *smaller)}
    own[Committee] = {committee.pk}
    found = [
        use
        for model in (Committee, *(rows.model for rows in parts))
        for uses in uses_among(model, own[model], apart_from=own, apart_from_parts=True).values()
        for use in uses
    ]
    return list(dict.fromkeys(found))


def parts_of(committee: Committee) -> list[models.QuerySet]:
    """All that a committee holds, those of the corbeille too; what others need comes last."""
    return [
        every_row(Meeting).filter(committee=committee),
        every_row(Mandate).filter(seat__committee=committee),
        every_row(Seat).filter(committee=committee),
        every_row(College).filter(committee=committee),
        every_row(CompositionAct).filter(committee=committee),
    ]


def remove_committee(committee: Committee) -> None:
    CommitteeFormerName.objects.filter(committee=committee).delete()
    every_row(CompositionAct).filter(committee=committee).update(amends=None)
    for parts in parts_of(committee):
        parts.delete()
    committee.delete()


COMMITTEES_IN_TRASH = TrashKind(
    Committee,
    "committees:committee_list",
    check=check_committee,
    check_return=check_named_apart,
    goes_with_it="Ses collèges, ses sièges, ses projets d'arrêté et ses réunions à venir partent avec lui.",
    parts=parts_of,
    remove=remove_committee,
)

"""Colleges and types of committee; the order of colleges, seats and types."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.uses import uses_of
from committees.composition.acts.common import check_name_free, check_not_merged, clean_beside
from committees.composition.models import College, CommitteeType, Seat


@act("college_saved")
def save_college(*, college: College, by) -> College:
    """Raises ValidationError: merged, label_taken."""
    require_role(by, RoleKind.REFERENT)
    check_not_merged(college.committee)
    colleges = College.objects.filter(committee=college.committee)
    check_name_free(college, colleges, "label")
    return save_in_order(college, colleges)


@act("college_removed")
def remove_college(*, college: College, by) -> College:
    """Remove a college without seats, past ones included. Raises ValidationError (merged, in_use)."""
    require_role(by, RoleKind.REFERENT)
    check_college_unused(college)
    College.objects.filter(pk=college.pk).delete()
    return college


def check_college_unused(college: College) -> None:
    """Raises ValidationError (merged, in_use)."""
    check_not_merged(college.committee)
    if uses_of(college):
        raise ValidationError(
            "Ce collège a des sièges, ou en a eu : changez d'abord leur collège, ou gardez-le.", code="in_use"
        )


@act("committee_type_saved")
def save_committee_type(*, committee_type: CommitteeType, by) -> CommitteeType:
    """Raises ValidationError (name_taken)."""
    require_role(by, RoleKind.REFERENT)
    check_name_free(committee_type, CommitteeType.objects.all(), "name")
    return save_in_order(committee_type, CommitteeType.objects.all())


@act("committee_type_removed")
def remove_committee_type(*, committee_type: CommitteeType, by) -> CommitteeType:
    """Remove a type no committee has. Raises ValidationError (in_use)."""
    require_role(by, RoleKind.REFERENT)
    check_type_unused(committee_type)
    CommitteeType.objects.filter(pk=committee_type.pk).delete()
    return committee_type


def check_type_unused(committee_type: CommitteeType) -> None:
    """Raises ValidationError (in_use)."""
    if uses_of(committee_type):
        raise ValidationError("Un comité est de ce type : changez d'abord le type du comité.", code="in_use")


def save_in_order(row: models.Model, siblings: models.QuerySet) -> models.Model:
    """Save a row; a new one comes after the others."""
    if row.pk is None:
        row.position = (siblings.aggregate(last=models.Max("position"))["last"] or 0) + 1
    clean_beside(row, name_taken="name", label_taken="label", ends_before_start="starts_on")
    row.save()
    return row


@act("composition_part_moved")
def move_part(*, part: College | Seat | CommitteeType, up: bool, by):
    """Swap a row with its neighbour: a seat in its college, a college in its committee. At the end, nothing moves.

    A seat that has ended is listed apart: the others step over it.
    """
    require_role(by, RoleKind.REFERENT)
    if not isinstance(part, CommitteeType):
        check_not_merged(part.committee)
    siblings = list(siblings_of(part).select_for_update(of=("self",)).order_by("position", "pk"))
    index = next((index for index, sibling in enumerate(siblings) if sibling.pk == part.pk), None)
    if index is None:
        raise ValidationError("Cette ligne vient d'être retirée.", code="already_removed")
    beyond = range(index - 1, -1, -1) if up else range(index + 1, len(siblings))
    neighbour = next((place for place in beyond if not has_ended(siblings[place])), None)
    if neighbour is not None:
        siblings.insert(neighbour, siblings.pop(index))
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    type(part).objects.bulk_update(siblings, ["position"])
    return part


def has_ended(part: College | Seat | CommitteeType) -> bool:
    ends_on = getattr(part, "ends_on", None)
    return ends_on is not None and ends_on < timezone.localdate()


def siblings_of(part) -> models.QuerySet:
    """The rows among which one is ordered; a seat, among those of its college."""
    if isinstance(part, Seat):
        return Seat.objects.filter(committee=part.committee_id, college=part.college_id)
    return (
        type(part).objects.filter(committee=part.committee_id)
        if isinstance(part, College)
        else type(part).objects.all()
    )

"""Who may see or manage committees: the only way a view obtains one, its colleges, its seats, its arrêtés."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from committees.composition.members import is_staff
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Mandate, Seat


def get_committee(user, pk: int) -> Committee:
    """Return a committee this person may see, or 404."""
    committees = Committee.objects.visible_to(user)
    return get_object_or_404(committees.select_related("type", "site", "service", "merged_into", "merged_by"), pk=pk)


def get_committee_to_manage(user, pk: int) -> Committee:
    """Return a committee this person manages: 403 when it may only be seen."""
    return managed(user, get_committee(user, pk))


def get_committee_type_to_manage(user, pk: int) -> CommitteeType:
    require_staff(user)
    return managed(user, get_object_or_404(CommitteeType, pk=pk))


def get_college_to_manage(user, pk: int) -> College:
    colleges = College.objects.filter(committee__in=Committee.objects.visible_to(user))
    return managed(user, get_object_or_404(colleges.select_related("committee"), pk=pk))


def get_seat(user, pk: int) -> Seat:
    seats = Seat.objects.filter(committee__in=Committee.objects.visible_to(user))
    with_rows = ("committee", "college", "organisation", "service", "opened_by", "ended_by")
    return get_object_or_404(seats.select_related(*with_rows), pk=pk)


def get_seat_to_manage(user, pk: int) -> Seat:
    return managed(user, get_seat(user, pk))


def get_mandate_to_manage(user, pk: int) -> Mandate:
    visible = Mandate.objects.filter(seat__committee__in=Committee.objects.visible_to(user))
    return managed(user, get_object_or_404(visible.select_related("seat__committee", "person"), pk=pk))


def get_composition_act(user, pk: int) -> CompositionAct:
    visible = CompositionAct.objects.filter(committee__in=Committee.objects.visible_to(user))
    with_rows = ("committee", "amends", "file")
    return get_object_or_404(open_to(user, visible).select_related(*with_rows), pk=pk)


def get_composition_act_to_manage(user, pk: int) -> CompositionAct:
    return managed(user, get_composition_act(user, pk))


def acts_of(committee: Committee, user) -> QuerySet[CompositionAct]:
    """The arrêtés of a committee, itself seen by this person already."""
    return open_to(user, committee.acts.all())


def open_to(user, acts: QuerySet[CompositionAct]) -> QuerySet[CompositionAct]:
    """An arrêté nobody has signed is for the préfecture only."""
    return acts if is_staff(user) else acts.signed()


def without_drafts(user, row, *names: str):
    """The row as this person reads it: an arrêté it names that nobody has signed is for the préfecture only."""
    for name in names:
        act = getattr(row, name)
        if act is not None and act.is_draft and not is_staff(user):
            setattr(row, name, None)
    return row


def managed(user, row):
    """Raises PermissionDenied when what is seen may not be managed."""
    if not may_manage(user):
        raise PermissionDenied
    return row


def require_staff(user) -> None:
    """Raises Http404 for whoever has nothing to see here."""
    if not is_staff(user):
        raise Http404


def may_manage(user) -> bool:
    return user.has_role(RoleKind.REFERENT)


def may_change(user, committee: Committee) -> bool:
    """Whether its composition still moves, by this person: from the day of its merger on, nobody changes it."""
    return may_manage(user) and not committee.has_merged_on(timezone.localdate())

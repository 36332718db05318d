"""Who may see or manage committees: the only way a view obtains one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from committees.composition.models import Committee, Mandate, Seat


def get_committee(user, pk: int) -> Committee:
    """Return a committee this person may see, or 404."""
    return get_object_or_404(Committee.objects.visible_to(user).select_related("prefecture"), pk=pk)


def get_committee_to_manage(user, pk: int) -> Committee:
    """Return a committee this person manages: 403 when it may only be seen."""
    committee = get_committee(user, pk)
    if not may_manage(user):
        raise PermissionDenied
    return committee


def get_seat_to_manage(user, pk: int) -> Seat:
    seats = Seat.objects.filter(committee__in=Committee.objects.visible_to(user)).select_related("committee")
    seat = get_object_or_404(seats, pk=pk)
    if not may_manage(user):
        raise PermissionDenied
    return seat


def get_mandate_to_manage(user, pk: int) -> Mandate:
    visible = Mandate.objects.filter(seat__committee__in=Committee.objects.visible_to(user))
    mandate = get_object_or_404(visible.select_related("seat__committee", "person"), pk=pk)
    if not may_manage(user):
        raise PermissionDenied
    return mandate


def may_manage(user) -> bool:
    return user.has_role(RoleKind.REFERENT)

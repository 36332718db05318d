"""Who may use the corbeille: the référent, for what the référent sees."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.trash.kinds import TrashKind


def require_manager(user) -> None:
    require_role(user, RoleKind.REFERENT)


def get_kind(name: str) -> TrashKind:
    if name not in offers.trash_kinds:
        raise Http404
    return offers.trash_kinds[name]


def get_row_to_trash(user, kind: TrashKind, pk: int) -> models.Model:
    """Return a row this person manages: 404 when it is not seen, 403 when it is only seen."""
    row = get_object_or_404(kind.model.objects.visible_to(user).select_related(*kind.with_rows), pk=pk)
    if not user.has_role(RoleKind.REFERENT):
        raise PermissionDenied
    return row


def get_row_to_restore(user, kind: TrashKind, pk: int) -> models.Model:
    """Return a row of the corbeille; 404 for whoever does not manage it."""
    if not user.has_role(RoleKind.REFERENT):
        raise Http404
    return get_object_or_404(kind.in_trash(), pk=pk)

"""Who may read or manage the registries and the settings: the référent manages, the secretary general reads."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.organisations.listing import READERS


def require_reader(user) -> None:
    require_role(user, *READERS)


def require_manager(user) -> None:
    require_role(user, RoleKind.REFERENT)


def may_manage(user) -> bool:
    return user.has_role(RoleKind.REFERENT)


def get_row_to_manage(user, model: type[models.Model], pk: int) -> models.Model:
    """Return a row of a registry: 404 for whoever does not read it, 403 for whoever only reads it."""
    row = get_object_or_404(model.objects.visible_to(user), pk=pk)
    if not may_manage(user):
        raise PermissionDenied
    return row

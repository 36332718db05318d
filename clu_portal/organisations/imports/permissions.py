"""Who may bring a registry in or give it out: the référent. The secretary general gives out what is read anyway."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from clu_portal import offers
from clu_portal.organisations import permissions
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.imports.sheets import Sheet


def get_sheet(user, kind: str) -> Sheet:
    """Return a sheet this person may read. Raises PermissionDenied, Http404."""
    permissions.require_reader(user)
    if kind not in offers.sheets:
        raise Http404
    return offers.sheets[kind]


def get_sheet_to_manage(user, kind: str) -> Sheet:
    permissions.require_manager(user)
    return get_sheet(user, kind)


def get_run_to_manage(user, pk: int) -> ImportRun:
    """Return an import: 404 for whoever reads no registry, 403 for whoever only reads them."""
    if not user.has_role(*permissions.READERS):
        raise Http404
    run = get_object_or_404(ImportRun.objects.select_related("sent_by"), pk=pk)
    if not permissions.may_manage(user):
        raise PermissionDenied
    return run

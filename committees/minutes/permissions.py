"""Who may see or change minutes: the only way a view obtains them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def get_minutes(user, pk: int) -> Minutes:
    """Return minutes this person may read, or 404; `sees_meeting` says whether their meeting may be seen too."""
    meeting = Meeting.objects.visible_to(user).filter(pk=OuterRef("meeting"))
    minutes = Minutes.objects.visible_to(user).select_related("meeting", "sealed_file")
    return get_object_or_404(minutes.annotate(sees_meeting=Exists(meeting)), pk=pk)


def get_minutes_to_write(user, pk: int) -> Minutes:
    """Return minutes this person may write: the référent's work. 403 for who may only read them."""
    minutes = get_object_or_404(Minutes.objects.visible_to(user).select_related("meeting"), pk=pk)
    if not may_write(user):
        raise PermissionDenied
    return minutes


def get_minutes_to_approve(user, pk: int) -> Minutes:
    """Return minutes this person may approve: the secrétaire générale, or whoever holds the delegation."""
    minutes = get_minutes(user, pk)
    if not may_approve(user):
        raise PermissionDenied
    return minutes


def get_minutes_to_prepare(user, pk: int) -> Minutes:
    """Return minutes whose unsealed files this person may see: who writes them or approves them."""
    minutes = get_minutes(user, pk)
    if not (may_write(user) or may_approve(user)):
        raise PermissionDenied
    return minutes


def may_write(user) -> bool:
    return user.has_role(RoleKind.REFERENT)


def may_approve(user) -> bool:
    return user.has_role(RoleKind.SECRETARY_GENERAL)

"""Who may see or change minutes: the only way a view obtains them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet, Value

from clu_portal.accounts.enums import RoleKind
from clu_portal.compiled import compiled, first_or_404
from committees.composition.members import is_staff
from committees.meetings.models import Meeting
from committees.meetings.models.meeting import meets_jointly, seen_by_member
from committees.minutes.models import Minutes, sees_every_minutes

# What the page of a meeting shows of each version; the rest, the frozen facts among it, is not read.
SHOWN_OF_MINUTES = ("prefecture", "version_number", "state", "sealed_at")


def get_minutes(user, pk: int) -> Minutes:
    """Return minutes this person may read, or 404; `sees_meeting` says whether their meeting may be seen too."""
    sees_meeting = (
        Value(True) if is_staff(user) else ExpressionWrapper(seen_by_member(user, "meeting__"), BooleanField())
    )
    seen = Minutes.objects.visible_to(user).filter(pk=pk).values_list(sees_meeting)
    (sees,) = first_or_404(seen)
    (minutes,) = minutes_read(pk)
    minutes.sees_meeting = sees
    return minutes


@compiled
def minutes_read(pk: int) -> QuerySet:
    """The minutes of that number, with their meeting and file: once it is known who asks."""
    return Minutes.objects.filter(pk=pk).select_related("meeting", "sealed_file").defer("facts")


def get_minutes_to_write(user, pk: int) -> Minutes:
    """Return minutes this person may write: the référent's work. 403 for who may only read them."""
    if not may_write(user):
        get_minutes(user, pk)
        raise PermissionDenied
    minutes = first_or_404(minutes_rows(pk))
    minutes.meeting.is_joint = minutes.is_joint
    return minutes


@compiled
def minutes_rows(pk: int) -> QuerySet:
    """The minutes of that number, with their meeting: for those who see every one."""
    minutes = Minutes.objects.filter(pk=pk).select_related("meeting")
    return minutes.annotate(is_joint=meets_jointly(OuterRef("meeting")))


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


def versions_shown(meeting: Meeting, user) -> Iterable[Minutes]:
    if sees_every_minutes(user):
        return every_version(meeting.pk)
    return Minutes.objects.visible_to(user).filter(meeting=meeting).only(*SHOWN_OF_MINUTES)


@compiled
def every_version(meeting: int) -> QuerySet:
    return Minutes.objects.filter(meeting=meeting).only(*SHOWN_OF_MINUTES)

"""Who may see or change minutes: the only way a view obtains them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Expression, ExpressionWrapper, OuterRef, QuerySet, Value

from clu_portal.accounts.enums import RoleKind
from clu_portal.compiled import compiled, first_or_404
from committees.composition.members import Sitting, Term, is_staff, sitting_today, terms_over
from committees.meetings.models import Meeting
from committees.meetings.models.meeting import meets_jointly, seen_by_member
from committees.minutes.models import Minutes, sees_every_minutes

# What the page of a meeting shows of each version; the rest, the frozen facts among it, is not read.
SHOWN_OF_MINUTES = ("prefecture", "version_number", "state", "sealed_at")


def get_minutes(user, pk: int) -> Minutes:
    """Return minutes this person may read, or 404; `sees_meeting` says whether their meeting may be seen too."""
    if sees_every_minutes(user):
        return first_or_404(any_minutes(pk))
    if is_staff(user):
        return first_or_404(to_read(Minutes.objects.visible_to(user), pk, Value(True)))
    return first_or_404(minutes_of_member(pk, sitting_today(user), terms_over(user)))


@compiled
def any_minutes(pk: int) -> QuerySet:
    return to_read(Minutes.objects.all(), pk, Value(True))


@compiled
def minutes_of_member(pk: int, sitting: Sitting, over: tuple[Term, ...]) -> QuerySet:
    sees_meeting = ExpressionWrapper(seen_by_member(sitting, "meeting__"), BooleanField())
    return to_read(Minutes.objects.seen_by_member(sitting, over), pk, sees_meeting)


def to_read(seen: QuerySet, pk: int, sees_meeting: Expression) -> QuerySet:
    """The minutes of that number among those seen, with their meeting and file."""
    found = seen.filter(pk=pk).select_related("meeting", "sealed_file").defer("facts")
    return found.annotate(sees_meeting=sees_meeting)


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


def may_freeze(user) -> bool:
    return may_write(user) or may_approve(user)


def may_approve(user) -> bool:
    return user.has_role(RoleKind.SECRETARY_GENERAL)


def versions_shown(meeting: Meeting, user) -> Iterable[Minutes]:
    if sees_every_minutes(user):
        return every_version(meeting.pk)
    return Minutes.objects.visible_to(user).filter(meeting=meeting).only(*SHOWN_OF_MINUTES)


@compiled
def every_version(meeting: int) -> QuerySet:
    return Minutes.objects.filter(meeting=meeting).only(*SHOWN_OF_MINUTES)

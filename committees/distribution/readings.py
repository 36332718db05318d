"""Who read or took sealed minutes. Not part of the chained journal (security.md §6.3)."""

from clu_portal.accounts.enums import RoleKind
from committees.distribution.models import Reading
from committees.minutes.models import Minutes


def record_reading(minutes: Minutes, user, what: str) -> Reading:
    return Reading.objects.create(minutes=minutes, user=user, what=what)


def sees_readings(user) -> bool:
    return user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL)

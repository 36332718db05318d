"""Acts on roles. A role closed acts at the next request of the account (T11)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import Role, User, require_role
from clu_portal.accounts.rules import somebody_stays
from clu_portal.audit.acts import act
from clu_portal.tenancy import required_prefecture_id

MANAGERS = (RoleKind.REFERENT, RoleKind.NATIONAL_ADMIN)


@act("role_changed")
def change_role(*, role: Role, by: User, title: str, service, ends_on: date | None) -> Role:
    """Change what a role says, or its last day. Raises ValidationError: closed, last_referent, ends_too_early."""
    require_role(by, *MANAGERS)
    role = _lock(role)
    if ends_on and ends_on < max(role.starts_on, timezone.localdate()):
        raise ValidationError("Le dernier jour est déjà passé : retirez plutôt le rôle.", code="ends_too_early")
    if ends_on:
        _refuse_last(role, ends_on)
    role.title, role.service, role.ends_on = title, service, ends_on
    role.save(update_fields=["title", "service", "ends_on"])
    log_event("role_changed", by, role=role.pk)
    return role


@act("role_closed")
def close_role(*, role: Role, by: User) -> Role:
    """Withdraw a role, at once. Raises ValidationError: closed, last_referent."""
    require_role(by, *MANAGERS)
    role = _lock(role)
    _refuse_last(role, timezone.localdate() - timedelta(days=1))
    role.closed_at = timezone.now()
    role.save(update_fields=["closed_at"])
    log_event("role_closed", by, role=role.pk)
    return role


def _lock(role: Role) -> Role:
    """Lock the roles of the same kind, in one order: two managers cannot remove one another at once."""
    same_kind = Role.objects.filter(prefecture_id=required_prefecture_id(), kind=role.kind).order_by("pk")
    locked = {row.pk: row for row in same_kind.select_for_update()}.get(role.pk)
    if locked is None or locked.closed_at:
        raise ValidationError("Ce rôle est déjà retiré.", code="closed")
    return locked


def _refuse_last(role: Role, last_day: date) -> None:
    if role.kind not in MANAGERS or last_day >= (role.ends_on or date.max):
        return
    others = Role.objects.filter(prefecture_id=role.prefecture_id, kind=role.kind).exclude(user=role.user_id)
    ends = others.filter(user__is_active=True).in_force_on(timezone.localdate()).values_list("ends_on", flat=True)
    if not somebody_stays(ends, last_day):
        message = f"C'est le dernier rôle « {role.get_kind_display()} » : nommez d'abord une autre personne."
        raise ValidationError(message, code="last_referent")

"""Who may see or change the plan d'actions."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User, require_role
from clu_portal.action_plan.models import READERS, Action
from clu_portal.audit.acts import reference
from clu_portal.tenancy import required_prefecture_id

MANAGERS = (RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL)


def require_reader(user: User) -> None:
    require_role(user, *READERS)


def require_manager(user: User) -> None:
    require_role(user, *MANAGERS)


def may_manage(user: User) -> bool:
    """The référent keeps the plan, the secretary general arbitrates it."""
    return user.has_role(*MANAGERS)


def origin_for(user: User, thing: Model) -> str:
    """Return « meeting:12 », what a new action may be made from on the page of a thing; empty for who makes none."""
    return reference(thing) if may_manage(user) else ""


def may_report(user: User, action: Action) -> bool:
    """Whether this account says where the action stands: its owner, or an agent of the service that owns it."""
    if may_manage(user):
        return True
    is_owner = action.owner is not None and action.owner.user_id == user.pk
    return user.has_role(*READERS) and (is_owner or action.owner_service_id in services_of(user))


def services_of(user: User) -> set[int]:
    roles = Role.objects.filter(user=user, prefecture_id=required_prefecture_id(), kind=RoleKind.AGENT)
    return set(roles.in_force_on(timezone.localdate()).exclude(service=None).values_list("service_id", flat=True))


def get_action(user: User, pk: int) -> Action:
    """Return an action of the plan this person reads, or 404."""
    actions = Action.objects.visible_to(user).select_related("owner", "owner_service", "prefecture")
    return get_object_or_404(actions, pk=pk)


def get_action_to_report(user: User, pk: int) -> Action:
    action = get_action(user, pk)
    if not may_report(user, action):
        raise PermissionDenied
    return action

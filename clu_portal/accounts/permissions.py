"""Who may see or manage the team of a préfecture: the only way a view obtains a role, an invitation, an account."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.invitations import require_national_admin
from clu_portal.accounts.models import Invitation, Role, User, require_role
from clu_portal.accounts.roles import MANAGERS
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import required_prefecture_id

READERS = (*MANAGERS, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT)


def team_visible_to(user: User) -> QuerySet[Role]:
    """The roles of the team, in force or to come; members of committees are not of the team."""
    roles = Role.objects.filter(prefecture_id=required_prefecture_id()).exclude(kind=RoleKind.MEMBER)
    roles = roles.not_over_on(timezone.localdate()).select_related("user").order_by("user__name", "kind")
    return roles if user.has_role(*READERS) else roles.none()


def require_team_reader(user: User) -> None:
    require_role(user, *READERS)


def require_team_manager(user: User) -> None:
    require_role(user, *MANAGERS)


def can_manage_team(user: User) -> bool:
    return user.has_role(*MANAGERS)


def get_role_to_manage(user: User, pk: int) -> Role:
    role = get_object_or_404(team_visible_to(user), pk=pk)
    require_role(user, *MANAGERS)
    return role


def get_invitation_to_manage(user: User, pk: int) -> Invitation:
    """An invitation that waits, in the préfecture of the moment. Only managers see invitations."""
    if not user.has_role(*MANAGERS):
        raise Http404
    return get_object_or_404(Invitation.objects.open(), pk=pk)


def get_leaving_account(user: User, pk: int) -> User:
    """An account of the team, to be handed over."""
    account = get_object_or_404(User.objects.filter(pk__in=team_visible_to(user).values("user")).distinct(), pk=pk)
    require_role(user, *MANAGERS)
    return account


def get_prefecture_to_administer(user: User, pk: int) -> Prefecture:
    """Any préfecture, for the national administration: who it is, never what it holds."""
    try:
        require_national_admin(user)
    except PermissionDenied as error:
        raise Http404 from error
    return get_object_or_404(Prefecture.objects.real(), pk=pk)

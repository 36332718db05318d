"""What accounts offer to the rest of the portal (clu_portal/offers.py)."""

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Invitation, Role, User
from clu_portal.tenancy import current_prefecture, required_prefecture_id


def register() -> None:
    offers.handovers.register("accounts.roles", ROLES)
    offers.first_steps.register("20.team", team_step, query_budget=0)


def roles_held(user: User) -> list[offers.HeldItem]:
    roles = user.roles.filter(prefecture_id=required_prefecture_id()).exclude(kind=RoleKind.MEMBER)
    return [offers.HeldItem(_words(role)) for role in roles.not_over_on(timezone.localdate()).order_by("kind")]


def _words(role: Role) -> str:
    return f"{role.get_kind_display()} – {role.title}" if role.title else role.get_kind_display()


# Shown, and closed by the act of leaving itself: a role is not passed on, it is given by an invitation.
ROLES = offers.Handover("Rôles, retirés à la confirmation", roles_held)


def team_step(user: User) -> offers.FirstStep:
    """The first-day guide: done when somebody else is in the team, or invited."""
    slug = current_prefecture().slug
    others = Role.objects.filter(prefecture_id=required_prefecture_id()).exclude(kind=RoleKind.MEMBER)
    done = Exists(others.exclude(user=user).in_force_on(timezone.localdate())) | Exists(Invitation.objects.open())
    return offers.FirstStep("Inviter vos collègues", lambda: reverse("accounts:team", args=[slug]), done)

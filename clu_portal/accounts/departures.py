"""Handing over everything of an agent who leaves, in one act."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.logs import log_event
from clu_portal.accounts.models import Role, User, require_role
from clu_portal.accounts.roles import MANAGERS, close_role
from clu_portal.audit.acts import act
from clu_portal.tenancy import required_prefecture_id


def held_by(user: User) -> list[tuple[str, list[offers.HeldItem]]]:
    """What an account holds here, app by app, the empty ones left out."""
    held = ((offered.function.title, offered.function.held(user)) for _, offered in offers.handovers)
    return [(title, items) for title, items in held if items]


def possible_successors(leaving: User):
    """The accounts of the préfecture's team, today, without the one who leaves."""
    team = Role.objects.filter(prefecture_id=required_prefecture_id()).exclude(kind__in=[RoleKind.MEMBER, "auditor"])
    ids = team.in_force_on(timezone.localdate()).values("user")
    return User.objects.filter(pk__in=ids, is_active=True).exclude(pk=leaving.pk).order_by("name")


@act("duties_handed_over")
def hand_over(*, leaving: User, successor: User | None, by: User) -> User:
    """Hand everything over, close the roles held here, end the sessions.

    Raises ValidationError: successor_needed, other_successor, last_referent.
    """
    require_role(by, *MANAGERS)
    if successor and not possible_successors(leaving).filter(pk=successor.pk).exists():
        raise ValidationError("Choisissez quelqu'un de l'équipe.", code="other_successor")
    _hand_items_over(leaving, successor, by)
    for role in _roles_to_close(leaving):
        close_role(role=role, by=by)
    end_sessions(UserSession.objects.filter(user=leaving))
    log_event("handed_over", by, leaving=leaving.pk)
    return leaving


def _hand_items_over(leaving: User, successor: User | None, by: User) -> None:
    for _, offered in offers.handovers:
        if offered.function.hand_over is None or not offered.function.held(leaving):
            continue
        if successor is None:
            raise ValidationError("Choisissez qui reprend ce qui est listé.", code="successor_needed")
        offered.function.hand_over(leaving=leaving, successor=successor, by=by)


def _roles_to_close(leaving: User) -> Iterable[Role]:
    roles = leaving.roles.filter(prefecture_id=required_prefecture_id()).order_by("kind", "pk")
    return roles.exclude(kind=RoleKind.MEMBER).not_over_on(timezone.localdate())


def end_sessions(sessions: Iterable[UserSession]) -> None:
    for session in sessions:
        session.end()

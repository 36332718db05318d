"""Who sees what of the committees: those who work for the préfecture everything, a member where they sit and sat.

The terms of a member are read once per request as plain values, so that what is shown is asked of few tables.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.compiled import compiled
from clu_portal.tenancy import required_prefecture_id
from committees.composition.models.seat import Mandate
from committees.composition.rules import is_in_force


def is_staff(user) -> bool:
    """Whether somebody works for the préfecture: sees what members do not."""
    return user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT)


class Term(NamedTuple):
    """The days somebody sits in a committee, first and last included; no last one: for ever.

    With the meetings another committee holds and this one joins: what a member sees is asked without a join.
    """

    committee_id: int
    starts_on: date
    ends_on: date | None
    joint_meetings: tuple[int, ...]


class Sitting(NamedTuple):
    """The committees where somebody sits today, and the meetings others hold with them."""

    committees: tuple[int, ...]
    joint_meetings: tuple[int, ...]


def terms_of(user) -> list[Term]:
    """The terms of the person behind an account in the préfecture of the moment, past and future ones too.

    Kept on the account, which a request reads anew: a mandate ended is seen at the next one, as a role withdrawn is.
    """
    known = user.__dict__.setdefault("_terms", {})
    prefecture_id = required_prefecture_id()
    if prefecture_id not in known:
        rows = mandates_of(user.pk)
        joined = meetings_joined_by(tuple({committee for committee, *_ in rows}))
        known[prefecture_id] = [Term(*row, tuple(joined[row[0]])) for row in rows]
    return known[prefecture_id]


@compiled
def mandates_of(user: int) -> QuerySet:
    mandates = Mandate.objects.filter(person__user=user).order_by("starts_on", "pk")
    return mandates.values_list("seat__committee", "starts_on", "ends_on")


def meetings_joined_by(committees: tuple[int, ...]) -> dict[int, list[int]]:
    """The meetings that other committees hold with each of these; nothing asked for none."""
    joined = defaultdict(list)
    for committee, meeting in joint_rows(committees):
        joined[committee].append(meeting)
    return joined


@compiled
def joint_rows(committees: tuple[int, ...]) -> QuerySet:
    links = apps.get_model("committees.JointCommittee").objects.filter(committee__in=committees)
    return links.values_list("committee", "meeting")


def sitting_today(user) -> Sitting:
    today = timezone.localdate()
    terms = [term for term in terms_of(user) if is_in_force(term.starts_on, term.ends_on, today)]
    jointly = {pk for term in terms for pk in term.joint_meetings}
    return Sitting(tuple({term.committee_id for term in terms}), tuple(jointly))


def terms_over(user) -> tuple[Term, ...]:
    today = timezone.localdate()
    return tuple(term for term in terms_of(user) if term.ends_on is not None and term.ends_on < today)


def held_by(committees: Collection[int], joint_meetings: Collection[int], meeting: str = "") -> Q:
    """The meetings of these committees, held alone or with others; `meeting` leads to them: « meeting__ »."""
    held = Q(**{f"{meeting}committee__in": committees})
    return held | Q(**{f"{meeting}pk__in": joint_meetings}) if joint_meetings else held

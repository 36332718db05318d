"""Acts on roles: T11, and the last référent."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User
from clu_portal.accounts.roles import change_role, close_role
from clu_portal.audit.models import AuditEntry
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory, RoleFactory, UserFactory, user_with_role


def refused(act, **arguments) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**arguments)
    return refusal.value.code


def change(role, by, **fields):
    return change_role(role=role, by=by, **{"title": "", "service": None, "ends_on": None} | fields)


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


def test_close_role_withdraws_the_right_the_same_day(referent, prefecture):
    role = RoleFactory(kind=RoleKind.AGENT)
    assert User.objects.get(pk=role.user_id).roles_in(prefecture.pk)
    close_role(role=role, by=referent)
    assert not User.objects.get(pk=role.user_id).roles_in(prefecture.pk)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.details) == (
        "role_closed",
        f"role:{role.pk}",
        {"kind": "agent", "user": role.user_id},
    )


def test_closed_role_can_be_given_again(referent):
    role = RoleFactory(kind=RoleKind.AGENT)
    close_role(role=role, by=referent)
    assert RoleFactory(kind=RoleKind.AGENT, user=role.user)


def test_close_twice_is_refused(referent):
    role = RoleFactory(kind=RoleKind.AGENT)
    close_role(role=role, by=referent)
    assert refused(close_role, role=role, by=referent) == "closed"


def test_close_the_last_referent_is_refused(referent):
    assert refused(close_role, role=referent.roles.get(), by=referent) == "last_referent"
    assert referent.roles.get().closed_at is None


def test_close_a_referent_when_another_stays(referent):
    close_role(role=referent.roles.get(), by=user_with_role(RoleKind.REFERENT))
    assert referent.roles.get().closed_at


@pytest.mark.parametrize("other", [{"starts_on": in_days(3)}, {"ends_on": in_days(-1), "starts_on": in_days(-9)}])
def test_a_referent_to_come_or_gone_does_not_count(referent, other):
    RoleFactory(kind=RoleKind.REFERENT, **other)
    assert refused(close_role, role=referent.roles.get(), by=referent) == "last_referent"


def test_a_disabled_referent_does_not_count(referent):
    RoleFactory(kind=RoleKind.REFERENT, user=UserFactory(is_active=False))
    assert refused(close_role, role=referent.roles.get(), by=referent) == "last_referent"


def test_a_referent_of_another_prefecture_does_not_count(referent):
    RoleFactory(kind=RoleKind.REFERENT, prefecture_id=PrefectureFactory().pk)
    assert refused(close_role, role=referent.roles.get(), by=referent) == "last_referent"


def test_end_of_the_last_referent_is_refused_and_of_an_agent_accepted(referent):
    assert refused(change, role=referent.roles.get(), by=referent, ends_on=in_days(30)) == "last_referent"
    role = change(RoleFactory(kind=RoleKind.AGENT), referent, ends_on=in_days(30), title="Renfort")
    assert (role.ends_on, role.title) == (in_days(30), "Renfort")


def test_end_in_the_past_is_refused(referent):
    role = RoleFactory(kind=RoleKind.AGENT, starts_on=in_days(-9))
    assert refused(change, role=role, by=referent, ends_on=in_days(-1)) == "ends_too_early"


@pytest.mark.parametrize("act", [close_role, change])
@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.REFERENT, RoleKind.NATIONAL_ADMIN}))
def test_others_cannot_touch_a_role(referent, act, kind):
    with pytest.raises(PermissionDenied):
        act(role=referent.roles.get(), by=user_with_role(kind))


def test_role_of_another_prefecture_is_refused(referent):
    role = RoleFactory(kind=RoleKind.AGENT, prefecture_id=PrefectureFactory().pk)
    assert refused(close_role, role=role, by=referent) == "closed"
    role.refresh_from_db()
    assert role.closed_at is None


@pytest.mark.django_db(transaction=True)
def test_two_referents_cannot_remove_one_another_at_once():
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        first, second = RoleFactory(), RoleFactory()
    barrier, outcomes = threading.Barrier(2), []

    def remove(by, role):
        by = User.objects.get(pk=by.pk)
        with scope(prefecture.pk):
            by.has_role(RoleKind.REFERENT)
            barrier.wait()
            try:
                close_role(role=role, by=by)
                outcomes.append("closed")
            except ValidationError as refusal:
                outcomes.append(refusal.code)
        connection.close()

    pairs = [(first.user, second), (second.user, first)]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "last_referent"]
    assert Role.objects.filter(closed_at=None).count() == 1


DAYS = (-1, 0, 1)
LIVES = [(starts, ends) for starts in DAYS for ends in (None, *DAYS) if ends is None or starts <= ends]


@pytest.mark.parametrize(("starts", "ends"), LIVES)
@pytest.mark.parametrize("closed", [None, *DAYS])
def test_T11_roles_of_an_account_are_those_in_force(prefecture, starts, ends, closed):
    """Read once per request and filtered in Python: the very rule of the database, at each of its bounds."""
    now = timezone.now()
    role = RoleFactory(
        starts_on=timezone.localdate() + timedelta(days=starts),
        ends_on=None if ends is None else timezone.localdate() + timedelta(days=ends),
        closed_at=None if closed is None else now + timedelta(days=closed),
    )
    in_force = Role.objects.in_force_on(timezone.localdate()).filter(pk=role.pk).exists()
    assert (role.kind in User.objects.get(pk=role.user_id).roles_in(prefecture.pk)) == in_force

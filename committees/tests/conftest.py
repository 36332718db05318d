from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.organisations.models import Person, Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PASSWORD, PrefectureFactory, user_with_role
from clu_portal.tests.visitors import visitors  # noqa: F401 - a fixture


@dataclass
class Office:
    """An invented préfecture of the running portal: two agents with a password, a member to be, with an address."""

    prefecture: Prefecture
    referent: User
    secretary_general: User
    address: str

    def path(self, end: str = "") -> str:
        return f"/{self.prefecture.slug}/{end}"

    def scope(self):
        return scope(self.prefecture.pk)

    @property
    def member(self) -> Person:
        return Person.objects.get(email=self.address)


@pytest.fixture
def live_office(running_portal):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        agents = [agent(RoleKind.REFERENT), agent(RoleKind.SECRETARY_GENERAL, title="Secrétaire générale")]
    return Office(prefecture, *agents, f"membre@{prefecture.slug}.example")


def agent(kind: str, **role) -> User:
    """An account whose password was written by production's hasher."""
    user = user_with_role(kind, **role)
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    return user

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.tests.factories import user_with_role


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


@pytest.fixture
def by_referent(client, referent):
    client.force_login(referent)
    return client

"""The demonstration can never meet a real database, and loading it twice doubles nothing (design §10)."""

from contextlib import closing
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from clu_portal.accounts.models import User
from clu_portal.demonstration import ACCOUNTS
from clu_portal.demonstration.prefectures import PREFECTURES
from clu_portal.isolation import tenant_models
from clu_portal.organisations.models import Prefecture
from clu_portal.startup import check_demonstration
from clu_portal.tenancy import scope
from clu_portal.tests.databases import owner_connection


@pytest.fixture
def mark(transactional_db):
    """Write the mark of an installation as the launcher does, and take it away."""
    name = connection.settings_dict["NAME"]

    def write(mode: str) -> None:
        with closing(owner_connection(name)) as owner, owner.cursor() as cursor:
            cursor.execute("CREATE TABLE clu_installation (mode text, created_at timestamptz)")
            cursor.execute("INSERT INTO clu_installation VALUES (%s, now())", [mode])
            cursor.execute("GRANT SELECT ON clu_installation TO public")

    yield write
    connection.close()
    with closing(owner_connection(name)) as owner, owner.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS clu_installation")


@pytest.mark.parametrize(
    ("demonstration", "mode", "accepted"),
    [
        (True, "demonstration", True),
        (True, "production", False),
        (True, None, False),
        (False, "demonstration", False),
        (False, "production", True),
        (False, None, True),
    ],
)
def test_check_demonstration_settings_and_database_go_together(settings, mark, demonstration, mode, accepted):
    settings.DEMONSTRATION = demonstration
    if mode:
        mark(mode)
    if accepted:
        check_demonstration()
        return
    with pytest.raises(ImproperlyConfigured):
        check_demonstration()


@pytest.mark.parametrize("mode", ["production", None])
@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_load_demo_refuses_a_real_database_and_writes_nothing(settings, mark, command, mode):
    settings.DEMONSTRATION = True
    if mode:
        mark(mode)
    with pytest.raises(CommandError, match="pas une base de démonstration"):
        call_command(command)
    assert not Prefecture.objects.exists()
    assert not User.objects.exists()


@pytest.mark.long
def test_load_demo_twice_is_one_demonstration_and_one_account_per_role(settings, mark):
    settings.DEMONSTRATION = True
    mark("demonstration")
    call_command("load_demo", stdout=StringIO())
    first = counts()
    call_command("load_demo", stdout=StringIO())
    assert counts() == first
    printed = StringIO()
    call_command("demo_accounts", stdout=printed)
    for account in [*ACCOUNTS, *(planned.referent for planned in PREFECTURES)]:
        assert account.email in printed.getvalue()
    assert "/acces/" in printed.getvalue()


def counts() -> dict[tuple[str, str], int]:
    found = {}
    for planned in PREFECTURES:
        with scope(Prefecture.objects.get(slug=planned.slug).pk):
            found |= {(planned.slug, model.__name__): model._default_manager.count() for model in tenant_models()}
    return found

"""What a request may do: nothing without its token, nothing when it only reads (B04)."""

import logging

import pytest
from django.test import Client

from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.tests.addresses import pages
from clu_portal.tests.asking import People, writes
from clu_portal.tests.roles import never_happened
from clu_portal.tests.test_urls_by_role import written
from clu_portal.tests.world import two_worlds

# Tables that reading writes: who is there, how often they try, who read what, what was long to compute.
BOOKKEEPING = {
    "audit_keptresult",
    "committees_reading",
    "django_session",
    "portal_cache",
    "usersessions_usersession",
}


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with two_worlds(django_db_blocker) as made:
        yield made
    logging.disable(logging.NOTSET)


def addresses(method: str, world):
    """Every address that answers a method, with the page."""
    known = written()
    for page in pages():
        if any((page.name, what, method) in known for what in ("propre", "–")):
            yield page, page.own(world)


@pytest.mark.parametrize("role", ["referent", "secretary_general", "member", "anonymous"])
@pytest.mark.django_db
def test_B04_unsafe_request_without_its_token_is_refused(worlds, role):
    mine = worlds[0]
    client = Client(enforce_csrf_checks=True)
    if role != "anonymous":
        sign_in(client, mine.users[role])
    asked = [(page.name, method, address) for method in ("POST", "PATCH") for page, address in addresses(method, mine)]
    assert len(asked) > 50
    before = writes()
    refused = {
        (name, method): getattr(client, method.lower())(address, {}, "application/json").status_code
        for name, method, address in asked
    }
    assert {asked: status for asked, status in refused.items() if status != 403} == {}
    assert changed(before) <= {"django_session", "usersessions_usersession"}


@pytest.mark.django_db
def test_B04_no_get_changes_anything(worlds):
    """Rows written by each GET, rolled back ones counted, but for what BOOKKEEPING names."""
    mine, people, found = worlds[0], People(worlds[0]), {}
    for page in pages():
        for role in people.clients:
            before = writes()
            people.ask(role, "GET", page.own(mine))
            if touched := changed(before) - BOOKKEEPING:
                found[page.name, role] = touched
    assert found == {}


def changed(before: dict[str, int]) -> set[str]:
    return {table for table, count in writes().items() if count != before.get(table, 0)}


def test_writes_are_really_counted_even_undone(prefecture):
    from clu_portal.tests.factories import SiteFactory

    before = writes()
    with never_happened():
        SiteFactory()
    assert changed(before) == {"organisations_site"}

"""Who opens which page of the registries, and what a page costs."""

import re

import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.registries import REGISTRIES
from clu_portal.organisations.tests.factories import ClosingDayFactory, StandardSentenceFactory
from clu_portal.tenancy import scope
from clu_portal.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PrefectureFactory,
    ServiceFactory,
    SiteFactory,
    user_with_role,
)
from clu_portal.tests.pages import query_count, status_of

FACTORIES = {
    "site": SiteFactory,
    "service": ServiceFactory,
    "organisation": OrganisationFactory,
    "person": PersonFactory,
    "closing_day": ClosingDayFactory,
    "sentence": StandardSentenceFactory,
}


def address_of(registry, page: str, slug: str, *args) -> str:
    """« remove » is the corbeille for the registries that have one."""
    return registry.removal_address(slug, *args) if page == "remove" else registry.address(page, slug, *args)


every_registry = pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)


@every_registry
@pytest.mark.parametrize(
    ("role", "listed", "created", "changed"),
    [
        ("referent", 200, 200, 200),
        ("secretary_general", 200, 403, 403),
        ("agent", 403, 403, 404),
        ("member", 403, 403, 404),
        ("auditor", 403, 403, 404),
        ("national_admin", 404, 404, 404),
        (None, 302, 302, 302),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_T01_registry_status_by_role(registry, role, listed, created, changed, method, prefecture):
    row, user = FACTORIES[registry.name](), role and user_with_role(role)
    pages = [("create", (), created), ("update", (row.pk,), changed), ("remove", (row.pk,), changed)]
    pages += [("list", (), listed)] if method == "get" else []
    found = {
        page: status_of(user, address_of(registry, page, prefecture.slug, *args), method)
        for page, args, expected in pages
        if (page, method, expected) != ("remove", "post", 200)
    }
    assert found == {page: expected for page, args, expected in pages if page in found}


@every_registry
@pytest.mark.parametrize("ending", ["update", "remove"])
def test_T02_foreign_row_answers_like_one_that_does_not_exist(registry, ending, by_referent, prefecture):
    with scope(PrefectureFactory().pk):
        foreign = FACTORIES[registry.name]()
    answers = [
        by_referent.post(address_of(registry, ending, prefecture.slug, pk), {"name": "prise"})
        for pk in (foreign.pk, 10**9)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert without_reference(answers[0]) == without_reference(answers[1])
    with scope(foreign.prefecture_id):
        foreign.refresh_from_db()


def without_reference(answer) -> bytes:
    return answer.content.replace(answer.wsgi_request.reference.encode(), b"").replace(
        answer.wsgi_request.path.encode(), b""
    )


@every_registry
def test_T02_pages_of_another_prefecture_are_not_found(registry, by_referent):
    foreign = PrefectureFactory()
    with scope(foreign.pk):
        row = FACTORIES[registry.name]()
    pages = [("list", ()), ("create", ()), ("update", (row.pk,)), ("remove", (row.pk,))]
    found = [by_referent.get(address_of(registry, page, foreign.slug, *args)).status_code for page, args in pages]
    assert found == [404, 404, 404, 404]


@every_registry
def test_list_of_one_and_of_three_rows_cost_the_same(registry, by_referent, prefecture):
    address = registry.address("list", prefecture.slug)
    FACTORIES[registry.name]()
    one = query_count(by_referent, address)
    FACTORIES[registry.name].create_batch(2)
    assert len(re.findall("<tr>", by_referent.get(address).content.decode())) == 4
    assert query_count(by_referent, address) == one


def test_settings_status_by_role(prefecture):
    address = reverse("organisations:settings_edit", args=[prefecture.slug])
    roles = ["referent", "secretary_general", "agent", "member", "auditor", "national_admin"]
    users = {role: user_with_role(role) for role in roles}
    assert {role: status_of(user, address) for role, user in users.items()} == {
        "referent": 200,
        "secretary_general": 200,
        "agent": 403,
        "member": 403,
        "auditor": 403,
        "national_admin": 404,
    }
    assert status_of(users["secretary_general"], address, "post") == 403
    assert status_of(None, address) == 302


def test_agent_sees_no_contact_of_a_person_anywhere_in_the_menu(client, prefecture):
    PersonFactory(surname="Vermandois", phone="01 99 00 11 22", email="secret@association.example")
    client.force_login(user_with_role(RoleKind.AGENT))
    texts = []
    for name in ("prefecture_home", "action_plan:action_list", "action_plan:action_create", "site_map"):
        answer = client.get(reverse(f"prefecture_{name}" if name == "site_map" else name, args=[prefecture.slug]))
        texts.append(answer.content.decode())
    assert "Plan d" in texts[1]
    assert not any("01 99 00 11 22" in text or "secret@" in text for text in texts)

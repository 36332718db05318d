"""Somebody signed in without a role in the préfecture of the address finds no page of it, whatever a view asks."""

import uuid
from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from clu_portal.accounts.middleware import OutsiderMiddleware
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory, RoleFactory, UserFactory, user_with_role

pytestmark = pytest.mark.django_db
WORDS = {"part": "agenda_item", "direction": "monter"}


def pages(resolver: URLResolver, spaces=(), values=None) -> Iterator[tuple[str, dict, bool]]:
    """Each named page: its name, some value for each part of its address, whether it asks for a sign-in."""
    for entry in resolver.url_patterns:
        found = (values or {}) | sample(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(entry, (*spaces, *filter(None, [entry.namespace])), found)
        elif entry.name:
            yield ":".join([*spaces, entry.name]), found, getattr(entry.callback, "login_required", True)


def sample(pattern) -> dict:
    if not isinstance(pattern, RoutePattern):
        return {name: WORDS.get(name, 1) for name in pattern.regex.groupindex}
    kinds = {IntConverter: 1, UUIDConverter: uuid.uuid4()}
    return {name: WORDS.get(name, kinds.get(type(kind), "x")) for name, kind in pattern.converters.items()}


def addresses(slug: str, *, closed: bool) -> list[str]:
    in_prefecture = [page for page in pages(get_resolver()) if "prefecture" in page[1] and page[2] is closed]
    return [reverse(name, kwargs=values | {"prefecture": slug}) for name, values, _ in in_prefecture]


def test_T02_outsider_finds_no_page_that_asks_for_a_sign_in(client):
    with scope(PrefectureFactory().pk):
        client.force_login(user_with_role("referent"))
    closed = addresses(PrefectureFactory().slug, closed=True)
    assert len(closed) > 60
    statuses = {address: client.get(address).status_code for address in closed}
    assert {address: status for address, status in statuses.items() if status != 404} == {}


def test_outsider_still_reads_the_public_pages(client):
    client.force_login(UserFactory())
    for page in ("prefecture_legal_notice", "prefecture_site_map", "prefecture_accessibility"):
        assert client.get(reverse(page, args=[PrefectureFactory().slug])).status_code == 200


def test_outsider_is_refused_even_where_the_view_forgot_to_ask():
    def forgetful(request):
        return HttpResponse("tout")

    request = RequestFactory().get("/")
    request.prefecture, request.user = PrefectureFactory(), UserFactory()
    guard = OutsiderMiddleware(forgetful)
    with pytest.raises(Http404):
        guard.process_view(request, forgetful, (), {})
    RoleFactory(user=request.user, prefecture_id=request.prefecture.pk, kind="auditor")
    request.user = type(request.user).objects.get(pk=request.user.pk)
    assert guard.process_view(request, forgetful, (), {}) is None
    request.user = UserFactory()
    assert guard.process_view(request, login_not_required(forgetful), (), {}) is None


def test_national_admin_finds_no_page_of_a_prefecture_and_opens_its_own(client):
    with scope(Prefecture.national().pk):
        client.force_login(user_with_role("national_admin"))
    slug = PrefectureFactory().slug
    assert client.get(reverse("prefecture_home", args=[slug])).status_code == 404
    assert client.get(reverse("accounts:team", args=[slug])).status_code == 404
    assert client.get(reverse("accounts_national:national_home")).status_code == 200


def test_L01_refusal_of_an_outsider_is_logged_without_a_name(client, caplog):
    outsider, prefecture = UserFactory(name="Odile Vermandois"), PrefectureFactory()
    client.force_login(outsider)
    with caplog.at_level("INFO", "clu_portal.security"):
        client.get(reverse("accounts:team", args=[prefecture.slug]))
    refusals = [record.message for record in caplog.records if "outsider_refused" in record.message]
    assert refusals == [f"outsider_refused account={outsider.pk} prefecture={prefecture.pk}"]

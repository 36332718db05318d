"""The page of the journal."""

import re

import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.acts import write_entry
from clu_portal.lib import paging
from clu_portal.organisations.acts import remove_row, save_row
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory, PrefectureFactory, SiteFactory, user_with_role
from clu_portal.tests.pages import query_count, status_of


@pytest.fixture
def address(prefecture):
    return reverse("audit:journal", args=[prefecture.slug])


def lines_of(client, address: str, **query) -> list[str]:
    """The cells « acte » of the page."""
    text = client.get(address, query).content.decode()
    return re.findall(r"</th>\s*<td[^>]*>(.*?)</td>", text)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("referent", 200),
        ("secretary_general", 200),
        ("agent", 403),
        ("member", 403),
        ("auditor", 403),
        (None, 302),
    ],
)
def test_T01_journal_status_by_role(role, status, address):
    assert status_of(role and user_with_role(role), address) == status


def test_T02_journal_of_another_prefecture_is_not_found(client, prefecture):
    client.force_login(user_with_role(RoleKind.REFERENT))
    assert client.get(reverse("audit:journal", args=[PrefectureFactory().slug])).status_code == 404


def test_journal_shows_who_did_what_the_latest_first(client, address):
    by = user_with_role(RoleKind.REFERENT)
    site = save_row(row=SiteFactory.build(name="Sous-préfecture"), by=by)
    remove_row(row=site, by=by)
    client.force_login(by)
    answer = client.get(address)
    assert lines_of(client, address) == [
        "ligne d&#x27;un répertoire retirée",
        "ligne d&#x27;un répertoire enregistrée",
    ]
    assert f"site nº {site.pk}" in answer.content.decode()
    assert by.name in answer.content.decode()


def test_subject_is_a_link_for_whoever_may_see_it(client, address, prefecture):
    by = user_with_role(RoleKind.REFERENT)
    organisation = save_row(row=OrganisationFactory(name="Union des familles"), by=by)
    page = reverse("organisations:organisation_update", args=[prefecture.slug, organisation.pk])
    client.force_login(by)
    assert f'<a href="{page}">Union des familles</a>' in client.get(address).content.decode()


def test_filters_by_act_and_by_subject(client, address):
    by = user_with_role(RoleKind.REFERENT)
    kept, other = SiteFactory(), SiteFactory()
    for row in (kept, other):
        save_row(row=row, by=by)
    write_entry("role_closed", kept, by=by)
    client.force_login(by)
    assert len(lines_of(client, address)) == 3
    assert lines_of(client, address, acte="role_closed") == ["rôle retiré"]
    assert len(lines_of(client, address, objet=f"site:{kept.pk}")) == 2
    assert lines_of(client, address, objet=f"site:{other.pk}", acte="role_closed") == []


@pytest.mark.parametrize("query", [{"objet": "site:x"}, {"objet": "'"}, {"acte": "inconnu"}, {"objet": "\x00"}])
def test_unreadable_filter_shows_no_line_and_says_why(query, client, address):
    by = user_with_role(RoleKind.REFERENT)
    save_row(row=SiteFactory(), by=by)
    client.force_login(by)
    answer = client.get(address, query)
    assert lines_of(client, address, **query) == []
    assert "data-error-summary" in answer.content.decode()


def test_pages_follow_one_another_with_their_filters(client, address, monkeypatch):
    monkeypatch.setattr(paging.page_of, "__defaults__", (2,))
    by, site = user_with_role(RoleKind.REFERENT), SiteFactory()
    for verb in ("invitation_sent", "role_closed", "invitation_sent", "role_closed", "role_closed"):
        write_entry(verb, site, by=by)
    client.force_login(by)
    first = client.get(address, {"acte": "role_closed"}).content.decode()
    older = re.search(r'href="(\?[^"]*avant=\d+)"', first)[1].replace("&amp;", "&")
    assert len(lines_of(client, address, acte="role_closed")) == 2
    assert lines_of(client, address + older) == ["rôle retiré"]


def test_journal_of_one_and_of_three_lines_cost_the_same(client, address):
    by = user_with_role(RoleKind.REFERENT)
    client.force_login(by)
    save_row(row=SiteFactory(), by=by)
    one = query_count(client, address)
    for _ in range(2):
        save_row(row=SiteFactory(), by=by)
    assert len(lines_of(client, address)) == 3
    assert query_count(client, address) == one


@pytest.mark.django_db
def test_national_administration_reads_its_own_chain_and_no_other(client):
    with scope(PrefectureFactory().pk):
        elsewhere = user_with_role(RoleKind.REFERENT)
        write_entry("invitation_sent", SiteFactory(), by=elsewhere)
    national = Prefecture.national()
    with scope(national.pk):
        by = user_with_role(RoleKind.NATIONAL_ADMIN)
        write_entry("prefecture_created", national, by=by)
    client.force_login(by)
    assert lines_of(client, "/administration-nationale/journal/") == ["préfecture créée"]
    assert status_of(elsewhere, "/administration-nationale/journal/") == 404

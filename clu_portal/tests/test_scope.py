import pytest
from django.db import connection, transaction

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.acts import save_row
from clu_portal.organisations.models import Site
from clu_portal.tenancy import NoScope, current_prefecture, current_prefecture_id, scope
from clu_portal.tests.factories import PrefectureFactory, SiteFactory, user_with_role


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.prefecture', true)")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_T05_query_without_scope_raises():
    with pytest.raises(NoScope):
        Site.objects.count()


@pytest.mark.django_db
def test_T05_raw_query_without_scope_returns_no_row():
    with scope(PrefectureFactory().pk):
        SiteFactory()
        assert Site.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisations_site")
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db
def test_scope_nested_puts_the_former_prefecture_back():
    outer, inner = PrefectureFactory(), PrefectureFactory()
    with scope(outer.pk):
        with scope(inner.pk):
            assert (setting(), current_prefecture_id()) == (str(inner.pk), inner.pk)
        assert (setting(), current_prefecture_id()) == (str(outer.pk), outer.pk)


@pytest.mark.django_db
def test_scope_left_by_an_error_puts_the_former_prefecture_back():
    outer, inner = PrefectureFactory(), PrefectureFactory()
    with scope(outer.pk):
        with pytest.raises(ValueError), scope(inner.pk):
            raise ValueError
        assert (setting(), current_prefecture_id()) == (str(outer.pk), outer.pk)


@pytest.mark.django_db
def test_manager_remembers_queries_and_no_rows():
    one, other = PrefectureFactory(), PrefectureFactory()
    with scope(one.pk):
        sites = [SiteFactory()]
        assert list(Site.objects.all()) == sites
    with scope(other.pk):
        assert list(Site.objects.all()) == []
    with scope(one.pk):
        sites.append(SiteFactory())
        assert set(Site.objects.all()) == set(sites)
    with pytest.raises(NoScope):
        Site.objects.all()


@pytest.mark.django_db(transaction=True)
def test_T08_setting_is_gone_for_the_next_user_of_the_connection():
    prefecture = PrefectureFactory()
    with pytest.raises(ValueError), scope(prefecture.pk):
        SiteFactory()
        raise ValueError
    assert (setting() or "", current_prefecture_id()) == ("", None)


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def sites_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisations_site")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_T08_next_client_of_a_pooled_connection_sees_no_row():
    """What a transaction-mode pooler does: the same backend, given to somebody else between two transactions."""
    prefecture = PrefectureFactory()
    pooled = backend()
    with scope(prefecture.pk):
        SiteFactory()
        assert sites_seen() == 1
    assert (backend(), sites_seen()) == (pooled, 0)
    with transaction.atomic():
        assert (backend(), sites_seen()) == (pooled, 0)


@pytest.mark.django_db(transaction=True)
def test_T08_page_that_fails_leaves_nothing_to_the_next_request(client, monkeypatch):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        referent = user_with_role(RoleKind.REFERENT)
    pooled, seen = backend(), []

    def fail(*args, **kwargs):
        seen.append(save_row(row=SiteFactory.build(), by=referent) and sites_seen())
        raise RuntimeError

    monkeypatch.setattr("clu_portal.navigation.public_pages", fail)
    client.raise_request_exception = False
    assert client.get(f"/{prefecture.slug}/plan-du-site/").status_code == 500
    assert (seen, backend(), sites_seen(), setting() or "") == ([1], pooled, 0, "")
    with scope(prefecture.pk):
        assert Site.objects.count() == 0


def test_prefecture_of_a_row_is_known_in_its_scope(prefecture, django_assert_num_queries):
    site = Site.objects.get(pk=SiteFactory().pk)
    with scope(prefecture.pk, prefecture), django_assert_num_queries(0):
        assert site.prefecture is current_prefecture() is prefecture


def test_prefecture_of_a_row_is_its_own_in_another_scope(prefecture):
    site = Site.objects.get(pk=SiteFactory().pk)
    other = PrefectureFactory()
    with scope(other.pk, other):
        assert (site.prefecture, current_prefecture()) == (prefecture, other)
    assert current_prefecture() == prefecture


@pytest.mark.django_db
def test_current_prefecture_without_scope_raises():
    with pytest.raises(NoScope):
        current_prefecture()

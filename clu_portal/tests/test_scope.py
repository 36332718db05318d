import pytest
from django.db import connection

from clu_portal.organisations.models import Site
from clu_portal.tenancy import NoScope, current_prefecture_id, scope
from clu_portal.tests.factories import PrefectureFactory, SiteFactory


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


@pytest.mark.django_db(transaction=True)
def test_T08_setting_is_gone_for_the_next_user_of_the_connection():
    prefecture = PrefectureFactory()
    with pytest.raises(ValueError), scope(prefecture.pk):
        SiteFactory()
        raise ValueError
    assert (setting() or "", current_prefecture_id()) == ("", None)

from datetime import date

import pytest

from clu_portal.lib.business_days import business_days_between
from clu_portal.organisations.calendars import site_calendar
from clu_portal.organisations.tests.factories import ClosingDayFactory
from clu_portal.tests.factories import SiteFactory


def test_site_calendar_holds_its_own_days_and_those_of_the_prefecture(prefecture):
    site, other = SiteFactory(), SiteFactory()
    ClosingDayFactory(starts_on=date(2026, 5, 15), reason="pont de l'Ascension")
    ClosingDayFactory(site=site, starts_on=date(2026, 8, 12), ends_on=date(2026, 8, 14), reason="travaux")
    ClosingDayFactory(site=other, starts_on=date(2026, 9, 1), reason="autre site")
    calendar = site_calendar(site)
    assert dict(calendar.closing_days) == {
        date(2026, 5, 15): "pont de l'Ascension",
        date(2026, 8, 12): "travaux",
        date(2026, 8, 13): "travaux",
        date(2026, 8, 14): "travaux",
    }


def test_site_calendar_own_reason_wins_on_the_same_day(prefecture):
    site = SiteFactory()
    ClosingDayFactory(site=site, starts_on=date(2026, 5, 15), reason="travaux")
    ClosingDayFactory(starts_on=date(2026, 5, 15), reason="pont")
    assert site_calendar(site).closed_because(date(2026, 5, 15)) == "fermeture locale : travaux"


@pytest.mark.parametrize(("good_friday", "count"), [(True, 1), (False, 2)])
def test_site_calendar_knows_its_zone(good_friday, count, prefecture):
    site = SiteFactory(zone="alsace_moselle", good_friday=good_friday)
    assert business_days_between(date(2026, 4, 1), date(2026, 4, 3), holidays=site_calendar(site)) == count


def test_site_calendar_costs_one_query(prefecture, django_assert_num_queries):
    site = SiteFactory()
    ClosingDayFactory.create_batch(5, site=site)
    with django_assert_num_queries(1):
        site_calendar(site)

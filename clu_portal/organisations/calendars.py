"""The calendar of a site, from its zone and its closing days."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F

from clu_portal.lib.business_days import SiteCalendar, Zone
from clu_portal.organisations.models import ClosingDay, Site


def site_calendar(site: Site) -> SiteCalendar:
    """Return what closes a site: legal holidays of its zone, closing days of the préfecture and its own."""
    wide_first = ClosingDay.objects.of_site(site).order_by(F("site_id").asc(nulls_first=True), "starts_on")
    closing_days = {day: closing.reason for closing in wide_first for day in days_of(closing)}
    return SiteCalendar(Zone(site.zone), site.good_friday, closing_days)


def days_of(closing: ClosingDay) -> Iterator[date]:
    for offset in range((closing.ends_on - closing.starts_on).days + 1):
        yield closing.starts_on + timedelta(days=offset)

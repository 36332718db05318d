"""D07: what the database refuses on its own, with Python's checks bypassed."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from clu_portal.tests.factories import PersonFactory, ServiceFactory, SiteFactory
from committees.composition.models import Committee, CompositionAct, Mandate, Seat
from committees.tests.factories import CommitteeFactory, CompositionActFactory, MandateFactory, SeatFactory

JANUARY, JUNE, JULY, DECEMBER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)


def insert(mandate: Mandate, *, person, kind: str, starts_on: date, ends_on: date | None) -> None:
    """Straight to the table: no model, no form, no act."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO committees_mandate (prefecture_id, uuid, seat_id, person_id, kind, starts_on, ends_on) "
            "VALUES (%s, gen_random_uuid(), %s, %s, %s, %s, %s)",
            [mandate.prefecture_id, mandate.seat_id, person.pk, kind, starts_on, ends_on],
        )


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(JANUARY, JANUARY), (JUNE, JUNE), (JUNE, None), (date(2025, 1, 1), JANUARY), (date(2025, 1, 1), None)],
)
def test_D07_a_second_full_member_on_the_same_day_is_refused_by_the_database(prefecture, starts_on, ends_on):
    mandate = MandateFactory(starts_on=JANUARY, ends_on=JUNE)
    with pytest.raises(IntegrityError, match="one_full_member_per_seat_at_a_time"):
        insert(mandate, person=PersonFactory(), kind="full_member", starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(("starts_on", "ends_on"), [(JULY, None), (date(2025, 1, 1), date(2025, 12, 31))])
def test_D07_a_full_member_before_or_after_is_accepted(prefecture, starts_on, ends_on):
    mandate = MandateFactory(starts_on=JANUARY, ends_on=JUNE)
    insert(mandate, person=PersonFactory(), kind="full_member", starts_on=starts_on, ends_on=ends_on)
    assert Mandate.objects.filter(seat=mandate.seat).count() == 2


def test_D07_several_substitutes_on_the_same_days_are_accepted(prefecture):
    mandate = MandateFactory(starts_on=JANUARY, kind="substitute")
    insert(mandate, person=PersonFactory(), kind="substitute", starts_on=JANUARY, ends_on=None)
    assert Mandate.objects.filter(seat=mandate.seat).count() == 2


@pytest.mark.parametrize(("starts_on", "refused"), [(JUNE, True), (JULY, False)])
def test_D07_the_same_person_twice_on_one_seat_is_refused_by_the_database(prefecture, starts_on, refused):
    mandate = MandateFactory(starts_on=JANUARY, ends_on=JUNE)
    row = {"person": mandate.person, "kind": "substitute", "starts_on": starts_on, "ends_on": DECEMBER}
    if refused:
        with pytest.raises(IntegrityError, match="one_mandate_per_person_and_seat_at_a_time"):
            insert(mandate, **row)
        return
    insert(mandate, **row)
    assert Mandate.objects.filter(seat=mandate.seat).count() == 2


def test_D07_moving_the_end_of_a_mandate_over_the_next_one_is_refused_by_the_database(prefecture):
    first = MandateFactory(starts_on=JANUARY, ends_on=JUNE)
    MandateFactory(seat=first.seat, starts_on=JULY)
    with pytest.raises(IntegrityError, match="one_full_member"), transaction.atomic():
        Mandate.objects.filter(pk=first.pk).update(ends_on=JULY)


def test_D07_days_that_go_backwards_are_refused_by_the_database(prefecture):
    mandate = MandateFactory(starts_on=JULY)
    with pytest.raises((DataError, IntegrityError)), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(ends_on=JUNE)
    seat = SeatFactory(starts_on=JULY)
    with pytest.raises(IntegrityError, match="seat_ends_after_it_starts"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(ends_on=JUNE)


def test_D07_a_committee_merges_into_another_and_on_a_day(prefecture):
    committee = CommitteeFactory()
    for values in (
        {"merged_on": JUNE},
        {"merged_into": CommitteeFactory()},
        {"merged_into": committee, "merged_on": JUNE},
    ):
        with pytest.raises(IntegrityError, match="committee_merged_into_another_on_a_day"), transaction.atomic():
            Committee.objects.filter(pk=committee.pk).update(**values)


def test_D07_a_committee_of_a_site_and_of_a_service_is_refused_by_the_database(prefecture):
    committee = CommitteeFactory(site=SiteFactory())
    with pytest.raises(IntegrityError, match="committee_of_a_site_or_a_service"), transaction.atomic():
        Committee.objects.filter(pk=committee.pk).update(service=ServiceFactory())


def test_D07_an_act_does_not_amend_itself(prefecture):
    act = CompositionActFactory()
    with pytest.raises(IntegrityError, match="composition_act_amends_another"), transaction.atomic():
        CompositionAct.objects.filter(pk=act.pk).update(amends=act)

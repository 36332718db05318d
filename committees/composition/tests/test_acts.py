from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clu_portal.tests.factories import PersonFactory
from committees.composition import acts
from committees.composition.models import Committee, Mandate, Seat
from committees.tests.factories import CommitteeFactory, MandateFactory, SeatFactory, referent, secretary_general


def appoint(seat, person, by=None):
    return acts.appoint_person(
        seat=seat, person=person, kind="full_member", starts_on=date(2026, 1, 1), by=by or referent()
    )


def test_appoint_person_opens_a_mandate(prefecture):
    mandate = appoint(SeatFactory(), PersonFactory())
    assert Mandate.objects.in_force_on(date(2026, 1, 1)).get() == mandate


def test_appoint_person_twice_to_one_seat_is_refused(prefecture):
    seat, person = SeatFactory(), PersonFactory()
    appoint(seat, person)
    with pytest.raises(ValidationError, match="tient déjà ce siège"):
        appoint(seat, person)


def test_appoint_person_by_the_secretary_general_is_refused(prefecture):
    with pytest.raises(PermissionDenied):
        appoint(SeatFactory(), PersonFactory(), by=secretary_general())


def test_save_committee_same_name_twice_is_refused(prefecture):
    CommitteeFactory(name="CLU")
    with pytest.raises(ValidationError):
        acts.save_committee(committee=Committee(name="CLU"), by=referent())


def test_save_seat_comes_after_the_others(prefecture):
    committee = CommitteeFactory()
    seats = [acts.save_seat(seat=Seat(committee=committee, wording=word), by=referent()) for word in "ab"]
    assert [seat.position for seat in seats] == [1, 2]


def test_end_mandate_twice_is_refused(prefecture):
    mandate = acts.end_mandate(mandate=MandateFactory(), ends_on=date(2026, 5, 1), by=referent())
    with pytest.raises(ValidationError) as refusal:
        acts.end_mandate(mandate=mandate, ends_on=date(2026, 6, 1), by=referent())
    assert refusal.value.code == "already_ended"


@pytest.mark.parametrize(
    ("day", "in_force"), [("2024-12-31", 0), ("2025-01-01", 1), ("2025-06-30", 1), ("2025-07-01", 0)]
)
def test_mandate_is_in_force_from_its_first_to_its_last_day(prefecture, day, in_force):
    MandateFactory(starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 30))
    assert Mandate.objects.in_force_on(date.fromisoformat(day)).count() == in_force


@pytest.mark.parametrize(("ends_on", "accepted"), [(date(2025, 1, 1), True), (date(2024, 12, 31), False)])
def test_D07_mandate_ends_after_it_starts(prefecture, ends_on, accepted):
    mandate = MandateFactory(starts_on=date(2025, 1, 1))
    if accepted:
        acts.end_mandate(mandate=mandate, ends_on=ends_on, by=referent())
        return
    with pytest.raises(ValidationError, match="doit finir"):
        acts.end_mandate(mandate=mandate, ends_on=ends_on, by=referent())

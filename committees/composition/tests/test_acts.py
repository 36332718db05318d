from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from clu_portal.tests.factories import PersonFactory
from committees.composition import acts
from committees.composition.models import College, Committee, CommitteeType, Mandate, Seat
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CommitteeTypeFactory,
    CompositionActFactory,
    MandateFactory,
    SeatFactory,
    referent,
    secretary_general,
)


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


# The days of a seat held already by the same person in the committee; whether it is to be confirmed.
HELD = [
    (date(2025, 1, 1), date(2025, 12, 31), False),
    (date(2025, 1, 1), date(2026, 1, 1), True),
    (date(2026, 12, 31), None, True),
    (date(2027, 1, 1), None, False),
]


@pytest.mark.parametrize("kind", ["full_member", "substitute"])
@pytest.mark.parametrize(("starts_on", "ends_on", "asked"), HELD)
def test_appoint_person_who_holds_another_seat_is_to_be_confirmed(prefecture, kind, starts_on, ends_on, asked):
    seat, other = SeatFactory(), SeatFactory(wording="Familles")
    Seat.objects.filter(pk=other.pk).update(committee=seat.committee)
    held = MandateFactory(seat=other, kind=kind, starts_on=starts_on, ends_on=ends_on)
    values = appointing(seat, person=held.person, kind="substitute", ends_on=date(2026, 12, 31))
    if asked:
        with pytest.raises(ValidationError, match=rf"« Familles » \({held.get_kind_display()}\)") as refusal:
            acts.appoint_person(**values, by=referent())
        assert refusal.value.error_dict["beside_another"][0].code == "holds_another"
        values["beside_another"] = True
    assert acts.appoint_person(**values, by=referent()).pk


def test_appoint_person_who_sits_in_another_committee_asks_nothing(prefecture):
    held = MandateFactory()
    assert appoint(SeatFactory(), held.person).pk


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
    assert refusal.value.message == (
        "Ce mandat a pris fin le 01/05/2026 : son histoire ne change plus. Si la personne siège encore, nommez-la de "
        "nouveau."
    )


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


def refusal_of(act, **arguments) -> dict[str, list[str]]:
    """Field → codes of a refusal."""
    with pytest.raises(ValidationError) as refusal:
        act(by=referent(), **arguments)
    if hasattr(refusal.value, "error_dict"):
        return {name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()}
    return {"": [error.code for error in refusal.value.error_list]}


def appointing(seat, **values) -> dict:
    return {"seat": seat, "person": PersonFactory(), "kind": "full_member", "starts_on": date(2026, 1, 1)} | values


def test_appoint_person_to_a_seat_already_held_is_said_beside_the_quality(prefecture):
    mandate = MandateFactory()
    assert refusal_of(acts.appoint_person, **appointing(mandate.seat)) == {"kind": ["seat_taken"]}


def test_appoint_person_twice_is_said_beside_the_person(prefecture):
    mandate = MandateFactory(kind="substitute")
    again = appointing(mandate.seat, person=mandate.person, kind="substitute")
    assert refusal_of(acts.appoint_person, **again) == {"person": ["already_seated"]}


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"starts_on": date(2025, 12, 31)}, {"starts_on": ["before_the_seat"]}),
        ({"starts_on": date(2026, 7, 1)}, {"starts_on": ["after_the_seat"]}),
        ({"ends_on": date(2026, 7, 1)}, {"starts_on": ["after_the_seat"]}),
        ({"ends_on": date(2025, 12, 31)}, {"ends_on": ["ends_before_start"]}),
    ],
)
def test_appoint_person_outside_the_life_of_the_seat_is_refused(prefecture, dates, expected):
    seat = SeatFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    assert refusal_of(acts.appoint_person, **appointing(seat, **dates)) == expected


def test_appoint_person_ends_with_the_seat(prefecture):
    seat = SeatFactory(ends_on=date(2026, 6, 30))
    assert acts.appoint_person(**appointing(seat), by=referent()).ends_on == date(2026, 6, 30)


def test_appoint_person_by_an_act_of_another_committee_is_refused(prefecture):
    values = appointing(SeatFactory(), composition_act=CompositionActFactory())
    assert refusal_of(acts.appoint_person, **values) == {"composition_act": ["foreign_act"]}


def test_end_mandate_before_the_end_that_was_planned(prefecture):
    mandate = MandateFactory(ends_on=date(2099, 12, 31))
    act = CompositionActFactory(committee=mandate.seat.committee)
    ended = acts.end_mandate(mandate=mandate, ends_on=date(2099, 6, 30), composition_act=act, by=referent())
    assert (ended.ends_on, ended.ended_by) == (date(2099, 6, 30), act)


def test_end_mandate_after_the_end_that_was_planned_is_refused(prefecture):
    mandate = MandateFactory(ends_on=date(2099, 6, 30))
    later = {"mandate": mandate, "ends_on": date(2099, 7, 1)}
    assert refusal_of(acts.end_mandate, **later) == {"ends_on": ["later_than_planned"]}


def test_remove_mandate_that_has_not_begun(prefecture):
    acts.remove_mandate(mandate=MandateFactory(starts_on=date(2099, 1, 1)), by=referent())
    assert Mandate.objects.count() == 0


def test_remove_mandate_that_has_begun_is_refused(prefecture):
    mandate = MandateFactory(starts_on=timezone.localdate())
    assert refusal_of(acts.remove_mandate, mandate=mandate) == {"": ["has_begun"]}


def test_save_committee_same_name_is_said_beside_the_name(prefecture):
    CommitteeFactory(name="CLU")
    assert refusal_of(acts.save_committee, committee=Committee(name="CLU")) == {"name": ["name_taken"]}


# A name typed, and whether « Comité des Usagers » is the same.
ALIKE = [
    ("comité des usagers", True),
    ("COMITE DES  USAGERS", True),
    ("Comité des usagers 2", False),
]


@pytest.mark.parametrize(("typed", "same"), ALIKE)
def test_name_that_differs_by_case_or_accents_only_is_refused_and_the_known_one_is_named(prefecture, typed, same):
    committee = CommitteeFactory(name="Comité des Usagers")
    CommitteeTypeFactory(name="Comité des Usagers")
    CollegeFactory(committee=committee, label="Comité des Usagers")
    asked = [
        (acts.save_committee, {"committee": Committee(name=typed)}),
        (acts.save_committee_type, {"committee_type": CommitteeType(name=typed)}),
        (acts.save_college, {"college": College(committee=committee, label=typed)}),
    ]
    for act, arguments in asked:
        if not same:
            assert act(**arguments, by=referent()).pk
            continue
        with pytest.raises(ValidationError, match="« Comité des Usagers »"):
            act(**arguments, by=referent())


def test_name_may_be_corrected_to_its_own_other_case(prefecture):
    kind = CommitteeTypeFactory(name="copil")
    kind.name = "COPIL"
    assert acts.save_committee_type(committee_type=kind, by=referent()).name == "COPIL"


def test_database_refuses_names_that_differ_by_case_only(prefecture):
    college = CollegeFactory(label="Usagers")
    CollegeFactory(label="USAGERS")
    CommitteeTypeFactory(name="Copil")
    twins = [
        (lambda: CollegeFactory(committee=college.committee, label="USAGERS"), "one_college_per_label"),
        (lambda: CommitteeTypeFactory(name="COPIL"), "one_committee_type_per_name"),
    ]
    for make, constraint in twins:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            make()

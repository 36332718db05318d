"""Colleges, seats, arrêtés: saved, ordered, ended, removed; what each refuses."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from clu_portal.files.models import StoredFile
from committees.composition import acts
from committees.composition.models import College, CommitteeType, CompositionAct, Mandate, Seat
from committees.composition.tests.test_acts import refusal_of
from committees.composition.types import STANDARD_TYPES, give_standard_types
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

JUNE = date(2026, 6, 30)


def test_give_standard_types_twice_gives_them_once(prefecture):
    for _ in range(2):
        give_standard_types()
    assert list(CommitteeType.objects.values_list("name", "acronym")) == list(STANDARD_TYPES)


def test_save_seat_in_a_college_of_another_committee_is_refused(prefecture):
    seat = Seat(committee=CommitteeFactory(), wording="Siège", college=CollegeFactory())
    assert refusal_of(acts.save_seat, seat=seat) == {"college": ["foreign_college"]}


def test_save_seat_that_would_begin_after_somebody_held_it_is_refused(prefecture):
    seat = MandateFactory(starts_on=date(2025, 1, 1)).seat
    seat.starts_on = date(2025, 1, 2)
    assert refusal_of(acts.save_seat, seat=seat) == {"starts_on": ["starts_after_a_mandate"]}
    seat.starts_on = date(2025, 1, 1)
    assert acts.save_seat(seat=seat, by=referent()).starts_on == date(2025, 1, 1)


def test_end_seat_ends_the_mandates_it_would_cut_short_and_no_other(prefecture):
    seat = SeatFactory()
    act = CompositionActFactory(committee=seat.committee)
    former = MandateFactory(seat=seat, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    MandateFactory(seat=seat, starts_on=date(2025, 1, 1))
    MandateFactory(seat=seat, kind="substitute", ends_on=date(2026, 12, 31))
    acts.end_seat(seat=seat, ends_on=JUNE, composition_act=act, by=referent())
    found = Mandate.objects.order_by("pk").values_list("ends_on", "ended_by")
    assert list(found) == [(former.ends_on, None), (JUNE, act.pk), (JUNE, act.pk)]


def test_end_seat_that_has_ended_is_refused(prefecture):
    seat = SeatFactory(ends_on=date(2020, 1, 1))
    assert refusal_of(acts.end_seat, seat=seat, ends_on=JUNE) == {"": ["already_ended"]}


def test_end_seat_before_a_mandate_to_come_is_refused(prefecture):
    seat = MandateFactory(starts_on=date(2026, 7, 1)).seat
    assert refusal_of(acts.end_seat, seat=seat, ends_on=JUNE) == {"ends_on": ["held_later"]}


def test_end_seat_before_it_begins_is_said_beside_the_day(prefecture):
    seat = SeatFactory(starts_on=date(2026, 7, 1))
    assert refusal_of(acts.end_seat, seat=seat, ends_on=JUNE) == {"ends_on": ["ends_before_start"]}


def test_remove_seat_never_held(prefecture):
    acts.remove_seat(seat=SeatFactory(), by=referent())
    assert Seat.objects.count() == 0


def test_remove_seat_that_was_held_is_refused(prefecture):
    seat = MandateFactory(ends_on=date(2025, 2, 1)).seat
    assert refusal_of(acts.remove_seat, seat=seat) == {"": ["was_held"]}


def test_remove_college_with_a_past_seat_is_refused(prefecture):
    college = CollegeFactory()
    SeatFactory(committee=college.committee, college=college, ends_on=date(2020, 1, 1))
    assert refusal_of(acts.remove_college, college=college) == {"": ["in_use"]}


def test_save_college_same_label_is_said_beside_the_label(prefecture):
    college = CollegeFactory()
    again = College(committee=college.committee, label=college.label)
    assert refusal_of(acts.save_college, college=again) == {"label": ["label_taken"]}


def test_remove_committee_type_in_use_is_refused(prefecture):
    committee_type = CommitteeTypeFactory()
    CommitteeFactory(type=committee_type)
    assert refusal_of(acts.remove_committee_type, committee_type=committee_type) == {"": ["in_use"]}
    acts.remove_committee_type(committee_type=CommitteeTypeFactory(), by=referent())
    assert CommitteeType.objects.get() == committee_type


@pytest.mark.parametrize(("up", "expected"), [(True, "bac"), (False, "acb")])
def test_move_part_swaps_a_seat_with_its_neighbour_in_its_college(prefecture, up, expected):
    college = CollegeFactory()
    seats = {
        word: SeatFactory(committee=college.committee, college=college, wording=word, position=position)
        for position, word in enumerate("abc")
    }
    apart = SeatFactory(committee=college.committee, wording="apart", position=1)
    acts.move_part(part=seats["b"], up=up, by=referent())
    assert "".join(Seat.objects.filter(college=college).values_list("wording", flat=True)) == expected
    apart.refresh_from_db()
    assert apart.position == 1


@pytest.mark.parametrize(("moved", "up", "expected"), [("c", True, "cab"), ("a", False, "bca")])
def test_move_part_steps_over_a_seat_that_has_ended(prefecture, moved, up, expected):
    committee = CommitteeFactory()
    ends = {"b": date(2020, 1, 1)}
    seats = {
        word: SeatFactory(committee=committee, wording=word, position=position, ends_on=ends.get(word))
        for position, word in enumerate("abc")
    }
    acts.move_part(part=seats[moved], up=up, by=referent())
    assert "".join(Seat.objects.values_list("wording", flat=True)) == expected


def test_move_part_first_up_moves_nothing(prefecture):
    committee = CommitteeFactory()
    labels = [CollegeFactory(committee=committee, label=label, position=n) for n, label in enumerate("ab")]
    acts.move_part(part=labels[0], up=True, by=referent())
    assert list(College.objects.values_list("label", flat=True)) == ["a", "b"]


def save(act: CompositionAct, **values) -> CompositionAct:
    return acts.save_composition_act(composition_act=act, by=referent(), **values)


def test_save_composition_act_keeps_its_file(prefecture):
    upload = SimpleUploadedFile("arrete.pdf", b"%PDF-1.7\n%%EOF\n")
    act = save(CompositionAct(committee=CommitteeFactory(), title="Arrêté", effective_on=JUNE), upload=upload)
    assert (act.file.name, StoredFile.objects.count()) == ("arrete.pdf", 1)


def test_save_composition_act_with_a_file_refused_says_so_beside_the_file(prefecture):
    act = CompositionAct(committee=CommitteeFactory(), title="Arrêté", effective_on=JUNE)
    upload = SimpleUploadedFile("arrete.exe", b"MZ")
    refused = refusal_of(acts.save_composition_act, composition_act=act, upload=upload)
    assert (refused, CompositionAct.objects.count()) == ({"upload": ["unknown_format"]}, 0)


@pytest.mark.parametrize(("effective_on", "accepted"), [(JUNE, True), (date(2026, 6, 29), False)])
def test_save_composition_act_amends_an_earlier_one_only(prefecture, effective_on, accepted):
    former = CompositionActFactory(effective_on=JUNE)
    act = CompositionAct(committee=former.committee, title="Arrêté", effective_on=effective_on, amends=former)
    if accepted:
        assert save(act).amends == former
        return
    assert refusal_of(acts.save_composition_act, composition_act=act) == {"effective_on": ["amends_later"]}


def test_save_composition_act_amending_another_committee_is_refused(prefecture):
    act = CompositionAct(committee=CommitteeFactory(), title="A", effective_on=JUNE, amends=CompositionActFactory())
    assert refusal_of(acts.save_composition_act, composition_act=act) == {"amends": ["foreign_act"]}


def test_save_composition_act_same_number_is_said_beside_the_number(prefecture):
    former = CompositionActFactory(number="2026-1")
    act = CompositionAct(committee=former.committee, title="A", effective_on=JUNE, number="2026-1")
    assert refusal_of(acts.save_composition_act, composition_act=act) == {"number": ["number_taken"]}


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (acts.remove_seat, lambda: {"seat": SeatFactory()}),
        (acts.remove_college, lambda: {"college": CollegeFactory()}),
        (acts.end_seat, lambda: {"seat": SeatFactory(), "ends_on": JUNE}),
        (acts.save_committee_type, lambda: {"committee_type": CommitteeTypeFactory()}),
        (acts.save_composition_act, lambda: {"composition_act": CompositionActFactory()}),
        (acts.move_part, lambda: {"part": SeatFactory(), "up": True}),
    ],
)
def test_acts_of_the_composition_are_the_referents(prefecture, act, subject):
    with pytest.raises(PermissionDenied):
        act(by=secretary_general(), **subject())

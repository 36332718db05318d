"""A committee renamed, or merged into another, by an arrêté."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition import acts
from committees.composition.composition import composition_on
from committees.composition.models import Committee, CompositionAct, Mandate, Seat
from committees.composition.tests.test_acts import refusal_of
from committees.meetings.acts import save_rules
from committees.meetings.models import CommitteeRules
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    SeatFactory,
    referent,
)

JULY = date(2026, 7, 1)


def renaming(committee, **values) -> dict:
    act = CompositionActFactory(committee=committee, signed_on=JULY)
    return {"committee": committee, "name": "CLUAC", "starts_on": JULY, "composition_act": act} | values


def test_rename_committee_keeps_the_former_name_until_the_day_before(prefecture):
    renamed = acts.rename_committee(**renaming(CommitteeFactory(name="CLU")), by=referent())
    former = renamed.former_names.get()
    assert (renamed.name, former.name, former.last_day) == ("CLUAC", "CLU", date(2026, 6, 30))
    assert former.act.committee == renamed


def test_rename_committee_twice_the_same_day_is_refused(prefecture):
    committee = acts.rename_committee(**renaming(CommitteeFactory(name="CLU")), by=referent())
    assert refusal_of(acts.rename_committee, **renaming(committee, name="CLAC")) == {"starts_on": ["renamed_since"]}
    day_after = renaming(committee, name="CLAC", starts_on=JULY + timedelta(days=1))
    assert acts.rename_committee(**day_after, by=referent()).name == "CLAC"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (lambda: {"name": "CLU"}, {"name": ["same_name"]}),
        (lambda: {"name": CommitteeFactory(name="CLUAC").name}, {"name": ["name_taken"]}),
        (lambda: {"starts_on": timezone.localdate() + timedelta(days=1)}, {"starts_on": ["too_late"]}),
        (lambda: {"composition_act": CompositionActFactory(signed_on=JULY)}, {"composition_act": ["foreign_act"]}),
    ],
)
def test_rename_committee_refusals(prefecture, values, expected):
    committee = CommitteeFactory(name="CLU")
    assert refusal_of(acts.rename_committee, **renaming(committee, **values())) == expected
    assert committee.former_names.count() == 0


def test_rename_committee_by_an_arrete_that_is_not_signed_is_refused(prefecture):
    committee = CommitteeFactory(name="CLU")
    draft = CompositionActFactory(committee=committee)
    refused = refusal_of(acts.rename_committee, **renaming(committee, composition_act=draft))
    assert (refused, Committee.objects.get().name) == ({"composition_act": ["unsigned"]}, "CLU")


def merging(committee, into, **values) -> dict:
    act = CompositionActFactory(committee=into, signed_on=JULY)
    ours = {"committee": committee, "into": into, "merged_on": JULY, "composition_act": act, "carry_over": True}
    return ours | values


def wordings(committee, day) -> list[str]:
    return [row.wording for row in composition_on(committee, day)]


def test_merge_committee_carries_its_seats_over_from_the_day_on(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    college = CollegeFactory(committee=committee, label="Usagers")
    mandate = MandateFactory(seat=SeatFactory(committee=committee, college=college, wording="Familles"))
    merged = acts.merge_committee(**merging(committee, into), by=referent())
    assert (merged.merged_into, merged.merged_on) == (into, JULY)
    assert wordings(committee, date(2026, 6, 30)) == wordings(into, JULY) == ["Familles"]
    assert wordings(committee, JULY) == wordings(into, date(2026, 6, 30)) == []
    (row,) = composition_on(into, JULY)
    assert (row.college, row.full_member.person_id) == ("Usagers", mandate.person_id)
    mandate.refresh_from_db()
    assert mandate.ends_on == date(2026, 6, 30)


def test_merge_committee_carries_no_seat_the_other_has_already(prefecture):
    organisation = OrganisationFactory()
    committee, into = CommitteeFactory(), CommitteeFactory()
    for where in (committee, into):
        SeatFactory(committee=where, organisation=organisation, wording=f"Siège {where.pk}")
    SeatFactory(committee=committee, organisation=organisation, territory="Nord", wording="Nord")
    acts.merge_committee(**merging(committee, into), by=referent())
    assert wordings(into, JULY) == [f"Siège {into.pk}", "Nord"]


def test_merge_committee_leaves_a_seat_that_had_its_own_end_as_it_was(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    own = {"ended_by": CompositionActFactory(committee=committee)}
    ended = SeatFactory(committee=committee, wording="Fini la veille", ends_on=date(2026, 6, 30), **own)
    SeatFactory(committee=committee, wording="Finit plus tard", ends_on=date(2026, 12, 31))
    acts.merge_committee(**merging(committee, into), by=referent())
    assert [(row.wording, row.ends_on) for row in composition_on(into, JULY)] == [
        ("Finit plus tard", date(2026, 12, 31))
    ]
    ended.refresh_from_db()
    assert (ended.ends_on, ended.ended_by) == (date(2026, 6, 30), own["ended_by"])


def test_merge_committee_without_carrying_over_only_ends_its_seats(prefecture):
    committee, into = MandateFactory().seat.committee, CommitteeFactory()
    acts.merge_committee(**merging(committee, into, carry_over=False), by=referent())
    assert (Seat.objects.filter(committee=into).count(), Mandate.objects.in_force_on(JULY).count()) == (0, 0)


def test_merge_committee_refusals(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    merge = acts.merge_committee
    assert refusal_of(merge, **merging(committee, committee)) == {"into": ["same_committee"]}
    foreign = merging(committee, into, composition_act=CompositionActFactory(signed_on=JULY))
    assert refusal_of(merge, **foreign) == {"composition_act": ["foreign_act"]}
    for concerned in (committee, into):
        draft = merging(committee, into, composition_act=CompositionActFactory(committee=concerned))
        assert refusal_of(merge, **draft) == {"composition_act": ["unsigned"]}
    SeatFactory(committee=committee, starts_on=JULY)
    assert refusal_of(merge, **merging(committee, into)) == {"merged_on": ["later_seats"]}


@pytest.mark.parametrize(("there", "carried"), [(0, ["A", "B"]), (1, ["B"]), (2, []), (3, [])])
def test_merge_committee_carries_each_seat_of_an_organisation_the_other_lacks(prefecture, there, carried):
    organisation, committee, into = OrganisationFactory(), CommitteeFactory(), CommitteeFactory()
    for wording in "AB":
        SeatFactory(committee=committee, organisation=organisation, wording=wording)
    SeatFactory.create_batch(there, committee=into, organisation=organisation, wording="Là")
    acts.merge_committee(**merging(committee, into), by=referent())
    assert wordings(into, JULY) == sorted(["Là"] * there + carried, key=len, reverse=True)


def test_merge_committee_carries_the_seat_whose_holder_does_not_sit_there_yet(prefecture):
    organisation, committee, into = OrganisationFactory(), CommitteeFactory(), CommitteeFactory()
    first, second = (SeatFactory(committee=committee, organisation=organisation, wording=name) for name in "AB")
    MandateFactory(seat=first)
    both = MandateFactory(seat=second).person
    MandateFactory(seat=SeatFactory(committee=into, organisation=organisation, wording="Là"), person=both)
    acts.merge_committee(**merging(committee, into), by=referent())
    assert wordings(into, JULY) == ["Là", "A"]


@pytest.mark.parametrize("crossed", [False, True])
def test_merge_committee_locks_both_rows_in_the_order_of_their_keys(prefecture, crossed):
    first, second = CommitteeFactory(), CommitteeFactory()
    pair = (second, first) if crossed else (first, second)
    with CaptureQueriesContext(connection) as queries:
        acts.merge_committee(**merging(*pair), by=referent())
    asked = [query["sql"] for query in queries]
    (lock,) = [sql for sql in asked if 'FROM "committees_committee"' in sql and "FOR UPDATE" in sql]
    assert 'ORDER BY "committees_committee"."id" ASC' in lock


def test_merge_committee_that_merged_is_refused_and_its_composition_no_longer_moves(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    merged = acts.merge_committee(**merging(committee, into), by=referent())
    assert refusal_of(acts.merge_committee, **merging(merged, CommitteeFactory())) == {"": ["merged"]}
    assert refusal_of(acts.merge_committee, **merging(CommitteeFactory(), merged)) == {"into": ["merged"]}
    assert refusal_of(acts.save_seat, seat=Seat(committee=merged, wording="Siège")) == {"": ["merged"]}


# What may be asked of a committee that merged, each with the rows it is about.
ASKED_OF_MERGED = {
    "save_committee": lambda known: (acts.save_committee, {"committee": known["committee"]}),
    "rename_committee": lambda known: (acts.rename_committee, renaming(known["committee"])),
    "save_college": lambda known: (acts.save_college, {"college": known["college"]}),
    "remove_college": lambda known: (acts.remove_college, {"college": known["college"]}),
    "move_college": lambda known: (acts.move_part, {"part": known["college"], "up": True}),
    "move_seat": lambda known: (acts.move_part, {"part": known["seat"], "up": True}),
    "save_seat": lambda known: (acts.save_seat, {"seat": known["seat"]}),
    "end_seat": lambda known: (acts.end_seat, {"seat": known["seat"], "ends_on": JULY}),
    "remove_seat": lambda known: (acts.remove_seat, {"seat": known["empty"]}),
    "end_mandate": lambda known: (acts.end_mandate, {"mandate": known["mandate"], "ends_on": JULY}),
    "remove_mandate": lambda known: (acts.remove_mandate, {"mandate": known["mandate"]}),
    "save_act": lambda known: (acts.save_composition_act, {"composition_act": known["act"]}),
    "save_rules": lambda known: (save_rules, {"rules": CommitteeRules(committee=known["committee"])}),
    "appoint_person": lambda known: (
        acts.appoint_person,
        {"seat": known["seat"], "person": PersonFactory(), "kind": "substitute", "starts_on": JULY},
    ),
}


@pytest.mark.parametrize("asked", ASKED_OF_MERGED)
def test_committee_that_merged_no_longer_changes(prefecture, asked):
    committee, into = CommitteeFactory(), CommitteeFactory()
    college = CollegeFactory(committee=committee)
    mandate = MandateFactory(seat=SeatFactory(committee=committee, college=college))
    empty, act = SeatFactory(committee=committee), CompositionActFactory(committee=committee)
    acts.merge_committee(**merging(committee, into), by=referent())
    mandate = Mandate.objects.select_related("seat__committee").get(pk=mandate.pk)
    for row in (committee, college, empty, act):
        row.refresh_from_db()
    known = {"committee": committee, "college": college, "seat": mandate.seat, "mandate": mandate}
    call, arguments = ASKED_OF_MERGED[asked](known | {"empty": empty, "act": act})
    assert refusal_of(call, **arguments) == {"": ["merged"]}


def test_arrete_of_the_merger_is_completed_afterwards_and_stays_signed(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    act = CompositionActFactory(committee=committee, signed_on=JULY)
    acts.merge_committee(**merging(committee, into, composition_act=act), by=referent())
    act = CompositionAct.objects.get(pk=act.pk)
    act.number = "2026-7"
    assert acts.save_composition_act(composition_act=act, by=referent()).number == "2026-7"
    act.signed_on = None
    refused = refusal_of(acts.save_composition_act, composition_act=act)
    assert refused == {"signed_on": ["serves_signed"]}


def test_arrete_of_a_renaming_stays_signed_and_another_does_not_have_to(prefecture):
    committee = CommitteeFactory(name="CLU")
    act, other = renaming(committee)["composition_act"], renaming(committee)["composition_act"]
    acts.rename_committee(**renaming(committee, composition_act=act), by=referent())
    act.signed_on = other.signed_on = None
    assert refusal_of(acts.save_composition_act, composition_act=act) == {"signed_on": ["serves_signed"]}
    assert acts.save_composition_act(composition_act=other, by=referent()).is_draft

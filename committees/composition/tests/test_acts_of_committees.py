"""A committee renamed, or merged into another, by an arrêté."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clu_portal.tests.factories import OrganisationFactory
from committees.composition import acts
from committees.composition.composition import composition_on
from committees.composition.models import Mandate, Seat
from committees.composition.tests.test_acts import refusal_of
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
    act = CompositionActFactory(committee=committee)
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
        (lambda: {"composition_act": CompositionActFactory()}, {"composition_act": ["foreign_act"]}),
    ],
)
def test_rename_committee_refusals(prefecture, values, expected):
    committee = CommitteeFactory(name="CLU")
    assert refusal_of(acts.rename_committee, **renaming(committee, **values())) == expected
    assert committee.former_names.count() == 0


def merging(committee, into, **values) -> dict:
    act = CompositionActFactory(committee=into)
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
    foreign = merging(committee, into, composition_act=CompositionActFactory())
    assert refusal_of(merge, **foreign) == {"composition_act": ["foreign_act"]}
    SeatFactory(committee=committee, starts_on=JULY)
    assert refusal_of(merge, **merging(committee, into)) == {"merged_on": ["later_seats"]}


def test_merge_committee_that_merged_is_refused_and_its_composition_no_longer_moves(prefecture):
    committee, into = CommitteeFactory(), CommitteeFactory()
    merged = acts.merge_committee(**merging(committee, into), by=referent())
    assert refusal_of(acts.merge_committee, **merging(merged, CommitteeFactory())) == {"": ["merged"]}
    assert refusal_of(acts.merge_committee, **merging(CommitteeFactory(), merged)) == {"into": ["merged"]}
    assert refusal_of(acts.save_seat, seat=Seat(committee=merged, wording="Siège")) == {"": ["merged"]}

"""« Must show » 4 of issue 3: the composition over time, as of each side of each change."""

from datetime import date

import pytest

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition import acts
from committees.composition.composition import by_college, composition_on
from committees.composition.models import Mandate, Seat
from committees.tests.factories import CollegeFactory, CommitteeFactory, MandateFactory, SeatFactory, referent

# What happens to the committee of `life`, and what is seen: (seat, titulaire, suppléants), « – » when vacant.
OVER_TIME = [
    ("2024-12-31", []),
    ("2025-01-01", ["Familles: – ()"]),
    ("2025-02-28", ["Familles: – ()"]),
    ("2025-03-01", ["Familles: Aubin (Bérot)"]),
    ("2025-09-14", ["Familles: Aubin (Bérot)"]),
    ("2025-09-15", ["Familles: Aubin (Bérot)", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2025-12-31", ["Familles: Aubin (Bérot)", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2026-01-01", ["Familles: – (Bérot)", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2026-01-31", ["Familles: – (Bérot)", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2026-02-01", ["Familles: Bérot ()", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2026-06-30", ["Familles: Bérot ()", "Maires nord: Cazal ()", "Maires sud: – ()"]),
    ("2026-07-01", ["Familles: Bérot ()", "Maires sud: – ()"]),
    ("2026-08-01", ["Familles: Bérot ()", "Maires sud: Cazal (Dorval)"]),
]


@pytest.fixture
def life(prefecture):
    """A seat opened then held; two seats for one organisation; a full member replaced by their substitute; a seat
    ended with its mandate; its former holder on another seat."""
    by, committee = referent(), CommitteeFactory()
    organisation = OrganisationFactory()
    people = {name: PersonFactory(surname=name, given_name="", civility="") for name in PEOPLE}
    families = Seat(committee=committee, wording="Familles", starts_on=date(2025, 1, 1))
    north, south = (
        Seat(committee=committee, wording=f"Maires {name}", organisation=organisation, starts_on=date(2025, 9, 15))
        for name in ("nord", "sud")
    )
    for seat in (families, north, south):
        acts.save_seat(seat=seat, by=by)
    appoint(families, people["Aubin"], "full_member", date(2025, 3, 1), by, ends_on=date(2025, 12, 31))
    substitute = appoint(families, people["Bérot"], "substitute", date(2025, 3, 1), by)
    appoint(north, people["Cazal"], "full_member", date(2025, 9, 15), by)
    acts.end_mandate(mandate=substitute, ends_on=date(2026, 1, 31), by=by)
    appoint(families, people["Bérot"], "full_member", date(2026, 2, 1), by)
    acts.end_seat(seat=north, ends_on=date(2026, 6, 30), by=by)
    appoint(south, people["Cazal"], "full_member", date(2026, 8, 1), by)
    appoint(south, people["Dorval"], "substitute", date(2026, 8, 1), by)
    return committee


PEOPLE = ("Aubin", "Bérot", "Cazal", "Dorval")


def appoint(seat, person, kind, starts_on, by, **dates):
    return acts.appoint_person(seat=seat, person=person, kind=kind, starts_on=starts_on, by=by, **dates)


def seen(committee, day: date) -> list[str]:
    return [
        f"{row.wording}: {row.full_member.name if row.full_member else '–'} "
        f"({', '.join(holder.name for holder in row.substitutes)})"
        for row in composition_on(committee, day)
    ]


@pytest.mark.parametrize(("asked", "expected"), OVER_TIME)
def test_composition_on_both_sides_of_each_change(life, asked, expected):
    assert seen(life, date.fromisoformat(asked)) == expected


def test_composition_on_shows_seats_by_college_in_order_those_of_none_last(prefecture):
    committee = CommitteeFactory()
    second = CollegeFactory(committee=committee, label="Administration", position=2)
    first = CollegeFactory(committee=committee, label="Usagers", position=1)
    for wording, college, position in (("a", None, 1), ("b", second, 2), ("c", first, 4), ("d", first, 3)):
        SeatFactory(committee=committee, wording=wording, college=college, position=position)
    groups = by_college(composition_on(committee, date(2026, 1, 1)))
    assert [(group.label, [row.wording for row in group.seats]) for group in groups] == [
        ("Usagers", ["d", "c"]),
        ("Administration", ["b"]),
        ("", ["a"]),
    ]


def test_composition_on_never_shows_another_committee(prefecture):
    mandate = MandateFactory()
    other = MandateFactory()
    assert seen(mandate.seat.committee, date(2026, 1, 1)) != seen(other.seat.committee, date(2026, 1, 1))


@pytest.mark.parametrize("seats", [1, 60])
def test_composition_on_costs_two_queries(prefecture, count_queries, seats):
    committee = CommitteeFactory()
    college = CollegeFactory(committee=committee)
    for _ in range(seats):
        MandateFactory(seat=SeatFactory(committee=committee, college=college, organisation=OrganisationFactory()))
    assert count_queries(lambda: composition_on(committee, date(2026, 1, 1))) == 2


def test_composition_on_a_substitute_agrees_in_gender(prefecture):
    mandate = MandateFactory(kind="substitute", person=PersonFactory(civility="madame"))
    (row,) = composition_on(mandate.seat.committee, date(2026, 1, 1))
    assert [holder.kind_label for holder in row.holders] == ["suppléante"]
    assert Mandate.objects.count() == 1

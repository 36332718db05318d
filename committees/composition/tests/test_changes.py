from datetime import date

import pytest

from committees.composition.changes import differences
from committees.composition.composition import Holder, SeatRow


def holder(person: int, kind: str = "full_member") -> Holder:
    return Holder(person, person, f"P{person}", "", kind, date(2026, 1, 1), None)


def row(seat: int, full_member: Holder | None = None, *substitutes: Holder) -> SeatRow:
    return SeatRow(
        seat, f"S{seat}", None, "", "", None, "", None, "", "", "designated", "", None, None, full_member, substitutes
    )


def told(changes) -> list[tuple]:
    return [
        (change.row.seat_id, change.label, [h.name for h in change.leaving], [h.name for h in change.arriving])
        for change in changes
    ]


P1, P2, P2_SUBSTITUTE = holder(1), holder(2), holder(2, "substitute")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([row(1, P1)], [row(1, P1)], []),
        ([], [row(1)], [(1, "siège créé", [], [])]),
        ([], [row(1, P1)], [(1, "siège créé", [], ["P1"])]),
        ([row(1, P1)], [], [(1, "siège supprimé", ["P1"], [])]),
        ([row(1, P1)], [row(1)], [(1, "siège modifié", ["P1"], [])]),
        ([row(1, P1)], [row(1, P2)], [(1, "siège modifié", ["P1"], ["P2"])]),
        ([row(1, P1, P2_SUBSTITUTE)], [row(1, P2)], [(1, "siège modifié", ["P1", "P2"], ["P2"])]),
        (
            [row(1, P1), row(2)],
            [row(3), row(1)],
            [(3, "siège créé", [], []), (1, "siège modifié", ["P1"], []), (2, "siège supprimé", [], [])],
        ),
    ],
)
def test_differences_between_two_compositions(before, after, expected):
    assert told(differences(before, after)) == expected


def test_differences_a_mandate_renewed_without_a_gap_is_no_change():
    again = Holder(9, 1, "P1", "", "full_member", date(2026, 7, 1), None)
    assert differences([row(1, P1)], [row(1, again)]) == []

import pytest

from committees.meetings.quorum import Sitter, seats_taken


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        ([({1}, 1)], {1}),
        ([({1}, 2)], {1}),
        ([({1, 2}, 1)], {1}),
        ([({1, 2}, 2)], {1, 2}),
        ([({1, 2}, 1), ({1, 2}, 1)], {1, 2}),
        ([({1, 2}, 1), ({1}, 1)], {1, 2}),
        ([({1, 2}, 1), ({1}, 1), ({2}, 1)], {1, 2}),
        ([({1, 2, 9}, 3), (set(), 1), ({9}, 1)], {1, 2}),
        ([({1, 2}, 1), ({1, 3}, 1), ({1, 3}, 1)], {1, 2, 3}),
    ],
)
def test_each_line_fills_as_many_seats_as_it_names_persons_at_most(lines, taken):
    sitters = [
        Sitter(pk=pk, seats=frozenset(seats), status="present", persons=persons)
        for pk, (seats, persons) in enumerate(lines)
    ]
    assert seats_taken(sitters, {1, 2, 3}) == taken

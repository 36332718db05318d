import pytest

from committees.meetings.outline import indented, moved, outdented, parents_of

# a, b (b1, b2), c (c1)
ROWS = [(1, 0), (2, 0), (21, 1), (22, 1), (3, 0), (31, 1)]


def names(rows):
    return [pk for pk, _ in rows]


def test_parents_are_the_items_above():
    assert parents_of(ROWS) == {1: None, 2: None, 21: 2, 22: 2, 3: None, 31: 3}


@pytest.mark.parametrize("rows", [[(1, 1)], [(1, 2)], [(1, 0), (2, -1)]])
def test_parents_refuse_a_sub_item_without_item(rows):
    with pytest.raises(ValueError, match="no parent"):
        parents_of(rows)


@pytest.mark.parametrize(
    ("pk", "up", "order"),
    [
        (1, True, [1, 2, 21, 22, 3, 31]),
        (1, False, [2, 21, 22, 1, 3, 31]),
        (2, True, [2, 21, 22, 1, 3, 31]),
        (2, False, [1, 3, 31, 2, 21, 22]),
        (3, True, [1, 3, 31, 2, 21, 22]),
        (3, False, [1, 2, 21, 22, 3, 31]),
        (21, True, [1, 2, 21, 22, 3, 31]),
        (21, False, [1, 2, 22, 21, 3, 31]),
        (22, True, [1, 2, 22, 21, 3, 31]),
        (22, False, [1, 2, 21, 22, 3, 31]),
        (31, True, [1, 2, 21, 22, 3, 31]),
    ],
)
def test_moved_swaps_neighbours_of_one_level(pk, up, order):
    assert names(moved(ROWS, pk, up=up)) == order


def test_indented_goes_under_the_item_above_with_its_own():
    assert indented(ROWS, 3) == [(1, 0), (2, 0), (21, 1), (22, 1), (3, 1), (31, 1)]
    assert indented(ROWS, 1) == ROWS


def test_outdented_comes_after_the_item_and_its_other_sub_items():
    assert outdented(ROWS, 21) == [(1, 0), (2, 0), (22, 1), (21, 0), (3, 0), (31, 1)]
    assert outdented(ROWS, 1) == ROWS

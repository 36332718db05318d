from zipfile import ZipInfo

import pytest

from clu_portal.lib.archives import Bounds, is_bomb

BOUNDS = Bounds(unpacked=1000, entries=3, ratio=10)


@pytest.mark.parametrize(
    ("sizes", "packed", "expected"),
    [
        ([500, 500], 1000, False),
        ([500, 501], 1000, True),
        ([100], 10, False),
        ([101], 10, True),
        ([1, 1, 1], 10, False),
        ([1, 1, 1, 1], 10, True),
    ],
)
def test_archive_is_a_bomb_past_each_of_its_bounds(sizes, packed, expected):
    entries = [ZipInfo(str(number)) for number in range(len(sizes))]
    for entry, size in zip(entries, sizes, strict=True):
        entry.file_size = size
    assert is_bomb(entries, packed, BOUNDS) is expected

import pytest

from committees.meetings.markers import in_roman, next_label


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("", "1."),
        ("1.|2.", "3."),
        ("9)", "10)"),
        ("1", "2"),
        ("1 –", "2 –"),
        ("1°)", "2°)"),
        ("(1)", "(2)"),
        ("2.1.", "2.2."),
        ("Point 1", "Point 2"),
        ("1.|3.|3.", "4."),
        ("-", "-"),
        ("1.|–", "–"),
        ("➔", "➔"),
        ("•", "•"),
        ("a)", "b)"),
        ("a)|b)", "c)"),
        ("A.", "B."),
        ("h)|i)", "j)"),
        ("i)", "ii)"),
        ("z)", ""),
        ("I/", "II/"),
        ("I/|II/|III/", "IV/"),
        ("IV/|V/", "VI/"),
        ("V/", "W/"),
        ("IX –|X –", "XI –"),
        ("Ii/", ""),
        ("1er", ""),
        ("Divers", ""),
        ("1.||", ""),
        ("99999999999.", ""),
        ("9999999999.", "10000000000."),
    ],
)
def test_marker_typed_is_proposed_for_the_next_item(typed, proposed):
    assert next_label(typed.split("|") if typed else []) == proposed


def test_romans_count():
    assert [in_roman(number) for number in (4, 9, 14, 40, 49, 90)] == ["IV", "IX", "XIV", "XL", "XLIX", "XC"]

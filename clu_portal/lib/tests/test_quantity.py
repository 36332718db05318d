import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clu_portal.lib.quantity import Comparator, Quantity, format_number, parse_quantity


def parts(quantity: Quantity) -> tuple:
    numbers = (quantity.value, quantity.value_max, quantity.scale_max)
    value, value_max, scale_max = (None if number is None else str(number) for number in numbers)
    return quantity.comparator.value, value, value_max, scale_max, quantity.unit


@pytest.mark.parametrize(
    ("text", "comparator", "value", "value_max", "scale_max", "unit"),
    [
        ("– de 2 %", "<", "2", None, None, "%"),
        ("- de 2%", "<", "2", None, None, "%"),
        ("moins de 2 %", "<", "2", None, None, "%"),
        ("< 5 jours", "<", "5", None, None, "jours"),
        ("+ de 30", ">", "30", None, None, ""),
        ("plus de 30", ">", "30", None, None, ""),
        ("Plus d'1 heure", ">", "1", None, None, "heure"),
        ("supérieur à 30", ">", "30", None, None, ""),
        ("≤ 3", "<=", "3", None, None, ""),
        ("au plus 3 jours ouvrés", "<=", "3", None, None, "jours ouvrés"),
        ("inférieur ou égal à 3", "<=", "3", None, None, ""),
        ("jusqu’à 3", "<=", "3", None, None, ""),
        ("au moins 95 %", ">=", "95", None, None, "%"),
        (">= 95", ">=", "95", None, None, ""),
        ("environ 3", "~", "3", None, None, ""),
        ("environ 3 personnes par jour", "~", "3", None, None, "personnes par jour"),
        ("~3,5", "~", "3.5", None, None, ""),
        ("entre 97 % et 100 %", "range", "97", "100", None, "%"),
        ("entre 97 et 100 %", "range", "97", "100", None, "%"),
        ("5 et 8 sonneries", "range", "5", "8", None, "sonneries"),
        ("de 2 à 3 jours", "range", "2", "3", None, "jours"),
        ("12-15", "range", "12", "15", None, ""),
        ("1,5 – 2 minutes", "range", "1.5", "2", None, "minutes"),
        ("entre -3 et -1 point", "range", "-3", "-1", None, "point"),
        ("3,4/5", "=", "3.4", None, "5", ""),
        ("8 / 10", "=", "8", None, "10", ""),
        ("3,4 sur 5", "=", "3.4", None, "5", ""),
        ("plus de 3,4/5 étoiles", ">", "3.4", None, "5", "étoiles"),
        ("1 234,5 €", "=", "1234.5", None, None, "€"),
        ("1\u202f234\u00a0567,50\u00a0€", "=", "1234567.50", None, None, "€"),
        ("12 m²", "=", "12", None, None, "m²"),
        ("0", "=", "0", None, None, ""),
        ("0 %", "=", "0", None, None, "%"),
        ("−2,5 points", "=", "-2.5", None, None, "points"),
        ("+ 2 points", "=", "2", None, None, "points"),
        ("2.75 %", "=", "2.75", None, None, "%"),
        ("12 appels / jour", "=", "12", None, None, "appels / jour"),
    ],
)
def test_parse_quantity(text, comparator, value, value_max, scale_max, unit):
    found = parse_quantity(text)
    assert parts(found) == (comparator, value, value_max, scale_max, unit)
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "satisfaisant",
        "sans objet",
        "n.c.",
        "3 ou 4",
        "3 ou plus",
        "3 minimum",
        "3 jours maximum",
        "18 à 10 jours",
        "18 puis 10",
        "97 % et 100 euros",
        "98 % avec un décroché entre 5 et 8 sonneries",
        "6/5",
        "-1/5",
        "1.234,5",
        "12 34",
        "9" * 16,
        "9" * 5000,
        "1/0",
        "0/0",
        "12 (dont 3 en ligne)",
        "1e5",
        "٣",
        "Infinity",
        "NaN",
    ],
)
def test_parse_quantity_what_is_not_sure_has_a_text_and_no_value(text):
    found = parse_quantity(text)
    assert found == Quantity(text=text)
    assert found.value is None


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\x00\n"])
def test_parse_quantity_blank_is_none_and_not_zero(text):
    assert parse_quantity(text) is None


@given(st.text(max_size=60))
@example("1" * 15 + "," + "1" * 16)
def test_parse_quantity_never_raises(text):
    found = parse_quantity(text)
    assert found is None or Quantity.from_json(json.loads(json.dumps(found.to_json()))) == found


numbers = st.decimals(min_value=0, max_value=10**9, places=2)
units = st.sampled_from(["", "%", "€", "jours", "jours ouvrés", "m²", "appels / jour"])


@st.composite
def quantities(draw):
    comparator = draw(st.sampled_from(Comparator))
    low, high = sorted([draw(numbers), draw(numbers)])
    if comparator == Comparator.RANGE:
        return Quantity(low, high, comparator, draw(units))
    scale_max = draw(st.sampled_from([None, high])) if high else None
    return Quantity(low, None, comparator, draw(units), scale_max)


@given(quantities())
def test_parse_quantity_reads_back_what_is_displayed(quantity):
    assert parse_quantity(quantity.display) == quantity
    assert Quantity.from_json(json.loads(json.dumps(quantity.to_json()))) == quantity


@pytest.mark.parametrize(
    ("quantity", "display"),
    [
        (Quantity(Decimal("2.50"), unit="%"), "2,50\u00a0%"),
        (Quantity(2, None, "<", "%"), "moins de 2\u00a0%"),
        (Quantity(2, None, "<=", "%"), "au plus 2\u00a0%"),
        (Quantity(30, None, ">"), "plus de 30"),
        (Quantity(95, None, ">=", "%"), "au moins 95\u00a0%"),
        (Quantity(3, None, "~"), "environ 3"),
        (Quantity(97, 100, "range", "%"), "entre 97 et 100\u00a0%"),
        (Quantity(Decimal("3.4"), scale_max=5), "3,4/5"),
        (Quantity(Decimal("1234.5"), unit="€"), "1\u00a0234,5\u00a0€"),
        (Quantity(Decimal("-1E+3")), "\u22121\u00a0000"),
        (Quantity(0), "0"),
    ],
)
def test_quantity_display_is_french_and_is_the_text_when_none_is_given(quantity, display):
    assert (quantity.display, quantity.text) == (display, display)


def test_quantity_keeps_the_printed_text_beside_its_display():
    quantity = parse_quantity("– de 2 %")
    assert (str(quantity), quantity.display) == ("– de 2 %", "moins de 2\u00a0%")


def test_quantity_without_a_value_displays_its_text():
    assert parse_quantity("satisfaisant").display == "satisfaisant"


def test_quantity_json_holds_no_float():
    assert parse_quantity("3,40/5").to_json() == {
        "value": "3.40",
        "value_max": None,
        "comparator": "=",
        "unit": "",
        "scale_max": "5",
        "text": "3,40/5",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"text": "\x00"},
        {"value_max": 3, "comparator": "range", "text": "x"},
        {"comparator": "<", "text": "x"},
        {"scale_max": 5, "text": "x"},
        {"value": 3, "comparator": "range"},
        {"value": 3, "value_max": 5},
        {"value": 5, "value_max": 3, "comparator": "range"},
        {"value": 6, "scale_max": 5},
        {"value": -1, "scale_max": 5},
        {"value": 0, "scale_max": 0},
        {"value": 3, "comparator": "!="},
        {"value": Decimal("NaN")},
        {"value": Decimal("Infinity")},
        {"value": Decimal("1E+999999")},
        {"value": Decimal("1E-999999")},
        {"value": 10**15},
    ],
)
def test_quantity_contradictory_parts_are_refused(arguments):
    with pytest.raises(ValueError):
        Quantity(**arguments)


@pytest.mark.parametrize("value", [2.5, True, "2"])
def test_quantity_takes_decimals_only(value):
    with pytest.raises(TypeError):
        Quantity(value)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"value": 2.5, "text": "x"},
        {"value": "1E+999999", "text": "x"},
        {"value": "deux", "text": "x"},
        {"text": "x", "couleur": 1},
        {"text": 3},
        [],
        "x",
    ],
)
def test_quantity_from_json_anything_else_is_refused(data):
    with pytest.raises((ValueError, TypeError)):
        Quantity.from_json(data)


def test_format_number_groups_thousands_with_a_no_break_space():
    assert format_number(Decimal("1234567.5")) == "1\u00a0234\u00a0567,5"

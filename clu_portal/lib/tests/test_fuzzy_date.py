import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clu_portal.lib.fuzzy_date import FuzzyDate, Precision, parse_fuzzy_date

TODAY = date(2026, 11, 22)


def read(text: str, today: date | None = None) -> tuple:
    found = parse_fuzzy_date(text, today)
    return found.precision, found.start and found.start.isoformat(), found.end and found.end.isoformat()


@pytest.mark.parametrize(
    ("text", "precision", "start", "end"),
    [
        ("15/01/2023", "day", "2023-01-15", "2023-01-15"),
        ("15.01.2023", "day", "2023-01-15", "2023-01-15"),
        ("5/1/23", "day", "2023-01-05", "2023-01-05"),
        ("2023-01-15", "day", "2023-01-15", "2023-01-15"),
        ("15 janvier 2023", "day", "2023-01-15", "2023-01-15"),
        ("15 JANVIER 2023", "day", "2023-01-15", "2023-01-15"),
        ("le lundi 16 janvier 2023", "day", "2023-01-16", "2023-01-16"),
        ("lundi 16 janvier 2023 à 14 h 30", "day", "2023-01-16", "2023-01-16"),
        ("16/01/2023 à 9h", "day", "2023-01-16", "2023-01-16"),
        ("1er févr. 2024", "day", "2024-02-01", "2024-02-01"),
        ("1ᵉʳ août 2024", "day", "2024-08-01", "2024-08-01"),
        ("29 février 2024", "day", "2024-02-29", "2024-02-29"),
        ("janvier 2023", "month", "2023-01-01", "2023-01-31"),
        ("courant décembre 2023", "month", "2023-12-01", "2023-12-31"),
        ("au mois d'août 2023", "month", "2023-08-01", "2023-08-31"),
        ("mi-mars 2024", "month", "2024-03-01", "2024-03-31"),
        ("fin février 2024", "month", "2024-02-01", "2024-02-29"),
        ("02/2023", "month", "2023-02-01", "2023-02-28"),
        ("premier trimestre 2020", "quarter", "2020-01-01", "2020-03-31"),
        ("1er trimestre 2020", "quarter", "2020-01-01", "2020-03-31"),
        ("au cours du premier trimestre de l'année 2020", "quarter", "2020-01-01", "2020-03-31"),
        ("2ème trimestre 2020", "quarter", "2020-04-01", "2020-06-30"),
        ("dernier trimestre 2020", "quarter", "2020-10-01", "2020-12-31"),
        ("T1 2020", "quarter", "2020-01-01", "2020-03-31"),
        ("2020-T3", "quarter", "2020-07-01", "2020-09-30"),
        ("second semestre 2020", "year", "2020-07-01", "2020-12-31"),
        ("S1 2020", "year", "2020-01-01", "2020-06-30"),
        ("automne 2018", "season", "2018-09-22", "2018-12-20"),
        ("à l’automne 2018", "season", "2018-09-22", "2018-12-20"),
        ("été 2019", "season", "2019-06-21", "2019-09-21"),
        ("hiver 2019", "season", "2019-12-21", "2020-03-19"),
        ("hiver 2019-2020", "season", "2019-12-21", "2020-03-19"),
        ("2023", "year", "2023-01-01", "2023-12-31"),
        ("fin 2023", "year", "2023-01-01", "2023-12-31"),
        ("2019-2020", "year", "2019-01-01", "2020-12-31"),
        ("avant le 15/01/2023", "day", None, "2023-01-15"),
        ("au plus tard le 15 janvier 2023", "day", None, "2023-01-15"),
        ("avant mars 2023", "month", None, "2023-02-28"),
        ("avant la fin mars 2023", "month", None, "2023-03-31"),
        ("d'ici fin juin 2023", "month", None, "2023-06-30"),
        ("jusqu'au 3 mars 2023", "day", None, "2023-03-03"),
        ("à partir de janvier 2023", "month", "2023-01-01", None),
        ("dès l'automne 2018", "season", "2018-09-22", None),
        ("après le 15 janvier 2023", "day", "2023-01-16", None),
    ],
)
def test_parse_fuzzy_date_period(text, precision, start, end):
    assert read(text) == (precision, start, end)
    assert parse_fuzzy_date(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "après la labellisation",
        "à l'issue de l'audit",
        "dès réception du matériel",
        "au prochain CLU",
        "mars",
        "automne",
        "hiver 2019-2025",
        "été 2019-2020",
        "2020-2019",
        "3e semestre 2020",
        "13/2023",
        "entre la poire et le fromage",
        "30 février",
        "si les crédits le permettent",
        "...",
        "x" * 5000,
    ],
)
def test_parse_fuzzy_date_event_keeps_its_words(text):
    assert parse_fuzzy_date(text) == FuzzyDate.event(text)


@pytest.mark.parametrize("text", ["dès que possible", "Dès que possible.", "à définir", "non précisé", "n.c.", "-"])
def test_parse_fuzzy_date_unspecified(text):
    assert parse_fuzzy_date(text) == FuzzyDate.unspecified(text)


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x00", "\u00a0"])
def test_parse_fuzzy_date_blank_is_none(text):
    assert parse_fuzzy_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "29/02/2023",
        "31 février 2026",
        "avant le 31/04/2026",
        "12/13/2026",
        "00/01/2026",
        "01/01/0000",
        "2026-02-30",
        "45 mai 2026",
        "31/02/2026 sous réserve",
    ],
)
def test_parse_fuzzy_date_impossible_exact_date_is_refused(text):
    with pytest.raises(ValueError, match=f"^La date « {text} » n'existe pas.$"):
        parse_fuzzy_date(text)


def test_parse_fuzzy_date_impossible_without_year_is_refused_when_today_is_known():
    with pytest.raises(ValueError, match="n'existe pas"):
        parse_fuzzy_date("30 février", TODAY)


@pytest.mark.parametrize(
    ("text", "condition", "end"),
    [
        ("printemps 2020, sous réserve des crédits", "sous réserve des crédits", "2020-06-20"),
        ("15/01/2023 (sous réserve)", "sous réserve", "2023-01-15"),
        ("2023 si le budget est voté", "si le budget est voté", "2023-12-31"),
        ("dès que possible, selon les moyens", "selon les moyens", None),
    ],
)
def test_parse_fuzzy_date_reserve_becomes_the_condition(text, condition, end):
    found = parse_fuzzy_date(text)
    assert (found.text, found.condition, found.end and found.end.isoformat()) == (text, condition, end)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("novembre", "2026-11-01"),
        ("mars", "2027-03-01"),
        ("22 novembre", "2026-11-22"),
        ("21 novembre", "2027-11-21"),
        ("29 février", "2028-02-29"),
        ("premier trimestre", "2027-01-01"),
        ("automne", "2026-09-22"),
        ("hiver", "2026-12-21"),
    ],
)
def test_parse_fuzzy_date_without_year_is_the_one_still_to_end(text, start):
    assert read(text, TODAY)[1] == start


def test_parse_fuzzy_date_winter_without_year_is_the_running_one_in_january():
    assert read("hiver", date(2027, 1, 10)) == ("season", "2026-12-21", "2027-03-19")


@given(st.text(max_size=60), st.none() | st.dates())
@example("²/01/2023", None)
@example("janvier", date(9999, 12, 31))
@example("hiver", date(1, 1, 1))
@example("après le 31/12/9999", None)
@example("avant le 01/01/0001", None)
def test_parse_fuzzy_date_never_raises_on_odd_text(text, today):
    found = parse_fuzzy_date(text, today)
    assert found is None or FuzzyDate.from_json(json.loads(json.dumps(found.to_json()))) == found


WORDS = ["le", "fin", "avant", "dès", "t1", "trimestre", "1er", "15", "mars", "été", "hiver", "2023", "2023-2024"]
MARKS = ["/", "-", "31", "02", ",", "si", "de", "l'"]


@given(st.lists(st.sampled_from(WORDS + MARKS), max_size=7), st.sampled_from(["", " "]))
def test_parse_fuzzy_date_on_date_like_text_raises_only_for_a_date_that_does_not_exist(words, glue):
    text = glue.join(words)
    try:
        found = parse_fuzzy_date(text, TODAY)
    except ValueError as error:
        found, refusal = None, str(error)
        assert refusal == f"La date « {text} » n'existe pas."
    assert found is None or found.text == text


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_parse_fuzzy_date_reads_back_what_constructors_print(day):
    quarter = (day.month + 2) // 3
    season = ["printemps", "été", "automne", "hiver"][quarter - 1]
    for made in (
        FuzzyDate.day(day),
        FuzzyDate.month(day.year, day.month),
        FuzzyDate.quarter(day.year, quarter),
        FuzzyDate.season(day.year, season),
        FuzzyDate.year(day.year),
    ):
        assert parse_fuzzy_date(made.text) == made


@pytest.mark.parametrize(
    ("made", "text", "end"),
    [
        (FuzzyDate.day(date(2023, 1, 1)), "1er janvier 2023", date(2023, 1, 1)),
        (FuzzyDate.month(2024, 2), "février 2024", date(2024, 2, 29)),
        (FuzzyDate.quarter(2020, 4), "4e trimestre 2020", date(2020, 12, 31)),
        (FuzzyDate.season(2018, "automne"), "automne 2018", date(2018, 12, 20)),
        (FuzzyDate.year(9999), "9999", date(9999, 12, 31)),
        (FuzzyDate.month(2023, 1, "en janvier"), "en janvier", date(2023, 1, 31)),
        (FuzzyDate.unspecified(), "non précisé", None),
    ],
)
def test_fuzzy_date_constructors(made, text, end):
    assert (str(made), made.end) == (text, end)


@pytest.mark.parametrize(
    "parts",
    [
        {"text": ""},
        {"text": "\x00 "},
        {"text": "x", "precision": "siècle"},
        {"text": "x", "precision": "day"},
        {"text": "x", "precision": "unspecified", "end": date(2023, 1, 1)},
        {"text": "x", "precision": "month", "start": date(2023, 2, 1), "end": date(2023, 1, 1)},
        {"text": "x", "precision": "day", "start": date(2023, 1, 1), "end": date(2023, 1, 2)},
    ],
)
def test_fuzzy_date_contradictory_parts_are_refused(parts):
    with pytest.raises(ValueError):
        FuzzyDate(**parts)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("15/01/2023", date(2023, 1, 15)),
        ("janvier 2023", date(2023, 1, 31)),
        ("T1 2020", date(2020, 3, 31)),
        ("automne 2018", date(2018, 12, 20)),
        ("2023", date(2023, 12, 31)),
        ("avant mars 2023", date(2023, 2, 28)),
    ],
)
def test_fuzzy_date_is_overdue_only_once_the_whole_period_is_past(text, last_day):
    due = parse_fuzzy_date(text)
    assert not due.is_overdue(last_day)
    assert due.is_overdue(last_day + timedelta(days=1))


@pytest.mark.parametrize(
    "due",
    [
        FuzzyDate.event("après la labellisation"),
        FuzzyDate.unspecified("dès que possible"),
        parse_fuzzy_date("à partir de janvier 2000"),
        parse_fuzzy_date("15/01/2000 sous réserve"),
        FuzzyDate("après l'audit", end=date(2000, 1, 1), precision=Precision.EVENT),
    ],
    ids=str,
)
def test_fuzzy_date_is_never_overdue_when_nobody_can_tell(due):
    assert not due.is_overdue(date(2100, 1, 1))


def test_fuzzy_date_sorts_by_end_then_start_those_without_end_last():
    texts = ["T1 2020", "mars 2020", "31/03/2020", "2020", "dès 2019", "après l'audit", "dès que possible"]
    ordered = ["T1 2020", "mars 2020", "31/03/2020", "2020", "après l'audit", "dès que possible", "dès 2019"]
    shuffled = random.Random(1).sample(texts, len(texts))
    assert [due.text for due in sorted(map(parse_fuzzy_date, shuffled))] == ordered


def test_fuzzy_date_does_not_compare_with_a_date():
    with pytest.raises(TypeError):
        _ = FuzzyDate.year(2020) < date(2021, 1, 1)


def test_fuzzy_date_json_is_strings_and_none_only():
    assert parse_fuzzy_date("avant mars 2020").to_json() == {
        "text": "avant mars 2020",
        "start": None,
        "end": "2020-02-29",
        "precision": "month",
        "condition": "",
    }


@pytest.mark.parametrize(
    "data",
    [{}, {"text": "x", "siècle": 1}, {"text": "x", "start": "hier"}, {"text": 3}, {"text": "x", "start": 3}, [], "x"],
)
def test_fuzzy_date_from_json_anything_else_is_refused(data):
    with pytest.raises((ValueError, TypeError)):
        FuzzyDate.from_json(data)

from datetime import time

import pytest

from committees.meetings.wording import (
    Line,
    agreement,
    gender_of_wording,
    genders_in,
    hour,
    hours,
    in_sentence,
    proposed_heading,
    proposed_line,
)

F, M, U = "feminine", "masculine", ""


@pytest.mark.parametrize(
    ("status", "capacity", "genders", "heading"),
    [
        ("present", "member", [M], "Présent"),
        ("present", "member", [F], "Présente"),
        ("present", "member", [F, F], "Présentes"),
        ("present", "member", [F, M], "Présents"),
        ("present", "member", [U], "Présent"),
        ("represented", "member", [F], "Présente"),
        ("excused", "member", [M], "Excusé"),
        ("excused", "member", [F], "Excusée"),
        ("excused", "member", [F, F, F], "Excusées"),
        ("excused", "member", [F, U], "Excusés"),
        ("excused", "guest", [F, F], "Excusées"),
        ("absent", "member", [F], "Absente"),
        ("absent", "member", [M, M], "Absents"),
        ("present", "guest", [F], "Invitée"),
        ("present", "guest", [M, F], "Invités"),
        ("present", "expert", [F, F], "Expertes"),
        ("present", "expert", [M], "Expert"),
        ("present", "assisting", [F], "Assistait également"),
        ("present", "assisting", [F, F], "Assistaient également"),
        ("expected", "member", [F], ""),
    ],
)
def test_heading_agrees_in_gender_and_number(status, capacity, genders, heading):
    assert proposed_heading(status, capacity, genders) == heading


def line(**known) -> str:
    return proposed_line(Line(**known)).replace("\u00a0", " ")


PERSON = {"persons": ("Mme Lise Aubert",), "genders": (F,)}
COUPLE = {"persons": ("Mme Lise Aubert", "M. Paul Brun"), "genders": (F, M)}
BODY = {"body": "Union des familles"}


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        (BODY, "Union des familles"),
        (PERSON, "Mme Lise Aubert"),
        (PERSON | {"office": "présidente"}, "Mme Lise Aubert, présidente"),
        (BODY | PERSON, "Union des familles : Mme Lise Aubert"),
        (BODY | COUPLE, "Union des familles : Mme Lise Aubert et M. Paul Brun"),
        (
            {"body": "Directrice de la citoyenneté", "genders": (F,), "representation": "represented_by"}
            | {"other_side": "Mme Ève Colin, cheffe du bureau"},
            "Directrice de la citoyenneté : représentée par Mme Ève Colin, cheffe du bureau",
        ),
        (
            {
                "body": "Directeur des moyens",
                "genders": (M,),
                "representation": "represented_by",
                "other_side": "M. D",
            },
            "Directeur des moyens : représenté par M. D",
        ),
        (
            BODY | PERSON | {"representation": "represented_by", "other_side": "M. D"},
            "Union des familles : Mme Lise Aubert, représentée par M. D",
        ),
        (
            BODY | {"office": "présidente", "genders": (F,), "representation": "represented_by", "other_side": "M. D"},
            "Union des familles : présidente, représentée par M. D",
        ),
        ({"representation": "represented_by", "other_side": "M. D", "genders": (M,)}, "représenté par M. D"),
        (
            COUPLE | {"representation": "represented_by", "other_side": "leur adjointe"},
            "Mme Lise Aubert et M. Paul Brun, représentés par leur adjointe",
        ),
        (
            PERSON | {"office": "cheffe du bureau", "representation": "representing", "other_side": "la directrice"},
            "Mme Lise Aubert, cheffe du bureau, représentant la directrice",
        ),
        (
            BODY | PERSON | {"representation": "substitute", "other_side": "M. Paul Brun"},
            "Union des familles : Mme Lise Aubert, suppléante de M. Paul Brun",
        ),
        (
            {"persons": ("M. Paul Brun",), "genders": (M,), "representation": "substitute", "other_side": "Alice Roy"},
            "M. Paul Brun, suppléant d'Alice Roy",
        ),
        (PERSON | {"mode": "visio"}, "Mme Lise Aubert, en visioconférence"),
        (PERSON | {"mode": "phone"}, "Mme Lise Aubert, par téléphone"),
        (PERSON | {"arrived_at": time(14, 45)}, "Mme Lise Aubert, arrivée à 14 h 45"),
        (COUPLE | {"left_at": time(16)}, "Mme Lise Aubert et M. Paul Brun, partis à 16 h"),
        (PERSON | {"missed": ("2",)}, "Mme Lise Aubert, absente au point 2"),
        (PERSON | {"missed": ("2", "3")}, "Mme Lise Aubert, absente aux points 2 et 3"),
        (
            BODY | PERSON | {"proxy_to": "M. Paul Brun"},
            "Union des familles : Mme Lise Aubert, pouvoir donné à M. Paul Brun",
        ),
        (
            PERSON | {"mode": "visio", "arrived_at": time(9, 5), "left_at": time(10)},
            "Mme Lise Aubert, en visioconférence, arrivée à 9 h 05, partie à 10 h",
        ),
        (PERSON | {"representation": "representing"}, "Mme Lise Aubert"),
    ],
)
def test_line_is_composed_from_what_is_known(known, printed):
    assert line(**known) == printed


@pytest.mark.parametrize(
    ("wording", "gender"),
    [
        ("Union des familles", F),
        ("Association des maires", F),
        ("L'association des maires", F),
        ("Directrice de la citoyenneté", F),
        ("Secrétaire générale", F),
        ("Secrétaire général", U),
        ("Cheffe du bureau", F),
        ("Présidente du conseil", F),
        ("Sous-préfète", F),
        ("Sous-préfecture de Valbourg", F),
        ("Sous-préfet", U),
        ("Chef du bureau", U),
        ("Maire de Valbourg", U),
        ("Club des usagers", U),
        ("Agent d'accueil", U),
        ("", U),
    ],
)
def test_gender_is_guessed_from_the_first_words(wording, gender):
    assert gender_of_wording(wording) == gender


@pytest.mark.parametrize(
    ("text", "genders"),
    [
        ("Mme A, maire", (F,)),
        ("Mme A et M. B", (F, M)),
        ("Mmes A et B", (F, F)),
        ("MM. A et B", (M, M)),
        ("Madame A", (F,)),
        ("A. B., président", (U,)),
        ("UDAF : Mme A", (F,)),
    ],
)
def test_genders_are_read_in_a_typed_line(text, genders):
    assert genders_in(text) == genders


def test_nobody_is_masculine_singular():
    assert agreement([]).of("excusé") == "excusé"


def test_small_words():
    assert [in_sentence(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]
    assert [hour(time(9)), hour(time(14, 5))] == ["9\u00a0h", "14\u00a0h\u00a005"]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "said"),
    [
        (time(14, 30), time(16, 0), "de 14\u00a0h\u00a030 à 16\u00a0h"),
        (time(14, 30), None, "à partir de 14\u00a0h\u00a030"),
        (None, time(11, 15), "jusqu'à 11\u00a0h\u00a015"),
        (time(0, 0), None, "à partir de 0\u00a0h"),
        (None, None, ""),
    ],
)
def test_hours_say_what_is_known(starts_at, ends_at, said):
    assert hours(starts_at, ends_at) == said

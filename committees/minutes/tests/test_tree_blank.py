import pytest

from committees.minutes.tree.blank import new_minutes
from committees.minutes.tree.draw import draw
from committees.minutes.tree.schema import check_sections

AGENDA = [{"label": "1.", "title": "Accueil\u00a0: horaires"}, {"label": "", "title": "Questions\tdiverses\r\n"}]


def test_new_minutes_follows_the_agenda():
    minutes = new_minutes(AGENDA, ["Pour le préfet,", "", "La secrétaire générale"])
    assert [[block["type"] for block in section["content"]] for section in minutes] == [
        ["paragraph"],
        ["heading", "attendance"],
        ["heading", "agenda"],
        ["heading", "paragraph"],
        ["heading", "paragraph"],
        ["paragraph"],
        ["signature_block"],
    ]


def test_new_minutes_is_accepted_and_drawn_with_what_is_known():
    minutes = new_minutes(AGENDA, ["Pour le préfet,", "", "La secrétaire générale"])
    check_sections(minutes)
    assert draw(minutes, {"agenda": AGENDA[:1]}, "text") == (
        "Ordre du jour\n\n  1. Accueil\u00a0: horaires\n\n1. Accueil\u00a0: horaires\n\nQuestions diverses\n\n"
        "Pour le préfet,\n\nLa secrétaire générale"
    )


def test_new_minutes_put_a_sub_item_one_level_down():
    agenda = [{"label": "1.", "title": "Accueil"}, {"label": "a)", "title": "Horaires", "depth": 1}]
    headings = [block for section in new_minutes(agenda) for block in section["content"] if block["type"] == "heading"]
    assert [heading["attrs"] for heading in headings[-2:]] == [
        {"label": "1.", "level": 1},
        {"label": "a)", "level": 2},
    ]


def test_new_minutes_without_agenda_nor_signature_draws_nothing():
    minutes = new_minutes([])
    check_sections(minutes)
    assert draw(minutes, {}, "pdf") == ""


def test_new_minutes_bears_new_ids_each_time():
    ids = {section["attrs"]["id"] for section in [*new_minutes(AGENDA), *new_minutes(AGENDA)]}
    assert len(ids) == 14


def test_new_minutes_label_too_long_is_cut_at_what_the_schema_admits():
    check_sections(new_minutes([{"label": "é" * 400, "title": ""}]))


@pytest.mark.parametrize(
    ("rules", "before_the_items", "after_them"),
    [
        ([], [], []),
        (["quorum"], [["quorum"]], []),
        (["votes"], [], [["votes"]]),
        (["quorum", "votes"], [["quorum"]], [["votes"]]),
    ],
)
def test_new_minutes_say_the_quorum_before_the_items_and_the_votes_after_them(rules, before_the_items, after_them):
    items = [["heading", "paragraph"]] * len(AGENDA)
    minutes = new_minutes(AGENDA, rules=rules)
    check_sections(minutes)
    assert [[node["type"] for node in section["content"]] for section in minutes[1:-2]] == [
        ["heading", "attendance"],
        ["heading", "agenda"],
        *before_the_items,
        *items,
        *after_them,
    ]

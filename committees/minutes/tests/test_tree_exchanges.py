"""An exchange: what was said, what was answered, and which answer answers what."""

import pytest

from committees.minutes.tree.draw import draw
from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.exchanges import lead, mentions
from committees.minutes.tree.schema import check_section

from .trees import answer, item, node, paragraph, remark, section

A, B, C = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
STRANGER = "00000000-0000-4000-8000-000000000009"


def said(*answered, kinds=("observation",) * 3):
    remarks = [remark("a", id=id, kind=kind) for id, kind in zip((A, B, C), kinds, strict=False)]
    return mentions(remarks, [answer("r", answers=list(found)) for found in answered])


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ([], []),
        ([()], [""]),
        ([(), ()], ["", ""]),
        ([(A, B, C)], [""]),
        ([(A,)], ["sur la 1re observation"]),
        ([(C, A)], ["sur les 1re et 3e observations"]),
        ([(A, B), (C,)], ["sur les 1re et 2e observations", "sur la 3e observation"]),
        ([(A,), ()], ["sur la 1re observation", "sur l’ensemble des observations"]),
        ([(B,), (B,)], ["sur la 2e observation", "sur la 2e observation"]),
    ],
)
def test_mentions_say_what_is_answered_where_it_is_not_evident(answered, told):
    assert said(*answered) == told


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["question"], ""),
        (["question", "question"], "sur la 1re question"),
        (["suggestion", "suggestion"], "sur la 1re suggestion"),
        (["malfunction", "malfunction"], "sur la 1re observation"),
        (["question", "satisfaction"], "sur la 1re observation"),
    ],
)
def test_mentions_name_what_was_said(kinds, told):
    assert said((A,), kinds=kinds) == [told]


@pytest.mark.parametrize(
    ("speaker", "mention", "opening"),
    [
        ("", "", ""),
        ("Mme A", "", "Mme A\u00a0:"),
        ("la mairie :", "", "la mairie :"),
        ("Mme A (CIDFF).", "", "Mme A (CIDFF)."),
        ("", "sur la 1re question", "Sur la 1re question\u00a0:"),
        ("", "à Aidants et à Familles", "À Aidants et à Familles\u00a0:"),
        ("Mme A", "sur la 1re question", "Mme A, sur la 1re question\u00a0:"),
        ("Mme A\u00a0:", "sur la 1re question", "Mme A, sur la 1re question\u00a0:"),
    ],
)
def test_lead_keeps_the_name_as_typed(speaker, mention, opening):
    assert lead(speaker, mention) == opening


@pytest.mark.parametrize(
    ("speaker", "text", "opening"),
    [
        ("Mme A", "Les délais sont longs.", "Mme A\u00a0:"),
        ("Mme A", "les délais sont longs.", "Mme A"),
        ("Mme A", " émet un avis.", "Mme A"),
        ("Mme A demande", "si le guichet ouvre.", "Mme A demande"),
        ("Mme A", "É", "Mme A\u00a0:"),
        ("Mme A", "« non »", "Mme A\u00a0:"),
        ("Mme A", "3 jours", "Mme A\u00a0:"),
        ("Mme A", "", "Mme A\u00a0:"),
        ("Mme A\u00a0:", "les délais", "Mme A\u00a0:"),
        *[
            (f"Mme A{mark}", "Les délais", f"Mme A{mark}")
            for mark in (",", " -", " –", " —", ";", ".", "…", "\u202f?")
        ],
        ("Mme A (maire)", "Les délais", "Mme A (maire)\u00a0:"),
        ("« Le relais »", "Les délais", "« Le relais »\u00a0:"),
        ("", "les délais", ""),
    ],
)
def test_lead_has_no_colon_where_the_text_goes_on(speaker, text, opening):
    assert lead(speaker, "", text) == opening


@pytest.mark.parametrize("speaker", ["Mme A,", "Mme A -", "Mme A –", "Mme A :", "Mme A"])
@pytest.mark.parametrize("text", ["Les délais", "les délais"])
def test_lead_of_a_mention_always_has_a_colon(speaker, text):
    assert lead(speaker, "sur la 1re question", text) == "Mme A, sur la 1re question\u00a0:"


@pytest.mark.parametrize("presentation", ["flow", "by_organisation"])
@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_draw_exchange_a_speaker_goes_on_with_the_text(medium, presentation):
    turns = [remark("demande si tout va.", speaker="Mme A"), answer("Oui.", speaker="M. B –")]
    said = drawn(*turns, presentation=presentation, medium=medium)
    said = said.replace('<span class="lead">', "").replace("</span>", "").replace("\u00a0", " ")
    assert [words for words in ("Mme A demande si tout va.", "M. B – Oui.") if words not in said] == []


def drawn(*turns, medium="text", **attrs):
    return draw([section(node("exchange", *turns, **attrs))], {}, medium)


def test_draw_exchange_tells_who_said_what_and_what_is_answered():
    turns = [
        remark("Les délais sont longs.", id=A, speaker="Mme A"),
        remark("L’accueil est aimable.", id=B, kind="satisfaction"),
        answer("Un guichet ouvre.", node("list", item("le lundi")), speaker="M. B", answers=[A]),
        answer("Merci.", answers=[B], marker="➔"),
    ]
    assert drawn(*turns, opening="L’association a formulé les observations suivantes :") == (
        "L’association a formulé les observations suivantes :\n"
        "  – Mme\u00a0A\u00a0: Les délais sont longs.\n"
        "  – L’accueil est aimable.\n"
        "Réponses apportées\n"
        "  – M.\u00a0B, sur la 1re observation\u00a0: Un guichet ouvre.\n"
        "    – le lundi\n"
        "  ➔ Sur la 2e observation\u00a0: Merci."
    )


@pytest.mark.parametrize(
    ("count", "typed", "title"),
    [
        (1, "", "Réponse apportée"),
        (2, "", "Réponses apportées"),
        (2, "Ce qui a été répondu :", "Ce qui a été répondu :"),
        (0, "Ce qui a été répondu :", None),
    ],
)
def test_draw_exchange_title_agrees_with_the_number_of_answers(count, typed, title):
    lines = drawn(remark("a"), *[answer("r")] * count, answer(paragraph()), answers_title=typed).split("\n")
    assert lines == ["  a", *([title] if title else []), *["  – r"] * count]


@pytest.mark.parametrize(
    ("opening", "markers", "lines"),
    [
        ("", ["–", "–"], ["  a", "  b"]),
        ("", ["–", "➔"], ["  a", "  ➔ b"]),
        (" ", ["–"], ["  a"]),
        ("Mme A :", ["–", ""], ["Mme\u00a0A :", "  – a", "  b"]),
    ],
)
def test_draw_exchange_that_nothing_opens_has_no_dash(opening, markers, lines):
    turns = [remark(words, marker=marker) for words, marker in zip("ab", markers, strict=False)]
    assert drawn(*turns, opening=opening).split("\n") == lines


def test_draw_exchange_without_any_marker_keeps_no_room_for_one():
    html = drawn(remark("a"), answer("r"), medium="pdf")
    assert [line for line in html.splitlines() if line.startswith(("<ul", "<li"))] == [
        '<ul class="marked-list unmarked">',
        "<li><p>a</p></li>",
        '<ul class="marked-list">',
        '<li><p><span class="marker">– </span>r</p></li>',
    ]


def test_draw_exchange_in_html_is_two_lists_under_paragraphs():
    html = drawn(remark("a", id=A), answer("r"), opening="Mme A :", medium="screen")
    assert html.splitlines()[1:-1] == [
        '<div class="exchange">',
        '<p class="exchange-opening">Mme\u00a0A :</p>',
        '<ul class="marked-list" role="list">',
        '<li><p><span class="marker">–</span> a</p></li>',
        "</ul>",
        '<p class="exchange-title">Réponse apportée</p>',
        '<ul class="marked-list" role="list">',
        '<li><p><span class="marker">–</span> r</p></li>',
        "</ul>",
        "</div>",
    ]


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_draw_exchange_where_nothing_was_typed_is_nothing(medium):
    assert drawn(remark(paragraph()), answer(paragraph()), answers_title="Réponses", medium=medium) == ""


def test_draw_exchange_counts_only_what_is_read():
    turns = [remark(paragraph(), id=A), remark("b", id=B), remark("c", id=C), answer("r", answers=[C])]
    assert drawn(*turns).endswith("– Sur la 2e observation\u00a0: r")


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
@pytest.mark.parametrize("presentation", ["flow", "by_organisation"])
def test_draw_exchange_that_hides_mentions_says_nowhere_what_is_answered(medium, presentation):
    turns = [
        remark("a", id=A, organisation="Aidants"),
        remark("b", id=B),
        remark("c", id=C, organisation="Familles"),
        remark("d", id=STRANGER, organisation="Voisins"),
        answer("R", speaker="M. B", answers=[A, B]),
        answer("s", answers=[B, C]),
    ]
    shown, hidden = (
        drawn(*turns, presentation=presentation, mentions=mentions, medium=medium) for mentions in ("shown", "hidden")
    )
    told = {"flow": ["sur les 1re et 2e observations", "Sur les 2e et 3e observations"]}
    told["by_organisation"] = ["sur l’ensemble des observations", "À Aidants et à Familles"]
    assert [words for words in told[presentation] if words not in shown] == []
    assert [words for words in told[presentation] if words in hidden] == []
    assert "M.\u00a0B\u00a0:" in hidden


def refusal(*turns, **attrs):
    with pytest.raises(TreeError) as caught:
        check_section(section(node("exchange", *turns, **attrs)))
    return caught.value.message, caught.value.path[2:]


def test_check_exchange_an_answer_to_a_stranger_is_refused():
    message, path = refusal(remark("a", id=A), answer("r", answers=[A]), answer("r", answers=[STRANGER]))
    assert message == "Une réponse répond à une observation qui n’est pas dans son échange."
    assert path == ("content", 2, "attrs", "answers")


def test_check_exchange_two_remarks_of_one_id_are_refused():
    assert refusal(remark("a", id=A), remark("b", id=A))[0].startswith("Deux observations d’un échange")


def test_check_exchange_the_same_id_in_two_exchanges_is_accepted():
    check_section(section(*[node("exchange", remark("a", id=A), answer("r", answers=[A]))] * 2))


@pytest.mark.parametrize("answered", [None, A, [1], ["{" + A + "}"], [A, A]])
def test_check_exchange_malformed_list_of_what_is_answered_is_refused(answered):
    assert refusal(remark("a", id=A), answer("r", answers=answered))[0].startswith("La liste des observations")


def test_check_exchange_an_answer_before_a_remark_is_refused():
    assert refusal(answer("r"), remark("a"))[0].startswith("L’élément « échange » ne peut pas contenir")

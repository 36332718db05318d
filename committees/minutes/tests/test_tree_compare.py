"""What changed between two versions of a section, word by word: plain values."""

import pytest

from committees.minutes.tests.trees import heading, item, node, paragraph, remark
from committees.minutes.tree.compare import FACTS, READ, compare_sections, lines_of, section_name
from committees.minutes.tree.nodes import NODES, SCHEMA


def of(*lines: str) -> dict:
    return node("section", *(paragraph(line) for line in lines), id="s")


def shown(before, after) -> list[str]:
    signs = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return ["".join(signs[p.kind].format(p.text) for p in line) for line in compare_sections(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (of("a b c"), of("a b c"), ["a b c"]),
        (of("a b c"), of("a x c"), ["a [-b][+x] c"]),
        (of("a b c"), of("a b c d"), ["a b c[+ d]"]),
        (of("a b", "c"), of("a b"), ["a b", "[-c]"]),
        (of("a b"), of("z", "a b"), ["[+z]", "a b"]),
        (of("un deux"), of("tout autre chose ici"), ["[-un deux]", "[+tout autre chose ici]"]),
        (None, of("a"), ["[+a]"]),
        (of("a"), None, ["[-a]"]),
        (None, None, []),
    ],
    ids=["same", "replaced", "at_the_end", "line_gone", "line_new", "other_text", "section_new", "section_gone", "no"],
)
def test_compare_sections(before, after, expected):
    assert shown(before, after) == expected


def test_lines_hold_labels_and_facts_too():
    section = node("section", heading("Accueil", label="1)", level=1), node("attendance"), paragraph("Texte"), id="s")
    assert lines_of(section) == ["1) Accueil", "[Présences]", "Texte"]


def test_a_marker_stands_on_the_line_of_its_text():
    nested = item("Deux", marker="1.")
    nested["content"].append(node("list", item("Trois", marker="a)")))
    said = node("exchange", remark("Pourquoi ?", marker="–", speaker="Mme A"), opening="Il est dit :")
    section = node("section", node("list", item("Un", marker="–"), nested), said, id="s")
    assert lines_of(section) == ["– Un", "1. Deux", "a) Trois", "Il est dit :", "– Mme A Pourquoi ?"]


def test_every_text_of_nodes_json_is_compared_and_every_fact_has_a_name():
    texts = {
        name
        for spec in SCHEMA["nodes"].values()
        for name, known in spec.get("attrs", {}).items()
        if known["type"] == "text"
    }
    assert texts - set(READ) == {"text"}  # that of a footnote, read where it is called
    assert {name for name, spec in NODES.items() if spec.is_fact} == set(FACTS)


def test_a_note_rewritten_is_seen():
    before, after = (of(), of())
    for section, words in ((before, "Jours ouvrés."), (after, "Jours ouvrables.")):
        section["content"] = [node("paragraph", "Cinq jours", node("footnote", text=words))]
    assert shown(before, after) == ["Cinq jours [Jours [-ouvrés.]][+ouvrables.]]"]


def test_a_text_too_long_to_compare_is_gone_then_new():
    before, after = of("mot " * 1200), of("mot " * 1200 + "fin")
    assert [line[:2] for line in shown(before, after)] == ["[-", "[+"]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (of("Court"), "« Court »"),
        (of(""), "section sans titre"),
        (None, "section retirée"),
        (node("section", node("signature_block", node("signature_line", "La Préfète")), id="s"), "« Signature »"),
        (of("x" * 60), f"« {'x' * 60} »"),
        (of("x" * 61), f"« {'x' * 60}… »"),
    ],
    ids=["short", "empty", "gone", "signature", "just_short_enough", "long"],
)
def test_section_name(section, expected):
    assert section_name(section) == expected

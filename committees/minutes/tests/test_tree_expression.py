import pytest

from committees.minutes.tree.expression import compile_expression, spell

NAMES = ["heading", "paragraph", "list"]
GROUPS = {"block": ["paragraph", "list"]}


@pytest.mark.parametrize(
    ("expression", "children", "matches"),
    [
        ("", "", True),
        ("", "list", False),
        ("heading? block*", "", True),
        ("heading? block*", "heading list paragraph", True),
        ("heading? block*", "paragraph heading", False),
        ("heading? block*", "heading heading", False),
        ("paragraph (paragraph | list)*", "paragraph", True),
        ("paragraph (paragraph | list)*", "list", False),
        ("paragraph (paragraph | list)*", "paragraph list paragraph", True),
        ("(heading | list)+", "", False),
        ("(heading|list)+", "list heading", True),
        ("heading | list", "heading list", False),
    ],
)
def test_compile_expression_matches_as_prosemirror_does(expression, children, matches):
    pattern = compile_expression(expression, NAMES, GROUPS)
    assert bool(pattern.fullmatch(spell(children.split()))) is matches


@pytest.mark.parametrize("expression", ["chart", "inline*", "paragraph{2}", "paragraph,list"])
def test_compile_expression_what_it_does_not_know_raises(expression):
    with pytest.raises(ValueError):
        compile_expression(expression, NAMES, GROUPS)

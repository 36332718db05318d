"""What each node becomes for who listens to the PDF, before and after its sealing."""

import functools
import io

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clu_portal.lib.pdf import render_pdf
from clu_portal.lib.tests.papers import WHEN, findings, put_seal
from clu_portal.lib.tests.pdf_structure import outline
from committees.minutes.tree.draw import draw
from committees.minutes.tree.nodes import MARKS, NODES, SCHEMA

from .node_samples import FACTS, SAMPLES
from .node_structures import STRUCTURES
from .trees import heading, section

UNCUT = SafeString("<style>section { break-inside: avoid }</style>")  # what a page cuts in two is said in two elements
ADDRESS = " (https://exemple.test/)"  # written out where nobody can follow it
LAYOUTS = [
    f"{name}:{choice}"
    for name, spec in SCHEMA["nodes"].items()
    for attribute, known in spec.get("attrs", {}).items()
    for choice in known.get("choices", ())
    if attribute != "kind" and choice != known["default"]
]
# What they print stands elsewhere, says what stands elsewhere, or is a table that plain text tells in sentences.
APART = ("table_of_contents", "footnote", "meeting_actions", "previous_actions")


def sections(name: str = "") -> list[dict]:
    """Every sample, each in a section that begins with its name; or one, alone."""
    chosen = [name] if name else [one for one in SAMPLES if one not in APART]
    return [section(heading(one), *SAMPLES[one]) for one in chosen]


@functools.cache
def document(state: str, name: str = "") -> bytes:
    if state == "sealed":
        return put_seal(document("rendered", name))
    body = UNCUT + draw(sections(name), FACTS, "pdf")
    title = {"kind": "title", "form": "plain", "lines": ["Compte-rendu"]}
    context = {"title": "Compte-rendu", "head": [title], "body": body}
    return render_pdf(render_to_string("pdf/minutes.html", context), created_at=WHEN)


@functools.cache
def structures(state: str) -> dict[str, list[str]]:
    """The structure of each sample, by its name: what follows the heading in its section."""
    found: dict[str, list[str]] = {}
    for line in outline(document(state)):
        if line.startswith("    H2 ") and line[7:] in SAMPLES:
            found[line[7:]] = []
        elif found and line.startswith("    "):
            found[list(found)[-1]].append(line[4:])
    for name in APART:
        lines = outline(document(state, name))
        begins = lines.index(f"    H2 {name}") + 1
        found[name] = [line[2:] for line in lines[begins:-1]]  # the last one marks the end of the document
    return found


def test_every_node_mark_and_layout_has_a_sample_and_a_structure():
    assert sorted(SAMPLES) == sorted(STRUCTURES) == sorted([*NODES, *MARKS, *LAYOUTS])


@pytest.mark.parametrize("state", ["rendered", "sealed"])
@pytest.mark.parametrize("name", SAMPLES)
def test_pdf_structure_of_each_node(name, state):
    assert "\n".join(structures(state).get(name, [])) == STRUCTURES[name].strip("\n")


@pytest.mark.parametrize("state", ["rendered", "sealed"])
def test_pdf_of_every_node_is_conform_in_french_and_titled(state):
    with pikepdf.open(io.BytesIO(document(state))) as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("fr", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert findings(document(state)) == []


@pytest.mark.parametrize("state", ["rendered", "sealed"])
def test_pdf_figures_have_another_text(state):
    assert [line for line in outline(document(state)) if line.strip() == "Figure"] == []


def test_pdf_is_read_in_the_order_of_the_plain_text():
    """The words of the structure, element by element, are those of the text drawn without any page."""
    told = [word for line in outline(document("rendered")) for word in said(line)]
    assert told[told.index("section") :] == draw(sections(), FACTS, "text").replace(ADDRESS, "").split()


def said(line: str) -> list[str]:
    """The words of an element, a link being already said by its block."""
    tag, _, text = line.strip().partition(" ")
    return [] if tag == "Link" else text.split()

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from committees.minutes.tree.draw import draw
from committees.minutes.tree.media import DIRECTORY, MEDIA
from committees.minutes.tree.nodes import MARKS, NODES

from . import trees
from .trees import answer, heading, item, node, remark, section, table, text, walk

FACTS = {
    "agenda": [{"title": "Accueil"}],
    "attendance": [{"lines": ["Mme A"]}],
    "quorum": [{"sentence": "Le quorum est atteint."}],
    "votes": [{"subject": "Affiche", "sentence": "Adopté."}],
    "documents": [{"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]}],
    "actions": [{"id": "a", "title": "Poser un panneau"}],
    "previous_actions": [{"id": "b", "title": "Ouvrir un guichet"}],
}
ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
SPANS = {"colspan", "rowspan"}
HEADINGS = {f"h{level}": {"class", "id"} for level in range(2, 7)}
OWN_ID = re.compile(r"s-[0-9a-f-]{36}(-[0-9]+)?|note(-call)?-[0-9]+")
ALLOWED = HEADINGS | {
    "section": {"id", "data-section"}, "p": {"class"}, "br": set(), "strong": set(), "em": set(), "sup": set(),
    "blockquote": set(),
    "a": {"href", "rel", "class", "id", "aria-label"}, "span": {"class", "id", "data-target"}, "article": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"}, "ul": {"class", "role", "aria-label"}, "li": {"id", "class"},
    "table": {"class"}, "caption": set(), "thead": set(), "tbody": set(), "tr": set(), "td": SPANS,
    "th": SPANS | {"scope"},
}  # fmt: skip


class Strict(HTMLParser):
    """Reads HTML; notes its texts and whatever is not in the list, not closed or not an element."""

    def __init__(self, html):
        super().__init__()
        self.faults, self.open, self.data, self.hrefs = [], [], [], []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED or {name for name, _ in attrs} - ALLOWED[tag]:
            self.faults.append(self.get_starttag_text())
        ids = [value.removeprefix("#") for name, value in attrs if name in ("id", "data-target")]
        self.faults += [value for value in ids if not OWN_ID.fullmatch(value)]
        self.hrefs += [value for name, value in attrs if name == "href"]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        self.data.append(data)

    def fault(self, data):
        self.faults.append(data)

    handle_comment = handle_decl = handle_pi = unknown_decl = fault


def texts_of(document):
    """Return what a reader must find once the facts are known: the texts and labels of all that is not blank."""
    for part in (part for tree in document for part in walk(tree)):
        if part["type"] in {"text", "heading"}:
            label = part.get("attrs", {}).get("label", "")
            yield from filter(None, (part.get("text", "").strip(), label.strip()))


@pytest.mark.parametrize("medium", MEDIA.values(), ids=MEDIA)
def test_templates_one_per_node_and_mark_and_no_other(medium):
    found = {path.name for path in (DIRECTORY / medium.name).iterdir()}
    after = [] if medium.has_footnotes else ["footnote_list"]
    assert found == {f"{name}.{medium.extension}" for name in [*NODES, *MARKS, *after]}


@pytest.mark.parametrize("medium", ["screen", "pdf"])
@settings(max_examples=40)
@given(trees.documents, trees.facts)
def test_I01_I02_draw_lets_out_only_listed_elements(medium, document, facts):
    page = Strict(draw(document, facts, medium))
    assert page.faults == []
    outside = [href for href in page.hrefs if not (href.startswith("#") and OWN_ID.fullmatch(href[1:]))]
    assert all(href.lower().startswith(("https://", "mailto:")) for href in outside)


@pytest.mark.parametrize("medium", MEDIA)
@settings(max_examples=40)
@given(trees.documents)
def test_I02_draw_lets_out_every_text(medium, document):
    drawn = draw(document, FACTS, medium)
    read = drawn if medium == "text" else "".join(Strict(drawn).data)
    assert [words for words in texts_of(document) if words not in read] == []


@pytest.mark.parametrize("payload", trees.HOSTILE)
@pytest.mark.parametrize("medium", ["screen", "pdf"])
def test_I01_draw_every_place_of_a_text_is_escaped(payload, medium):
    blocks = [
        heading(payload, label=payload),
        node("list", item(payload, marker=payload)),
        table([trees.header(payload), trees.cell(payload)], caption=payload),
        node("signature_block", node("signature_line", payload)),
        trees.paragraph(text(payload, "bold", trees.link("https://exemple.test/'&quot;"))),
        node("exchange", remark(payload, marker=payload, speaker=payload, id=ID), opening=payload),
        node("exchange", remark("a"), answer(payload, speaker=payload), answers_title=payload),
        node("decision", payload, title=payload, decided_by=payload),
        node("action", id=ID, title="a", owner=payload, due=payload, wording=payload),
        node("exchange", remark("a", organisation=payload, id=ID), presentation="by_organisation"),
        node("quotation", trees.paragraph(payload), source=payload),
        node("separator", payload),
        trees.paragraph("a", node("footnote", text=payload)),
        node("agenda"),
        node("attendance"),
        *(node("attendance", layout=layout) for layout in ("two_columns", "header_table", "side_by_side")),
        *(node("attendance", layout=layout) for layout in ("college_table", "three_columns")),
        node("dossier"),
        node("annexes"),
        node("quorum"),
        node("votes"),
        heading("a", node("footnote", text="a")),
        node("table_of_contents", title=payload),
        node("previous_actions"),
    ]
    row = dict.fromkeys(("line", "name", "function", "body", "rest", "state"), payload)
    facts = {
        "quorum": [{"committee": payload, "sentence": payload, "rule": payload}] * 2,
        "votes": [{"subject": payload, "sentence": payload}],
        "documents": [{"heading": payload + "!", "kind": "annexed", "lines": [payload]}],
        "agenda": [{"label": payload, "title": payload, "kind_label": payload, "presenters": payload}],
        "attendance": [{"heading": payload + "!", "lines": [payload], "rows": [row]}],
        "chair": payload,
        "previous_actions": [{"title": payload, "owner": payload, "due": payload, "state": payload}],
    }
    page = Strict(draw([section(*blocks)], facts, medium))
    assert page.faults == []
    assert "".join(page.data).count(payload) == 66

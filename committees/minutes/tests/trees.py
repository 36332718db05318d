"""Trees for the tests: short builders, and Hypothesis strategies of what nodes.json allows."""

from uuid import uuid4

from hypothesis import strategies as st

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</section><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' style='x",
    "<!--", "]]>", "&lt;b&gt;", "&#x3C;svg/onload=alert(1)>",
    "<style>*{}</style><math><mi>",
    "{{ content }}{% debug %}{# x #}",
    "javascript:alert(1)",
]  # fmt: skip


def text(value, *marks):
    marks = [mark if isinstance(mark, dict) else {"type": mark} for mark in marks]
    return {"type": "text", "text": value} | ({"marks": marks} if marks else {})


def link(href="https://exemple.test/"):
    return {"type": "link", "attrs": {"href": href}}


def node(kind, /, *content, **attrs):
    content = [text(child) if isinstance(child, str) else child for child in content]
    return {"type": kind} | ({"attrs": attrs} if attrs else {}) | ({"content": content} if content else {})


def paragraph(*content):
    return node("paragraph", *content)


def heading(*content, **attrs):
    return node("heading", *content, **attrs)


def item(*blocks, **attrs):
    return node("list_item", *(paragraph(block) if isinstance(block, str) else block for block in blocks), **attrs)


def cell(*texts, kind="table_cell", **attrs):
    return node(kind, *(paragraph(value) if value else paragraph() for value in texts or [""]), **attrs)


def header(*texts, **attrs):
    return cell(*texts, kind="table_header", **attrs)


def table(*rows, **attrs):
    return node("table", *(node("table_row", *row) for row in rows), **attrs)


def remark(*blocks, id=None, **attrs):
    blocks = (paragraph(block) if isinstance(block, str) else block for block in blocks)
    return node("remark", *blocks, id=str(uuid4()) if id is None else id, **attrs)


def answer(*blocks, **attrs):
    return node("answer", *(paragraph(block) if isinstance(block, str) else block for block in blocks), **attrs)


def section(*blocks, id=None):
    return {"type": "section", "attrs": {"id": str(uuid4()) if id is None else id}, "content": list(blocks)}


def walk(tree):
    """Yield a node and all its descendants."""
    yield tree
    for child in tree.get("content", []):
        yield from walk(child)


characters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
words = st.text(characters, max_size=12) | st.sampled_from(HOSTILE)
hrefs = st.sampled_from(["https://exemple.test/a?b=1&c='2'", "HTTPS://exemple.test", "mailto:accueil@exemple.test"])
marks = st.lists(
    st.sampled_from(["bold", "italic", "superscript"]).map(lambda name: {"type": name}) | hrefs.map(link),
    unique_by=lambda mark: mark["type"],
)
texts = st.builds(lambda value, given: text(value, *given), words.filter(bool), marks)
breaks = marks.map(lambda given: {"type": "hard_break", "marks": given})
footnotes = st.builds(lambda said, given: {"type": "footnote", "attrs": {"text": said}, "marks": given}, words, marks)
inlines = st.lists(texts | breaks | footnotes, max_size=3)


def _filled(kind, contents, **attrs):
    """Nodes of a kind, with any part of the attributes given."""
    return st.builds(
        lambda content, given: node(kind, *content, **given), contents, st.fixed_dictionaries({}, optional=attrs)
    )


paragraphs = _filled("paragraph", inlines)
headings = _filled("heading", inlines, label=words, level=st.integers(1, 4), form=st.sampled_from(["block", "run_in"]))


def _lists(depth):
    inner = paragraphs if depth == 1 else paragraphs | st.deferred(lambda: _lists(depth - 1))
    contents = st.builds(lambda first, rest: [first, *rest], paragraphs, st.lists(inner, max_size=2))
    return _filled("list", st.lists(_filled("list_item", contents, marker=words), min_size=1, max_size=3))


TABLE = {"caption": words, "columns": st.sampled_from(["equal", "values"])}


@st.composite
def _tables(draw):
    """Ragged tables, where a first cell may run down all the rows and others may run over columns."""
    cells = st.sampled_from(["table_cell", "table_header"]).flatmap(
        lambda kind: _filled(kind, st.lists(paragraphs, min_size=1, max_size=2), colspan=st.integers(1, 3))
    )
    rows = draw(st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=3))
    if draw(st.booleans()):
        rows[0][0]["attrs"] = {"rowspan": len(rows)}
    return table(*rows, **draw(st.fixed_dictionaries({}, optional=TABLE)))


EXCHANGE = {"opening": words, "answers_title": words, "presentation": st.sampled_from(["flow", "by_organisation"])}


@st.composite
def _exchanges(draw):
    """Remarks, and answers to some of them, to all or to none in particular."""
    ids = draw(st.lists(st.uuids().map(str), min_size=1, max_size=3, unique=True))
    said = st.lists(paragraphs | _lists(1), max_size=1)
    speakers = st.fixed_dictionaries({}, optional={"speaker": words, "marker": words})

    def turn(kind, **attrs):
        return node(kind, draw(paragraphs), *draw(said), **attrs, **draw(speakers))

    remarks = [turn("remark", id=id, organisation=draw(words)) for id in ids]
    targets = draw(st.lists(st.lists(st.sampled_from(ids), unique=True), max_size=3))
    given = draw(st.fixed_dictionaries({}, optional=EXCHANGE))
    return node("exchange", *remarks, *[turn("answer", answers=found) for found in targets], **given)


signature_lines = _filled("signature_line", st.lists(words.filter(bool), max_size=2))
# What no row nor fact stands behind: it is the same in any préfecture.
prose = st.one_of(
    headings,
    paragraphs,
    _lists(3),
    _tables(),
    _exchanges(),
    _filled("quotation", st.lists(paragraphs, min_size=1, max_size=2), source=words),
    _filled("separator", st.lists(words.filter(bool).map(text), max_size=1)),
    st.just(node("page_break")),
    st.builds(lambda title, levels: node("table_of_contents", title=title, levels=levels), words, st.integers(1, 4)),
    _filled("decision", inlines, title=words, decided_by=words),
    _filled("signature_block", st.lists(signature_lines, max_size=8)),
)
blocks = st.one_of(
    prose,
    st.just(node("agenda")),
    st.just(node("attendance")),
    *(st.just(node(name)) for name in ("dossier", "quorum", "votes")),
    st.just(node("annexes")),
    st.builds(lambda id, title: node("action", id=str(id), title=title), st.uuids(), words),
)
sections = st.builds(lambda content, id: section(*content, id=str(id)), st.lists(blocks, max_size=4), st.uuids())
prose_sections = st.lists(
    st.builds(lambda content, id: section(*content, id=str(id)), st.lists(prose, max_size=4), st.uuids()),
    max_size=2,
    unique_by=lambda tree: tree["attrs"]["id"],
)
documents = st.lists(sections, max_size=3, unique_by=lambda tree: tree["attrs"]["id"])
_agenda_items = st.fixed_dictionaries(
    {"label": words, "title": words, "kind_label": words, "presenters": words, "depth": st.integers(0, 1)}
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "agenda": st.lists(_agenda_items, max_size=3),
        "quorum": st.lists(st.fixed_dictionaries({"committee": words, "sentence": words, "rule": words}), max_size=2),
        "votes": st.lists(st.fixed_dictionaries({"subject": words, "item": words, "sentence": words}), max_size=2),
        "documents": st.lists(
            st.fixed_dictionaries(
                {"heading": words, "kind": st.sampled_from(["sent_before", "annexed"]), "lines": st.lists(words)}
            ),
            max_size=3,
        ),
        "attendance": st.lists(st.fixed_dictionaries({"heading": words, "lines": st.lists(words)}), max_size=3),
    },
)

"""The HTML our templates draw for a PDF, as the body of a text document: the same words in the same order.

Markers of lists are text, as on the page, before their line: what was typed is not numbered again by the word
processor. A heading is a heading, a header row repeats, and each table cell keeps its lines.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LETTERS = {"strong": "Bold", "b": "Bold", "em": "Italic", "i": "Italic", "sup": "Superscript"}
CONTAINERS = {"div", "section", "ul", "ol", "blockquote", "body", "html", "article", "header", "dl"}
SKIPPED = {"head", "script", "style"}
DEEPEST_LIST = 3
# What a class of the page is called in templates/odt/styles.xml; the nearest ancestor that has one gives its name.
STYLES = {
    "letterhead": "Letterhead",
    "contacts": "Letterhead",
    "signature": "Right",
    "place-and-date": "Right",
    "window-address": "Right",
    "separator": "Centred",
    "exchange-opening": "Announcement",
    "exchange-title": "Announcement",
    "contents-title": "Announcement",
}
NOT_COPIED = {"variant-mark", "running-header", "running-footer", "document-end"}


def odt_body(html: str) -> str:
    """Return what goes into <office:text>, from the HTML of a whole page."""
    from tinyhtml5 import parse

    return "\n".join(Body().blocks(parse(html, namespace_html_elements=False).find("body")))


class Body:
    def __init__(self):
        self.tables = 0

    def blocks(self, parent: Element, style: str = "Standard", depth: int = 0) -> Iterator[str]:
        """Draw what a container holds; letters that no paragraph holds make one."""
        loose = [inline_text(parent.text)]
        for child in parent:
            if is_block(child):
                yield from paragraph(loose, style)
                yield from self.block(child, style, depth)
                loose = []
            else:
                loose.append(inline(child))
            loose.append(inline_text(child.tail))
        yield from paragraph(loose, style)

    def block(self, node: Element, style: str, depth: int) -> Iterator[str]:
        classes = set((node.get("class") or "").split())
        if node.tag in SKIPPED or classes & NOT_COPIED:
            return
        style = next((STYLES[name] for name in STYLES if name in classes), style)
        style = "Quotations" if node.tag == "blockquote" else style
        if "page-break" in classes:
            yield '<text:p text:style-name="PageBreak"/>'
        if node.tag in HEADINGS:
            level = HEADINGS[node.tag]
            yield f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{inside(node)}</text:h>'
        elif node.tag == "table":
            yield from self.table(node)
        elif node.tag in CONTAINERS:
            deeper = depth + 1 if node.tag in ("ul", "ol") else depth
            yield from self.blocks(node, style, deeper)
        elif node.tag == "li":
            yield from self.blocks(node, f"List_20_{min(depth, DEEPEST_LIST)}", depth)
        else:
            yield from paragraph([inside(node)], style)
        if "blank-line" in classes:
            yield '<text:p text:style-name="Standard"/>'

    def table(self, node: Element) -> Iterator[str]:
        self.tables += 1
        caption, rows = node.find("caption"), list(node.iter("tr"))
        if caption is not None:
            yield f'<text:p text:style-name="Caption">{inside(caption)}</text:p>'
        width = max(len(slots) for slots in laid_out(rows))
        head = node.find("thead")
        head_rows = [] if head is None else list(head.iter("tr"))
        lines = ["".join(self.cells(slots, width)) for slots in laid_out(rows)]
        drawn = [f'<table:table-row table:style-name="Row">{line}</table:table-row>' for line in lines]
        heads, others = "".join(drawn[: len(head_rows)]), "".join(drawn[len(head_rows) :])
        repeated = f"<table:table-header-rows>{heads}</table:table-header-rows>" if heads else ""
        columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
        opened = f'<table:table table:name="Tableau {self.tables}" table:style-name="Wide">'
        yield f"{opened}{columns}{repeated}{others}</table:table>"

    def cells(self, slots: list[Element | None], width: int) -> Iterator[str]:
        for cell in slots:
            if cell is None:
                yield "<table:covered-table-cell/>"
                continue
            is_head = cell.tag == "th"
            spans = "".join(
                f' table:number-{kind}s-spanned="{cell.get(f"{short}span")}"'
                for kind, short in (("column", "col"), ("row", "row"))
                if cell.get(f"{short}span")
            )
            style = "Table_20_Heading" if is_head else "Table_20_Contents"
            lines = "".join(self.blocks(cell, style)) or f'<text:p text:style-name="{style}"/>'
            name = "Head" if is_head else "Cell"
            opened = f'<table:table-cell table:style-name="{name}" office:value-type="string"{spans}>'
            yield f"{opened}{lines}</table:table-cell>"
        yield "<table:table-cell/>" * (width - len(slots))


def laid_out(rows: list[Element]) -> list[list[Element | None]]:
    """The cells of each row by column; None where a merged cell covers."""
    covered: dict[tuple[int, int], bool] = {}
    found = []
    for index, row in enumerate(rows):
        slots: list[Element | None] = []
        cells = iter([cell for cell in row if cell.tag in ("td", "th")])
        cell = next(cells, None)
        while cell is not None or (index, len(slots)) in covered:
            if (index, len(slots)) in covered:
                slots.append(None)
                continue
            column, across, down = len(slots), span(cell, "colspan"), span(cell, "rowspan")
            covered |= {(index + y, column + x): True for y in range(down) for x in range(across) if x or y}
            slots.append(cell)
            cell = next(cells, None)
        found.append(slots)
    return found


def span(cell: Element, name: str) -> int:
    return int(cell.get(name) or 1)


def is_block(node: Element) -> bool:
    return node.tag in CONTAINERS or node.tag in HEADINGS or node.tag in {"p", "li", "table", "dt", "dd"} | SKIPPED


def paragraph(pieces: list[str], style: str) -> Iterator[str]:
    text = "".join(pieces).strip()
    if text:
        yield f'<text:p text:style-name="{style}">{text}</text:p>'


def inside(node: Element) -> str:
    pieces = [inline_text(node.text)]
    for child in node:
        pieces += [inline(child), inline_text(child.tail)]
    return "".join(pieces).strip()


def inline(node: Element) -> str:
    if node.tag == "br":
        return "<text:line-break/>"
    if node.tag in SKIPPED or not isinstance(node.tag, str):
        return ""
    if node.get("class") in ("note-call", "note"):
        return footnote(node) if node.get("class") == "note" else ""
    pieces = "".join([inline_text(node.text), *(inline(child) + inline_text(child.tail) for child in node)])
    style = LETTERS.get(node.tag) or ("Bold" if node.get("class") == "lead" else "")
    if node.tag == "a" and pieces and not (node.get("href") or "").startswith("#"):
        return f'<text:a xlink:type="simple" xlink:href={quoteattr(node.get("href") or "")}>{pieces}</text:a>'
    return f'<text:span text:style-name="{style}">{pieces}</text:span>' if style and pieces else pieces


def footnote(node: Element) -> str:
    """A note of the word processor's own, which gives it its call; its text follows the link back to it."""
    link, *others = node
    text = "".join([inline_text(link.tail), *(inline(child) + inline_text(child.tail) for child in others)]).strip()
    number = inline_text(link.text)
    opened = f'<text:note text:id="{node.get("id")}" text:note-class="footnote">'
    citation = f"<text:note-citation>{number}</text:note-citation>"
    body = f'<text:note-body><text:p text:style-name="Footnote">{text}</text:p></text:note-body>'
    return f"{opened}{citation}{body}</text:note>"


def inline_text(text: str | None) -> str:
    """The letters, as HTML shows them: a run of spaces is one space; a no-break space is a letter."""
    if not text:
        return ""
    words = [word for word in text.translate(dict.fromkeys(map(ord, "\t\n\r\f"), " ")).split(" ") if word]
    opening, closing = (
        text[:1].isspace() and text[0] not in "\u00a0\u202f",
        text[-1:].isspace() and text[-1] not in "\u00a0\u202f",
    )
    return escape(" " * opening + " ".join(words) + " " * (closing and bool(words)))

"""Drawing of the minutes as a page, as the source of the PDF, or as plain text."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from .inline import draw_inline
from .media import MEDIA
from .nodes import attribute
from .reading import HeadingDepth, drawn_blocks, is_blank, known_facts, text_of
from .schema import check_sections
from .tables import draw_table

DEEPEST_HEADING = 6


def draw(sections: Sequence[dict], facts: dict | None, medium: str) -> SafeString | str:
    """Return the sections drawn on `medium`: HTML (SafeString) for "screen" and "pdf", plain text (str) for "text".

    `facts` is {"agenda": [{"label", "title", "kind_label"}], "attendance": [{"heading", "lines": [str, …]}]}; what is
    missing draws nothing. The page's h1 is the title of the document, which is not drawn here. What holds no text
    is not drawn: no empty paragraph, which a screen reader would announce; space between blocks is for the style
    sheet. The tree is checked again (checklist I02): raises TreeError.
    """
    check_sections(sections)
    return Drawing(medium, facts).document(sections)


class Drawing:
    def __init__(self, medium: str, facts: dict | None):
        self.medium = MEDIA[medium]
        self.facts = known_facts(facts)
        self.depth = HeadingDepth()
        self.last_heading = ""
        self.draw_block: dict[str, Callable[[dict], str]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "list": self.marked_list,
            "table": lambda node: draw_table(self.medium, node),
            "agenda": self.agenda,
            "attendance": self.attendance,
            "signature_block": self.signature_block,
        }

    def document(self, sections: Sequence[dict]) -> str:
        drawn = [self.section(section) for section in sections]
        return self.join(drawn, self.medium.block_separator)

    def section(self, section: dict) -> str:
        self.last_heading = ""
        blocks = [self.draw_block[node["type"]](node) for node in drawn_blocks(section, self.facts)]
        content = self.join(blocks, self.medium.block_separator)
        return self.medium.fill("section", id=section["attrs"]["id"], content=content) if content else ""

    def heading(self, node: dict) -> str:
        level = 1 + self.depth.enter(attribute(node, "level"))
        self.last_heading = text_of(node).strip()
        label = attribute(node, "label").strip()
        return self.medium.fill("heading", level=str(level), label=label, content=self.line(node))

    def paragraph(self, node: dict, marker: str = "") -> str:
        return self.medium.fill("paragraph", marker=marker, content=self.line(node))

    def marked_list(self, node: dict) -> str:
        items = [self.list_item(item) for item in node["content"] if not is_blank(item, self.facts)]
        return self.medium.fill("list", content=self.medium.nest(self.join(items)))

    def list_item(self, node: dict) -> str:
        """Draw an item; its marker opens its first paragraph, where it is read, copied and printed with the text."""
        first, *rest = node["content"]
        marker = attribute(node, "marker").strip()
        opening = "" if is_blank(first, self.facts) and not marker else self.paragraph(first, marker)
        following = [self._inside_item(child) for child in rest if not is_blank(child, self.facts)]
        return self.medium.fill("list_item", content=self.join([opening, *following]))

    def _inside_item(self, node: dict) -> str:
        return self.marked_list(node) if node["type"] == "list" else self.medium.nest(self.paragraph(node))

    def agenda(self, node: dict) -> str:
        return self.medium.fill("agenda", items=self.facts["agenda"])

    def attendance(self, node: dict) -> str:
        """Draw the groups under headings of their own, save a first one that would repeat the heading just above."""
        groups = [dict(group) for group in self.facts["attendance"]]
        if groups[0]["heading"].casefold() == self.last_heading.casefold():
            groups[0]["heading"] = ""
        level = min(self.depth.current + 2, DEEPEST_HEADING)
        return self.medium.fill("attendance", groups=groups, level=str(level))

    def signature_block(self, node: dict) -> str:
        lines = [self.medium.fill("signature_line", content=self.line(line)) for line in node["content"]]
        return self.medium.fill("signature_block", content=self.medium.join(lines, "\n"))

    def line(self, node: dict) -> str:
        return draw_inline(self.medium, node.get("content", ()))

    def join(self, drawn: Sequence[str], separator: str = "\n") -> str:
        return self.medium.join([piece for piece in drawn if piece], separator)

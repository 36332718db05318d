"""Drawing of the minutes as a page, as the source of the PDF, or as plain text."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from .attendance import COLUMNS, layout_of
from .breaks import useful_breaks
from .exchanges import answers_of, answers_title, lead, mentions, remarks_of, shows_mentions, unmarked
from .facts import known_actions, known_facts
from .footnotes import Footnotes
from .inline import draw_inline
from .markers import any_marked, hang, hang_of, marked_lines
from .media import MEDIA
from .nodes import attribute
from .organisations import Group, Turn, by_organisation, is_by_organisation
from .outline import Line, anchors, lines_of
from .reading import HeadingDepth, drawn_blocks, is_blank, is_italic, text_of, with_opened_paragraphs
from .schema import check_sections
from .tables import draw_table

DEEPEST_HEADING = 6


def draw(sections: Sequence[dict], facts: dict | None, medium: str) -> SafeString | str:
    """Return the sections drawn on `medium`: HTML (SafeString) for "screen" and "pdf", plain text (str) for "text".

    `facts` is {"agenda": [{"label", "title", "kind_label", "presenters", "depth"}],
    "attendance": [{"heading", "lines": [str, …], "depth"}], "documents": [{"heading", "kind", "lines"}],
    "actions": [{"id", "title", "owner", "due", "state"}], "quorum": [{"committee", "sentence", "rule"}],
    "votes": [{"subject", "label", "item", "sentence"}], "previous_actions": as "actions", "chair": str}; what is
    missing draws nothing, what it holds besides is left alone. The page's h1 is the title of the document, which is
    not drawn here. What holds no text is not drawn: no empty paragraph, which a screen reader would announce; space
    between blocks is for the style sheet. The tree is checked again (checklist I02): raises TreeError.
    """
    check_sections(sections)
    return Drawing(medium, facts).document(sections)


class Drawing:
    def __init__(self, medium: str, facts: dict | None):
        self.medium = MEDIA[medium]
        self.notes = Footnotes(self.medium)
        self.outline: list[Line] = []
        self.facts = known_facts(facts)
        self.actions = known_actions(facts)
        self.depth = HeadingDepth()
        self.last_heading = ""
        self.draw_block: dict[str, Callable[[dict], str]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "list": self.marked_list,
            "table": lambda node: draw_table(self.notes, node),
            "quotation": self.quotation,
            "separator": lambda node: self.medium.fill("separator", content=self.line(node)),
            "page_break": lambda node: self.medium.fill("page_break"),
            "table_of_contents": self.table_of_contents,
            "agenda": self.agenda,
            "attendance": self.attendance,
            "quorum": lambda node: self.medium.fill("quorum", quorums=self.facts["quorum"]),
            "votes": lambda node: self.medium.fill("votes", votes=self.facts["votes"]),
            "meeting_actions": self.actions_table,
            "previous_actions": self.actions_table,
            "signature_block": self.signature_block,
            "exchange": self.exchange,
            "decision": self.decision,
            "action": self.action,
            "dossier": self.groups,
            "annexes": self.groups,
        }

    def document(self, sections: Sequence[dict]) -> str:
        drawn = useful_breaks([drawn_blocks(section, self.facts) for section in sections])
        if any(node["type"] == "table_of_contents" for blocks in drawn for node in blocks):
            self.outline = lines_of(sections, drawn)
        parts = [self.section(section, blocks) for section, blocks in zip(sections, drawn, strict=True)]
        return self.join([*parts, self.notes.draw_waiting()], self.medium.block_separator)

    def section(self, section: dict, blocks: list[dict]) -> str:
        self.last_heading = ""
        self.anchors = anchors(section, blocks)
        drawn = [
            self.heading(node, opened) if opened else self.draw_block[node["type"]](node)
            for node, opened in with_opened_paragraphs(blocks)
        ]
        content = self.join(drawn, self.medium.block_separator)
        return self.medium.fill("section", id=section["attrs"]["id"], content=content) if content else ""

    def heading(self, node: dict, opened: dict | None = None) -> str:
        """Draw a heading and, on its line, the paragraph it opens. Its number is in italic when all its text is."""
        level = 1 + self.depth.enter(attribute(node, "level"))
        self.last_heading = text_of(node).strip()
        return self.medium.fill(
            "heading",
            level=str(level),
            label=attribute(node, "label").strip(),
            is_italic=is_italic(node),
            is_run_in=attribute(node, "form") == "run_in",
            content=self.line(node),
            anchor=next(self.anchors),
            opened=self.paragraph(opened) if opened else "",
        )

    def paragraph(self, node: dict, marker: str = "", lead: str = "") -> str:
        return self.medium.fill("paragraph", marker=marker, lead=lead, content=self.line(node))

    def marked_list(self, node: dict) -> str:
        spoken = self.spoken(node["content"])
        items = self.medium.nest(self.join([self.item(item) for item in spoken]))
        return self.medium.fill("list", hang=hang_of(spoken), content=items)

    def item(self, node: dict, lead: str = "") -> str:
        """Draw an item; its marker opens its first paragraph, where it is read, copied and printed with the text."""
        first, *rest = node["content"]
        marker = attribute(node, "marker").strip()
        opens = marker or lead or not is_blank(first, self.facts)
        opening = self.paragraph(first, marker, lead) if opens else ""
        following = [self._inside_item(child) for child in rest if not is_blank(child, self.facts)]
        return self.medium.fill(node["type"], content=self.join([opening, *following]))

    def _inside_item(self, node: dict) -> str:
        return self.marked_list(node) if node["type"] == "list" else self.medium.nest(self.paragraph(node))

    def quotation(self, node: dict) -> str:
        said = [self._inside_item(child) for child in self.spoken(node["content"])]
        source = attribute(node, "source").strip()
        return self.medium.fill("quotation", content=self.join(said), source=source)

    def table_of_contents(self, node: dict) -> str:
        """Draw the headings of the whole document, « levels » deep; nothing without any."""
        shown = [line for line in self.outline if line[3] <= attribute(node, "levels") and (line[1] or line[2])]
        names = ("anchor", "label", "text", "level")
        lines = [dict(zip(names, map(str, line), strict=True)) | {"indentation": "  " * line[3]} for line in shown]
        title = attribute(node, "title").strip()
        return self.medium.fill("table_of_contents", title=title, lines=lines) if lines else ""

    def agenda(self, node: dict) -> str:
        items = [item | {"hang": hang(sub["label"] for sub in item["items"])} for item in self.facts["agenda"]]
        return self.medium.fill("agenda", items=items, hang=hang(item["label"] for item in items))

    def attendance(self, node: dict) -> str:
        layout, marked = attribute(node, "layout"), marked_lines(attribute(node, "marker").strip())
        if layout == "grouped":
            return self.groups(node, **marked)
        groups, level = self.headed("attendance")
        if layout == "college_table":  # under a college, not under the headings of the list
            groups = self.facts["attendance"]
        drawn = layout_of(groups, layout, self.facts["chair"])
        columns = list(COLUMNS.get(layout, ()))
        return self.medium.fill(
            "attendance", layout=layout, columns=columns, groups=[{"level": level} | g for g in drawn], **marked
        )

    def groups(self, node: dict, **marked: str) -> str:
        groups, level = self.headed(node["type"])
        return self.medium.fill(node["type"], groups=groups, level=level, layout="grouped", **marked)

    def headed(self, name: str) -> tuple[list[dict], str]:
        """The groups under headings of their own, save a first one that would repeat the heading just above."""
        groups = [dict(group) for group in self.facts[name]]
        if groups[0]["heading"].casefold() == self.last_heading.casefold():
            groups[0]["heading"] = ""
        level = min(self.depth.current + 2, DEEPEST_HEADING)
        return at_levels(groups, level), str(level)

    def signature_block(self, node: dict) -> str:
        lines = [self.medium.fill("signature_line", content=self.line(line)) for line in node["content"]]
        return self.medium.fill("signature_block", content=self.medium.join(lines, "\n"))

    def exchange(self, node: dict) -> str:
        """Draw what was said, then what was answered; each answer says what it answers where it is not evident.

        The exchange may hide what they answer. A dash lists what an opening announces: without one, none is drawn.
        """
        opening = attribute(node, "opening").strip()
        remarks, answers = self.spoken(remarks_of(node)), self.spoken(answers_of(node))
        if is_by_organisation(node):
            return self.exchange_by_organisation(node, opening, *by_organisation(remarks, answers))
        remarks = remarks if opening else [unmarked(remark) for remark in remarks]
        said = [self.turn(remark) for remark in remarks]
        told = mentions(remarks, answers) if shows_mentions(node) else [""] * len(answers)
        replied = [self.turn(answer, mention) for answer, mention in zip(answers, told, strict=True)]
        return self.medium.fill(
            "exchange",
            opening=opening,
            remarks=self.medium.nest(self.join(said)),
            remarks_hang=hang_of(remarks) if any_marked(remarks) else " unmarked",
            title=answers_title(node, len(answers)) if answers else "",
            answers=self.medium.nest(self.join(replied)),
            answers_hang=hang_of(answers),
        )

    def exchange_by_organisation(self, node: dict, opening: str, groups: list[Group], common: list[Turn]) -> str:
        level = str(min(self.depth.current + 2, DEEPEST_HEADING))
        drawn = [{"organisation": group.organisation, "turns": self.turns(group.turns, node)} for group in groups]
        return self.medium.fill(
            "exchange",
            opening=opening,
            groups=drawn,
            level=level,
            title=answers_title(node, len(common)) if common else "",
            answers=self.turns(common, node),
            answers_hang=" unmarked",
        )

    def turns(self, turns: Sequence[Turn], exchange: dict) -> str:
        """Draw turns as prose: without the usual dash, which lists nothing here."""
        drawn = [self.turn(unmarked(turn.node), turn.mention if shows_mentions(exchange) else "") for turn in turns]
        return self.medium.nest(self.join(drawn))

    def turn(self, node: dict, mention: str = "") -> str:
        return self.item(node, lead(attribute(node, "speaker"), mention, text_of(node["content"][0])))

    def decision(self, node: dict) -> str:
        said = " – ".join(filter(None, (attribute(node, name).strip() for name in ("title", "decided_by"))))
        return self.medium.fill("decision", content=self.paragraph(node, lead=lead(said)))

    def action(self, node: dict) -> str:
        """Draw an action in the words of the minutes, or its own; what is known of it, else what was typed."""
        typed = {name: attribute(node, name).strip() for name in ("title", "owner", "due")}
        known = self.actions.get(attribute(node, "id")) or typed | {"state": ""}
        details = [("Responsable", known["owner"]), ("Échéance", known["due"]), ("État", known["state"])]
        return self.medium.fill(
            "action",
            text=attribute(node, "wording").strip() or known["title"] or typed["title"],
            details=[{"name": name, "value": value} for name, value in details if value],
        )

    def actions_table(self, node: dict) -> str:
        return self.medium.fill(node["type"], actions=self.facts[node["type"]])

    def spoken(self, nodes: Sequence[dict]) -> list[dict]:
        return [node for node in nodes if not is_blank(node, self.facts)]

    def line(self, node: dict) -> str:
        return draw_inline(self.notes, node.get("content", ()))

    def join(self, drawn: Sequence[str], separator: str = "\n") -> str:
        return self.medium.join([piece for piece in drawn if piece], separator)


def at_levels(groups: list[dict], level: int) -> list[dict]:
    """Give each group the level of its heading and its indentation: under a heading not drawn, no level is skipped."""
    above = 0
    for group in groups:
        depth = min(above, group.get("depth", 0))
        above = above if group.get("depth", 0) else int(bool(group["heading"]))
        group["level"], group["indentation"] = str(min(level + depth, DEEPEST_HEADING)), "  " * depth
    return groups

"""The structure of a PDF as a screen reader meets it: one line for each element, in the order of reading.

A line is its indentation, the tag, what the tag says besides (the scope of a header, the alternative text), the text;
a link is in the text of its block, then on a line of its own. Page furniture is no part of it: it is an artifact.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

INLINE = {"Span", "Em", "Strong", "Quote", "Link", "Reference", "NonStruct"}
SAME_LINE = 0.8  # of the size of the letters: a superscript is raised by less, the next line is lower by more


def outline(document: bytes) -> list[str]:
    """Return the elements of a PDF, one by one."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        texts = {page.objgen: _texts(page) for page in pdf.pages}
        root = _Element(pdf.Root.StructTreeRoot, None, texts)
        return [line for child in root.children for line in child.lines("")]


@dataclass
class _Piece:
    """A run of letters: what it says, where its line is, how high its letters are."""

    text: str
    line: float
    size: float


@dataclass
class _Element:
    node: pikepdf.Object
    page: tuple | None
    texts: dict
    children: list = field(default_factory=list)

    def __post_init__(self):
        self.page = self.node.Pg.objgen if "/Pg" in self.node else self.page
        kids = self.node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self.children += self._child(kid)

    def _child(self, kid) -> list:
        if not isinstance(kid, pikepdf.Dictionary):
            return self.texts[self.page].get(int(kid), [])
        if "/S" in kid:
            return [_Element(kid, self.page, self.texts)]
        page = kid.Pg.objgen if "/Pg" in kid else self.page
        return self.texts[page].get(int(kid.MCID), []) if "/MCID" in kid else []

    @property
    def tag(self) -> str:
        return str(self.node.S)[1:]

    @property
    def name(self) -> str:
        """« TH[Column] », « Figure[Une barre] »."""
        attributes = self.node.get("/A", [])
        attributes = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
        said = [str(one.Scope)[1:] for one in attributes if "/Scope" in one]
        said += [str(self.node[key]) for key in ("/Alt", "/ActualText") if key in self.node]
        return self.tag + "".join(f"[{words}]" for words in said)

    def pieces(self) -> Iterator[_Piece]:
        """The runs of letters of the element and of what is inline in it."""
        for child in self.children:
            if isinstance(child, _Piece):
                yield child
            elif child.tag in INLINE:
                yield from child.pieces()

    def blocks(self) -> Iterator["_Element"]:
        for child in self.children:
            if not isinstance(child, _Element):
                continue
            if child.tag in INLINE - {"Link"}:
                yield from child.blocks()
            else:
                yield child

    def lines(self, margin: str) -> Iterator[str]:
        yield f"{margin}{self.name} {joined(self.pieces())}".rstrip()
        for child in self.blocks():
            yield from child.lines(margin + "  ")


def joined(pieces: Iterator[_Piece]) -> str:
    """The text of a block, its lines joined by a space."""
    text, before = "", None
    for piece in pieces:
        is_below = before is not None and abs(piece.line - before.line) > SAME_LINE * max(piece.size, before.size)
        text += (" " if is_below else "") + piece.text
        before = piece
    return " ".join(text.split())


def _texts(page: pikepdf.Page) -> dict[int, list[_Piece]]:
    """The runs of letters of a page by the number of their marked content."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found, marks, letters, size, line = {}, [], {}, 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                marks.append(int(properties["/MCID"]) if "/MCID" in properties else None)
            case "BT" if marks and marks[-1] is not None:
                found.setdefault(marks[-1], [])
            case "EMC":
                if found.get(mark := marks.pop()) == []:  # a lone space, left as a gap: a reader says it as a space
                    found[mark] = [_Piece(" ", line, size)]
            case "Tf":
                letters, size = fonts[str(operands[0])], float(operands[1])
            case "Tm":
                line = float(operands[5])
            case "Tj" | "TJ":
                number = next((mark for mark in reversed(marks) if mark is not None), None)
                if number is not None:
                    found.setdefault(number, []).append(_Piece(_read(operands[0], letters), line, size))
    return found


def _read(shown, letters: dict[int, str]) -> str:
    runs = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(run) for run in runs if isinstance(run, pikepdf.String))
    return "".join(letters.get(int.from_bytes(codes[at : at + 2]), "�") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """What each glyph says, from the ToUnicode table that the renderer writes."""
    letters = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            codes = [bytes(one) for one in operands]
            pairs = zip(codes[::2], codes[1::2], strict=True)
            letters |= {int.from_bytes(code): said.decode("utf-16-be") for code, said in pairs}
    return letters

"""What a page says, without its spaces: how the screen and the paper are compared."""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser

REPEATED = re.compile(r"PROJET–nonapprouvé·?|DÉMONSTRATION–sansvaleur|Vérifiercedocument:\S+?/verifier/")
MARK = re.compile(r"(Page\d+sur\d+|\d+/\d+|\.\.\./\.\.\.)$")
BROKEN = "\x02"  # how PDFium gives the hyphen that ends a line


# On paper a note stands at the foot of the page of its call, on screen after the text.
NOTE = re.compile(r'<span class="note".*?</span>|<ul class="notes".*?</ul>', re.DOTALL)


class Letters(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_data(self, data):
        self.pieces.append(data)


def squeezed(text: str) -> str:
    return "".join(text.split())


def said_by(html: str) -> str:
    reader = Letters()
    reader.feed(html)
    return squeezed("".join(reader.pieces))


def said_on_paper(text: str) -> str:
    """The text of a PDF without what its pages repeat, nor their marks."""
    pages = [REPEATED.sub("", squeezed(page)) for page in text.replace(BROKEN, "-").split("\f")]
    return "".join(MARK.sub("", page) for page in pages)


def apart(html: str) -> tuple[str, str]:
    """What the text says, and what its notes say."""
    return said_by(NOTE.sub("", html)), said_by("".join(NOTE.findall(html)))


def heads_of(html: str) -> list[str]:
    """What the header rows of the tables say, which the paper says again at the top of a page."""
    return [said_by(head) for head in re.findall(r"<thead>.*?</thead>", html, re.DOTALL)]


def differences(paper: str, screen: str) -> list[tuple[str, str]]:
    """What each says that the other does not."""
    found = SequenceMatcher(None, paper, screen, autojunk=False).get_opcodes()
    return [(paper[a:b], screen[c:d]) for kind, a, b, c, d in found if kind != "equal"]

"""The footnotes of a document, numbered by their rank as they are met."""

from .media import Medium
from .nodes import attribute


class Footnotes:
    """In a PDF a note is drawn at its call, and WeasyPrint takes it to the foot of the page; elsewhere it waits."""

    def __init__(self, medium: Medium):
        self.medium = medium
        self.waiting: list[dict[str, str]] = []
        self.count = 0

    def call(self, node: dict) -> str:
        """Return the call of a note; a note without text is not called."""
        text = attribute(node, "text").strip()
        if not text:
            return ""
        self.count += 1
        self.waiting.append({"number": str(self.count), "text": text})
        return self.medium.fill("footnote", number=str(self.count), text=text)

    def draw_waiting(self) -> str:
        """Return the notes that follow the text, "" without any."""
        if self.medium.has_footnotes or not self.waiting:
            return ""
        return self.medium.fill("footnote_list", notes=self.waiting)

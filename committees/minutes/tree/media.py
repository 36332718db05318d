"""The three media a tree is drawn on, and their templates: one per node or mark, under templates/."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import indent

from django.template import Context, Engine, Template
from django.utils.safestring import SafeString, mark_safe

from clu_portal.lib.text import keep_together

DIRECTORY = Path(__file__).parents[3] / "templates" / "committees" / "minutes" / "nodes"
# An engine of its own, without context processors nor loaders: a node's template sees its node and nothing else.
ENGINE = Engine()


@dataclass(frozen=True)
class Medium:
    """Where a tree is drawn. In HTML every value is escaped by the templates; in plain text none is."""

    name: str
    extension: str
    is_html: bool
    block_separator: str
    cell_separator: str
    indentation: str
    links_hold_text_only: bool = False
    has_footnotes: bool = False

    def fill(self, node: str, **values) -> str:
        """Return the template of a node or mark filled with `values`: strings, or lists of dicts of strings."""
        context = Context(_held(values), autoescape=self.is_html)
        return _template(self.name, f"{node}.{self.extension}").render(context)

    def join(self, drawn: Iterable[str], separator: str = "") -> str:
        """Return drawn pieces as one: safe HTML, or a plain str, for a text must not enter a page unescaped.

        Never given a text that no template has drawn.
        """
        joined = separator.join(drawn)
        return mark_safe(joined) if self.is_html else joined

    def nest(self, drawn: str) -> str:
        """Return a drawn block one level further to the right, where the medium has no other way to show it."""
        return indent(drawn, self.indentation) if self.indentation else drawn


MEDIA = {
    "screen": Medium("screen", "html", True, "\n", "", ""),
    "pdf": Medium("pdf", "html", True, "\n", "", "", links_hold_text_only=True, has_footnotes=True),
    "text": Medium("text", "txt", False, "\n\n", "\t", "  "),
}


def _held(value):
    """Return values with each civility kept with its name; what is drawn already is left as it is."""
    if isinstance(value, dict):
        return {name: _held(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_held(held) for held in value]
    return keep_together(value) if isinstance(value, str) and not isinstance(value, SafeString) else value


@cache
def _template(medium: str, name: str) -> Template:
    source = (DIRECTORY / medium / name).read_text("utf-8")
    return Template(source.removesuffix("\n"), name=f"{medium}/{name}", engine=ENGINE)

"""Say which section of a document cannot be drawn, so that its author knows where to look."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, tostring

from clu_portal.lib.confined import Limits
from clu_portal.lib.pdf.errors import RenderingError, run_confined
from clu_portal.lib.pdf.rendering import render_pdf

LIMITS = Limits(cpu_seconds=5, wall_seconds=10, memory_bytes=512 << 20)
ANY_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def culprit_section(html: str, *, limits: Limits = LIMITS) -> str | None:
    """Return the `data-section` of the first section that fails when drawn alone; None when each can be drawn.

    Costs a rendering per section: to be asked only after a failure.
    """
    parts = [part.decode() for part in run_confined(lambda: _sections_alone(html), limits)]
    alone = zip(parts[::2], parts[1::2], strict=True)
    return next((name for name, document in alone if not _is_drawable(document, limits)), None)


def _sections_alone(html: str) -> list[bytes]:
    """Return the name of each section, followed by a document that holds nothing else."""
    from tinyhtml5 import parse

    root = parse(html, namespace_html_elements=False)
    head = tostring(root.find("head"), method="html")
    parts = []
    for section in root.iter("section"):
        if name := section.get("data-section"):
            parts += [name.encode(), _alone(head, section)]
    return parts


def _alone(head: bytes, section: Element) -> bytes:
    try:
        return b"<!doctype html><html>" + head + b"<body>" + tostring(section, method="html") + b"</body></html>"
    except RecursionError:
        return b""  # without a title, it is refused like the section itself


def _is_drawable(html: str, limits: Limits) -> bool:
    try:
        render_pdf(html, created_at=ANY_DATE, limits=limits)
    except RenderingError:
        return False
    return True

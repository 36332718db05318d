"""Draw HTML as a PDF. WeasyPrint is imported once in the parent, then each document is drawn in a confined child."""

import contextlib
import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clu_portal.lib.confined import Limits, Refused
from clu_portal.lib.pdf.errors import RenderingCrashed, RenderingRefused, run_confined

DEFAULT = Limits(cpu_seconds=60, wall_seconds=90, memory_bytes=768 << 20, output_bytes=20 << 20)
HTML_MAX_CHARACTERS = 8_000_000  # pictures as data: addresses included; texts are bounded by the limits
LANGUAGE = "fr"
NOT_DRAWN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029), " ")
FONTS = Path(__file__).parents[3] / "static" / "fonts" / "pdf" / "fonts.conf"
WARMING = """<html lang="fr"><title>é</title><h1>é</h1><ul><li>➔</ul><table><tr><th>é</table><p><b>é</b>
<img alt="é" src="data:image/svg+xml,<svg/>">"""
LIBRARIES_MISSING = (
    "WeasyPrint ne trouve pas ses bibliothèques : installez les paquets "
    "libpango-1.0-0, libpangoft2-1.0-0 et libharfbuzz-subset0."
)


@dataclass(frozen=True)
class EmbeddedFile:
    """A file carried inside the PDF; `relationship` is Data, Source, Alternative, Supplement or Unspecified."""

    name: str
    content: bytes
    description: str = ""
    relationship: str = "Data"


def render_pdf(
    html: str, *, created_at: datetime, embedded: Sequence[EmbeddedFile] = (), limits: Limits = DEFAULT
) -> bytes:
    """Return `html` as a PDF that is PDF/UA-1 and PDF/A-3a, in French unless `html` says otherwise.

    The same `html`, `created_at` and `embedded` give the same bytes. Nothing is fetched but `data:` addresses and
    `static:folder/name.ext`, a file of ours under static/. Raises a `RenderingError`.
    """
    if len(html) > HTML_MAX_CHARACTERS:
        raise RenderingRefused(f"document de plus de {HTML_MAX_CHARACTERS} caractères")
    if created_at.tzinfo is None:
        raise ValueError("created_at must be aware")
    warm_up()
    return run_confined(lambda: [_draw_or_refuse(html, created_at, embedded)], limits)[0]


@functools.cache
def warm_up() -> None:
    """Import WeasyPrint and draw one line, so that the children inherit what every document needs (1.5 s saved)."""
    try:
        from weasyprint import HTML
    except OSError as error:
        raise RenderingCrashed(LIBRARIES_MISSING) from error
    HTML(string=WARMING).write_pdf(pdf_tags=True)


def _draw_or_refuse(html: str, created_at: datetime, embedded: Sequence[EmbeddedFile]) -> bytes:
    from weasyprint.urls import FatalURLFetchingError

    from clu_portal.lib.pdf.fetching import HolesSeen, OwnNamesOnly

    fetcher, content = OwnNamesOnly(), b""
    try:
        with own_fonts(), HolesSeen() as holes, contextlib.suppress(FatalURLFetchingError):
            content = _draw(html.translate(NOT_DRAWN), created_at, embedded, fetcher)
    except RecursionError:
        raise Refused("éléments imbriqués trop profondément") from None
    except ArithmeticError:
        raise Refused("une mesure est impossible à dessiner") from None
    if fetcher.refused:
        raise Refused(f"adresse refusée : {fetcher.refused[0]}")
    if holes.any:
        raise Refused("une image ne peut pas être dessinée")
    return content


def _draw(html: str, created_at: datetime, embedded: Sequence[EmbeddedFile], fetcher) -> bytes:
    from weasyprint import HTML

    from clu_portal.lib.pdf.finishing import finish

    document = HTML(string=html, base_url="refused:///", url_fetcher=fetcher).render()
    _date_and_name(document.metadata, created_at)
    attachments = [_attachment(file, created_at) for file in embedded]
    pdf = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, attachments=attachments, finisher=finish)
    _refuse_blanks(document.fonts.values())
    return pdf


def _refuse_blanks(fonts: Iterable) -> None:
    """Refuse a character that no font of ours draws: an empty box in a sealed text, and no longer PDF/A."""
    if missing := sorted({code for font in fonts for code in font.missing}):
        raise Refused("caractères que les polices ne contiennent pas : " + " ".join(map(chr, missing)))


@contextlib.contextmanager
def own_fonts() -> Iterator[None]:
    """Show our fonts alone to fontconfig, so that a page does not depend on the machine."""
    former = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    try:
        yield
    finally:
        os.environ.pop("FONTCONFIG_FILE")
        if former is not None:
            os.environ["FONTCONFIG_FILE"] = former


def _date_and_name(metadata, created_at: datetime) -> None:
    if not (metadata.title or "").strip():
        raise Refused("le document n'a pas de titre")
    metadata.lang = metadata.lang or LANGUAGE
    metadata.created = metadata.modified = created_at.isoformat(timespec="seconds")


def _attachment(file: EmbeddedFile, created_at: datetime):
    from weasyprint import Attachment

    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=created_at,
        modified=created_at,
        relationship=file.relationship,
    )

"""Look at a PDF: its pages as pictures, its text. PDFium reads it in a confined child."""

import io
from dataclasses import dataclass

from clu_portal.lib.confined import Limits, Refused
from clu_portal.lib.pdf.errors import run_confined

LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=768 << 20, output_bytes=64 << 20)
POINTS_PER_INCH = 72
PICTURE_MAX_PIXELS = 20_000_000
LONGEST_OVER_SHORTEST = 20  # a page thinner than that is a line, and its picture would be nothing


def page_images(pdf: bytes, *, dpi: int = 60, max_pages: int = 60, limits: Limits = LIMITS) -> list[bytes]:
    """Return the first `max_pages` pages as PNG files. Raises a `RenderingError`."""
    return run_confined(lambda: [_png(page, dpi) for page in _pages(pdf)[:max_pages]], limits)


@dataclass(frozen=True)
class Picture:
    """One page of a PDF as a JPEG file, with the text it holds and its shape."""

    jpeg: bytes
    text: str
    is_landscape: bool


def page_pictures(pdf: bytes, *, longest_side: int, max_pages: int, limits: Limits = LIMITS) -> list[Picture]:
    """Return every page as a picture of `longest_side` pixels. Raises a `RenderingError`, for too many pages too."""
    parts = run_confined(lambda: _pictures(pdf, longest_side, max_pages), limits)
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [Picture(jpeg, text.decode(), shape == b"landscape") for jpeg, text, shape in triples]


def _pictures(pdf: bytes, longest_side: int, max_pages: int) -> list[bytes]:
    pages = _pages(pdf)
    if len(pages) > max_pages:
        raise Refused(f"plus de {max_pages} pages")
    return [part for page in pages for part in _picture(page, longest_side)]


def _picture(page, longest_side: int) -> tuple[bytes, bytes, bytes]:
    width, height = page.get_size()
    if min(width, height) <= 0 or max(width, height) > LONGEST_OVER_SHORTEST * min(width, height):
        raise Refused("une page n'a pas de forme qui s'imprime")
    picture = io.BytesIO()
    drawn = page.render(scale=longest_side / max(width, height)).to_pil().convert("RGB")
    drawn.save(picture, "JPEG", quality=82)
    text = page.get_textpage().get_text_bounded()
    return picture.getvalue(), text.encode(errors="replace"), b"landscape" if width > height else b"portrait"


def pdf_text(pdf: bytes, *, limits: Limits = LIMITS) -> str:
    """Return the text of all pages, a form feed between two. Raises a `RenderingError`."""
    texts = run_confined(lambda: [page.get_textpage().get_text_bounded().encode() for page in _pages(pdf)], limits)
    return "\f".join(text.decode() for text in texts)


def _pages(pdf: bytes) -> list:
    import pypdfium2

    try:
        return list(pypdfium2.PdfDocument(pdf))
    except pypdfium2.PdfiumError:
        raise Refused("ce fichier n'est pas un PDF lisible") from None


def _png(page, dpi: int) -> bytes:
    width, height = (side * dpi / POINTS_PER_INCH for side in page.get_size())
    if width * height > PICTURE_MAX_PIXELS:
        raise Refused("une page est trop grande pour être montrée")
    picture = io.BytesIO()
    page.render(scale=dpi / POINTS_PER_INCH).to_pil().save(picture, "PNG", optimize=False)
    return picture.getvalue()

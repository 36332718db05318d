"""Look at a PDF: its pages as pictures, its text. PDFium reads it in a confined child."""

import io

from clu_portal.lib.confined import Limits, Refused
from clu_portal.lib.pdf.errors import run_confined

LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=768 << 20, output_bytes=64 << 20)
POINTS_PER_INCH = 72
PICTURE_MAX_PIXELS = 20_000_000


def page_images(pdf: bytes, *, dpi: int = 60, max_pages: int = 60, limits: Limits = LIMITS) -> list[bytes]:
    """Return the first `max_pages` pages as PNG files. Raises a `RenderingError`."""
    return run_confined(lambda: [_png(page, dpi) for page in _pages(pdf)[:max_pages]], limits)


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

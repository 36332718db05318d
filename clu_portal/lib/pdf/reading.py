"""Look at a PDF: its pages as pictures, its text, where its anchors are. PDFium reads it in a confined child."""

import ctypes
import io
import json

from clu_portal.lib.confined import Limits, Refused
from clu_portal.lib.pdf.errors import run_confined

LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=768 << 20, output_bytes=64 << 20)
POINTS_PER_INCH = 72
PICTURE_MAX_PIXELS = 20_000_000


def page_images(pdf: bytes, *, dpi: int = 60, max_pages: int = 60, limits: Limits = LIMITS) -> list[bytes]:
    """Return the first `max_pages` pages as PNG files. Raises a `RenderingError`."""
    return run_confined(lambda: [_png(page, dpi) for page in read_pages(pdf)[:max_pages]], limits)


def page_image(pdf: bytes, number: int, *, dpi: int = 60, limits: Limits = LIMITS) -> bytes:
    """Return one page, the first being 1, as a PNG file. Raises a `RenderingError`, so when there is no such page."""
    return run_confined(lambda: [_png(_page(pdf, number), dpi)], limits)[0]


def anchor_pages(pdf: bytes, *, limits: Limits = LIMITS) -> tuple[int, dict[str, int]]:
    """Return the number of pages, and the page of each anchor (`id` of the HTML). Raises a `RenderingError`."""
    count, anchors = json.loads(run_confined(lambda: [json.dumps(_anchors(pdf)).encode()], limits)[0])
    return count, anchors


def pdf_text(pdf: bytes, *, limits: Limits = LIMITS) -> str:
    """Return the text of all pages, a form feed between two. Raises a `RenderingError`."""
    texts = run_confined(lambda: [page.get_textpage().get_text_bounded().encode() for page in read_pages(pdf)], limits)
    return "\f".join(text.decode() for text in texts)


def _document(pdf: bytes):
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise Refused("ce fichier n'est pas un PDF lisible") from None


def read_pages(pdf: bytes) -> list:
    import pypdfium2

    try:
        return list(_document(pdf))
    except pypdfium2.PdfiumError:
        raise Refused("ce fichier n'est pas un PDF lisible") from None


def _page(pdf: bytes, number: int):
    document = _document(pdf)
    if not 1 <= number <= len(document):
        raise Refused("cette page n'existe pas")
    return document[number - 1]


def _anchors(pdf: bytes) -> tuple[int, dict[str, int]]:
    from pypdfium2 import raw

    document = _document(pdf)
    names = {}
    for index in range(raw.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document, index, None, size)
        name = ctypes.create_string_buffer(size.value)
        place = raw.FPDF_GetNamedDest(document, index, name, size)
        names[name.raw.decode("utf-16-le").rstrip("\0")] = raw.FPDFDest_GetDestPageIndex(document, place) + 1
    return len(document), names


def _png(page, dpi: int) -> bytes:
    width, height = (side * dpi / POINTS_PER_INCH for side in page.get_size())
    if width * height > PICTURE_MAX_PIXELS:
        raise Refused("une page est trop grande pour être montrée")
    picture = io.BytesIO()
    page.render(scale=dpi / POINTS_PER_INCH).to_pil().save(picture, "PNG", optimize=False)
    return picture.getvalue()

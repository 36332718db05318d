"""HTML to PDF/UA-1 and PDF/A-3a, pages to pictures, pages to text. Each call works in a confined child process."""

from clu_portal.lib.confined import Limits
from clu_portal.lib.pdf.culprit import culprit_section
from clu_portal.lib.pdf.errors import (
    RenderingCrashed,
    RenderingError,
    RenderingOutOfMemory,
    RenderingRefused,
    RenderingTimeout,
)
from clu_portal.lib.pdf.pictures import Picture, page_pictures
from clu_portal.lib.pdf.reading import anchor_pages, page_image, page_images, pdf_text
from clu_portal.lib.pdf.rendering import DEFAULT, EmbeddedFile, render_pdf, warm_up

__all__ = [
    "DEFAULT",
    "EmbeddedFile",
    "Limits",
    "Picture",
    "RenderingCrashed",
    "RenderingError",
    "RenderingOutOfMemory",
    "RenderingRefused",
    "RenderingTimeout",
    "anchor_pages",
    "culprit_section",
    "page_image",
    "page_images",
    "page_pictures",
    "pdf_text",
    "render_pdf",
    "warm_up",
]

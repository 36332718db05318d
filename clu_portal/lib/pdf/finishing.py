"""What is mended in the PDF between WeasyPrint's drawing and its writing."""

import pydyf

from clu_portal.lib.pdf.conformance import declare_pdf_ua
from clu_portal.lib.pdf.structure import mend_structure
from clu_portal.lib.pdf.tables import scope_headers


def finish(document: object, pdf: pydyf.PDF) -> None:
    declare_pdf_ua(document, pdf)
    scope_headers(document, pdf)
    mend_structure(document, pdf)

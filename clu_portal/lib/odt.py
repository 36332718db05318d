"""A text document (.odt) from templates/odt/: written by hand, since a dozen styles and four files are all it takes.

The same context gives the same bytes. OpenDocument 1.3, part 3 (read 2026-11-22): `mimetype` comes first, not
compressed; every other file is named in the manifest.
"""

import io
import re
import zipfile

from django.template.loader import render_to_string

from clu_portal.lib.odt_body import odt_body

MIME_TYPE = "application/vnd.oasis.opendocument.text"
FILES = {
    "content.xml": "odt/content.xml",
    "styles.xml": "odt/styles.xml",
    "meta.xml": "odt/meta.xml",
    "META-INF/manifest.xml": "odt/manifest.xml",
}
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BODY = "<!--body-->"  # in content.xml; whatever a context holds is escaped, so nothing else can be it
SAME_DATE = (1980, 1, 1, 0, 0, 0)


def render_odt(context: dict, *, body: str = "") -> bytes:
    """Return the document of `title`, `mark` (on each page, may be empty) and `blocks` (templates/odt/content.xml).

    `body`, drawn already as OpenDocument (odt_body), comes before the blocks.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", SAME_DATE), MIME_TYPE)
        for name, template in FILES.items():
            text = NOT_IN_XML.sub(" ", render_to_string(template, context).replace(BODY, body))
            archive.writestr(zipfile.ZipInfo(name, SAME_DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def odt_of_html(html: str, *, title: str, mark: str = "") -> bytes:
    """Return as a text document the page that templates/pdf/ draw, so that both say the same."""
    return render_odt({"title": title, "mark": mark}, body=odt_body(html))

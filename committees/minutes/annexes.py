"""The pages of the annexed PDF files, after those of the text when the référent asks for them.

A foreign page is rarely tagged: it is printed as a picture, which says the text it holds, and its file travels with
the document. docs/decisions/0020 says why.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from clu_portal.files.models import StoredFile
from clu_portal.lib.pdf import EmbeddedFile, Picture, anchor_pages, page_pictures
from clu_portal.lib.pdf.errors import RenderingError, RenderingRefused
from committees.meetings.enums import Visibility
from committees.meetings.models import MeetingDocument
from committees.minutes.facts import printed_facts
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.nodes import attribute
from committees.minutes.tree.said import nodes_in

PDF = "application/pdf"
MARK = "<!-- annexes -->"
MAX_PAGES = 60  # of all the annexes of a document
MAX_BYTES = 12_000_000  # of their files, which the PDF carries
LONGEST_SIDE = 1400  # pixels: 120 dots per inch on a page of 297 mm
ALT_CHARACTERS = 4000
GONE = "Une annexe n'est plus dans le dossier de la réunion : reprenez ce fait dans l'éditeur, puis redemandez."
TOO_LARGE = (
    f"Les annexes dépassent {MAX_BYTES // 1_000_000} Mo : laissez-les dans le dossier, leurs titres seuls imprimés."
)


@dataclass(frozen=True)
class Annex:
    number: int
    title: str
    content: bytes

    def __str__(self):
        return f"Annexe {self.number}, « {self.title} »"


def check_annexes(minutes: Minutes) -> None:
    """Refuse what no page could be made of, before it is asked for. Raises ValidationError (also annex_unreadable)."""
    left = MAX_PAGES
    for annex in annexes_of(minutes):
        try:
            left -= anchor_pages(annex.content)[0]
        except RenderingError as failure:
            raise ValidationError(f"{annex} : {failure}.", code="annex_unreadable") from failure
    if left < 0:
        raise ValidationError(f"Les annexes font plus de {MAX_PAGES} pages.", code="annex_unreadable")


def annexes_of(minutes: Minutes) -> list[Annex]:
    """The annexed PDF files whose pages are appended, in their order; none is read before their sizes are known.

    Raises ValidationError (annex_gone, annex_too_large).
    """
    if not any(appends(section) for section in contents(minutes)):
        return []
    groups = printed_facts(minutes).get("documents") or ()
    rows = [row for group in groups if group.get("kind") == "annexed" for row in group.get("rows") or ()]
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if row.get("type") == PDF]
    files = [(number, row["line"], file_of(minutes, row)) for number, row in numbered]
    if sum(file.size for *_, file in files) > MAX_BYTES:
        raise ValidationError(TOO_LARGE, code="annex_too_large")
    return [Annex(number, line, file.content) for number, line, file in files]


def appends(section: dict) -> bool:
    return any(attribute(node, "pages") == "appended" for node in nodes_in(section, "annexes"))


def file_of(minutes: Minutes, row: dict) -> StoredFile:
    """The very file that was seen, while it is in the dossier of this meeting: no other file has a way in."""
    shown = MeetingDocument.objects.filter(meeting=minutes.meeting_id).exclude(visibility=Visibility.INTERNAL)
    document = shown.filter(file__sha256=row.get("file")).select_related("file").first()
    if document is None:
        raise ValidationError(GONE, code="annex_gone")
    return document.file


def with_annexes(html: str, annexes: Sequence[Annex]) -> tuple[str, list[EmbeddedFile]]:
    """The document with the pages of its annexes at its end, and the files it carries. Raises a RenderingError."""
    if not annexes:
        return html, []
    left, drawn = MAX_PAGES, []
    for annex in annexes:
        pictures = pictures_of(annex, left)
        left -= len(pictures)
        drawn.append({"number": annex.number, "title": annex.title, "pages": pages_of(annex, pictures)})
    pages = render_to_string("pdf/annexes.html", {"annexes": drawn})
    before, _, after = html.rpartition(MARK)
    embedded = [
        EmbeddedFile(
            f"annexe-{annex.number}.pdf", annex.content, f"Annexe {annex.number} – {annex.title}", "Supplement"
        )
        for annex in annexes
    ]
    return f"{before}{pages}{after}".replace('class="', 'class="annexed ', 1), embedded


def pictures_of(annex: Annex, left: int) -> list[Picture]:
    try:
        return page_pictures(annex.content, longest_side=LONGEST_SIDE, max_pages=left)
    except RenderingRefused as refusal:
        raise RenderingRefused(f"{annex} : {refusal}") from refusal


def pages_of(annex: Annex, pictures: Sequence[Picture]) -> list[dict]:
    """« Annexe 1 – 2/5 », and what each page says, for whoever cannot see its picture."""
    return [
        {
            "mark": f"Annexe {annex.number} – {number}/{len(pictures)}",
            "alt": alternative(f"Annexe {annex.number}, page {number} sur {len(pictures)}", picture.text),
            "source": f"data:image/jpeg;base64,{base64.b64encode(picture.jpeg).decode()}",
            "is_landscape": picture.is_landscape,
        }
        for number, picture in enumerate(pictures, start=1)
    ]


def alternative(name: str, text: str) -> str:
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not words:
        return f"{name}, sans texte."
    cut = f"{words[:ALT_CHARACTERS]}… (la suite est dans le fichier joint)" if len(words) > ALT_CHARACTERS else words
    return f"{name} : {cut}"

"""How the sample of a layout is made a PDF in the background (clu_portal/files/rendering.py says when)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from clu_portal.files.models import Rendering, StoredFile
from clu_portal.files.rendering import Renderer, Report
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import render_pdf
from clu_portal.organisations.models import DocumentLayout
from clu_portal.tenancy import current_prefecture
from committees.layout.sample import hash_of, sample_html

PDF = "application/pdf"
SUPERSEDED = "La mise en page a changé depuis la demande : demandez l'exemple de nouveau."


@dataclass(frozen=True)
class Drawn:
    html: str
    created_at: datetime


class LayoutPdf(Renderer):
    """The layout of the moment; refused when it changed since it was asked for."""

    def prepare(self, rendering: Rendering) -> Drawn:
        html = sample_html(DocumentLayout.current(), current_prefecture())
        if hash_of(html) != rendering.input_hash:
            raise ValidationError(SUPERSEDED, code="superseded")
        return Drawn(html, rendering.created_at)

    def produce(self, prepared: Drawn, report: Report) -> bytes:
        report("Mise en pages", 20)
        return render_pdf(prepared.html, created_at=prepared.created_at)

    def store(self, rendering: Rendering, product: bytes) -> StoredFile:
        return store_bytes(name="exemple-de-mise-en-page.pdf", content=product, content_type=PDF)

"""How the drafts of the composition are drawn in the background (clu_portal/files/rendering.py says when)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from clu_portal.files.models import Rendering, StoredFile
from clu_portal.files.rendering import Renderer, Report
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import render_pdf
from committees.composition.documents import act_document, letters_document
from committees.composition.models import CompositionAct

PDF = "application/pdf"
SUPERSEDED = "La composition a changé depuis la demande : demandez le document de nouveau."


@dataclass(frozen=True)
class Draft:
    """A paper that can be drawn from an arrêté: what the page calls it, its file name, its content."""

    name: str
    kind: str
    label: str
    document: Callable[[CompositionAct], dict]

    def html(self, act: CompositionAct) -> str:
        return render_to_string("pdf/composition.html", self.document(act))

    def file_name(self, act: CompositionAct, extension: str) -> str:
        return f"projet-{self.name}-{act.number or act.pk}.{extension}"


DRAFTS = {
    draft.name: draft
    for draft in (
        Draft("arrete", "composition.act", "Projet d'arrêté", act_document),
        Draft("lettres", "composition.letters", "Lettres de nomination", letters_document),
    )
}


def hash_of(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


@dataclass(frozen=True)
class Drawn:
    html: str
    created_at: datetime


class DraftPdf(Renderer):
    """The composition of the moment; refused when it changed since it was asked for."""

    def __init__(self, draft: Draft):
        self.draft = draft

    def prepare(self, rendering: Rendering) -> Drawn:
        html = self.draft.html(self.subject(rendering))
        if hash_of(html) != rendering.input_hash:
            raise ValidationError(SUPERSEDED, code="superseded")
        return Drawn(html, rendering.created_at)

    def produce(self, prepared: Drawn, report: Report) -> bytes:
        report("Mise en pages", 20)
        return render_pdf(prepared.html, created_at=prepared.created_at)

    def store(self, rendering: Rendering, product: bytes) -> StoredFile:
        name = self.draft.file_name(self.subject(rendering), "pdf")
        return store_bytes(name=name, content=product, content_type=PDF)

    def subject(self, rendering: Rendering) -> CompositionAct:
        return act_of(rendering)


def act_of(rendering: Rendering) -> CompositionAct:
    pk = int(rendering.subject.partition(":")[2])
    return CompositionAct.objects.select_related("committee", "amends").get(pk=pk)

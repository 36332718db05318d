"""How the files of minutes are made in the background (clu_portal/files/rendering.py says when)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.files.models import Rendering, RenderingPage, StoredFile
from clu_portal.files.rendering import Renderer, Report
from clu_portal.files.sealing import current_sealer
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import EmbeddedFile, page_images
from clu_portal.lib.seal import seal_pdf
from clu_portal.organisations.models import PrefectureSettings
from committees.minutes.acts import approval_hash, approval_to_seal, draft_hash, seal_minutes
from committees.minutes.annexes import Annex, annexes_of, with_annexes
from committees.minutes.documents import minutes_html
from committees.minutes.drawing import drawn_pages, section_names
from committees.minutes.embedded import embedded_files
from committees.minutes.models import Minutes

PDF = "application/pdf"
MOST_PAGES = 400  # all those that are approved are shown: a long text, its annexes
SUPERSEDED = "Le compte-rendu a changé depuis la demande : demandez le document de nouveau."


@dataclass(frozen=True)
class Drawn:
    html: str
    created_at: datetime
    dpi: int | None
    names: dict[str, str]
    embedded: list[EmbeddedFile] = field(default_factory=list)
    annexes: Sequence[Annex] = ()


@dataclass(frozen=True)
class Product:
    content: bytes
    images: list[bytes]


def minutes_of(rendering: Rendering) -> Minutes:
    pk = int(rendering.subject.partition(":")[2])
    return Minutes.objects.select_related("meeting__committee", "prefecture").get(pk=pk)


def file_name(minutes: Minutes, suffix: str = "") -> str:
    day = f"{minutes.meeting.held_on:%Y-%m-%d}" if minutes.meeting.held_on else "sans-date"
    return f"compte-rendu-{day}-v{minutes.version_number}{suffix}.pdf"


class ApprovalPdf(Renderer):
    """The pages to be approved, with one image per page for whoever must look at them."""

    def prepare(self, rendering: Rendering) -> Drawn:
        minutes = minutes_of(rendering)
        if minutes.submitted_at is None or approval_hash(minutes) != rendering.input_hash:
            raise ValidationError(SUPERSEDED, code="superseded")
        dpi = PrefectureSettings.objects.values_list("draft_image_dpi", flat=True).first() or 70
        html, names = minutes_html(minutes, draft=False), section_names(minutes)
        return Drawn(html, minutes.submitted_at, dpi, names, embedded_files(minutes), annexes_of(minutes))

    def produce(self, prepared: Drawn, report: Report) -> Product:
        report("Mise en pages", 20)
        html, annexed = with_annexes(prepared.html, prepared.annexes)
        embedded = [*prepared.embedded, *annexed]
        content = drawn_pages(html, created_at=prepared.created_at, names=prepared.names, embedded=embedded)
        report("Images des pages", 70)
        return Product(content, page_images(content, dpi=prepared.dpi, max_pages=MOST_PAGES) if prepared.dpi else [])

    def store(self, rendering: Rendering, product: Product) -> StoredFile:
        minutes = minutes_of(rendering)
        file = store_bytes(name=file_name(minutes, "-a-approuver"), content=product.content, content_type=PDF)
        for number, image in enumerate(product.images, start=1):
            page = store_bytes(name=f"page-{number}.png", content=image, content_type="image/png")
            RenderingPage.objects.create(rendering=rendering, number=number, file=page)
        return file


class DraftPdf(ApprovalPdf):
    """The text of the moment, marked as a draft on each page."""

    def prepare(self, rendering: Rendering) -> Drawn:
        minutes = minutes_of(rendering)
        if draft_hash(minutes) != rendering.input_hash:
            raise ValidationError(SUPERSEDED, code="superseded")
        html, names = minutes_html(minutes, draft=True), section_names(minutes)
        return Drawn(html, rendering.created_at, None, names, annexes=annexes_of(minutes))

    def store(self, rendering: Rendering, product: Product) -> StoredFile:
        name = file_name(minutes_of(rendering), "-projet")
        return store_bytes(name=name, content=product.content, content_type=PDF)


@dataclass(frozen=True)
class ToSeal:
    content: bytes
    reason: str
    location: str


class SealedPdf(Renderer):
    """The préfecture's certificate put on the approved bytes; the approver's right is checked again (T10)."""

    def prepare(self, rendering: Rendering) -> ToSeal:
        minutes = minutes_of(rendering)
        approval = approval_to_seal(minutes)
        if approval.sha256 != rendering.input_hash:
            raise ValidationError(SUPERSEDED, code="superseded")
        return ToSeal(
            approval.file.content,
            f"Compte-rendu approuvé par {approval.approver}, scellé par la préfecture",
            minutes.prefecture.city or minutes.prefecture.name,
        )

    def produce(self, prepared: ToSeal, report: Report) -> bytes:
        report("Pose du sceau", 40)
        return seal_pdf(
            prepared.content,
            current_sealer(),
            field_name="sceau",
            reason=prepared.reason,
            location=prepared.location,
            sealed_at=timezone.now(),
            tsa_url=settings.TSA_URL or None,
        )

    def store(self, rendering: Rendering, product: bytes) -> StoredFile:
        return store_bytes(name=file_name(minutes_of(rendering)), content=product, content_type=PDF)

    def finish(self, rendering: Rendering, file: StoredFile) -> None:
        seal_minutes(minutes=minutes_of(rendering), sealed_file=file, by=rendering.requested_by)

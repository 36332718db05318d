import uuid
from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from clu_portal.tenancy import TenantForeignKey, TenantModel, TenantOneToOneField, one_per_uuid
from clu_portal.tickets import Ticket

PART_SIZE = 4 * 1024 * 1024  # bytes: a larger file is kept in parts of this size


class StoredFile(TenantModel):
    """A file kept for ever as it came: its bytes are rows, so one backup and one transaction hold them."""

    append_only = True

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    stored_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = "fichier"
        constraints = [one_per_uuid("stored_file")]
        indexes = [models.Index(fields=["prefecture", "sha256"], name="files_by_sha256")]

    def __str__(self):
        return self.name

    @property
    def is_in_parts(self) -> bool:
        return not hasattr(self, "stored_content")

    @property
    def content(self) -> bytes:
        """The whole file: for a large one, prefer `read_parts`."""
        if self.is_in_parts:
            return b"".join(self.read_parts())
        return bytes(self.stored_content.content)

    def read_parts(self) -> Iterator[bytes]:
        """The bytes of a file kept in parts, one query and one part in memory at a time."""
        for pk in self.parts.values_list("pk", flat=True):
            yield bytes(FilePart.objects.values_list("content", flat=True).get(pk=pk))


class FileContent(TenantModel):
    """The bytes of a stored file, apart so that a list never loads them."""

    append_only = True

    file = TenantOneToOneField(StoredFile, models.PROTECT, related_name="stored_content")
    content = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = "contenu d'un fichier"


class FilePart(TenantModel):
    """A piece of a large file, so that it is never whole in memory. A file has one content, or parts."""

    append_only = True

    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField("rang")
    content = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = "partie d'un fichier"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["prefecture", "file", "number"], name="one_part_per_number")]


class RenderingTicket(Ticket):
    """Where a rendering stands. In the directory, so that a worker finds it; no text."""

    max_attempts = 3

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Ticket.State.values), name="rendering_ticket_state"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state__in=["pending", "claimed"]), name="rendering_tickets_due"
            )
        ]


class Rendering(TenantModel):
    """One document to draw or to seal, asked once per kind, subject and version of what is drawn (R05)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ticket = models.OneToOneField(RenderingTicket, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    input_hash = models.CharField(max_length=64)
    step = models.CharField("étape", max_length=80, blank=True)
    progress_pct = models.PositiveSmallIntegerField("avancement (%)", default=0)
    error = models.TextField("cause de l'échec", blank=True)
    file = TenantForeignKey(StoredFile, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = "rendu"
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "kind", "subject", "input_hash"], name="one_rendering_per_version"
            ),
            models.CheckConstraint(condition=Q(progress_pct__lte=100), name="progress_up_to_100"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}"

    @property
    def is_done(self) -> bool:
        return self.file_id is not None

    @property
    def has_failed(self) -> bool:
        return self.ticket.state == Ticket.State.DEAD

    @property
    def stage(self) -> str:
        """What a page that follows it shows: drawn again when this changes (static/js/progress.js)."""
        return f"{self.pk}-{'done' if self.is_done else 'failed' if self.has_failed else 'making'}"

    @property
    def step_text(self) -> str:
        """Where it stands, in French: « Mise en pages », « en attente »."""
        if self.is_done:
            return "C'est prêt."
        return "La préparation a échoué." if self.has_failed else self.step or self.ticket.state_label


class RenderingPage(TenantModel):
    """One page of a rendering, as an image, for whoever must look before approving."""

    append_only = True

    rendering = TenantForeignKey(Rendering, models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField("page")
    file = TenantForeignKey(StoredFile, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "page"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "rendering", "number"], name="one_image_per_page")
        ]


class SealedFingerprint(models.Model):
    """SHA-256 → préfecture and document: how the public page finds who sealed a PDF. Directory, no text."""

    class Kind(models.TextChoices):
        APPROVED = "approved", "approuvé, avant le sceau"
        SEALED = "sealed", "scellé"

    append_only = True

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    prefecture = models.ForeignKey("organisations.Prefecture", models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "empreinte"
        constraints = [models.UniqueConstraint(fields=["sha256", "document"], name="one_fingerprint_per_document")]

    def __str__(self):
        return self.sha256

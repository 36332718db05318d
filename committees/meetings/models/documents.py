import uuid

from django.db import models

from clu_portal.files.models import StoredFile
from clu_portal.tenancy import TenantForeignKey, TenantModel, one_per_uuid
from committees.meetings.enums import DocumentKind, Visibility
from committees.meetings.models.meeting import Meeting


class MeetingDocument(TenantModel):
    """A document of the meeting's dossier."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name="réunion")
    title = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=DocumentKind, default=DocumentKind.SENT_BEFORE)
    visibility = models.CharField(
        "visible par",
        max_length=10,
        choices=Visibility,
        default=Visibility.MEMBERS,
        help_text="« Tout le monde » : sans compte, par l'adresse publique du document, une fois la réunion annoncée.",
    )
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="fichier")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = "document"
        ordering = ["position", "pk"]
        constraints = [one_per_uuid("meeting_document")]

    def __str__(self):
        return self.title

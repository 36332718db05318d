import uuid

from django.db import models

from clu_portal.tenancy import TenantForeignKey, TenantModel, one_per_uuid
from committees.meetings.enums import AgendaItemKind
from committees.meetings.models.meeting import Meeting


class AgendaItem(TenantModel):
    """An item of the agenda, or a sub-item of another: `parent`, itself of the first level (agenda.py)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="agenda_items", verbose_name="réunion")
    parent = TenantForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="sub_items", verbose_name="sous"
    )
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    printed_label = models.CharField(
        "repère", max_length=12, blank=True, help_text="Comme imprimé : « 1. », « I/ », « – »"
    )
    title = models.CharField("intitulé", max_length=300)
    kind = models.CharField("nature", max_length=16, choices=AgendaItemKind, default=AgendaItemKind.INFORMATION)
    presenters = models.CharField(
        "présenté par", max_length=300, blank=True, help_text="Comme imprimé : « Mme Aubert et la cheffe du bureau »."
    )
    added_in_session = models.BooleanField("ajouté en séance", default=False)
    moved_in_session = models.BooleanField("déplacé en séance", default=False)

    class Meta(TenantModel.Meta):
        verbose_name = "point de l'ordre du jour"
        ordering = ["position", "pk"]
        constraints = [
            one_per_uuid("agenda_item"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="agenda_item_not_under_itself",
            ),
        ]

    def __str__(self):
        return f"{self.printed_label} {self.title}".strip()

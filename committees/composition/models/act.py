import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from clu_portal.addresses import address_of
from clu_portal.files.models import StoredFile
from clu_portal.tenancy import TenantForeignKey, TenantManager, one_per_uuid
from clu_portal.trash.models import TrashedPartModel
from committees.composition.models.committee import Committee


class CompositionActQuerySet(models.QuerySet):
    def signed(self):
        """Without the drafts: what a committee becomes rests on an arrêté that somebody signed."""
        return self.filter(signed_on__isnull=False)


class CompositionAct(TrashedPartModel):
    """An arrêté of composition. What it opens and ends names it; a later one that changes it `amends` it."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="acts", verbose_name="comité")
    number = models.CharField("numéro", max_length=40, blank=True, help_text="Vide tant que l'arrêté est un projet.")
    title = models.CharField("intitulé", max_length=300)
    signed_on = models.DateField("signé le", null=True, blank=True)
    effective_on = models.DateField("en vigueur le", help_text="Premier jour de la nouvelle composition.")
    amends = TenantForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_by",
        verbose_name="modifie l'arrêté",
        help_text="Vide pour un premier arrêté.",
    )
    file = TenantForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="fichier"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(CompositionActQuerySet)()

    class Meta(TrashedPartModel.Meta):
        verbose_name = "arrêté de composition"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            one_per_uuid("composition_act"),
            models.UniqueConstraint(
                fields=["prefecture", "committee", "number"],
                condition=~Q(number=""),
                name="one_composition_act_per_number",
                violation_error_code="number_taken",
                violation_error_message="Ce comité a déjà un arrêté de ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=F("id")),
                name="composition_act_amends_another",
                violation_error_message="Un arrêté ne se modifie pas lui-même.",
            ),
        ]

    def __str__(self):
        return f"Arrêté n° {self.number}" if self.number else f"Projet d'arrêté du {self.effective_on:%d/%m/%Y}"

    @property
    def eve(self) -> date:
        """The last day of what it ends: the one before the composition it brings."""
        return self.effective_on - timedelta(days=1)

    @property
    def is_draft(self) -> bool:
        """Whether nobody has signed it yet."""
        return self.signed_on is None

    def get_absolute_url(self) -> str:
        return address_of("committees:composition_act_detail", self.prefecture.slug, self.pk)

from django.db import models

from clu_portal.tenancy import TenantManager, TenantModel


class Relation(models.TextChoices):
    """How one thing of the chain leads to the next (design §1)."""

    GAVE_AGENDA_ITEM = "gave_agenda_item", "a donné le point"
    GAVE_ACTION = "gave_action", "a donné l'action"
    DISCUSSED_IN = "discussed_in", "évoqué dans"
    MEASURED_BY = "measured_by", "mesuré par"
    ANSWERED_BY = "answered_by", "a reçu la réponse"


class LinkQuerySet(models.QuerySet):
    def touching(self, reference: str):
        """The links of one thing, both ways."""
        return self.filter(models.Q(source=reference) | models.Q(target=reference))


class Link(TenantModel):
    """One step of the chain réclamation → agenda → exchange → action → indicator → answer, between references."""

    reference_fields = ("source", "target")

    source = models.CharField(max_length=80)
    relation = models.CharField(max_length=30, choices=Relation)
    target = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(LinkQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "lien"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "source", "relation", "target"], name="one_link_of_a_kind"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="no_link_to_itself"),
        ]
        indexes = [models.Index(fields=["prefecture", "target"], name="links_by_target")]

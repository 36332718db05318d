from django.db import models
from django.db.models import Q
from django.utils import timezone

from clu_portal.organisations.models import Person
from clu_portal.tenancy import TenantForeignKey, TenantModel
from committees.distribution.enums import Ground
from committees.minutes.models import Minutes


class Distribution(TenantModel):
    """Sealed minutes sent to the members: a dated row of one version."""

    append_only = True

    minutes = TenantForeignKey(Minutes, models.PROTECT, related_name="distributions")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "diffusion"
        ordering = ["-at"]


class DistributionRecipient(TenantModel):
    """One person of a distribution, the address used, and the message that carried it; by post, neither."""

    append_only = True
    movable_fields = ("person",)  # two persons found to be one (organisations/merging.py)

    distribution = TenantForeignKey(Distribution, models.PROTECT, related_name="recipients")
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField("à titre de", max_length=10, choices=Ground, default=Ground.MEMBER)
    email = models.EmailField(blank=True)
    message = TenantForeignKey("mail.OutgoingMessage", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "destinataire"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "distribution", "person"], name="one_message_per_recipient"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="recipient_ground"),
            models.CheckConstraint(
                condition=Q(email="", message__isnull=True) | (~Q(email="") & Q(message__isnull=False)),
                name="recipient_by_mail_or_by_post",
            ),
        ]


class Reading(TenantModel):
    """Sealed minutes opened or downloaded: what, by which account, when. Not part of the chained journal."""

    class What(models.TextChoices):
        PAGE = "page", "page lue"
        PDF = "pdf", "PDF téléchargé"

    append_only = True

    minutes = TenantForeignKey(Minutes, models.PROTECT, related_name="readings")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    what = models.CharField(max_length=4, choices=What)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "lecture"
        ordering = ["-at"]
        indexes = [models.Index(fields=["prefecture", "minutes", "-at"], name="readings_of_minutes")]

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from clu_portal.addresses import address_of
from clu_portal.organisations.models import Service, Site
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, one_per_uuid
from clu_portal.trash.models import TrashableModel
from committees.composition.rules import has_merged


class CommitteeType(TenantModel):
    """A type of committee: CLU, CLAC, CLUAC and « autre » from the start, then what the préfecture adds."""

    name = models.CharField("nom", max_length=120)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = "type de comité"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "prefecture",
                Lower("name"),
                name="one_committee_type_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un type de comité porte déjà ce nom.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agents see every committee of their préfecture; a member those where a mandate is in force today.

        A former member sees the committee no more, only the sealed minutes of its time (`Minutes.visible_to`).
        """
        from committees.composition.members import is_staff, sitting_today

        if is_staff(user):
            return self
        return self.filter(pk__in=sitting_today(user).committees)

    def not_merged_on(self, day: date):
        """The committees that are still there on a day: one that merges is until the eve."""
        return self.filter(Q(merged_on__isnull=True) | Q(merged_on__gt=day))


class Committee(TrashableModel):
    """A committee of the préfecture, or of one of its sites (a sous-préfecture) or services (a DDI)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=160)
    type = TenantForeignKey(
        CommitteeType, models.PROTECT, null=True, blank=True, related_name="committees", verbose_name="type"
    )
    site = TenantForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name="site",
        help_text="Pour le comité d'une sous-préfecture. Sans site ni service : toute la préfecture.",
    )
    service = TenantForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="committees", verbose_name="service"
    )
    merged_into = TenantForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name="fusionné dans"
    )
    merged_on = models.DateField("fusionné le", null=True, editable=False)
    merged_by = TenantForeignKey(
        "committees.CompositionAct", models.PROTECT, null=True, editable=False, related_name="+", verbose_name="arrêté"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(CommitteeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "comité"
        ordering = ["name"]
        constraints = [
            one_per_uuid("committee"),
            models.UniqueConstraint(
                fields=["prefecture", "name"],
                condition=Q(trashed_at__isnull=True),
                name="one_committee_per_name",
                violation_error_code="name_taken",
                violation_error_message="Un comité porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=True) | Q(service__isnull=True),
                name="committee_of_a_site_or_a_service",
                violation_error_message="Choisissez un site ou un service, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | (Q(merged_into__isnull=False, merged_on__isnull=False) & ~Q(merged_into=F("id"))),
                name="committee_merged_into_another_on_a_day",
            ),
        ]

    def __str__(self):
        return self.name

    def has_merged_on(self, day: date) -> bool:
        return has_merged(self.merged_on, day)

    @property
    def last_day(self) -> date | None:
        """The eve of its merger, past or to come; None while none is decided."""
        return self.merged_on and self.merged_on - timedelta(days=1)

    @property
    def belongs_to(self) -> str:
        """« Sous-préfecture de Montaigu-le-Vieux », or the préfecture."""
        return str(self.site or self.service or self.prefecture)

    def get_absolute_url(self) -> str:
        return address_of("committees:committee_detail", self.prefecture.slug, self.pk)


class CommitteeFormerName(TenantModel):
    """A name a committee had, until a day included."""

    committee = TenantForeignKey(Committee, models.PROTECT, related_name="former_names", verbose_name="comité")
    name = models.CharField("ancien nom", max_length=160)
    last_day = models.DateField("dernier jour")
    act = TenantForeignKey(
        "committees.CompositionAct", models.PROTECT, null=True, related_name="+", verbose_name="arrêté"
    )

    class Meta(TenantModel.Meta):
        verbose_name = "ancien nom d'un comité"
        ordering = ["last_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "committee", "last_day"],
                name="one_former_name_per_last_day",
                violation_error_message="Le comité a déjà changé de nom ce jour-là.",
            )
        ]

    def __str__(self):
        return self.name

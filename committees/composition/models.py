import uuid
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.addresses import address_of
from clu_portal.organisations.models import Organisation, Person
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel
from committees.composition.enums import CommitteeKind, MandateKind


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agents see every committee of their préfecture; a member those where a mandate is in force today.

        A former member sees the committee no more, only the sealed minutes of its time (`Minutes.visible_to`).
        """
        if user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT):
            return self
        return self.filter(pk__in=Mandate.objects.committees_of(user))


class Committee(TenantModel):
    """A comité local des usagers, or the body it merged with."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=160)
    kind = models.CharField("type", max_length=10, choices=CommitteeKind, default=CommitteeKind.CLU)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(CommitteeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "comité"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "name"],
                name="one_committee_per_name",
                violation_error_message="Un comité porte déjà ce nom.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("committees:committee_detail", self.prefecture.slug, self.pk)


class Seat(TenantModel):
    """A place in a committee, held by an organisation or by an office (`wording`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="seats", verbose_name="comité")
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="seats"
    )
    wording = models.CharField("intitulé", max_length=200, help_text="Comme imprimé : « Association des maires »")
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta(TenantModel.Meta):
        verbose_name = "siège"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.wording


class MandateQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        return self.filter(starts_on__lte=day).not_over_on(day)

    def not_over_on(self, day: date):
        """In force on that day, or to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def committees_of(self, user):
        """The identifiers of the committees this person sits in today."""
        return self.of_user(user).values("seat__committee")

    def of_user(self, user, day: date | OuterRef | None = None):
        """The mandates in force of the person behind an account, today unless a day or its column is given."""
        return self.in_force_on(day or timezone.localdate()).filter(person__user=user)


class Mandate(TenantModel):
    """A person's time in a seat, as full member or substitute."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seat = TenantForeignKey(Seat, models.PROTECT, related_name="mandates", verbose_name="siège")
    person = TenantForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="personne")
    kind = models.CharField("qualité", max_length=12, choices=MandateKind, default=MandateKind.FULL_MEMBER)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu'au", null=True, blank=True)

    objects = TenantManager.from_queryset(MandateQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "mandat"
        ordering = ["seat__position", "kind", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_it_starts",
                violation_error_message="Le mandat doit finir le jour où il commence, ou après.",
            ),
            models.UniqueConstraint(
                fields=["prefecture", "seat", "person"],
                condition=Q(ends_on__isnull=True),
                name="one_open_mandate_per_person_and_seat",
                violation_error_message="Cette personne tient déjà ce siège.",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.seat}"

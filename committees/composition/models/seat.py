import uuid
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower

from clu_portal.organisations.models import Organisation, Person, Service
from clu_portal.tenancy import TenantForeignKey, TenantManager, one_per_uuid
from clu_portal.trash.models import TrashedPartModel
from committees.composition.enums import CollegeSide, MandateKind, SeatBasis
from committees.composition.models.act import CompositionAct
from committees.composition.models.committee import Committee

# The days of a row, first and last included; without a last day, for ever.
DAYS = Func(
    F("starts_on"),
    F("ends_on"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


class College(TrashedPartModel):
    """A group of seats of a committee."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="colleges", verbose_name="comité")
    label = models.CharField("intitulé", max_length=160, help_text="« Collège des usagers »")
    side = models.CharField("côté", max_length=20, choices=CollegeSide, default=CollegeSide.USERS)
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)

    class Meta(TrashedPartModel.Meta):
        verbose_name = "collège"
        ordering = ["position", "pk"]
        constraints = [
            one_per_uuid("college"),
            models.UniqueConstraint(
                "prefecture",
                "committee",
                Lower("label"),
                name="one_college_per_label",
                violation_error_code="label_taken",
                violation_error_message="Ce comité a déjà un collège de ce nom.",
            ),
            models.CheckConstraint(condition=Q(side__in=CollegeSide.values), name="college_side"),
        ]

    def __str__(self):
        return self.label


class DatedQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """Without a first day: always; without a last one: for ever."""
        started = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(started).not_over_on(day)

    def overlapping(self, starts_on: date, ends_on: date | None):
        """Those that share a day with a period; without a last day, for ever."""
        found = self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=ends_on or date.max))
        return found.not_over_on(starts_on)

    def not_over_on(self, day: date):
        """In force on that day, or to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Seat(TrashedPartModel):
    """A place in a committee, from a day to a day: of an organisation, of a service, of an office (`wording`)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    committee = TenantForeignKey(
        Committee, models.PROTECT, editable=False, related_name="seats", verbose_name="comité"
    )
    wording = models.CharField("intitulé", max_length=200, help_text="Comme imprimé : « Association des maires »")
    college = TenantForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="collège"
    )
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="seats"
    )
    service = TenantForeignKey(
        Service, models.PROTECT, null=True, blank=True, verbose_name="service", related_name="seats"
    )
    territory = models.CharField("territoire", max_length=120, blank=True, help_text="« Arrondissement nord »")
    basis = models.CharField("désignation", max_length=12, choices=SeatBasis, default=SeatBasis.DESIGNATED)
    starts_on = models.DateField("existe depuis le", null=True, blank=True, help_text="Vide : depuis toujours.")
    ends_on = models.DateField("jusqu'au", null=True, blank=True, editable=False)
    opened_by = TenantForeignKey(
        CompositionAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="créé par l'arrêté"
    )
    ended_by = TenantForeignKey(
        CompositionAct, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="supprimé par"
    )
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)

    objects = TenantManager.from_queryset(DatedQuerySet)()

    class Meta(TrashedPartModel.Meta):
        verbose_name = "siège"
        ordering = ["position", "pk"]
        constraints = [
            one_per_uuid("seat"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
                violation_error_code="ends_before_start",
                violation_error_message="Le siège doit finir le jour où il commence, ou après.",
            ),
            models.CheckConstraint(condition=Q(basis__in=SeatBasis.values), name="seat_basis"),
        ]

    def __str__(self):
        return f"{self.wording} ({self.territory})" if self.territory else self.wording


class Mandate(TrashedPartModel):
    """A person's time in a seat, as full member or substitute."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    seat = TenantForeignKey(Seat, models.PROTECT, related_name="mandates", verbose_name="siège")
    person = TenantForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="personne")
    kind = models.CharField("qualité", max_length=12, choices=MandateKind, default=MandateKind.FULL_MEMBER)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu'au", null=True, blank=True)
    opened_by = TenantForeignKey(
        CompositionAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nommé par l'arrêté"
    )
    ended_by = TenantForeignKey(
        CompositionAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="terminé par l'arrêté"
    )

    objects = TenantManager.from_queryset(DatedQuerySet)()

    class Meta(TrashedPartModel.Meta):
        verbose_name = "mandat"
        ordering = ["seat__position", "kind", "starts_on"]
        constraints = [
            one_per_uuid("mandate"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_it_starts",
                violation_error_code="ends_before_start",
                violation_error_message="Le mandat doit finir le jour où il commence, ou après.",
            ),
            models.CheckConstraint(condition=Q(kind__in=MandateKind.values), name="mandate_kind"),
            ExclusionConstraint(
                name="one_mandate_per_person_and_seat_at_a_time",
                expressions=[
                    ("prefecture", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_code="already_seated",
                violation_error_message="Cette personne tient déjà ce siège.",
            ),
            ExclusionConstraint(
                name="one_full_member_per_seat_at_a_time",
                expressions=[
                    ("prefecture", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=MandateKind.FULL_MEMBER),
                violation_error_code="seat_taken",
                violation_error_message="Ce siège a déjà un titulaire à ces dates : mettez d'abord fin à son mandat.",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.seat}"

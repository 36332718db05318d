import uuid

from django.db import models
from django.db.models import F, Q

from clu_portal.accounts.enums import RoleKind
from clu_portal.addresses import address_of
from clu_portal.fields import FuzzyDateField
from clu_portal.files.models import StoredFile
from clu_portal.lib.paging import day_in, number_in
from clu_portal.lib.text import day_in_words
from clu_portal.organisations.models import Organisation, Person
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel
from committees.composition.models import Committee, Mandate
from committees.meetings.enums import (
    AgendaItemKind,
    AttendanceStatus,
    Capacity,
    DocumentKind,
    MeetingState,
    Visibility,
)


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agents see every meeting; a member those of the committees where they sit today, once announced or held.

        The meetings of a mandate that has ended are no longer seen: their sealed minutes are (`Minutes.visible_to`).
        """
        if user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT):
            return self
        return self.filter(committee__in=Mandate.objects.committees_of(user)).exclude(state=MeetingState.PREPARED)

    def latest_first(self):
        """Undated meetings first: they are to come."""
        return self.order_by(F("held_on").desc(nulls_first=True), "-pk")

    def after(self, cursor: str):
        """The meetings that follow « 2026-03-22.15 » (date, identifier) in that order; all of them for « »."""
        day, _, number = cursor.partition(".")
        pk, held_on = number_in(number), day_in(day)
        if pk is None or (day and held_on is None):
            return self
        older = Q(held_on__lt=held_on) if held_on else Q(held_on__isnull=False)
        same_day = Q(held_on=held_on) if held_on else Q(held_on__isnull=True)
        return self.filter(older | (same_day & Q(pk__lt=pk)))


class Meeting(TenantModel):
    """A meeting of a committee, past or future. Nearly everything about it may be missing (design §4)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name="comité")
    state = models.CharField(
        "état", max_length=10, choices=MeetingState, default=MeetingState.PREPARED, editable=False
    )
    held_on = models.DateField("date", null=True, blank=True)
    starts_at = models.TimeField("heure de début", null=True, blank=True)
    ends_at = models.TimeField("heure de fin", null=True, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    chair = models.CharField("présidence", max_length=200, blank=True, help_text="Comme imprimé. Peut rester vide.")
    title_lines = models.TextField("titre", blank=True, help_text="Une ligne par ligne imprimée.")
    next_meeting = FuzzyDateField("prochaine réunion", null=True, blank=True)
    state_reason = models.CharField("motif", max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(MeetingQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "réunion"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="L'heure de fin doit suivre l'heure de début.",
            ),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
        ]
        indexes = [models.Index(fields=["prefecture", "-held_on", "-id"], name="meetings_latest_first")]

    def __str__(self):
        return f"{self.committee}, {self.date_text}"

    @property
    def date_text(self) -> str:
        return day_in_words(self.held_on) if self.held_on else "date à préciser"

    @property
    def of_the_day(self) -> str:
        """« du mercredi 15 juillet 2026 », or « sans date »: what follows « réunion » in a sentence."""
        return f"du {self.date_text}" if self.held_on else "sans date"

    @property
    def cursor(self) -> str:
        return f"{self.held_on or ''}.{self.pk}"

    def get_absolute_url(self) -> str:
        return address_of("committees:meeting_detail", self.prefecture.slug, self.pk)


class AgendaItem(TenantModel):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="agenda_items", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    printed_label = models.CharField(
        "repère", max_length=12, blank=True, help_text="Comme imprimé : « 1. », « I/ », « – »"
    )
    title = models.CharField("intitulé", max_length=300)
    kind = models.CharField("nature", max_length=16, choices=AgendaItemKind, default=AgendaItemKind.INFORMATION)

    class Meta(TenantModel.Meta):
        verbose_name = "point de l'ordre du jour"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.printed_label} {self.title}".strip()


class Attendance(TenantModel):
    """One printed line of the attendance list, with what is known behind it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    group_heading = models.CharField("rubrique", max_length=120, blank=True, help_text="Comme imprimée : « Présents »")
    printed_line = models.CharField("ligne imprimée", max_length=300)
    status = models.CharField("présence", max_length=12, choices=AttendanceStatus, default=AttendanceStatus.PRESENT)
    capacity = models.CharField("qualité", max_length=10, choices=Capacity, default=Capacity.MEMBER)
    person = TenantForeignKey(Person, null=True, blank=True, verbose_name="personne", related_name="attendances")
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="attendances"
    )

    class Meta(TenantModel.Meta):
        verbose_name = "présence"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.printed_line


class MeetingDocument(TenantModel):
    """A document of the meeting's dossier."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name="réunion")
    title = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=DocumentKind, default=DocumentKind.SENT_BEFORE)
    visibility = models.CharField("visible par", max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="fichier")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = "document"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

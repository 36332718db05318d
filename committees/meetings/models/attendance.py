import uuid

from django.db import models
from django.db.models import F, Q

from clu_portal.organisations.models import Organisation, Person
from clu_portal.tenancy import TenantForeignKey, TenantModel, one_per_uuid
from committees.composition.models import Seat
from committees.meetings.enums import AttendanceStatus, Capacity, Gender, Mode, Representation
from committees.meetings.models.agenda import AgendaItem
from committees.meetings.models.meeting import Meeting


class Attendance(TenantModel):
    """One printed line of the attendance list, with what is known behind it.

    What is printed is stored. While `heading_follows` or `line_follows` is set, the acts write it again from what is
    known (wording.py); what somebody typed is never touched.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    group_heading = models.CharField("rubrique", max_length=120, blank=True, help_text="Comme imprimée : « Présents »")
    sub_heading = models.CharField(
        "sous-rubrique",
        max_length=160,
        blank=True,
        help_text="« Collège des usagers ». Excusés et absents s'impriment sans, sauf rubrique tapée.",
    )
    heading_follows = models.BooleanField("accorder la rubrique d'après les présences", default=False)
    printed_line = models.CharField("ligne imprimée", max_length=300)
    line_follows = models.BooleanField("composer la ligne d'après ces choix", default=False)
    status = models.CharField("présence", max_length=12, choices=AttendanceStatus, default=AttendanceStatus.PRESENT)
    capacity = models.CharField("qualité", max_length=10, choices=Capacity, default=Capacity.MEMBER)
    mode = models.CharField("participation", max_length=5, choices=Mode, default=Mode.ROOM)
    seat = TenantForeignKey(Seat, null=True, blank=True, verbose_name="siège", related_name="attendances")
    person = TenantForeignKey(Person, null=True, blank=True, verbose_name="personne", related_name="attendances")
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="attendances"
    )
    body = models.CharField(
        "organisme ou fonction, comme imprimé", max_length=200, blank=True, help_text="« Association des maires »"
    )
    names = models.CharField(
        "personnes, comme imprimées",
        max_length=200,
        blank=True,
        help_text="Vide : d'après les personnes choisies. Un « ; » entre deux noms.",
    )
    office = models.CharField("fonction de la personne", max_length=200, blank=True, help_text="« présidente »")
    gender = models.CharField("accord", max_length=10, choices=Gender, default=Gender.UNKNOWN, blank=True)
    representation = models.CharField("représentation", max_length=14, choices=Representation, default="", blank=True)
    other_side = models.CharField(
        "l'autre personne ou fonction, comme imprimée",
        max_length=200,
        blank=True,
        help_text="Qui représente, est représenté ou suppléé : « Mme Aubert, cheffe du bureau », « la directrice ».",
    )
    other_office = models.CharField(
        "fonction de l'autre personne", max_length=200, blank=True, help_text="« cheffe du bureau des élections »"
    )
    other_person = TenantForeignKey(
        Person, null=True, blank=True, verbose_name="l'autre personne, si elle est connue", related_name="+"
    )
    substitute_for = TenantForeignKey(
        Seat, null=True, blank=True, verbose_name="siège suppléé", related_name="substituted_attendances"
    )
    proxy_to = TenantForeignKey(
        "self", models.SET_NULL, null=True, blank=True, verbose_name="pouvoir donné à", related_name="proxies"
    )
    arrived_at = models.TimeField("arrivée", null=True, blank=True)
    left_at = models.TimeField("départ", null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "présence"
        ordering = ["position", "pk"]
        constraints = [
            one_per_uuid("attendance"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(left_at__isnull=True) | Q(left_at__gt=F("arrived_at")),
                name="attendance_leaves_after_it_arrives",
                violation_error_message="Le départ doit suivre l'arrivée.",
            ),
            models.CheckConstraint(
                condition=Q(proxy_to__isnull=True) | ~Q(proxy_to=F("id")),
                name="attendance_no_proxy_to_oneself",
                violation_error_message="Personne ne se donne pouvoir à soi-même.",
            ),
        ]

    def __str__(self):
        return self.printed_line

    @property
    def attended_seat_id(self) -> int | None:
        """The seat this line speaks of: its own, or the one a substitute sits for."""
        return self.substitute_for_id or self.seat_id


class AttendancePerson(TenantModel):
    """One more person of a line that names several: « Mme Aubert et M. Brun »."""

    attendance = TenantForeignKey(Attendance, models.CASCADE, related_name="others", verbose_name="présence")
    person = TenantForeignKey(Person, verbose_name="personne", related_name="shared_attendances")

    class Meta(TenantModel.Meta):
        verbose_name = "autre personne d'une ligne"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "attendance", "person"], name="person_once_per_line")
        ]

    def __str__(self):
        return str(self.person)


class MissedItem(TenantModel):
    """An item of the agenda during which somebody who came was not there."""

    attendance = TenantForeignKey(Attendance, models.CASCADE, related_name="missed_items", verbose_name="présence")
    agenda_item = TenantForeignKey(AgendaItem, models.CASCADE, related_name="missed_by", verbose_name="point")

    class Meta(TenantModel.Meta):
        verbose_name = "point non suivi"
        ordering = ["agenda_item__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "attendance", "agenda_item"], name="item_missed_once")
        ]

    def __str__(self):
        return str(self.agenda_item)


class Invitation(TenantModel):
    """Somebody, or some body, invited to a meeting. None of them recorded: those who sit on the day are."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("ordre", default=0, editable=False)
    seat = TenantForeignKey(Seat, null=True, blank=True, verbose_name="siège", related_name="invitations")
    person = TenantForeignKey(Person, null=True, blank=True, verbose_name="personne", related_name="invitations")
    organisation = TenantForeignKey(
        Organisation, null=True, blank=True, verbose_name="organisme", related_name="invitations"
    )
    wording = models.CharField("intitulé", max_length=200, blank=True, help_text="Vide : d'après la personne.")
    capacity = models.CharField("qualité", max_length=10, choices=Capacity, default=Capacity.MEMBER)

    class Meta(TenantModel.Meta):
        verbose_name = "personne invitée"
        ordering = ["position", "pk"]
        constraints = [
            one_per_uuid("invitation"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False)
                | Q(person__isnull=False)
                | Q(organisation__isnull=False)
                | ~Q(wording=""),
                name="invitation_of_somebody",
                violation_error_message="Dites qui est invité : une personne, un organisme ou un intitulé.",
            ),
            models.UniqueConstraint(
                fields=["prefecture", "meeting", "seat", "person"],
                nulls_distinct=False,
                condition=Q(seat__isnull=False),
                name="seat_and_person_invited_once",
            ),
        ]

    def __str__(self):
        return self.wording or str(self.person or self.organisation or self.seat)

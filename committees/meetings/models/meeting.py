import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import Coalesce

from clu_portal.addresses import address_of
from clu_portal.compiled import compiled
from clu_portal.fields import FuzzyDateField
from clu_portal.lib.paging import day_in, number_in
from clu_portal.lib.text import day_in_words
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, one_per_uuid
from clu_portal.trash.models import TrashableModel
from committees.composition.members import Sitting, held_by, is_staff, sitting_today
from committees.composition.models import Committee
from committees.meetings.enums import MeetingState
from committees.meetings.rules import session_goes_on, state_in_words
from committees.meetings.wording import hours


def seen_by_member(sitting: Sitting, meeting: str = "") -> Q:
    """The meetings a member sees; `meeting` leads to them from another row: « meeting__ »."""
    return held_by(*sitting, meeting) & ~Q(**{f"{meeting}state": MeetingState.PREPARED})


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agents see every meeting; a member those of the committees where they sit today, once announced or held.

        The meetings of a mandate that has ended are no longer seen: their sealed minutes are (`Minutes.visible_to`).
        """
        return self if is_staff(user) else self.filter(seen_by_member(sitting_today(user)))

    def of_committees(self, committees):
        """The meetings these committees hold, alone or with others."""
        jointly = JointCommittee.objects.filter(committee__in=committees).values("meeting")
        return self.filter(Q(committee__in=committees) | Q(pk__in=jointly))

    def attended_by(self, user):
        """The meetings whose attendance list names somebody, alone on a line or with others."""
        alone = self.filter(attendances__person__user=user).values("pk")
        with_others = self.filter(attendances__others__person__user=user).values("pk")
        return self.filter(Q(pk__in=alone) | Q(pk__in=with_others))

    def with_committees(self):
        """Each meeting with its committee, and whether others hold it too: `read_joint` reads which."""
        return self.select_related("committee").annotate(is_joint=meets_jointly(OuterRef("pk")))

    def by_day(self):
        """With `day`: the day of the meeting, or the last one it may take place; none when nothing is known."""
        return self.annotate(day=Coalesce("held_on", "planned_for__end"))

    def latest_first(self):
        """Undated meetings first: they are to come."""
        return self.by_day().order_by(F("day").desc(nulls_first=True), "-pk")

    def after(self, cursor: str):
        """The meetings that follow « 2026-03-22.15 » (day, identifier) in that order; all of them for « »."""
        written, _, number = cursor.partition(".")
        pk, day = number_in(number), day_in(written)
        if pk is None or (written and day is None):
            return self
        older = Q(day__lt=day) if day else Q(day__isnull=False)
        same_day = Q(day=day) if day else Q(day__isnull=True)
        return self.by_day().filter(older | (same_day & Q(pk__lt=pk)))


class Meeting(TrashableModel):
    """A meeting of a committee, past or future. Nearly everything about it may be missing (design §4)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name="comité")
    state = models.CharField(
        "état", max_length=10, choices=MeetingState, default=MeetingState.PREPARED, editable=False
    )
    held_on = models.DateField("date", null=True, blank=True)
    planned_for = FuzzyDateField(
        "période prévue", help_text="Quand le jour n'est pas encore fixé : « 1er trimestre 2027 »."
    )
    starts_at = models.TimeField("heure de début", null=True, blank=True)
    ends_at = models.TimeField("heure de fin", null=True, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    chair = models.CharField("présidence", max_length=200, blank=True, help_text="Comme imprimé. Peut rester vide.")
    title_lines = models.TextField("titre", blank=True, help_text="Une ligne par ligne imprimée.")
    next_meeting = FuzzyDateField("prochaine réunion", null=True, blank=True)
    second_convocation_on = models.DateField(
        "seconde convocation",
        null=True,
        blank=True,
        help_text="Jour où le comité a été convoqué une seconde fois, faute de quorum.",
    )
    prints_absent = models.BooleanField("imprimer les absents non excusés", default=False, editable=False)
    invitees_chosen = models.BooleanField(
        "liste des invités choisie",
        default=False,
        editable=False,
        help_text="Sans quoi ceux qui siègent sont invités ; choisie et vide, personne ne l'est.",
    )
    opened_at = models.DateTimeField("séance ouverte le", null=True, editable=False)
    closed_at = models.DateTimeField("séance close le", null=True, editable=False)
    state_reason = models.CharField("motif", max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(MeetingQuerySet)()
    is_joint = True  # it may be: `with_committees` knows, and spares a query to those that are not

    class Meta(TenantModel.Meta):
        verbose_name = "réunion"
        ordering = ["-held_on", "-pk"]
        constraints = [
            one_per_uuid("meeting"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="L'heure de fin doit suivre l'heure de début.",
            ),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
                name="meeting_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["prefecture", "-held_on", "-id"], name="meetings_latest_first")]

    def __str__(self):
        return f"{self.committee}, {self.date_text}"

    @property
    def date_text(self) -> str:
        if self.held_on:
            return day_in_words(self.held_on)
        return f"prévue : {self.planned_for}" if self.planned_for else "date à préciser"

    @property
    def of_the_day(self) -> str:
        """« du mercredi 15 juillet 2026 », or « sans date »: what follows « réunion » in a sentence."""
        if self.held_on:
            return f"du {self.date_text}"
        return f"prévue ({self.planned_for})" if self.planned_for else "sans date"

    @property
    def cursor(self) -> str:
        return f"{self.sort_day or ''}.{self.pk}"

    @property
    def sort_day(self):
        return self.held_on or (self.planned_for.end if self.planned_for else None)

    @property
    def hours_text(self) -> str:
        return hours(self.starts_at, self.ends_at)

    @property
    def state_label(self) -> str:
        return state_in_words(self.state, opened=self.opened_at is not None, closed=self.closed_at is not None)

    @property
    def is_in_session(self) -> bool:
        return session_goes_on(self.state, opened=self.opened_at is not None, closed=self.closed_at is not None)

    @property
    def joint_committees(self) -> list[Committee]:
        """The other committees that meet with the one that holds the meeting."""
        if not self.is_joint:
            return []
        read_joint([self])
        return [link.committee for link in self.joint_links.all()]

    @property
    def committees(self) -> list[Committee]:
        return [self.committee, *self.joint_committees]

    @property
    def committees_text(self) -> str:
        """« Comité A » or, of a joint meeting, « Comité A et Comité B »."""
        *before, last = [committee.name for committee in self.committees]
        return f"{', '.join(before)} et {last}" if before else last

    def get_absolute_url(self) -> str:
        return address_of("committees:meeting_detail", self.prefecture.slug, self.pk)


class JointCommittee(TenantModel):
    """One of the other committees of a joint meeting."""

    meeting = TenantForeignKey(Meeting, models.CASCADE, related_name="joint_links", verbose_name="réunion")
    committee = TenantForeignKey(Committee, models.PROTECT, related_name="joint_meetings", verbose_name="comité")

    class Meta(TenantModel.Meta):
        verbose_name = "comité réuni en commun"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "meeting", "committee"], name="joint_committee_once")
        ]

    def __str__(self):
        return str(self.committee)


@compiled
def meeting_rows(pk: int) -> models.QuerySet:
    """The meeting of that number: for those who see every one."""
    return Meeting.objects.with_committees().filter(pk=pk)


def meets_jointly(meeting: OuterRef) -> Exists:
    return Exists(JointCommittee.objects.filter(meeting=meeting))


def read_joint(meetings: list[Meeting]) -> list[Meeting]:
    """Read the committees of the joint ones among these meetings: one query, none when none is joint."""
    links = Prefetch("joint_links", queryset=JointCommittee.objects.select_related("committee"))
    prefetch_related_objects([meeting for meeting in meetings if meeting.is_joint], links)
    return meetings

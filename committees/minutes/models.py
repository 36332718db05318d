import uuid

from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.addresses import address_of
from clu_portal.compiled import compiled
from clu_portal.files.models import StoredFile
from clu_portal.organisations.enums import PageMark, TitleForm
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, one_per_uuid
from committees.composition.members import Sitting, Term, held_by, sitting_today, terms_over
from committees.meetings.models import Meeting
from committees.minutes.enums import OPEN_STATES, SEALED_STATES, UNSEALED_STATES, MinutesState

# What is printed around the text, frozen with it and taken over by a correction.
PRINTED_AROUND = ("title_lines", "correction_reason", "place", "dated_on")
PRINTED_AROUND += ("contacts", "drafters", "reference_lines", "page_mark", "title_form")


def sees_every_minutes(user) -> bool:
    return user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL)


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The table « who sees what » of design §2, for drafts and for sealed minutes."""
        if sees_every_minutes(user):
            return self
        if user.has_role(RoleKind.AGENT):
            attended = Q(meeting__in=Meeting.objects.attended_by(user)) & ~Q(state=MinutesState.ABANDONED)
            return self.filter(Q(state__in=SEALED_STATES) | attended)
        return self.seen_by_member(sitting_today(user), terms_over(user))

    def seen_by_member(self, sitting: Sitting, over: tuple[Term, ...]):
        """A member sees the minutes of the committees where they sit today, from review on.

        Once the mandate has ended, the sealed minutes of the meetings held from its first to its last day remain,
        whenever they were sealed, and nothing else: neither the meeting and its dossier, nor what is in review, nor
        any later meeting.
        """
        unseen = (MinutesState.DRAFTING, MinutesState.ABANDONED)
        seen = held_by(*sitting, "meeting__") & ~Q(state__in=unseen)
        for committee, *days, joint_meetings in over:
            held = held_by((committee,), joint_meetings, "meeting__")
            seen |= held & Q(meeting__held_on__range=days, state__in=SEALED_STATES)
        return self.filter(seen)

    def sealed(self):
        return self.filter(state__in=SEALED_STATES)

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Minutes(TenantModel):
    """One version of the compte-rendu of a meeting. Sealed, it never changes: the database refuses it too (R08)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    meeting = TenantForeignKey(Meeting, models.PROTECT, related_name="minutes", verbose_name="réunion")
    version_number = models.PositiveSmallIntegerField("version", default=1, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=MinutesState, default=MinutesState.DRAFTING, editable=False
    )
    title_lines = models.TextField("titre", help_text="Une ligne par ligne imprimée.")
    correction_reason = models.TextField(
        "ce que cette version corrige",
        blank=True,
        help_text="Imprimé sous le titre, pour qui a lu la version d'avant.",
    )
    place = models.CharField("fait à", max_length=80, blank=True)
    dated_on = models.DateField("daté du", null=True, blank=True)
    contacts = models.TextField(
        "affaire suivie par",
        blank=True,
        help_text="Imprimé tel quel, intitulé compris, ligne par ligne : « Affaire suivie par : … », « Tél : … ».",
    )
    drafters = models.TextField(
        "rédaction", blank=True, help_text="Imprimé tel quel, une ligne par ligne : « Rédigé par : … »."
    )
    reference_lines = models.TextField(
        "objet et références",
        blank=True,
        help_text="Une ligne par mention, avec son intitulé : « Objet : … », « Réf. : … ».",
    )
    page_mark = models.CharField(
        "repère de page", max_length=10, choices=PageMark, default=PageMark.PAGE_OF, blank=True
    )
    title_form = models.CharField("forme du titre", max_length=10, choices=TitleForm, default=TitleForm.BOLD)
    section_order = models.JSONField(default=list, editable=False)
    order_version = models.PositiveIntegerField(default=1, editable=False)
    frozen_at = models.DateTimeField("figé le", null=True, editable=False)
    frozen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, editable=False, related_name="+")
    freeze_reason = models.TextField("motif du gel", blank=True, editable=False)
    text_hash = models.CharField("empreinte du texte soumis", max_length=64, blank=True, editable=False)
    submitted_at = models.DateTimeField("soumis le", null=True, editable=False)
    return_reason = models.TextField("motif du retour", blank=True, editable=False)
    facts = models.JSONField("faits repris", null=True, editable=False)
    layout = models.JSONField("mise en page retenue", null=True, editable=False)
    sealed_at = models.DateTimeField("scellé le", null=True, editable=False)
    sealed_file = TenantForeignKey(StoredFile, null=True, editable=False, related_name="+")
    replaced_at = models.DateTimeField("remplacé le", null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(MinutesQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "compte-rendu"
        ordering = ["-created_at"]
        constraints = [
            one_per_uuid("minutes"),
            models.UniqueConstraint(
                fields=["prefecture", "meeting", "version_number"],
                condition=~Q(state=MinutesState.ABANDONED),
                name="one_minutes_per_version",
            ),
            models.UniqueConstraint(
                fields=["prefecture", "meeting"], condition=Q(state__in=OPEN_STATES), name="one_open_minutes"
            ),
            models.UniqueConstraint(
                fields=["prefecture", "meeting"], condition=Q(state=MinutesState.SEALED), name="one_current_minutes"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNSEALED_STATES, sealed_at__isnull=True, sealed_file__isnull=True)
                | Q(state__in=SEALED_STATES, sealed_at__isnull=False, sealed_file__isnull=False),
                name="sealed_minutes_have_a_file_and_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.DRAFTING, text_hash="")
                | (~Q(state=MinutesState.DRAFTING) & ~Q(text_hash="")),
                name="frozen_minutes_have_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.REPLACED, replaced_at__isnull=False)
                | (~Q(state=MinutesState.REPLACED) & Q(replaced_at__isnull=True)),
                name="replaced_minutes_have_a_date",
            ),
            models.CheckConstraint(condition=Q(page_mark__in=PageMark.values), name="minutes_page_mark"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True)
                | (
                    Q(state=MinutesState.DRAFTING, frozen_at__isnull=False, frozen_by__isnull=False)
                    & ~Q(freeze_reason="")
                ),
                name="a_draft_is_frozen_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(title_form__in=TitleForm.values), name="minutes_title_form"),
        ]

    def __str__(self):
        return f"Compte-rendu, {self.meeting}{self.version_mark}"

    @property
    def version_mark(self) -> str:
        """« (version 3) », « (version 2, abandonnée) » after a title; nothing for the first, that most never leave."""
        abandoned = ", abandonnée" if self.is_abandoned else ""
        return f" (version {self.version_number}{abandoned})" if self.version_number > 1 or abandoned else ""

    @property
    def audit_version(self) -> int:
        return self.version_number

    @property
    def is_drafting(self) -> bool:
        return self.state == MinutesState.DRAFTING

    @property
    def is_frozen(self) -> bool:
        """A draft whose text somebody froze for a while (freezing.py)."""
        return self.frozen_at is not None

    def clear_freeze(self) -> None:
        self.frozen_at = self.frozen_by = None
        self.freeze_reason = ""

    @property
    def is_sealed(self) -> bool:
        return self.state in SEALED_STATES

    @property
    def is_abandoned(self) -> bool:
        return self.state == MinutesState.ABANDONED

    def replaced_version(self) -> "Minutes | None":
        """The sealed version this one replaces, or will once sealed; none for the first."""
        if self.version_number == 1:
            return None
        sealed = sealed_versions(self.meeting_id)
        return next((former for former in sealed if former.version_number < self.version_number), None)

    def current_approval(self) -> "Approval | None":
        """The approval of the pages now submitted; a text returned and submitted again is to be approved again."""
        return next(iter(approvals_of(self.pk)), None)

    def get_absolute_url(self) -> str:
        return address_of("committees:minutes_detail", self.prefecture.slug, self.pk)


class Section(TenantModel):
    """One top-level node of the tree, with one version number. `content` is null once the section is removed."""

    uuid = models.UUIDField()
    minutes = TenantForeignKey(Minutes, models.PROTECT, related_name="sections")
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField(null=True)
    updated_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "section"
        constraints = [models.UniqueConstraint(fields=["prefecture", "minutes", "uuid"], name="one_section_per_uuid")]


class SectionRevision(TenantModel):
    """Every version of a section that was acknowledged, with its author (E03)."""

    append_only = True

    section = TenantForeignKey(Section, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    content = models.JSONField(null=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    operation_id = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "version d'une section"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "section", "version"], name="one_revision_per_version"),
        ]


class OrderRevision(TenantModel):
    """Every order of the sections, versioned as the sections are."""

    append_only = True

    minutes = TenantForeignKey(Minutes, models.PROTECT, related_name="order_revisions")
    version = models.PositiveIntegerField()
    ids = models.JSONField()
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "ordre des sections"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "minutes", "version"], name="one_order_per_version")
        ]


class Approval(TenantModel):
    """The act of a person, re-authenticated, on bytes whose SHA-256 was shown (R06).

    That of imported minutes was done elsewhere: it bears a name and no account.
    """

    append_only = True

    minutes = TenantForeignKey(Minutes, models.PROTECT, related_name="approvals")
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approver_name = models.CharField("approuvé par, comme importé", max_length=160, blank=True)
    title = models.CharField("fonction", max_length=160, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = "approbation"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "minutes", "file"], name="one_approval_per_file"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False) | ~Q(approver_name=""), name="approval_of_somebody"
            ),
        ]

    @property
    def approver(self) -> str:
        """Whoever approved: an account of this portal, or the name printed in the file the minutes came in."""
        return str(self.approved_by) if self.approved_by else self.approver_name


@compiled
def approvals_of(minutes: int) -> models.QuerySet:
    """The approvals of what is now submitted, the latest first."""
    approvals = Approval.objects.filter(minutes=minutes, at__gte=F("minutes__submitted_at"))
    who = ("approved_by__name", "approved_by__email", "approved_by__is_active")
    return approvals.select_related("approved_by").only("title", "at", "approver_name", *who)


def next_version_number(meeting: Meeting) -> int:
    """One more than the highest ever given: the number of an abandoned version is never given again."""
    return (meeting.minutes.aggregate(highest=Max("version_number"))["highest"] or 0) + 1


@compiled
def sealed_versions(meeting: int) -> models.QuerySet:
    """The sealed versions of the minutes of a meeting, the latest first."""
    versions = Minutes.objects.sealed().filter(meeting=meeting)
    return versions.order_by("-version_number").only("prefecture", "version_number", "sealed_at")

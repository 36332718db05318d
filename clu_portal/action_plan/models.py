import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from clu_portal.accounts.enums import RoleKind
from clu_portal.action_plan.enums import ActionState
from clu_portal.addresses import address_of
from clu_portal.fields import FuzzyDateField
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel, one_per_uuid

CLOSED = (ActionState.DONE, ActionState.ABANDONED)
EVERY_STATE = "toutes"


READERS = (RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT)


class ActionQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(state__in=CLOSED)

    def visible_to(self, user):
        """The agents of the préfecture read the whole plan; a member reads none of it yet (issue 5 publishes some)."""
        return self if user.has_role(*READERS) else self.none()

    def owned_by(self, user):
        return self.filter(owner__user=user)

    def in_state(self, state: str):
        """The open ones for « », all of them for « toutes »."""
        if not state:
            return self.open()
        return self if state == EVERY_STATE else self.filter(state=state)

    def before(self, pk: int | None):
        """The latest first, from the one that follows a given action."""
        return (self.filter(pk__lt=pk) if pk else self).order_by("-pk")


class Action(TenantModel):
    """One line of the plan d'actions: a promise, its owner, its due date. It knows its origin by reference."""

    reference_fields = ("origin",)

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    title = models.CharField("intitulé", max_length=200)
    owner = TenantForeignKey(
        "organisations.Person", null=True, blank=True, verbose_name="responsable", related_name="actions"
    )
    owner_service = TenantForeignKey(
        "organisations.Service", null=True, blank=True, verbose_name="service responsable", related_name="actions"
    )
    owner_wording = models.CharField(
        "responsable, comme dit",
        max_length=200,
        blank=True,
        help_text="Ce qui a été dit en réunion, quand la personne ou le service n'est pas encore désigné.",
    )
    due = FuzzyDateField("échéance", null=True, blank=True)
    state = models.CharField("état", max_length=12, choices=ActionState, default=ActionState.PROPOSED)
    origin = models.CharField("origine", max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(ActionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "action"
        ordering = ["-created_at"]
        constraints = [
            one_per_uuid("action"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "abandoned"])
                | Q(owner__isnull=False)
                | Q(owner_service__isnull=False),
                name="action_has_an_owner",
                violation_error_message="Nommez un responsable : une action sans responsable reste « proposée ».",
                violation_error_code="no_owner",
            ),
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_state"),
        ]
        indexes = [models.Index(fields=["prefecture", "origin"], name="actions_by_origin")]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("action_plan:action_detail", self.prefecture.slug, self.pk)

    @property
    def owner_text(self) -> str:
        """Who holds it, as read in a list: the person, the service, or both; else who was named in the meeting."""
        return ", ".join(str(holder) for holder in (self.owner, self.owner_service) if holder) or self.owner_wording

    @property
    def audit_details(self) -> dict:
        return {"state": self.state}

    def is_overdue(self, on: date) -> bool:
        return self.state not in CLOSED and self.due is not None and self.due.is_overdue(on)

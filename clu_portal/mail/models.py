import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clu_portal.files.models import StoredFile
from clu_portal.mail.personal_links import has_lost_a_link, without_links
from clu_portal.tenancy import TenantForeignKey, TenantManager, TenantModel
from clu_portal.tickets import Ticket

ENDED = ("sent", "cancelled", "expired", "dead")


class MailTicketQuerySet(models.QuerySet):
    def waiting(self):
        """Not yet at the relay, and still to be sent."""
        return self.filter(state__in=["pending", "claimed"])

    def overdue(self):
        """Past the hour after which sending is worse than not sending, and in nobody's hands."""
        free = Q(state="pending") | Q(state="claimed", lease_until__lt=Now())
        return self.filter(free, expires_at__lte=Now())


class MailTicket(Ticket):
    """Where one message stands (security.md §4.3). In the directory, so that any drain finds it; no text, no address.

    committing: the body may be at the relay, nobody knows yet. A ticket that stays so is resolved (mail/doubts.py),
    never sent again unseen.
    """

    class State(models.TextChoices):
        PENDING = "pending", "en attente"
        CLAIMED = "claimed", "en cours d'envoi"
        COMMITTING = "committing", "remise en cours"
        SENT = "sent", "envoyé"
        CANCELLED = "cancelled", "annulé"
        EXPIRED = "expired", "périmé"
        DEAD = "dead", "en échec"

    doubt_count = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    dot_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = MailTicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "claimed", "committing", "sent", "cancelled", "expired", "dead"],
                ),
                name="mail_ticket_state",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_mail_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="committing") | Q(dot_at__isnull=False), name="committing_mail_has_a_dot"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["pending", "claimed"]), name="mail_tickets_due"),
            models.Index(fields=["dot_at"], condition=Q(state="committing"), name="mail_tickets_in_doubt"),
        ]


class OutgoingMessageQuerySet(models.QuerySet):
    def page_before(self, pk: int | None, size: int):
        """The `size` messages that come before one, latest first, with their tickets."""
        older = self.filter(pk__lt=pk) if pk else self
        return older.select_related("ticket").order_by("-pk")[:size]

    def forget_links(self) -> None:
        """Take the personal links out of those that have left, or will not leave. The demonstration shows them."""
        if settings.DEMONSTRATION:
            return
        for message in self.filter(ticket__state__in=ENDED):
            message.text, message.html = without_links(message.text), without_links(message.html)
            message.save(update_fields=["text", "html"])


class OutgoingMessage(TenantModel):
    """One message to one address: its text, its fixed Message-ID, and what the relay said."""

    ticket = models.OneToOneField(MailTicket, models.PROTECT, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    dedup_key = models.CharField(max_length=400)
    message_id = models.CharField(max_length=200)
    recipient = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=250)
    text = models.TextField("texte")
    html = models.TextField(blank=True)
    relay_reply = models.CharField("réponse du relais", max_length=500, blank=True)
    last_error = models.CharField("dernière erreur", max_length=500, blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)

    objects = TenantManager.from_queryset(OutgoingMessageQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "courriel"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "dedup_key"], name="one_message_per_dedup_key"),
            models.UniqueConstraint(fields=["prefecture", "message_id"], name="one_message_per_message_id"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def state_label(self) -> str:
        return MailTicket.State(self.ticket.state).label

    @property
    def badge_kind(self) -> str:
        return {"sent": "success", "dead": "error"}.get(self.ticket.state, "")

    @property
    def is_dead(self) -> bool:
        return self.ticket.state == "dead"

    @property
    def has_lost_a_link(self) -> bool:
        """Whether it would now lead nowhere: whoever was to receive it needs a new link."""
        return has_lost_a_link(self.text)

    @property
    def is_doubtful(self) -> bool:
        """Whether it may have arrived twice, or not at all: a delivery was cut before the relay's answer."""
        return self.ticket.doubt_count > 0


class MessageAttachment(TenantModel):
    """A stored file that goes with a message."""

    message = TenantForeignKey(OutgoingMessage, models.CASCADE, related_name="attachments")
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "pièce jointe"

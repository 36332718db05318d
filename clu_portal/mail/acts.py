from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils import timezone

from clu_portal.audit.acts import act
from clu_portal.hints import queue_after_commit
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.permissions import require_watcher
from clu_portal.mail.tasks import drain_outbox


@act("mail_replayed")
def replay_message(*, message: OutgoingMessage, by) -> OutgoingMessage:
    """Send again, with the same Message-ID, a message that was given up. The name of who asked is in the journal.

    Raises ValidationError: not_dead, expired, link_forgotten.
    """
    require_watcher(by)
    ticket = MailTicket.objects.select_for_update().get(pk=message.ticket_id)
    if ticket.state != "dead":
        raise ValidationError("Ce courriel n'est pas en échec : il n'y a rien à relancer.", code="not_dead")
    if ticket.expires_at and ticket.expires_at <= timezone.now():
        raise ValidationError("Ce courriel n'a plus lieu d'être : sa date est passée.", code="expired")
    if OutgoingMessage.objects.get(pk=message.pk).has_lost_a_link:
        refusal = "Le lien personnel de ce courriel a été effacé : il faut en envoyer un nouveau."
        raise ValidationError(refusal, code="link_forgotten")
    ticket.state, ticket.attempts, ticket.next_at = "pending", 0, Now()
    ticket.save(update_fields=["state", "attempts", "next_at"])
    queue_after_commit(drain_outbox)
    return message

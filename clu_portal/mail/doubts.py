"""What becomes of a message whose final answer was lost: it is at the relay, it is not, or nobody knows."""

import logging
from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.resolvers import Answer, configured
from clu_portal.tenancy import scope
from clu_portal.tickets import RELEASED

DOUBT_MINUTES = 10  # a relay closes a silent conversation after 5 (RFC 5321 §4.5.3.2): no sender is still in it
WAITS_FOR_SOMEBODY = "reminder"  # twice is worse than never: a convocation is the other way round

logger = logging.getLogger(__name__)


def settle() -> None:
    """Settle each message left in doubt for DOUBT_MINUTES. Run by several at once, each one is settled once."""
    for ticket_id, prefecture_id in in_doubt().values_list("pk", "prefecture_id"):
        with scope(prefecture_id):
            ticket = in_doubt().select_for_update(skip_locked=True).filter(pk=ticket_id).first()
            if ticket:
                settle_one(ticket)


def in_doubt() -> QuerySet[MailTicket]:
    return MailTicket.objects.filter(state="committing", dot_at__lt=Now() - timedelta(minutes=DOUBT_MINUTES))


def settle_one(ticket: MailTicket) -> None:
    message = OutgoingMessage.objects.get(ticket_id=ticket.pk)
    answer = configured()(message.message_id, ticket.dot_at)
    logger.warning("mail ticket %s was left in doubt, the resolver says %s", ticket.pk, answer.value)
    same_ticket = MailTicket.objects.filter(pk=ticket.pk)
    if answer is Answer.FOUND:
        same_ticket.update(state="sent", sent_at=F("dot_at"), **RELEASED)
    elif answer is Answer.ABSENT:
        same_ticket.update(state="pending", next_at=Now(), **RELEASED)
    else:
        state = "dead" if message.kind.startswith(WAITS_FOR_SOMEBODY) else "pending"
        same_ticket.update(state=state, next_at=Now(), doubt_count=F("doubt_count") + 1, **RELEASED)
        note_doubt(message)
    OutgoingMessage.objects.filter(pk=message.pk).forget_links()


def note_doubt(message: OutgoingMessage) -> None:
    message.last_error = "Le relais n'a pas répondu : le message est peut-être parti."
    message.save(update_fields=["last_error"])

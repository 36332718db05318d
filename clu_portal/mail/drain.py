"""Empty the outbox. Any number of drains may run at once; each step is that of security.md §4.3."""

import logging
import time
from collections import Counter
from datetime import timedelta
from enum import StrEnum

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from clu_portal.mail import doubts, transport
from clu_portal.mail.letters import Letter, build, enclosures
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.tenancy import scope
from clu_portal.tickets import RELEASED, Claim, backoff_seconds, bury, bury_exhausted, claim, give_back, held

DRAIN_SECONDS = 60
RELAY_AWAY_SECONDS = 20
HELD_STATES = ("claimed", "committing")
ERROR_MAX_LENGTH = 500

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    SENT = "sent"
    POSTPONED = "postponed"
    DEAD = "dead"
    LOST = "lost"
    DOUBTFUL = "doubtful"
    RELAY_AWAY = "relay_away"


def drain(*, seconds: int = DRAIN_SECONDS) -> Counter:
    """Send what is due until nothing is, the relay is away or the time is over; returns how many ended in each way."""
    tidy()
    stop_at = time.monotonic() + seconds
    outcomes = Counter()
    while time.monotonic() < stop_at and (mine := claim(MailTicket)):
        outcome = send(mine)
        outcomes[outcome] += 1
        if outcome is Outcome.RELAY_AWAY:
            break
    return outcomes


def tidy() -> None:
    """Put aside what must not be sent any more, and settle what nobody knows."""
    doubts.settle()
    with transaction.atomic():
        ended = [*expire_overdue(), *bury_exhausted(MailTicket)]
        for prefecture_id in set(MailTicket.objects.filter(pk__in=ended).values_list("prefecture_id", flat=True)):
            with scope(prefecture_id):
                OutgoingMessage.objects.filter(ticket_id__in=ended).forget_links()


def expire_overdue() -> list[int]:
    overdue = MailTicket.objects.overdue().select_for_update(skip_locked=True)
    expired = list(overdue.values_list("pk", flat=True))
    MailTicket.objects.filter(pk__in=expired).update(state="expired", **RELEASED)
    return expired


def send(mine: Claim) -> Outcome:
    """Send one claimed message, and write what became of it."""
    letter = compose(mine)
    if letter is None:
        return Outcome.DEAD
    try:
        reply = transport.deliver(letter, fence=lambda: fence(mine))
    except transport.RelayAway as error:
        return relay_away(mine, str(error))
    except transport.Refused as refusal:
        return refused(mine, refusal)
    except transport.ClaimLost:
        logger.info("mail ticket %s is held by somebody else", mine.ticket_id)
        return Outcome.LOST
    except transport.NoAnswer:
        logger.warning("mail ticket %s: the relay did not answer after the final dot", mine.ticket_id)
        return Outcome.DOUBTFUL
    return record_sent(mine, reply)


def compose(mine: Claim) -> Letter | None:
    """Return the letter; None when it cannot be made, whatever the reason, and the message is then buried (I08)."""
    with scope(mine.prefecture_id):
        message = OutgoingMessage.objects.select_related("prefecture").get(ticket_id=mine.ticket_id)
        enclosed = enclosures(message)
    try:
        return build(message, enclosed)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        logger.exception("mail ticket %s cannot be composed", mine.ticket_id)
        with scope(mine.prefecture_id):
            note(mine, last_error=f"Message impossible à composer : {type(error).__name__}")
            bury(MailTicket, mine)
            forget_links(mine)
        return None


def fence(mine: Claim) -> bool:
    """Say durably that the body is about to leave; False when the claim or the right to be sent is over."""
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
    with transaction.atomic(durable=True):
        ticket = held(MailTicket, mine).filter(in_time, lease_until__gt=Now())
        return bool(ticket.update(state="committing", dot_at=Now()))


def record_sent(mine: Claim, reply: str) -> Outcome:
    with scope(mine.prefecture_id):
        if not held(MailTicket, mine, states=("committing",)).update(state="sent", sent_at=Now(), **RELEASED):
            return Outcome.LOST
        note(mine, relay_reply=reply, last_error="")
        forget_links(mine)
    return Outcome.SENT


def forget_links(mine: Claim) -> None:
    OutgoingMessage.objects.filter(ticket_id=mine.ticket_id).forget_links()


def refused(mine: Claim, refusal: transport.Refused) -> Outcome:
    """Known not to be accepted: given up when the relay says never, tried again otherwise."""
    with scope(mine.prefecture_id):
        note(mine, last_error=refusal.reply)
        if refusal.is_permanent:
            bury(MailTicket, mine, states=HELD_STATES)
        else:
            give_back(MailTicket, mine, seconds=backoff_seconds(mine.attempts), states=HELD_STATES)
        forget_links(mine)
    return Outcome.DEAD if refusal.is_permanent else Outcome.POSTPONED


def relay_away(mine: Claim, error: str) -> Outcome:
    """Put off everything that is due: one drain at a time finds out that the relay is away, not one per message."""
    logger.error("the mail relay is away: %s", error)
    due = MailTicket.objects.filter(state="pending", next_at__lte=Now()).select_for_update(skip_locked=True)
    with scope(mine.prefecture_id):
        note(mine, last_error=error)
        give_back(MailTicket, mine, seconds=RELAY_AWAY_SECONDS, counted=False)
        later = Now() + timedelta(seconds=RELAY_AWAY_SECONDS)
        MailTicket.objects.filter(pk__in=due.values("pk")).update(next_at=later)
    return Outcome.RELAY_AWAY


def note(mine: Claim, **texts: str) -> None:
    shortened = {field: text[:ERROR_MAX_LENGTH] for field, text in texts.items()}
    OutgoingMessage.objects.filter(ticket_id=mine.ticket_id).update(**shortened)

from datetime import timedelta

from django.db.models.functions import Now

from clu_portal.mail import outbox
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.tenancy import scope


def enqueue_in(prefecture, number: int = 1, **values) -> OutgoingMessage:
    """Commit one message of a préfecture."""
    with scope(prefecture.pk):
        return enqueue(number, **values)


def enqueue(number: int = 1, **values) -> OutgoingMessage:
    kind = values.get("kind", "convocation")
    values = {
        "kind": kind,
        "dedup_key": f"{kind}:meeting:12:v1:m{number}@example.org",
        "recipient": f"m{number}@example.org",
        "subject": "Réunion du comité",
        "text": "Bonjour,\n\nLa réunion aura lieu mardi.\n",
    } | values
    return outbox.enqueue(**values)


def ticket_of(message: OutgoingMessage) -> MailTicket:
    return MailTicket.objects.get(pk=message.ticket_id)


def states() -> list[str]:
    return list(MailTicket.objects.order_by("pk").values_list("state", flat=True))


def make_due(**values) -> None:
    """Bring every ticket to its hour, as if the wait were over."""
    MailTicket.objects.filter(state="pending").update(next_at=Now(), **values)


def end_leases() -> None:
    """As if two minutes had passed since each claim."""
    MailTicket.objects.filter(state="claimed").update(lease_until=Now() - timedelta(seconds=1))


def age_doubts() -> None:
    """As if eleven minutes had passed since each final dot."""
    MailTicket.objects.filter(state="committing").update(dot_at=Now() - timedelta(minutes=11))

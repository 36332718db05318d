"""The outbox: an act writes its messages here, in its own transaction; mail/drain.py sends them (M01, M02, M08)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Coalesce, Least, Now

from clu_portal.files.models import StoredFile
from clu_portal.hints import queue_after_commit
from clu_portal.lib.text import clean_line
from clu_portal.mail.models import MailTicket, MessageAttachment, OutgoingMessage
from clu_portal.mail.tasks import drain_outbox
from clu_portal.tenancy import required_prefecture_id
from clu_portal.tickets import RELEASED

MESSAGE_ID_NAMESPACE = uuid.UUID("7d0c6c5e-2f0b-5d0f-9a53-0f1c4f2f6a11")
SUBJECT_MAX_LENGTH = 250
CANCELLABLE = ("pending", "claimed", "dead")


def enqueue(
    *,
    kind: str,
    dedup_key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    files: Iterable[StoredFile] = (),
    expires_at: datetime | None = None,
) -> OutgoingMessage:
    """Write one message to one address, in the scope and transaction of the act; it leaves after the commit.

    `dedup_key` says why this message exists once, « convocation:meeting:12:v2:a@b.fr », never with a clock time (M02).
    The same dedup_key again, even at the same time, returns the first message and changes nothing. Past
    `expires_at` the message is not sent any more.
    """
    known = OutgoingMessage.objects.filter(dedup_key=dedup_key).first()
    if known:
        return known
    ticket = MailTicket.objects.create(prefecture_id=required_prefecture_id(), kind=kind, expires_at=expires_at)
    draft = OutgoingMessage(
        ticket=ticket,
        kind=kind,
        dedup_key=dedup_key,
        message_id=message_id(dedup_key),
        recipient=clean_line(recipient),
        subject=clean_line(subject)[:SUBJECT_MAX_LENGTH],
        text=text.replace("\0", ""),
        html=html.replace("\0", ""),
    )
    return _insert_once(draft, files)


def _insert_once(draft: OutgoingMessage, files: Iterable[StoredFile]) -> OutgoingMessage:
    OutgoingMessage.objects.bulk_create([draft], ignore_conflicts=True)
    message = OutgoingMessage.objects.get(dedup_key=draft.dedup_key)
    if message.uuid != draft.uuid:
        draft.ticket.delete()
        return message
    MessageAttachment.objects.bulk_create(MessageAttachment(message=message, file=file) for file in files)
    queue_after_commit(drain_outbox)
    return message


def message_id(dedup_key: str) -> str:
    """Return the Message-ID of every attempt: a mailbox that receives a message twice may recognise it."""
    name = uuid.uuid5(MESSAGE_ID_NAMESPACE, f"{required_prefecture_id()}:{dedup_key}")
    return f"<{name}@{urlsplit(settings.BASE_URL).hostname}>"


def cancel(dedup_prefix: str) -> int:
    """Cancel what waits under a prefix (« convocation:meeting:12: »), in the act's transaction; returns how many.

    A message that may already be at the relay cannot be called back: it only loses the right to be sent again.
    Raises ValueError for a prefix without its final « : », which would also take « meeting:120 » along.
    """
    if not dedup_prefix.endswith(":"):
        raise ValueError("A prefix ends with « : ».")
    messages = OutgoingMessage.objects.filter(dedup_key__startswith=dedup_prefix)
    tickets = MailTicket.objects.filter(pk__in=messages.values("ticket_id"))
    cancelled = tickets.filter(state__in=CANCELLABLE).update(state="cancelled", **RELEASED)
    tickets.filter(state="committing").update(expires_at=Least(Coalesce("expires_at", Now()), Now()))
    messages.forget_links()
    return cancelled

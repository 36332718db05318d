"""From a row of the outbox to the bytes the relay receives."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.validators import validate_email

from clu_portal.lib.text import clean_line, safe_file_name
from clu_portal.mail.models import OutgoingMessage

SENDER_NAME_MAX_LENGTH = 120
ANY_FILE = "application/octet-stream"


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a message."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What the relay is given: the envelope and the bytes. One recipient (M08)."""

    sender: str
    recipient: str
    content: bytes


def enclosures(message: OutgoingMessage) -> list[Enclosure]:
    """Read the files of a message, in the scope of its préfecture."""
    attachments = message.attachments.select_related("file__stored_content").order_by("pk")
    return [Enclosure(a.file.name, a.file.content_type, a.file.content) for a in attachments]


def build(message: OutgoingMessage, enclosed: list[Enclosure]) -> Letter:
    """Compose a message. Raises whatever its content makes raise: the row is then buried, trying again is useless.

    Header values were cleaned when they were written; they are cleaned again here, for a row written another way.
    """
    recipient = ascii_address(clean_line(message.recipient))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(clean_line(message.prefecture.name)[:SENDER_NAME_MAX_LENGTH], addr_spec=sender)
    mail["To"] = recipient
    mail["Subject"] = clean_line(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = clean_line(message.message_id)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Portal-Kind"] = clean_line(message.kind)
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for enclosure in enclosed:
        enclose(mail, enclosure)
    return Letter(sender, recipient, mail.as_bytes())


def ascii_address(address: str) -> str:
    """Return the address with its domain as the network writes it. Raises ValidationError if it is none."""
    validate_email(address)
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    maintype, _, subtype = clean_line(enclosure.content_type).partition("/")
    if not (maintype.isascii() and maintype.isalpha() and subtype.replace("-", "").replace(".", "").isalnum()):
        maintype, subtype = ANY_FILE.split("/")
    mail.add_attachment(enclosure.content, maintype=maintype, subtype=subtype, filename=safe_file_name(enclosure.name))

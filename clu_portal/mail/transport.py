"""The conversation with the relay, cut where it matters: before the final dot, and after it (security.md §4.3)."""

import re
import smtplib
import ssl
from collections.abc import Callable

from django.conf import settings

from clu_portal.mail.letters import Letter

FIRST_PERMANENT_CODE = 500
CONNECT_SECONDS = 10  # a relay that accepts calls and stays silent must not hold the workers


class RelayAway(Exception):
    """The relay could not be talked to at all: it says nothing of the message."""


class Refused(Exception):
    """The relay did not accept this message, for certain. Permanent: it never will."""

    def __init__(self, code: int, reply: bytes | str):
        self.reply = f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}".strip()
        self.is_permanent = code >= FIRST_PERMANENT_CODE
        super().__init__(self.reply)


class ClaimLost(Exception):
    """Somebody else owns the message by now: nothing was sent."""


class NoAnswer(Exception):
    """The final dot may have left and nothing came back: nobody knows."""


def deliver(letter: Letter, *, fence: Callable[[], bool]) -> str:
    """Hand a letter over and return the relay's reply. `fence` is asked just before the body leaves.

    Raises RelayAway, Refused or ClaimLost (not sent, for certain), NoAnswer (nobody knows).
    """
    return (keep_for_the_page if settings.DEMONSTRATION else hand_to_relay)(letter, fence=fence)


def keep_for_the_page(letter: Letter, *, fence: Callable[[], bool]) -> str:
    """The demonstration sends nothing: « Courriels envoyés » shows what would have left."""
    if not fence():
        raise ClaimLost
    return "250 gardé par la démonstration"


def hand_to_relay(letter: Letter, *, fence: Callable[[], bool]) -> str:
    client = connect()
    try:
        open_envelope(client, letter)
        if not fence():
            raise ClaimLost
        return send_body(client, letter.content)
    finally:
        client.close()


def connect() -> smtplib.SMTP:
    """Open a conversation ready for MAIL. Raises RelayAway: wrong password and absent relay are nobody's message."""
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    secure = {"context": ssl.create_default_context()} if settings.EMAIL_USE_SSL else {}
    client = None
    try:
        client = kind(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            local_hostname=settings.HOST_NAME,
            timeout=min(CONNECT_SECONDS, settings.EMAIL_TIMEOUT),
            **secure,
        )
        client.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            client.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            client.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        client.sock.settimeout(settings.EMAIL_TIMEOUT)
    except (OSError, smtplib.SMTPException) as error:
        if client:
            client.close()
        raise RelayAway(str(error)) from error
    return client


def open_envelope(client: smtplib.SMTP, letter: Letter) -> None:
    """Go up to 354. A sender refused is a setting to correct, not a message to give up."""
    try:
        code, reply = client.mail(letter.sender)
        if code != 250:
            raise RelayAway(f"{letter.sender}: {code} {reply.decode(errors='replace')}")
        code, reply = client.rcpt(letter.recipient)
        if code not in (250, 251):
            raise Refused(code, reply)
        code, reply = client.docmd("DATA")
        if code != 354:
            raise Refused(code, reply)
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(0, f"conversation interrompue : {error}") from error


def send_body(client: smtplib.SMTP, content: bytes) -> str:
    try:
        client.send(dotted(content) + b".\r\n")
        code, reply = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer(str(error)) from error
    if 400 <= code < 600:
        raise Refused(code, reply)
    if code != 250:
        raise NoAnswer(f"{code} {reply!r}")
    return f"{code} {reply.decode(errors='replace')}"


def dotted(content: bytes) -> bytes:
    """Return the body as it goes on the wire: lines ended by CRLF, a dot doubled where it begins one (RFC 5321)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"

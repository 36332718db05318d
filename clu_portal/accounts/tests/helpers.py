"""How the tests of pages sign in, read mails, and count attempts anew."""

import re
import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

from clu_portal import offers
from clu_portal.accounts.models import User
from clu_portal.mail.models import OutgoingMessage


def sign_in(client, user: User, *, seconds_ago: int = 0, method: str = "password") -> None:
    """Sign an account in, as if it had proved who it is so many seconds ago (method « mfa »: with a second factor)."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - seconds_ago}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()


def mails_to(address: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(recipient=address).order_by("pk"))


def token_in(message: OutgoingMessage) -> str:
    return re.search(r"/acces/([A-Za-z0-9_-]{43})/", message.text)[1]


def code_in(message: OutgoingMessage) -> str:
    return re.search(r"^([A-Z2-9]{4}-[A-Z2-9]{4})$", message.text, re.MULTILINE)[1]


def address_in(message: OutgoingMessage, start: str) -> str:
    """The path of the first link of a mail that begins so."""
    return re.search(rf"https?://[^/\s]+({start}\S*)", message.text)[1]


def members_are(monkeypatch, *person_ids: int) -> None:
    """Make these persons, and no others, members who may sign in."""
    shelf = offers.Shelf("member check")
    shelf.register("tests", lambda ids: {pk for pk in ids if pk in person_ids})
    monkeypatch.setattr(offers, "member_checks", shelf)


def activate_totp(user: User) -> str:
    """Give an account a second factor; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def as_shown(response) -> str:
    """A page without what changes at each request: nonces and CSRF tokens."""
    return re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", response.content.decode())

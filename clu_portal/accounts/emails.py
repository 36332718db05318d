"""One function per mail. Each leaves in the scope of a préfecture, through the outbox."""

import secrets
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from clu_portal.accounts.models import Invitation, User
from clu_portal.accounts.tokens import access_url, hash_token
from clu_portal.mail import outbox
from clu_portal.mail.texts import compose
from clu_portal.organisations.models import Person, Prefecture


def member_link(*, person: Person, prefecture: Prefecture, link: str, code: str, expires_at: datetime) -> None:
    """The link and the code by which a member comes in."""
    context = {
        "person": person,
        "prefecture": prefecture,
        "link": access_url(link),
        "code": f"{code[:4]}-{code[4:]}",
        "code_page": page("accounts:member_sign_in", prefecture.slug),
        "expires_at": expires_at,
    }
    _send("member_link", f"member_link:person:{person.pk}:{hash_token(link)[:16]}", person.email, context, expires_at)


def member_has_password(*, person: Person, prefecture: Prefecture) -> None:
    """A member whose account has a password signs in with it: a link would go round the second factor."""
    context = {"person": person, "prefecture": prefecture, "link": page("account_login")}
    key = f"member_has_password:person:{person.pk}:{secrets.token_hex(8)}"
    _send("member_has_password", key, person.email, context)


def invitation(*, invitation: Invitation, prefecture: Prefecture, link: str) -> None:
    context = {"invitation": invitation, "prefecture": prefecture, "link": access_url(link)}
    context["has_account"] = User.objects.filter(email=invitation.email).exists()
    key = f"invitation:{invitation.pk}:{hash_token(link)[:16]}"
    _send("invitation", key, invitation.email, context, invitation.expires_at)


def account_message(*, name: str, user: User, context: dict, expires_at: datetime | None = None) -> None:
    """A mail about the account itself: reset, change of password or of second factor."""
    _send(name, f"{name}:user:{user.pk}:{secrets.token_hex(8)}", user.email, context | {"user": user}, expires_at)


def page(name: str, *args) -> str:
    """The absolute address of a page, from BASE_URL (B06)."""
    return settings.BASE_URL + reverse(name, args=args)


def _send(kind: str, dedup_key: str, recipient: str, context: dict, expires_at: datetime | None = None) -> None:
    subject, text, html = compose(kind, context)
    outbox.enqueue(
        kind=kind,
        dedup_key=dedup_key,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        expires_at=expires_at,
    )

"""Personal links (A07): 256 random bits in the link, their SHA-256 in the directory, spent once by a POST.

A refusal has a code for the tests and the log; the visitor reads the same sentence whatever the code.
"""

import hashlib
import re
import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clu_portal.accounts.enums import TokenPurpose
from clu_portal.accounts.models import AccessToken
from clu_portal.tenancy import required_prefecture_id

TOKEN_BYTES = 32
TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_-]{43}")
# Without 0, O, 1, I and L, which are read one for the other: 31 letters, 8 of them, 39 bits, fifteen minutes.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8

REFUSAL = "Ce lien n'est pas valable, ou ne l'est plus."


def create_token(*, purpose: str, object_reference: str, expires_at: datetime, next_path: str = "") -> str:
    """Return the raw token of a new link, in the préfecture of the moment. It can never be read again."""
    raw = secrets.token_urlsafe(TOKEN_BYTES)
    _create(hash_token(raw), purpose, object_reference, expires_at, next_path)
    return raw


def create_code(*, object_reference: str, expires_at: datetime, link: str = "") -> str:
    """Return a short code to type, good for one object. Spending it spends the link of the same mail, and back."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    twin = AccessToken.objects.filter(token_hash=hash_token(link)).first()
    token_hash = hash_code(code, object_reference)
    AccessToken.objects.filter(token_hash=token_hash).delete()
    _create(token_hash, TokenPurpose.MEMBER_CODE, object_reference, expires_at, twin=twin)
    return code


def _create(token_hash: str, purpose: str, object_reference: str, expires_at, next_path: str = "", twin=None) -> None:
    AccessToken.objects.create(
        token_hash=token_hash,
        prefecture_id=required_prefecture_id(),
        purpose=purpose,
        object_reference=object_reference,
        expires_at=expires_at,
        next_path=next_path,
        twin=twin,
    )


def access_url(raw: str) -> str:
    """Return the absolute address of a link; it starts with BASE_URL, never with the Host of a request (B06)."""
    return settings.BASE_URL + reverse("accounts:access_link", args=[raw])


def hash_token(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def hash_code(code: str, object_reference: str) -> str:
    """A code is short: its hash is keyed, so that the directory alone does not give it away."""
    typed = re.sub(r"[\s-]", "", code).upper()
    key = f"{required_prefecture_id()}:{object_reference}:{typed}"
    return salted_hmac("clu_portal.accounts.code", key, algorithm="sha256").hexdigest()


def find(token_hash: str, *purposes: str) -> AccessToken:
    """Return a token that can be spent.

    Raises ValidationError with the code unknown (never existed, truncated, misspelt), other_purpose, used or expired.
    """
    token = AccessToken.objects.filter(token_hash=token_hash).select_related("prefecture").first()
    if token is None:
        raise refusal("unknown")
    if token.purpose not in purposes:
        raise refusal("other_purpose")
    if token.used_at:
        raise refusal("used")
    if token.expires_at <= timezone.now():
        raise refusal("expired")
    return token


def spend(token: AccessToken) -> None:
    """Use a token up, with its twin. Of two requests at once one passes; the other is refused: used, or expired."""
    now = timezone.now()
    rows = AccessToken.objects.filter(pk=token.pk, used_at__isnull=True)
    if not rows.filter(expires_at__gt=now).update(used_at=now):
        raise refusal("expired" if rows.exists() else "used")
    AccessToken.objects.filter(Q(pk=token.twin_id) | Q(twin=token), used_at__isnull=True).update(used_at=now)


def withdraw(*object_references: str) -> int:
    """Make the waiting tokens of objects of the préfecture useless; return how many there were."""
    waiting = AccessToken.objects.filter(
        prefecture_id=required_prefecture_id(), object_reference__in=object_references, used_at__isnull=True
    )
    return waiting.update(used_at=timezone.now())


def refusal(code: str) -> ValidationError:
    return ValidationError(REFUSAL, code=code)

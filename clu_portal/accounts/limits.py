"""Limits of attempts (A05), per account and per network (/24, /64), counted in PostgreSQL.

Changing X-Forwarded-For or the address inside one network changes nothing. Nobody is locked out for long by somebody
else: the windows are short, and what blocks an account never blocks its personal links.
"""

import hashlib
import time
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection, transaction
from django.shortcuts import render

from clu_portal.middleware import client_address, truncated_address

MINUTE = 60
USUAL_SECONDS = 90 * 24 * 60 * MINUTE


class Limit(NamedTuple):
    amount: int
    seconds: int


LINKS_PER_NETWORK = Limit(20, 10 * MINUTE)
LINKS_PER_ACCOUNT = Limit(3, 10 * MINUTE)
CODES_PER_NETWORK = Limit(30, 10 * MINUTE)
CODES_PER_ACCOUNT = Limit(6, 15 * MINUTE)
TOKENS_PER_NETWORK = Limit(60, 10 * MINUTE)
INVITATIONS_PER_ACCOUNT = Limit(60, 60 * MINUTE)
PASSWORDS_PER_ACCOUNT = Limit(50, 60 * MINUTE)
FILES_PER_NETWORK = Limit(20, 10 * MINUTE)


def network(request) -> str:
    return truncated_address(client_address(request))


def allows(name: str, limit: Limit, *who: str) -> bool:
    """Count one attempt and say whether it is within the limit. A refused one is not counted: the window ends."""
    key = _key(name, who)
    with transaction.atomic():
        _hold(key)
        now = time.time()
        attempts = [at for at in cache.get(key, []) if at > now - limit.seconds]
        if len(attempts) >= limit.amount:
            return False
        cache.set(key, [*attempts, now], limit.seconds)
    return True


def forget(name: str, *who: str) -> None:
    """Begin the count anew: the account has just proved by its mailbox who it is."""
    cache.delete(_key(name, who))


def is_usual(account: str, request) -> bool:
    """Whether this account has already signed in from this network: attempts made elsewhere do not stop it here."""
    return bool(cache.get(_key("usual", (account, network(request)))))


def remember_network(account: str, request) -> None:
    cache.set(_key("usual", (account, network(request))), 1, USUAL_SECONDS)


def _key(name: str, who: tuple[str, ...]) -> str:
    """Addresses and mails are not written in clear in the counters."""
    return f"limit:{name}:" + hashlib.sha256("\n".join(who).encode()).hexdigest()


def _hold(key: str) -> None:
    """Two attempts at once are counted one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def too_many(request):
    """The page 429, in words."""
    return render(request, "429.html", status=429)

"""Asking for an address as somebody, and putting everything back as it was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from clu_portal.tests.roles import never_happened
from clu_portal.tests.world import ROLES

# Nonces, CSRF tokens, references of requests: what differs between two answers to the same question.
CHANGING = re.compile(
    r'(nonce|value|content)="[A-Za-z0-9+/=_-]{16,}"|"csrf": "\w+"|(?i:référence)\D{0,60}[0-9a-f]{12}'
)


class People:
    """One browser per role of a préfecture."""

    def __init__(self, world):
        self.world = world
        self.clients = {role: world.client(role) for role in ROLES}

    @contextmanager
    def trying(self, role: str) -> Iterator[Client]:
        """The browser of somebody, for requests of which nothing stays: neither rows nor cookies."""
        client = self.clients[role]
        cookies = client.cookies.copy()
        try:
            with never_happened():
                yield client
        finally:
            client.cookies = cookies

    def ask(self, role: str, method: str, address: str, *args, **kwargs) -> HttpResponse:
        """Answer of one request, drawn to its end."""
        with self.trying(role) as client:
            answer = getattr(client, method.lower())(address, *args, **kwargs)
            answer.content  # noqa: B018 - drawn within the transaction
        return answer


def as_shown(answer: HttpResponse, *hidden: str) -> str:
    """A page without what changes at each request, nor the words given."""
    shown = CHANGING.sub("", answer.content.decode())
    for word in hidden:
        shown = shown.replace(word, "…")
    return shown


def writes() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, undone or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())

"""What the tests of pages ask of every page: who opens it, and what it costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def status_of(user, address: str, method: str = "get") -> int:
    """The status a page answers to an account, or to nobody signed in."""
    client = Client()
    if user:
        client.force_login(user)
    return getattr(client, method)(address).status_code


def query_count(client: Client, address: str) -> int:
    """How many queries a page costs once the session is warm."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)

"""The five main pages beside a bare Django view with one query, in one process and one run.

    bin/launcher/start.sh servers .venv/bin/python bench/pages.py [ROUNDS]

Makes its own database (demonstration, 25 préfectures, 60 meetings, minutes of about ten pages) and drops it. Each
request goes through the WSGI handler with DEBUG off, sessions in the database, a persistent connection and the second
factor asked for; the pages take turns, and the best of all rounds is kept, wall clock (PostgreSQL included) and
processor (this process).

The bare view is Django as `startproject` makes it: its seven middleware, a signed-in account (session, user), one
query of 25 rows, a template of six lines in our own engine. « sans middleware » is the same view with none, hence
without an account: what no page of a signed-in person can reach. Limit of issue 2: ours ≤ 3 × the bare view.
Queries count every statement sent, BEGIN, COMMIT and set_config included.
"""

import io
import sys
import time
from dataclasses import dataclass, field

from scratch import scratch_database

PAGES = ("accueil d'un référent", "liste des réunions", "une réunion", "compte-rendu scellé (membre)", "éditeur")
BARE, FLOOR = "vue nue", "vue nue sans middleware"
LIMIT = 3


@dataclass
class Contender:
    handler: object
    path: str
    cookie: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0

    def ask(self) -> bytes:
        """Answer as a WSGI server would have it: the whole body read, then closed."""
        started = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": self.path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": self.cookie,
            "HTTP_USER_AGENT": "bench",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
        }
        response = self.handler(environ, lambda status, headers, *rest: started.append(status))
        body = b"".join(response)
        response.close()
        assert started == ["200 OK"], (self.path, started, response.headers, body[:300])
        return body

    def measure(self) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        self.ask()
        self.processor.append(time.process_time() - processor)
        self.wall.append(time.perf_counter() - wall)


def contenders() -> dict[str, Contender]:
    import bare
    import people
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    referent, member, addresses = people.load()
    with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
        startproject = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        none = WSGIHandler()
    ours = WSGIHandler()
    found = {BARE: Contender(startproject, "/bare", referent), FLOOR: Contender(none, "/nothing", "")}
    for name, address in zip(PAGES, addresses, strict=True):
        found[name] = Contender(ours, address, member if "membre" in name else referent)
    return found


def run(rounds: int) -> None:
    from django.db import connection
    from django.test import override_settings
    from django.test.utils import CaptureQueriesContext

    with override_settings(ROOT_URLCONF="bare"):
        found = contenders()
        for contender in found.values():
            contender.size = len(contender.ask())
            with CaptureQueriesContext(connection) as queries:
                contender.ask()
            contender.queries = len(queries)
            if "--queries" in sys.argv:
                print(contender.path, *(query["sql"][:150] for query in queries), sep="\n   ")
        for _ in range(rounds):
            for contender in found.values():
                contender.measure()
    show(found, rounds)


def show(found: dict[str, Contender], rounds: int) -> None:
    bare = found[BARE]
    print(f"{rounds} tours, le meilleur de chacun ; × : rapport à la vue nue, au plus {LIMIT}")
    print(f"{'':30}{'requêtes':>9}{'octets':>8}{'durée':>11}{'×':>7}{'processeur':>13}{'×':>7}")
    for name, one in found.items():
        wall, processor = min(one.wall), min(one.processor)
        print(
            f"{name:30}{one.queries:>9}{one.size:>8}{wall * 1000:>8.2f} ms{wall / min(bare.wall):>7.2f}"
            f"{processor * 1000:>10.2f} ms{processor / min(bare.processor):>7.2f}"
        )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    with scratch_database(CLU_DEMO="1", SECOND_FACTOR="1"):
        run(numbers[0] if numbers else 200)

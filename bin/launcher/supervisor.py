"""Keeps the started programs alive, stops them in order, and finds those of a launcher that was killed."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from launcher import processes, signals
from launcher.console import say
from launcher.instance import Instance

MARK = "CLU_INSTANCE"
TERM = signal.SIGTERM
STOP_PHASES = (("web", "scheduler", "worker"), ("valkey",), ("postgres",))
STOP_SIGNALS = {"web": TERM, "scheduler": TERM, "worker": TERM, "valkey": TERM, "postgres": signal.SIGINT}
LEFTOVER_SECONDS = 15
BACK_OFF_SECONDS = (1, 2, 4, 8, 16, 30)
STEADY_SECONDS = 60
LOG_LIMIT_BYTES = 10_000_000


class Service(Protocol):
    """Something that runs as one child: what starts it, and how it is asked to end."""

    name: str
    stop_signal: int
    stop_seconds: float

    def launch(self) -> subprocess.Popen: ...


@dataclass
class Program:
    """A service that is one command line: web, worker, scheduler."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    log: Path
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 15

    def launch(self) -> subprocess.Popen:
        return processes.spawn(self.command, environment=self.environment, folder=self.folder, log=self.log)


@dataclass
class Running:
    service: Service
    child: subprocess.Popen
    started_at: float
    failures: int = 0
    restart_at: float | None = None


@dataclass
class Supervisor:
    instance: Instance
    running: list[Running] = field(default_factory=list)

    def start(self, service: Service) -> subprocess.Popen:
        """Start a service and watch over it from now on."""
        _rotate(self.instance.log(service.name))
        self.running.append(Running(service, self._launch(service), time.monotonic()))
        return self.running[-1].child

    def check(self) -> None:
        """Start again what died, later and later when it keeps dying."""
        for item in self.running:
            if item.restart_at is None and processes.ended(item.child):
                self._note_death(item)
            elif item.restart_at is not None and time.monotonic() >= item.restart_at:
                item.child, item.started_at, item.restart_at = self._launch(item.service), time.monotonic(), None

    def stop(self) -> None:
        """End everything, the users of a server before the server."""
        for names in STOP_PHASES:
            ending = [item for name in names for item in self.running if item.service.name == name]
            for item in ending:
                _ask_to_end(item)
            for item in ending:
                _wait_for_end(item)
                self._record(item.service.name).clear()
        self.running.clear()

    def end_leftovers(self) -> bool:
        """End what a killed launcher of this instance left running, and tell whether there was anything.

        What only bears the same pid is left alone.
        """
        found = False
        for name, stop_signal in STOP_SIGNALS.items():
            record = self._record(name)
            identity = record.read()
            if identity:
                _end_leftover(identity, stop_signal, self.instance.identifier)
                found = True
            record.clear()
        return found

    def _launch(self, service: Service) -> subprocess.Popen:
        with signals.held():
            child = service.launch()
            self._record(service.name).write(child.pid)
        return child

    def _note_death(self, item: Running) -> None:
        processes.kill_group(item.child.pid)
        status = item.child.wait()
        steady = time.monotonic() - item.started_at > STEADY_SECONDS
        item.failures = 1 if steady else item.failures + 1
        delay = BACK_OFF_SECONDS[min(item.failures, len(BACK_OFF_SECONDS)) - 1]
        item.restart_at = time.monotonic() + delay
        log = self.instance.log(item.service.name)
        say(f"{item.service.name} s’est arrêté (code {status}) ; nouveau départ dans {delay} s. Journal : {log}")

    def _record(self, name: str) -> processes.Record:
        return processes.Record(self.instance.var / "processes" / f"{name}.json")


def _ask_to_end(item: Running) -> None:
    if item.child.returncode is None:
        item.child.send_signal(item.service.stop_signal)


def _wait_for_end(item: Running) -> None:
    """Wait, then kill; what the program left in its group goes with it."""
    deadline = time.monotonic() + item.service.stop_seconds
    while not processes.ended(item.child) and time.monotonic() < deadline:
        time.sleep(0.05)
    if item.child.returncode is None:
        processes.kill_group(item.child.pid)
        item.child.wait()


def _end_leftover(identity: processes.Identity, stop_signal: int, instance: str) -> None:
    """Wait for it to see that its launcher is gone, ask it to end, then kill it and what it started."""
    if identity.alive:
        say(f"Arrêt d’un processus resté d’un départ précédent ({identity.pid})…")
        _signal(identity, stop_signal)
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while identity.alive and time.monotonic() < deadline:
        time.sleep(0.1)
    _signal(identity, signal.SIGKILL)
    for pid in processes.group_members(identity.pid):
        if processes.environment_of(pid).get(MARK) == instance:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _signal(identity: processes.Identity, number: int) -> None:
    if identity.alive:
        with contextlib.suppress(ProcessLookupError):
            os.kill(identity.pid, number)


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))

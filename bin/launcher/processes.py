"""Starting programs that die with us, and recognising later those we started: never by a pid alone."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from launcher import signals
from launcher.console import say
from launcher.unprivileged import Account, as_account

PR_SET_PDEATHSIG = 1  # source: prctl(2)
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Identity:
    """One process, for ever: pids come back, the same pid with the same start in the same boot does not."""

    pid: int
    started_ticks: int
    boot: str

    @property
    def alive(self) -> bool:
        return identify(self.pid) == self


def identify(pid: int) -> Identity | None:
    """The identity of a running process, None when there is none (a zombie is none)."""
    fields = _stat(pid)
    if fields is None or fields[0] in "ZX":
        return None
    return Identity(pid, int(fields[19]), Path("/proc/sys/kernel/random/boot_id").read_text().strip())


def group_members(group: int) -> Iterator[int]:
    """The running processes of a process group, its leader included."""
    for pid in all_pids():
        fields = _stat(pid)
        if fields and int(fields[2]) == group and fields[0] not in "ZX":
            yield pid


def all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def command_line(pid: int) -> list[str]:
    """The arguments of a process; empty when it is gone or hides them."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def environment_of(pid: int) -> dict[str, str]:
    """The environment a process was started with; empty when it is gone or not ours to read."""
    try:
        pairs = Path(f"/proc/{pid}/environ").read_text(errors="replace").split("\0")
    except OSError:
        return {}
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def spawn(
    command: Sequence[str | Path],
    *,
    environment: dict[str, str],
    folder: Path,
    log: Path,
    account: Account | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen:
    """Start a lasting program in a session of its own: the Ctrl-C of the terminal is for us, who stop it in order."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),
            **as_account(account),
        )


def call(
    command: Sequence[str | Path],
    *,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
    quiet: bool = False,
    stop_seconds: float = 10,
) -> int:
    """Run a program to its end and return its status; an interruption leaves it `stop_seconds` to end by itself."""
    output = subprocess.DEVNULL if quiet else say.stream.fileno()
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if quiet else None,
        env=environment,
        cwd=folder,
        start_new_session=True,
        preexec_fn=die_with_parent(),
    )
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            _end(child, stop_seconds)


def in_foreground(command: Sequence[str | Path], environment: dict[str, str], folder: Path | None = None) -> int:
    """Run a program in the terminal's group and return its status.

    Ctrl-C reaches it directly and its answer is its own business; another signal, sent to us alone, is passed on.
    """
    child = subprocess.Popen(command, env=environment, cwd=folder, preexec_fn=die_with_parent())
    while True:
        try:
            status = child.wait()
        except signals.Interrupted as interruption:
            if interruption.number != signal.SIGINT:
                child.terminate()
        else:
            return status if status >= 0 else 128 - status


def kill_group(group: int) -> None:
    """Kill what is left of a group whose leader is ours and not reaped yet, so that the number cannot be another's."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def ended(child: subprocess.Popen) -> bool:
    """Whether the child has ended, without reaping it: until then its pid and its group keep their meaning."""
    if child.returncode is not None:
        return True
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


@dataclass(frozen=True)
class Record:
    """The file that remembers a process we started, for the start that follows a kill -9."""

    path: Path

    def write(self, pid: int) -> None:
        identity = identify(pid)
        if identity:
            self.path.write_text(json.dumps(asdict(identity)))

    def read(self) -> Identity | None:
        try:
            return Identity(**json.loads(self.path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name: state first, then parent, group… source: proc(5)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def _end(child: subprocess.Popen, seconds: float) -> None:
    child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def die_with_parent(death_signal: int = signal.SIGTERM) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare

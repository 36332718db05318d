"""Run a function in a child process that has limits, no network, and none of our open files.

Made for libraries that read hostile or unbounded input (WeasyPrint, PDFium, pyHanko). The child is a plain `os.fork`,
so whatever the parent imported is there already, and a daemonic Celery child may use it. Source: security.md §7.1.
"""

import os
import select
import signal
import struct
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from clu_portal.lib import confinement

LENGTH = struct.Struct("!Q")
DONE, REFUSED, MEMORY, CRASHED = b"D", b"R", b"M", b"C"
CHUNK_BYTES = 1 << 16
SIGNALS_OF_EXHAUSTION = {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV}  # how GLib and C++ say « no memory left »


@dataclass(frozen=True)
class Limits:
    """What a child may use. Memory is what it maps beyond what it inherits from its parent."""

    cpu_seconds: int = 60
    wall_seconds: float = 120
    memory_bytes: int = 1 << 30
    output_bytes: int = 64 << 20


class ConfinedError(Exception):
    """The child gave no result."""


class Refused(ConfinedError):
    """The input is at fault: trying again is useless."""


class OutOfTime(ConfinedError):
    """The child used up its processor time or its wall-clock time."""


class OutOfMemory(ConfinedError):
    """The child reached its memory bound, or its answer was larger than allowed."""


class Crashed(ConfinedError):
    """The child died, or met an error nobody expected. The message names a type and a place, never the content."""


def run(work: Callable[[], Sequence[bytes]], limits: Limits) -> list[bytes]:
    """Return what `work` returns, computed in a child process that is dead and reaped when this returns or raises.

    `work` refuses its input by raising `Refused`. Raises a `ConfinedError`.
    """
    reader, writer = os.pipe()
    pid = _fork()
    if pid == 0:
        _work_and_exit(work, writer, limits)
    os.close(writer)
    try:
        answer = _read(reader, limits)
    finally:
        os.close(reader)
        status = _end(pid)
    return _opened(answer, status)


def _fork() -> int:
    """Fork, also beside other threads: the child calls nothing that waits for one of them, and never returns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of any fork beside threads
        return os.fork()


def _work_and_exit(work: Callable[[], Sequence[bytes]], writer: int, limits: Limits) -> NoReturn:
    try:
        writer = confinement.enter(
            keep=writer,
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
            file_bytes=limits.output_bytes,
        )
        _send(writer, *_answer(work))
    finally:
        os._exit(0)


def _answer(work: Callable[[], Sequence[bytes]]) -> tuple[bytes, Sequence[bytes]]:
    try:
        return DONE, work()
    except Refused as refusal:
        return REFUSED, [str(refusal).encode()]
    except BaseException as error:  # the child has nobody to raise to
        if confinement.lacked_memory(error):
            return MEMORY, []
        place = traceback.extract_tb(error.__traceback__)[-1]
        return CRASHED, [f"{type(error).__name__} ({place.filename}:{place.lineno})".encode()]


def _send(writer: int, kind: bytes, parts: Sequence[bytes]) -> None:
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(kind + LENGTH.pack(sum(LENGTH.size + len(part) for part in parts)))
        for part in parts:
            pipe.write(LENGTH.pack(len(part)))
            pipe.write(part)


def _read(reader: int, limits: Limits) -> bytes:
    deadline = time.monotonic() + limits.wall_seconds
    poll, answer = select.poll(), bytearray()
    poll.register(reader, select.POLLIN)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise OutOfTime(f"plus de {limits.wall_seconds:g} s écoulées")
        chunk = os.read(reader, CHUNK_BYTES)
        if not chunk:
            return bytes(answer)
        answer += chunk
        if len(answer) > limits.output_bytes:
            raise OutOfMemory(f"résultat de plus de {limits.output_bytes} octets")


def _end(pid: int) -> int:
    """Kill and reap the child. A child that died by itself keeps its own status."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _opened(answer: bytes, status: int) -> list[bytes]:
    header = 1 + LENGTH.size
    if len(answer) < header or len(answer) != header + LENGTH.unpack_from(answer, 1)[0]:
        raise _death(status)
    kind, parts, position = answer[:1], [], header
    while position < len(answer):
        (length,) = LENGTH.unpack_from(answer, position)
        position += LENGTH.size
        parts.append(answer[position : position + length])
        position += length
    if kind == DONE:
        return parts
    message = b" ".join(parts).decode(errors="replace")
    raise {REFUSED: Refused, MEMORY: OutOfMemory}.get(kind, Crashed)(message or "mémoire épuisée")


def _death(status: int) -> ConfinedError:
    if not os.WIFSIGNALED(status):
        return Crashed("le processus s'est arrêté sans répondre")
    number = signal.Signals(os.WTERMSIG(status))
    if number == signal.SIGXCPU:
        return OutOfTime("temps de processeur épuisé")
    if number in SIGNALS_OF_EXHAUSTION:
        return OutOfMemory(f"le processus est mort ({number.name}), comme faute de mémoire")
    return Crashed(f"le processus a été tué ({number.name})")

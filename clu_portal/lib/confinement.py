"""What a child process of `confined` does to itself before it works. Linux only; every step but the limits is silently
absent where the system refuses it."""

import contextlib
import ctypes
import gc
import logging
import os
import resource
import signal
import stat
import sys
import tempfile
from pathlib import Path

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000  # linux/sched.h
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38  # linux/prctl.h
ACCOUNT = 61987  # a number of the range systemd gives to dynamic users (61184–65519): no file belongs to it
OPEN_FILES = 256
RESERVE_BYTES = 64 << 20  # to tell of the lack of memory
NEARLY_BYTES = 8 << 20  # this near the bound, an unexpected error is taken for a lack of memory
READ_BY_THE_CHILD = [
    Path(sys.prefix),
    Path(sys.base_prefix),
    Path(__file__).parents[2] / "static",
    Path(tempfile.gettempdir()),
]
SIGNALS = [
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGHUP,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGCHLD,
    signal.SIGALRM,
]


def enter(*, keep: int, cpu_seconds: int, memory_bytes: int, file_bytes: int) -> int:
    """Confine the calling process, a child that never returns to its parent's code.

    Return the new number of the open file `keep`.
    """
    gc.freeze()  # an object of the parent finalised here would speak on the parent's connections
    _forget_logs()
    _forget_signals()
    keep = _close_files(keep)
    _limit(cpu_seconds, memory_bytes, file_bytes)
    _leave_network()
    _leave_account()
    _bind_to_parent()
    return keep


def lacked_memory(error: BaseException) -> bool:
    """Tell whether `error` comes from the memory bound, which C code reports in many ways.

    The process is given the reserve kept aside, so that it can say so.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    peak_kib = int(Path("/proc/self/status").read_text().split("VmPeak:")[1].split()[0])
    return isinstance(error, MemoryError) or peak_kib * 1024 > hard - RESERVE_BYTES - NEARLY_BYTES


def _forget_logs() -> None:
    """Send every log nowhere: the text of a document belongs in none of ours."""
    logging.lastResort, logging.raiseExceptions = None, False
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers = []


def _forget_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _close_files(keep: int) -> int:
    """Leave open `keep` alone, numbered 3; standard streams read and write nothing."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = os.dup(keep)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.dup2(kept, 3)
    os.closerange(4, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return 3


def _limit(cpu_seconds: int, memory_bytes: int, file_bytes: int) -> None:
    memory = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + memory_bytes
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory + RESERVE_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def _leave_network() -> None:
    libc = ctypes.CDLL(None)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _leave_account() -> None:
    """As root, become an account that owns nothing, unless it could then not read our own code and fonts."""
    if os.geteuid() == 0 and all(_open_to_all(path) for path in READ_BY_THE_CHILD):
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setresgid(ACCOUNT, ACCOUNT, ACCOUNT)
            os.setresuid(ACCOUNT, ACCOUNT, ACCOUNT)


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.resolve().parents))


def _bind_to_parent() -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

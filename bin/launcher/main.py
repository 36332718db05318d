"""Entry point: prepare the environment with any Python, then go on with the one of .venv."""

import os
import sys
from typing import NoReturn

from launcher import (
    command_manage,
    command_run,
    command_tests,
    environment,
    lock_requirements,
    modes,
    paths,
    system_packages,
)
from launcher.console import Refusal, say
from launcher.signals import Interrupted, raise_on_signals

READY = "--ready"


def main(arguments: list[str]) -> int:
    """Run one command of bin/ and return its exit status: 2 for a refusal, 130 when interrupted."""
    raise_on_signals()
    try:
        ready = arguments[0] == READY
        command, *others = arguments[1:] if ready else arguments
        say.on_standard_error = command == "manage"
        return _perform(command, others) if ready else _prepare(command, others)
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return 2
    except Interrupted:
        print("\nInterrompu.", file=sys.stderr, flush=True)
        return 130


def _prepare(command: str, arguments: list[str]) -> int:
    """Install what `command` needs, then go on with the Python of .venv. Returns only for `lock`."""
    if command == "lock":
        return lock_requirements.lock(arguments)
    if command in ("run", "manage"):
        modes.refuse_contradictions(os.environ)
    tests = command in ("test", "servers")
    environment.ensure(development=tests)
    system_packages.ensure(chromium=tests)
    return _go_on(command, arguments)


def _go_on(command: str, arguments: list[str]) -> NoReturn:
    say.stream.flush()
    launcher = str(paths.ROOT / "bin" / "launcher")
    os.execv(paths.PYTHON, [str(paths.PYTHON), launcher, READY, command, *arguments])


def _perform(command: str, arguments: list[str]) -> int:
    commands = {
        "run": command_run.run,
        "manage": command_manage.manage,
        "test": command_tests.run_tests,
        "servers": command_tests.with_servers,
    }
    return commands[command](arguments)

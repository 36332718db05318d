"""The virtual environment of the checkout, installed from the locked requirements, with hashes."""

import fcntl
import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import paths, processes, system_packages
from launcher.console import Refusal, say

OLDEST = "(3, 11)"


def ensure(*, development: bool) -> None:
    """Make .venv and install the locked requirements, if they changed since the last time."""
    with _one_at_a_time():
        if not _python_works():
            _create()
        if development:
            _install("requirements-dev.txt")
        if not development or not _contains("requirements-dev.txt", "requirements.txt"):
            _install("requirements.txt")
        else:
            _stamp("requirements.txt").write_text(_digest("requirements.txt"))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two instances started together from one checkout must not both install into its .venv."""
    folder = os.open(paths.ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _python_works() -> bool:
    command = [paths.PYTHON, "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"]
    try:
        return processes.call(command, quiet=True) == 0
    except FileNotFoundError:
        return False


def _create() -> None:
    say(f"Création de l’environnement Python {sys.version_info.major}.{sys.version_info.minor} dans .venv…")
    if importlib.util.find_spec("ensurepip") is None:
        system_packages.install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    if processes.call([sys.executable, "-m", "venv", "--clear", paths.VENV]) != 0:
        raise Refusal(f"« {sys.executable} -m venv » a échoué : voir le message ci-dessus.")


def _install(name: str) -> None:
    """Install one locked file, unless it is the one installed last."""
    stamp = _stamp(name)
    if stamp.exists() and stamp.read_text() == _digest(name):
        return
    say(f"Installation des dépendances verrouillées ({name}), une à trois minutes…")
    stamp.unlink(missing_ok=True)
    options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--quiet"]
    if processes.call([paths.PYTHON, "-m", "pip", "install", *options, "-r", paths.ROOT / name]) != 0:
        raise Refusal(f"L’installation de {name} a échoué : voir le message ci-dessus, puis relancez.")
    stamp.write_text(_digest(name))


def _stamp(name: str) -> Path:
    return paths.VENV / f"installed-{name}"


def _digest(name: str) -> str:
    return hashlib.sha256((paths.ROOT / name).read_bytes()).hexdigest()


def _contains(larger: str, smaller: str) -> bool:
    """Whether one locked file pins everything the other does, at the same versions."""
    return _pins(smaller) <= _pins(larger)


def _pins(name: str) -> set[str]:
    lines = (paths.ROOT / name).read_text().splitlines()
    return {line.split()[0] for line in lines if "==" in line.partition(" ")[0]}

"""bin/lock: requirements*.txt from requirements*.in, for every Python we support, with hashes and no index address."""

import tempfile
from pathlib import Path

from launcher import environment, paths, processes
from launcher.console import Refusal, say

UV = "uv==0.13.9"


def lock(arguments: list[str]) -> int:
    """Compile both files and return 0. Raises Refusal when the resolver fails."""
    environment.ensure(development=False)
    with tempfile.TemporaryDirectory() as folder:
        say(f"Installation de {UV} dans un dossier temporaire…")
        _call([paths.PYTHON, "-m", "pip", "install", "--quiet", "--target", folder, UV])
        uv = Path(folder) / "bin" / "uv"
        for name in ("requirements", "requirements-dev"):
            say(f"Résolution de {name}.in…")
            _call([uv, "pip", "compile", *_options(name), *arguments])
    return 0


def _options(name: str) -> list[str]:
    options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet"]
    constraints = ["-c", "requirements.txt"] if name == "requirements-dev" else []
    return [*options, *constraints, f"{name}.in", "-o", f"{name}.txt"]


def _call(command: list) -> None:
    if processes.call(command, folder=paths.ROOT) != 0:
        raise Refusal("Le verrouillage a échoué : voir le message ci-dessus.")

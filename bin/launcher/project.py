"""The Django project seen from outside: its commands, and what tells that a migration is worth running."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

from launcher import database, paths, processes
from launcher.console import Refusal, say
from launcher.instance import Instance, write_private
from launcher.postgres import Postgres

PACKAGES = ("clu_portal", "committees", "indicators", "complaints")


def manage(environment: dict[str, str], *arguments: str, failure: str) -> None:
    """Run one command of manage.py. Raises Refusal with `failure` when it fails."""
    if processes.call(_command(*arguments), environment=environment, folder=paths.ROOT) != 0:
        raise Refusal(f"{failure} Le message est ci-dessus.")


def output(environment: dict[str, str], *arguments: str) -> str:
    """What a command of manage.py prints. Raises Refusal when it fails."""
    done = subprocess.run(
        _command(*arguments), env=environment, cwd=paths.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Refusal(f"La commande {arguments[0]} a échoué :\n{done.stderr.strip()}")
    return done.stdout


def migrate(environment: dict[str, str], instance: Instance, server: Postgres | None) -> None:
    """Bring the schema up to date; an embedded database, only when code or schema changed since the last time."""
    if server is None and not environment.get("DATABASE_OWNER_URL"):
        say("DATABASE_OWNER_URL n’est pas défini : les migrations sont vérifiées, non appliquées…")
        manage(environment, "migrate", "--check", failure="Des migrations restent à appliquer.")
        return
    stamp = instance.var / "migrated.json"
    if server and _read(stamp) == _state(server):
        return
    say("Mise à jour du schéma de la base…")
    manage(environment, "migrate", "--noinput", failure="Les migrations ont échoué.")
    if server:
        write_private(stamp, json.dumps(_state(server)))


def load_demonstration(environment: dict[str, str], instance: Instance, server: Postgres) -> None:
    """Load the demonstration, once per database; a load that was interrupted is done again."""
    stamp = instance.var / "demonstration.json"
    if _read(stamp) == {"database": database.created_at(server)}:
        return
    say("Chargement de la démonstration…")
    manage(environment, "load_demo", failure="Le chargement de la démonstration a échoué.")
    write_private(stamp, json.dumps({"database": database.created_at(server)}))


def code_digest(root: Path) -> str:
    """A hash of everything a migration may depend on: our Python and the locked versions of the rest."""
    digest = hashlib.sha256()
    sources = [path for package in PACKAGES for path in (root / package).rglob("*.py") if "tests" not in path.parts]
    for path in sorted([*sources, root / "requirements.txt"]):
        digest.update(os.fsencode(path.relative_to(root)) + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _state(server: Postgres) -> dict:
    return {
        "database": database.created_at(server),
        "code": code_digest(paths.ROOT),
        "applied": database.applied_migrations(server),
    }


def _read(stamp: Path) -> dict | None:
    try:
        return json.loads(stamp.read_text())
    except (FileNotFoundError, ValueError):
        return None


def _command(*arguments: str) -> list[str]:
    return [str(paths.PYTHON), str(paths.ROOT / "manage.py"), *arguments]

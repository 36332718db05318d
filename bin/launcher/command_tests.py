"""bin/test: pytest on a PostgreSQL and a Valkey of its own, which nothing else uses and which vanish at the end."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import paths, processes, servers, signals, system_packages
from launcher.console import Refusal, say
from launcher.instance import Instance
from launcher.supervisor import Supervisor

# fmt: off
OURS = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL",
    "CLU_DEMO", "VAR_DIR", "PORT", "LISTEN", "SECOND_FACTOR", "SEAL_PKCS12_FILE", "SEAL_PKCS12_PASSWORD_FILE",
    "SEAL_TRUST_ROOTS", "TSA_URL", "STATE_IDENTITY_ALLOWED", "DEFAULT_FROM_EMAIL", "DJANGO_SETTINGS_MODULE",
    "TRUSTED_PROXY_COUNT", "DATABASE_ROLE", "DEBUG", "CLU_INSTANCE", "SECRET_KEY_FALLBACKS",
)
# fmt: on


def run_tests(arguments: list[str]) -> int:
    """Run pytest and return its status. Without arguments: every test, in parallel."""
    return with_servers([str(paths.PYTHON), "-m", "pytest", *(arguments or in_parallel())])


def in_parallel() -> list[str]:
    """One process more than there are processors: a test in a browser waits more than it computes."""
    return ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]


def with_servers(command: list[str]) -> int:
    """Run any command with test servers and return its status; .ci/run checks the migrations with it."""
    with _temporary_instance() as instance:
        supervisor = Supervisor(instance)
        try:
            environment = _environment(supervisor)
            say(f"{' '.join(command[1:])}\n")
            return processes.in_foreground(command, environment, paths.ROOT)
        except FileNotFoundError:
            raise Refusal(f"Programme introuvable : {command[0]}") from None
        finally:
            signals.ignore_signals()
            supervisor.stop()


@contextmanager
def _temporary_instance() -> Iterator[Instance]:
    var = Path(tempfile.mkdtemp(prefix="clu-test-"))
    var.chmod(0o711 if os.geteuid() == 0 else 0o700)
    instance = Instance(var)
    instance.open()
    outside = instance.places_outside()
    try:
        with instance.held("bin/test"):
            yield instance
    finally:
        for place in (var, *outside):
            shutil.rmtree(place, ignore_errors=True)


def _environment(supervisor: Supervisor) -> dict[str, str]:
    """The environment of the tests: the machine's settings of the portal must not reach them."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    started = servers.start(supervisor, {"SECRET_KEY": secrets.token_urlsafe(64)}, throwaway=True)
    started.environment.pop("CLU_DEMO")
    chromium = system_packages.chromium_path()
    return clean | started.environment | ({"CHROMIUM": chromium} if chromium else {})

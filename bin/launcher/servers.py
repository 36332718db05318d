"""PostgreSQL and Valkey for one instance, each only when no address of another one is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from launcher import database, modes
from launcher.console import say
from launcher.postgres import Postgres
from launcher.supervisor import MARK, Supervisor
from launcher.unprivileged import database_account
from launcher.valkey import Valkey


@dataclass
class Servers:
    """What is running, and the variables by which the project reaches it."""

    mode: str
    environment: dict[str, str]
    postgres: Postgres | None


def start(supervisor: Supervisor, environ: Mapping[str, str], *, throwaway: bool = False) -> Servers:
    """Start what `environ` gives no address of."""
    instance = supervisor.instance
    variables = {"VAR_DIR": str(instance.var), MARK: instance.identifier}
    if environ.get("DATABASE_URL"):
        servers = Servers(modes.PRODUCTION, variables, None)
    else:
        servers = _start_postgres(supervisor, environ, variables, throwaway=throwaway)
    servers.environment["CLU_DEMO"] = "1" if servers.mode == modes.DEMONSTRATION else "0"
    if not environ.get("REDIS_URL"):
        servers.environment["REDIS_URL"] = _start_valkey(supervisor)
    return servers


def _start_postgres(
    supervisor: Supervisor, environ: Mapping[str, str], variables: dict[str, str], *, throwaway: bool
) -> Servers:
    say("Démarrage de PostgreSQL…")
    server = Postgres(supervisor.instance, throwaway=throwaway)
    server.wait(supervisor.start(server))
    mode = database.ensure(server, environ)
    variables["DATABASE_URL"] = server.url(database.RUNTIME)
    variables["DATABASE_OWNER_URL"] = server.url(database.OWNER)
    variables["SECRET_KEY"] = environ.get("SECRET_KEY") or supervisor.instance.secret_key()
    return Servers(mode, variables, server)


def _start_valkey(supervisor: Supervisor) -> str:
    say("Démarrage de Valkey…")
    server = Valkey(supervisor.instance, database_account())
    server.wait(supervisor.start(server))
    return server.url

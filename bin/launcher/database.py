"""What the embedded database holds before Django: roles that are no superusers, extensions, the marker of its mode."""

from collections.abc import Mapping

from launcher import modes
from launcher.console import Refusal, say
from launcher.postgres import Postgres

DATABASE = "clu"
OWNER = "clu_owner"
RUNTIME = "clu_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
NO_POWER = "login nosuperuser nocreaterole nobypassrls noreplication"


def ensure(server: Postgres, environ: Mapping[str, str]) -> str:
    """Create the database if this is the first start, and return its mode. Raises Refusal on the wrong mode."""
    if not _exists(server, DATABASE):
        create(server, modes.mode_at_creation(environ))
    return modes.mode_on_return(environ, marker(server))


def marker(server: Postgres) -> str:
    """The mode the database was created for. Raises Refusal when it was not created by us."""
    found = server.query(DATABASE, "select mode from public.clu_installation")
    if found not in ([modes.DEMONSTRATION], [modes.PRODUCTION]):
        raise Refusal("La base ne dit pas si elle est de démonstration ou d’exploitation : elle n’est pas utilisée.")
    return found[0]


def created_at(server: Postgres) -> str:
    return server.query(DATABASE, "select created_at from public.clu_installation")[0]


def applied_migrations(server: Postgres) -> list[str]:
    """The migrations Django has applied, sorted; empty before the first."""
    if server.query(DATABASE, "select to_regclass('public.django_migrations')") in ([], [""]):
        return []
    return server.query(DATABASE, "select app || '.' || name from public.django_migrations order by 1")


def create(server: Postgres, mode: str) -> None:
    """Make roles and database. The name `clu` is given last: a kill before leaves no database, not half of one."""
    say(f"Création de la base du portail ({mode})…")
    _create_roles(server)
    server.query("template1", ";".join(f"create extension if not exists {name}" for name in EXTENSIONS))
    server.query("postgres", "drop database if exists clu_draft")
    server.query("postgres", f"create database clu_draft owner {OWNER}")
    server.query("clu_draft", _RIGHTS)
    server.query("clu_draft", _MARKER.format(mode=mode))
    server.query("postgres", f"alter database clu_draft rename to {DATABASE}")


def _create_roles(server: Postgres) -> None:
    for name, power in ((OWNER, "createdb"), (RUNTIME, "nocreatedb")):
        if not server.query("postgres", f"select 1 from pg_roles where rolname = '{name}'"):
            server.query("postgres", f"create role {name} {NO_POWER} {power}")


def _exists(server: Postgres, name: str) -> bool:
    return bool(server.query("postgres", f"select 1 from pg_database where datname = '{name}'"))


_RIGHTS = f"""
revoke all on database clu_draft from public;
grant connect on database clu_draft to {RUNTIME};
revoke all on schema public from public;
grant usage on schema public to {RUNTIME};
"""
_MARKER = """
create table public.clu_installation (
    mode text not null check (mode in ('demonstration', 'production')),
    created_at timestamptz not null default now()
);
create unique index clu_installation_single_row on public.clu_installation ((true));
insert into public.clu_installation (mode) values ('{mode}');
grant select on public.clu_installation to public;
"""

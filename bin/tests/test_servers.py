"""The embedded PostgreSQL and Valkey, really started, really killed."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from launcher import database, processes, servers
from launcher.console import Refusal
from launcher.postgres import Postgres
from launcher.supervisor import Supervisor
from launcher.valkey import Valkey

from .conftest import temporary_instance


def start_postgres(supervisor, *, throwaway=True):
    server = Postgres(supervisor.instance, throwaway=throwaway)
    server.wait(supervisor.start(server))
    return server


@pytest.fixture
def postgres(supervisor):
    return start_postgres(supervisor)


def as_role(server, role, sql):
    command = [server.programs / "psql", "-XAtq", "-h", server.sockets, "-U", role, "-d", "clu", "-c", sql]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def kill_all(server):
    """kill -9 of the server and of all its processes, at once."""
    for pid in server._living():
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server._living() and time.monotonic() < deadline:
        time.sleep(0.02)


def command_lines():
    return [" ".join(processes.command_line(pid)) for pid in processes.all_pids()]


def test_ensure_first_start_makes_roles_extensions_and_marker(postgres):
    assert database.ensure(postgres, {}) == "demonstration"
    roles = postgres.query(
        "clu",
        "select rolname, rolsuper, rolcreatedb, rolbypassrls from pg_roles where rolname ~ '^clu' order by 1",
    )
    assert roles == ["clu_app|f|f|f", "clu_owner|f|t|f"]
    extensions = postgres.query("clu", "select extname from pg_extension order by 1")
    assert extensions == ["btree_gist", "pg_trgm", "plpgsql", "unaccent"]
    assert postgres.query("clu", "select datdba::regrole from pg_database where datname = 'clu'") == ["clu_owner"]
    assert postgres.query("clu", "select mode from clu_installation") == ["demonstration"]


@pytest.mark.parametrize(("asked", "mode", "other"), [("1", "demonstration", "0"), ("0", "production", "1")])
def test_ensure_later_starts_read_the_marker_and_never_change_it(postgres, asked, mode, other):
    database.ensure(postgres, {"CLU_DEMO": asked})
    before = postgres.query("clu", "select * from clu_installation")
    assert database.ensure(postgres, {}) == mode
    with pytest.raises(Refusal, match="ne change jamais"):
        database.ensure(postgres, {"CLU_DEMO": other})
    assert postgres.query("clu", "select * from clu_installation") == before


def test_ensure_database_without_marker_is_refused(postgres):
    postgres.query("postgres", "create database clu")
    with pytest.raises(Refusal, match="clu_installation"):
        database.ensure(postgres, {})


def test_ensure_after_an_interrupted_creation_creates_it(postgres):
    postgres.query("postgres", "create database clu_draft")
    assert database.ensure(postgres, {"CLU_DEMO": "0"}) == "production"


def test_marker_cannot_be_changed_by_our_roles(postgres):
    database.ensure(postgres, {})
    for role in ("clu_app", "clu_owner"):
        assert as_role(postgres, role, "select mode from clu_installation").stdout == "demonstration\n"
        for sql in ("update clu_installation set mode = 'production'", "delete from clu_installation"):
            assert "permission denied" in as_role(postgres, role, sql).stderr


def test_runtime_role_cannot_create_tables(postgres):
    database.ensure(postgres, {})
    assert as_role(postgres, "clu_owner", "create table t (i int)").returncode == 0
    assert "permission denied" in as_role(postgres, "clu_app", "create table u (i int)").stderr


def test_postgres_listens_on_its_private_socket_only(postgres):
    assert postgres.query("postgres", "show listen_addresses") in ([], [""])
    assert postgres.sockets.stat().st_mode & 0o777 == 0o700
    assert postgres.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="root only: PostgreSQL then runs as another account")
def test_postgres_of_root_runs_as_nobody(postgres, supervisor):
    status = Path(f"/proc/{supervisor.running[0].child.pid}/status").read_text()
    assert "Uid:\t65534\t65534\t65534\t65534" in status


def test_postgres_killed_starts_again_with_its_data(supervisor):
    postgres = start_postgres(supervisor, throwaway=False)
    database.ensure(postgres, {})
    as_role(postgres, "clu_owner", "create table kept (i int); insert into kept values (7)")
    kill_all(postgres)
    supervisor.stop()
    again = start_postgres(supervisor, throwaway=False)
    assert again.query("clu", "select i from kept") == ["7"]


def test_postgres_pid_file_naming_a_stranger_is_forgotten(postgres, supervisor):
    kill_all(postgres)
    supervisor.stop()
    with subprocess.Popen(["sleep", "60"], **_account_of(postgres)) as stranger:
        for lock in (postgres.data / "postmaster.pid", postgres.sockets / ".s.PGSQL.5432.lock"):
            lines = lock.read_text().split("\n")
            lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert start_postgres(supervisor).query("postgres", "select 1") == ["1"]
        assert stranger.poll() is None
        stranger.kill()


def _account_of(postgres):
    return {"user": postgres.account.uid} if postgres.account else {}


def test_postgres_left_alive_by_a_killed_launcher_is_stopped_first(postgres, supervisor):
    database.ensure(postgres, {})
    orphan = supervisor.running.pop().child
    supervisor._record("postgres").clear()
    again = start_postgres(supervisor)
    assert orphan.wait(1) == 0
    assert again.query("clu", "select mode from clu_installation") == ["demonstration"]


def test_two_instances_run_side_by_side(postgres, supervisor):
    database.ensure(postgres, {})
    with temporary_instance() as other:
        second = Supervisor(other)
        try:
            started = servers.start(second, {"CLU_DEMO": "0"}, throwaway=True)
            assert (started.mode, started.environment["CLU_DEMO"]) == ("production", "0")
            assert database.marker(postgres) == "demonstration"
            assert started.environment["DATABASE_URL"] != postgres.url("clu_app")
        finally:
            second.stop()
        assert database.marker(postgres) == "demonstration"
        assert not [line for line in command_lines() if str(other.var) in line or other.identifier in line]


@pytest.mark.skipif(os.geteuid() != 0, reason="root only: an ordinary user's PostgreSQL enters where the user enters")
def test_postgres_under_a_closed_home_lives_elsewhere(supervisor):
    supervisor.instance.var.chmod(0o700)
    server = start_postgres(supervisor)
    assert server.data == supervisor.instance.shared_place / "data"
    assert server.sockets.parent.parent.as_posix() in ("/run", "/tmp")
    supervisor.stop()
    supervisor.instance.var.chmod(0o711)
    assert Postgres(supervisor.instance).data == server.data


def test_start_with_given_addresses_starts_nothing(supervisor):
    given = {"DATABASE_URL": "postgres://x@y/z", "REDIS_URL": "redis://y"}
    started = servers.start(supervisor, given)
    assert supervisor.running == []
    assert started.environment == {
        "VAR_DIR": str(supervisor.instance.var),
        "CLU_INSTANCE": supervisor.instance.identifier,
        "CLU_DEMO": "0",
    }


def ask(valkey, command):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(valkey.socket))
        connection.sendall(f"{command}\r\n".encode())
        return connection.recv(1000).decode()


def test_valkey_killed_starts_again_with_its_data(supervisor):
    valkey = Valkey(supervisor.instance, None)
    child = supervisor.start(valkey)
    valkey.wait(child)
    assert ask(valkey, "SET kept 7") == "+OK\r\n"
    child.kill()
    supervisor.stop()
    valkey.wait(supervisor.start(valkey))
    assert ask(valkey, "GET kept") == "$1\r\n7\r\n"
    assert "noeviction" in ask(valkey, "CONFIG GET maxmemory-policy")
    assert "\r\n0\r\n" in ask(valkey, "CONFIG GET port")

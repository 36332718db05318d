"""bin/run: everything, from nothing to the address of the portal, until Ctrl-C."""

import errno
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from launcher import modes, paths, processes, project, servers, signals
from launcher.console import Refusal, say
from launcher.instance import AlreadyHeld, Instance
from launcher.postgres import tail
from launcher.servers import Servers
from launcher.supervisor import Program, Supervisor

ANSWER_SECONDS = 60
PORT_SECONDS = 15


def run(arguments: list[str]) -> int:
    """Run the portal until it is stopped; 0 when it was stopped by Ctrl-C or SIGTERM."""
    if arguments:
        raise Refusal("bin/run ne prend pas d’argument ; ses réglages sont des variables d’environnement (README.md).")
    os.umask(0o077)
    port = modes.port(os.environ)
    instance = Instance(paths.var_folder())
    instance.open()
    try:
        with instance.held("bin/run"):
            return _run(instance, port)
    except AlreadyHeld as held:
        raise Refusal(
            f"Une instance utilise déjà le dossier {instance.var} ({held}).\n"
            "Pour une seconde instance : VAR_DIR=/autre/dossier PORT=8001 bin/run"
        ) from None


def _run(instance: Instance, port: int) -> int:
    supervisor = Supervisor(instance)
    try:
        _start(supervisor, port)
        while True:
            supervisor.check()
            time.sleep(0.3)
    except signals.Interrupted:
        signals.ignore_signals()
        say("\nArrêt…")
        return 0
    finally:
        signals.ignore_signals()
        instance.withdraw()
        supervisor.stop()
        say("Tout est arrêté.")


def _start(supervisor: Supervisor, port: int) -> None:
    patience = PORT_SECONDS if supervisor.end_leftovers() else 0
    _wait_for_port(os.environ.get("LISTEN") or "127.0.0.1", port, patience)
    started = servers.start(supervisor, os.environ)
    address = modes.listen_address(os.environ, started.mode)
    environment = _environment(started, port)
    _prepare(supervisor, started, environment)
    web, *others = _programs(supervisor.instance, environment, f"{_bracketed(address)}:{port}")
    say("Démarrage du site…")
    _wait_for_answer(supervisor, supervisor.start(web), port)
    say("Démarrage du travail de fond et de ses horaires…")
    for program in others:
        supervisor.start(program)
    supervisor.instance.publish(started.environment | {"BASE_URL": environment["BASE_URL"], "PORT": str(port)})
    _announce(started, environment)


def _environment(started: Servers, port: int) -> dict[str, str]:
    defaults = {"BASE_URL": f"http://127.0.0.1:{port}"}
    return defaults | dict(os.environ) | started.environment | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}


def _prepare(supervisor: Supervisor, started: Servers, environment: dict[str, str]) -> None:
    project.migrate(environment, supervisor.instance, started.postgres)
    if started.mode == modes.DEMONSTRATION:
        project.load_demonstration(environment, supervisor.instance, started.postgres)
    else:
        say("Préparation des fichiers statiques…")
        project.manage(environment, "collectstatic", "--noinput", "-v", "0", failure="collectstatic a échoué.")


def _programs(instance: Instance, environment: dict[str, str], address: str) -> list[Program]:
    """Web, worker and scheduler, in the order of their start: pages first."""
    celery = [str(paths.PYTHON), "-m", "celery", "-A", "clu_portal"]
    schedule = str(instance.var / "beat-schedule")
    gunicorn = [str(paths.PYTHON), "-m", "gunicorn", "clu_portal.wsgi", "--bind", address, "--no-control-socket"]
    commands = {
        "web": [*gunicorn, "--workers", "2", "--threads", "4", "--graceful-timeout", "10"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "scheduler": [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"],
    }
    return [Program(name, command, environment, paths.ROOT, instance.log(name)) for name, command in commands.items()]


def _wait_for_port(address: str, port: int, patience_seconds: float) -> None:
    """Raises Refusal when the port is another program's, or forbidden to us; ours may take a moment to be freed."""
    deadline = time.monotonic() + patience_seconds
    while reason := _port_refusal(address, port):
        if reason.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            raise Refusal(
                f"Le port {port} ne peut pas être utilisé ({reason.strerror}).\n"
                f"Choisissez-en un autre : PORT={port + 1 if port < 65535 else 8000} bin/run"
            )
        time.sleep(0.5)


def _port_refusal(address: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as error:
            return error
    return None


def _wait_for_answer(supervisor: Supervisor, web: subprocess.Popen, port: int) -> None:
    """Wait until a page is served. Raises Refusal with the end of the log when the web cannot start."""
    deadline = time.monotonic() + ANSWER_SECONDS
    log = supervisor.instance.log("web")
    while not _answers(port, os.environ):
        if processes.ended(web) or time.monotonic() > deadline:
            raise Refusal(f"Le portail ne répond pas :\n{tail(log, 30)}")
        time.sleep(0.1)


def _answers(port: int, environ: Mapping[str, str]) -> bool:
    host = (environ.get("ALLOWED_HOSTS") or "127.0.0.1").split(",")[0].strip()
    request = urllib.request.Request(f"http://{_bracketed(environ.get('LISTEN') or '127.0.0.1')}:{port}/healthz")
    request.add_header("Host", host if host not in ("*", "") else "127.0.0.1")
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect).open(request, timeout=10).close()
    except urllib.error.HTTPError:
        return True  # "degraded", or a redirection to https: it answers
    except OSError:
        return False
    return True


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _announce(started: Servers, environment: dict[str, str]) -> None:
    say(f"\nLe portail est ouvert : {environment['BASE_URL']}")
    if started.mode == modes.DEMONSTRATION:
        say("\nDémonstration, sans valeur. Comptes :\n")
        say(project.output(environment, "demo_accounts"))
    say("Ctrl-C arrête tout.")

"""bin/manage: one command of manage.py, with the servers of a running bin/run or with servers of its own."""

import os
import time

from launcher import paths, processes, project, servers, signals
from launcher.console import Refusal
from launcher.instance import AlreadyHeld, Instance
from launcher.supervisor import Supervisor

READY_SECONDS = 120


def manage(arguments: list[str]) -> int:
    """Run the command and return its status."""
    instance = Instance(paths.var_folder())
    instance.open()
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with instance.held(f"bin/manage {' '.join(arguments[:1])}"):
                return _with_own_servers(instance, arguments)
        except AlreadyHeld as held:
            with instance.shared():
                published = instance.published()
                if published is not None:
                    _refuse_other_database(published)
                    return _call(published, arguments)
            if time.monotonic() > deadline:
                raise Refusal(f"Une instance démarre sans finir ({held}) : réessayez plus tard.") from None
            time.sleep(0.3)


def _with_own_servers(instance: Instance, arguments: list[str]) -> int:
    supervisor = Supervisor(instance)
    try:
        supervisor.end_leftovers()
        started = servers.start(supervisor, os.environ)
        if started.postgres and not (instance.var / "migrated.json").exists():
            project.migrate(dict(os.environ) | started.environment, instance, started.postgres)
        instance.publish(started.environment)
        status = _call(started.environment, arguments)
        instance.withdraw()
        instance.wait_for_sharers()
        return status
    finally:
        signals.ignore_signals()
        supervisor.stop()


def _refuse_other_database(published: dict[str, str]) -> None:
    """Raises Refusal when DATABASE_URL and the running instance name two databases: which was meant is a guess."""
    if bool(published.get("DATABASE_URL")) == bool(os.environ.get("DATABASE_URL")):
        raise Refusal(
            "L’instance en marche et cette commande n’ont pas la même base : donnez à bin/manage le même DATABASE_URL "
            "qu’à bin/run, ou aucun des deux."
        )


def _call(variables: dict[str, str], arguments: list[str]) -> int:
    """Run manage.py from where the user is, whose files its arguments may name, and return its status."""
    defaults = {"BASE_URL": f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"}
    command = [paths.PYTHON, paths.ROOT / "manage.py", *arguments]
    return processes.in_foreground(command, defaults | dict(os.environ) | variables)

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from launcher import processes
from launcher import supervisor as module
from launcher.processes import Identity
from launcher.supervisor import MARK, Program

BIN = Path(__file__).parent.parent
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(99)"
PARENT = "import subprocess, time; print(subprocess.Popen(['sleep', '99']).pid, flush=True); time.sleep(99)"


def program(instance, name="worker", command=("sleep", "99"), **fields):
    environment = dict(os.environ) | {MARK: instance.identifier}
    return Program(name, list(command), environment, Path("/"), instance.log(name), **fields)


def python(code):
    return (sys.executable, "-c", code)


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return found


def first_line(log):
    return wait_until(lambda: log.exists() and log.read_text().split("\n")[0])


def alive(pid):
    return processes.identify(pid) is not None


@pytest.fixture
def abandoned():
    """Processes of which no supervisor knows."""
    children = []
    yield children
    for child in children:
        child.kill()
        child.wait()


def test_check_killed_program_is_started_again(supervisor, monkeypatch):
    monkeypatch.setattr(module, "BACK_OFF_SECONDS", (0,))
    first = supervisor.start(program(supervisor.instance))
    first.send_signal(signal.SIGKILL)
    wait_until(lambda: supervisor.check() or supervisor.running[0].child is not first)
    assert alive(supervisor.running[0].child.pid)
    assert supervisor.running[0].child.pid == supervisor._record("worker").read().pid


def test_check_program_that_keeps_dying_waits_longer_and_longer(supervisor, monkeypatch, capsys):
    monkeypatch.setattr(module, "BACK_OFF_SECONDS", (0, 0.01, 0.02))
    supervisor.start(program(supervisor.instance, command=["false"]))
    wait_until(lambda: supervisor.check() or supervisor.running[0].failures == 4)
    delays = [line.split("départ dans ")[1].split(" s.")[0] for line in capsys.readouterr().out.splitlines()]
    assert delays == ["0", "0.01", "0.02", "0.02"]


def test_check_kills_what_the_dead_program_left(supervisor, monkeypatch):
    monkeypatch.setattr(module, "BACK_OFF_SECONDS", (60,))
    child = supervisor.start(program(supervisor.instance, command=python(PARENT)))
    grandchild = int(first_line(supervisor.instance.log("worker")))
    assert alive(grandchild)
    child.send_signal(signal.SIGKILL)
    wait_until(lambda: supervisor.check() or not alive(grandchild))


def test_stop_ends_servers_after_what_uses_them(supervisor, monkeypatch):
    order = []
    end = module._wait_for_end
    monkeypatch.setattr(module, "_wait_for_end", lambda item: (end(item), order.append(item.service.name)))
    children = [
        supervisor.start(program(supervisor.instance, name)) for name in ("postgres", "valkey", "web", "worker")
    ]
    supervisor.stop()
    assert order == ["web", "worker", "valkey", "postgres"]
    assert [child.returncode for child in children] == [-signal.SIGTERM] * 4


def test_stop_kills_the_deaf(supervisor):
    child = supervisor.start(program(supervisor.instance, command=python(DEAF), stop_seconds=0.3))
    first_line(supervisor.instance.log("worker"))
    supervisor.stop()
    assert child.returncode == -signal.SIGKILL


def test_stop_leaves_no_record(supervisor):
    supervisor.start(program(supervisor.instance))
    supervisor.stop()
    assert list((supervisor.instance.var / "processes").iterdir()) == []


def test_end_leftovers_ends_the_program_of_a_killed_launcher(supervisor, abandoned):
    abandoned.append(program(supervisor.instance).launch())
    supervisor._record("worker").write(abandoned[0].pid)
    supervisor.end_leftovers()
    assert not alive(abandoned[0].pid)


def test_end_leftovers_ends_its_orphans_by_their_mark(supervisor, abandoned):
    abandoned.append(program(supervisor.instance, command=python(PARENT)).launch())
    orphan = int(first_line(supervisor.instance.log("worker")))
    supervisor._record("worker").write(abandoned[0].pid)
    abandoned[0].kill()
    abandoned[0].wait()
    assert alive(orphan)
    supervisor.end_leftovers()
    wait_until(lambda: not alive(orphan))


def test_end_leftovers_leaves_a_stranger_with_the_same_pid(supervisor, abandoned):
    abandoned.append(subprocess.Popen(["sleep", "99"], start_new_session=True))
    true = processes.identify(abandoned[0].pid)
    for former in (Identity(true.pid, true.started_ticks - 1, true.boot), Identity(true.pid, true.started_ticks, "b")):
        supervisor._record("worker").path.write_text(
            f'{{"pid": {former.pid}, "started_ticks": {former.started_ticks}, "boot": "{former.boot}"}}'
        )
        supervisor.end_leftovers()
        assert alive(abandoned[0].pid)
    assert supervisor._record("worker").read() is None


def test_spawn_dies_with_a_killed_launcher(tmp_path):
    code = (
        "import os, signal; from pathlib import Path; from launcher import processes\n"
        f"child = processes.spawn(['sleep', '99'], environment={{}}, folder=Path('/'), log=Path('{tmp_path}/log'))\n"
        "print(child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=BIN, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    wait_until(lambda: not alive(int(done.stdout)))


def test_identify_dead_and_zombie_are_nobody():
    child = subprocess.Popen(["true"])
    wait_until(lambda: processes.ended(child))
    assert processes.identify(child.pid) is None
    child.wait()
    assert processes.identify(child.pid) is None

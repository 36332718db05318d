"""R03: rendering, reading and verifying happen in a process of their own, limited always."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from clu_portal.lib import confined, confinement
from clu_portal.lib.confined import Limits

SMALL = Limits(cpu_seconds=1, wall_seconds=3, memory_bytes=64 << 20, output_bytes=1 << 20)
CAP_SYS_ADMIN = 21


def may_leave_network() -> bool:
    status = Path("/proc/self/status").read_text()
    effective = int(status.split("CapEff:")[1].split()[0], 16)
    return bool(effective >> CAP_SYS_ADMIN & 1)


def children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


def spin() -> list[bytes]:
    while True:
        pass


def swallow_memory() -> list[bytes]:
    kept = []
    while True:
        kept.append(bytearray(1 << 16))


def test_R03_own_process_result_comes_back():
    pid, empty, large = confined.run(lambda: [str(os.getpid()).encode(), b"", b"x" * 500_000], SMALL)
    assert int(pid) != os.getpid()
    assert (empty, len(large)) == (b"", 500_000)


@pytest.mark.parametrize(
    ("work", "error"),
    [
        (spin, confined.OutOfTime),
        (lambda: time.sleep(30), confined.OutOfTime),
        (swallow_memory, confined.OutOfMemory),
        (lambda: [b"x" * (2 << 20)], confined.OutOfMemory),
        (os.abort, confined.OutOfMemory),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), confined.Crashed),
        (lambda: os._exit(0), confined.Crashed),
        (lambda: {}["secret"], confined.Crashed),
    ],
    ids=["processor", "wall clock", "memory", "answer", "abort", "killed", "silent", "exception"],
)
def test_R03_limits_end_the_child_and_leave_none_behind(work, error):
    before, began = children(), time.monotonic()
    with pytest.raises(error) as failure:
        confined.run(work, SMALL)
    assert type(failure.value) is error
    assert "secret" not in str(failure.value)
    assert time.monotonic() - began < SMALL.wall_seconds + 1
    assert children() == before


def test_R03_refusal_keeps_its_words():
    def refuse() -> list[bytes]:
        raise confined.Refused("adresse refusée : é")

    with pytest.raises(confined.Refused, match=r"^adresse refusée : é$"):
        confined.run(refuse, SMALL)


def test_R03_parent_interrupted_child_is_killed():
    def interrupt(*_):
        raise TimeoutError

    former = signal.signal(signal.SIGALRM, interrupt)
    before = children()
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(TimeoutError):
            confined.run(lambda: time.sleep(30), Limits(wall_seconds=20))
    finally:
        signal.signal(signal.SIGALRM, former)
    assert children() == before


@pytest.fixture
def open_folder():
    """A folder where the child may write: it is nobody, who cannot enter those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def test_R03_parent_killed_child_dies_too(open_folder):
    pid_file = open_folder / "pid"
    program = (
        "import os, pathlib, time\nfrom clu_portal.lib import confined\n"
        f"def work():\n    pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))\n    time.sleep(60)\n"
        "confined.run(work, confined.Limits())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    wait_until(lambda: pid_file.exists() and pid_file.read_text())
    child = Path(f"/proc/{pid_file.read_text()}")
    assert child.exists()
    parent.kill()
    parent.wait()
    wait_until(lambda: not child.exists() or "State:\tZ" in (child / "status").read_text())


def wait_until(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def open_files() -> list[int]:
    return [int(path.name) for path in Path("/proc/self/fd").iterdir()]


def test_R03_child_sees_none_of_our_open_files(tmp_path):
    with (tmp_path / "open").open("w") as file:
        assert file.fileno() in open_files()
        (listing,) = confined.run(lambda: [bytes(open_files())], SMALL)
    assert set(listing) <= {0, 1, 2, 3, 4, 5}  # 4 and 5: the listing itself


@pytest.mark.skipif(not may_leave_network(), reason="needs root: the network is left only where the system lets us")
def test_R03_child_has_no_network():
    def connect() -> list[bytes]:
        with socket.socket() as client:
            return [str(client.connect_ex(address)).encode()]

    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        assert connect() == [b"0"]
        assert confined.run(connect, SMALL) != [b"0"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root can leave its account")
def test_R03_child_of_root_has_its_own_account(monkeypatch):
    monkeypatch.setattr(confinement, "READ_BY_THE_CHILD", [])
    (accounts,) = confined.run(lambda: [repr((os.getresuid(), os.getresgid(), os.getgroups())).encode()], SMALL)
    number = confinement.ACCOUNT
    assert accounts.decode() == repr(((number,) * 3, (number,) * 3, []))


def test_R03_account_is_kept_when_our_code_is_in_a_closed_home(tmp_path):
    closed = tmp_path / "home"
    (closed / "code").mkdir(parents=True)
    tmp_path.parent.chmod(0o755)
    closed.chmod(0o700)
    assert not confinement._open_to_all(closed / "code")


def test_R03_works_inside_a_daemonic_process():
    """Celery's children are daemonic: multiprocessing refuses them children of their own."""
    process = multiprocessing.get_context("fork").Process(
        target=lambda: sys.exit(0 if confined.run(lambda: [b"done"], SMALL) == [b"done"] else 1), daemon=True
    )
    process.start()
    process.join(10)
    assert process.exitcode == 0

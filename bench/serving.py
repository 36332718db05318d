"""gunicorn on a free port, as bin/run starts it, for the time of a measure."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scratch import ROOT


@contextmanager
def gunicorn() -> Iterator[str]:
    """Start the portal and the bare view (served.py) and yield « host:port » once they answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "served:application", "--bind", address, "--log-level", "error"]
    options = ["--pythonpath", str(ROOT / "bench"), "--workers", "1", "--threads", "4", "--no-control-socket"]
    server = subprocess.Popen([*command, *options], cwd=ROOT)
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    host, _, port = address.partition(":")
    for _ in range(600):
        try:
            return socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)

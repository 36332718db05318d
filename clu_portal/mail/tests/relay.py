"""A real SMTP server on loopback, to which a test says where to refuse, cut, hang, or kill whoever talks to it."""

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Callable
from email.message import EmailMessage

STEPS = ("connect", "helo", "mail", "rcpt", "data", "body", "dot", "accepted", "replied")


class Cut(Exception):
    """Close the conversation now, without a word."""


def cut() -> str:
    raise Cut


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(Cut, ConnectionError):
            self.talk(self.server.relay)

    def talk(self, relay: "Relay") -> None:
        self.say(relay.reach("connect") or "220 relay ready")
        recipients = []
        while line := self.rfile.readline():
            verb = line.split()[0].upper().decode()
            if verb in ("EHLO", "HELO"):
                self.say(relay.reach("helo") or "250 relay")
            elif verb == "MAIL":
                self.say(relay.reach("mail") or "250 sender ok")
            elif verb == "RCPT":
                recipients.append(line.partition(b"<")[2].partition(b">")[0].decode())
                self.say(relay.reach("rcpt", recipients[-1]) or "250 recipient ok")
            elif verb == "DATA":
                self.take_message(relay, recipients)
            else:
                self.say("250 ok")

    def take_message(self, relay: "Relay", recipients: list[str]) -> None:
        if refusal := relay.reach("data", *recipients):
            return self.say(refusal)
        self.say("354 go on")
        relay.reach("body", *recipients)
        content = self.read_body()
        if refusal := relay.reach("dot", *recipients):
            return self.say(refusal)
        relay.accept(recipients, content)
        relay.reach("accepted", *recipients)
        self.say("250 queued as 7F3A")
        relay.reach("replied", *recipients)
        return None

    def read_body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise Cut
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Relay:
    """`accepted` holds (recipients, message) in the order of acceptance; `on` says what happens at a step."""

    def __init__(self):
        self.accepted: list[tuple[list[str], EmailMessage]] = []
        self.actions: dict[str, list[Callable[..., str | None]]] = {}
        self.server = Server(("127.0.0.1", 0), Conversation)
        self.server.relay = self
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> "Relay":
        self.thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.server.shutdown()
        self.server.server_close()

    def on(self, step: str, action: Callable[..., str | None], *, times: int = 1) -> None:
        """Do something the next times a step is reached; a text returned is the answer instead of the usual one."""
        assert step in STEPS
        self.actions.setdefault(step, []).extend([action] * times)

    def always(self, step: str, action: Callable[..., str | None]) -> None:
        self.on(step, action, times=10_000)

    def reach(self, step: str, *recipients: str) -> str | None:
        waiting = self.actions.get(step)
        action = waiting.pop(0) if waiting else None
        if action is None:
            return None
        return action(recipients[-1]) if action.__code__.co_argcount else action()

    def accept(self, recipients: list[str], content: bytes) -> None:
        message = email.message_from_bytes(content.replace(b"\r\n", b"\n"), policy=email.policy.default)
        self.accepted.append((list(recipients), message))

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for _, message in self.accepted]

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipients, _ in self.accepted for recipient in recipients]

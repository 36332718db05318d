"""The relay as production names it, submission://name:password@host: STARTTLS, a verified certificate, AUTH."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import dj_email_url
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from clu_portal.mail.drain import Outcome, drain
from clu_portal.mail.models import OutgoingMessage
from clu_portal.mail.tests.factories import enqueue_in, ticket_of
from clu_portal.tenancy import scope

pytestmark = pytest.mark.django_db(transaction=True)
HOST, NAME, PASSWORD = "127.0.0.1", "portail", "mot de passe du relais"


class Mailbox:
    def __init__(self):
        self.accepted = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.accepted.append((session.ssl is not None, session.authenticated, envelope.rcpt_tos))
        return "250 queued"


def authenticate(server, session, envelope, mechanism, given) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (NAME.encode(), PASSWORD.encode()), handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate that signs itself, with its key: no authority of the machine knows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relais des tests")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
    content = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    file = tmp_path_factory.mktemp("relay") / "relay.pem"
    file.write_bytes(content + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


@pytest.fixture
def tls_relay(certificate, settings):
    """A relay that takes nothing before STARTTLS and AUTH, and the settings that lead to it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    port, mailbox = free_port(), Mailbox()
    demands = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": authenticate}
    controller = Controller(mailbox, hostname=HOST, port=port, **demands)
    controller.start()
    lead_to(settings, port)
    yield mailbox
    controller.stop()


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return probe.getsockname()[1]


def lead_to(settings, port: int, password: str = PASSWORD) -> None:
    url = f"submission://{NAME}:{password.replace(' ', '%20')}@{HOST}:{port}"
    for name, value in dj_email_url.parse(url).items():
        if name.startswith("EMAIL_") and name != "EMAIL_BACKEND":
            setattr(settings, name, value)
    settings.EMAIL_TIMEOUT = 5


def waits(message) -> tuple[str, int, str]:
    with scope(message.prefecture_id):
        reason = OutgoingMessage.objects.get(pk=message.pk).last_error
    return ticket_of(message).state, ticket_of(message).attempts, reason


def test_message_leaves_encrypted_and_authenticated(office, tls_relay, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    enqueue_in(office)
    assert drain() == {Outcome.SENT: 1}
    assert tls_relay.accepted == [(True, True, ["m1@example.org"])]


def test_certificate_that_nobody_vouches_for_leaves_the_message_waiting_with_the_reason(office, tls_relay):
    message = enqueue_in(office)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    state, attempts, reason = waits(message)
    assert (state, attempts, tls_relay.accepted) == ("pending", 0, [])
    assert "certificate verify failed" in reason


def test_certificate_of_another_host_leaves_the_message_waiting(office, tls_relay, certificate, settings, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST = "localhost"
    message = enqueue_in(office)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    state, attempts, reason = waits(message)
    assert (state, attempts, tls_relay.accepted) == ("pending", 0, [])
    assert "Hostname mismatch" in reason


def test_wrong_password_leaves_the_message_waiting_with_the_reason(
    office, tls_relay, certificate, settings, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST_PASSWORD = "un autre"
    message = enqueue_in(office)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    state, attempts, reason = waits(message)
    assert (state, attempts, tls_relay.accepted) == ("pending", 0, [])
    assert reason.startswith("(535")


def test_relay_that_hides_its_starttls_is_given_neither_password_nor_message(office, relay, settings):
    lead_to(settings, relay.port)
    message = enqueue_in(office)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    state, attempts, reason = waits(message)
    assert (state, attempts, relay.accepted) == ("pending", 0, [])
    assert "STARTTLS" in reason

"""A time-stamp authority on the loopback, for the tests."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper


class StampAuthority(HTTPServer):
    """Answers at `url` with tokens dated `stamped_at`; `root` is its own certificate."""

    def __init__(self, stamped_at: datetime) -> None:
        super().__init__(("127.0.0.1", 0), StampHandler)
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.stamped_at = stamped_at
        self.forged = b""  # answered instead of a token
        key = rsa.generate_private_key(65537, 2048)
        encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        private = key.private_bytes(encoding, form, serialization.NoEncryption())
        self.root = asn1_x509.Certificate.load(certificate(key).public_bytes(encoding))
        self.stamper = DummyTimeStamper(self.root, keys.PrivateKeyInfo.load(private), fixed_dt=stamped_at)

    def __enter__(self) -> "StampAuthority":
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.thread.join()
        self.server_close()


class StampHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        query = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        content = self.server.forged or self.server.stamper.request_tsa_response(query).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        """Say nothing on the terminal."""


def certificate(key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Horodatage d'essai")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )

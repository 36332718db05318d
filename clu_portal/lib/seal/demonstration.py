"""A certification authority of the demonstration's own, whose every name says that it is worth nothing."""

import contextlib
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

MENTION = "DÉMONSTRATION – sans valeur"
VALIDITY = timedelta(days=3650)
KEY_BITS = 3072


@dataclass(frozen=True)
class DemonstrationAuthority:
    """Where the files are: what the three settings of the seal expect."""

    pkcs12: Path
    password: Path
    root: Path


def make_demonstration_authority(directory: Path) -> DemonstrationAuthority:
    """Make the authority and its sealing certificate in `directory`, readable by this account alone, once.

    A directory already made is left as it is, even when two processes make it at once. The authority's own key is
    never written: no second certificate can come from it.
    """
    paths = DemonstrationAuthority(directory / "seal.p12", directory / "seal.password", directory / "root.pem")
    if not paths.pkcs12.exists():
        directory.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".seal-", dir=directory.parent))
        for name, content in _files().items():
            _write_private(work / name, content)
        with contextlib.suppress(OSError):  # another process was first, and its files stand there complete
            work.rename(directory)
        shutil.rmtree(work, ignore_errors=True)
    if not paths.pkcs12.exists():
        raise FileExistsError(f"{directory} holds something else")
    return paths


def _files() -> dict[str, bytes]:
    authority_key, seal_key = (rsa.generate_private_key(65537, KEY_BITS) for _ in range(2))
    root = _certificate("autorité", authority_key.public_key(), "autorité", authority_key, is_authority=True)
    certificate = _certificate("cachet", seal_key.public_key(), "autorité", authority_key, is_authority=False)
    password = secrets.token_urlsafe(24).encode()
    archive = pkcs12.serialize_key_and_certificates(
        MENTION.encode(), seal_key, certificate, [root], BestAvailableEncryption(password)
    )
    return {"seal.p12": archive, "seal.password": password, "root.pem": root.public_bytes(Encoding.PEM)}


def _certificate(subject: str, public_key, issuer: str, issuer_key, *, is_authority: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(identifier(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _name(role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, MENTION),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{MENTION} ({role})"),
        ]
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

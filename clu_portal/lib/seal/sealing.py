"""Put the préfecture's seal on the exact bytes that a person approved.

PAdES B-B, or B-T when a time-stamp authority is given. The recipe keeps PDF/UA-1 and PDF/A-3a (dependencies.md §3.1):
the field is outside the page, and the metadata is not written again. The seal certifies the file and lets later
signatures in (permission « fill forms », security.md §7.2).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError

from clu_portal.lib.seal.timestamping import AuthorityAt
from clu_portal.lib.verify.inspecting import inspect_pdf


class SealingFailed(Exception):
    """No seal was put, or the result did not pass the check made right after. `transient`: trying again may help."""

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


@dataclass(frozen=True)
class Sealer:
    """A certificate and its key, in memory. Its text shows neither."""

    name: str
    not_after: datetime
    fingerprint: str  # SHA-256 of the certificate, hexadecimal
    signer: signers.SimpleSigner = field(repr=False)
    trust_roots: Sequence[x509.Certificate] = field(repr=False)


class _KeepsMetadata(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Leave the metadata as approved: written again, it would lose the shape that PDF/A asks for."""


class _SealsAt(signers.PdfSigner):
    """Writes in the seal the hour it is given, instead of the clock's."""

    def __init__(self, sealed_at: datetime, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self._sealed_at = sealed_at

    def init_signing_session(self, *arguments, **options):
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self._sealed_at
        return session


def load_sealer(pkcs12_path: Path, password: str, *, trust_roots: Sequence[x509.Certificate] = ()) -> Sealer:
    """Return the sealer of a PKCS#12 file. `trust_roots`: whom to trust when the seal is checked right after.

    Without them, the self-issued certificates found in the file. Raises OSError, or ValueError when the file or its
    password is wrong; neither says the password.
    """
    signer = signers.SimpleSigner.load_pkcs12_data(pkcs12_path.read_bytes(), [], passphrase=password.encode())
    certificate = signer.signing_cert
    own_roots = [known for known in signer.cert_registry if known.self_issued]
    return Sealer(
        name=certificate.subject.native["common_name"],
        not_after=certificate.not_valid_after,
        fingerprint=certificate.sha256.hex(),
        signer=signer,
        trust_roots=tuple(trust_roots or own_roots),
    )


def load_trust_roots(*paths: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificates of PEM files (one or several each)."""
    return tuple(
        x509.Certificate.load(content)
        for path in paths
        for _, _, content in pem.unarmor(path.read_bytes(), multiple=True)
    )


def seal_pdf(
    pdf: bytes,
    sealer: Sealer,
    *,
    field_name: str,
    reason: str,
    location: str,
    sealed_at: datetime,
    tsa_url: str | None = None,
    certify: bool = True,
) -> bytes:
    """Return `pdf` with a seal: a file that begins with exactly the bytes of `pdf`, and was checked since.

    `certify` is for the first seal of a file; a second one must leave it False. Raises SealingFailed.
    """
    sealed = _sign(
        pdf,
        _SealsAt(
            sealed_at,
            _metadata(field_name, reason, location, certify=certify),
            signer=sealer.signer,
            timestamper=AuthorityAt(tsa_url) if tsa_url else None,
            new_field_spec=_field(field_name),
        ),
    )
    _check(pdf, sealed, sealer, sealed_at)
    return sealed


def _metadata(field_name: str, reason: str, location: str, *, certify: bool) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=field_name,
        reason=reason,
        location=location,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )


def _field(name: str) -> fields.SigFieldSpec:
    return fields.SigFieldSpec(
        name,
        readable_field_name=name,
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )


def _sign(pdf: bytes, signer: signers.PdfSigner) -> bytes:
    try:
        return signer.sign_pdf(_KeepsMetadata(io.BytesIO(pdf))).getvalue()
    except TimestampRequestError as error:
        raise SealingFailed("l'horodatage n'a pas été obtenu", transient=True) from error
    except (PdfError, SigningError) as error:
        raise SealingFailed("ce fichier ne peut pas être scellé") from error


def _check(pdf: bytes, sealed: bytes, sealer: Sealer, sealed_at: datetime) -> None:
    if not sealed.startswith(pdf):
        raise SealingFailed("le fichier scellé ne commence pas par le fichier approuvé")
    seal = inspect_pdf(sealed, sealer.trust_roots, sealed_at).seals[-1]
    if not (seal.bottom_line and seal.covers_everything):
        raise SealingFailed("le sceau ne passe pas la vérification")

"""What the seals of a PDF say, by pyHanko. To be run confined when the file comes from outside."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

SEALS_MAX = 20


@dataclass(frozen=True)
class SealFacts:
    """One seal or signature. Dates are ISO 8601."""

    holder: str
    intact: bool  # the sealed bytes are those that were sealed
    in_place: bool  # the seal stands where its own byte range says: false once a tool has written the file again
    trusted: bool
    bottom_line: bool  # pyHanko's judgment: all of it, later changes included
    covers_everything: bool
    is_last_revision: bool  # no later revision: what follows, if anything, is not PDF
    later_changes_minor: bool  # what follows changes the metadata at most
    claimed_at: str | None
    time_stamped_at: str | None


@dataclass(frozen=True)
class Inspection:
    is_encrypted: bool
    seals: Sequence[SealFacts] = ()

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict) -> "Inspection":
        return cls(bool(value["is_encrypted"]), tuple(SealFacts(**seal) for seal in value["seals"]))


class UnreadablePdf(Exception):
    """The file cannot be followed as a PDF."""


def inspect_pdf(pdf: bytes, trust_roots: Sequence[x509.Certificate], moment: datetime) -> Inspection:
    """Return what each seal says, in the order of the file, certificates being judged as of `moment`.

    Nothing is fetched. Raises UnreadablePdf.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            return Inspection(is_encrypted=True)
        seals = reader.embedded_regular_signatures[-SEALS_MAX:]
        return Inspection(is_encrypted=False, seals=[_facts(seal, pdf, trust_roots, moment) for seal in seals])
    except (PdfError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnreadablePdf(type(error).__name__) from error


def _facts(seal, pdf: bytes, trust_roots: Sequence[x509.Certificate], moment: datetime) -> SealFacts:
    contexts = [
        ValidationContext(trust_roots=list(trust_roots), moment=moment, allow_fetching=False) for _ in range(2)
    ]
    status = validate_pdf_signature(seal, *contexts)
    stamp = status.timestamp_validity
    return SealFacts(
        holder=str(seal.signer_cert.subject.native.get("common_name", "")),
        intact=status.intact and status.valid,
        in_place=_is_in_place(seal, pdf),
        trusted=status.trusted,
        bottom_line=status.bottom_line,
        covers_everything=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_last_revision=seal.signed_revision == seal.reader.xrefs.total_revisions - 1,
        later_changes_minor=status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES),
        claimed_at=_iso(seal.self_reported_timestamp),
        time_stamped_at=_iso(stamp.timestamp if stamp else None),
    )


def _is_in_place(seal, pdf: bytes) -> bool:
    _, before, after, _ = seal.byte_range
    return pdf[before:after].lower() == b"<" + seal.pkcs7_content.hex().encode() + b">"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

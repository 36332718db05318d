"""Verify a PDF that somebody hands us.

The file is hostile until proved otherwise: pyHanko reads it in a confined child. What the child says can only lower
the verdict: « intact » also needs the SHA-256, computed here, to be one stored at sealing (security.md §7.2).
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from asn1crypto import x509

from clu_portal.lib import confined
from clu_portal.lib.verify.inspecting import Inspection, SealFacts, UnreadablePdf, inspect_pdf
from clu_portal.lib.verify.verdicts import Outcome, Record, Verdict

MAX_BYTES = 20 << 20
LIMITS = confined.Limits(cpu_seconds=10, wall_seconds=20, memory_bytes=512 << 20, output_bytes=1 << 20)
HEADER_ZONE_BYTES = 1024
END_OF_REVISION = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
REVISIONS_LOOKED_AT = 64

Lookup = Callable[[str], Record | None]


def verify_pdf(
    pdf: bytes,
    *,
    trust_roots: Sequence[x509.Certificate],
    known: Lookup,
    known_approved: Lookup,
    now: datetime,
    expected_sha256: str | None = None,
    limits: confined.Limits = LIMITS,
) -> Verdict:
    """Return the verdict on `pdf`; never raises for what the file is.

    `known` gives the record of a sealed file by its SHA-256 (hexadecimal), `known_approved` that of the bytes approved
    before sealing. Certificates are judged as of the record's `sealed_at`, else as of `now`.
    `expected_sha256`: the one document that is expected here, if there is one.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    if len(pdf) > MAX_BYTES:
        return Verdict(Outcome.TOO_LARGE, sha256)
    if b"%PDF-" not in pdf[:HEADER_ZONE_BYTES]:
        return Verdict(Outcome.NOT_A_PDF, sha256)
    record = known(sha256)
    begins_like = record or _begins_like(pdf, known) or _begins_like(pdf, known_approved)
    moment = getattr(begins_like, "sealed_at", None) or now
    try:
        inspection = _inspect_confined(pdf, trust_roots, moment, limits)
    except (confined.OutOfTime, confined.OutOfMemory):
        return Verdict(Outcome.TOO_COMPLEX, sha256, begins_like)
    except confined.ConfinedError:
        return Verdict(Outcome.UNREADABLE, sha256, begins_like)
    outcome = _judge(inspection, record=record, begins_like=begins_like)
    if outcome is Outcome.INTACT and expected_sha256 not in (None, sha256):
        outcome = Outcome.OTHER_DOCUMENT
    return Verdict(outcome, sha256, begins_like, tuple(inspection.seals))


def _inspect_confined(
    pdf: bytes, trust_roots: Sequence[x509.Certificate], moment: datetime, limits: confined.Limits
) -> Inspection:
    def work() -> list[bytes]:
        try:
            return [json.dumps(inspect_pdf(pdf, trust_roots, moment).as_json()).encode()]
        except (UnreadablePdf, RecursionError) as error:
            raise confined.Refused(str(error)) from None

    return Inspection.from_json(json.loads(confined.run(work, limits)[0]))


def _judge(inspection: Inspection, *, record: Record | None, begins_like: Record | None) -> Outcome:
    seals = inspection.seals
    if inspection.is_encrypted:
        return Outcome.UNREADABLE
    if not seals:
        return Outcome.SEAL_REMOVED if begins_like else Outcome.NOT_SEALED
    if broken := [seal for seal in seals if not seal.intact]:
        return Outcome.BYTES_CHANGED if all(seal.in_place for seal in broken) else Outcome.REWRITTEN
    if not all(seal.trusted for seal in seals):
        return Outcome.OTHER_CERTIFICATE
    if not seals[-1].covers_everything:
        return _what_follows(seals[-1])
    if not all(seal.bottom_line for seal in seals):
        return Outcome.CONTENT_ADDED
    return Outcome.INTACT if record else Outcome.UNKNOWN


def _what_follows(seal: SealFacts) -> Outcome:
    if seal.is_last_revision:
        return Outcome.JUNK_ADDED
    return Outcome.METADATA_CHANGED if seal.later_changes_minor else Outcome.CONTENT_ADDED


def _begins_like(pdf: bytes, known: Lookup) -> Record | None:
    """Return the record of the longest beginning of `pdf`, cut at the end of a revision, that `known` recognises."""
    return next((record for sha256 in reversed(list(_beginnings(pdf))) if (record := known(sha256))), None)


def _beginnings(pdf: bytes) -> Iterator[str]:
    digest, position = hashlib.sha256(), 0
    ends = sorted({end for match in END_OF_REVISION.finditer(pdf) for end in (match.start() + 5, match.end())})
    for end in ends[:REVISIONS_LOOKED_AT]:
        digest.update(pdf[position:end])
        position = end
        yield digest.copy().hexdigest()

"""The seals of a file, verified as the public page does: by their bytes and by the certificates trusted here."""

import base64
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

from django.utils import timezone

from clu_portal.files.sealing import trust_roots
from clu_portal.lib.verify import Verdict, verify_pdf
from committees.meeting_files.wording import Refusal
from committees.minutes.enums import SEALED_STATES


def seal_refusals(file: dict) -> Iterator[Refusal]:
    """One refusal per sealed file whose seal does not verify here. For a file already checked."""
    stored = {item["uuid"]: item for item in file["files"]}
    for index, minutes in enumerate(file["meeting"]["minutes"]):
        if minutes["state"] in SEALED_STATES:
            verdict = verified(stored[minutes["sealed_file"]], datetime.fromisoformat(minutes["sealed_at"]))
            if not verdict.is_authentic:
                path = ("meeting", "minutes", index, "sealed_file")
                yield Refusal(path, f"le sceau ne se vérifie pas. {verdict.meaning}", "wrong_seal")


def verified(item: dict, sealed_at: datetime) -> Verdict:
    record = SimpleNamespace(sealed_at=sealed_at)
    return verify_pdf(
        base64.b64decode(item["content"]),
        trust_roots=trust_roots(),
        known=lambda sha256: record if sha256 == item["sha256"] else None,
        known_approved=lambda sha256: None,
        now=timezone.now(),
    )

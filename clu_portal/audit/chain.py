"""The chain of the journal, computed again from its rows, without the trigger that wrote it (migration 0002)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from clu_portal.audit.models import AuditEntry, AuditHead

SLICE = 2000


@dataclass(frozen=True)
class Verdict:
    """How many lines hold, and the first that does not, in French; no fault when the chain is whole."""

    line_count: int
    fault: str = ""


def hash_of(entry: AuditEntry) -> str:
    """Return the SHA-256 of a row, as hexadecimal. The row carries `details_text`, the details as stored."""
    parts = [
        entry.sequence,
        entry.previous_hash,
        entry.prefecture_id,
        entry.verb,
        entry.subject,
        "" if entry.version is None else entry.version,
        "" if entry.user_id is None else entry.user_id,
        entry.address,
        entry.request_reference,
        entry.details_text,
        entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
    ]
    return sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def verify_chain() -> Verdict:
    """Follow the chain of the préfecture of the moment up to its head, lines added meanwhile aside."""
    head = AuditHead.objects.first() or AuditHead(sequence=0, hash="")
    count, previous = 0, ""
    for entry in entries_up_to(head.sequence):
        if fault := fault_of(entry, count + 1, previous):
            return Verdict(count, fault)
        count, previous = count + 1, entry.hash
    if count != head.sequence:
        return Verdict(count, f"ligne {count + 1} : absente, comme toutes celles qui suivaient")
    if previous != head.hash:
        return Verdict(count, f"ligne {count} : la dernière ligne n'est pas celle que le journal retient")
    return Verdict(count, line_after_the_head())


def fault_of(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.sequence < expected:
        return f"ligne {entry.sequence} : insérée"
    if entry.sequence > expected:
        return f"ligne {expected} : absente"
    if entry.previous_hash != previous:
        return f"ligne {expected} : ne suit pas la ligne {expected - 1}"
    return "" if entry.hash == hash_of(entry) else f"ligne {expected} : modifiée"


def entries_up_to(last: int) -> Iterator[AuditEntry]:
    done = None
    while True:
        rows = AuditEntry.objects.annotate(details_text=Cast("details", TextField())).filter(sequence__lte=last)
        rows = rows if done is None else rows.filter(sequence__gt=done)
        page = list(rows.order_by("sequence")[:SLICE])
        yield from page
        if len(page) < SLICE:
            return
        done = page[-1].sequence


def line_after_the_head() -> str:
    """Say which line no head knows. One statement: a line being added and its head are seen together or not at all."""
    head = AuditHead.objects.filter(prefecture=OuterRef("prefecture")).values("sequence")
    beyond = AuditEntry.objects.filter(sequence__gt=Subquery(head)).order_by("sequence")
    found = beyond.values_list("sequence", flat=True).first()
    if found is None and not AuditHead.objects.exists():
        found = AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True).first()
    return "" if found is None else f"ligne {found} : insérée après la dernière"

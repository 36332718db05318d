"""Warnings sent to the référents: each once, in one message per committee."""

import hashlib
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role
from clu_portal.audit.acts import lock_operation
from clu_portal.mail import outbox
from clu_portal.mail.texts import compose
from clu_portal.tenancy import required_prefecture_id
from committees.composition.models import Committee, SentWarning
from committees.composition.warnings import CompositionWarning, all_warnings


def send_warnings() -> int:
    """Write to the référents of the préfecture of the moment what they were not warned of yet; return how much.

    Safe to run twice, or twice at once. Without a référent to write to, nothing is marked as sent.
    """
    lock_operation("composition_warnings")
    addresses = referents_addresses()
    if not addresses:
        return 0
    known = set(SentWarning.objects.values_list("key", flat=True))
    fresh = [row for row in all_warnings(Committee.objects.all(), timezone.localdate()) if row.key not in known]
    for committee, rows in groupby(fresh, key=lambda row: row.committee):
        send_to(addresses, committee, list(rows))
    SentWarning.objects.bulk_create([SentWarning(key=row.key) for row in fresh])
    return len(fresh)


def referents_addresses() -> list[str]:
    today = timezone.localdate()
    roles = Role.objects.in_force_on(today).filter(prefecture=required_prefecture_id(), kind=RoleKind.REFERENT)
    found = roles.filter(user__is_active=True).exclude(user__email=None).values_list("user__email", flat=True)
    return sorted(set(found))


def send_to(addresses: list[str], committee: Committee, warnings: list[CompositionWarning]) -> None:
    """One message to each référent; its key is made of the warnings it holds."""
    context = {
        "committee": committee,
        "warnings": warnings,
        "address": settings.BASE_URL + committee.get_absolute_url(),
    }
    subject, text, html = compose("composition_warnings", context)
    occurrence = hashlib.sha256("\n".join(sorted(row.key for row in warnings)).encode()).hexdigest()[:32]
    for address in addresses:
        outbox.enqueue(
            kind="composition_warnings",
            dedup_key=f"composition_warnings:{committee.pk}:{occurrence}:{address}",
            recipient=address,
            subject=subject,
            text=text,
            html=html,
        )

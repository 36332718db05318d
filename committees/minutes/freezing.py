"""A draft frozen for a while: nobody changes its text, and everybody who has it open knows who froze it and why.

It is still a draft: submitting it for approval is another act (acts.submit_minutes), which ends the freeze.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from clu_portal.audit.acts import act
from committees.minutes.acts import lock, refuse_unless
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes
from committees.minutes.permissions import may_freeze


@act("minutes_frozen")
def freeze_minutes(*, minutes: Minutes, reason: str, by) -> Minutes:
    """Freeze a draft, with the reason. Raises PermissionDenied and ValidationError.

    Codes: not_drafting, already_frozen, no_reason.
    """
    minutes = lock_to_freeze(minutes, by)
    if minutes.frozen_at:
        raise ValidationError("Ce texte est déjà figé.", code="already_frozen")
    minutes.frozen_at, minutes.frozen_by, minutes.freeze_reason = timezone.now(), by, reason.strip()
    if not minutes.freeze_reason:
        raise ValidationError("Dites pourquoi le texte est figé.", code="no_reason")
    minutes.save(update_fields=["frozen_at", "frozen_by", "freeze_reason"])
    return minutes


@act("minutes_unfrozen")
def unfreeze_minutes(*, minutes: Minutes, by) -> Minutes:
    """Open a frozen draft again. Raises ValidationError (not_drafting, not_frozen), PermissionDenied."""
    minutes = lock_to_freeze(minutes, by)
    if not minutes.frozen_at:
        raise ValidationError("Ce texte n'est pas figé.", code="not_frozen")
    minutes.clear_freeze()
    minutes.save(update_fields=["frozen_at", "frozen_by", "freeze_reason"])
    return minutes


def freeze_told(at: datetime | None, by: str | None, reason: str) -> dict | None:
    """What the open editors are told of a freeze: {"by", "at", "reason"}; None when there is none."""
    return {"by": by, "at": timezone.localtime(at).isoformat(timespec="seconds"), "reason": reason} if at else None


def freeze_of(minutes: Minutes) -> dict | None:
    return freeze_told(minutes.frozen_at, str(minutes.frozen_by) if minutes.is_frozen else None, minutes.freeze_reason)


def lock_to_freeze(minutes: Minutes, by) -> Minutes:
    if not may_freeze(by):
        raise PermissionDenied
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.DRAFTING, "Ce compte-rendu n'est plus en rédaction.", "not_drafting")
    return minutes

"""A new version of sealed minutes: begun, or given up. The sealed one stays what it is all along."""

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.minutes.acts import lock, refuse_if_approved, refuse_unless, write_first_text
from committees.minutes.enums import OPEN_STATES, MinutesState
from committees.minutes.facts import facts_of_today, printed_facts
from committees.minutes.layout import printed_layout
from committees.minutes.models import PRINTED_AROUND, Minutes, next_version_number
from committees.minutes.previewed import forget_preview
from committees.minutes.text import contents, frozen_hash


@act("minutes_correction_begun")
def correct_minutes(*, minutes: Minutes, reason: str = "", by) -> Minutes:
    """Begin a new version from a sealed one, which stays. Raises ValidationError (not_sealed, already_open)."""
    require_role(by, RoleKind.REFERENT)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.SEALED, "Seul le compte-rendu en vigueur se corrige.", "not_sealed")
    if minutes.meeting.minutes.open().exists():
        raise ValidationError("Une correction est déjà en cours.", code="already_open")
    printed = {name: getattr(minutes, name) for name in PRINTED_AROUND} | {"correction_reason": reason}
    number = next_version_number(minutes.meeting)
    correction = Minutes.objects.create(meeting=minutes.meeting, version_number=number, **printed)
    correction.facts = facts_of_today(correction) | (minutes.facts or {})
    correction.save(update_fields=["facts"])
    write_first_text(correction, contents(minutes), by)
    return correction


@act("minutes_correction_abandoned")
def abandon_minutes(*, minutes: Minutes, by) -> Minutes:
    """Give up a version that is not sealed: the sealed one stays in force, what was typed stays in the history.

    Raises ValidationError (not_open, first_version, already_approved).
    """
    require_role(by, RoleKind.REFERENT)
    minutes = lock(minutes)
    if minutes.state not in OPEN_STATES:
        raise ValidationError("Cette version n'est plus en préparation.", code="not_open")
    if minutes.replaced_version() is None:
        raise ValidationError("Ce compte-rendu n'a pas d'autre version : il ne s'abandonne pas.", code="first_version")
    refuse_if_approved(minutes)
    if minutes.is_drafting:
        minutes.facts = printed_facts(minutes)
        minutes.layout = printed_layout(minutes)
        minutes.text_hash = frozen_hash(minutes, minutes.facts)
    minutes.clear_freeze()
    minutes.state = MinutesState.ABANDONED
    minutes.save()
    forget_preview(minutes)
    return minutes

"""What changed of the facts since the minutes took them: shown with both values, taken or kept one by one."""

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from committees.minutes.acts import lock, refuse_unless
from committees.minutes.enums import MinutesState
from committees.minutes.facts import facts_of_today
from committees.minutes.models import Minutes
from committees.minutes.text import TextFrozen
from committees.minutes.tree.changed_words import LABELS
from committees.minutes.tree.changes import Change, changes, take

NOT_DRAFTING = "Ce compte-rendu n'est plus en rédaction : ses faits ne changent plus."
CHANGED_AGAIN = "Ce fait a encore changé depuis qu'il vous a été montré : relisez-le."


def changes_shown(minutes: Minutes) -> list[dict]:
    """Every change since the facts were taken, those kept as they were included: {key, label, former, new, kept}."""
    if not minutes.is_drafting or minutes.facts is None:
        return []
    kept = set(minutes.facts.get("kept", ()))
    return [
        {
            "key": change.key,
            "label": LABELS[change.fact],
            "former": list(change.former),
            "new": list(change.new),
            "kept": change.key in kept,
        }
        for change in changes(minutes.facts, facts_of_today(minutes))
    ]


@act("minutes_facts_taken")
def take_facts(*, minutes: Minutes, keys: list[str], by) -> Minutes:
    """Print these changes from now on. Raises ValidationError (not_drafting, frozen, changed_again)."""
    minutes, today, found = seen(minutes, keys, by)
    minutes.facts = forget_kept(take(minutes.facts, today, set(keys)), today)
    return saved(minutes, found)


@act("minutes_facts_kept")
def keep_facts(*, minutes: Minutes, keys: list[str], by) -> Minutes:
    """Go on printing the former values; proposed no more unless they change again. Raises as `take_facts` does."""
    minutes, today, found = seen(minutes, keys, by)
    known = minutes.facts.get("kept", [])
    minutes.facts = forget_kept(minutes.facts | {"kept": [*known, *(key for key in keys if key not in known)]}, today)
    return saved(minutes, found)


def seen(minutes: Minutes, keys: list[str], by) -> tuple[Minutes, dict, list[Change]]:
    """The minutes locked, the facts of today and the changes named. Raises ValidationError."""
    require_role(by, RoleKind.REFERENT)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.DRAFTING, NOT_DRAFTING, "not_drafting")
    if minutes.is_frozen:
        raise ValidationError(TextFrozen(minutes).message, code="frozen")
    today = facts_of_today(minutes)
    known = {change.key: change for change in changes(minutes.facts or {}, today)}
    if not keys or not known.keys() >= set(keys):
        raise ValidationError(CHANGED_AGAIN, code="changed_again")
    return minutes, today, [known[key] for key in keys]


def forget_kept(facts: dict, today: dict) -> dict:
    """Only the differences that are still there are remembered as kept."""
    kept = {change.key for change in changes(facts, today)}.intersection(facts.get("kept", ()))
    return {
        **{name: fact for name, fact in facts.items() if name != "kept"},
        **({"kept": sorted(kept)} if kept else {}),
    }


def saved(minutes: Minutes, found: list[Change]) -> Minutes:
    minutes.save(update_fields=["facts"])
    minutes.audit_details = {"facts": sorted({change.fact for change in found}), "count": len(found)}
    return minutes

"""What the page of a draft lists before its submission, for who writes it."""

from committees.minutes import permissions
from committees.minutes.fact_changes import changes_shown
from committees.minutes.models import Minutes
from committees.minutes.tree.remaining import Point


def listed_points(minutes: Minutes, points: list[Point], user) -> list[Point]:
    """Return the points of the text, then the facts that changed since it took them; nothing for who only reads."""
    if not (minutes.is_drafting and permissions.may_write(user)):
        return []
    waiting = [change for change in changes_shown(minutes) if not change["kept"]]
    return [*points, *(Point("change", changed(change), None) for change in waiting)]


def changed(change: dict) -> str:
    """« Présences : ce fait a changé (« M. Brun (Présents) »). », as frontend/src/fact-changes.js says it."""
    value = next(iter([*change["new"], *change["former"]]), "")
    return f"{change['label']} : ce fait a changé (« {value} »)."

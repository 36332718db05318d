"""Pages of a long list, one after the other by key: no page number, no count."""

from datetime import date

from django.db.models import Model, QuerySet

PAGE_SIZE = 50
BIGINT_DIGITS = 18


def page_of(rows: QuerySet, size: int = PAGE_SIZE) -> tuple[list[Model], Model | None]:
    """Return the first rows, and the last of them when more follow: there the next page begins."""
    found = list(rows[: size + 1])
    return found[:size], found[size - 1] if len(found) > size else None


def number_in(text: str | None) -> int | None:
    """Return the number an address names (« ?apres=12 »), None for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= BIGINT_DIGITS else None


def day_in(text: str | None) -> date | None:
    """Return the day an address names (« 2026-03-22 »), None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

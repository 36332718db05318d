from datetime import date

from django.utils import formats

from committees.composition.models import Committee


def merger_words(committee: Committee, today: date) -> str:
    """« a fusionné le 1er juillet 2026 dans », or in the future until that day; empty when no merger is decided."""
    if committee.merged_on is None:
        return ""
    tense = "a fusionné" if committee.has_merged_on(today) else "fusionnera"
    return f"{tense} le {in_words(committee.merged_on)} dans"


def in_words(day: date) -> str:
    """« 1er janvier 2027 », as an official text writes it."""
    return f"{'1er' if day.day == 1 else day.day} {formats.date_format(day, 'F Y')}"

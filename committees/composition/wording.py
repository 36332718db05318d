from datetime import date

from django.utils import formats


def in_words(day: date) -> str:
    """« 1er janvier 2027 », as an official text writes it."""
    return f"{'1er' if day.day == 1 else day.day} {formats.date_format(day, 'F Y')}"

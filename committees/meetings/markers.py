"""The marker proposed for the next item of an agenda: « 3. » after « 2. », « – » after « – ». Pure."""

import re
from collections.abc import Sequence

LONGEST = 12  # characters: AgendaItem.printed_label
FIRST = "1."
MARKER = re.compile(r"^(?P<before>(?:.*\W)?)(?P<count>\d+|[a-zA-Z]+)(?P<after>\W*)$")
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def next_label(labels: Sequence[str]) -> str:
    """Propose the marker after the last one, in the shape it was typed; nothing after an item without a marker.

    A dash, an arrow, whatever counts nothing is proposed again. What is already typed is never looked at again.
    """
    if not labels:
        return FIRST
    *before, last = labels
    if not any(character.isalnum() for character in last):
        return last
    found = MARKER.match(last)
    count = found and next_count(found["count"], count_of(before[-1]) if before else "")
    proposed = f"{found['before']}{count}{found['after']}" if count else ""
    return proposed if len(proposed) <= LONGEST else ""


def count_of(label: str) -> str:
    found = MARKER.match(label)
    return found["count"] if found else ""


def next_count(count: str, former: str) -> str:
    """« 4 » after « 3 », « b » after « a », « II » after « I »; "" when it counts nothing.

    `former`, the one before it, tells « i » the ninth letter from « i » the first number.
    """
    if count.isdigit():
        return str(int(count) + 1)
    if len(count) == 1 and (count.upper() != "I" or next_letter(former) == count):
        is_number = former and next_roman(former) == count
        return next_roman(count) if is_number else next_letter(count)
    return next_roman(count)


def next_letter(letter: str) -> str:
    return chr(ord(letter) + 1) if len(letter) == 1 and letter.isalpha() and letter not in "zZ" else ""


def next_roman(count: str) -> str:
    """« v » after « iv »; "" when it is no number the Romans wrote, up to « CCC »."""
    known = {in_roman(number): number for number in range(1, 300)}
    number = known.get(count.upper())
    if number is None or count not in (count.upper(), count.lower()):
        return ""
    return in_roman(number + 1) if count.isupper() else in_roman(number + 1).lower()


def in_roman(number: int) -> str:
    said = ""
    for value, letters in ROMAN:
        said += letters * (number // value)
        number %= value
    return said

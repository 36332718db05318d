"""A number with its comparator, unit and scale, and its wording as printed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db.models import TextChoices

from clu_portal.lib.text import clean_line

NO_BREAK_SPACE = "\u00a0"
FRENCH_MARKS = str.maketrans({",": NO_BREAK_SPACE, ".": ",", "-": "\u2212"})
MAX_DIGITS = 15  # before the decimal mark, and after


class Comparator(TextChoices):
    """`>=` is ours beside the six of documents.md §3.a: targets are « au moins 95 % »."""

    EQUAL = "=", "égal à"
    LESS = "<", "moins de"
    AT_MOST = "<=", "au plus"
    MORE = ">", "plus de"
    AT_LEAST = ">=", "au moins"
    ABOUT = "~", "environ"
    RANGE = "range", "entre"


@dataclass(frozen=True)
class Quantity:
    """What was written (`text`, never corrected) beside what is known of it; `value` None: no number could be read.

    `value_max` goes with a range, `scale_max` with a mark (3,4/5). Left out, `text` is the French display. Two
    quantities are equal when everything is, wording included. Raises ValueError, in French, when the parts contradict
    one another; TypeError on a float, which is not exact.
    """

    value: Decimal | None = None
    value_max: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str = ""
    scale_max: Decimal | None = None
    text: str = ""

    def __post_init__(self):
        for name in ("value", "value_max", "scale_max"):
            object.__setattr__(self, name, _exact(getattr(self, name)))
        object.__setattr__(self, "comparator", Comparator(self.comparator))
        object.__setattr__(self, "unit", clean_line(self.unit))
        self._check_parts()
        text = clean_line(self.text) if self.value is None else clean_line(self.text) or self.display
        if not text:
            raise ValueError("Une quantité sans nombre doit avoir un texte.")
        object.__setattr__(self, "text", text)

    def _check_parts(self):
        numbers = [number for number in (self.value, self.value_max) if number is not None]
        if self.value is None and (numbers or self.scale_max is not None or self.comparator != Comparator.EQUAL):
            raise ValueError("Le nombre manque.")
        if (self.comparator == Comparator.RANGE) != (self.value_max is not None):
            raise ValueError("Une fourchette a deux nombres, et elle seule.")
        if numbers != sorted(numbers):
            raise ValueError("La fourchette commence par son plus grand nombre.")
        if self.scale_max is not None and not all(0 <= number <= self.scale_max > 0 for number in numbers):
            raise ValueError("La note dépasse son barème.")

    @property
    def display(self) -> str:
        """Return it in French from its parts: « moins de 2 % », « entre 97 et 100 % », « 3,4/5 »; the text without."""
        if self.value is None:
            return self.text
        words = "" if self.comparator == Comparator.EQUAL else f"{self.comparator.label} "
        upper = "" if self.value_max is None else f" et {format_number(self.value_max)}"
        scale = "" if self.scale_max is None else f"/{format_number(self.scale_max)}"
        unit = f"{NO_BREAK_SPACE}{self.unit}" if self.unit else ""
        return f"{words}{format_number(self.value)}{upper}{scale}{unit}"

    def to_json(self) -> dict:
        """Return strings and None only, as stored: numbers as strings, so that none becomes a float."""
        return {
            "value": _plain(self.value),
            "value_max": _plain(self.value_max),
            "comparator": self.comparator.value,
            "unit": self.unit,
            "scale_max": _plain(self.scale_max),
            "text": self.text,
        }

    @classmethod
    def from_json(cls, data: dict) -> Self:
        """Return the quantity `to_json` wrote. Raises ValueError or TypeError on anything else."""
        numbers = ("value", "value_max", "scale_max")
        return cls(**{name: _stored(part) if name in numbers else part for name, part in dict(data).items()})

    def __str__(self):
        return self.text


def format_number(number: Decimal) -> str:
    """Return a number in French: decimal comma, no-break space between thousands, digits as given."""
    return f"{number:,f}".translate(FRENCH_MARKS)


def _exact(number: Decimal | int | None) -> Decimal | None:
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, Decimal | int):
        raise TypeError(f"a Decimal is expected, not {type(number).__name__}")
    number = Decimal(number)
    if not number.is_finite() or number.adjusted() >= MAX_DIGITS or number.as_tuple().exponent < -MAX_DIGITS:
        raise ValueError("Ce nombre a trop de chiffres.")
    return number


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _stored(number: str | None) -> Decimal | None:
    if number is None:
        return None
    if not isinstance(number, str):
        raise TypeError("a stored number is a string")
    try:
        return Decimal(number)
    except ArithmeticError:
        raise ValueError("Ce nombre est illisible.") from None

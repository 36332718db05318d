"""Numbers as documents give them: exact, bounded, approximate, a range, a mark out of a scale."""

from .parsing import parse_quantity
from .value import Comparator, Quantity, format_number

__all__ = ["Comparator", "Quantity", "format_number", "parse_quantity"]

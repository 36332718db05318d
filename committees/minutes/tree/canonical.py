"""One canonical form per tree, so that the same text has the same bytes whoever saved it."""

import hashlib
from collections.abc import Sequence

from .form import canonical_form, compact_bytes
from .schema import check_section


def normalise(section: dict) -> dict:
    """Return the canonical form of a section. Twice equals once. Raises TreeError when the section is refused."""
    check_section(section)
    return canonical_form(section)


def canonical_bytes(sections: Sequence[dict]) -> bytes:
    """Return what a hash or a comparison reads: the compact UTF-8 JSON of the normalised sections, in their order."""
    return compact_bytes([normalise(section) for section in sections])


def text_hash(sections: Sequence[dict]) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal: what an approval freezes."""
    return hashlib.sha256(canonical_bytes(sections)).hexdigest()

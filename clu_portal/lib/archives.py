"""What the directory of an archive announces: whether it unfolds into something too large. Nothing in it is opened."""

from collections.abc import Collection
from dataclasses import dataclass
from zipfile import ZipInfo

TOO_LARGE = "Ce fichier se déplie en quelque chose de trop grand : il est refusé."


@dataclass(frozen=True)
class Bounds:
    """The most an archive may hold, in bytes once unfolded and in entries; and how many times its own size."""

    unpacked: int
    entries: int
    ratio: int = 100


def is_bomb(entries: Collection[ZipInfo], packed: int, bounds: Bounds) -> bool:
    """`packed`: the size of the archive itself, in bytes."""
    unpacked = sum(entry.file_size for entry in entries)
    return unpacked > min(bounds.unpacked, bounds.ratio * packed) or len(entries) > bounds.entries

"""What changes between two compositions: a pure function on the rows of `composition_on`."""

from collections.abc import Iterable
from dataclasses import dataclass

from committees.composition.composition import Holder, SeatRow


@dataclass(frozen=True)
class SeatChange:
    """One seat that opens, ends, or changes hands. The rows before and after; None where the seat is not."""

    before: SeatRow | None
    after: SeatRow | None

    @property
    def row(self) -> SeatRow:
        return self.after or self.before

    @property
    def label(self) -> str:
        if self.before is None:
            return "siège créé"
        return "siège supprimé" if self.after is None else "siège modifié"

    @property
    def leaving(self) -> tuple[Holder, ...]:
        return without(self.before.holders if self.before else (), self.after.holders if self.after else ())

    @property
    def arriving(self) -> tuple[Holder, ...]:
        return without(self.after.holders if self.after else (), self.before.holders if self.before else ())


def differences(before: Iterable[SeatRow], after: Iterable[SeatRow]) -> list[SeatChange]:
    """The seats that differ, in the order of the new composition, those that ended last."""
    former = {row.seat_id: row for row in before}
    changes = [SeatChange(former.pop(row.seat_id, None), row) for row in after]
    changes += [SeatChange(row, None) for row in former.values()]
    return [change for change in changes if has_changed(change)]


def has_changed(change: SeatChange) -> bool:
    """Whether the seat itself, or who holds it, is not the same."""
    if change.before is None or change.after is None:
        return True
    return bool(change.leaving or change.arriving)


def without(holders: Iterable[Holder], others: Iterable[Holder]) -> tuple[Holder, ...]:
    """Who is in the first list and not, in the same quality, in the second."""
    known = {(other.person_id, other.kind) for other in others}
    return tuple(holder for holder in holders if (holder.person_id, holder.kind) not in known)

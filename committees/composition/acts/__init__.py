"""What changes a committee, its colleges, its seats and who holds them; the arrêtés; renamed, merged."""

from committees.composition.acts.arretes import save_composition_act
from committees.composition.acts.committees import merge_committee, rename_committee, save_committee
from committees.composition.acts.mandates import (
    appoint_person,
    check_to_come,
    end_mandate,
    hand_mandate_over,
    remove_mandate,
)
from committees.composition.acts.parts import (
    check_college_unused,
    check_type_unused,
    move_part,
    remove_college,
    remove_committee_type,
    save_college,
    save_committee_type,
)
from committees.composition.acts.seats import check_never_held, end_seat, remove_seat, save_seat

__all__ = [
    "appoint_person",
    "check_college_unused",
    "check_never_held",
    "check_to_come",
    "check_type_unused",
    "end_mandate",
    "end_seat",
    "hand_mandate_over",
    "merge_committee",
    "move_part",
    "remove_college",
    "remove_committee_type",
    "remove_mandate",
    "remove_seat",
    "rename_committee",
    "save_college",
    "save_committee",
    "save_committee_type",
    "save_composition_act",
    "save_seat",
]

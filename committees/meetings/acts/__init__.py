"""The acts of a meeting, by what they change."""

from committees.meetings.acts.agenda import save_agenda_item
from committees.meetings.acts.attendance import (
    head_lines,
    print_absent,
    propose_attendance,
    record_attendance,
    record_states,
    save_attendance,
)
from committees.meetings.acts.documents import add_document, save_document
from committees.meetings.acts.invitations import add_invitation, record_invitations
from committees.meetings.acts.meeting import (
    cancel_meeting,
    close_session,
    hold_meeting,
    open_session,
    postpone_meeting,
    record_convocation,
    repeat_meeting,
    save_meeting,
)
from committees.meetings.acts.parts import move_part, order_parts, remove_part, shift_part
from committees.meetings.acts.votes import save_rules, save_vote

__all__ = [
    "add_document",
    "add_invitation",
    "cancel_meeting",
    "close_session",
    "head_lines",
    "hold_meeting",
    "move_part",
    "open_session",
    "order_parts",
    "postpone_meeting",
    "print_absent",
    "propose_attendance",
    "record_attendance",
    "record_convocation",
    "record_invitations",
    "record_states",
    "remove_part",
    "repeat_meeting",
    "save_agenda_item",
    "save_attendance",
    "save_document",
    "save_meeting",
    "save_rules",
    "save_vote",
    "shift_part",
]

"""Where a meeting stands with the rules of its committees, and who of them came: rows read into the pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.db.models import QuerySet

from clu_portal.compiled import compiled
from committees.composition.models import Committee
from committees.meetings.enums import AttendanceStatus, Capacity
from committees.meetings.models import Attendance, CommitteeRules, Invitation, Meeting
from committees.meetings.printing import typed_names
from committees.meetings.quorum import Quorum, Rules, Sitter, quorum
from committees.meetings.rules import comes_before_the_meeting
from committees.meetings.sitting import Sitting, sitting_on

FIELDS = list(Rules.__dataclass_fields__)
NO_RULE = Rules()


@dataclass(frozen=True)
class Standing:
    """The rules of one committee of a meeting, and where its quorum stands."""

    committee: Committee
    rules: Rules
    quorum: Quorum


def rules_by_committee(meeting: Meeting) -> dict[int, Rules]:
    """The rules of those of its committees that have any."""
    committees = (meeting.committee_id, *(committee.pk for committee in meeting.joint_committees))
    return {committee: Rules(*values) for committee, *values in rules_rows(committees)}


@compiled
def rules_rows(committees: tuple[int, ...]) -> QuerySet:
    return CommitteeRules.objects.filter(committee__in=committees).values_list("committee", *FIELDS)


def rules_of_meeting(meeting: Meeting) -> Rules:
    """The rules of the committee that holds the meeting: those its votes and its proxies follow."""
    return rules_by_committee(meeting).get(meeting.committee_id, NO_RULE)


def sitter(line: Attendance, sittings: list[Sitting], **more) -> Sitter:
    """A line as the rules read it; guests, experts and whoever assists sit on no seat."""
    return Sitter(
        pk=line.pk or 0,
        seats=frozenset(seats_of(line, sittings) if line.capacity == Capacity.MEMBER else ()),
        status=line.status,
        arrived_at=line.arrived_at,
        left_at=line.left_at,
        proxy_to=line.proxy_to_id,
        **more,
    )


def sitters_of(meeting: Meeting, sittings: list[Sitting]) -> list[Sitter]:
    lines = meeting.attendances.prefetch_related("missed_items", "others")
    return [
        sitter(
            line,
            sittings,
            persons=max(1, len(typed_names(line)) or (1 if line.person_id else 0) + len(line.others.all())),
            missed=frozenset(missed.agenda_item_id for missed in line.missed_items.all()),
        )
        for line in lines
    ]


def standings(meeting: Meeting, *, at: time | None = None, item: int | None = None) -> list[Standing]:
    """Where each committee of the meeting that has rules stands, at an hour and for an item when they are given."""
    known = rules_by_committee(meeting)
    if not known:
        return []
    sittings = sitting_on(list(known), meeting.held_on)
    sitters = sitters_of(meeting, sittings)
    again = meeting.second_convocation_on
    second = again is not None and comes_before_the_meeting(again, meeting.held_on)
    found = []
    for committee in meeting.committees:
        if rules := known.get(committee.pk):
            seats = {seat.seat_id for seat in sittings if seat.committee_id == committee.pk and seat.is_filled}
            state = quorum(sitters, seats, rules, second_convocation=second, at=at, item=item)
            found.append(Standing(committee, rules, state))
    return found


def seats_of(line: Attendance, sittings: list[Sitting]) -> set[int]:
    """The seats a line speaks of, as `line_of_the_seat` (composition/attendance.py) counts them in the database.

    The one it names; else those its person holds and, in the committees where that person holds none, those of its
    organisation. Those its other persons hold too.
    """
    if line.attended_seat_id:
        return {line.attended_seat_id} | seats_beside(line, sittings)
    held = [seat for seat in sittings if line.person_id in {person.pk for person in seat.persons}]
    known = {seat.committee_id for seat in held}
    near = [seat for seat in sittings if seat.organisation and seat.organisation.pk == line.organisation_id]
    found = {seat.seat_id for seat in [*held, *(seat for seat in near if seat.committee_id not in known)]}
    return found | seats_beside(line, sittings)


def seats_beside(line: Attendance, sittings: list[Sitting]) -> set[int]:
    """The seats held by the other persons of a line: « Mme Aubert et M. Brun », who both sit."""
    others = {other.person_id for other in line.others.all()} if line.pk else set()
    return {seat.seat_id for seat in sittings if others & {person.pk for person in seat.persons}}


def seats_by_status(lines: list[Attendance], sittings: list[Sitting]) -> dict[int, set[str]]:
    """What is recorded of each seat; an organisation may be both present and excused."""
    found: dict[int, set[str]] = {}
    for line in lines:
        for seat in seats_of(line, sittings):
            found.setdefault(seat, set()).add(line.status)
    return found


def absent_seats(lines: list[Attendance], sittings: list[Sitting]) -> list[Sitting]:
    """The seats nobody came for, nobody excused, and no line says absent already."""
    said = seats_by_status(lines, sittings)
    return [
        seat for seat in sittings if seat.is_filled and said.get(seat.seat_id, set()) <= {AttendanceStatus.EXPECTED}
    ]


def college_of(seat: Sitting, names: Mapping[int, str]) -> str:
    """« Collège des usagers – CLAC de Clairbourg » in a joint meeting, « Collège des usagers » otherwise."""
    return " – ".join(filter(None, [seat.college, names.get(seat.committee_id, "")]))


def answers(line: Attendance, invitation: Invitation) -> bool:
    """Whether a line says of somebody invited beside the seats whether they came."""
    by_person = invitation.person_id is not None and line.person_id == invitation.person_id
    same_body = invitation.organisation_id is not None and line.organisation_id == invitation.organisation_id
    same_words = bool(invitation.wording) and line.body == invitation.wording
    return by_person or (invitation.person_id is None and (same_body or same_words))

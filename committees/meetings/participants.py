"""Who sits, who was invited, who came: three columns read into plain rows."""

from dataclasses import dataclass, field

from committees.composition.attendance import Rate, rates_of_meeting
from committees.meetings.acts.invitations import by_default
from committees.meetings.enums import AttendanceStatus, Capacity
from committees.meetings.models import Attendance, Invitation, Meeting
from committees.meetings.printing import lines_of, status_in_words
from committees.meetings.sitting import Sitting, sittings_of
from committees.meetings.standing import absent_seats, answers, college_of, seats_of


@dataclass(frozen=True)
class Invited:
    """A box to tick. `key`: « seat.person » of somebody who sits, or the identifier of an invitation of its own."""

    key: str
    label: str
    is_invited: bool


@dataclass(frozen=True)
class Came:
    """A line recorded, with its presence agreed: « Présente », « Union : Mme Aubert »."""

    status: str
    printed_line: str


@dataclass
class Row:
    wording: str
    sits: list[str] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    college: str = ""


@dataclass(frozen=True)
class Participants:
    rows: list[Row]
    rates: tuple[Rate, ...]
    absent: list[Sitting]
    is_default: bool

    @property
    def has_invited(self) -> bool:
        return any(one.is_invited for row in self.rows for one in row.invited)


def participants_of(meeting: Meeting) -> Participants:
    """Everything of the page, with the same number of queries whatever the number of seats."""
    sittings = sittings_of(meeting)
    stored = list(meeting.invitations.select_related("person", "organisation", "seat"))
    lines = lines_of(meeting)
    is_default = not (stored or meeting.invitees_chosen)
    invitations = by_default(meeting, sittings) if is_default else stored
    names = committee_names(meeting)
    rows = seated_rows(sittings, invitations, lines, names)
    return Participants(
        rows=rows,
        rates=rates_of_meeting(meeting, names),
        absent=absent_seats(lines, sittings),
        is_default=is_default,
    )


def committee_names(meeting: Meeting) -> dict[int, str]:
    """What tells the colleges of a joint meeting apart; nothing for a committee that meets alone."""
    return {committee.pk: committee.name for committee in meeting.committees} if meeting.joint_committees else {}


def seated_rows(sittings: list[Sitting], invitations: list[Invitation], lines, names: dict[int, str]) -> list[Row]:
    seats = {seat.seat_id for seat in sittings}
    invited = {(one.seat_id, one.person_id) for one in invitations}
    rows = {
        seat.seat_id: Row(
            wording=seat.wording,
            sits=[str(person or "ès qualités") for person in holders(seat)],
            invited=[box(seat, person, invited) for person in holders(seat)],
            college=college_of(seat, names),
        )
        for seat in sittings
    }
    left = []
    for line in (line for line in lines if line.status != AttendanceStatus.EXPECTED):
        is_member = line.capacity == Capacity.MEMBER
        of_line = seats & (seats_of(line, sittings) if is_member else {line.attended_seat_id})
        for seat in of_line:
            rows[seat].came.append(came(line))
        if not of_line:
            left.append(line)
    others = [one for one in invitations if (one.seat_id, one.person_id) not in sitting_keys(sittings)]
    return [*rows.values(), *other_rows(others, left)]


def sitting_keys(sittings: list[Sitting]) -> set[tuple[int, int | None]]:
    return {(seat.seat_id, person and person.pk) for seat in sittings for person in holders(seat)}


def holders(seat: Sitting) -> tuple:
    """Who holds a seat; None stands for whoever has the office, when nobody is named."""
    return seat.persons or ((None,) if seat.is_filled else ())


def box(seat: Sitting, person, invited: set) -> Invited:
    pk = person.pk if person else None
    return Invited(f"{seat.seat_id}.{pk or 0}", str(person or seat.wording), (seat.seat_id, pk) in invited)


def other_rows(invitations: list[Invitation], lines: list[Attendance]) -> list[Row]:
    """Those invited beside the seats, each with the line that says whether they came; then who came uninvited."""
    rows, left = [], list(lines)
    for one in invitations:
        answered = [line for line in left if answers(line, one)]
        left = [line for line in left if line not in answered]
        rows.append(
            Row(wording=str(one), invited=[Invited(str(one.pk), who(one), True)], came=list(map(came, answered)))
        )
    return rows + [Row(wording=line.body or line.printed_line, came=[came(line)]) for line in left]


def came(line: Attendance) -> Came:
    return Came(status_in_words(line), line.printed_line)


def who(invitation: Invitation) -> str:
    named = str(invitation.person or invitation.organisation or invitation.wording)
    return f"{named}, {invitation.get_capacity_display()}"

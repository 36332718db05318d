"""From the rows of a meeting to what is printed of it."""

from itertools import groupby

from committees.meetings import wording
from committees.meetings.enums import AttendanceStatus, Capacity, Gender
from committees.meetings.models import Attendance, Meeting

GENDERS = {"madame": Gender.FEMININE, "monsieur": Gender.MASCULINE}
# Who came first, who did not last; what is not recorded yet is not printed.
LATE_STATUSES = [AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT, AttendanceStatus.EXPECTED]
CAPACITIES = list(Capacity)


def lines_of(meeting: Meeting) -> list[Attendance]:
    """The lines of attendance with everything they name: three queries, whatever their number."""
    known = meeting.attendances.select_related("person", "organisation", "seat", "other_person", "proxy_to__person")
    return list(known.prefetch_related("others__person", "missed_items__agenda_item"))


def category(line: Attendance) -> tuple[int, int]:
    """Lines of one category stand under one heading; categories compare in the order they are printed."""
    if line.status in LATE_STATUSES:
        return 1 + LATE_STATUSES.index(line.status), 0
    return 0, CAPACITIES.index(line.capacity)


def persons_of(line: Attendance) -> list:
    first = [line.person] if line.person else []
    return first + [other.person for other in line.others.all()]


def names_of(line: Attendance) -> tuple[str, ...]:
    """The persons as printed: those typed, or those known."""
    typed = [name.strip() for name in line.names.split(";") if name.strip()]
    return tuple(typed or [str(person) for person in persons_of(line)])


def genders_of(line: Attendance) -> tuple[str, ...]:
    """One gender per person; of the body when the line names nobody, as far as its words tell."""
    names = names_of(line)
    if line.gender:
        return (line.gender,) * max(len(names), 1)
    if line.names:
        return wording.genders_in(line.names)
    if names:
        return tuple(GENDERS.get(person.civility, Gender.UNKNOWN) for person in persons_of(line))
    if line.body or not line.printed_line:
        return (wording.gender_of_wording(line.body),)
    found = wording.genders_in(line.printed_line)
    return found if any(found) else (wording.gender_of_wording(line.printed_line),)


def body_of(line: Attendance) -> str:
    return line.body or (str(line.organisation) if line.organisation else "")


def as_line(line: Attendance) -> wording.Line:
    return wording.Line(
        body=body_of(line),
        persons=names_of(line),
        office=line.office,
        genders=genders_of(line),
        status=line.status,
        capacity=line.capacity,
        mode=line.mode,
        representation=line.representation,
        other_side=line.other_side or str(line.other_person or ""),
        proxy_to=holder_name(line.proxy_to) if line.proxy_to else "",
        arrived_at=line.arrived_at,
        left_at=line.left_at,
        missed=tuple(point_label(missed.agenda_item) for missed in line.missed_items.all()),
    )


def holder_name(line: Attendance) -> str:
    return line.names or str(line.person or line.printed_line)


def point_label(item) -> str:
    return item.printed_label.rstrip(".)/ ") or f"« {item.title} »"


def refresh_wording(meeting: Meeting) -> None:
    """Write again the lines and headings that follow what is known; those somebody typed stay."""
    lines = lines_of(meeting)
    for line in lines:
        if line.line_follows:
            line.printed_line = wording.proposed_line(as_line(line))[:300] or line.printed_line
        if line.heading_follows and line.status == AttendanceStatus.EXPECTED:
            line.group_heading = ""
    printed = [line for line in lines if line.heading_follows and line.status != AttendanceStatus.EXPECTED]
    for (_, capacity), run in groupby(printed, key=category):
        group = list(run)
        genders = [gender for line in group for gender in genders_of(line)]
        heading = wording.proposed_heading(group[0].status, CAPACITIES[capacity], genders)
        for line in group:
            line.group_heading = heading
    if lines:
        Attendance.objects.bulk_update(lines, ["printed_line", "group_heading"])


def in_printed_order(lines: list[Attendance]) -> list[Attendance]:
    """Gather by category the lines whose heading follows; a line whose heading is typed stays where it is."""
    following = iter(sorted((line for line in lines if line.heading_follows), key=category))
    return [next(following) if line.heading_follows else line for line in lines]

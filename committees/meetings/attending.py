"""Who came, as the minutes print it in one layout or another: each printed line, and what it is made of."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from clu_portal.compiled import compiled
from clu_portal.organisations.models import Person
from committees.meetings import wording
from committees.meetings.enums import AttendanceStatus
from committees.meetings.facts import with_absent
from committees.meetings.models import Attendance, AttendancePerson, Meeting
from committees.meetings.printing import body_of, groups_of, names_of, status_in_words

NAMED = ("person__civility", "person__given_name", "person__surname")
KNOWN_OF_A_LINE = (
    "meeting", "uuid", "group_heading", "sub_heading", "heading_follows", "printed_line", "status", "capacity",
    "body", "names", "office", "gender", "organisation__name", *NAMED, "seat__college__label",
    "substitute_for__college__label",
)  # fmt: skip


@compiled
def lines_recorded(meeting: int) -> QuerySet:
    """The lines recorded, with whoever they name, their organisation and their college."""
    persons = AttendancePerson.objects.filter(attendance=OuterRef("pk")).order_by("pk")
    named = persons.values(named=JSONObject(**{name.removeprefix("person__"): name for name in NAMED}))
    lines = Attendance.objects.filter(meeting=meeting).exclude(status=AttendanceStatus.EXPECTED)
    known = lines.select_related("person", "organisation", "seat__college", "substitute_for__college")
    return known.only(*KNOWN_OF_A_LINE).annotate(named_besides=ArraySubquery(named))


def attendance_in_full(meeting: Meeting) -> list[dict]:
    """The printed groups {heading, lines, rows}, a sub-heading being one of `depth` 1: a row says what makes a line.

    A row holds what is known among "id", "line", "name", "function", "body", "rest", "college" and "state".
    The absent are there when the meeting prints them.
    """
    lines = [with_others(line) for line in lines_recorded(meeting.pk)]
    if meeting.prints_absent:
        lines = with_absent(meeting, lines)
    else:
        lines = [line for line in lines if line.status != AttendanceStatus.ABSENT]
    groups = [(group, [row_of(line) for line in group["lines"]]) for group in groups_of(lines)]
    return [group | {"lines": [row["line"] for row in rows], "rows": rows} for group, rows in groups]


def with_others(line: Attendance) -> Attendance:
    """The line with the other persons it names already read."""
    line._prefetched_objects_cache = {"others": [AttendancePerson(person=Person(**one)) for one in line.named_besides]}
    return line


def row_of(line: Attendance) -> dict[str, str]:
    row = {
        "id": str(line.uuid) if line.pk else "",
        "line": line.printed_line,
        **cells_of(line),
        "college": college_of(line),
        "state": status_in_words(line).lower(),
    }
    return {name: value for name, value in row.items() if value}


def cells_of(line: Attendance) -> dict[str, str]:
    """What the printed line is made of; of one typed by hand otherwise than what is known, what its own words say."""
    name, function, body = wording.in_sentence(names_of(line)), line.office, body_of(line)
    rest = wording.rest_of(line.printed_line, body, name, function)
    return (
        wording.parts_of(line.printed_line)
        if rest is None
        else {"name": name, "function": function, "body": body, "rest": rest}
    )


def college_of(line: Attendance) -> str:
    seat = line.substitute_for or line.seat
    if seat and seat.college:
        return seat.college.label
    return getattr(line, "college", "") or line.sub_heading

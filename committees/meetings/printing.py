"""From the rows of a meeting to what is printed of it."""

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
    return first + [other.person for other in line.others.all()] if line.pk else first


def typed_names(line: Attendance) -> list[str]:
    return [name.strip() for name in line.names.split(";") if name.strip()]


def names_of(line: Attendance) -> tuple[str, ...]:
    """The persons as printed: those typed, or those known."""
    return tuple(typed_names(line) or [str(person) for person in persons_of(line)])


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


def status_in_words(line: Attendance) -> str:
    """« Présente », « Excusés »: the presence of a line, agreed with whom it names."""
    return wording.agreement(genders_of(line)).of(line.get_status_display().capitalize())


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
        other_side=other_side_of(line),
        proxy_to=holder_name(line.proxy_to) if line.proxy_to else "",
        arrived_at=line.arrived_at,
        left_at=line.left_at,
        missed=tuple(point_label(missed.agenda_item) for missed in line.missed_items.all()),
    )


def other_side_of(line: Attendance) -> str:
    """« Mme Ève Colin, cheffe du bureau »: as typed or, without it, the person chosen; with their office."""
    named = line.other_side or str(line.other_person or "")
    return ", ".join(part for part in (named, line.other_office) if part)


def holder_name(line: Attendance) -> str:
    return line.names or str(line.person or line.printed_line)


def point_label(item) -> str:
    return item.printed_label.rstrip(".)/ ") or f"« {item.title} »"


def refresh_wording(meeting: Meeting) -> None:
    """Write again the lines and headings that follow what is known; those somebody typed stay, as does the order."""
    lines = lines_of(meeting)
    for line in lines:
        if line.line_follows:
            line.printed_line = wording.proposed_line(as_line(line))[:300] or line.printed_line
        if line.heading_follows and line.status == AttendanceStatus.EXPECTED:
            line.group_heading = ""
    for group in by_category(lines):
        genders = [gender for line in group for gender in genders_of(line)]
        heading = wording.proposed_heading(group[0].status, group[0].capacity, genders)
        for line in group:
            line.group_heading = heading
    if lines:
        Attendance.objects.bulk_update(lines, ["printed_line", "group_heading"])


def by_category(lines: list[Attendance]) -> list[list[Attendance]]:
    """The lines recorded whose heading follows, wherever they stand in the list, with those of the same category."""
    groups: dict[tuple[int, int], list[Attendance]] = {}
    for line in lines:
        if line.heading_follows and line.status != AttendanceStatus.EXPECTED:
            groups.setdefault(category(line), []).append(line)
    return list(groups.values())


def printed_groups(lines: list[Attendance]) -> list[dict]:
    """The printed lines under their headings, {heading, lines}: see `groups_of`."""
    return [group | {"lines": [line.printed_line for line in group["lines"]]} for group in groups_of(lines)]


def groups_of(lines: list[Attendance]) -> list[dict]:
    """The lines under their headings, {heading, lines}, each heading once and its lines in the order of the list.

    Headings stand in the order their first lines were typed; those that follow share out their places among
    themselves, who came first, so that recording a presence moves no line and turns no heading upside down. Under a
    heading, lines without a sub-heading come first, then each sub-heading as a group of `depth` 1.
    """
    groups: dict[str, dict[str, list[Attendance]]] = {}
    ranks: dict[str, tuple[int, int]] = {}
    for line in lines:
        groups.setdefault(line.group_heading, {}).setdefault(printed_sub_heading(line), []).append(line)
        if line.heading_follows:
            ranks.setdefault(line.group_heading, category(line))
    following = iter(sorted(ranks, key=ranks.get))
    order = [next(following) if heading in ranks else heading for heading in groups]
    return [group for heading in order for group in under(heading, groups[heading])]


def printed_sub_heading(line: Attendance) -> str:
    """The excused and the absent stand in one list, unless somebody typed their heading."""
    return "" if line.heading_follows and line.status in LATE_STATUSES else line.sub_heading


def under(heading: str, lines: dict[str, list[Attendance]]) -> list[dict]:
    """One heading and its lines by sub-heading; a sub-heading under no heading is itself one."""
    inner = {"depth": 1} if heading else {}
    first = [{"heading": heading, "lines": lines.get("", [])}] if heading or "" in lines else []
    return first + [{"heading": name, "lines": found} | inner for name, found in lines.items() if name]

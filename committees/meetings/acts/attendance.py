"""Who came: proposed from the composition, ticked, corrected line by line."""

from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.organisations.models import Person
from committees.composition.models import Seat
from committees.meetings import quorum
from committees.meetings.acts.parts import GONE, lock_meeting, locked, save_part
from committees.meetings.enums import AttendanceStatus, Capacity, HeadingLevel, Representation
from committees.meetings.models import AgendaItem, Attendance, AttendancePerson, Invitation, Meeting, MissedItem
from committees.meetings.offices import give_last_offices
from committees.meetings.printing import refresh_wording
from committees.meetings.sitting import Sitting, sittings_of
from committees.meetings.standing import answers, rules_of_meeting, seats_of, sitter
from committees.meetings.tying import tied_to

PROXY_REFUSALS = {
    "proxies_off": "Ce comité n'admet pas les pouvoirs (règles du comité).",
    "proxy_without_seat": "Seul qui tient un siège donne pouvoir : dites d'abord lequel.",
    "proxy_of_somebody_present": "Une personne présente ou représentée ne donne pas pouvoir.",
    "proxy_to_somebody_away": "Un pouvoir se donne à quelqu'un qui est présent et tient un siège.",
}


@act("attendance_proposed")
def propose_attendance(*, meeting: Meeting, by) -> Meeting:
    """Add a line per seat held on the day, and per person or body invited beside them, that no line speaks of yet.

    Their presence is still to be recorded.
    """
    require_role(by, RoleKind.REFERENT)
    lines = locked(Attendance, meeting)
    sittings = sittings_of(meeting)
    prefetch_related_objects(lines, "others")
    known = {line.seat_id for line in lines} | {line.substitute_for_id for line in lines}
    known.update(*(seats_of(line, sittings) for line in lines if line.capacity == Capacity.MEMBER))
    added = [proposed(meeting, seat) for seat in sittings if seat.is_filled and seat.seat_id not in known]
    invited = meeting.invitations.filter(seat=None).select_related("person", "organisation")
    added += [invited_line(meeting, one) for one in invited if not any(answers(line, one) for line in lines)]
    give_last_offices(meeting, added)
    for position, line in enumerate(added, start=max((line.position for line in lines), default=0) + 1):
        line.position = position
    Attendance.objects.bulk_create(added)
    refresh_wording(meeting)
    return meeting


def proposed(meeting: Meeting, seat: Sitting) -> Attendance:
    return Attendance(
        meeting=meeting,
        seat_id=seat.seat_id,
        body=seat.wording,
        organisation=seat.organisation,
        person=seat.persons[0] if seat.persons else None,
        status=AttendanceStatus.EXPECTED,
        sub_heading=seat.college,
        heading_follows=True,
        line_follows=True,
        printed_line=seat.wording,
    )


def invited_line(meeting: Meeting, invitation: Invitation) -> Attendance:
    return Attendance(
        meeting=meeting,
        body=invitation.wording,
        organisation=invitation.organisation,
        person=invitation.person,
        capacity=invitation.capacity,
        status=AttendanceStatus.EXPECTED,
        heading_follows=True,
        line_follows=True,
        printed_line=str(invitation),
    )


@act("attendance_ticked")
def record_states(*, meeting: Meeting, states: Mapping[int, str], by) -> Meeting:
    """Write the presence of many lines at once. Raises ValidationError (already_removed)."""
    require_role(by, RoleKind.REFERENT)
    lines = locked(Attendance, meeting)
    if not set(states) <= {line.pk for line in lines}:
        raise ValidationError(GONE, code="already_removed")
    for line in lines:
        line.status = states.get(line.pk, line.status)
    refuse_broken_proxies(meeting, lines)
    Attendance.objects.bulk_update(lines, ["status"])
    refresh_wording(meeting)
    return meeting


@act("attendance_headed")
def head_lines(*, meeting: Meeting, lines: Collection[int], level: str, title: str = "", by) -> Meeting:
    """Give several lines one heading or sub-heading, or the college of the seat of each as sub-heading (HeadingLevel).

    An empty heading follows the presences again; an empty sub-heading is none. Raises ValidationError
    (already_removed).
    """
    require_role(by, RoleKind.REFERENT)
    known = locked(Attendance, meeting)
    if not set(lines) <= {line.pk for line in known}:
        raise ValidationError(GONE, code="already_removed")
    chosen = [line for line in known if line.pk in set(lines)]
    if level == HeadingLevel.COLLEGE:
        head_by_college(chosen)
    for line in chosen:
        if level == HeadingLevel.HEADING:
            line.group_heading, line.heading_follows = title, not title
        elif level == HeadingLevel.SUB_HEADING:
            line.sub_heading = title
    Attendance.objects.bulk_update(chosen, ["group_heading", "heading_follows", "sub_heading"])
    refresh_wording(meeting)
    return meeting


def head_by_college(lines: list[Attendance]) -> None:
    """A line without a seat, or whose seat is of no college, keeps the sub-heading it has."""
    seats = {line.attended_seat_id for line in lines}
    colleges = dict(Seat.objects.filter(pk__in=seats).exclude(college=None).values_list("pk", "college__label"))
    for line in lines:
        line.sub_heading = colleges.get(line.attended_seat_id, line.sub_heading)


def refuse_broken_proxies(meeting: Meeting, lines: list[Attendance]) -> None:
    """Raises ValidationError when a proxy no longer stands: who gave it came, or who holds it did not."""
    by_pk = {line.pk: line for line in lines}
    refuse_proxies(meeting, [(line, by_pk[line.proxy_to_id], 0) for line in lines if line.proxy_to_id])


def refuse_proxies(meeting: Meeting, proxies: Sequence[tuple[Attendance, Attendance, int]]) -> None:
    """Refuse what the rules do not admit, of (who gives, who holds, how many that one holds already)."""
    rules = rules_of_meeting(meeting) if proxies else None
    sittings = sittings_of(meeting) if proxies else []
    prefetch_related_objects([line for pair in proxies for line in pair[:2] if line.pk], "others")
    for giver, holder, held in proxies:
        code = quorum.proxy_refusal(sitter(giver, sittings), sitter(holder, sittings), held, rules)
        if code == "too_many_proxies":
            message = f"{holder} détient déjà {held} pouvoir{'s' * (held > 1)}. Règle du comité : {rules.text}"
            raise ValidationError({"proxy_to": ValidationError(message, code=code)})
        if code:
            message = f"{PROXY_REFUSALS[code]} ({giver})"
            raise ValidationError({"proxy_to": ValidationError(message, code=code)})


@act("attendance_saved")
def save_attendance(
    *,
    attendance: Attendance,
    by,
    others: Sequence[Person] | None = None,
    missed: Sequence[AgendaItem] | None = None,
) -> Attendance:
    """Save a line, the other persons it names and the items they missed.

    Raises ValidationError (already_removed, foreign_line, no_wording, the codes of proxies).
    """
    require_role(by, RoleKind.REFERENT)
    lines = locked(Attendance, attendance.meeting)
    if attendance.pk and attendance.pk not in {line.pk for line in lines}:
        raise ValidationError(GONE, code="already_removed")
    if attendance.pk and others is not None:
        name_others(attendance, others)  # before the proxies are judged: they may hold the seat
    check_line(attendance, lines)
    if attendance.line_follows and not attendance.printed_line:
        attendance.printed_line = "–"
    is_new = attendance.pk is None
    save_part(attendance, by)
    if is_new and others is not None:
        name_others(attendance, others)
    if missed is not None:
        attendance.missed_items.all().delete()
        MissedItem.objects.bulk_create(MissedItem(attendance=attendance, agenda_item=item) for item in missed)
    refresh_wording(attendance.meeting)
    attendance.refresh_from_db(fields=["printed_line", "group_heading"])
    if attendance.line_follows and attendance.printed_line == "–":
        message = "Rien ne permet de composer cette ligne : nommez un organisme, une personne, ou tapez la ligne."
        raise ValidationError({"printed_line": ValidationError(message, code="no_wording")})
    return attendance


def name_others(attendance: Attendance, others: Sequence[Person]) -> None:
    attendance.others.all().delete()
    rest = [person for person in others if person.pk != attendance.person_id]
    AttendancePerson.objects.bulk_create(AttendancePerson(attendance=attendance, person=person) for person in rest)


def check_line(attendance: Attendance, lines: list[Attendance]) -> None:
    by_pk = {line.pk: line for line in lines}
    former = by_pk.get(attendance.pk)
    follows_the_seat = former is not None and attendance.substitute_for_id == former.seat_id
    if attendance.substitute_for_id is None or follows_the_seat:
        attendance.substitute_for_id = attendance.seat_id
    if attendance.representation != Representation.SUBSTITUTE:
        attendance.substitute_for = None
    is_represented = attendance.representation == Representation.REPRESENTED_BY
    if is_represented and attendance.status in (AttendanceStatus.PRESENT, AttendanceStatus.EXPECTED):
        attendance.status = AttendanceStatus.REPRESENTED
    by_pk[attendance.pk] = attendance
    if attendance.proxy_to_id is None:
        givers = [line for line in lines if line.proxy_to_id and line.proxy_to_id == attendance.pk]
        refuse_proxies(attendance.meeting, [(giver, attendance, 0) for giver in givers])
        return
    holder = by_pk.get(attendance.proxy_to_id)
    if holder is None or holder is attendance:
        raise ValidationError(
            {"proxy_to": ValidationError("Choisissez une autre ligne de la liste.", code="foreign_line")}
        )
    held = sum(line.proxy_to_id == holder.pk and line.pk != attendance.pk for line in lines)
    refuse_proxies(attendance.meeting, [(attendance, holder, held)])


@act("attendance_recorded")
def record_attendance(*, meeting: Meeting, lines: list[str], capacity: str = Capacity.MEMBER, by, **common) -> Meeting:
    """Add one line per printed line, with the same heading, status and capacity, tied to the body it names."""
    locked(Attendance, meeting)
    for line, tie in zip(lines, tied_to(meeting, lines, capacity), strict=True):
        save_part(Attendance(meeting=meeting, printed_line=line, capacity=capacity, **tie, **common), by)
    refresh_wording(meeting)
    return meeting


@act("absent_printing_changed")
def print_absent(*, meeting: Meeting, printed: bool, by) -> Meeting:
    """Choose whether the minutes list those who neither came nor excused themselves."""
    require_role(by, RoleKind.REFERENT)
    lock_meeting(meeting)
    meeting.prints_absent = printed
    meeting.save(update_fields=["prints_absent"])
    return meeting

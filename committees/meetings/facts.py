"""What a meeting gives to be printed: plain values, read by its page and by the minutes."""

from django.db.models import QuerySet

from clu_portal.compiled import compiled
from clu_portal.organisations.models import Person
from committees.meetings import wording
from committees.meetings.enums import AttendanceStatus, Gender
from committees.meetings.models import AgendaItem, Attendance, Meeting, Vote
from committees.meetings.printing import GENDERS, genders_of, lines_of, printed_groups
from committees.meetings.quorum import quorum_in_words, vote_in_words
from committees.meetings.sitting import Sitting, sittings_of
from committees.meetings.standing import Standing, absent_seats, standings


@compiled
def agenda_rows(meeting: int) -> QuerySet:
    shown = ("printed_label", "title", "kind", "presenters", "parent", "added_in_session", "moved_in_session")
    return AgendaItem.objects.filter(meeting=meeting).values_list(*shown)


@compiled
def lines_printed(meeting: int) -> QuerySet:
    """The lines that are always printed: neither those not recorded yet, nor the absent."""
    hidden = (AttendanceStatus.EXPECTED, AttendanceStatus.ABSENT)
    return Attendance.objects.filter(meeting=meeting).exclude(status__in=hidden)


def agenda_facts(meeting: Meeting) -> list[dict]:
    """The items in their order, printed label, title and presenters; `depth` is 1 for a sub-item."""
    return [
        {
            "label": label,
            "title": title,
            "depth": int(parent is not None),
            "kind": kind,
            "presenters": presenters,
            "added_in_session": added,
            "moved_in_session": moved,
        }
        for label, title, kind, presenters, parent, added, moved in agenda_rows(meeting.pk)
    ]


def attendance_facts(meeting: Meeting) -> list[dict]:
    """The printed groups {heading, lines}, a sub-heading being one of `depth` 1.

    What is not recorded yet is not printed, nor the absent, those noted so or those computed, unless chosen.
    """
    if meeting.prints_absent:
        lines = [line for line in lines_of(meeting) if line.status != AttendanceStatus.EXPECTED]
        return printed_groups(with_absent(meeting, lines))
    return printed_groups(lines_printed(meeting.pk))


def with_absent(meeting: Meeting, lines: list[Attendance]) -> list[Attendance]:
    """The lines, then the seats nobody said anything of; all the absent under one heading, the one typed if any."""
    noted, seats = [line for line in lines if line.status == AttendanceStatus.ABSENT], absent_of(meeting)
    typed = [line.group_heading for line in noted if not line.heading_follows]
    genders = [gender for line in noted for gender in genders_of(line)] + [gender_of_seat(seat) for seat in seats]
    heading = typed[0] if typed else wording.proposed_heading(AttendanceStatus.ABSENT, "", genders)
    common = {"status": AttendanceStatus.ABSENT, "heading_follows": not typed}
    found = [*lines, *(line_of_absent(seat, common) for seat in seats)]
    for line in found:
        if line.status == AttendanceStatus.ABSENT and (line.heading_follows or line.meeting_id is None):
            line.group_heading = heading
    return found


def line_of_absent(seat: Sitting, common: dict) -> Attendance:
    line = Attendance(printed_line=line_of_seat(seat), body=seat.wording, person=first_of(seat), **common)
    line.college = seat.college
    return line


def first_of(seat: Sitting) -> Person | None:
    return next(iter(seat.persons), None)


def absent_of(meeting: Meeting) -> list[Sitting]:
    """The seats nobody came for and nobody excused."""
    sittings = sittings_of(meeting)
    return absent_seats(list(meeting.attendances.prefetch_related("others")), sittings)


def line_of_seat(seat: Sitting) -> str:
    return " : ".join([seat.wording, *[str(person) for person in seat.persons[:1]]])


def gender_of_seat(seat: Sitting) -> str:
    return GENDERS.get(seat.persons[0].civility, Gender.UNKNOWN) if seat.persons else Gender.UNKNOWN


def rule_facts(meeting: Meeting) -> dict:
    """What the rules of its committees add, nothing when none is on: {"quorum": [...], "votes": [...]}."""
    known = standings(meeting)
    quorums = [quorum_fact(standing) for standing in known if standing.rules.has_quorum]
    votes = [vote_fact(vote) for vote in meeting.votes.select_related("agenda_item")] if known else []
    return {name: facts for name, facts in (("quorum", quorums), ("votes", votes)) if facts}


def quorum_fact(standing: Standing) -> dict:
    return {
        "committee": standing.committee.name,
        "rule": standing.rules.text,
        "sentence": quorum_in_words(standing.quorum, standing.rules),
        "is_met": standing.quorum.is_met,
        "may_decide": standing.quorum.may_decide,
    }


def vote_fact(vote: Vote) -> dict:
    counts = (vote.for_count, vote.against_count, vote.abstention_count)
    return {
        "label": vote.agenda_item.printed_label if vote.agenda_item else "",
        "item": vote.agenda_item.title if vote.agenda_item else "",
        "subject": vote.subject,
        "method": vote.get_method_display(),
        "for": vote.for_count,
        "against": vote.against_count,
        "abstentions": vote.abstention_count,
        "result": vote.result,
        "sentence": vote_in_words(*counts, vote.result, method=vote.method),
    }

"""The office of a person on an attendance list: what was printed the last time they sat in the same seat."""

from django.db.models import F, Q, QuerySet

from committees.meetings.models import Attendance, Meeting


def give_last_offices(meeting: Meeting, lines: list[Attendance]) -> None:
    """Propose for each new line of somebody who sits the office of their last one, typed or not. One query."""
    known = {(person, seat): office for person, seat, office in last_offices(meeting, lines)}
    for line in lines:
        line.office = known.get((line.person_id, line.seat_id), "")


def last_offices(meeting: Meeting, lines: list[Attendance]) -> QuerySet:
    """(person, seat, office) of the latest line of each, at the meetings that came before this one."""
    persons = {line.person_id for line in lines if line.person_id and line.seat_id}
    before = Attendance.objects.filter(person__in=persons, seat__isnull=False, meeting__trashed_at=None)
    before = before.exclude(meeting=meeting)
    if meeting.held_on:
        before = before.filter(Q(meeting__held_on__lte=meeting.held_on) | Q(meeting__held_on=None))
    latest = before.order_by("person", "seat", F("meeting__held_on").desc(nulls_last=True), "-meeting", "-pk")
    return latest.distinct("person", "seat").values_list("person", "seat", "office")

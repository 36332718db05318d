"""A committee of one seat and one meeting, and one of 60 seats and 40 past meetings: the same pages of each."""

from datetime import date, timedelta

from django.urls import reverse

from clu_portal.organisations.models import Organisation, Person
from committees.composition.models import College, Committee, Mandate, Seat
from committees.meetings.enums import AttendanceStatus, MeetingState
from committees.meetings.models import AgendaItem, Attendance, Meeting

SIZES = {"1 siège, 1 réunion": (1, 1), "60 sièges, 40 réunions": (60, 40)}
PAGES = {
    "comité": "committee_detail",
    "composition au": "committee_composition",
    "sièges": "seat_list",
    "réunion": "meeting_detail",
    "présences": "attendance_edit",
    "siègent, invités, venus": "meeting_participants",
    "ordre du jour": "agenda_edit",
    "quorum et votes": "meeting_votes",
}


def addresses(slug: str) -> dict[str, str]:
    """« comité, 60 sièges, 40 réunions » → its address."""
    found = {}
    for size, (seats, meetings) in SIZES.items():
        committee = committee_of(seats)
        latest = held(committee, meetings)
        for page, name in PAGES.items():
            pk = committee.pk if page in ("comité", "composition au", "sièges") else latest.pk
            found[f"{page}, {size}"] = reverse(f"committees:{name}", args=[slug, pk])
    return found


def committee_of(seats: int) -> Committee:
    """Each seat is of an organisation, in one of three colleges, and held by somebody."""
    committee = Committee.objects.create(name=f"Comité de {seats}")
    colleges = [College.objects.create(committee=committee, label=f"Collège {n}", position=n) for n in range(3)]
    names = [f"Organisme {seats}-{n}" for n in range(seats)]
    organisations = Organisation.objects.bulk_create(Organisation(name=name) for name in names)
    persons = Person.objects.bulk_create(Person(surname=name, organisation=organisations[0]) for name in names)
    rows = Seat.objects.bulk_create(
        Seat(committee=committee, college=colleges[n % 3], organisation=one, wording=one.name, position=n)
        for n, one in enumerate(organisations)
    )
    Mandate.objects.bulk_create(
        Mandate(seat=seat, person=person, starts_on=date(2015, 1, 1))
        for seat, person in zip(rows, persons, strict=True)
    )
    return committee


def held(committee: Committee, count: int) -> Meeting:
    """So many meetings held, each with a line for every seat and three items; return the latest."""
    days = [date(2016, 1, 5) + timedelta(days=90 * n) for n in range(count)]
    meetings = Meeting.objects.bulk_create(
        Meeting(committee=committee, held_on=day, state=MeetingState.HELD) for day in days
    )
    seats = list(Seat.objects.filter(committee=committee))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, position=n, status=AttendanceStatus.PRESENT, printed_line=seat.wording)
        for meeting in meetings
        for n, seat in enumerate(seats)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, title=f"Point {n}", position=n) for meeting in meetings for n in range(3)
    )
    return meetings[-1]

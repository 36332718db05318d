"""Two rows of a directory become one: no line of attendance names one person twice, nor prints the name dropped."""

from django.db import models
from django.db.models import Q

from clu_portal.organisations.models import Organisation, Person
from committees.meetings.models import Attendance, AttendancePerson, Meeting
from committees.meetings.printing import refresh_wording
from committees.minutes.enums import MinutesState

# Minutes in which the lines are read by others: they stay as they were read.
GIVEN_TO_READ = [MinutesState.IN_REVIEW, MinutesState.SEALED, MinutesState.REPLACED]


def name_once(kept: models.Model, dropped: models.Model) -> None:
    """Before everything said of a person is said of another: no line counts two where one came."""
    if not isinstance(kept, Person):
        return
    both = [kept, dropped]
    AttendancePerson.objects.filter(person__in=both, attendance__person__in=both).delete()
    lines_of_both = Attendance.objects.filter(others__person=kept).filter(others__person=dropped)
    AttendancePerson.objects.filter(person=dropped, attendance__in=lines_of_both).delete()
    Attendance.objects.filter(person__in=both, other_person__in=both).update(other_person=None)


def write_lines_again(kept: models.Model) -> None:
    """The lines that follow what is known, of the meetings that name the row kept; those somebody typed stay.

    A meeting whose minutes were given to read keeps its lines as they were read.
    """
    if not isinstance(kept, Person | Organisation):
        return
    lines = Attendance.objects.filter(line_follows=True)
    if isinstance(kept, Organisation):
        lines = lines.filter(organisation=kept)
    else:
        named = Q(person=kept) | Q(other_person=kept) | Q(proxy_to__person=kept) | Q(others__person=kept)
        lines = lines.filter(named | Q(proxy_to__others__person=kept))
    meetings = Meeting.objects.filter(pk__in=lines.values("meeting")).exclude(minutes__state__in=GIVEN_TO_READ)
    for meeting in list(meetings.select_for_update(no_key=True, of=["self"]).order_by("pk")):
        refresh_wording(meeting)

"""Two persons of the directory about to be one: a line of attendance that names both names them once."""

from django.db import models

from clu_portal.organisations.models import Person
from committees.meetings.models import Attendance, AttendancePerson


def name_once(kept: models.Model, dropped: models.Model) -> None:
    """Before everything said of a person is said of another: no line counts two where one came."""
    if not isinstance(kept, Person):
        return
    both = [kept, dropped]
    AttendancePerson.objects.filter(person__in=both, attendance__person__in=both).delete()
    lines_of_both = Attendance.objects.filter(others__person=kept).filter(others__person=dropped)
    AttendancePerson.objects.filter(person=dropped, attendance__in=lines_of_both).delete()
    Attendance.objects.filter(person__in=both, other_person__in=both).update(other_person=None)

"""What the editor proposes to insert: standard sentences of the préfecture, who sits in the committee, who came."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from clu_portal.compiled import compiled
from clu_portal.organisations.models import StandardSentence
from committees.meetings.models import Attendance, Meeting
from committees.meetings.sitting import sittings_of
from committees.minutes import permissions


@require_GET
def minutes_suggestions(request, prefecture, pk):
    """Answer with {"sentences": [{"title", "text"}], "names": [{"text", "about"}]}."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    sentences = [{"title": title, "text": text} for title, text in sentence_rows()]
    return JsonResponse({"sentences": sentences, "names": names_of(minutes.meeting)})


@compiled
def sentence_rows() -> QuerySet:
    return StandardSentence.objects.order_by("title").values_list("title", "text")


@compiled
def attendance_rows(meeting: int) -> QuerySet:
    return Attendance.objects.filter(meeting=meeting).order_by("position", "pk").values_list("printed_line")


def names_of(meeting: Meeting) -> list[dict]:
    """Each name once, as it is printed: the seats and who holds them on the day, then the lines of attendance."""
    found: dict[str, str] = {}
    for text, about in _names(meeting):
        for line in filter(None, (line.strip() for line in text.splitlines())):
            found.setdefault(line, about)
    return [{"text": text, "about": about} for text, about in found.items()]


def _names(meeting: Meeting) -> Iterator[tuple[str, str]]:
    for seat in sittings_of(meeting):
        for person in seat.persons:
            yield str(person), seat.wording
        if seat.organisation:
            yield seat.organisation.name, "organisme"
        yield seat.wording, "siège"
    for (line,) in attendance_rows(meeting.pk):
        yield line, "liste de présence"

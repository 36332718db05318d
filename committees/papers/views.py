"""The papers of a meeting: each with one line about it, asked for, waited for, taken."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.audit.acts import reference
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import request_rendering
from clu_portal.files.storage import file_response
from clu_portal.lib.odt import odt_of_html
from committees.meetings.models import Meeting
from committees.meetings.permissions import get_meeting
from committees.minutes.permissions import may_approve, may_write
from committees.minutes.views.odt import mark_of, odt_response
from committees.papers.renderers import PAPERS, Paper, minutes_of

NO_MINUTES = "Ce document se tire du compte-rendu, qui n'est pas commencé."
UNKNOWN_CHOICE = "Choisissez dans la liste : ce choix n'y est pas, ou n'y est plus."


@require_http_methods(["GET", "POST"])
def meeting_papers(request, prefecture, pk):
    """Each paper, with its PDF last asked for; posting the name of one asks for its PDF, or gives it as .odt."""
    meeting = get_meeting_to_prepare(request.user, pk)
    paper = PAPERS.get(request.POST.get("document", ""))
    error = ""
    if request.method == "POST" and paper:
        choice = request.POST.get("choix", "")
        error = refusal(paper, meeting, choice)
        if not error and request.POST.get("forme") == "odt":
            return as_odt(paper, meeting, choice)
        if not error:
            input_hash = paper.input_hash(meeting, choice)
            request_rendering(kind=paper.kind, subject=meeting, input_hash=input_hash, by=request.user)
            return redirect(f"{request.path}#{paper.name}")
    minutes = minutes_of(meeting)
    made = last_asked(meeting)
    papers = [
        (each, made.get(each.kind), each.choices(meeting, minutes) if minutes and each.of_minutes else [])
        for each in PAPERS.values()
        if minutes or not each.of_minutes
    ]
    context = {"meeting": meeting, "minutes": minutes, "papers": papers, "error": error, "asked": paper}
    return render(request, "committees/meeting_papers.html", context, status=400 if error else 200)


def get_meeting_to_prepare(user, pk: int) -> Meeting:
    """Return a meeting whose papers this person prepares: who writes its minutes, or approves them."""
    meeting = get_meeting(user, pk)
    if not (may_write(user) or may_approve(user)):
        raise PermissionDenied
    return meeting


def refusal(paper: Paper, meeting: Meeting, choice: str) -> str:
    """Why the paper cannot be made; nothing when it can."""
    if paper.of_minutes and minutes_of(meeting) is None:
        return NO_MINUTES
    return "" if choice in dict(paper.choices_of(meeting)) else UNKNOWN_CHOICE


def as_odt(paper: Paper, meeting: Meeting, choice: str) -> HttpResponse:
    """The same paper as a text document, to be completed."""
    minutes = minutes_of(meeting) if paper.of_minutes else None
    content = odt_of_html(paper.html(meeting, choice), title=paper.label, mark=mark_of(minutes))
    return odt_response(content, paper.file_name(meeting, "odt"))


def last_asked(meeting: Meeting) -> dict[str, Rendering]:
    """The PDF of each paper that was asked for last."""
    kinds = [paper.kind for paper in PAPERS.values()]
    asked = Rendering.objects.filter(subject=reference(meeting), kind__in=kinds)
    return {rendering.kind: rendering for rendering in asked.select_related("ticket", "file").order_by("pk")}


@require_GET
def meeting_paper_pdf(request, prefecture, pk, uuid):
    """A PDF as it was made."""
    meeting = get_meeting_to_prepare(request.user, pk)
    kinds = [paper.kind for paper in PAPERS.values()]
    rendering = get_object_or_404(Rendering, uuid=uuid, subject=reference(meeting), kind__in=kinds, file__isnull=False)
    return file_response(rendering.file)

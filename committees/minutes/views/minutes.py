import json

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal.accounts.freshness import fresh_verification_required
from clu_portal.action_plan.permissions import origin_for
from clu_portal.audit.acts import reference
from clu_portal.compiled import compiled
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import known_rendering, latest_rendering, request_rendering
from clu_portal.files.storage import file_response
from clu_portal.lib.forms import attempt, attempt_button
from clu_portal.lib.paging import number_in, page_of
from clu_portal.links.neighbours import links_of
from clu_portal.organisations.models import PrefectureSettings
from committees.distribution.readings import record_reading, sees_readings
from committees.meetings.permissions import get_meeting_to_manage
from committees.minutes import acts, permissions
from committees.minutes.documents import mentions
from committees.minutes.enums import MinutesState
from committees.minutes.following import minutes_standing, rendering_under_way
from committees.minutes.forms import ApprovalForm, MinutesForm, ReturnForm
from committees.minutes.layout import proposed_signature
from committees.minutes.models import Minutes
from committees.minutes.review import listed_points
from committees.minutes.screen import on_screen
from committees.minutes.views.text import text_state, with_sections

PAGE_SIZE = 25


@require_GET
def minutes_list(request, prefecture):
    minutes = Minutes.objects.visible_to(request.user).select_related("meeting__committee")
    before = number_in(request.GET.get("avant"))
    if before is not None:
        minutes = minutes.filter(pk__lt=before)
    page, last = page_of(minutes.order_by("-pk"), PAGE_SIZE)
    context = {"minutes_list": page, "last": last}
    return render(request, "committees/minutes_list.html", context)


@require_GET
def minutes_detail(request, prefecture, pk):
    minutes = permissions.get_minutes(request.user, pk)
    body, lines, points = on_screen(minutes)
    if minutes.is_sealed:
        record_reading(minutes, request.user, "page")
    rendering = rendering_under_way(minutes)
    context = {
        "minutes": minutes,
        "body": body,
        "outline": lines,
        "points": listed_points(minutes, points, request.user),
        "mentions": mentions(minutes),
        "approval": minutes.current_approval(),
        **versions_around(request.user, minutes),
        "rendering": rendering,
        "standing": minutes_standing(minutes, rendering),
        "may_write": permissions.may_write(request.user),
        "may_freeze": permissions.may_freeze(request.user),
        "may_approve": permissions.may_approve(request.user),
        "neighbours": links_of(reference(minutes), request.user),
        "origin": origin_for(request.user, minutes),
        "sees_readings": sees_readings(request.user),
    }
    return render(request, "committees/minutes_detail.html", context)


def versions_around(user, minutes: Minutes) -> dict:
    """The other versions this page leads to, among those this person may read."""
    if minutes.state == MinutesState.SEALED and permissions.may_write(user):
        return {"under_way": versions_beside(minutes).open().first()}
    if minutes.state == MinutesState.REPLACED:
        later = versions_beside(minutes).visible_to(user).sealed().filter(version_number__gt=minutes.version_number)
        return {"replaced_by": later.order_by("version_number").first()}
    if minutes.state == MinutesState.ABANDONED:
        return {"in_force": versions_beside(minutes).visible_to(user).filter(state=MinutesState.SEALED).first()}
    return {}


def versions_beside(minutes: Minutes) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting=minutes.meeting_id).exclude(pk=minutes.pk)


@require_GET
def minutes_state(request, prefecture, pk):
    """Say where minutes in review stand, for the pages open on them."""
    minutes = permissions.get_minutes(request.user, pk)
    return JsonResponse(minutes_standing(minutes, rendering_under_way(minutes)))


@require_POST
def minutes_begin(request, prefecture, pk):
    meeting = get_meeting_to_manage(request.user, pk)
    minutes = attempt_button(request, acts.begin_minutes, meeting=meeting)
    return redirect("committees:minutes_edit", prefecture, minutes.pk) if minutes else redirect(meeting)


@require_GET
def minutes_edit(request, prefecture, pk):
    minutes = permissions.get_minutes_to_write(request.user, pk)
    if not minutes.is_drafting:
        messages.info(request, "Ce compte-rendu n'est plus en rédaction : son texte ne se modifie plus.")
        return redirect(minutes)
    keeps_drafts = all(keeps for (keeps,) in local_drafts())  # one row, or none yet
    context = {
        "minutes": minutes,
        "initial": with_sections(text_state(request, minutes), minutes),  # the editor asks what changed of the facts
        "local_drafts": "on" if keeps_drafts else "off",
        "signature": json.dumps(proposed_signature()),
    }
    return render(request, "committees/minutes_edit.html", context)


@compiled
def local_drafts() -> QuerySet:
    return PrefectureSettings.objects.values_list("local_drafts")


@require_http_methods(["GET", "POST"])
def minutes_update(request, prefecture, pk):
    minutes = permissions.get_minutes_to_write(request.user, pk)
    address = minutes.get_absolute_url()
    form = MinutesForm(request.POST or None, instance=minutes, submit_label="Enregistrer", cancel_address=address)
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.update_minutes, minutes=minutes, by=request.user, **form.cleaned_data):
            messages.success(request, "Le titre, la date et les mentions du compte-rendu sont enregistrés.")
            return redirect(minutes)
    return render(request, "committees/minutes_form.html", {"form": form, "minutes": minutes})


@require_POST
def minutes_submit(request, prefecture, pk):
    minutes = permissions.get_minutes_to_write(request.user, pk)
    message = "Le texte est soumis. Les pages à approuver se préparent."
    return redirect(attempt_button(request, acts.submit_minutes, message, minutes=minutes) or minutes)


@require_http_methods(["GET", "POST"])
def minutes_return(request, prefecture, pk):
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    form = ReturnForm(request.POST or None, submit_label="Renvoyer en rédaction")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.return_minutes, minutes=minutes, by=request.user, **form.cleaned_data):
            messages.success(request, "Le compte-rendu est renvoyé en rédaction, avec votre mot.")
            return redirect(minutes)
    return render(request, "committees/minutes_return.html", {"form": form, "minutes": minutes})


@require_http_methods(["GET", "POST"])
@fresh_verification_required
def minutes_approve(request, prefecture, pk):
    """Show the pages, the file and its SHA-256, and approve them. Asks to sign in again first (A03, A11)."""
    minutes = permissions.get_minutes_to_approve(request.user, pk)
    rendering = rendering_to_approve(minutes)
    form = ApprovalForm(request.POST or None, submit_label="Approuver et sceller")
    if request.method == "POST" and rendering.is_done and form.is_valid():
        shown = {"file": rendering.file, "shown_sha256": form.cleaned_data["shown_sha256"]}
        if attempt(form, acts.approve_minutes, minutes=minutes, by=request.user, **shown):
            messages.success(request, "Le compte-rendu est approuvé. Le sceau se pose.")
            return redirect(minutes)
    if rendering.is_done:
        form.initial["shown_sha256"] = rendering.file.sha256
    context = {"form": form, "minutes": minutes, "rendering": rendering, "pages": rendering.pages.all()}
    return render(request, "committees/minutes_approve.html", context)


def rendering_to_approve(minutes: Minutes) -> Rendering:
    """The pages of the text now submitted, or 404: nothing else can be approved."""
    rendering = latest_rendering(acts.APPROVAL_PDF, minutes)
    if rendering is None or minutes.submitted_at is None or rendering.input_hash != acts.approval_hash(minutes):
        raise Http404
    return rendering


@require_GET
def minutes_page(request, prefecture, pk, number):
    """One page to be approved, as an image."""
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    pages = rendering_to_approve(minutes).pages.select_related("file__stored_content")
    return file_response(get_object_or_404(pages, number=number).file, inline=True)


@require_GET
def minutes_approval_pdf(request, prefecture, pk):
    """The very file that is to be approved."""
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    rendering = rendering_to_approve(minutes)
    if not rendering.is_done:
        raise Http404
    return file_response(rendering.file)


@require_GET
def minutes_pdf(request, prefecture, pk):
    """The sealed file, as stored; who takes it and when is recorded."""
    minutes = permissions.get_minutes(request.user, pk)
    if not minutes.is_sealed:
        raise Http404
    record_reading(minutes, request.user, "pdf")
    return file_response(minutes.sealed_file)


@require_http_methods(["GET", "POST"])
def minutes_draft_pdf(request, prefecture, pk):
    """Ask for the text of the moment as a PDF marked as a draft, wait for it, take it."""
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    draft_hash = acts.draft_hash(minutes)
    if request.method == "POST":
        request_rendering(kind=acts.DRAFT_PDF, subject=minutes, input_hash=draft_hash, by=request.user)
        return redirect(request.path)
    rendering = known_rendering(acts.DRAFT_PDF, minutes, draft_hash) or latest_rendering(acts.DRAFT_PDF, minutes)
    if rendering and rendering.is_done and "telecharger" in request.GET:
        return file_response(rendering.file)
    is_current = rendering is not None and rendering.input_hash == draft_hash
    context = {"minutes": minutes, "rendering": rendering, "is_current": is_current}
    return render(request, "committees/minutes_draft_pdf.html", context)

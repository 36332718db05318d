"""The drafts of an arrêté and of its letters: as PDF, made in the background, and as a text document to work on."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.files.rendering import known_rendering, request_rendering
from clu_portal.files.storage import file_response
from clu_portal.lib.odt import MIME_TYPE, render_odt
from clu_portal.lib.text import content_disposition
from committees.composition import permissions
from committees.composition.models import CompositionAct
from committees.composition.renderers import DRAFTS, Draft, hash_of


@require_http_methods(["GET", "POST"])
def composition_drafts(request, prefecture, pk):
    """Each draft with where its PDF stands; posting the name of one asks for its PDF."""
    act = permissions.get_composition_act_to_manage(request.user, pk)
    draft = DRAFTS.get(request.POST.get("document", ""))
    if request.method == "POST" and draft:
        request_rendering(kind=draft.kind, subject=act, input_hash=hash_of(draft.html(act)), by=request.user)
        return redirect(request.path)
    drafts = [(draft, current_rendering(draft, act)) for draft in DRAFTS.values()]
    context = {"act": act, "committee": act.committee, "drafts": drafts}
    return render(request, "committees/composition/drafts.html", context)


def current_rendering(draft: Draft, act: CompositionAct):
    """The PDF of the composition of the moment, if it was asked for."""
    return known_rendering(draft.kind, act, hash_of(draft.html(act)))


@require_GET
def composition_draft(request, prefecture, pk, name, extension):
    act = permissions.get_composition_act_to_manage(request.user, pk)
    draft = DRAFTS.get(name)
    if draft is None or extension not in ("pdf", "odt"):
        raise Http404
    return draft_odt(draft, act) if extension == "odt" else draft_pdf(draft, act)


def draft_pdf(draft: Draft, act: CompositionAct) -> HttpResponse:
    rendering = current_rendering(draft, act)
    if rendering is None or not rendering.is_done:
        raise Http404
    return file_response(rendering.file)


def draft_odt(draft: Draft, act: CompositionAct) -> HttpResponse:
    response = HttpResponse(render_odt(draft.document(act)), content_type=MIME_TYPE)
    response["Content-Disposition"] = content_disposition(draft.file_name(act, "odt"))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

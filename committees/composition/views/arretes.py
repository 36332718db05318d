"""The arrêtés of composition: entered, changed, read with what they change, their file."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.files.storage import file_response
from committees.composition import acts, permissions
from committees.composition.changes import differences
from committees.composition.composition import by_college, composition_on
from committees.composition.forms import CompositionActForm
from committees.composition.models import Committee, CompositionAct
from committees.composition.views.common import form_page, run_form


@require_http_methods(["GET", "POST"])
@done_once
def composition_act_create(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    latest = committee.acts.first()
    initial = {"amends": latest, "title": default_title(committee, latest)}
    return act_form(request, CompositionAct(committee=committee), "Ajouter un arrêté", initial=initial)


def default_title(committee: Committee, latest: CompositionAct | None) -> str:
    kind = "modifiant la composition" if latest else "portant composition"
    return f"Arrêté {kind} : {committee.name}"


@require_http_methods(["GET", "POST"])
def composition_act_update(request, prefecture, pk):
    composition_act = permissions.get_composition_act_to_manage(request.user, pk)
    return act_form(request, composition_act, "Modifier l'arrêté")


def act_form(request, composition_act: CompositionAct, title: str, initial: dict | None = None):
    form = CompositionActForm(
        request.POST or None,
        request.FILES or None,
        instance=composition_act,
        initial=initial,
        submit_label="Enregistrer l'arrêté",
    )
    if request.method == "POST" and form.is_valid():
        if saved := save_act(request, form):
            return redirect(saved)
    return form_page(request, form, title=title, committee=composition_act.committee)


def save_act(request, form) -> CompositionAct | None:
    """A file refused is said beside the file."""
    upload = form.cleaned_data["upload"]
    row = form.save(commit=False)
    return run_form(
        request, form, acts.save_composition_act, "L'arrêté est enregistré.", composition_act=row, upload=upload
    )


@require_GET
def composition_act_detail(request, prefecture, pk):
    """The arrêté, what it changes from one day to the next, and the composition it leads to."""
    composition_act = permissions.get_composition_act(request.user, pk)
    permissions.without_drafts(request.user, composition_act, "amends")
    committee, day = composition_act.committee, composition_act.effective_on
    after = composition_on(committee, day)
    context = {
        "act": composition_act,
        "committee": committee,
        "eve": day - timedelta(days=1),
        "changes": differences(composition_on(committee, day - timedelta(days=1)), after),
        "colleges": by_college(after),
        "amended_by": permissions.open_to(request.user, composition_act.amended_by.all()),
        "may_manage": permissions.may_manage(request.user),
        "may_change": permissions.may_change(request.user, committee),
    }
    return render(request, "committees/composition/act_detail.html", context)


@require_GET
def composition_act_file(request, prefecture, pk):
    composition_act = permissions.get_composition_act(request.user, pk)
    if composition_act.file is None:
        raise Http404
    return file_response(composition_act.file)

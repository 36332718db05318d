from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal import offers
from clu_portal.action_plan import acts, permissions
from clu_portal.action_plan.enums import ActionState
from clu_portal.action_plan.forms import ActionForm, ReportForm
from clu_portal.action_plan.models import EVERY_STATE, Action
from clu_portal.audit.acts import reference
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt
from clu_portal.lib.paging import number_in, page_of
from clu_portal.links.neighbours import links_of

FILTERS = [("", "ouvertes"), *ActionState.choices, (EVERY_STATE, "toutes")]


@require_GET
def action_list(request, prefecture):
    """The plan, the latest first: « ?etat= » a state, « ?avant= » the last action of the page before."""
    permissions.require_reader(request.user)
    state = request.GET.get("etat", "")
    if state not in dict(FILTERS):
        raise Http404
    actions = Action.objects.visible_to(request.user).in_state(state).before(number_in(request.GET.get("avant")))
    page, last = page_of(actions.select_related("owner", "owner_service", "prefecture"))
    today = timezone.localdate()
    context = {
        "lines": [(action, action.is_overdue(today)) for action in page],
        "last": last,
        "state": state,
        "filters": FILTERS,
        "may_manage": permissions.may_manage(request.user),
    }
    return render(request, "action_plan/action_list.html", context)


@require_GET
def action_detail(request, prefecture, pk):
    action = permissions.get_action(request.user, pk)
    context = {
        "action": action,
        "is_overdue": action.is_overdue(timezone.localdate()),
        "facts": [("Responsable", action.owner_text or "à désigner"), ("Échéance", action.due or "à fixer")],
        "neighbours": links_of(reference(action), request.user),
        "may_report": permissions.may_report(request.user, action),
    }
    return render(request, "action_plan/action_detail.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def action_create(request, prefecture):
    """A new action, « ?origine=meeting:12 » when it comes from something this person may see."""
    permissions.require_manager(request.user)
    name = request.GET.get("origine", "")
    origin = offers.find_references(request.user, [name]).get(name)
    if name and origin is None:
        raise Http404
    return edit_action(request, Action(origin=name), {"title": "Nouvelle action", "origin": origin})


@require_http_methods(["GET", "POST"])
def action_update(request, prefecture, pk):
    action = permissions.get_action_to_report(request.user, pk)
    return edit_action(request, action, {"title": "Modifier l'action", "action": action})


def edit_action(request, action: Action, context: dict):
    """The whole action for whoever manages the plan; its state and due date for whoever holds it."""
    manages = permissions.may_manage(request.user)
    form = (ActionForm if manages else ReportForm)(request.POST or None, instance=action)
    if request.method == "POST" and form.is_valid():
        if manages:
            saved = attempt(form, acts.save_action, action=form.save(commit=False), by=request.user)
        else:
            saved = attempt(form, acts.report_action, action=action, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, "L'action est enregistrée.")
            return redirect(saved)
    return render(request, "action_plan/action_form.html", {"form": form, **context})

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt
from committees.meetings import acts, permissions
from committees.meetings.forms import AgendaItemForm
from committees.meetings.markers import next_label
from committees.meetings.models import AgendaItem


@require_http_methods(["GET", "POST"])
@done_once
def agenda_edit(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    items = list(meeting.agenda_items.all())
    initial = {"printed_label": next_label([item.printed_label for item in items if item.parent_id is None])}
    form = AgendaItemForm(
        request.POST or None, instance=AgendaItem(meeting=meeting), initial=initial, submit_label="Ajouter le point"
    )
    if item := save_item(request, form):
        messages.success(request, f"« {item} » est ajouté à l'ordre du jour.")
        return redirect("committees:agenda_edit", prefecture, pk)
    return render(request, "committees/agenda_edit.html", {"form": form, "meeting": meeting, "items": items})


@require_http_methods(["GET", "POST"])
def agenda_item_update(request, prefecture, pk):
    item = permissions.get_part_to_manage(request.user, "agenda_item", pk)
    form = AgendaItemForm(request.POST or None, instance=item, submit_label="Enregistrer")
    if saved := save_item(request, form):
        messages.success(request, f"Le point « {saved} » est enregistré.")
        return redirect("committees:agenda_edit", prefecture, item.meeting_id)
    return render(request, "committees/agenda_item_update.html", {"form": form, "meeting": item.meeting})


def save_item(request, form: AgendaItemForm) -> AgendaItem | None:
    """Save what was posted; None when nothing was, or when it is refused on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    under = form.cleaned_data["under"]
    return attempt(form, acts.save_agenda_item, item=form.save(commit=False), under=under, by=request.user)

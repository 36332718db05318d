"""The pages on which a draft is frozen for a while, and opened again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clu_portal.lib.forms import attempt, attempt_button
from committees.minutes import freezing, permissions
from committees.minutes.forms import FreezeForm


@require_http_methods(["GET", "POST"])
def minutes_freeze(request, prefecture, pk):
    """Ask why, then freeze the draft."""
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    form = FreezeForm(request.POST or None, submit_label="Figer le texte", cancel_address=minutes.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        if attempt(form, freezing.freeze_minutes, minutes=minutes, by=request.user, **form.cleaned_data):
            messages.success(request, "Le texte est figé. Les personnes qui l'ont ouvert le voient aussitôt.")
            return redirect(minutes)
    return render(request, "committees/minutes_freeze.html", {"form": form, "minutes": minutes})


@require_POST
def minutes_unfreeze(request, prefecture, pk):
    minutes = permissions.get_minutes_to_prepare(request.user, pk)
    attempt_button(request, freezing.unfreeze_minutes, "Le texte est rouvert.", minutes=minutes)
    return redirect(minutes)

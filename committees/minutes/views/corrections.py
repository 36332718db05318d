"""The pages on which a new version of sealed minutes is begun, or given up."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button
from committees.minutes import corrections, permissions
from committees.minutes.forms import CorrectionForm
from committees.minutes.models import next_version_number


@require_http_methods(["GET", "POST"])
@done_once
def minutes_correct(request, prefecture, pk):
    """Say what a new version is, ask what it corrects, begin it."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    next_number = next_version_number(minutes.meeting)
    form = CorrectionForm(
        request.POST or None,
        submit_label=f"Commencer la version {next_number}",
        cancel_address=minutes.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        correction = attempt(form, corrections.correct_minutes, minutes=minutes, by=request.user, **form.cleaned_data)
        if correction:
            messages.success(
                request, f"La version {correction.version_number} est ouverte. L'ancienne reste en vigueur."
            )
            return redirect(correction)
    context = {"form": form, "minutes": minutes, "next_number": next_number}
    return render(request, "committees/minutes_correct.html", context)


@require_http_methods(["GET", "POST"])
def minutes_abandon(request, prefecture, pk):
    """Say what stays, then give the version up."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    former = minutes.replaced_version()
    if request.method == "POST":
        message = f"La version {minutes.version_number} est abandonnée."
        abandoned = attempt_button(request, corrections.abandon_minutes, message, minutes=minutes)
        return redirect((abandoned and former) or minutes)
    return render(request, "committees/minutes_abandon.html", {"minutes": minutes, "former": former})

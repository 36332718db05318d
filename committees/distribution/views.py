from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.accounts import limits
from clu_portal.lib.forms import attempt_button
from clu_portal.lib.paging import number_in
from committees.distribution import acts
from committees.distribution.forms import VerificationForm
from committees.distribution.readings import sees_readings
from committees.distribution.verification import verify_minutes
from committees.minutes import permissions

PAGE_SIZE = 100
MAX_READ = 20 * 1024 * 1024 + 1


@login_not_required
@require_http_methods(["GET", "POST"])
def minutes_verify(request):
    """Say of a PDF who approved and sealed it, when, and whether a byte changed. Open to everybody."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VerificationForm(*posted, submit_label="Vérifier")
    verdict = None
    if form.is_valid():
        if not limits.allows("verify", limits.FILES_PER_NETWORK, limits.network(request)):
            return limits.too_many(request)
        verdict = verify_minutes(form.cleaned_data["pdf"].read(MAX_READ))
    return render(request, "committees/minutes_verify.html", {"form": form, "verdict": verdict})


@require_http_methods(["GET", "POST"])
def minutes_distribute(request, prefecture, pk):
    """Show whom the sealed minutes go to, then send."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    if request.method == "POST":
        seen = number_in(request.POST.get("former_count")) or 0
        distribution = attempt_button(request, acts.distribute_minutes, minutes=minutes, former_count=seen)
        if distribution is None:
            return redirect(request.path)
        count = distribution.recipients.count()
        messages.success(request, f"Le compte-rendu part à {count} membre{'s' if count > 1 else ''}.")
        return redirect("committees:minutes_readings", prefecture, pk)
    context = {
        "minutes": minutes,
        "recipients": acts.recipients(minutes),
        "former": minutes.distributions.select_related("by"),
    }
    return render(request, "committees/minutes_distribute.html", context)


@require_GET
def minutes_readings(request, prefecture, pk):
    """To whom the minutes were sent, and who opened or took them."""
    minutes = permissions.get_minutes(request.user, pk)
    if not sees_readings(request.user):
        raise PermissionDenied
    context = {
        "minutes": minutes,
        "recipients": acts.sent_to(minutes),
        "readings": minutes.readings.select_related("user")[:PAGE_SIZE],
    }
    return render(request, "committees/minutes_readings.html", context)

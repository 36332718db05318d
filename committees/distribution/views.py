from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.accounts import limits
from clu_portal.lib.forms import attempt_button
from clu_portal.lib.paging import number_in
from committees.distribution import acts
from committees.distribution.forms import RecipientsForm, VerificationForm
from committees.distribution.readings import sees_readings
from committees.distribution.recipients import candidates
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


SENT_MEANWHILE = "Ce compte-rendu vient d'être diffusé par ailleurs : voyez à qui, puis choisissez de nouveau."


@require_http_methods(["GET", "POST"])
def minutes_distribute(request, prefecture, pk):
    """Choose among the persons proposed, see the exact list, then send."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    if "shown" in request.POST:
        return send(request, minutes)
    posted = request.POST if request.method == "POST" else None
    form = RecipientsForm(posted, candidates=candidates(minutes))
    former = list(minutes.distributions.select_related("by"))
    seen = number_in(request.POST.get("former_count"))
    if seen is not None and seen != len(former):
        messages.error(request, SENT_MEANWHILE)
        return redirect(request.path)
    context = {"minutes": minutes, "form": form, "former": former}
    if form.is_valid():
        chosen = form.chosen_candidates()
        context["by_mail"] = [one for one in chosen if not one.by_post]
        context["by_post"] = [one for one in chosen if one.by_post]
        return render(request, "committees/minutes_distribute_confirm.html", context)
    return render(request, "committees/minutes_distribute.html", context)


def send(request, minutes):
    """Send to the very list that was shown, one « person:address » a line of it."""
    pairs = [value.partition(":") for value in request.POST.getlist("shown")]
    chosen = {pk: email for number, _, email in pairs if (pk := number_in(number))}
    seen = number_in(request.POST.get("former_count")) or 0
    distribution = attempt_button(request, acts.distribute_minutes, minutes=minutes, chosen=chosen, former_count=seen)
    if distribution is None:
        return redirect(request.path)
    messages.success(request, sent_in_words(distribution))
    return redirect("committees:minutes_readings", minutes.prefecture.slug, minutes.pk)


def sent_in_words(distribution) -> str:
    mailed = distribution.recipients.exclude(email="").count()
    posted = distribution.recipients.filter(email="").count()
    said = f"Le compte-rendu part à {mailed} personne{'s' if mailed > 1 else ''} par courriel."
    return f"{said} À envoyer par courrier : {posted}." if posted else said


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

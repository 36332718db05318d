"""The address where the editor says which changes of the facts are taken, and which are kept as they were."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from clu_portal.errors import log_refusal
from committees.minutes import permissions
from committees.minutes.fact_changes import changes_shown, keep_facts, take_facts
from committees.minutes.models import Minutes
from committees.minutes.views.text import facts_shown

CHOICES = {"prendre": take_facts, "garder": keep_facts}


@login_not_required
@require_http_methods(["GET", "POST"])
def minutes_facts(request, prefecture, pk):
    """Take or keep the changes named, if any; answer with the facts and the changes that remain, refused or not."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "session"}, status=401)
    try:
        minutes = permissions.get_minutes_to_write(request.user, pk)
    except PermissionDenied:
        log_refusal(request, 403)
        return JsonResponse({"error": "forbidden"}, status=403)
    if request.method == "GET":
        return JsonResponse(facts_answer(minutes))
    choose = CHOICES.get(request.POST.get("choix"))
    if choose is None:
        return JsonResponse({"error": "contract", "message": "Dites s'il faut prendre ou garder."}, status=400)
    try:
        minutes = choose(minutes=minutes, keys=request.POST.getlist("cle"), by=request.user)
    except ValidationError as error:
        refusal = {"error": "refused", "message": " ".join(error.messages)}
        return JsonResponse(refusal | facts_answer(minutes), status=409)
    return JsonResponse(facts_answer(minutes))


def facts_answer(minutes: Minutes) -> dict:
    return {"facts": facts_shown(minutes), "changes": changes_shown(minutes)}

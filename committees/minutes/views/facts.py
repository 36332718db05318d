"""The address where the editor says which changes of the facts are taken, and which are kept as they were."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from committees.minutes.fact_changes import changes_shown, keep_facts, take_facts
from committees.minutes.models import Minutes
from committees.minutes.views.text import facts_shown, for_the_editor

CHOICES = {"prendre": take_facts, "garder": keep_facts}


@require_http_methods(["GET", "POST"])
@for_the_editor
def minutes_facts(request, minutes: Minutes):
    """Take or keep the changes named, if any; answer with the facts and the changes that remain, refused or not."""
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

"""What the editor asks to show the pages beside the text (frontend/src/preview.js)."""

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.lib.pdf import RenderingError, page_image
from committees.minutes import permissions
from committees.minutes.preview import ask_preview
from committees.minutes.previewed import Preview

DPI = 88
NAME_LENGTH = 16  # of the hash that names a drawing in an address
NOT_DRAFTING = "Ce texte n'est plus en rédaction : ses pages sont sur la page du compte-rendu."
STEPS = {
    "none": "non demandé",
    "waiting": "en attente",
    "drawing": "mise en pages",
    "done": "à jour",
    "failed": "échec",
}


@require_http_methods(["GET", "POST"])
def minutes_preview(request, prefecture, pk):
    """Say where the pages stand; posting asks for those of the text of the moment."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    if not minutes.is_drafting:
        return JsonResponse({"error": "frozen", "message": NOT_DRAFTING}, status=409)
    if request.method == "POST":
        preview = ask_preview(minutes)
    else:
        preview = Preview.objects.defer("content").filter(minutes=minutes).first() or Preview(minutes=minutes)
    return JsonResponse(standing(preview, prefecture))


def standing(preview: Preview, prefecture: str) -> dict:
    """The stage, and the pages that can be looked at meanwhile."""
    stage, drawn = preview.stage(timezone.now()), preview.content_hash[:NAME_LENGTH]
    pages = [
        reverse("committees:minutes_preview_page", args=(prefecture, preview.minutes_id, drawn, number))
        for number in range(1, preview.page_count + 1)
    ]
    return {
        "stage": stage,
        "step": STEPS[stage],
        "message": preview.error,
        "drawn": drawn,
        "pages": pages,
        "sections": [{"id": section, "page": page} for section, page in preview.section_pages.items()],
    }


@require_GET
def minutes_preview_page(request, prefecture, pk, drawn, number):
    """One page as an image, drawn when it is looked at; 404 once another text was drawn."""
    minutes = permissions.get_minutes_to_write(request.user, pk)
    preview = Preview.objects.filter(minutes=minutes, content_hash__startswith=drawn, page_count__gte=number).first()
    if preview is None or len(drawn) != NAME_LENGTH or number < 1:
        raise Http404
    try:
        image = page_image(bytes(preview.content), number, dpi=DPI)
    except RenderingError as error:
        raise Http404 from error
    return HttpResponse(image, content_type="image/png")

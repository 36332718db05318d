from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from clu_portal import offers
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import retry_rendering, standing
from clu_portal.lib.forms import attempt_button


def get_rendering(user, uuid) -> Rendering:
    """Return a rendering whose subject this person may see, or 404."""
    rendering = Rendering.objects.select_related("ticket").filter(uuid=uuid).first()
    if rendering is None or subject_reference(user, rendering) is None:
        raise Http404
    return rendering


def subject_reference(user, rendering: Rendering) -> offers.Reference | None:
    return offers.find_references(user, [rendering.subject]).get(rendering.subject)


@require_GET
def rendering_state(request, prefecture, uuid):
    """Say where a rendering stands, for the page that waits for it."""
    return JsonResponse(standing(get_rendering(request.user, uuid)))


@require_POST
def rendering_retry(request, prefecture, uuid):
    rendering = get_rendering(request.user, uuid)
    attempt_button(request, retry_rendering, rendering=rendering)
    return redirect(subject_reference(request.user, rendering).address)

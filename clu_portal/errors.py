"""Pages for what goes wrong (L02): a plain sentence and a reference, never a detail. They ask the database nothing."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from clu_portal.accounts.logs import log_event
from clu_portal.files.uploads import UploadTooLarge

UNAVAILABLE = (OperationalError, InterfaceError, ConnectionError)
RETRY_AFTER_SECONDS = "30"


def bad_request(request, exception=None):
    if isinstance(exception, UploadTooLarge):
        return answer(request, "too_large", 413, limit=exception.limit // (1024 * 1024))
    return answer(request, "bad_request", 400)


def permission_denied(request, exception=None):
    log_refusal(request, 403)
    return answer(request, "forbidden", 403)


def csrf_failure(request, reason=""):
    log_refusal(request, 403)
    return answer(request, "csrf", 403)


def not_found(request, exception=None):
    log_refusal(request, 404)
    return answer(request, "not_found", 404)


def act_only(request, allowed: str) -> HttpResponse:
    """An act is no page: whoever signs in again after a click arrives there, and nothing was done."""
    page = request.path.rstrip("/").rpartition("/")[0]
    response = answer(request, "act_only", 405, back=f"{page}/")
    response["Allow"] = allowed
    return response


def server_error(request):
    """503 when what we depend on is away, 500 for everything else."""
    if not isinstance(sys.exception(), UNAVAILABLE):
        return answer(request, "error", 500)
    response = answer(request, "unavailable", 503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def log_refusal(request, status: int) -> None:
    """Say who was refused what (L01). Only of somebody already known: nothing is read for it."""
    user = getattr(request, "_cached_user", None)
    if user is not None and user.is_authenticated and request.resolver_match:
        log_event("refused", user, status=status, page=request.resolver_match.view_name, method=request.method)


def answer(request: HttpRequest, error: str, status: int, **details) -> HttpResponse:
    """Answer with a page, or with JSON to a script. No context processor runs: they may read the session."""
    reference = getattr(request, "reference", "")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": error, "reference": reference}, status=status)
    context = {
        "reference": reference,
        "prefecture": getattr(request, "prefecture", None),
        "static_url": settings.STATIC_URL,
        "demonstration": settings.DEMONSTRATION,
        **details,
    }
    return HttpResponse(render_to_string(f"errors/{error}.html", context), status=status)

"""A form sent twice is done once: a double click, an answer lost on the way, a page sent again from the history."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clu_portal.audit.acts import run_once
from clu_portal.lib.forms import AGAIN


def done_once(view: Callable) -> Callable:
    """Make a view that creates do so once for one form; sent again, the form leads to the same page as the first time.

    The form bears an id (`PortalFormMixin.helper`). What is typed counts with it: a page come back to and filled
    otherwise is something else to do; which button was pressed does not. A form that is refused is not kept.
    """

    @wraps(view)
    def run(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.POST.get("operation_id"):
            return view(request, *args, **kwargs)
        given = []

        def answer() -> dict | None:
            given.append(view(request, *args, **kwargs))
            return {"address": given[0].url} if given[0].status_code == 302 else None

        kept = run_once(operation_of(request), answer)
        return given[0] if given else redirect(kept["address"])

    return run


def operation_of(request: HttpRequest) -> str:
    """Name one form, filled one way by one account, on one page."""
    typed = sorted(item for item in request.POST.lists() if item[0] not in ("csrfmiddlewaretoken", AGAIN))
    files = sorted((name, file.name, digest(file)) for name, file in request.FILES.items())
    return hashlib.sha256(repr([request.user.pk, request.get_full_path(), typed, files]).encode()).hexdigest()


def digest(file) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()

"""The address each open editor asks every two seconds: who is where, what is new on the server (docs/editor.md)."""

import hashlib
import json
import re
import time
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from clu_portal.compiled import compiled
from clu_portal.errors import log_refusal
from committees.minutes import permissions
from committees.minutes.freezing import freeze_told
from committees.minutes.models import Section
from committees.minutes.presence import OpenPage, asker, holder, note_presence

SILENT = "- - gone"  # asked without saying who: answered, and noted nowhere
SAYS = re.compile(r"^([0-9a-f-]{36}|-) ([0-9a-f-]{36}|-) (here|writes|takes|gone)$")


@login_not_required
@require_GET
def minutes_presence(request, prefecture, pk):
    """Note where this page is and answer what the others do, or 304. The right to write is asked again each time."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "session"}, status=401)
    says = SAYS.match(request.headers.get("X-Presence", SILENT))
    try:
        rows = rows_to_follow(request.user, pk)
    except PermissionDenied:
        log_refusal(request, 403)
        return JsonResponse({"error": "forbidden"}, status=403)
    if says is None:
        return JsonResponse({"error": "contract", "message": "En-tête X-Presence mal formé."}, status=400)
    now = time.time()
    me = OpenPage(says[1], request.user.pk, str(request.user), says[2], says[3], now, now)
    body = json.dumps(text_standing(rows) | people(note_presence(pk, me), me, now))
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer)


def rows_to_follow(user, pk: int) -> list:
    """One row for each section of minutes this person may write. 403 for who may only read them, 404 for the rest."""
    if not permissions.may_write(user):
        permissions.get_minutes(user, pk)
        raise PermissionDenied
    rows = version_rows(pk)
    if not rows:
        raise Http404
    return rows


@compiled
def version_rows(minutes: int) -> QuerySet:
    around = ("state", "order_version", "frozen_at", "frozen_by__name", "freeze_reason")
    is_there = ExpressionWrapper(Q(content__has_key="type"), BooleanField())
    sections = Section.objects.filter(minutes=minutes).order_by("pk").annotate(is_there=is_there)
    return sections.values_list("uuid", "version", "is_there", *(f"minutes__{name}" for name in around))


def text_standing(rows: list) -> dict:
    """{"state", "frozen", "order", "versions"}: enough to know what to read again."""
    *_, state, order, frozen_at, frozen_by, reason = rows[0]
    return {
        "state": state,
        "frozen": freeze_told(frozen_at, frozen_by, reason),
        "order": order,
        "versions": {str(uuid): version for uuid, version, is_there, *_ in rows if is_there},
    }


def people(pages: list[OpenPage], me: OpenPage, now: float) -> dict:
    """{"people", "hands"}: where the others are, and who has the hand on each section somebody writes in."""
    others = [page for page in pages if page.client != me.client]
    named = [{"name": name_of(page, me), "section": page.section} for page in others]
    return {"people": sorted(named, key=lambda one: (one["name"], one["section"])), "hands": hands(pages, me, now)}


def hands(pages: list[OpenPage], me: OpenPage, now: float) -> dict:
    found = {}
    for section in sorted({page.section for page in pages if page.claims}):
        there = [page for page in pages if page.section == section]
        first = holder(there, now)
        waiting = asker(there, first)
        found[section] = {
            "name": name_of(first, me),
            "mine": first.client == me.client,
            "since": local_hour(first.since),
            "asked_by": name_of(waiting, me) if waiting else None,
        }
    return found


def name_of(page: OpenPage, me: OpenPage) -> str:
    is_myself = page.account == me.account
    return "Votre autre page" if is_myself and page.client != me.client else page.name


def local_hour(seconds: float) -> str:
    return timezone.localtime(datetime.fromtimestamp(seconds, UTC)).isoformat(timespec="seconds")

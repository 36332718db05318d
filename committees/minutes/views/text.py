"""The address the editor talks to: the text as JSON, section by section (contract: docs/editor.md)."""

import json
import re
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from clu_portal.errors import log_refusal
from committees.minutes import permissions
from committees.minutes.fact_changes import changes_shown
from committees.minutes.facts import printed_facts
from committees.minutes.freezing import freeze_of
from committees.minutes.models import Minutes
from committees.minutes.text import (
    OrderChange,
    SectionChange,
    TextConflict,
    TextFrozen,
    save_text,
    saved_sections,
    sections_as_json,
)
from committees.minutes.tree.attendance import layouts_of
from committees.minutes.tree.errors import TreeError

MAX_BODY = 3_000_000
MOST_SECTIONS = 200
TAG = re.compile(r'"([^"]{1,120})-(\d{1,9})"')
KEY = re.compile(r"^[\w-]{8,110}$")
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class BadRequest(Exception):
    """The editor did not follow the contract."""


def for_the_editor(view: Callable) -> Callable:
    """Give a view the minutes to write. A session that ended, a right withdrawn answer 401, 403, never a page."""

    @login_not_required
    @wraps(view)
    def answer(request, prefecture, pk):
        if not request.user.is_authenticated:
            return JsonResponse({"error": "session"}, status=401)
        try:
            minutes = permissions.get_minutes_to_write(request.user, pk)
        except PermissionDenied:
            log_refusal(request, 403)
            return JsonResponse({"error": "forbidden"}, status=403)
        return view(request, minutes)

    return answer


@require_http_methods(["GET", "PATCH"])
@for_the_editor
def minutes_text(request, minutes: Minutes):
    """Answer with the text, or save changes to it."""
    if request.method == "PATCH":
        return patch_text(request, minutes)
    wanted = request.GET.get("sections")
    text = whole_text(request, minutes) if wanted is None else some_sections(minutes, wanted)
    return HttpResponse(text, content_type="application/json")


def text_state(request, minutes: Minutes) -> dict:
    """What the editor starts from, without the sections nor the changes of the facts."""
    return {
        "minutes": minutes.pk,
        "account": str(request.user.pk),
        "state": minutes.state,
        "frozen": freeze_of(minutes),
        "state_label": minutes.get_state_display(),
        "csrf": get_token(request),
        "order": {"version": minutes.order_version, "ids": minutes.section_order},
        "facts": facts_shown(minutes),
    }


def whole_text(request, minutes: Minutes) -> str:
    return with_sections(text_state(request, minutes) | {"changes": changes_shown(minutes)}, minutes)


def with_sections(state: dict, minutes: Minutes) -> str:
    """The JSON of a state and of the sections, which are as the database holds them, not read into Python."""
    return f'{json.dumps(state)[:-1]}, "sections": {sections_as_json(minutes)}}}'


def some_sections(minutes: Minutes, wanted: str) -> str:
    """The JSON of the sections named « <id>,<id> » and of the order: what others saved, without the rest."""
    uuids = [uuid for uuid in wanted.split(",")[:MOST_SECTIONS] if UUID.match(uuid)]
    order = {"version": minutes.order_version, "ids": minutes.section_order}
    return json.dumps({"order": order, "sections": saved_sections(minutes, uuids)})


def facts_shown(minutes: Minutes) -> dict:
    """The facts, and the attendance list in each of its layouts: the editor composes none by itself."""
    facts = printed_facts(minutes)
    return facts | {"layouts": layouts_of(facts)}


def patch_text(request, minutes: Minutes) -> JsonResponse:
    if "If-Match" not in request.headers:
        return JsonResponse({"error": "if-match", "message": "En-tête If-Match absent."}, status=428)
    try:
        changes, order = read_changes(request)
        saved = save_text(
            minutes=minutes,
            changes=changes,
            order=order,
            operation_id=read_operation_id(request),
            by=request.user,
        )
    except BadRequest as error:
        return JsonResponse({"error": "contract", "message": str(error)}, status=400)
    except TreeError as error:
        return JsonResponse({"errors": [{"section": error.section, "message": error.message}]}, status=422)
    except TextFrozen as frozen:
        return JsonResponse({"error": "frozen", "message": frozen.message}, status=409)
    except TextConflict as conflict:
        return JsonResponse({"conflicts": conflict.conflicts, "order": conflict.order}, status=412)
    except ValidationError as error:
        return JsonResponse({"error": "contract", "message": " ".join(error.messages)}, status=400)
    return JsonResponse(saved)


def read_operation_id(request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.match(key):
        raise BadRequest("En-tête Idempotency-Key absent ou mal formé.")
    return key


def read_changes(request) -> tuple[list[SectionChange], OrderChange | None]:
    """Read the body, each base version being also in If-Match. Raises BadRequest."""
    if len(request.body) > MAX_BODY:
        raise BadRequest("Trop de texte d'un coup : enregistrez plus souvent.")
    try:
        body = json.loads(request.body)
        changes = [SectionChange(str(s["id"]), int(s["base"]), s["content"]) for s in body.get("sections", [])]
        order = OrderChange(int(body["order"]["base"]), list(body["order"]["ids"])) if body.get("order") else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest("Corps de requête mal formé.") from error
    check_names(changes, order)
    check_tags(request.headers["If-Match"], changes, order)
    return changes, order


def check_names(changes: list[SectionChange], order: OrderChange | None) -> None:
    uuids = [change.uuid for change in changes]
    named = order.ids if order else []
    if not all(isinstance(uuid, str) and UUID.match(uuid) for uuid in [*uuids, *named]):
        raise BadRequest("Identifiant de section mal formé.")
    if len(set(uuids)) != len(uuids) or len(set(named)) != len(named):
        raise BadRequest("Une section est nommée deux fois.")
    for change in changes:
        if change.content is not None and section_id(change.content) != change.uuid:
            raise BadRequest("Le contenu d'une section porte un autre identifiant que le sien.")


def section_id(content) -> str | None:
    attrs = content.get("attrs") if isinstance(content, dict) else None
    return attrs.get("id") if isinstance(attrs, dict) else None


def check_tags(header: str, changes: list[SectionChange], order: OrderChange | None) -> None:
    tags = {name: int(version) for name, version in TAG.findall(header)}
    wanted = {change.uuid: change.base for change in changes} | ({"order": order.base} if order else {})
    if tags != wanted:
        raise BadRequest("If-Match ne correspond pas aux versions envoyées.")

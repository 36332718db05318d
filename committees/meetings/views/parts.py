"""Moving, ordering and removing the lines of a meeting, whichever they are."""

import re
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clu_portal.lib.forms import attempt_button
from clu_portal.lib.paging import number_in
from committees.meetings import acts, permissions
from committees.meetings.models import Meeting

ROW = re.compile(r"^([0-9]{1,18})\.([01])$")
PAGES = {
    "agenda_item": "committees:agenda_edit",
    "attendance": "committees:attendance_edit",
    "document": "committees:documents_edit",
    "vote": "committees:meeting_votes",
}


@require_POST
def part_move(request, prefecture, part, pk, direction):
    row = permissions.get_part_to_manage(request.user, part, pk)
    try:
        if direction in ("monter", "descendre"):
            acts.move_part(part=row, up=direction == "monter", by=request.user)
        elif part == "agenda_item":
            acts.shift_part(part=row, deeper=direction == "decaler", by=request.user)
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    return redirect(back_to(part, row.meeting))


@require_POST
def part_order(request, prefecture, pk, part):
    """The whole order of a list, sent by static/js/reorder.js: « row=12.0 » in turn, identifier and level."""
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    rows = [ROW.match(row) for row in request.POST.getlist("row")[:2000]]
    try:
        operation = UUID(request.POST.get("operation", ""))
    except ValueError:
        return JsonResponse({"message": "Cette demande n'a pas la forme attendue."}, status=400)
    if not all(rows):
        return JsonResponse({"message": "Cette demande n'a pas la forme attendue."}, status=400)
    order = [(int(row[1]), int(row[2])) for row in rows]
    moved = number_in(request.POST.get("moved"))
    model = permissions.PARTS[part]
    try:
        acts.order_parts(meeting=meeting, model=model, rows=order, moved=moved, operation=operation, by=request.user)
    except ValidationError as refusal:
        return JsonResponse({"message": " ".join(refusal.messages)}, status=409)
    return JsonResponse({"rows": order})


@require_http_methods(["GET", "POST"])
def part_remove(request, prefecture, part, pk):
    row = permissions.get_part_to_manage(request.user, part, pk)
    if request.method == "POST":
        attempt_button(request, acts.remove_part, f"« {row} » est retiré.", part=row)
        return redirect(back_to(part, row.meeting))
    sub_items = list(row.sub_items.all()) if part == "agenda_item" else []
    context = {"row": row, "meeting": row.meeting, "sub_items": sub_items, "back": back_to(part, row.meeting)}
    return render(request, "committees/part_remove.html", context)


def back_to(part: str, meeting: Meeting) -> str:
    return reverse(PAGES[part], args=[meeting.prefecture.slug, meeting.pk])

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.action_plan.permissions import origin_for
from clu_portal.audit.acts import reference
from clu_portal.audit.once import done_once
from clu_portal.files.storage import file_response
from clu_portal.lib.forms import attempt, attempt_button
from clu_portal.links.neighbours import links_of
from committees.meetings import acts, permissions
from committees.meetings.enums import MeetingState
from committees.meetings.forms import (
    AgendaItemForm,
    AttendanceForm,
    AttendanceLinesForm,
    DocumentForm,
    MeetingForm,
    ReasonForm,
)
from committees.meetings.models import AgendaItem, Meeting
from committees.meetings.rules import TRANSITIONS, next_label
from committees.minutes.models import Minutes

PAGE_SIZE = 25


@require_GET
def meeting_list(request, prefecture):
    meetings = Meeting.objects.visible_to(request.user).after(request.GET.get("apres", "")).latest_first()
    page = list(meetings.select_related("committee")[: PAGE_SIZE + 1])
    context = {
        "meetings": page[:PAGE_SIZE],
        "has_more": len(page) > PAGE_SIZE,
        "may_manage": permissions.may_manage(request.user),
    }
    return render(request, "committees/meeting_list.html", context)


@require_GET
def meeting_detail(request, prefecture, pk):
    meeting = permissions.get_meeting(request.user, pk)
    context = {
        "meeting": meeting,
        "agenda_items": list(meeting.agenda_items.values("printed_label", "title")),
        "attendances": list(meeting.attendances.values("group_heading", "printed_line")),
        "documents": permissions.documents_of(meeting, request.user).select_related("file"),
        "minutes_versions": Minutes.objects.visible_to(request.user).filter(meeting=meeting),
        "may_manage": permissions.may_manage(request.user),
        "neighbours": links_of(reference(meeting), request.user),
        "origin": origin_for(request.user, meeting),
        "transitions": TRANSITIONS[MeetingState(meeting.state)],
    }
    return render(request, "committees/meeting_detail.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def meeting_create(request, prefecture):
    require_role(request.user, RoleKind.REFERENT)
    initial = {"committee": request.GET.get("comite")}
    form = MeetingForm(request.POST or None, initial=initial, submit_label="Créer la réunion")
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, acts.save_meeting, meeting=form.save(commit=False), by=request.user)
        if saved:
            messages.success(request, "La réunion est créée.")
            return redirect(saved)
    return render(request, "committees/meeting_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def meeting_update(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = MeetingForm(request.POST or None, instance=meeting, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, acts.save_meeting, meeting=form.save(commit=False), by=request.user)
        if saved:
            messages.success(request, "La réunion est enregistrée.")
            return redirect(saved)
    return render(request, "committees/meeting_form.html", {"form": form, "meeting": meeting})


@require_POST
def meeting_hold(request, prefecture, pk):
    return change_state(request, pk, acts.hold_meeting, "La réunion est tenue : son compte-rendu peut commencer.")


@require_POST
def meeting_convened(request, prefecture, pk):
    return change_state(request, pk, acts.record_convocation, "La réunion est notée comme convoquée.")


def change_state(request, pk: int, act, message: str):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    attempt_button(request, act, message, meeting=meeting)
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def meeting_cancel(request, prefecture, pk):
    return give_reason(request, pk, acts.cancel_meeting, "Annuler la réunion", "La réunion est annulée.")


@require_http_methods(["GET", "POST"])
def meeting_postpone(request, prefecture, pk):
    return give_reason(request, pk, acts.postpone_meeting, "Reporter la réunion", "La réunion est reportée.")


def give_reason(request, pk: int, act, title: str, message: str):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = ReasonForm(request.POST or None, submit_label=title)
    if request.method == "POST" and form.is_valid():
        if attempt(form, act, meeting=meeting, by=request.user, **form.cleaned_data):
            messages.success(request, message)
            return redirect(meeting)
    return render(request, "committees/meeting_reason.html", {"form": form, "meeting": meeting, "title": title})


@require_http_methods(["GET", "POST"])
@done_once
def agenda_edit(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    items = list(meeting.agenda_items.all())
    initial = {"printed_label": next_label([item.printed_label for item in items])}
    form = AgendaItemForm(
        request.POST or None, instance=AgendaItem(meeting=meeting), initial=initial, submit_label="Ajouter le point"
    )
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_agenda_item, item=form.save(commit=False), by=request.user):
            return redirect("committees:agenda_edit", prefecture, pk)
    return render(request, "committees/agenda_edit.html", {"form": form, "meeting": meeting, "items": items})


@require_http_methods(["GET", "POST"])
def agenda_item_update(request, prefecture, pk):
    item = permissions.get_part_to_manage(request.user, "agenda_item", pk)
    form = AgendaItemForm(request.POST or None, instance=item, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_agenda_item, item=form.save(commit=False), by=request.user):
            return redirect("committees:agenda_edit", prefecture, item.meeting_id)
    return render(request, "committees/agenda_item_update.html", {"form": form, "meeting": item.meeting})


@require_http_methods(["GET", "POST"])
@done_once
def attendance_edit(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    attendances = list(meeting.attendances.select_related("person", "organisation"))
    form = AttendanceLinesForm(request.POST or None, submit_label="Ajouter ces lignes")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.record_attendance, meeting=meeting, by=request.user, **form.cleaned_data):
            return redirect("committees:attendance_edit", prefecture, pk)
    context = {"form": form, "meeting": meeting, "attendances": attendances}
    return render(request, "committees/attendance_edit.html", context)


@require_http_methods(["GET", "POST"])
def attendance_update(request, prefecture, pk):
    attendance = permissions.get_part_to_manage(request.user, "attendance", pk)
    form = AttendanceForm(request.POST or None, instance=attendance, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.save_attendance, attendance=form.save(commit=False), by=request.user):
            return redirect("committees:attendance_edit", prefecture, attendance.meeting_id)
    return render(request, "committees/attendance_update.html", {"form": form, "meeting": attendance.meeting})


@require_http_methods(["GET", "POST"])
@done_once
def document_add(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, submit_label="Ajouter le document")
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_document(meeting=meeting, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("upload", error.messages)
        else:
            messages.success(request, "Le document est ajouté.")
            return redirect(meeting)
    return render(request, "committees/document_add.html", {"form": form, "meeting": meeting})


@require_GET
def document_download(request, prefecture, pk):
    return file_response(permissions.get_document(request.user, pk).file)


@require_POST
def part_move(request, prefecture, part, pk, direction):
    row = permissions.get_part_to_manage(request.user, part, pk)
    try:
        acts.move_part(part=row, up=direction == "monter", by=request.user)
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    return redirect(back_to(part, row.meeting))


@require_http_methods(["GET", "POST"])
def part_remove(request, prefecture, part, pk):
    row = permissions.get_part_to_manage(request.user, part, pk)
    if request.method == "POST":
        meeting = acts.remove_part(part=row, by=request.user)
        messages.success(request, f"« {row} » est retiré.")
        return redirect(back_to(part, meeting))
    context = {"row": row, "meeting": row.meeting, "back": back_to(part, row.meeting)}
    return render(request, "committees/part_remove.html", context)


def back_to(part: str, meeting: Meeting) -> str:
    pages = {"agenda_item": "committees:agenda_edit", "attendance": "committees:attendance_edit"}
    return reverse(pages.get(part, "committees:meeting_detail"), args=[meeting.prefecture.slug, meeting.pk])

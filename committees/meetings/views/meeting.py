from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.action_plan.permissions import origin_for
from clu_portal.audit.acts import reference
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button
from clu_portal.lib.paging import number_in
from clu_portal.links.neighbours import links_of
from committees.composition.models import Committee
from committees.meetings import acts, facts, permissions
from committees.meetings.enums import MeetingState
from committees.meetings.forms import MeetingForm, ReasonForm, RepeatForm
from committees.meetings.models import Meeting
from committees.meetings.models.meeting import read_joint
from committees.meetings.rules import TRANSITIONS
from committees.minutes.permissions import versions_shown

PAGE_SIZE = 25
# What the pages show of each; the rest, the frozen facts among it, is not read.
SHOWN_OF_MEETING = ("prefecture", "state", "held_on", "opened_at", "closed_at", "planned_for", "place")
SHOWN_OF_MEETING += ("committee__name",)


@require_GET
def meeting_list(request, prefecture):
    meetings = Meeting.objects.visible_to(request.user).after(request.GET.get("apres", "")).latest_first()
    page = read_joint(list(meetings.with_committees().only(*SHOWN_OF_MEETING)[: PAGE_SIZE + 1]))
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
        "agenda_items": facts.agenda_facts(meeting),
        "attendances": facts.attendance_facts(meeting),
        "rules": facts.rule_facts(meeting),
        "documents": permissions.documents_shown(meeting, request.user),
        "minutes_versions": versions_shown(meeting, request.user),
        "may_manage": permissions.may_manage(request.user),
        "is_staff": permissions.is_staff(request.user),
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
    saved = save_meeting(request, form)
    if saved:
        messages.success(request, "La réunion est créée.")
        return redirect(saved)
    previous = previous_meeting(request.user, number_in(request.GET.get("comite")))
    return render(request, "committees/meeting_form.html", {"form": form, "previous": previous})


def previous_meeting(user, committee_pk: int | None) -> Meeting | None:
    """The last meeting held by the committee of the new one: the one asked for, or the only one there is."""
    committees = Committee.objects.visible_to(user).not_merged_on(timezone.localdate())
    known = committees.filter(pk=committee_pk) if committee_pk is not None else committees[:2]
    if len(known) != 1:
        return None
    held = Meeting.objects.visible_to(user).filter(state=MeetingState.HELD)
    return held.of_committees(known).latest_first().first()


@require_http_methods(["GET", "POST"])
def meeting_update(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = MeetingForm(request.POST or None, instance=meeting, submit_label="Enregistrer")
    saved = save_meeting(request, form)
    if saved:
        messages.success(request, "La réunion est enregistrée.")
        return redirect(saved)
    return render(request, "committees/meeting_form.html", {"form": form, "meeting": meeting})


def save_meeting(request, form: MeetingForm) -> Meeting | None:
    """Save what was posted; None when nothing was, or when it is refused on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    joint = form.cleaned_data.get("joint_committees")
    meeting = form.save(commit=False)
    return attempt(form, acts.save_meeting, meeting=meeting, joint_committees=joint, by=request.user)


@require_http_methods(["GET", "POST"])
@done_once
def meeting_repeat(request, prefecture, pk):
    """A new meeting from this one, what is copied being shown and chosen."""
    source = permissions.get_meeting_to_manage(request.user, pk)
    form = RepeatForm(request.POST or None, source=source, submit_label="Créer la réunion")
    if request.method != "POST":
        form.initial["items"] = list(source.agenda_items.values_list("pk", flat=True))
    elif form.is_valid():
        chosen = {name: form.cleaned_data.get(name, []) for name in ("joint_committees", "items")}
        created = attempt(
            form, acts.repeat_meeting, source=source, meeting=form.save(commit=False), by=request.user, **chosen
        )
        if created:
            messages.success(request, "La réunion est créée à partir de la précédente.")
            return redirect(created)
    return render(request, "committees/meetings/meeting_repeat.html", {"form": form, "source": source})


@require_POST
def meeting_hold(request, prefecture, pk):
    return change_state(request, pk, acts.hold_meeting, "La réunion est tenue : son compte-rendu peut commencer.")


@require_POST
def meeting_convened(request, prefecture, pk):
    return change_state(request, pk, acts.record_convocation, "La réunion est notée comme convoquée.")


@require_POST
def session_open(request, prefecture, pk):
    message = "La séance est ouverte : ce qui s'ajoute ou se déplace à l'ordre du jour est noté comme tel."
    return change_state(request, pk, acts.open_session, message)


@require_POST
def session_close(request, prefecture, pk):
    return change_state(request, pk, acts.close_session, "La séance est close.")


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

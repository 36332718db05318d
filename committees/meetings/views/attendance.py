import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt, attempt_button
from clu_portal.lib.paging import number_in
from committees.meetings import acts, permissions
from committees.meetings.doubts import doubts_of
from committees.meetings.enums import AttendanceStatus, HeadingLevel
from committees.meetings.forms import AttendanceForm, AttendanceLinesForm, HeadingForm, InvitationForm
from committees.meetings.models import Attendance, Invitation
from committees.meetings.participants import participants_of
from committees.meetings.printing import printed_sub_heading

ADD_LINES = "Ajouter ces lignes"
TICKED = "Les présences sont enregistrées."
HEADED = "Les titres de groupe et les présences sont enregistrés."
SEATED = re.compile(r"^([0-9]{1,18})\.([0-9]{1,18})$")


@require_http_methods(["GET", "POST"])
@done_once
def attendance_edit(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = AttendanceLinesForm(request.POST or None, submit_label=ADD_LINES)
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.record_attendance, meeting=meeting, by=request.user, **form.cleaned_data):
            messages.success(request, lines_added(len(form.cleaned_data["lines"])))
            return redirect("committees:attendance_edit", prefecture, pk)
    return attendance_page(request, meeting, form, HeadingForm(meeting=meeting))


def lines_added(number: int) -> str:
    return "La ligne est ajoutée à la liste." if number == 1 else f"{number} lignes sont ajoutées à la liste."


def attendance_page(request, meeting, form: AttendanceLinesForm, headings: HeadingForm, states: dict | None = None):
    """The list, with what was ticked and not saved yet when a title was refused."""
    lines = list(meeting.attendances.all())
    for line in lines:
        line.status = (states or {}).get(line.pk, line.status)
        line.under = line.sub_heading if line.status == AttendanceStatus.EXPECTED else printed_sub_heading(line)
    context = {
        "form": form,
        "title": headings["title"],
        "chosen": set(headings.data.getlist("lines") if headings.is_bound else ()),
        "levels": HeadingLevel.choices,
        "meeting": meeting,
        "lines": lines,
        "statuses": AttendanceStatus.choices,
    }
    return render(request, "committees/attendance_edit.html", context)


@require_POST
def attendance_propose(request, prefecture, pk):
    """Add the lines of the composition on the day of the meeting."""
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    before = meeting.attendances.count()
    if attempt_button(request, acts.propose_attendance, meeting=meeting) is None:
        return redirect("committees:attendance_edit", prefecture, pk)
    added = meeting.attendances.count() - before
    said = f"{added} ligne{'s' * (added > 1)} de la composition" if added else "Aucune ligne de plus à proposer"
    messages.success(request, f"{said}{' : cochez qui est venu.' if added else ' : chaque siège pourvu a la sienne.'}")
    return redirect("committees:attendance_edit", prefecture, pk)


@require_POST
def attendance_tick(request, prefecture, pk):
    """Save the presences ticked on the page, « etat-12=present » per line, and the title given to those chosen."""
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    states = states_ticked(request, meeting)
    headings = HeadingForm(
        request.POST if request.POST.get("level") or request.POST.get("title") else None, meeting=meeting
    )
    if headings.is_bound and not headings.is_valid():
        return attendance_page(request, meeting, AttendanceLinesForm(submit_label=ADD_LINES), headings, states)
    try:
        with transaction.atomic():
            acts.record_states(meeting=meeting, states=states, by=request.user)
            if headings.is_bound:
                acts.head_lines(meeting=meeting, by=request.user, **headings.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, HEADED if headings.is_bound else TICKED)
        ask_by_whom(request, meeting)
    return redirect("committees:attendance_edit", prefecture, pk)


def states_ticked(request, meeting) -> dict[int, str]:
    states = {}
    for name, value in request.POST.items():
        line = number_in(name.removeprefix("etat-")) if name.startswith("etat-") else None
        if line is not None and value in AttendanceStatus.values:
            states[line] = value
    if request.POST.get("tous") == "present":
        expected = meeting.attendances.filter(status=AttendanceStatus.EXPECTED).values_list("pk", flat=True)
        unsaid = [pk for pk in expected if states.get(pk, AttendanceStatus.EXPECTED) == AttendanceStatus.EXPECTED]
        states |= dict.fromkeys(unsaid, AttendanceStatus.PRESENT)
    return states


def ask_by_whom(request, meeting) -> None:
    """Name the lines ticked « représenté » that do not say by whom yet."""
    represented = meeting.attendances.filter(status=AttendanceStatus.REPRESENTED, line_follows=True, other_side="")
    for line in represented.filter(other_person=None, other_office=""):
        messages.info(request, f"« {line} » : dites par qui, avec « Modifier ».")


@require_http_methods(["GET", "POST"])
def attendance_update(request, prefecture, pk):
    attendance = permissions.get_part_to_manage(request.user, "attendance", pk)
    form = AttendanceForm(request.POST or None, instance=attendance, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid() and (saved := save_line(request, form)):
        messages.success(request, f"La ligne « {saved} » est enregistrée.")
        return redirect("committees:attendance_edit", prefecture, attendance.meeting_id)
    return render(request, "committees/attendance_update.html", {"form": form, "meeting": attendance.meeting})


def save_line(request, form: AttendanceForm) -> Attendance | None:
    attendance, missed = form.save(commit=False), form.cleaned_data["missed"]
    saved = attempt(
        form, acts.save_attendance, attendance=attendance, others=form.others, missed=missed, by=request.user
    )
    for doubt in doubts_of(saved) if saved else ():
        messages.warning(request, doubt)
    return saved


@require_GET
def meeting_participants(request, prefecture, pk):
    """Who sits, who was invited, who came; « ?absents=oui » lists who neither came nor was excused."""
    meeting = permissions.get_meeting(request.user, pk)
    permissions.require_staff(request.user)
    context = {
        "meeting": meeting,
        "participants": participants_of(meeting),
        "shows_absent": request.GET.get("absents") == "oui",
        "may_manage": permissions.may_manage(request.user),
    }
    return render(request, "committees/meetings/meeting_participants.html", context)


@require_POST
def invitations_record(request, prefecture, pk):
    """Save the boxes of the column « invités »."""
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    posted = request.POST.getlist("invite")
    keys = [(int(found[1]), int(found[2]) or None) for box in posted if (found := SEATED.match(box))]
    kept = [number for box in posted if (number := number_in(box)) is not None]
    done = "La liste des invités est enregistrée."
    attempt_button(request, acts.record_invitations, done, meeting=meeting, keys=keys, kept=kept)
    return redirect("committees:meeting_participants", prefecture, pk)


@require_http_methods(["GET", "POST"])
@done_once
def guest_invite(request, prefecture, pk):
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    form = InvitationForm(request.POST or None, instance=Invitation(meeting=meeting), submit_label="Inviter")
    if request.method == "POST" and form.is_valid():
        if invited := attempt(form, acts.add_invitation, invitation=form.save(commit=False), by=request.user):
            messages.success(request, f"L'invitation est inscrite : {invited}.")
            return redirect("committees:meeting_participants", prefecture, pk)
    return render(request, "committees/meetings/guest_invite.html", {"form": form, "meeting": meeting})


@require_POST
def absent_print(request, prefecture, pk):
    """Choose whether the minutes print the absent; come back to the page of the button."""
    meeting = permissions.get_meeting_to_manage(request.user, pk)
    printed = request.POST.get("imprimer") == "oui"
    said = "s'impriment" if printed else "ne s'impriment pas"
    done = f"Les absents {said} au compte-rendu."
    attempt_button(request, acts.print_absent, done, meeting=meeting, printed=printed)
    page = "attendance_edit" if request.POST.get("retour") == "presences" else "meeting_participants"
    return redirect(f"committees:{page}", prefecture, pk)

"""The types of committee, the colleges, and the order of what is listed."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt_button
from committees.composition import acts, permissions
from committees.composition.forms import CollegeForm, CommitteeTypeForm
from committees.composition.models import College, CommitteeType
from committees.composition.views.common import form_page, remove_page, run_form

MOVED = {
    "type": permissions.get_committee_type_to_manage,
    "college": permissions.get_college_to_manage,
    "siege": permissions.get_seat_to_manage,
}


@require_GET
def committee_type_list(request, prefecture):
    permissions.require_staff(request.user)
    context = {"types": CommitteeType.objects.all(), "may_manage": permissions.may_manage(request.user)}
    return render(request, "committees/composition/committee_type_list.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def committee_type_create(request, prefecture):
    require_role(request.user, RoleKind.REFERENT)
    form = CommitteeTypeForm(request.POST or None, submit_label="Ajouter le type")
    return committee_type_form(request, prefecture, form, "Ajouter un type de comité")


@require_http_methods(["GET", "POST"])
def committee_type_update(request, prefecture, pk):
    row = permissions.get_committee_type_to_manage(request.user, pk)
    form = CommitteeTypeForm(request.POST or None, instance=row, submit_label="Enregistrer")
    return committee_type_form(request, prefecture, form, "Modifier le type de comité")


def committee_type_form(request, prefecture, form, title: str):
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        if run_form(request, form, acts.save_committee_type, "Le type est enregistré.", committee_type=row):
            return redirect("committees:committee_type_list", prefecture)
    return form_page(request, form, title=title, committee=None)


@require_http_methods(["GET", "POST"])
def committee_type_remove(request, prefecture, pk):
    row = permissions.get_committee_type_to_manage(request.user, pk)
    return remove_page(
        request,
        acts.remove_committee_type,
        acts.check_type_unused,
        question=f"Retirer le type « {row} » ?",
        text="Un type qu'un comité porte ne se retire pas.",
        back=reverse("committees:committee_type_list", args=[prefecture]),
        message="Le type est retiré.",
        committee_type=row,
    )


@require_http_methods(["GET", "POST"])
@done_once
def college_create(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = CollegeForm(request.POST or None, instance=College(committee=committee), submit_label="Ajouter le collège")
    return college_form(request, prefecture, form, committee, "Ajouter un collège")


@require_http_methods(["GET", "POST"])
def college_update(request, prefecture, pk):
    college = permissions.get_college_to_manage(request.user, pk)
    form = CollegeForm(request.POST or None, instance=college, submit_label="Enregistrer")
    return college_form(request, prefecture, form, college.committee, "Modifier le collège")


def college_form(request, prefecture, form, committee, title: str):
    if request.method == "POST" and form.is_valid():
        college = form.save(commit=False)
        if run_form(request, form, acts.save_college, "Le collège est enregistré.", college=college):
            return redirect("committees:seat_list", prefecture, committee.pk)
    return form_page(request, form, title=title, committee=committee)


@require_http_methods(["GET", "POST"])
def college_remove(request, prefecture, pk):
    college = permissions.get_college_to_manage(request.user, pk)
    return remove_page(
        request,
        acts.remove_college,
        acts.check_college_unused,
        question=f"Retirer « {college} » ?",
        text="Un collège qui a ou qui a eu des sièges ne se retire pas.",
        back=reverse("committees:seat_list", args=[prefecture, college.committee_id]),
        message="Le collège est retiré.",
        college=college,
    )


@require_POST
def composition_part_move(request, prefecture, part, pk, direction):
    if part not in MOVED:
        raise Http404
    row = MOVED[part](request.user, pk)
    attempt_button(request, acts.move_part, part=row, up=direction == "monter")
    if part == "type":
        return redirect("committees:committee_type_list", prefecture)
    return redirect("committees:seat_list", prefecture, row.committee_id)

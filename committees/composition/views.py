from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.once import done_once
from clu_portal.lib.forms import attempt
from committees.composition import acts, permissions
from committees.composition.forms import AppointmentForm, CommitteeForm, MandateEndForm, SeatForm
from committees.composition.models import Committee, Mandate, Seat
from committees.meetings.models import Meeting


@require_GET
def committee_list(request, prefecture):
    committees = Committee.objects.visible_to(request.user).select_related("prefecture")
    context = {"committees": committees, "may_manage": permissions.may_manage(request.user)}
    return render(request, "committees/committee_list.html", context)


@require_GET
def committee_detail(request, prefecture, pk):
    committee = permissions.get_committee(request.user, pk)
    in_force = Mandate.objects.in_force_on(timezone.localdate()).select_related("person")
    seats = committee.seats.select_related("organisation").prefetch_related(
        Prefetch("mandates", queryset=in_force, to_attr="mandates_in_force")
    )
    meetings = Meeting.objects.visible_to(request.user).of_committees([committee.pk]).latest_first().with_committees()
    context = {
        "committee": committee,
        "seats": seats,
        "meetings": meetings.select_related("prefecture")[:10],
        "may_manage": permissions.may_manage(request.user),
    }
    return render(request, "committees/committee_detail.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def committee_create(request, prefecture):
    require_role(request.user, RoleKind.REFERENT)
    form = CommitteeForm(request.POST or None, submit_label="Créer le comité")
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, acts.save_committee, committee=form.save(commit=False), by=request.user)
        if saved:
            messages.success(request, "Le comité est créé. Ajoutez ses sièges et ses membres.")
            return redirect(saved)
    return render(request, "committees/committee_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def committee_update(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = CommitteeForm(request.POST or None, instance=committee, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, acts.save_committee, committee=form.save(commit=False), by=request.user)
        if saved:
            messages.success(request, "Le comité est enregistré.")
            return redirect(saved)
    return render(request, "committees/committee_form.html", {"form": form, "committee": committee})


@require_http_methods(["GET", "POST"])
@done_once
def seat_create(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    form = SeatForm(request.POST or None, instance=Seat(committee=committee), submit_label="Ajouter le siège")
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, acts.save_seat, seat=form.save(commit=False), by=request.user)
        if saved:
            messages.success(request, "Le siège est ajouté.")
            return redirect(committee)
    return render(request, "committees/seat_form.html", {"form": form, "committee": committee})


@require_http_methods(["GET", "POST"])
@done_once
def person_appoint(request, prefecture, pk):
    seat = permissions.get_seat_to_manage(request.user, pk)
    form = AppointmentForm(request.POST or None, submit_label="Nommer")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.appoint_person, seat=seat, by=request.user, **form.cleaned_data):
            messages.success(request, "La personne est nommée.")
            return redirect(seat.committee)
    return render(request, "committees/person_appoint.html", {"form": form, "seat": seat})


@require_http_methods(["GET", "POST"])
def mandate_end(request, prefecture, pk):
    mandate = permissions.get_mandate_to_manage(request.user, pk)
    form = MandateEndForm(request.POST or None, submit_label="Mettre fin au mandat")
    if request.method == "POST" and form.is_valid():
        if attempt(form, acts.end_mandate, mandate=mandate, by=request.user, **form.cleaned_data):
            messages.success(request, "Le mandat a une fin.")
            return redirect(mandate.seat.committee)
    return render(request, "committees/mandate_end.html", {"form": form, "mandate": mandate})

"""The seats of a committee: all of them by college, and the life of one."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clu_portal.audit.once import done_once
from clu_portal.lib.forms import wants_another
from clu_portal.lib.paging import number_in
from committees.composition import acts, permissions
from committees.composition.composition import place
from committees.composition.forms import EndForm, SeatForm
from committees.composition.models import Committee, Mandate, Seat
from committees.composition.rules import REPLACEMENT, is_in_force
from committees.composition.views.common import act_asked, back_address, end_by, form_page, remove_page, run_form

KEPT = ("college", "basis", "starts_on", "opened_by")


@require_GET
def seat_list(request, prefecture, pk):
    """Where a référent orders colleges and seats; those that ended are apart."""
    committee = permissions.get_committee_to_manage(request.user, pk)
    today, arrete = timezone.localdate(), act_asked(request, committee)
    seats = sorted(committee.seats.select_related("college", "organisation"), key=place)
    open_seats = [seat for seat in seats if seat.ends_on is None or seat.ends_on >= today]
    colleges = list(committee.colleges.all())
    context = {
        "committee": committee,
        "groups": [(college, [s for s in open_seats if s.college_id == college.pk]) for college in colleges],
        "without_college": [seat for seat in open_seats if seat.college_id is None],
        "ended": [seat for seat in seats if seat not in open_seats],
        "composition_act": arrete,
        "query": f"?arrete={arrete.pk}" if arrete else "",
        "may_change": permissions.may_change(request.user, committee),
    }
    return render(request, "committees/composition/seat_list.html", context)


@require_GET
def seat_detail(request, prefecture, pk):
    seat = permissions.get_seat(request.user, pk)
    today = timezone.localdate()
    mandates = list(Mandate.objects.filter(seat=seat).select_related("person", "opened_by", "ended_by"))
    for row in (seat, *mandates):
        permissions.without_drafts(request.user, row, "opened_by", "ended_by")
    context = {
        "seat": seat,
        "committee": seat.committee,
        "mandates": sorted(mandates, key=lambda mandate: (mandate.starts_on, mandate.pk), reverse=True),
        "replacement": REPLACEMENT[seat.basis],
        "is_open": seat.ends_on is None or seat.ends_on >= today,
        "is_in_force": is_in_force(seat.starts_on, seat.ends_on, today),
        "today": today,
        "may_change": permissions.may_change(request.user, seat.committee),
    }
    return render(request, "committees/composition/seat_detail.html", context)


@require_http_methods(["GET", "POST"])
@done_once
def seat_create(request, prefecture, pk):
    committee = permissions.get_committee_to_manage(request.user, pk)
    arrete = act_asked(request, committee)
    initial = {"opened_by": arrete, "starts_on": arrete.effective_on} if arrete else {}
    initial |= kept_of(seat_before(request, committee))
    seat = Seat(committee=committee)
    buttons = {"submit_label": "Ajouter le siège", "again_label": "Ajouter le siège et un autre"}
    form = SeatForm(request.POST or None, instance=seat, initial=initial, **buttons)
    if request.method == "POST" and form.is_valid():
        saved = run_form(request, form, acts.save_seat, "Le siège est ajouté.", seat=form.save(commit=False))
        if saved and wants_another(request):
            return redirect(next_address(request, saved))
        if saved:
            return redirect(back_address(committee, arrete))
    return form_page(request, form, title="Ajouter un siège", committee=committee)


def next_address(request, seat: Seat) -> str:
    """The page of another seat, which remembers the one just added: « ?apres=12 »."""
    asked = request.GET.copy()
    asked["apres"] = seat.pk
    return f"{request.path}?{asked.urlencode()}"


def seat_before(request, committee: Committee) -> Seat | None:
    """The seat named by the address (« ?apres=12 »), when it is one of this committee's."""
    pk = number_in(request.GET.get("apres"))
    return committee.seats.filter(pk=pk).first() if pk else None


def kept_of(seat: Seat | None) -> dict:
    """What the seats added one after the other have in common; whom each is for is typed again."""
    return {name: getattr(seat, name) for name in KEPT} if seat else {}


@require_http_methods(["GET", "POST"])
def seat_update(request, prefecture, pk):
    seat = permissions.get_seat_to_manage(request.user, pk)
    form = SeatForm(request.POST or None, instance=seat, submit_label="Enregistrer")
    if request.method == "POST" and form.is_valid():
        if run_form(request, form, acts.save_seat, "Le siège est enregistré.", seat=form.save(commit=False)):
            return redirect("committees:seat_detail", prefecture, pk)
    return form_page(request, form, title="Modifier le siège", committee=seat.committee)


@require_http_methods(["GET", "POST"])
def seat_end(request, prefecture, pk):
    seat = permissions.get_seat_to_manage(request.user, pk)
    arrete = act_asked(request, seat.committee)
    initial = end_by(arrete)
    form = EndForm(request.POST or None, committee=seat.committee, initial=initial, submit_label="Supprimer le siège")
    if request.method == "POST" and form.is_valid():
        if run_form(request, form, acts.end_seat, "Le siège a une fin.", seat=seat, **form.cleaned_data):
            return redirect(back_address(seat.committee, arrete))
    notes = ["Les mandats en cours sur ce siège finissent le même jour. Le passé reste inscrit."]
    title = "Supprimer le siège à une date"
    return form_page(request, form, title=title, committee=seat.committee, subtitle=str(seat), notes=notes)


@require_http_methods(["GET", "POST"])
def seat_remove(request, prefecture, pk):
    seat = permissions.get_seat_to_manage(request.user, pk)
    return remove_page(
        request,
        acts.remove_seat,
        acts.check_never_held,
        question=f"Retirer le siège « {seat} » ?",
        text="Pour un siège saisi par erreur, que personne n'a tenu. Sinon, supprimez-le à une date.",
        back=reverse("committees:seat_list", args=[prefecture, seat.committee_id]),
        message="Le siège est retiré.",
        seat=seat,
    )

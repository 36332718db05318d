"""Who holds a seat: appointed, at the end of their mandate, or entered by mistake."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clu_portal.audit.once import done_once
from committees.composition import acts, permissions
from committees.composition.forms import AppointmentForm, MandateEndForm
from committees.composition.rules import REPLACEMENT
from committees.composition.views.common import act_asked, back_address, end_by, form_page, remove_page, run_form

END_NOTE = "Après ce jour, la personne ne voit plus les pages réservées aux membres. Le passé reste inscrit."


@require_http_methods(["GET", "POST"])
@done_once
def person_appoint(request, prefecture, pk):
    seat = permissions.get_seat_to_manage(request.user, pk)
    arrete = act_asked(request, seat.committee)
    initial = {"composition_act": arrete, "starts_on": arrete.effective_on} if arrete else {}
    form = AppointmentForm(request.POST or None, committee=seat.committee, initial=initial, submit_label="Nommer")
    if request.method == "POST" and form.is_valid():
        if run_form(request, form, acts.appoint_person, "La personne est nommée.", seat=seat, **form.cleaned_data):
            return redirect(back_address(seat.committee, arrete))
    notes = [REPLACEMENT[seat.basis]]
    title = "Nommer une personne"
    return form_page(request, form, title=title, committee=seat.committee, subtitle=str(seat), notes=notes)


@require_http_methods(["GET", "POST"])
def mandate_end(request, prefecture, pk):
    mandate = permissions.get_mandate_to_manage(request.user, pk)
    committee = mandate.seat.committee
    arrete = act_asked(request, committee)
    initial = end_by(arrete)
    form = MandateEndForm(
        request.POST or None, committee=committee, initial=initial, submit_label="Mettre fin au mandat"
    )
    if request.method == "POST" and form.is_valid():
        if run_form(request, form, acts.end_mandate, "Le mandat a une fin.", mandate=mandate, **form.cleaned_data):
            return redirect(back_address(committee, arrete))
    title = "Mettre fin au mandat"
    return form_page(request, form, title=title, committee=committee, subtitle=str(mandate), notes=[END_NOTE])


@require_http_methods(["GET", "POST"])
def mandate_remove(request, prefecture, pk):
    mandate = permissions.get_mandate_to_manage(request.user, pk)
    return remove_page(
        request,
        acts.remove_mandate,
        acts.check_to_come,
        question="Retirer cette nomination ?",
        text=f"{mandate}. Seule une nomination à venir se retire : un mandat commencé se termine et reste inscrit.",
        back=reverse("committees:seat_detail", args=[prefecture, mandate.seat_id]),
        message="La nomination est retirée.",
        mandate=mandate,
    )

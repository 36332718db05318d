from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.organisations.models import Person
from clu_portal.tenancy import TenantChoiceField
from committees.composition.enums import MandateKind
from committees.composition.models import Committee, Seat


class CommitteeForm(PortalModelForm):
    class Meta:
        model = Committee
        fields = ["name", "kind"]


class SeatForm(PortalModelForm):
    class Meta:
        model = Seat
        fields = ["wording", "organisation"]


class AppointmentForm(PortalForm):
    person = TenantChoiceField(QuerySet(Person), label="Personne")
    kind = forms.ChoiceField(choices=MandateKind, label="Qualité")
    starts_on = forms.DateField(label="Depuis le", initial=timezone.localdate)


class MandateEndForm(PortalForm):
    ends_on = forms.DateField(label="Dernier jour du mandat", initial=timezone.localdate)

from clu_portal.lib.forms import PortalForm, PortalModelForm
from django import forms
from django.utils import timezone

from clu_portal.organisations.models import Organisation, Person
from committees.composition.enums import MandateKind
from committees.composition.models import Committee, Seat

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CommitteeForm(PortalModelForm):
    class Meta:
        model = Committee
        fields = ["name", "kind"]


class SeatForm(PortalModelForm):
    class Meta:
        model = Seat
        fields = ["wording", "organisation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.all()


class AppointmentForm(PortalForm):
    person = forms.ModelChoiceField(queryset=Person.objects.none(), label="Personne")
    kind = forms.ChoiceField(choices=MandateKind, label="Qualité")
    starts_on = forms.DateField(label="Depuis le", widget=DAY, initial=timezone.localdate)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.all()


class MandateEndForm(PortalForm):
    ends_on = forms.DateField(label="Dernier jour du mandat", widget=DAY, initial=timezone.localdate)

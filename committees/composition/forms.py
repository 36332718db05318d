from crispy_forms.layout import Submit
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.organisations.models import Person
from clu_portal.tenancy import TenantChoiceField
from committees.composition.enums import MandateKind
from committees.composition.models import College, Committee, CommitteeType, CompositionAct, Seat

NO_ACT, CHOOSE = "Aucun arrêté", "Choisir un arrêté"
SIGNED_FIRST = (
    "Seuls les arrêtés signés se choisissent. S'il n'est pas dans la liste, ajoutez-le d'abord sur la page du comité, "
    "ou notez le jour de sa signature."
)
NOT_SIGNED_OR_FOREIGN = "Choisissez un arrêté signé, d'un comité concerné."
CONFIRM = "Je confirme : ces dates et ces noms sont ceux de l'arrêté."


class ActChoiceField(TenantChoiceField):
    """An arrêté among those of one committee (`committee` is given to the form)."""

    def __init__(self, **kwargs):
        is_required = kwargs.get("required", True)
        super().__init__(QuerySet(CompositionAct), empty_label=CHOOSE if is_required else NO_ACT, **kwargs)


class SignedActChoiceField(ActChoiceField):
    """A signed arrêté among those of the committees concerned."""

    def __init__(self, **kwargs):
        messages = {"invalid_choice": NOT_SIGNED_OR_FOREIGN}
        super().__init__(label="Par l'arrêté", help_text=SIGNED_FIRST, error_messages=messages, **kwargs)


class CommitteeForm(PortalModelForm):
    class Meta:
        model = Committee
        fields = ["name", "type", "site", "service"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].empty_label = "À préciser"
        self.fields["site"].empty_label = self.fields["service"].empty_label = "Aucun"
        if self.instance.pk:
            self.fields["name"].help_text = "Pour corriger une faute. Un nom qui change à une date : « Renommer »."

    def clean(self):
        if self.cleaned_data.get("site") and self.cleaned_data.get("service"):
            self.add_error("service", "Choisissez un site ou un service, pas les deux.")
        return super().clean()


class CommitteeTypeForm(PortalModelForm):
    class Meta:
        model = CommitteeType
        fields = ["name", "acronym"]


class RenameForm(PortalForm):
    name = forms.CharField(label="Nouveau nom", max_length=160)
    starts_on = forms.DateField(label="Premier jour du nouveau nom", initial=timezone.localdate)
    composition_act = SignedActChoiceField()
    confirm = forms.BooleanField(label=CONFIRM)

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["composition_act"].queryset = committee.acts.signed()


class MergeForm(PortalForm):
    into = TenantChoiceField(QuerySet(Committee), label="Fusionner dans", empty_label="Choisir un comité")
    merged_on = forms.DateField(label="À partir du", initial=timezone.localdate)
    composition_act = SignedActChoiceField()
    carry_over = forms.BooleanField(
        label="Reprendre dans l'autre comité les sièges qu'il n'a pas, avec leurs membres",
        required=False,
        initial=True,
    )
    confirm = forms.BooleanField(label=CONFIRM)

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        others = Committee.objects.filter(merged_into=None).exclude(pk=committee.pk)
        self.fields["into"].queryset = others
        acts = CompositionAct.objects.signed().filter(Q(committee=committee) | Q(committee__in=others))
        self.fields["composition_act"].queryset = acts.select_related("committee")
        self.fields["composition_act"].label_from_instance = lambda act: f"{act} – {act.committee}"


class CollegeForm(PortalModelForm):
    class Meta:
        model = College
        fields = ["label", "side"]


class SeatForm(PortalModelForm):
    class Meta:
        model = Seat
        fields = ["wording", "college", "organisation", "service", "territory", "basis", "starts_on", "opened_by"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = self.instance.committee.colleges.all()
        self.fields["opened_by"].queryset = self.instance.committee.acts.all()
        self.fields["college"].empty_label = "Sans collège"
        self.fields["organisation"].empty_label = self.fields["service"].empty_label = "Aucun"
        self.fields["opened_by"].empty_label = NO_ACT


class EndForm(PortalForm):
    """The last day of a seat or of a mandate."""

    ends_on = forms.DateField(label="Dernier jour", initial=timezone.localdate)
    composition_act = ActChoiceField(label="Par l'arrêté", required=False)

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["composition_act"].queryset = committee.acts.all()


class MandateEndForm(EndForm):
    ends_on = forms.DateField(label="Dernier jour du mandat", initial=timezone.localdate)


class AppointmentForm(PortalForm):
    person = TenantChoiceField(QuerySet(Person), label="Personne")
    kind = forms.ChoiceField(label="Qualité", choices=MandateKind)
    starts_on = forms.DateField(label="Depuis le", initial=timezone.localdate)
    ends_on = forms.DateField(label="Jusqu'au", required=False, help_text="Vide : sans fin prévue.")
    composition_act = ActChoiceField(label="Par l'arrêté", required=False)
    beside_another = forms.BooleanField(
        label="Cette personne tient aussi un autre siège de ce comité, et c'est voulu",
        required=False,
        help_text="À cocher si la page le demande.",
    )

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["composition_act"].queryset = committee.acts.all()


class CompositionActForm(PortalModelForm):
    upload = forms.FileField(label="Fichier de l'arrêté", required=False, help_text="PDF ou document, 20 Mo au plus.")

    class Meta:
        model = CompositionAct
        fields = ["number", "title", "signed_on", "effective_on", "amends"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amends"].queryset = self.instance.committee.acts.exclude(pk=self.instance.pk)
        self.fields["amends"].empty_label = "Aucun : c'est un premier arrêté"
        if self.instance.file:
            self.fields["upload"].help_text = f"Remplace « {self.instance.file} », qui reste conservé."


class DayForm(PortalForm):
    """The day of which the composition is shown; read in the address."""

    au = forms.DateField(label="Composition au")

    @property
    def helper(self):
        helper = super().helper
        helper.form_method = "get"
        helper.inputs = [Submit("", self.submit_label)]
        return helper

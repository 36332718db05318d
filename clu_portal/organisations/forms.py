from crispy_forms.layout import Submit
from django import forms
from django.conf import settings

from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.organisations.defaults import EFFECTS, SETTINGS
from clu_portal.organisations.models import (
    ClosingDay,
    Organisation,
    Person,
    Prefecture,
    PrefectureSettings,
    Service,
    Site,
    StandardSentence,
)


class SiteForm(PortalModelForm):
    class Meta:
        model = Site
        fields = ["name", "address", "zone", "good_friday"]
        widgets = {"address": forms.Textarea({"rows": 3})}


class ServiceForm(PortalModelForm):
    class Meta:
        model = Service
        fields = ["name", "acronym", "phone", "email"]


class OrganisationForm(PortalModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "acronym", "family"]


class PersonForm(PortalModelForm):
    class Meta:
        model = Person
        fields = ["civility", "given_name", "surname", "organisation", "email", "phone"]


class ClosingDayForm(PortalModelForm):
    class Meta:
        model = ClosingDay
        fields = ["site", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].empty_label = "Toute la préfecture"


class StandardSentenceForm(PortalModelForm):
    class Meta:
        model = StandardSentence
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea({"rows": 6})}


class TwinForm(PortalForm):
    """The other row of two that are one; read in the address."""

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["avec"].queryset = others

    avec = forms.ModelChoiceField(None, label="Réunir avec", empty_label="Choisir dans la liste")

    @property
    def helper(self):
        helper = super().helper
        helper.form_method = "get"
        helper.inputs = [Submit("", self.submit_label)]
        return helper


class MergeForm(PortalForm):
    kept = forms.ChoiceField(label="Ligne à garder", widget=forms.RadioSelect)
    confirm = forms.BooleanField(label="Je confirme : ces deux lignes disent la même chose. Cela ne se défait pas.")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(row.pk, f"{side} : {row}") for side, row in zip("AB", rows, strict=True)]


class IdentityForm(PortalModelForm):
    """Who the préfecture is. The State's identity is proposed only where the operator is entitled to it."""

    class Meta:
        model = Prefecture
        fields = ["city", "authority_line", "authority_gender", "theme"]
        help_texts = {name: EFFECTS[name] for name in fields}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.STATE_IDENTITY_ALLOWED:
            del self.fields["theme"]


class SettingsForm(PortalModelForm):
    """The settings, each with its default value and the source of that value (organisations/defaults.py)."""

    class Meta:
        model = PrefectureSettings
        fields = [*SETTINGS, "legal_notice", "privacy_notice"]
        fields += ["accessibility_contact"]
        widgets = {name: forms.Textarea({"rows": 4}) for name in fields if name not in SETTINGS}
        help_texts = {
            name: f"{setting.effect} {setting.default_text}. Source : {setting.source}."
            for name, setting in SETTINGS.items()
        } | {name: EFFECTS[name] for name in fields if name in EFFECTS}

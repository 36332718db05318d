from django import forms

from clu_portal.lib.forms import PortalForm, PortalModelForm
from committees.minutes.models import PRINTED_AROUND, Minutes


class MinutesForm(PortalModelForm):
    class Meta:
        model = Minutes
        fields = [*PRINTED_AROUND]
        widgets = {
            "title_lines": forms.Textarea({"rows": 3}),
            "correction_reason": forms.Textarea({"rows": 3}),
            "contacts": forms.Textarea({"rows": 4}),
            "drafters": forms.Textarea({"rows": 2}),
            "reference_lines": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.version_number == 1:
            del self.fields["correction_reason"]


class CorrectionForm(PortalForm):
    reason = forms.CharField(
        label="Ce que la nouvelle version corrige",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Imprimé sous le titre, pour qui a lu la version d'avant. Peut s'écrire plus tard.",
    )


class ReturnForm(PortalForm):
    reason = forms.CharField(
        label="Ce qui est à reprendre", widget=forms.Textarea({"rows": 4}), help_text="Le référent le lira."
    )


class FreezeForm(PortalForm):
    reason = forms.CharField(
        label="Pourquoi le figer",
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        help_text="Lu aussitôt par toutes les personnes qui ont ce texte ouvert.",
    )


class ApprovalForm(PortalForm):
    """The SHA-256 of the file whose pages are on the screen; the person approves that file and no other."""

    shown_sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    read = forms.BooleanField(label="J'ai lu ce compte-rendu et je l'approuve.")

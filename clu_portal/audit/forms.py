from urllib.parse import urlencode

from django import forms
from django.core.validators import RegexValidator

from clu_portal.audit.verbs import VERBS
from clu_portal.lib.forms import PortalForm

REFERENCE = RegexValidator(r"^[a-z]+:[0-9]{1,18}$", "Un objet s'écrit comme dans l'adresse : « meeting:12 ».")
CHOICES = [("", "Tous"), *sorted(VERBS.items(), key=lambda choice: choice[1])]


class JournalForm(PortalForm):
    """The filters of the journal; they stand in its address."""

    acte = forms.ChoiceField(label="Acte", choices=CHOICES, required=False)
    objet = forms.CharField(required=False, validators=[REFERENCE], widget=forms.HiddenInput)

    def filters(self) -> dict[str, str]:
        wanted = {"verb": self.cleaned_data["acte"], "subject": self.cleaned_data["objet"]}
        return {name: value for name, value in wanted.items() if value}

    def address(self, before: int) -> str:
        """Return the query of the page that follows, the filters kept."""
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return f"?{urlencode(kept | {'avant': before})}"

from django import forms

from clu_portal.lib.forms import PortalForm
from committees.distribution.recipients import Candidate


class VerificationForm(PortalForm):
    pdf = forms.FileField(
        label="Le PDF à vérifier", help_text="20 Mo au plus. Il n'est pas conservé.", allow_empty_file=True
    )


class RecipientsForm(PortalForm):
    """The persons proposed, a box each; those without an address are ticked the same, and get paper."""

    chosen = forms.TypedMultipleChoiceField(
        label="Destinataires",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins un destinataire.",
            "invalid_choice": "Cette personne n'est plus proposée : choisissez de nouveau.",
        },
    )

    def __init__(self, *args, candidates: list[Candidate], **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["chosen"].choices = [(one.person.pk, str(one.person)) for one in candidates]
        self.initial.setdefault("chosen", [one.person.pk for one in candidates if one.is_proposed])

    @property
    def chosen_pks(self) -> set[str]:
        return {str(pk) for pk in self["chosen"].value() or ()}

    @property
    def lines(self) -> list[tuple[Candidate, bool]]:
        return [(one, str(one.person.pk) in self.chosen_pks) for one in self.candidates]

    def chosen_candidates(self) -> list[Candidate]:
        return [one for one in self.candidates if one.person.pk in self.cleaned_data["chosen"]]

from django import forms

from clu_portal.lib.forms import PortalForm, PortalModelForm
from committees.meetings.acts.documents import LARGEST_DOCUMENT
from committees.meetings.enums import DocumentKind, Visibility
from committees.meetings.models import MeetingDocument


class DocumentForm(PortalForm):
    title = forms.CharField(label="Intitulé", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=DocumentKind)
    visibility = forms.ChoiceField(
        label="Visible par",
        choices=Visibility,
        initial=Visibility.MEMBERS,
        help_text=MeetingDocument._meta.get_field("visibility").help_text,
    )
    upload = forms.FileField(
        label="Fichier",
        help_text="PDF, image ou document bureautique, 60 Mo au plus.",
        widget=forms.FileInput({"data-max-bytes": LARGEST_DOCUMENT}),
    )


class DocumentUpdateForm(PortalModelForm):
    class Meta:
        model = MeetingDocument
        fields = ["title", "kind", "visibility"]

from django import forms
from django.core.exceptions import ValidationError

from clu_portal.lib.forms import PortalForm, PortalModelForm
from committees.meetings.enums import AttendanceStatus, Capacity, DocumentKind, Visibility
from committees.meetings.models import AgendaItem, Attendance, Meeting


class MeetingForm(PortalModelForm):
    class Meta:
        model = Meeting
        fields = ["committee", "held_on", "starts_at", "ends_at", "place", "chair", "title_lines", "next_meeting"]
        widgets = {"title_lines": forms.Textarea({"rows": 2})}


class ReasonForm(PortalForm):
    reason = forms.CharField(label="Motif", max_length=300, help_text="Il reste au dossier de la réunion.")


class AgendaItemForm(PortalModelForm):
    class Meta:
        model = AgendaItem
        fields = ["printed_label", "title", "kind"]


class AttendanceForm(PortalModelForm):
    class Meta:
        model = Attendance
        fields = ["group_heading", "printed_line", "status", "capacity", "person", "organisation"]


class AttendanceLinesForm(PortalForm):
    """Several lines at once, as they are printed."""

    group_heading = forms.CharField(
        label="Rubrique",
        max_length=120,
        required=False,
        help_text="Comme imprimée : « Présents », « Excusés »",
    )
    status = forms.ChoiceField(label="Présence", choices=AttendanceStatus)
    capacity = forms.ChoiceField(label="Qualité", choices=Capacity)
    lines = forms.CharField(
        label="Personnes", widget=forms.Textarea({"rows": 5}), help_text="Une ligne par ligne imprimée."
    )

    def clean_lines(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        longest = Attendance._meta.get_field("printed_line").max_length
        if any(len(line) > longest for line in lines):
            raise ValidationError(f"Une ligne dépasse {longest} caractères : coupez-la en deux.")
        return lines


class DocumentForm(PortalForm):
    title = forms.CharField(label="Intitulé", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=DocumentKind)
    visibility = forms.ChoiceField(label="Visible par", choices=Visibility)
    upload = forms.FileField(label="Fichier", help_text="PDF, image ou document bureautique, 20 Mo au plus.")

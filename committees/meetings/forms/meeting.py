from django import forms
from django.utils import timezone

from clu_portal.lib.forms import PortalForm, PortalModelForm
from committees.composition.models import Committee
from committees.meetings.forms.fields import TenantMultipleChoiceField
from committees.meetings.models import AgendaItem, Meeting

WHEN_AND_WHERE = ["held_on", "planned_for", "starts_at", "ends_at", "place", "chair"]


class JointMixin(forms.Form):
    """The committees of a meeting; the others of a joint one are not asked where the préfecture has one only.

    A committee that merged is offered no more, save to the meetings that are its own already.
    """

    joint_committees = TenantMultipleChoiceField(
        Committee,
        label="Réunion commune avec",
        required=False,
        help_text="Les autres comités réunis ce jour-là : leurs membres voient la réunion.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [link.committee_id for link in self.instance.joint_links.all()] if self.instance.pk else []
        still_there = Committee.objects.not_merged_on(timezone.localdate())
        offered = still_there | Committee.objects.filter(pk__in=[self.instance.committee_id, *known])
        self.fields["committee"].queryset = self.fields["joint_committees"].queryset = offered
        if len(self.fields["joint_committees"].queryset[:2]) < 2:
            del self.fields["joint_committees"]


class MeetingForm(JointMixin, PortalModelForm):
    class Meta:
        model = Meeting
        fields = ["committee", *WHEN_AND_WHERE, "title_lines", "next_meeting", "second_convocation_on"]
        widgets = {"title_lines": forms.Textarea({"rows": 2})}

    field_order = ["committee", "joint_committees"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["joint_committees"] = [link.committee_id for link in self.instance.joint_links.all()]


class RepeatForm(JointMixin, PortalModelForm):
    """A meeting begun from another one: what is shown here is what is copied."""

    items = TenantMultipleChoiceField(AgendaItem, label="Points de l'ordre du jour à reprendre", required=False)

    class Meta:
        model = Meeting
        fields = ["committee", *WHEN_AND_WHERE]

    field_order = ["committee", "joint_committees"]

    def __init__(self, *args, source: Meeting, **kwargs):
        copied = {name: getattr(source, name) for name in ("committee", "starts_at", "ends_at", "place", "chair")}
        joint = [committee.pk for committee in source.joint_committees]
        super().__init__(*args, initial=copied | {"joint_committees": joint}, **kwargs)
        self.fields["items"].queryset = source.agenda_items.all()
        if not self.fields["items"].queryset:
            del self.fields["items"]


class ReasonForm(PortalForm):
    reason = forms.CharField(label="Motif", max_length=300, help_text="Il reste au dossier de la réunion.")

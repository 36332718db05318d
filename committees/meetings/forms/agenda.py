from clu_portal.lib.forms import PortalModelForm
from committees.meetings.forms.fields import choice_of
from committees.meetings.models import AgendaItem

UNDER_HELP = "Pour en faire un sous-point."


class AgendaItemForm(PortalModelForm):
    under = choice_of(AgendaItem, "Sous le point", help_text=UNDER_HELP)

    class Meta:
        model = AgendaItem
        fields = ["printed_label", "title", "kind", "presenters", "added_in_session", "moved_in_session"]

    field_order = ["printed_label", "title", "under"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first_level = self.instance.meeting.agenda_items.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["under"].queryset = first_level
        self.initial.setdefault("under", self.instance.parent_id)
        if self.instance.pk is None:
            for name in ("added_in_session", "moved_in_session"):
                del self.fields[name]

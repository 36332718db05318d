from clu_portal.lib.forms import PortalModelForm
from committees.meetings.forms.fields import in_groups
from committees.meetings.models import CommitteeRules, Vote

RULES = [
    (
        "Quorum",
        ["has_quorum", "quorum_numerator", "quorum_denominator", "quorum_is_strict", "second_convocation_lifts"],
    ),
    ("Pouvoirs", ["has_proxies", "proxies_count", "proxies_per_holder"]),
    ("Votes", ["has_votes", "chair_casts"]),
    ("Texte", ["rule_text"]),
]


class CommitteeRulesForm(PortalModelForm):
    class Meta:
        model = CommitteeRules
        fields = [name for _, names in RULES for name in names]

    @property
    def helper(self):
        return in_groups(super().helper, RULES)


COUNTS = ("for_count", "against_count", "abstention_count")


class VoteForm(PortalModelForm):
    class Meta:
        model = Vote
        fields = [
            "subject",
            "agenda_item",
            "voted_at",
            "method",
            *COUNTS,
            "chair_voice",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda_item"].queryset = self.instance.meeting.agenda_items.all()
        for name in COUNTS:
            self.fields[name].required = False

    def clean(self):
        """A count left empty is nobody."""
        cleaned = super().clean()
        return cleaned | {name: cleaned[name] or 0 for name in COUNTS if name in cleaned}

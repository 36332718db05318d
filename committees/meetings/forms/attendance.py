from django import forms
from django.core.exceptions import ValidationError

from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.organisations.models import Organisation, Person
from committees.composition.models import Seat
from committees.meetings.enums import AttendanceStatus, Capacity, HeadingLevel, Representation
from committees.meetings.forms.fields import TenantMultipleChoiceField, choice_of, in_groups
from committees.meetings.models import AgendaItem, Attendance, Invitation, Meeting

GROUPS = [
    ("Présence", ["status", "capacity", "mode"]),
    ("Qui", ["seat", "person", "office", "organisation", "body"]),
    ("Autres personnes, noms comme imprimés, accord", ["second_person", "third_person", "names", "gender"]),
    (
        "Représentation, suppléance, pouvoir",
        ["representation", "other_person", "other_office", "other_side", "proxy_to"],
    ),
    ("Arrivée, départ, points non suivis", ["arrived_at", "left_at", "missed"]),
    ("Ce qui s'imprime", ["line_follows", "printed_line", "heading_follows", "group_heading", "sub_heading"]),
]
SELDOM = [legend for legend, _ in GROUPS[2:5]]
OTHER_SIDE = ("other_side", "other_person", "other_office")


class HeadingForm(PortalForm):
    """One title for several lines: posted with the ticks, by one button per level."""

    title = forms.CharField(
        label="Titre de groupe des lignes choisies",
        max_length=160,
        required=False,
        help_text="Comme imprimé. Vide : la rubrique s'accorde d'après les présences, la sous-rubrique disparaît.",
        widget=forms.TextInput({"form": "presences"}),
    )
    level = forms.ChoiceField(choices=HeadingLevel, required=False)
    lines = TenantMultipleChoiceField(Attendance, required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = meeting.attendances.all()

    def clean(self):
        cleaned = super().clean()
        level, chosen = cleaned.get("level"), list(cleaned.get("lines") or ())
        longest = Attendance._meta.get_field("group_heading").max_length
        if not level:
            self.add_error("title", "Dites avec un des boutons ce que devient ce titre.")
        if level == HeadingLevel.HEADING and len(cleaned.get("title", "")) > longest:
            self.add_error("title", f"Une rubrique a {longest} caractères au plus.")
        if level == HeadingLevel.COLLEGE and not chosen:
            chosen = list(self.fields["lines"].queryset)
        if level and not chosen:
            self.add_error("title", "Choisissez d'abord les lignes, avec la case au début de chacune.")
        return cleaned | {"lines": [line.pk for line in chosen]}


class AttendanceForm(PortalModelForm):
    second_person = choice_of(Person, "Deuxième personne")
    third_person = choice_of(Person, "Troisième personne")
    missed = TenantMultipleChoiceField(AgendaItem, label="N'était pas là pour", required=False)
    printed_line = forms.CharField(
        label="Ligne imprimée",
        max_length=300,
        required=False,
        help_text="Telle que vous la tapez, si elle n'est pas composée.",
    )

    class Meta:
        model = Attendance
        fields = [
            name for _, names in GROUPS for name in names if name not in ("second_person", "third_person", "missed")
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = self.instance.meeting
        others = [other.person for other in self.instance.others.select_related("person")] if self.instance.pk else []
        self.not_shown = others[2:]
        self.initial |= dict(zip(("second_person", "third_person"), [one.pk for one in others], strict=False))
        self.initial["missed"] = [missed.agenda_item_id for missed in self.instance.missed_items.all()]
        self.fields["missed"].queryset = meeting.agenda_items.all()
        self.fields["proxy_to"].queryset = meeting.attendances.exclude(pk=self.instance.pk)
        self.fields["seat"].queryset = Seat.objects.filter(committee__in=meeting.committees)

    @property
    def helper(self):
        return in_groups(super().helper, GROUPS, folded=SELDOM)

    @property
    def others(self) -> list[Person]:
        """Those chosen here, then those of a line that names more than the form shows: it came from a file."""
        chosen = [person for name in ("second_person", "third_person") if (person := self.cleaned_data.get(name))]
        return chosen + [person for person in self.not_shown if person not in chosen]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("group_heading") != self.initial.get("group_heading") and cleaned.get("group_heading"):
            cleaned["heading_follows"] = False
        typed = cleaned.get("printed_line")
        if typed and typed != self.initial.get("printed_line"):
            cleaned["line_follows"] = False
        if not typed and not cleaned.get("line_follows"):
            self.add_error("printed_line", "Tapez la ligne, ou cochez « composer la ligne ».")
        if cleaned.get("representation") and not any(cleaned.get(name) for name in OTHER_SIDE):
            label = Representation(cleaned["representation"]).label
            self.add_error("other_side", f"« {label} » : dites de qui il s'agit, par son nom ou par sa fonction.")
        return cleaned


class AttendanceLinesForm(PortalForm):
    """Several lines at once, as they are printed."""

    group_heading = forms.CharField(
        label="Rubrique",
        max_length=120,
        required=False,
        help_text="Comme imprimée : « Présents », « Excusés ». Vide : proposée d'après la présence, et accordée.",
    )
    sub_heading = forms.CharField(
        label="Sous-rubrique",
        max_length=160,
        required=False,
        help_text=Attendance._meta.get_field("sub_heading").help_text,
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

    def clean(self):
        cleaned = super().clean()
        cleaned["heading_follows"] = not cleaned.get("group_heading")
        return cleaned


class InvitationForm(PortalModelForm):
    organisation = choice_of(Organisation, "Organisme")

    class Meta:
        model = Invitation
        fields = ["person", "organisation", "wording", "capacity"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("capacity", Capacity.GUEST)

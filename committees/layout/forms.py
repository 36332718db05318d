from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from clu_portal.lib.forms import PortalModelForm
from clu_portal.organisations.enums import Brand
from clu_portal.organisations.layout import TYPED_IN_LINES
from clu_portal.organisations.layout_rules import agrees
from clu_portal.organisations.models import DocumentLayout, Prefecture

DISAGREES = "Cette ligne et le genre choisi ne s'accordent pas : « Préfet » ou « Préfète » ?"
# What the form shows under each heading; the authority line stands at the end of the first.
GROUPS = {
    "Marque et autorité": ["brand", "motto", "authority_place", "authority_capitals", "authority_broken"],
    "En-tête": ["letterhead", "names_prefecture", "services", "head_order", "short_date", "header_text"],
    "Suivi": ["contact_label", "contact_agents", "contact_details", "drafters"],
    "Titre et références": ["title_form", "title_lines", "reference_lines"],
    "Pages": ["page_mark"],
    "Signature": ["signature_authority", "delegation_formula", "signature_office", "signature_by_hand"],
}
GROUPS["Signature"] += ["signature_mention", "signature_name"]
SHORT, LONG = 2, 4
ROWS = {"letterhead": LONG, "reference_lines": LONG, "contact_details": 3, "motto": 3}


class AuthorityForm(PortalModelForm):
    """The authority line of the préfecture, as its documents and its letters say it."""

    class Meta:
        model = Prefecture
        fields = ["authority_line", "authority_gender"]

    def clean(self):
        said = super().clean()
        if not agrees(said.get("authority_line", ""), said.get("authority_gender", "")):
            self.add_error("authority_line", ValidationError(DISAGREES, code="disagrees"))
        return said


class LayoutForm(PortalModelForm):
    """The layout. The State's brand is proposed only where the operator is entitled to it."""

    class Meta:
        model = DocumentLayout
        fields = [name for names in GROUPS.values() for name in names]
        widgets = {name: forms.Textarea({"rows": ROWS.get(name, SHORT)}) for name in TYPED_IN_LINES}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.STATE_IDENTITY_ALLOWED:
            allowed = [choice for choice in Brand.choices if choice[0] != Brand.STATE]
            self.fields["brand"].choices = allowed

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS.items()]

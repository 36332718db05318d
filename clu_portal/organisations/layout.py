"""How the documents of a préfecture are laid out: one typed row, whose defaults print what was always printed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from clu_portal.organisations.enums import AuthorityPlace, Brand, HeadOrder, PageMark, TitleForm
from clu_portal.organisations.layout_rules import (
    BLANKS,
    LONGEST_LINE,
    MOST_LINES,
    MOST_SIGNATURE_LINES,
    signature_lines,
    unknown_blanks,
)
from clu_portal.tenancy import TenantModel

LINE_BY_LINE = "Une ligne par ligne imprimée."
PROPOSED = "Proposé à chaque nouveau compte-rendu, où cela se change encore."
IN_BRACES = "{comité}, {date} et {jour} sont remplacés par ceux de la réunion."
# What several lines are typed in, and what may hold braces.
TYPED_IN_LINES = ("motto", "letterhead", "services", "contact_agents", "contact_details", "drafters")
TYPED_IN_LINES += ("reference_lines", "title_lines")
WITH_BLANKS = ("reference_lines", "title_lines")


def lines_field(name: str, help_text: str = LINE_BY_LINE) -> models.TextField:
    return models.TextField(name, blank=True, help_text=help_text)


def line_field(name: str, help_text: str = "", length: int = 160) -> models.CharField:
    return models.CharField(name, max_length=length, blank=True, help_text=help_text)


def choice_field(name: str, choices, default: str, help_text: str = "") -> models.CharField:
    blank = "" in choices.values
    return models.CharField(name, max_length=12, choices=choices, default=default, blank=blank, help_text=help_text)


class DocumentLayout(TenantModel):
    """What is printed around the documents of a préfecture, and what is proposed to each new minutes."""

    brand = choice_field("bloc de marque", Brand, Brand.NONE)
    motto = lines_field("devise du bloc neutre", "En italique sous l'autorité, une ligne par ligne imprimée.")
    authority_place = choice_field(
        "place de la ligne d'autorité",
        AuthorityPlace,
        AuthorityPlace.UNDER,
        "Dans un bloc de marque, l'autorité est toujours en haut.",
    )
    authority_capitals = models.BooleanField("autorité en capitales", default=False)
    authority_broken = models.BooleanField(
        "autorité coupée en lignes", default=False, help_text="Avant « de », « du », « des » et « d' »."
    )
    letterhead = lines_field("en-tête")
    names_prefecture = models.BooleanField(
        "en-tête vide : imprimer le nom de la préfecture",
        default=True,
        help_text="Sans effet avec un bloc de marque, qui dit déjà l'autorité.",
    )
    services = lines_field("service émetteur", f"Sous l'en-tête, ou après la date. {LINE_BY_LINE}")
    header_text = line_field("texte en haut de chaque page", "Facultatif, en petit.", length=120)
    head_order = choice_field("ordre de l'en-tête", HeadOrder, HeadOrder.LETTER)
    short_date = models.BooleanField(
        "date courte", default=False, help_text="« 05/04/26 » au lieu de « Clairbourg, le 5 avril 2026 »."
    )
    contact_label = line_field(
        "intitulé du suivi", "Tel qu'imprimé, deux-points compris ou non : « Affaire suivie par : ».", length=60
    )
    contact_agents = lines_field("agents", "Un par ligne, ou plusieurs sur une ligne : « A. Martin / B. Durand ».")
    contact_details = lines_field("téléphones et messagerie", f"{LINE_BY_LINE} « Tél : 01 02 03 04 05 ».")
    drafters = lines_field("rédaction", f"{LINE_BY_LINE} « Rédigé par : … ». {PROPOSED}")
    reference_lines = lines_field(
        "objet et références", f"Une ligne par mention, intitulé compris : « Objet : … », « Réf. : … ». {IN_BRACES}"
    )
    title_form = choice_field("forme du titre", TitleForm, TitleForm.BOLD, PROPOSED)
    title_lines = lines_field(
        "titre", f"{LINE_BY_LINE} {IN_BRACES} Vide : le comité, puis « Compte-rendu de la réunion du… »."
    )
    page_mark = choice_field("repère de page", PageMark, PageMark.PAGE_OF, PROPOSED)
    signature_authority = line_field("autorité qui signe", "« La préfète, ». Vide : pas de ligne.")
    delegation_formula = line_field(
        "formule de délégation", "« Pour la préfète, et par délégation, », « P/La Préfète ».", length=200
    )
    signature_office = line_field("fonction de qui signe", "Accordée : « La secrétaire générale, ».")
    signature_by_hand = models.BooleanField("laisser la place d'une signature à la main", default=False)
    signature_mention = line_field("mention", "« signé ». Vide : pas de mention.", length=60)
    signature_name = line_field("nom de qui signe")

    class Meta(TenantModel.Meta):
        verbose_name = "mise en page des documents"
        constraints = [
            models.UniqueConstraint(fields=["prefecture"], name="one_layout_per_prefecture"),
            models.CheckConstraint(condition=Q(brand__in=Brand.values), name="layout_brand"),
            models.CheckConstraint(condition=Q(authority_place__in=AuthorityPlace.values), name="layout_authority"),
            models.CheckConstraint(condition=Q(head_order__in=HeadOrder.values), name="layout_head_order"),
            models.CheckConstraint(condition=Q(title_form__in=TitleForm.values), name="layout_title_form"),
            models.CheckConstraint(condition=Q(page_mark__in=PageMark.values), name="layout_page_mark"),
        ]

    def __str__(self):
        return "Mise en page des documents"

    @classmethod
    def current(cls) -> "DocumentLayout":
        """The layout of the préfecture of the moment; the defaults, not saved, before anybody changed them."""
        return cls.objects.first() or cls()

    @property
    def signature_lines(self) -> list[str]:
        return signature_lines(
            (self.signature_authority, self.delegation_formula, self.signature_office),
            by_hand=self.signature_by_hand,
            after=(self.signature_mention, self.signature_name),
        )

    def clean(self):
        """Raises ValidationError beside its field: too_many_lines, line_too_long, unknown_blank…."""
        refusals = {name: refusal for name in TYPED_IN_LINES if (refusal := self.refusal_of(name))}
        if len(self.signature_lines) > MOST_SIGNATURE_LINES:
            message = f"La signature a {MOST_SIGNATURE_LINES} lignes au plus, la place à la main comprise."
            refusals["signature_name"] = ValidationError(message, code="signature_too_long")
        if refusals:
            raise ValidationError(refusals)

    def refusal_of(self, name: str) -> ValidationError | None:
        lines = getattr(self, name).splitlines()
        if len(lines) > MOST_LINES:
            return ValidationError(f"{MOST_LINES} lignes au plus : il y en a {len(lines)}.", code="too_many_lines")
        if any(len(line) > LONGEST_LINE for line in lines):
            return ValidationError(f"Une ligne a {LONGEST_LINE} caractères au plus.", code="line_too_long")
        if name in WITH_BLANKS and (unknown := unknown_blanks(getattr(self, name))):
            known = ", ".join(f"{{{blank}}}" for blank in BLANKS)
            message = f"« {{{unknown[0]}}} » n'est remplacé par rien. Possibles : {known}."
            return ValidationError(message, code="unknown_blank")
        return None

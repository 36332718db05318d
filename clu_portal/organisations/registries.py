"""The six lists a référent keeps. Each is described once; views.py and the templates draw them all."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from clu_portal import offers
from clu_portal.lib.forms import PortalModelForm
from clu_portal.organisations import forms, permissions
from clu_portal.organisations.models import (
    ClosingDay,
    Organisation,
    Person,
    Prefecture,
    Service,
    Site,
    StandardSentence,
)
from clu_portal.tenancy import required_prefecture_id


@dataclass(frozen=True)
class Registry:
    """One list: its rows, its form, its words, and its columns as (heading, value of a row); the first names it."""

    name: str
    path: str
    model: type[models.Model]
    form: type[PortalModelForm]
    title: str
    add: str
    change: str
    saved: str
    purpose: str
    columns: tuple[tuple[str, Callable[[Any], Any]], ...]
    with_rows: tuple[str, ...] = ()
    removed: str = ""  # what is said of a row removed for good; nothing where there is a corbeille
    has_twins: bool = False  # whether two of its rows may be one, created twice

    def address(self, page: str, slug: str, *args) -> str:
        return reverse(f"organisations:{self.name}_{page}", args=[slug, *args])

    def removal_address(self, slug: str, pk: int) -> str:
        """Where a row goes away: to the corbeille, or for good where there is none."""
        if self.model.is_trashable:
            return reverse("trash:row_trash", args=[slug, self.model._meta.model_name, pk])
        return self.address("remove", slug, pk)

    def line(self, row: models.Model, slug: str) -> tuple[models.Model, list, str]:
        """Return a row, its headings and values in the columns, and the address of the page that changes it."""
        return row, [(heading, value(row)) for heading, value in self.columns], self.address("update", slug, row.pk)

    def rows(self, user) -> models.QuerySet:
        return self.model.objects.visible_to(user).select_related(*self.with_rows)

    def references(self, user, pks: Collection[int]) -> dict[int, offers.Reference]:
        """What « person:12 » leads to: the page that changes it, the list for whoever only reads."""
        rows = list(self.rows(user).filter(pk__in=pks))
        slug = Prefecture.objects.values_list("slug", flat=True).get(pk=required_prefecture_id()) if rows else ""
        if permissions.may_manage(user):
            return {row.pk: offers.Reference(str(row), self.address("update", slug, row.pk)) for row in rows}
        return {row.pk: offers.Reference(str(row), self.address("list", slug)) for row in rows}


SITES = Registry(
    name="site",
    path="sites",
    model=Site,
    form=forms.SiteForm,
    title="Sites",
    add="Ajouter un site",
    change="Modifier le site",
    saved="Le site est enregistré.",
    removed="Le site est retiré.",
    purpose="Un site reçoit le public. Sa zone dit quels jours fériés comptent dans les délais.",
    columns=(
        ("Nom", lambda site: site.name),
        ("Adresse", lambda site: site.address),
        ("Jours fériés", lambda site: site.get_zone_display() + (", Vendredi saint" if site.good_friday else "")),
    ),
)
SERVICES = Registry(
    name="service",
    path="services",
    model=Service,
    form=forms.ServiceForm,
    title="Services",
    add="Ajouter un service",
    change="Modifier le service",
    saved="Le service est enregistré.",
    removed="Le service est retiré.",
    purpose="Un service répond aux réclamations et tient des actions.",
    columns=(
        ("Nom", lambda service: service.name),
        ("Sigle", lambda service: service.acronym),
        ("Téléphone", lambda service: service.phone),
        ("Messagerie", lambda service: service.email),
    ),
)
ORGANISATIONS = Registry(
    name="organisation",
    path="organismes",
    model=Organisation,
    form=forms.OrganisationForm,
    title="Organismes",
    add="Ajouter un organisme",
    change="Modifier l'organisme",
    saved="L'organisme est enregistré.",
    purpose="Associations, collectivités, chambres : les organismes qui siègent aux comités.",
    columns=(
        ("Nom", lambda organisation: organisation.name),
        ("Sigle", lambda organisation: organisation.acronym),
        ("Famille", lambda organisation: organisation.get_family_display()),
    ),
    has_twins=True,
)
PERSONS = Registry(
    name="person",
    path="personnes",
    model=Person,
    form=forms.PersonForm,
    title="Personnes",
    add="Ajouter une personne",
    change="Modifier la personne",
    saved="La personne est enregistrée.",
    purpose="Les personnes qui siègent, qui assistent aux réunions ou qui tiennent des actions.",
    columns=(
        ("Nom", str),
        ("Organisme", lambda person: person.organisation or ""),
        ("Courriel", lambda person: person.email),
        ("Téléphone", lambda person: person.phone),
    ),
    with_rows=("organisation",),
    has_twins=True,
)
CLOSING_DAYS = Registry(
    name="closing_day",
    path="fermetures",
    model=ClosingDay,
    form=forms.ClosingDayForm,
    title="Jours de fermeture",
    add="Ajouter une fermeture",
    change="Modifier la fermeture",
    saved="La fermeture est enregistrée.",
    removed="La fermeture est retirée.",
    purpose="Un jour de fermeture ne compte dans aucun délai. Les jours fériés sont déjà connus.",
    columns=(
        ("Motif", lambda closing: closing.reason),
        ("Du", lambda closing: closing.starts_on),
        ("Au", lambda closing: closing.ends_on),
        ("Site", lambda closing: closing.site or "toute la préfecture"),
    ),
    with_rows=("site",),
)
SENTENCES = Registry(
    name="sentence",
    path="phrases-types",
    model=StandardSentence,
    form=forms.StandardSentenceForm,
    title="Phrases types",
    add="Ajouter une phrase type",
    change="Modifier la phrase type",
    saved="La phrase type est enregistrée.",
    removed="La phrase type est retirée. Les comptes-rendus où elle a été insérée ne changent pas.",
    purpose="Une phrase type s'insère dans un compte-rendu : tapez « / » dans l'éditeur, puis son titre.",
    columns=(
        ("Titre", lambda sentence: sentence.title),
        ("Texte", lambda sentence: sentence.text),
    ),
)
REGISTRIES = (SITES, SERVICES, ORGANISATIONS, PERSONS, CLOSING_DAYS, SENTENCES)

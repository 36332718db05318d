"""What the registries offer to the rest of the portal (clu_portal/offers.py)."""

from collections.abc import Collection

from django.db.models import Exists, Value
from django.urls import reverse

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations import permissions
from clu_portal.organisations.imports.registries import ORGANISATION_SHEET, PERSON_SHEET
from clu_portal.organisations.imports.views import import_references
from clu_portal.organisations.models import Organisation, Person, PrefectureSettings
from clu_portal.organisations.registries import ORGANISATIONS, PERSONS, REGISTRIES
from clu_portal.tenancy import current_prefecture
from clu_portal.trash.kinds import TrashKind


def register() -> None:
    for registry in REGISTRIES:
        offers.references.register(registry.model._meta.model_name, registry.references, query_budget=2)
    offers.references.register("prefecturesettings", settings_references, query_budget=2)
    offers.references.register("importrun", import_references, query_budget=1)
    for sheet in (ORGANISATION_SHEET, PERSON_SHEET):
        offers.sheets.register(sheet.kind, sheet)
    offers.trash_kinds.register("organisation", TrashKind(Organisation, "organisations:organisation_list"))
    offers.trash_kinds.register("person", TrashKind(Person, "organisations:person_list"))
    offers.first_steps.register("10.settings", settings_step, query_budget=0)
    offers.first_steps.register("30.organisations", organisations_step, query_budget=0)
    offers.first_steps.register("40.persons", persons_step, query_budget=0)


def settings_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    if not user.has_role(*permissions.READERS):
        return {}
    address = reverse("organisations:settings_edit", args=[current_prefecture().slug])
    found = PrefectureSettings.objects.filter(pk__in=pks)
    return {settings.pk: offers.Reference(str(settings), address) for settings in found}


def settings_step(user) -> offers.FirstStep:
    """Done when documents can be headed and dated: the authority and the city are known."""
    prefecture = current_prefecture()
    done = Value(bool(prefecture.city and prefecture.authority_line))
    return offers.FirstStep(
        "Remplir les réglages", lambda: reverse("organisations:settings_edit", args=[prefecture.slug]), done
    )


def organisations_step(user) -> offers.FirstStep:
    return offers.FirstStep(
        "Inscrire les organismes qui siègent",
        lambda: ORGANISATIONS.address("list", current_prefecture().slug),
        Exists(Organisation.objects.all()),
    )


def persons_step(user) -> offers.FirstStep:
    """Done when somebody is known who has no account of the team."""
    outside = Person.objects.exclude(
        user__roles__kind__in=[RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT]
    )
    return offers.FirstStep(
        "Inscrire les personnes", lambda: PERSONS.address("list", current_prefecture().slug), Exists(outside)
    )

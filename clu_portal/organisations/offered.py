"""What the registries offer to the rest of the portal (clu_portal/offers.py)."""

from collections.abc import Collection

from django.urls import reverse

from clu_portal import offers
from clu_portal.organisations import permissions
from clu_portal.organisations.models import Organisation, Person, Prefecture, PrefectureSettings
from clu_portal.organisations.registries import ORGANISATIONS, PERSONS, REGISTRIES
from clu_portal.tenancy import required_prefecture_id


def register() -> None:
    for registry in REGISTRIES:
        offers.references.register(registry.model._meta.model_name, registry.references, query_budget=2)
    offers.references.register("prefecturesettings", settings_references, query_budget=2)
    offers.first_steps.register("10.settings", settings_step, query_budget=2)
    offers.first_steps.register("30.organisations", organisations_step, query_budget=2)
    offers.first_steps.register("40.persons", persons_step, query_budget=2)


def this_prefecture() -> Prefecture:
    return Prefecture.objects.get(pk=required_prefecture_id())


def settings_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    if not user.has_role(*permissions.READERS):
        return {}
    address = reverse("organisations:settings_edit", args=[this_prefecture().slug])
    found = PrefectureSettings.objects.filter(pk__in=pks)
    return {settings.pk: offers.Reference(str(settings), address) for settings in found}


def settings_step(user) -> tuple[str, str, bool]:
    """Done when documents can be headed: the city, the authority and the letterhead are known."""
    prefecture, letterhead = this_prefecture(), PrefectureSettings.current().letterhead
    done = bool(prefecture.city and prefecture.authority_line and letterhead)
    return "Remplir les réglages", reverse("organisations:settings_edit", args=[prefecture.slug]), done


def organisations_step(user) -> tuple[str, str, bool]:
    address = ORGANISATIONS.address("list", this_prefecture().slug)
    return "Inscrire les organismes qui siègent", address, Organisation.objects.exists()


def persons_step(user) -> tuple[str, str, bool]:
    """Done when somebody is known who has no account of the team."""
    address = PERSONS.address("list", this_prefecture().slug)
    outside = Person.objects.exclude(user__roles__kind__in=["referent", "secretary_general", "agent"])
    return "Inscrire les personnes", address, outside.exists()

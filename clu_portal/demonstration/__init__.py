"""The demonstration: invented préfectures, fictitious persons, known passwords. Never in a real database."""

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import CommandError

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User
from clu_portal.demonstration.prefectures import PREFECTURES, VALMARCHE, Account, Planned
from clu_portal.demonstration.sentences import SENTENCES
from clu_portal.organisations.models import (
    DocumentLayout,
    Person,
    Prefecture,
    PrefectureSettings,
    Service,
    Site,
    StandardSentence,
)
from clu_portal.startup import installation_mode
from clu_portal.tenancy import scope

ACCOUNTS = VALMARCHE.accounts
PASSWORD = "demonstration-valmarche"  # noqa: S105 - shown on the screen, refused outside demonstration databases


def refuse_outside_demonstration() -> None:
    """Raise CommandError unless both the settings and the database say demonstration (design §10)."""
    if not settings.DEMONSTRATION or installation_mode() != "demonstration":
        raise CommandError("Cette base n'est pas une base de démonstration : rien n'a été chargé.")


def load_everything() -> list[Prefecture]:
    """Load each préfecture, then what each app tells of it. Safe to run twice, and after an interruption."""
    return [load(planned) for planned in PREFECTURES]


def load(planned: Planned) -> Prefecture:
    prefecture = load_prefecture(planned)
    for _, offered in offers.demonstrations:
        with scope(prefecture.pk):
            finish = offered.function(prefecture)
        if finish:
            finish()
    return prefecture


def load_prefecture(planned: Planned = VALMARCHE) -> Prefecture:
    """Make an invented préfecture, its sites, its services and its accounts. Safe to run twice."""
    said = ("name", "department_code", "city", "authority_line", "authority_gender")
    prefecture, _ = Prefecture.objects.get_or_create(
        slug=planned.slug,
        defaults={name: getattr(planned, name) for name in said} | {"is_demonstration": True},
    )
    with scope(prefecture.pk):
        PrefectureSettings.objects.get_or_create()
        DocumentLayout.objects.get_or_create(defaults=planned.layout)
        for name in planned.sites:
            Site.objects.get_or_create(name=name)
        for name, acronym in planned.services:
            Service.objects.get_or_create(name=name, defaults={"acronym": acronym})
        for title, text in SENTENCES:
            StandardSentence.objects.get_or_create(title=title, defaults={"text": text})
        for account in planned.accounts:
            load_account(account, prefecture)
    return prefecture


@cache
def password_hash() -> str:
    """Computed once: the password is the same for all, and known to everybody."""
    return make_password(PASSWORD)


def load_account(account: Account, prefecture: Prefecture) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create(email=account.email, name=account.name, password=password_hash())
    is_national = account.kind == RoleKind.NATIONAL_ADMIN
    place = Prefecture.national() if is_national else prefecture
    Role.objects.get_or_create(user=user, prefecture=place, kind=account.kind, defaults={"title": account.title})
    if not is_national:
        given_name, _, surname = account.name.partition(" ")
        named = {"civility": account.civility, "given_name": given_name, "surname": surname}
        Person.objects.get_or_create(user=user, defaults={**named, "email": account.email})
    return user

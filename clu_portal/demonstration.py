"""The demonstration: an invented préfecture, fictitious persons, one account per role. Never in a real database."""

from dataclasses import dataclass

from django.conf import settings
from django.core.management.base import CommandError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User
from clu_portal.organisations.models import Person, Prefecture, PrefectureSettings, Service, Site
from clu_portal.startup import installation_mode
from clu_portal.tenancy import scope

SLUG = "valmarche"
PASSWORD = "demonstration-valmarche"  # noqa: S105 - shown on the screen, refused outside demonstration databases


@dataclass(frozen=True)
class Account:
    kind: str
    email: str
    name: str
    title: str


ACCOUNTS = [
    Account(RoleKind.REFERENT, "referent@valmarche.example", "Solène Aubrac", "Référente qualité"),
    Account(RoleKind.SECRETARY_GENERAL, "sg@valmarche.example", "Mathilde Corvasier", "Secrétaire générale"),
    Account(RoleKind.AGENT, "agent@valmarche.example", "Ibrahim Lestrange", "Chef du bureau de l'accueil"),
    Account(RoleKind.AUDITOR, "auditeur@valmarche.example", "Perrine Vautrelle", "Auditrice"),
    Account(RoleKind.NATIONAL_ADMIN, "national@portail.example", "Anselme Quintard", "Administrateur national"),
]


def refuse_outside_demonstration() -> None:
    """Raise CommandError unless both the settings and the database say demonstration (design §10)."""
    if not settings.DEMONSTRATION or installation_mode() != "demonstration":
        raise CommandError("Cette base n'est pas une base de démonstration : rien n'a été chargé.")


def load_prefecture() -> Prefecture:
    """Make the invented préfecture, its sites, its services and its accounts. Safe to run twice."""
    prefecture, _ = Prefecture.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": "Préfecture de la Valmarche",
            "department_code": "9V",
            "city": "Clairbourg",
            "authority_line": "Préfète de la Valmarche",
            "authority_gender": "feminine",
            "is_demonstration": True,
        },
    )
    with scope(prefecture.pk):
        PrefectureSettings.objects.get_or_create(
            defaults={
                "letterhead": "Préfecture de la Valmarche\nSecrétariat général\nMission qualité",
                "delegation_formula": "Pour la préfète et par délégation,",
            }
        )
        for name in ("Hôtel de préfecture, Clairbourg", "Sous-préfecture de Montaigu-le-Vieux"):
            Site.objects.get_or_create(name=name)
        for name in ("Bureau de l'accueil et des titres", "Mission qualité", "Bureau des étrangers"):
            Service.objects.get_or_create(name=name)
        for account in ACCOUNTS:
            load_account(account, prefecture)
    return prefecture


def load_account(account: Account, prefecture: Prefecture) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, PASSWORD, name=account.name)
    is_national = account.kind == RoleKind.NATIONAL_ADMIN
    place = Prefecture.national() if is_national else prefecture
    Role.objects.get_or_create(user=user, prefecture=place, kind=account.kind, defaults={"title": account.title})
    if not is_national:
        civility = "monsieur" if account.name.startswith("Ibrahim") else "madame"
        given_name, _, surname = account.name.partition(" ")
        Person.objects.get_or_create(
            user=user,
            defaults={
                "civility": civility,
                "given_name": given_name,
                "surname": surname,
                "email": account.email,
            },
        )
    return user

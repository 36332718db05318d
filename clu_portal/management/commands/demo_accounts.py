from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from clu_portal import demonstration, offers
from clu_portal.accounts.enums import TokenPurpose
from clu_portal.accounts.models import User
from clu_portal.accounts.tokens import access_url, create_token
from clu_portal.demonstration.prefectures import PREFECTURES, VALMARCHE
from clu_portal.organisations.models import Person, Prefecture
from clu_portal.tenancy import scope


class Command(BaseCommand):
    help = "Écrit les comptes de démonstration, un par rôle, un lien de membre, et les autres préfectures."

    def handle(self, *args, **options):
        demonstration.refuse_outside_demonstration()
        prefecture = Prefecture.objects.get(slug=VALMARCHE.slug)
        lines = [
            (account.title, account.email, demonstration.PASSWORD)
            for account in VALMARCHE.accounts
            if User.objects.filter(email=account.email).exists()
        ]
        with scope(prefecture.pk):
            lines += [("Membre du comité", str(person), member_link(person)) for person in first_members()]
        self.stdout.write(f"\nAdresse : {settings.BASE_URL}/{prefecture.slug}/\n\n")
        widths = [max(len(line[column]) for line in lines) for column in (0, 1)]
        for role, who, key in lines:
            self.stdout.write(f"  {role:<{widths[0]}}  {who:<{widths[1]}}  {key}\n")
        self.stdout.write(f"\nAutres préfectures, même mot de passe : {', '.join(other_referents())}.\n")
        self.stdout.write("\nLes courriels ne partent pas : ils se lisent dans « Courriels envoyés ».\n")


def other_referents() -> list[str]:
    """« /ombreuse/ (referente@ombreuse.example) »: where the others are, and who signs in there."""
    others = [planned for planned in PREFECTURES if planned is not VALMARCHE]
    loaded = set(Prefecture.objects.values_list("slug", flat=True))
    return [f"/{planned.slug}/ ({planned.referent.email})" for planned in others if planned.slug in loaded]


def first_members() -> list[Person]:
    persons = Person.objects.filter(user__roles__isnull=True).order_by("pk")
    known = {person.pk for person in persons}
    may = set().union(*(offered.function(known) for _, offered in offers.member_checks))
    return [person for person in persons if person.pk in may][:1]


def member_link(person: Person) -> str:
    token = create_token(
        purpose=TokenPurpose.MEMBER_SIGN_IN,
        object_reference=f"person:{person.pk}",
        expires_at=timezone.now() + timedelta(days=1),
    )
    return access_url(token)

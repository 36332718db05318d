from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from clu_portal.accounts.invitations import create_link, invite_national_admin
from clu_portal.accounts.tokens import access_url
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope


class Command(BaseCommand):
    help = "Écrit le lien, à usage unique, par lequel l'administrateur national ouvre son compte."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="prénom et nom, que la personne peut corriger")

    def handle(self, *args, email: str, name: str, **options):
        try:
            validate_email(email)
            with scope(Prefecture.national().pk):
                invitation = invite_national_admin(by=None, name=name or email.partition("@")[0], email=email)
                link = access_url(create_link(invitation))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Ouvrez ce lien une fois, pour choisir le mot de passe :\n{link}")

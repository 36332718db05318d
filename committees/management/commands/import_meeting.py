from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.meeting_files.acts import import_once


class Command(BaseCommand):
    help = "Lit une réunion d'un fichier écrit par export_meeting : toute, ou rien (docs/meeting-file.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--prefecture", required=True, help="adresse de la préfecture qui la reçoit")

    def handle(self, *args, file: Path, prefecture: str, **options):
        receiver = Prefecture.objects.real().filter(slug=prefecture).first()
        if receiver is None:
            raise CommandError(f"Aucune préfecture n'a l'adresse {prefecture}.")
        try:
            with scope(receiver.pk, receiver):
                is_new = import_once(file.read_text(encoding="utf-8"), by=None)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} ne se lit pas : {error}") from error
        except ValidationError as error:
            raise CommandError("\n".join(["Rien n'a été importé.", *error.messages])) from error
        self.stdout.write(
            "Réunion importée." if is_new else "Cette réunion est déjà dans la préfecture : rien n'a changé."
        )

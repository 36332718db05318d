from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.meeting_files.exporting import meeting_file, written
from committees.meetings.models import Meeting


class Command(BaseCommand):
    help = "Écrit une réunion, avec tout ce qu'elle contient, en un fichier JSON (docs/meeting-file.md)."

    def add_arguments(self, parser):
        parser.add_argument("meeting_id", type=int)
        parser.add_argument("--prefecture", help="adresse de la préfecture, si l'on veut en être sûr")

    def handle(self, *args, meeting_id: int, prefecture: str | None, **options):
        prefectures = Prefecture.objects.real()
        for each in prefectures.filter(slug=prefecture) if prefecture else prefectures:
            with scope(each.pk, each):
                meeting = Meeting.objects.filter(pk=meeting_id).first()
                if meeting:
                    self.stdout.write(exported(meeting), ending="")
                    return
        raise CommandError(f"Aucune réunion ne porte le numéro {meeting_id}.")


def exported(meeting: Meeting) -> str:
    try:
        return written(meeting_file(meeting))
    except ValidationError as error:
        raise CommandError("\n".join(["Cette réunion ne s'exporte pas encore :", *error.messages])) from error

import json

from django.core.management.base import BaseCommand

from committees.meeting_files.schema import meeting_schema


class Command(BaseCommand):
    help = "Écrit le schéma JSON du fichier d'une réunion : docs/meeting-file.schema.json."

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(meeting_schema(), ensure_ascii=False, indent=1))

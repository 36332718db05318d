from django.core.management.base import BaseCommand, CommandError

from clu_portal.isolation import ensure_isolation, isolation_faults


class Command(BaseCommand):
    help = "Pose l'isolation des préfectures dans la base, ou la vérifie (--check)."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check=False, **options):
        if not check:
            ensure_isolation()
        if faults := isolation_faults():
            raise CommandError("\n".join(faults))
        self.stdout.write("L'isolation des préfectures est entière.")

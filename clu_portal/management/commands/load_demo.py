from django.core.management.base import BaseCommand

from clu_portal import demonstration


class Command(BaseCommand):
    help = "Charge les données de démonstration. Refuse une base réelle ; se relance sans rien doubler."

    def handle(self, *args, **options):
        demonstration.refuse_outside_demonstration()
        loaded = demonstration.load_everything()
        self.stdout.write(f"Démonstration chargée : {', '.join(prefecture.name for prefecture in loaded)}.")

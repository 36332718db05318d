from django.core.management.base import BaseCommand

from clu_portal import demonstration, offers
from clu_portal.tenancy import scope


class Command(BaseCommand):
    help = "Charge les données de démonstration. Refuse une base réelle ; se relance sans rien doubler."

    def handle(self, *args, **options):
        demonstration.refuse_outside_demonstration()
        prefecture = demonstration.load_prefecture()
        for _, offered in offers.demonstrations:
            with scope(prefecture.pk):
                finish = offered.function(prefecture)
            if finish:
                finish()
        self.stdout.write(f"Démonstration chargée : {prefecture.name}.")

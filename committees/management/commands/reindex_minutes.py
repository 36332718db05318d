from django.core.management.base import BaseCommand

from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.minutes.indexing import reindex_minutes
from committees.minutes.models import Minutes


class Command(BaseCommand):
    help = "Relit chaque compte-rendu et refait ses échanges, décisions et actions citées. Se lance sans risque."

    def handle(self, *args, **options):
        count = sum(self.reindex(prefecture) for prefecture in Prefecture.objects.real())
        self.stdout.write(f"Comptes-rendus relus : {count}.")

    def reindex(self, prefecture: Prefecture) -> int:
        with scope(prefecture.pk):
            every_minutes = list(Minutes.objects.order_by("pk"))
            for minutes in every_minutes:
                reindex_minutes(minutes)
        return len(every_minutes)

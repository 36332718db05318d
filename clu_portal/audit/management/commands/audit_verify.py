from django.core.management.base import BaseCommand, CommandError

from clu_portal.audit.chain import verify_chain
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope


class Command(BaseCommand):
    help = "Vérifie le journal de chaque préfecture : aucune ligne modifiée, insérée ni retirée."

    def add_arguments(self, parser):
        parser.add_argument("--prefecture", help="adresse d'une seule préfecture, par exemple valmarche")

    def handle(self, *args, prefecture=None, **options):
        prefectures = Prefecture.objects.filter(slug=prefecture) if prefecture else Prefecture.objects.all()
        if not prefectures.exists():
            raise CommandError("Aucune préfecture à vérifier.")
        broken = [checked.slug for checked in prefectures.order_by("slug") if not self.holds(checked)]
        if broken:
            raise CommandError(f"Journal rompu : {', '.join(broken)}.")

    def holds(self, prefecture: Prefecture) -> bool:
        with scope(prefecture.pk):
            verdict = verify_chain()
        state = f"RUPTURE, {verdict.fault}" if verdict.fault else "chaîne entière"
        self.stdout.write(f"{prefecture.slug} : {verdict.line_count} lignes vérifiées, {state}")
        return not verdict.fault

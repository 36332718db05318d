from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from clu_portal.isolation import ensure_isolation


class Command(Migrate):
    """Migrates, as the owner, then makes the isolation whole."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        call_command("createcachetable", verbosity=0)
        ensure_isolation()

from django.core.management.base import BaseCommand

from clu_portal.mail.drain import Outcome, drain
from clu_portal.startup import check_demonstration

SAID = {
    Outcome.SENT: "envoyés",
    Outcome.POSTPONED: "remis à plus tard",
    Outcome.DEAD: "en échec",
    Outcome.LOST: "pris par un autre",
    Outcome.DOUBTFUL: "sans réponse du relais",
    Outcome.RELAY_AWAY: "relais absent",
}


class Command(BaseCommand):
    help = "Envoie les courriels en attente. Ne demande ni Redis, ni planificateur, ni travailleur."

    def handle(self, **options) -> None:
        check_demonstration()
        outcomes = drain()
        counts = ", ".join(f"{count} {SAID[outcome]}" for outcome, count in sorted(outcomes.items()))
        self.stdout.write(counts or "Rien à envoyer.")

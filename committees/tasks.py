from celery import shared_task

from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.composition.sending import send_warnings


@shared_task
def send_composition_warnings() -> None:
    """Each morning: what the référents were not warned of yet. Safe to run twice: a warning is sent once."""
    for prefecture in Prefecture.objects.real():
        with scope(prefecture.pk, prefecture):
            send_warnings()

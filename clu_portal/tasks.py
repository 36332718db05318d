from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from clu_portal import offers
from clu_portal.models import Heartbeat
from clu_portal.organisations.imports.acts import forget_files
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.trash.acts import purge

SWEEP_EXPIRES_SECONDS = 30


@shared_task
def tick() -> None:
    """Run by the scheduler every 10 s through the broker: shows that a worker takes work, and queues each sweep."""
    Heartbeat.touch("worker")
    for name, _ in offers.sweepers:
        sweep.apply_async([name], expires=SWEEP_EXPIRES_SECONDS)


@shared_task
def sweep(name: str) -> None:
    """Take up what a dead broker or worker left behind. Each sweeper may run twice, or twice at once."""
    offers.sweepers[name]()


@shared_task
def forget_ended_sessions() -> None:
    """Each night: sessions that are over leave the database (every personal link followed makes one)."""
    call_command("clearsessions")


@shared_task
def purge_trash() -> None:
    """Each night: a task for each préfecture, so that one that fails holds back none of the others."""
    for prefecture in Prefecture.objects.real():
        purge_trash_of.delay(prefecture.pk)


@shared_task
def purge_trash_of(prefecture_id: int) -> None:
    """What is in the corbeille, or sent to be imported, for over thirty days. Safe to run twice at once."""
    with scope(prefecture_id):
        purge(timezone.localdate())
        forget_files(timezone.localdate())

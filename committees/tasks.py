from celery import shared_task

from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from committees.composition.sending import send_warnings
from committees.minutes.preview import draw_asked


@shared_task
def send_composition_warnings() -> None:
    """Each morning: a task for each préfecture, so that one that fails holds back none of the others."""
    for prefecture in Prefecture.objects.real():
        send_warnings_of.delay(prefecture.pk)


@shared_task
def send_warnings_of(prefecture_id: int) -> None:
    """What the référents were not warned of yet. Safe to run twice: a warning is sent once."""
    with scope(prefecture_id):
        send_warnings()


@shared_task
def draw_preview(prefecture_id: int, minutes_id: int) -> None:
    """The pages of a text being drafted. Safe to run twice: those that are there or being drawn are left alone."""
    draw_asked(prefecture_id, minutes_id)

from celery import shared_task

from clu_portal.files.rendering import run_rendering


@shared_task
def render(prefecture_id: int, ticket_id: int) -> None:
    """Make one document. Safe to run twice: a ticket done or held elsewhere is left alone."""
    run_rendering(ticket_id)

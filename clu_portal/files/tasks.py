from celery import shared_task

from clu_portal.files.rendering import due_tickets, run_rendering
from clu_portal.queueing import SafeTask


@shared_task(base=SafeTask)
def render(prefecture_id: int, ticket_id: int) -> None:
    """Make one document. Safe to run twice: a ticket done or held elsewhere is left alone."""
    run_rendering(ticket_id)


@shared_task(base=SafeTask)
def sweep_renderings() -> None:
    """Queue again what a dead broker or worker left. Safe to run at any time."""
    for prefecture_id, ticket_id in due_tickets():
        render.delay(prefecture_id, ticket_id)

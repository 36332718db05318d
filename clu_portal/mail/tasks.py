from celery import shared_task

from clu_portal.mail.drain import drain


@shared_task
def drain_outbox() -> None:
    """Send what is due. Safe to run twice, or twice at once: each message is claimed by one drain."""
    drain()

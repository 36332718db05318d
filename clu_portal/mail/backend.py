from django.core.mail.backends.base import BaseEmailBackend


class OutboxOnlyBackend(BaseEmailBackend):
    """Every outgoing message is recorded once, in the outbox: sending any other way is a programming error."""

    def send_messages(self, email_messages) -> int:
        raise RuntimeError("Use clu_portal.mail.outbox.enqueue: nothing leaves without its row in the outbox.")

import socket

import pytest

from clu_portal.mail.backend import OutboxOnlyBackend
from clu_portal.mail.drain import Outcome, drain
from clu_portal.mail.tests.factories import enqueue_in, states


@pytest.mark.django_db(transaction=True)
def test_demonstration_accepts_every_message_without_network(office, settings, monkeypatch):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(socket, "create_connection", None)
    enqueue_in(office)
    assert drain() == {Outcome.SENT: 1}
    assert states() == ["sent"]


def test_nothing_is_mailed_another_way():
    with pytest.raises(RuntimeError):
        OutboxOnlyBackend().send_messages([])

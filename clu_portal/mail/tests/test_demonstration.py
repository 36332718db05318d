import socket

import pytest

from clu_portal.mail.backend import OutboxOnlyBackend
from clu_portal.mail.drain import Outcome, drain
from clu_portal.mail.tests.factories import enqueue_in, states
from clu_portal.tests.processes import environment_of_test, manage, worker

REAL = {"DJANGO_SETTINGS_MODULE": "clu_portal.settings", "SECRET_KEY": "x" * 60}


@pytest.mark.django_db(transaction=True)
def test_demonstration_accepts_every_message_without_network(office, settings, monkeypatch):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(socket, "create_connection", None)
    enqueue_in(office)
    assert drain() == {Outcome.SENT: 1}
    assert states() == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_demonstration_command_on_a_real_database_sends_and_marks_nothing(office, tmp_path):
    enqueue_in(office)
    with manage(
        "drain_outbox", environment=environment_of_test(CLU_DEMO="1", **REAL), log=tmp_path / "log"
    ) as process:
        assert process.wait(30) != 0
    assert "CLU_DEMO ne correspond pas" in (tmp_path / "log").read_text()
    assert states() == ["pending"]


@pytest.mark.django_db(transaction=True)
def test_demonstration_worker_on_a_real_database_does_not_start(office, broker, tmp_path):
    environment = environment_of_test(CLU_DEMO="1", REDIS_URL=broker.url, **REAL)
    with worker(environment, tmp_path / "log") as process:
        assert process.wait(30) != 0
    assert "CLU_DEMO ne correspond pas" in (tmp_path / "log").read_text()


def test_nothing_is_mailed_another_way():
    with pytest.raises(RuntimeError):
        OutboxOnlyBackend().send_messages([])

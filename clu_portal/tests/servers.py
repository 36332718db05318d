"""Fixtures shared by every app: a real mail relay, a real broker, a préfecture committed for real transactions."""

import pytest

from clu_portal.mail.tests.relay import Relay
from clu_portal.tests.processes import Broker


@pytest.fixture
def relay(settings):
    """A real SMTP server, and the settings that lead to it."""
    with Relay() as relay:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.port, 5
        yield relay


@pytest.fixture
def broker(tmp_path_factory):
    """A real Valkey of this test alone, started."""
    broker = Broker(tmp_path_factory.mktemp("v"))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def office(transactional_db):
    """An invented préfecture, committed: what follows runs in real transactions."""
    from clu_portal.tests.factories import PrefectureFactory

    return PrefectureFactory()

import pytest

from clu_portal.mail.tests.relay import Relay


@pytest.fixture
def relay(settings):
    """A real SMTP server, and the settings that lead to it."""
    with Relay() as relay:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.port, 5
        yield relay


@pytest.fixture
def office(transactional_db):
    """An invented préfecture, committed: what follows runs in real transactions."""
    from clu_portal.tests.factories import PrefectureFactory

    return PrefectureFactory()

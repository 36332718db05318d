import pytest

from clu_portal.mail.tests.conftest import office, relay  # noqa: F401 - the same relay and préfecture
from clu_portal.tests.processes import Broker


@pytest.fixture
def broker(tmp_path_factory):
    """A real Valkey of this test alone, started."""
    broker = Broker(tmp_path_factory.mktemp("v"))
    broker.start()
    yield broker
    broker.stop()

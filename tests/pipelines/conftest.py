"""What the tests of messages share."""

import pytest

from pipelines.instellingen import read
from pipelines.resources import Ketenbron
from tests.pipelines.berichten import Ontvanger


@pytest.fixture
def web():
    ontvanger = Ontvanger()
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def keten(tmp_path):
    instelling = read({"MONITOR_OPSLAG": str(tmp_path), "MONITOR_UITVOER": str(tmp_path), "MONITOR_BRON": "cbs"})
    return Ketenbron.van(instelling)

"""What the tests of messages share, and those that launch a job."""

import pytest

from pipelines.instellingen import read
from pipelines.resources import Ketenbron
from tests.conftest import in_kopie
from tests.onthouden import onthouden
from tests.pipelines.berichten import Ontvanger


@pytest.fixture(scope="module")
def plaats(kleine_publicatie, klein_antwoord, gedeeld, tmp_path_factory):
    """A place with a publication of the small world, and the environment that goes with it."""
    made = in_kopie(kleine_publicatie, tmp_path_factory.mktemp("plaats"))
    with pytest.MonkeyPatch.context() as patch, onthouden(gedeeld / "getekend"):
        patch.setenv("MONITOR_OPSLAG", str(made.opslag))
        patch.setenv("MONITOR_UITVOER", str(made.uitvoer.parent))
        patch.setenv("MONITOR_BRON", f"opname:{klein_antwoord}")
        yield made


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

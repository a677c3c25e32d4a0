"""The register is begun before Dagster has loaded: once, under the lock of its place, and where nothing is cleared."""

from contextlib import contextmanager

import pandas as pd
import pytest

from assets.register.doorgeven import Doorgegeven
from pipelines import definitions, voorsprong
from pipelines.alleen import alone, is_busy
from pipelines.instellingen import Instellingen
from pipelines.resources import Ketenbron

# an attack that succeeds: the refresh ends there, before anything is built
NARROW = Doorgegeven("geweigerd", None, te_smal=pd.DataFrame({"maat": ["banen"]}))


@pytest.fixture
def begun(monkeypatch):
    """What happened, in its order; the register is a process in name only, that has half an answer in the archive."""
    said = []

    @contextmanager
    def begin(plek, keuze, moment):
        half = plek.opslag / "momentopnamen" / plek.soort / "register" / "pwr" / ".nieuw-dit"
        said.append(("begonnen", is_busy(plek.opslag), not half.exists()))
        half.mkdir(parents=True)
        yield lambda report: said.append(("gevraagd", is_busy(plek.opslag), half.is_dir())) or NARROW
        said.append(("gestopt", is_busy(plek.opslag), True))

    load = definitions.defs
    monkeypatch.setattr("assets.register.vooruit.begin", begin)
    monkeypatch.setattr(definitions, "defs", lambda: said.append(("Dagster", True, True)) or load())
    return said


@pytest.fixture
def keten(tmp_path):
    instelling = Instellingen(opslag=tmp_path / "opslag", editie=2026)
    return Ketenbron.van(instelling, bron="voorbeeld", uitvoer=tmp_path / "uitvoer", met_register=True)


def test_the_register_begins_first_and_once(begun, run_keten, klein_antwoord, tmp_path):
    left = tmp_path / "opslag" / "momentopnamen" / "opname" / "register" / "pwr" / ".nieuw-eerder"
    left.mkdir(parents=True)
    made = run_keten(tmp_path, bron=f"opname:{klein_antwoord}", met_register=True)
    assert made.code == 1 and "toets aanval op register.pwr" in made.text
    steps = [step for step, _, _ in begun]
    assert steps == ["begonnen", "Dagster", "gevraagd", "gestopt"]
    # what lay half made is cleared before, and what is half made since is not
    assert not left.exists() and all(locked for _, locked, _ in begun)
    assert begun[2] == ("gevraagd", True, True)
    assert not is_busy(made.opslag)


def test_what_was_begun_is_of_one_place_and_one_choice(begun, keten, tmp_path):
    plek, keuze = keten.plek(), keten.registerkeuze()
    assert voorsprong.find(plek, keuze) is None
    with voorsprong.begin(keten):
        assert voorsprong.find(plek, keuze) is not None
        other = keten.model_copy(update={"opslag": str(tmp_path / "elders"), "register_minimum": 5})
        assert voorsprong.find(other.plek(), keuze) is None
        assert voorsprong.find(plek, other.registerkeuze()) is None
    assert voorsprong.find(plek, keuze) is None


@pytest.mark.parametrize("anders", [{"met_register": False}, {"peildatum": "2026-01-01"}])
def test_nothing_is_begun_where_the_register_stays_out(begun, keten, anders):
    with voorsprong.begin(keten.model_copy(update=anders)):
        assert not is_busy(keten.plek().opslag)
    assert not begun


def test_nothing_is_begun_beside_another_refresh(begun, keten):
    with alone(keten.plek().opslag), voorsprong.begin(keten):
        assert voorsprong.find(keten.plek(), keten.registerkeuze()) is None
    assert not begun

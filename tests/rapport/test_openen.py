"""An edition that is opened goes on from the last one, without its days."""

import shutil

import pytest
from click.testing import CliRunner

from assets.rapport.editie import EditieError, list_jaren, read_editie
from assets.rapport.openen import open_editie
from begrippen.gebied import gekozen
from pipelines import edities as opdrachten
from pipelines.cli import cli


@pytest.fixture
def edities(tmp_path):
    """The editions of the tenant, in a copy."""
    shutil.copytree(gekozen().edities, tmp_path / "edities")
    return tmp_path / "edities"


def test_the_next_edition_asks_the_same_of_its_own_years(edities):
    path, vorige = open_editie(edities, 2028)
    old, new = (read_editie(edities, jaar).editie for jaar in (vorige, 2028))
    assert (vorige, new.staat, new.embargo, new.bronnen.peildatum) == (2026, "concept", None, None)
    assert (new.venster.van, new.venster.tot, new.regios.indeling) == (2020, 2027, 2028)
    assert (new.kern, new.vragen, new.soorten) == (old.kern, old.vragen, old.soorten)
    # an explanation goes along, with its year
    assert path.read_text(encoding="utf-8").startswith("# Editie 2028 van")


def test_days_and_the_state_of_the_last_one_stay_behind(edities):
    toml = edities / "2026" / "editie.toml"
    text = toml.read_text(encoding="utf-8").replace('staat = "concept"', 'staat = "bevroren"')
    toml.write_text(text + "\n[cyclus]\nstand = 2026-12-15\nps = 2027-02-03\n", encoding="utf-8")
    open_editie(edities, 2028)
    new = read_editie(edities, 2028).editie
    assert new.staat == "concept" and new.cyclus.stand is None and new.cyclus.ps is None


def test_what_is_there_is_left_as_it_is(edities):
    before = list_jaren(edities)
    with pytest.raises(EditieError, match="editie 2026 is er al"):
        open_editie(edities, 2026)
    with pytest.raises(EditieError, match="geen editie voor 2011"):
        open_editie(edities, 2011)
    (edities / "2026" / "editie.toml").write_text("jaar = 2026\n[venster]\nvan = 1\n", encoding="utf-8")
    with pytest.raises(Exception, match="venster"):
        open_editie(edities, 2028)
    assert list_jaren(edities) == before


def test_the_command_says_what_to_do_next(edities, monkeypatch):
    monkeypatch.setattr(opdrachten.instellingen, "edities", lambda: edities)
    done = CliRunner().invoke(cli, ["editie", "open", "2028"])
    assert done.exit_code == 0, done.output
    assert "Geopend: editie 2028, naar die van 2026" in done.output
    assert "monitor run --bron voorbeeld --editie 2028" in done.output

"""`monitor doctor` finds what is wrong with an installation, one fault at a time, and says the next command."""

import json
import shutil
import sqlite3
import tomllib
from collections import namedtuple
from pathlib import Path

import pytest

from pipelines import alleen, cli, doctor, instellingen
from pipelines.doctor import as_fields, check_pakketten, check_python, examine, is_well, show
from pipelines.nachten import Nachten, _write
from pipelines.vingerafdruk import read_sleutel

Vrij = namedtuple("Vrij", "total used free")


@pytest.fixture
def plaats(tmp_path, monkeypatch):
    """An installation in which all is well: the environment it is looked at with."""
    (tmp_path / "opslag").mkdir()
    read_sleutel(tmp_path / "opslag")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Vrij(1 << 40, 0, 1 << 39))
    environ = {"OPSLAG": tmp_path / "opslag", "UITVOER": tmp_path / "uitvoer", "BRON": "cbs"}
    environ |= {"TEAMS": "https://example.org/geheim"}
    return {f"MONITOR_{naam}": str(value) for naam, value in environ.items()}


def wrong(environ, **how):
    with pytest.MonkeyPatch.context() as patch:
        for naam, value in environ.items():
            patch.setenv(naam, value)
        found = examine(**how)
    return [b for b in found if b.staat != "goed" and b.onderdeel != "pakketten"]


def test_an_installation_in_which_all_is_well_has_nothing_to_say(plaats):
    assert wrong(plaats) == []
    # it only looks
    assert sorted(p.name for p in Path(plaats["MONITOR_OPSLAG"]).iterdir()) == ["vertrouwelijk"]
    assert not Path(plaats["MONITOR_UITVOER"]).exists()


def _open_vault(opslag, monkeypatch):
    (opslag / "vertrouwelijk" / "vingerafdruk.sleutel").chmod(0o644)


def _half_build(opslag, monkeypatch):
    (opslag / "bouw" / "cbs" / "half").mkdir(parents=True)


def _lost_build(opslag, monkeypatch):
    link = opslag.parent / "uitvoer" / "cbs" / "actueel"
    link.parent.mkdir(parents=True)
    link.symlink_to(opslag / "bouw" / "weg")


def _broken_history(opslag, monkeypatch):
    runs = opslag / "dagster" / "history" / "runs"
    runs.mkdir(parents=True)
    (runs / "index.db").write_bytes(b"geen database" * 500)


def _killed(opslag, monkeypatch):
    _write(opslag, "cbs", Nachten("2026-11-30T04:30:00+00:00", "", "bezig"))


def _refused(opslag, monkeypatch):
    moment = "2026-11-30T04:30:00+00:00"
    _write(opslag, "cbs", Nachten(moment, moment, "niet_gepubliceerd"))


def _disk(gigabytes):
    def fill(opslag, monkeypatch):
        monkeypatch.setattr(shutil, "disk_usage", lambda path: Vrij(1 << 40, 0, int(gigabytes * (1 << 30))))

    return fill


def _closed(opslag, monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda path, mode: False)


def _no_font(opslag, monkeypatch):
    monkeypatch.setattr("reports.zetten.fonts", lambda: opslag)


STUK = {
    "kluis open": (_open_vault, "fout", "kluis", "is open voor anderen", "chmod -R go-rwx"),
    "bouw half": (_half_build, "let op", "bouwen", "1 bouw is niet afgemaakt", "monitor run --bron cbs"),
    "bouw weg": (_lost_build, "fout", "publicatie", "een bouw die er niet is", "monitor run --bron cbs --opnieuw"),
    "dagster": (_broken_history, "fout", "dagster", "index.db is beschadigd", "mv "),
    "afgebroken": (_killed, "let op", "verversing", "begonnen en afgebroken", "monitor status"),
    "tegengehouden": (_refused, "let op", "verversing", "niet gepubliceerd", "monitor status"),
    "schijf": (_disk(2.5), "let op", "schijf", "nog 2,5 GB vrij", "df -h"),
    "schijf vol": (_disk(0.5), "fout", "schijf", "nog 0,5 GB vrij", "df -h"),
    "map dicht": (_closed, "fout", "mappen", "kan niet worden geschreven", "ls -ld"),
    "lettertype": (_no_font, "fout", "lettertype", "is er niet", "uv sync"),
}


@pytest.mark.parametrize("geval", STUK.values(), ids=list(STUK))
def test_what_is_broken_is_named_with_the_next_command(plaats, monkeypatch, geval):
    break_, staat, onderdeel, wat, vervolg = geval
    break_(Path(plaats["MONITOR_OPSLAG"]), monkeypatch)
    found = wrong(plaats)[0]
    assert (found.staat, found.onderdeel) == (staat, onderdeel)
    assert wat in found.wat and vervolg in found.vervolg
    assert is_well([found]) is (staat != "fout")
    assert f"{staat.upper()}  {onderdeel}: " in show([found])


INSTELD = {
    "typefout": ({"MONITOR_OPSLAGG": "x"}, "let op", "MONITOR_OPSLAGG kent de monitor niet", "MONITOR_OPSLAG?"),
    "geen getal": ({"MONITOR_EDITIE": "zoveel"}, "fout", "MONITOR_EDITIE", ""),
    "bron": ({"MONITOR_BRON": "eurostat"}, "fout", "eurostat", ""),
    "map weg": ({"MONITOR_AANLEVERING": "/bestaat/niet"}, "fout", "/bestaat/niet is er niet", "ls /bestaat"),
    "post zonder server": ({"MONITOR_MELD_AAN": "a@b.nl"}, "fout", "zonder MONITOR_SMTP", "docs/verversen.md"),
    "kanaal": ({"MONITOR_WEBHOOK": "http://example.org/geheim"}, "fout", "gebruik https", "monitor melden --proef"),
    "geen kanaal": ({"MONITOR_TEAMS": ""}, "let op", "niemand krijgt bericht", "monitor melden"),
    "register": ({"MONITOR_REGISTER": "1"}, "fout", "nog geen levering van het register", "monitor register lees"),
}


@pytest.mark.parametrize(("extra", "staat", "wat", "vervolg"), INSTELD.values(), ids=list(INSTELD))
def test_a_setting_that_can_not_be_is_named_and_no_secret_is(plaats, extra, staat, wat, vervolg):
    found = wrong(plaats | extra)
    assert [b.staat for b in found] == [staat]
    assert wat in found[0].wat and vervolg in found[0].vervolg
    assert "geheim" not in json.dumps(as_fields(found))


def test_one_folder_for_both_is_refused(plaats):
    found = wrong(plaats | {"MONITOR_UITVOER": plaats["MONITOR_OPSLAG"]})
    assert "zijn dezelfde map" in found[0].wat


def test_a_refresh_that_is_busy_is_no_fault(plaats):
    opslag = Path(plaats["MONITOR_OPSLAG"])
    _killed(opslag, None)
    _half_build(opslag, None)
    with alleen.alone(opslag):
        assert wrong(plaats) == []


def test_a_history_that_is_whole_is_well(plaats):
    runs = Path(plaats["MONITOR_OPSLAG"]) / "dagster" / "history"
    runs.mkdir(parents=True)
    with sqlite3.connect(runs / "runs.db") as db:
        db.execute("CREATE TABLE x (y)")
    assert wrong(plaats) == []


@pytest.mark.parametrize(("version", "well"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)])
def test_python_is_one_that_is_tested(version, well):
    assert (list(check_python(version)) == []) is well


def test_the_pythons_are_those_of_the_package():
    told = tomllib.loads((instellingen.LOCK.parent / "pyproject.toml").read_text(encoding="utf-8"))
    first, before = (".".join(map(str, v)) for v in doctor.VERSIES)
    assert told["project"]["requires-python"] == f">={first},<{before}"


def test_packages_are_held_against_the_lock():
    from importlib import metadata

    own = {doctor._plain(d.name): d.version for d in metadata.distributions()}
    without = {n: v for n, v in own.items() if n != "duckdb"}
    (absent,) = [b for b in check_pakketten(without) if "ontbreekt" in b.wat]
    assert "duckdb" in absent.wat and absent.vervolg == doctor.SYNC
    (other,) = [b for b in check_pakketten(own | {"pandas": "0.1"}) if "andere versie" in b.wat]
    assert "pandas 0.1" in other.wat


def test_the_source_is_asked_only_when_that_is_asked(plaats):
    # where nobody listens
    addresses = {f"MONITOR_CBS_{naam}": "http://127.0.0.1:9" for naam in ("V3", "V4", "DERDEN")}
    assert wrong(plaats | addresses) == []
    (found,) = wrong(plaats | addresses, bereik=True)
    assert found.onderdeel == "bereik" and "1 catalogus van de bron gaf geen antwoord" in found.wat


def test_the_command_ends_with_what_it_found(plaats, monkeypatch, capsys):
    for naam, value in plaats.items():
        monkeypatch.setenv(naam, value)
    monkeypatch.setattr(doctor, "check_pakketten", lambda: iter(()))
    for breaks, code in ((False, 0), (True, 1)):
        if breaks:
            _open_vault(Path(plaats["MONITOR_OPSLAG"]), None)
        with pytest.raises(SystemExit) as end:
            cli.cli.main(["doctor", "--json"], prog_name="monitor")
        assert end.value.code == code
        assert json.loads(capsys.readouterr().out)["goed"] is not breaks

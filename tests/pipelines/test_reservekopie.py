"""What is kept comes back whole from its copy, elsewhere too, and nothing is ever put over something else."""

import hashlib
import shutil
import sqlite3
import stat
import tarfile

import pytest
from click.testing import CliRunner

from assets.bouw.bouwen import ACTUEEL, prune
from assets.kast import KAST
from pipelines import doctor, reservekopie
from pipelines.alleen import alone
from pipelines.cli import cli
from pipelines.home import open_instance
from pipelines.instellingen import InstellingError
from pipelines.reservekopie import KopieError, make_kopie, restore
from tests.conftest import in_kopie


@pytest.fixture
def bewaard(kleine_publicatie, tmp_path):
    """A published small refresh with something confidential, and a history that is being written."""
    made = in_kopie(kleine_publicatie, tmp_path / "hier")
    vault = made.opslag / "vertrouwelijk"
    vault.mkdir(mode=0o700, exist_ok=True)
    (vault / "kluis.txt").write_text("stil", encoding="utf-8")
    (vault / "kluis.txt").chmod(0o600)
    (built,) = (made.opslag / "bouw" / "opname").iterdir()
    (built / "nog.txt").hardlink_to(built / "monitor.duckdb")
    return made


def without_kast(found):
    """What is to come back: all that can not be made again."""
    assert KAST in found
    return {naam: what for naam, what in found.items() if naam.split("/")[0] != KAST}


def contents(folder):
    skip = ("-wal", "-shm", ".bezig", ".db", "koppelingen.txt")
    return {
        p.relative_to(folder).as_posix(): (stat.S_IMODE(p.stat().st_mode), p.read_bytes() if p.is_file() else None)
        for p in folder.rglob("*")
        if not p.name.endswith(skip)
    }


def test_everything_comes_back_on_another_machine_and_is_published_there(bewaard, tmp_path, monkeypatch):
    archief, nieuw = tmp_path / "veilig" / "kopie.tar", tmp_path / "een" / "andere"
    with open_instance(bewaard.opslag) as instance:
        # as the page does, while the copy is made
        runs = [r.run_id for r in instance.get_runs()]
        make_kopie(bewaard.opslag, bewaard.uitvoer.parent, archief)
    before = contents(bewaard.opslag)
    assert len(before) > 100 and len(runs) == 1
    shutil.rmtree(tmp_path / "hier")
    assert restore(archief, nieuw / "opslag", nieuw / "publicaties") == 1
    assert contents(nieuw / "opslag") == without_kast(before)
    assert (nieuw / "publicaties" / "opname" / ACTUEEL / "rapport" / "index.html").is_file()
    with open_instance(nieuw / "opslag") as instance:
        assert [r.run_id for r in instance.get_runs()] == runs
    # what is published there is never cleared
    assert prune(nieuw / "opslag" / "bouw" / "opname", keep=0, unfinished=True) == []
    monkeypatch.setenv("MONITOR_OPSLAG", str(nieuw / "opslag"))
    monkeypatch.setenv("MONITOR_UITVOER", str(nieuw / "publicaties"))
    monkeypatch.setenv("MONITOR_BRON", f"opname:{tmp_path}")
    found = {b.onderdeel: b.staat for b in doctor.examine()}
    assert {found[naam] for naam in ("kluis", "bouwen", "dagster", "mappen")} == {"goed"}


def test_a_copy_is_for_its_owner_alone_and_leaves_none_half_made(bewaard, tmp_path):
    archief = tmp_path / "kopie.tar"
    make_kopie(bewaard.opslag, bewaard.uitvoer.parent, archief)
    assert stat.S_IMODE(archief.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hier", "kopie.tar", "kopie.tar.sha256"]
    with pytest.raises(KopieError, match="is er al"):
        make_kopie(bewaard.opslag, bewaard.uitvoer.parent, archief)
    with pytest.raises(KopieError, match="gaat met die map verloren"):
        make_kopie(bewaard.opslag, bewaard.uitvoer.parent, bewaard.opslag / "kopie.tar")
    with alone(bewaard.opslag), pytest.raises(InstellingError, match="er loopt al een verversing"):
        make_kopie(bewaard.opslag, bewaard.uitvoer.parent, tmp_path / "tijdens.tar")
    assert not (tmp_path / "tijdens.tar").exists() and not list(tmp_path.glob(".tijdens*"))


def test_a_damaged_copy_and_a_folder_in_use_are_refused_and_nothing_changes(bewaard, tmp_path):
    archief, leeg = tmp_path / "kopie.tar", tmp_path / "leeg"
    make_kopie(bewaard.opslag, bewaard.uitvoer.parent, archief)
    before = contents(bewaard.opslag)
    with pytest.raises(KopieError, match="nooit over iets heen"):
        restore(archief, bewaard.opslag, bewaard.uitvoer.parent)
    assert contents(bewaard.opslag) == before
    whole = archief.read_bytes()
    archief.write_bytes(whole[:5000] + b"x" + whole[5001:])
    with pytest.raises(KopieError, match="controlegetal klopt niet"):
        restore(archief, leeg, tmp_path / "uit")
    (tmp_path / "kopie.tar.sha256").unlink()
    with pytest.raises(KopieError, match="of zijn controlegetal niet"):
        restore(archief, leeg, tmp_path / "uit")
    assert not leeg.exists()


def test_the_commands_make_a_copy_and_put_it_back(bewaard, tmp_path, monkeypatch):
    def run(folder, *command):
        monkeypatch.setenv("MONITOR_OPSLAG", str(folder / "opslag"))
        monkeypatch.setenv("MONITOR_UITVOER", str(folder / "uitvoer"))
        return CliRunner().invoke(cli, ["reservekopie", *command], catch_exceptions=False).output

    assert "Bewaard: " in run(tmp_path / "hier", "maak", str(tmp_path / "k.tar"))
    assert "1 publicatie in" in run(tmp_path / "daar", "herstel", str(tmp_path / "k.tar"))
    with sqlite3.connect(tmp_path / "daar" / "opslag" / "dagster" / "history" / "runs.db") as db:
        assert db.execute("SELECT count(*) FROM runs").fetchone() == (1,)


@pytest.mark.parametrize("filter", [{"filter": "tar"}, {}], ids=["gewoon", "python van Debian 12"])
def test_what_would_land_elsewhere_is_refused(tmp_path, monkeypatch, filter):
    monkeypatch.setattr(reservekopie, "_FILTER", filter)
    for naam, fields in {"buiten": {}, "koppeling": {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}}.items():
        archief = tmp_path / f"{naam}.tar"
        with tarfile.open(archief, "w") as tar:
            entry = tarfile.TarInfo("opslag/../../weg.txt" if naam == "buiten" else "opslag/in.txt")
            for key, value in fields.items():
                setattr(entry, key, value)
            tar.addfile(entry)
        summed = hashlib.sha256(archief.read_bytes()).hexdigest()
        (tmp_path / f"{naam}.tar.sha256").write_text(f"{summed}  {naam}.tar\n", encoding="utf-8")
        with pytest.raises(KopieError, match="niet in hoort"):
            restore(archief, tmp_path / "een" / naam, tmp_path / "uit")
    assert not list(tmp_path.rglob("weg.txt")) and not list(tmp_path.rglob("in.txt"))


def test_it_comes_back_with_the_python_of_debian_12_too(bewaard, tmp_path, monkeypatch):
    make_kopie(bewaard.opslag, bewaard.uitvoer.parent, tmp_path / "k.tar")
    monkeypatch.setattr(reservekopie, "_FILTER", {})
    restore(tmp_path / "k.tar", tmp_path / "o", tmp_path / "u")
    assert contents(tmp_path / "o") == without_kast(contents(bewaard.opslag))

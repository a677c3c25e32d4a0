"""What is confidential stays in its folder while Spark has it, and is gone afterwards."""

import os
import stat
import tempfile

import duckdb
import pandas as pd
import pytest

from assets.bron.bronlijst import read_registertabellen
from assets.gesloten import lay_table
from assets.motor.keuze import Motorkeuze
from assets.motor.spark import MotorError
from assets.register.groep import read_groepen
from assets.register.historie import VESTIGING
from assets.register.tellen import count_register, open_register
from assets.tabel import Kolom, Tabel

pytestmark = pytest.mark.lang

MERK = "GEHEIM7f3a"


def vestigingen() -> pd.DataFrame:
    rows = [
        {"jaar": jaar, "lisanr": f"{MERK}{n}", "onderneming": f"{MERK}K{n // 3}", "gemeente": f"GM01{n % 4:02d}"}
        | {"sectie": "QC"[n % 2], "sbi": ("86101", "10110")[n % 2], "banen": n % 40 + 1, "fulltime": n % 30}
        | {"parttime": n % 40 + 1 - n % 30, "enqtype": "1", "gegenereerd": True}
        for jaar in range(2019, 2025)
        for n in range(jaar - 2000, 400)
    ]
    return pd.DataFrame(rows, columns=list(VESTIGING))


def lay(db: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f"{k}::{t} AS {k}" for k, t in VESTIGING.items())
    lay_table(db, "invoer.vestiging", vestigingen(), columns)


def outside(top, folder) -> list[str]:
    """The files below `top` that hold the mark, but for those in the closed folder."""
    found = [p for p in top.rglob("*") if p.is_file() and folder not in p.parents]
    return [str(p) for p in found if MERK.encode() in p.read_bytes() or MERK in p.name]


@pytest.fixture
def kamer(java, tmp_path, monkeypatch, leeg):
    """Every usual place to write is below `tmp_path`, so that what lands there is seen."""
    for naam in ("tmp", "werk", "elders"):
        (tmp_path / naam).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("SPARK_LOCAL_DIRS", str(tmp_path / "elders"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path / "werk")
    return tmp_path


def test_the_register_is_counted_the_same_and_nothing_of_it_is_left_or_told(kamer, leeg, capfd):
    counted, tabel = {}, read_registertabellen()["pwr"]
    for naam in ("duckdb", "spark"):
        with Motorkeuze(naam).open(leeg) as motor, open_register() as db:
            lay(db)
            counted[naam] = count_register(db, read_groepen(), tabel, {"PV22": ("GM0101", "GM0102")}, motor)
            if naam == "spark":
                (folder,) = leeg.iterdir()
                assert stat.S_IMODE(folder.stat().st_mode) == 0o700
                assert outside(kamer, folder) == []
                # it did hold the register: what is looked for would have been found
                assert list(folder.rglob("invoer.vestiging.parquet"))
                loose = [p for p in folder.rglob("*") if not p.is_symlink() and stat.S_IMODE(p.stat().st_mode) & 0o077]
                assert loose == []
    for part in ("bijdragen", "tellingen"):
        ours, theirs = (
            frame.astype({c: str for c in frame if frame[c].dtype == "category"}).sort_values(
                list(frame), ignore_index=True
            )
            for frame in (getattr(counted["duckdb"], part), getattr(counted["spark"], part))
        )
        assert len(ours) > 100
        pd.testing.assert_frame_equal(ours, theirs)
    assert counted["duckdb"].cellen == counted["spark"].cellen
    assert list(leeg.iterdir()) == []
    assert outside(kamer, leeg) == []
    assert list((kamer / "elders").iterdir()) == []
    told = capfd.readouterr()
    assert MERK not in told.out + told.err
    assert os.environ["SPARK_LOCAL_DIRS"] == str(kamer / "elders")


def test_an_error_names_the_table_and_no_value(kamer, leeg, capfd):
    kolommen = (Kolom("jaar", "INTEGER", ""),)
    tabel = Tabel(
        "register.stuk",
        "",
        ("invoer.vestiging",),
        ("jaar",),
        kolommen,
        "SELECT lisanr::INTEGER AS jaar FROM invoer.vestiging",
    )
    with pytest.raises(MotorError) as raised, Motorkeuze("spark").open(leeg) as motor, open_register() as db:
        lay(db)
        motor(tabel, db)
    assert "register.stuk" in str(raised.value)
    chain = [
        raised.value,
        raised.value.__cause__,
        raised.value.__context__ if not raised.value.__suppress_context__ else None,
    ]
    assert MERK not in "".join(map(repr, chain))
    told = capfd.readouterr()
    assert MERK not in told.out + told.err
    assert outside(kamer, leeg) == []
    assert list(leeg.iterdir()) == []

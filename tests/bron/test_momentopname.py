"""The archive: whole or not there, and never changed."""

import json
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assets.bron.momentopname import Archief, make_id
from begrippen.fout import BestandError

EARLY, LATE = "20260101T030000000000Z", "20260102T030000000000Z"


def fill(oordeel, **more):
    def write(folder):
        (folder / "paginas").mkdir()
        (folder / "paginas" / "0001.json.gz").write_bytes(b"x")
        return {"oordeel": oordeel, **more}

    return write


def test_latest_is_the_last_accepted_one(tmp_path):
    archief = Archief(tmp_path, "cbs")
    assert archief.latest("cbs", "1NED") is None
    first = archief.write("cbs", "1NED", EARLY, fill("aangenomen"))
    refused = archief.write("cbs", "1NED", LATE, fill("geweigerd", reden="te klein"))
    assert archief.list("cbs", "1NED") == [first, refused]
    assert archief.latest("cbs", "1NED") == first
    assert (refused.aangenomen, refused.eigenschappen["tabel"]) == (False, "1NED")
    assert first.folder == tmp_path / "momentopnamen" / "cbs" / "cbs" / "1NED" / EARLY


def test_kinds_and_tables_do_not_mix(tmp_path):
    Archief(tmp_path, "voorbeeld").write("cbs", "1NED", EARLY, fill("aangenomen"))
    assert Archief(tmp_path, "cbs").latest("cbs", "1NED") is None
    assert Archief(tmp_path, "voorbeeld").latest("cbs", "1ned") is None


def test_failure_leaves_nothing(tmp_path):
    archief = Archief(tmp_path, "cbs")

    def broken(folder):
        (folder / "half").write_text("x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archief.write("cbs", "1NED", EARLY, broken)
    assert list((tmp_path / "momentopnamen/cbs/cbs/1NED").iterdir()) == []


def test_a_momentopname_is_never_written_over(tmp_path):
    archief = Archief(tmp_path, "cbs")
    archief.write("cbs", "1NED", EARLY, fill("aangenomen"))
    with pytest.raises(BestandError, match=EARLY):
        archief.write("cbs", "1NED", EARLY, fill("geweigerd"))
    assert archief.latest("cbs", "1NED") is not None
    moment = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert archief.free_id("cbs", "1NED", moment) == make_id(moment + timedelta(microseconds=1))


def test_killed_writer_leaves_no_half_momentopname_and_is_swept_later(tmp_path):
    script = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from assets.bron.momentopname import Archief
        def fill(folder):
            (folder / "waarnemingen.parquet").write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
        Archief(Path({str(tmp_path)!r}), "cbs").write("cbs", "1NED", {EARLY!r}, fill)
    """)
    killed = subprocess.run([sys.executable, "-c", script], cwd=Path.cwd(), check=False)
    assert killed.returncode == -signal.SIGKILL
    archief = Archief(tmp_path, "cbs")
    place = tmp_path / "momentopnamen/cbs/cbs/1NED"
    assert archief.list("cbs", "1NED") == [] and len(list(place.iterdir())) == 1
    archief.write("cbs", "1NED", "20260101T040000000000Z", fill("aangenomen"))
    assert (place / f".nieuw-{EARLY}").exists(), "een schrijver van een uur geleden kan nog bezig zijn"
    archief.write("cbs", "1NED", "20260102T040000000000Z", fill("aangenomen"))
    assert not (place / f".nieuw-{EARLY}").exists()


def test_id_is_utc_whatever_the_clock_says():
    assert make_id(datetime(2026, 7, 1, 5, 0, tzinfo=timezone(timedelta(hours=2)))) == "20260701T030000000000Z"


def test_eigenschappen_are_readable_json(tmp_path):
    m = Archief(tmp_path, "cbs").write("cbs", "1NED", EARLY, fill("aangenomen", titel="Fryslân"))
    text = (m.folder / "eigenschappen.json").read_text(encoding="utf-8")
    assert "Fryslân" in text and json.loads(text) == m.eigenschappen


@pytest.mark.parametrize(
    ("bron", "tabel"),
    [
        ("aanlevering", "../cbs/1NED"),
        ("aanlevering", ".."),
        ("..", "cbs"),
        ("cbs", ""),
        ("cbs", "."),
        ("cbs", "/tmp/x"),
    ],
)
def test_place_outside_the_archive_is_refused(tmp_path, bron, tabel):
    archief = Archief(tmp_path / "opslag", "cbs")
    with pytest.raises(BestandError, match="naam"):
        archief.write(bron, tabel, EARLY, fill("aangenomen"))
    with pytest.raises(BestandError):
        archief.list(bron, tabel)
    assert list(tmp_path.iterdir()) == []

"""The confidential store: closed to others, whole or not at all; retention, removal, and a backup that comes back."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assets.register.kluis import Kluis, KluisError
from tests.conftest import ROOT

NU = datetime(2026, 6, 1, 12, tzinfo=UTC)


def fill(oordeel: str = "aangenomen", text: str = "inhoud"):
    def write(folder: Path) -> dict:
        (folder / "vestigingen.parquet").write_text(text)
        return {"oordeel": oordeel, "sha256": text, "verslag": {"aangenomen": 1, "sbi": "2008", "zonder_2008": 0}}

    return write


@pytest.fixture
def kluis(tmp_path: Path) -> Kluis:
    return Kluis(tmp_path / "opslag", "voorbeeld")


def modes(folder: Path) -> set[tuple[bool, int]]:
    return {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in [folder, *folder.rglob("*")]}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_everything_is_closed_to_others_whatever_the_umask(kluis, tmp_path, umask):
    before = os.umask(umask)
    try:
        first = kluis.write("2026-04-01", NU, fill())
        kluis.write("2026-04-01", NU, fill(text="nieuw"))
        kluis.remove(first, NU, "toets")
        kluis.temporary()
        kluis.backup(tmp_path / "kopie.tar")
    finally:
        os.umask(before)
    assert modes(kluis.opslag / "vertrouwelijk") == {(True, 0o700), (False, 0o600)}
    assert stat.S_IMODE((tmp_path / "kopie.tar").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "kopie.tar.sha256").stat().st_mode) == 0o600


def test_the_folder_is_closed_while_it_is_being_filled(kluis):
    seen = []

    def look(folder: Path) -> dict:
        seen.append(stat.S_IMODE(folder.stat().st_mode))
        return fill()(folder)

    kluis.write("2026-04-01", NU, look)
    assert seen == [0o700]


def test_history_uses_the_last_accepted_vintage_of_each_year(kluis):
    kluis.write("2025-04-01", NU, fill())
    first = kluis.write("2026-04-01", NU, fill())
    second = kluis.write("2026-04-01", NU, fill(text="opnieuw"))
    kluis.write("2026-04-01", NU + timedelta(days=1), fill("geweigerd"))
    assert [x.id for x in kluis.current()][-1] == second.id != first.id
    assert [x.jaar for x in kluis.current()] == [2025, 2026]
    assert len(kluis.lichtingen("2026-04-01")) == 3


def test_a_failure_while_writing_leaves_nothing_and_what_stood_stands(kluis):
    stood = kluis.write("2026-04-01", NU, fill())

    def full_disk(folder: Path) -> dict:
        (folder / "vestigingen.parquet").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        kluis.write("2026-04-01", NU + timedelta(hours=1), full_disk)
    assert [p.name for p in (kluis.folder / "2026-04-01").iterdir()] == [stood.id]


def test_what_a_killed_process_left_is_no_vintage_and_is_swept(kluis):
    kluis.write("2026-04-01", NU, fill())
    left = kluis.folder / "2026-04-01" / ".nieuw-20260501T120000000000Z"
    left.mkdir()
    (left / "vestigingen.parquet").write_text("half")
    assert len(kluis.lichtingen()) == 1
    kluis.sweep(NU)
    assert not left.exists()


def test_a_process_that_is_killed_while_writing_leaves_no_vintage(kluis):
    script = f"""
import os, signal
from datetime import UTC, datetime
from pathlib import Path
from assets.register.kluis import Kluis
def fill(folder):
    (folder / "vestigingen.parquet").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
Kluis(Path({str(kluis.opslag)!r}), "voorbeeld").write("2026-04-01", datetime.now(UTC), fill)
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == -9
    assert kluis.lichtingen() == []
    assert kluis.write("2026-04-01", NU, fill()).aangenomen
    assert len(kluis.lichtingen()) == 1
    assert modes(kluis.folder) == {(True, 0o700), (False, 0o644), (False, 0o600)}  # the half file, in a closed folder


def test_sample_and_real_have_stores_of_their_own(kluis):
    kluis.write("2026-04-01", NU, fill())
    assert Kluis(kluis.opslag, "cbs").lichtingen() == []


def test_cleaning_up_never_takes_what_history_uses(kluis):
    old = [kluis.write("2025-04-01", NU, fill()), kluis.write("2026-04-01", NU, fill("geweigerd"))]
    used = kluis.write("2025-04-01", NU + timedelta(days=1), fill())
    assert kluis.unused(NU) == []
    found = kluis.unused(NU + timedelta(days=400))
    assert [x.id for x in found] == [x.id for x in old]
    for lichting in found:
        kluis.remove(lichting, NU, "te oud")
    assert [x.id for x in kluis.lichtingen()] == [used.id]
    assert [e["lichting"] for e in kluis.logboek()] == [x.id for x in found]
    assert kluis.peildata() == ["2025-04-01"]


def test_a_backup_comes_back_to_the_byte_and_not_what_was_removed(kluis, tmp_path):
    first, second = kluis.write("2025-04-01", NU, fill()), kluis.write("2026-04-01", NU, fill(text="b"))
    before = {p.relative_to(kluis.folder): p.read_bytes() for p in kluis.folder.rglob("*.*") if p.is_file()}
    archief = tmp_path / "kopie.tar"
    assert kluis.backup(archief) == 2

    elsewhere = Kluis(tmp_path / "elders", "voorbeeld")
    assert elsewhere.restore(archief, NU) == (2, 0, 0)
    found = {p.relative_to(elsewhere.folder): p.read_bytes() for p in elsewhere.folder.rglob("*.*") if p.is_file()}
    assert {k: v for k, v in found.items() if k.name != "logboek.jsonl"} == before
    assert modes(elsewhere.folder) == {(True, 0o700), (False, 0o600)}

    kluis.remove(first, NU, "verzoek")
    (second.folder / "vestigingen.parquet").write_text("rot")
    with pytest.raises(KluisError, match="beschadigd"):
        kluis.check(second)
    with pytest.raises(KluisError, match="beschadigd"):
        kluis.backup(tmp_path / "tweede.tar")
    assert kluis.restore(archief, NU) == (1, 0, 1)
    kluis.check(second)
    assert kluis.restore(archief, NU, verwijderde=True) == (1, 1, 0)


def test_a_damaged_or_foreign_archive_puts_nothing_back(kluis, tmp_path):
    kluis.write("2026-04-01", NU, fill())
    archief = tmp_path / "kopie.tar"
    kluis.backup(archief)
    with pytest.raises(KluisError, match="bestaat al"):
        kluis.backup(archief)
    with pytest.raises(KluisError, match="andere soort"):
        Kluis(tmp_path / "elders", "cbs").restore(archief, NU)
    content = bytearray(archief.read_bytes())
    content[700] ^= 1
    archief.write_bytes(bytes(content))
    elsewhere = Kluis(tmp_path / "elders", "voorbeeld")
    with pytest.raises(KluisError, match="beschadigd"):
        elsewhere.restore(archief, NU)
    (tmp_path / "kopie.tar.sha256").unlink()
    with pytest.raises(KluisError, match="ontbreekt"):
        elsewhere.restore(archief, NU)
    assert elsewhere.lichtingen() == []


def test_an_archive_can_not_write_outside_the_store(kluis, tmp_path):
    import hashlib
    import tarfile

    archief = tmp_path / "kwaad.tar"
    (tmp_path / "x").write_text("x")
    for name in ("../../x", "/tmp/x", "2026-04-01/20260401T000000000000Z/../x", "2026-04-01/x/y"):
        with tarfile.open(archief, "w") as tar:
            tar.add(tmp_path / "x", arcname=name)
        digest = hashlib.sha256(archief.read_bytes()).hexdigest()
        (tmp_path / "kwaad.tar.sha256").write_text(f"{digest}  kwaad.tar\n")
        with pytest.raises(KluisError):
            kluis.restore(archief, NU)
    assert not kluis.folder.exists()


def test_a_damaged_vintage_names_itself_and_can_be_removed(kluis):
    lichting = kluis.write("2026-04-01", NU, fill())
    (lichting.folder / "eigenschappen.json").write_text("{")
    with pytest.raises(KluisError, match=lichting.id):
        kluis.lichtingen()
    kluis.remove(kluis.find("2026-04-01", lichting.id), NU, "beschadigd")
    assert kluis.lichtingen() == []
    with pytest.raises(KluisError, match="is er niet"):
        kluis.find("2026-04-01", "../..")


def test_the_properties_name_the_checksum_of_every_file(kluis):
    lichting = kluis.write("2026-04-01", NU, fill())
    content = json.loads((lichting.folder / "eigenschappen.json").read_text())
    assert set(content["bestanden"]) == {p.name for p in lichting.folder.iterdir()} - {"eigenschappen.json"}


def _wide(kluis: Kluis, level: int) -> Path:
    path = [kluis.opslag / "vertrouwelijk", kluis.folder.parent, kluis.folder][level]
    path.chmod(0o755)
    return path


def _link(kluis: Kluis, level: int) -> Path:
    path = [kluis.opslag / "vertrouwelijk", kluis.folder.parent, kluis.folder][level]
    path.rename(kluis.opslag / "elders")
    path.symlink_to(kluis.opslag / "elders")
    return path


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("spoil", [_wide, _link])
def test_a_store_that_is_open_or_elsewhere_is_refused_with_the_command_that_mends_it(kluis, spoil, level):
    kluis.write("2026-04-01", NU, fill())
    path = spoil(kluis, level)
    for use in (kluis.current, kluis.temporary, lambda: kluis.write("2026-04-01", NU, fill())):
        with pytest.raises(KluisError) as error:
            use()
        assert str(path) in error.value.wat
    command = error.value.vervolg.partition(": ")[2]
    subprocess.run(command, shell=True, check=True)
    assert len(kluis.current()) == 1 and modes(kluis.opslag / "vertrouwelijk") == {(True, 0o700), (False, 0o600)}

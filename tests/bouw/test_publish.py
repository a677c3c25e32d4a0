import errno
import itertools
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import build_database, prune, publish
from assets.bouw.invoer.bouwinvoer import InvoerError
from assets.bron import momentopname
from assets.bron.momentopname import write_file


def finished(root: Path, name: str, stamp: str | None = None) -> Path:
    folder = root / "bouw" / name
    folder.mkdir(parents=True)
    (folder / "figuur.txt").write_text(name, encoding="utf-8")
    (folder / "bouw.json").write_text(json.dumps({"bouw": stamp or name}), encoding="utf-8")
    return folder


def shown(uitvoer: Path) -> str:
    return (uitvoer / "actueel" / "figuur.txt").read_text(encoding="utf-8")


def test_the_link_points_at_the_build_and_then_at_the_next(tmp_path):
    uitvoer = tmp_path / "uitvoer" / "opname"
    een, twee = finished(tmp_path, "1"), finished(tmp_path, "2")
    assert publish(een, uitvoer) == uitvoer / "actueel"
    assert shown(uitvoer) == "1"
    publish(twee, uitvoer)
    assert shown(uitvoer) == "2"
    assert een.is_dir()
    assert [p.name for p in uitvoer.iterdir()] == ["actueel"]


def test_what_is_published_moves_along_with_the_project(tmp_path):
    publish(finished(tmp_path / "hier", "1"), tmp_path / "hier" / "uitvoer")
    (tmp_path / "hier").rename(tmp_path / "daar")
    assert shown(tmp_path / "daar" / "uitvoer") == "1"


def test_an_unfinished_build_is_not_published(tmp_path):
    uitvoer = tmp_path / "uitvoer"
    publish(finished(tmp_path, "1"), uitvoer)
    half = tmp_path / "bouw" / "2"
    half.mkdir()
    with pytest.raises(InvoerError, match="geen voltooide bouw"):
        publish(half, uitvoer)
    assert shown(uitvoer) == "1"


def test_a_folder_of_that_name_is_never_replaced(tmp_path):
    (tmp_path / "uitvoer" / "actueel").mkdir(parents=True)
    with pytest.raises(InvoerError, match="geen koppeling"):
        publish(finished(tmp_path, "1"), tmp_path / "uitvoer")


def test_a_publish_that_is_killed_before_the_swap_leaves_the_old_one(tmp_path):
    uitvoer = tmp_path / "uitvoer"
    publish(finished(tmp_path, "1"), uitvoer)
    twee = finished(tmp_path, "2")
    code = (
        "import os, signal, sys; from pathlib import Path; from assets.bouw.bouwen import publish\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "publish(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    root = Path(bouwen.__file__).parent.parent.parent
    killed = subprocess.run([sys.executable, "-c", code, str(twee), str(uitvoer)], cwd=root, check=False)
    assert killed.returncode == -9
    assert shown(uitvoer) == "1"
    publish(twee, uitvoer)
    assert shown(uitvoer) == "2"


MANIFESTEN = ["", "{", "[]", "null", '{"bouw": 5}', "{}", "\x00"]


@pytest.mark.parametrize("text", MANIFESTEN)
def test_a_damaged_manifest_is_no_build_and_stops_no_other(tmp_path, text):
    uitvoer = tmp_path / "uitvoer"
    for name in ("1", "2"):
        finished(tmp_path, name)
    half = finished(tmp_path, "3")
    (half / "bouw.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvoerError, match="geen voltooide bouw"):
        publish(half, uitvoer)
    publish(finished(tmp_path, "4"), uitvoer, keep=1)
    assert shown(uitvoer) == "4"
    assert sorted(p.name for p in (tmp_path / "bouw").iterdir()) == ["3", "4"]
    assert prune(tmp_path / "bouw", unfinished=True) == [half]


@pytest.mark.parametrize("what", ["rmtree", "read_manifest", "sync of the folder"])
def test_cleaning_up_never_fails_a_publication(tmp_path, monkeypatch, what):
    uitvoer = tmp_path / "uitvoer"
    publish(finished(tmp_path, "1"), uitvoer)
    for name in ("2", "3", "4", "5"):
        finished(tmp_path, name)
    full = OSError(errno.ENOSPC, "No space left on device")
    real = bouwen.sync
    if what == "rmtree":
        monkeypatch.setattr(os, "rmdir", lambda *_, **__: (_ for _ in ()).throw(full))
    elif what == "read_manifest":
        (tmp_path / "bouw" / "2" / "koppelingen.txt").mkdir()
    else:
        monkeypatch.setattr(bouwen, "sync", lambda p: (_ for _ in ()).throw(full) if p == uitvoer else real(p))
    publish(tmp_path / "bouw" / "5", uitvoer, keep=1)
    assert shown(uitvoer) == "5"


@pytest.mark.parametrize("moment", range(4))
def test_a_disk_that_is_full_before_the_swap_leaves_the_old_one(tmp_path, monkeypatch, moment):
    uitvoer = tmp_path / "uitvoer"
    publish(finished(tmp_path, "1"), uitvoer)
    twee, left = finished(tmp_path, "2"), itertools.count()
    full, real = OSError(errno.ENOSPC, "No space left on device"), bouwen.sync

    def sync(path: Path) -> None:
        if next(left) == moment:
            raise full
        real(path)

    monkeypatch.setattr(bouwen, "sync", sync)
    with pytest.raises(OSError, match="No space"):
        publish(twee, uitvoer)
    assert shown(uitvoer) == "1"
    monkeypatch.undo()
    publish(twee, uitvoer)
    assert shown(uitvoer) == "2" and [p.name for p in uitvoer.iterdir()] == ["actueel"]


def test_a_manifest_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "bouw.json"
    write_file(path, "oud")
    monkeypatch.setattr(momentopname, "sync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "vol")))
    with pytest.raises(OSError, match="vol"):
        write_file(path, "nieuw")
    assert path.read_text() == "oud" and list(tmp_path.iterdir()) == [path]


def test_old_builds_go_but_never_one_that_a_link_points_at(tmp_path):
    builds = [finished(tmp_path, str(n)) for n in range(1, 7)]
    elsewhere = tmp_path / "elders"
    publish(builds[0], elsewhere, keep=9)
    publish(builds[1], tmp_path / "uitvoer", keep=9)
    publish(builds[5], tmp_path / "uitvoer", keep=2)
    assert [b.name for b in builds if b.exists()] == ["1", "5", "6"]
    assert shown(elsewhere) == "1"


def test_the_published_build_stays_when_later_ones_were_refused(tmp_path):
    een = finished(tmp_path, "1")
    publish(een, tmp_path / "uitvoer")
    for n in range(2, 6):
        finished(tmp_path, str(n))
    assert [p.name for p in prune(tmp_path / "bouw", keep=1)] == ["2", "3", "4"]
    assert shown(tmp_path / "uitvoer") == "1"


def test_age_is_that_of_the_build_and_not_of_its_folders_name(tmp_path):
    finished(tmp_path, "zz", "20260101")
    finished(tmp_path, "aa", "20260201")
    assert [p.name for p in prune(tmp_path / "bouw", keep=1)] == ["zz"]


def test_what_a_killed_build_left_goes_a_day_later(tmp_path):
    half, busy = tmp_path / "bouw" / "half", tmp_path / "bouw" / "bezig"
    for folder in (half, busy):
        folder.mkdir(parents=True)
    os.utime(half, (0, 0))
    finished(tmp_path, "1")
    assert prune(tmp_path / "bouw") == [half]
    assert busy.is_dir()


@pytest.mark.usefixtures("kern_alone")
def test_an_open_reader_of_what_is_published_does_not_block_the_next(werkplaats, tmp_path):
    """DuckDB has one writer, and a reader locks it out: so each build is a file of its own."""
    uitvoer = tmp_path / "uitvoer"
    invoer = werkplaats.invoer(werkplaats.add([("NL01", "2025JJ00", 1.0)]))
    build_database(invoer, tmp_path / "bouw" / "1")
    publish(tmp_path / "bouw" / "1", uitvoer)
    code = (
        "import duckdb, sys; db = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print('open', flush=True); sys.stdin.read()\n"
        "print(db.execute('SELECT waarde FROM kern.waarneming').fetchall())"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(uitvoer / "actueel" / "monitor.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    build_database(invoer, tmp_path / "bouw" / "2")
    publish(tmp_path / "bouw" / "2", uitvoer)
    assert (uitvoer / "actueel").resolve().name == "2"
    with closing(duckdb.connect(str(uitvoer / "actueel" / "monitor.duckdb"), read_only=True)) as db:
        assert db.execute("SELECT count(*) FROM kern.waarneming").fetchone() == (1,)
    assert reader.communicate()[0] == "[(1.0,)]\n"

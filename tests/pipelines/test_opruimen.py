"""What a killed run leaves behind goes at the next start, and a full disk is said in Dutch."""

import errno
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from sqlalchemy.exc import OperationalError

from assets.bouw.bouwen import publish
from assets.keten import Plek
from begrippen.fout import is_vol
from pipelines.home import open_instance
from pipelines.opruimen import clear_left
from tests.bouw.test_publish import finished, shown

RUNS = 5


def test_what_a_killed_run_left_is_cleared_at_the_next_start(tmp_path):
    plek = Plek("cbs", tmp_path / "opslag", tmp_path / "uitvoer")
    bouwen = plek.opslag / "bouw" / "cbs"
    good = finished(plek.opslag / "bouw", "1")
    good.parent.rename(bouwen)
    publish(bouwen / "1", plek.uitvoer)
    half = bouwen / "half"
    (half / "parquet").mkdir(parents=True)
    (half / "monitor.duckdb").write_bytes(b"half")
    answers = plek.opslag / "momentopnamen" / "cbs" / "cbs" / "03759ned"
    for name in (".nieuw-20260101T000000000000Z", ".stuk-20260101T000000000000Z", "20260101T000000000000Z"):
        (answers / name).mkdir(parents=True)
    (plek.uitvoer / ".actueel-123").symlink_to("nergens")
    with dg.DagsterInstance.ephemeral() as instance:
        for run, status in (("a" * 8, dg.DagsterRunStatus.STARTED), ("b" * 8, dg.DagsterRunStatus.SUCCESS)):
            instance.add_run(dg.DagsterRun(job_name="monitor", run_id=run, status=status))
        instance.add_run(dg.DagsterRun(job_name="monitor", run_id="c" * 8, status=dg.DagsterRunStatus.STARTED))
        gone = clear_left(plek, instance, "c" * 8)
        states = {r.run_id[0]: r.status.value for r in instance.get_runs()}
    assert states == {"a": "FAILURE", "b": "SUCCESS", "c": "STARTED"}
    assert sorted(p.name for p in gone) == [".actueel-123", ".nieuw-20260101T000000000000Z", "half"]
    assert sorted(p.name for p in answers.iterdir()) == [".stuk-20260101T000000000000Z", "20260101T000000000000Z"]
    assert shown(plek.uitvoer) == "1" and sorted(p.name for p in plek.uitvoer.iterdir()) == ["actueel"]


def test_builds_of_nights_that_fail_do_not_pile_up_and_what_is_published_stays(tmp_path):
    plek = Plek("cbs", tmp_path / "opslag", tmp_path / "uitvoer")
    for night in range(1, 8):
        made = plek.bouw_folder(str(night))
        made.parent.mkdir(parents=True, exist_ok=True)
        finished(tmp_path, str(night)).rename(made)
        if night == 1:
            publish(made, plek.uitvoer)
    with dg.DagsterInstance.ephemeral() as instance:
        clear_left(plek, instance, "nu")
    assert sorted(p.name for p in (plek.opslag / "bouw" / "cbs").iterdir()) == ["1", "5", "6", "7"]
    assert shown(plek.uitvoer) == "1"


def test_dagster_forgets_what_ran_long_ago_with_its_files(tmp_path, monkeypatch):
    # a run costs a database of its own: few of them, and as few that stay
    monkeypatch.setattr("pipelines.opruimen.RUNS", RUNS)
    plek = Plek("cbs", tmp_path / "opslag", tmp_path / "uitvoer")
    with open_instance(plek.opslag) as instance:
        for number in range(RUNS + 3):
            run = dg.DagsterRun(job_name="verversen", run_id=f"run{number:03d}")
            instance.add_run(run)
            # as of a run that takes place: it is in the index, and has a database of its own
            instance.report_run_failed(run, "klaar")
        clear_left(plek, instance, "nu")
        left = sorted(r.run_id for r in instance.get_runs())
        assert instance.all_logs("run000") == [] and instance.all_logs(f"run{RUNS:03d}")
    assert left == [f"run{number:03d}" for number in range(3, RUNS + 3)]
    runs = {p.name.partition(".")[0] for p in (plek.opslag / "dagster" / "history" / "runs").glob("run*")}
    assert runs - {"run000"} == set(left), "asking for the events of a run makes its database anew"


@pytest.mark.parametrize("stuk", [b"x" * 5_000, b"", None])
@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.FAILURE])
def test_half_a_database_of_an_earlier_run_keeps_no_refresh_from_beginning(tmp_path, monkeypatch, status, stuk):
    plek = Plek("cbs", tmp_path / "opslag", tmp_path / "uitvoer")
    monkeypatch.setattr("pipelines.opruimen.RUNS", 0)
    with open_instance(plek.opslag) as instance:
        run = dg.DagsterRun(job_name="monitor", run_id="vorige", status=dg.DagsterRunStatus.STARTED)
        instance.add_run(run)
        instance.report_engine_event("begonnen", run)
        if status == dg.DagsterRunStatus.FAILURE:
            instance.report_run_failed(run, "klaar")
        shard = Path(instance.event_log_storage.path_for_shard(run.run_id))
    for path in shard.parent.glob(f"{shard.name}*"):
        path.unlink()
    if stuk is not None:
        shard.write_bytes(stuk)
    with open_instance(plek.opslag) as instance:
        clear_left(plek, instance, "nu")
        clear_left(plek, instance, "nu")
        assert not instance.get_runs()
    assert not shard.exists()


CHILD = (
    "import sys, time; from begrippen.kind import end_with; end_with(int(sys.argv[1])); print(1, flush=True); "
    "time.sleep(60)"
)
PARENT = (
    "import os, subprocess, sys; child = subprocess.Popen([sys.executable, '-c', sys.argv[1], str(os.getpid())], "
    "stdout=subprocess.PIPE); child.stdout.readline(); print(child.pid, flush=True); child.wait()"
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_process_that_works_for_another_ends_with_it():
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD], stdout=subprocess.PIPE, cwd=root)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(500):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or ") Z " in state.read_text():
            return
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child went on without its parent")


VOL = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EFBIG, "File too large"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    sqlite3.OperationalError("database or disk is full"),
    OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
    duckdb.IOException('Could not write to file "x": No space left on device'),
]


@pytest.mark.parametrize("error", VOL, ids=lambda e: type(e).__name__)
def test_a_full_disk_is_known_however_it_is_said(error):
    assert is_vol(error)
    try:
        try:
            raise error
        except Exception as inner:
            raise RuntimeError("iets anders") from inner
    except RuntimeError as outer:
        assert is_vol(outer)


def test_another_error_is_no_full_disk():
    assert not is_vol(OSError(errno.EACCES, "Permission denied")) and not is_vol(ValueError("x")) and not is_vol(None)


def test_a_disk_that_is_full_is_said_in_dutch_and_nothing_is_published(tmp_path):
    size = 300_000  # files may grow to this and no further
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run", "--bron", "voorbeeld", "--geen-register"],
        env={
            "PYTHONDONTWRITEBYTECODE": "1",
            "MONITOR_OPSLAG": str(tmp_path / "opslag"),
            "MONITOR_UITVOER": str(tmp_path / "uitvoer"),
        },
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert "de schijf is vol, of stuk" in told and "staat er nog" in told and "Traceback" not in told
    assert not (tmp_path / "uitvoer" / "voorbeeld" / "actueel").exists()

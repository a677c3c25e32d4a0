"""What earlier runs left behind, cleared at the start of the next one; only whoever runs alone in an `opslag` may."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

from assets.bouw.bouwen import ACTUEEL, prune
from assets.keten import Plek

AFGEBROKEN = "Afgebroken: het proces was weg toen de volgende run begon."

# Tag of a run that a step of another one started: that one waits for it.
OM = "monitor/om"

# So many runs Dagster remembers: a month of nights that did something, at 3 to 5 MB each (30 November 2026). Of an
# installation that kept them all, a night clears no more than so many.
RUNS, PER_NIGHT = 30, 30
_ENDED = [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]


def clear_left(plek: Plek, instance: DagsterInstance, run_id: str, om: str = "") -> list[Path]:
    """Clear what `clear_files` clears and then what `clear_runs` does; returns what was removed of the first."""
    gone = clear_files(plek)
    clear_runs(plek, instance, run_id, om)
    return gone


def clear_files(plek: Plek) -> list[Path]:
    """Clear builds, answers and links that nothing uses. Before anything is made: what is half made goes too.

    Of builds the last three stay and every one that is published, so that nights that fail do not fill the disk.
    Returns what was removed. Never raises for what will not go.
    """
    gone: list[Path] = []
    for bouwen in (*(plek.opslag / "bouw").glob("*"), *(plek.opslag / "peildatum").glob("*")):
        gone += prune(bouwen, unfinished=True)
    for path in (plek.opslag / "momentopnamen").glob("*/*/*/.nieuw-*"):
        shutil.rmtree(path, ignore_errors=True)
        gone.append(path)
    for link in plek.uitvoer.glob(f".{ACTUEEL}-*"):
        with suppress(OSError):
            link.unlink()
            gone.append(link)
    return gone


def clear_runs(plek: Plek, instance: DagsterInstance, run_id: str, om: str = "") -> None:
    """Close runs that nothing runs, and forget what ran long ago. Never raises for what will not go.

    run_id: the run that is starting; `om`: the one that waits for it, if any.
    """
    for run in instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED])):
        if run.run_id not in {run_id, om}:
            _close(instance, run, plek.opslag)
    for run in instance.get_runs(RunsFilter(statuses=_ENDED))[RUNS:][-PER_NIGHT:]:
        _forget(instance, run.run_id, plek.opslag)


def _close(instance: DagsterInstance, run: DagsterRun, opslag: Path) -> None:
    """Say of a run that nothing runs that it failed; where what is kept of it cannot be read, forget it."""
    try:
        instance.report_run_failed(run, AFGEBROKEN)
    except Exception:
        # of Dagster, SQLAlchemy or sqlite: who is killed, or finds no room, leaves half a database
        _forget(instance, run.run_id, opslag)


def _forget(instance: DagsterInstance, run_id: str, opslag: Path) -> None:
    """Delete a run with its events, and the database and the folder that Dagster keeps of it. Never raises."""
    try:
        instance.delete_run(run_id)
    except Exception:
        # a database that is damaged would keep it from being forgotten, and this refresh from beginning: made anew
        _drop_files(instance, run_id, opslag)
        with suppress(Exception):
            instance.delete_run(run_id)
    _drop_files(instance, run_id, opslag)


def _drop_files(instance: DagsterInstance, run_id: str, opslag: Path) -> None:
    # with all of SQLAlchemy, which a night in which nothing changed does not wait for
    from dagster._core.storage.event_log import SqliteEventLogStorage

    shutil.rmtree(opslag / "dagster" / "storage" / run_id, ignore_errors=True)
    if isinstance(log := instance.event_log_storage, SqliteEventLogStorage):
        shard = Path(log.path_for_shard(run_id))
        for path in shard.parent.glob(f"{shard.name}*"):
            with suppress(OSError):
                path.unlink()

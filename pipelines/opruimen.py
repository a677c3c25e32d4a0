"""What a killed run left behind, cleared at the start of the next one; only whoever runs alone in an `opslag` may."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from assets.bouw.bouwen import ACTUEEL, prune
from assets.keten import Plek

AFGEBROKEN = "Afgebroken: het proces was weg toen de volgende run begon."


def clear_left(plek: Plek, instance: DagsterInstance, run_id: str) -> list[Path]:
    """Clear unfinished builds and answers and links that were never swapped, and close runs that nothing runs.

    Returns what was removed. run_id: the run that is starting. Never raises for what will not go.
    """
    gone: list[Path] = []
    for bouwen in (*(plek.opslag / "bouw").glob("*"), *(plek.opslag / "peildatum").glob("*")):
        gone += prune(bouwen, keep=len(list(bouwen.glob("*"))), unfinished=True)
    for path in (plek.opslag / "momentopnamen").glob("*/*/*/.nieuw-*"):
        shutil.rmtree(path, ignore_errors=True)
        gone.append(path)
    for link in plek.uitvoer.glob(f".{ACTUEEL}-*"):
        with suppress(OSError):
            link.unlink()
            gone.append(link)
    for run in instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED])):
        if run.run_id != run_id:
            instance.report_run_failed(run, AFGEBROKEN)
    return gone

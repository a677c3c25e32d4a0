"""Dagster's home: a folder under opslag/, where the root dagster.yaml is copied at each start.

Dagster reads its settings from its home only; without the copy the file in the root of the project would do nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from functools import cache
from pathlib import Path

from dagster import DagsterInstance
from sqlalchemy import event
from sqlalchemy.engine import Engine

from begrippen.plekken import geleverd


def prepare_home(opslag: Path) -> Path:
    """Make Dagster's home under `opslag` (absolute), refresh its dagster.yaml, point the environment at it."""
    home = (opslag / "dagster").resolve()
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"dagster.yaml.{os.getpid()}"
    shutil.copyfile(geleverd("dagster.yaml"), beside)
    beside.replace(home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)
    return home


@cache
def write_history_lightly() -> None:
    """Let SQLite wait for the disk at checkpoints alone, for every database that this process opens from here on.

    Dagster opens and commits three connections an event, which was a third of the time of a small run. Its databases
    are in WAL mode: a power cut can take the last events of a log, and damages nothing.
    """

    @event.listens_for(Engine, "connect")
    def _(connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous=NORMAL")


def open_instance(opslag: Path) -> DagsterInstance:
    """The Dagster instance of this `opslag`, with the settings of the root dagster.yaml."""
    write_history_lightly()
    return DagsterInstance.from_config(str(prepare_home(opslag)))

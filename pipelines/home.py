"""Dagster's home: a folder under opslag/, where the root dagster.yaml is copied at each start.

Dagster reads its settings from its home only; without the copy the file in the root of the project would do nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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


# database -> a connection that does nothing but stay, while an instance is open
_kept: dict[str, sqlite3.Connection] = {}


@cache
def write_history_lightly() -> None:
    """Let SQLite wait for the disk at checkpoints alone, for every database that this process opens from here on.

    Dagster opens, commits and closes three connections an event. Its databases are in WAL mode: a power cut can take
    the last events of a log, and damages nothing.
    """

    @event.listens_for(Engine, "connect")
    def _(connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous=NORMAL")
            _keep(connection)


def _keep(connection: sqlite3.Connection) -> None:
    """Hold a database open: whoever closes the last connection waits for its log to be written into it."""
    path = str(connection.execute("PRAGMA database_list").fetchone()[2])
    if not path or path in _kept or connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        return
    beside = sqlite3.connect(path, check_same_thread=False)
    # what was never read is not open yet
    beside.execute("SELECT count(*) FROM sqlite_master").fetchone()
    _kept[path] = beside


@contextmanager
def open_instance(opslag: Path) -> Iterator[DagsterInstance]:
    """The Dagster instance of this `opslag`, with the settings of the root dagster.yaml."""
    write_history_lightly()
    try:
        with DagsterInstance.from_config(str(prepare_home(opslag))) as instance:
            yield instance
    finally:
        while _kept:
            _kept.popitem()[1].close()

"""Dagster's home: a folder under opslag/, where the root dagster.yaml is written at each start.

Dagster reads its settings from its home only; without that the file in the root of the project would do nothing. Where
PostgreSQL keeps the history, what that needs comes behind it (`pipelines/geschiedenis.py`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from dagster import DagsterInstance
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from pipelines import instellingen
from pipelines.alleen import alone
from pipelines.geschiedenis import for_dagster, make_settings


def prepare_home(opslag: Path) -> Path:
    """Make Dagster's home under `opslag` (absolute), refresh its dagster.yaml, point the environment at it.

    Raises GeschiedenisError where PostgreSQL keeps the history and can not be reached.
    """
    home = (opslag / "dagster").resolve()
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"dagster.yaml.{os.getpid()}"
    postgres = instellingen.read().postgres
    beside.write_text(make_settings(home, postgres), encoding="utf-8")
    beside.replace(home / "dagster.yaml")
    os.environ.update(for_dagster(postgres) | {"DAGSTER_HOME": str(home)})
    return home


# database -> a connection that does nothing but stay, while an instance is open
_kept: dict[str, sqlite3.Connection] = {}


@cache
def write_history_lightly() -> None:
    """Let SQLite wait for the disk at checkpoints alone, for every database that this process opens from here on.

    Its databases are in WAL mode: a power cut can take the last events of a log, and damages nothing.
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
def _one_connection_each(storage: SqliteEventLogStorage) -> Iterator[None]:
    """Let a log of events use one connection for each of its databases.

    Dagster opens three for each event, with an engine of its own for each, and reads the whole schema every time: of a
    run on a small answer that was a third of the processor time. A lock of its own lets one in at a time.
    """
    connect = storage._connect
    engines: dict[str, Engine] = {}

    @contextmanager
    def kept(shard: str) -> Iterator[Connection]:
        if shard not in storage._initialized_dbs:
            # its tables are made first
            with connect(shard) as connection:
                yield connection
            return
        with storage._db_lock:
            if shard not in engines:
                engines[shard] = create_engine(
                    storage.conn_string_for_shard(shard),
                    poolclass=StaticPool,
                    connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
                )
            with engines[shard].begin() as connection:
                yield connection

    storage._connect = kept  # type: ignore[method-assign]
    try:
        yield
    finally:
        storage._connect = connect  # type: ignore[method-assign]
        for engine in engines.values():
            engine.dispose()


@contextmanager
def open_instance(opslag: Path) -> Iterator[DagsterInstance]:
    """The Dagster instance of this `opslag`, with the settings of the root dagster.yaml."""
    write_history_lightly()
    try:
        with DagsterInstance.from_config(str(prepare_home(opslag))) as instance, ExitStack() as stack:
            if isinstance(storage := instance.event_log_storage, SqliteEventLogStorage):
                stack.enter_context(_one_connection_each(storage))
            yield instance
    finally:
        while _kept:
            _kept.popitem()[1].close()


def renew_history(opslag: Path) -> None:
    """Give the history the form of this version of Dagster, while no refresh runs. Raises InstellingError."""
    with alone(opslag), open_instance(opslag) as instance:
        instance.upgrade()
        instance.reindex()

"""Dagster's history is written without waiting for the disk at each event, and only where that damages nothing."""

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, text

from pipelines.home import open_instance


def test_the_history_waits_for_the_disk_at_checkpoints_alone(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        instance.get_runs()
    databases = sorted((tmp_path / "dagster").rglob("*.db"))
    assert databases
    for path in databases:
        with sqlite3.connect(path) as db:
            # in another mode NORMAL could leave a damaged database behind
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",), path.name
        with create_engine(f"sqlite:///{path}").connect() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 1, path.name


def test_a_history_is_written_into_its_database_once_and_not_after_each_event(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        for _ in range(3):
            instance.get_runs()
        databases = {p: p.with_name(f"{p.name}-wal") for p in (tmp_path / "dagster").rglob("*.db")}
        (runs,) = (log for path, log in databases.items() if path.name == "runs.db")
        # the last to close a database takes its log away
        assert runs.exists()
    assert databases and not any(log.exists() for log in databases.values())

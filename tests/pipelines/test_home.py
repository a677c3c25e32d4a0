"""Dagster's history is written without waiting for the disk at each event, and only where that damages nothing."""

import sqlite3
from collections import Counter
from pathlib import Path

import dagster as dg
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from pipelines.home import open_instance, renew_history


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


def make_assets(count: int) -> list[dg.AssetsDefinition]:
    return [dg.asset(lambda: None, name=f"stof_{n}") for n in range(count)]


def test_events_share_the_connections_of_their_log(tmp_path: Path) -> None:
    """However many there are, and every event is kept."""
    opened: list[int] = []
    counts: list[int] = []
    events: list[int] = []

    def count(*_: object) -> None:
        opened.append(1)

    event.listen(Engine, "connect", count)
    try:
        with open_instance(tmp_path) as instance:
            for assets in (1, 1, 9):
                opened.clear()
                done = dg.materialize(make_assets(assets), instance=instance)
                counts.append(len(opened))
                events.append(len(done.all_events))
                assert done.success
                kept = Counter(e.dagster_event_type for e in instance.all_logs(done.run_id) if e.dagster_event_type)
                assert Counter(e.event_type for e in done.all_events) <= kept
                assert len(instance.get_latest_materialization_events([dg.AssetKey("stof_0")])) == 1
    finally:
        event.remove(Engine, "connect", count)
    # less than one for each event; without this it is three
    assert counts[2] - counts[1] < events[2] - events[1]


def test_an_old_history_gets_the_form_of_this_version_and_keeps_its_runs(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        done = dg.materialize(make_assets(1), instance=instance)
    runs = tmp_path / "dagster" / "history" / "runs.db"
    with sqlite3.connect(runs) as db:
        newest = db.execute("SELECT version_num FROM alembic_version").fetchone()
        # as it was before the last column came
        db.execute("DROP TABLE alembic_version")
        db.execute("DROP TABLE backfill_tags")
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        db.execute("INSERT INTO alembic_version VALUES ('284a732df317')")
    renew_history(tmp_path)
    with sqlite3.connect(runs) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == newest
    with open_instance(tmp_path) as instance:
        assert [r.run_id for r in instance.get_runs()] == [done.run_id]

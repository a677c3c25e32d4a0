"""Queries of `sql/` on Spark: what they read goes there as Parquet, and what they give comes back as a table of DuckDB.

Spark is asked in its own process (Java), on this machine or on a cluster. What passes through it can be confidential:
everything that it writes, down to what does not fit in its memory, stands in one closed folder that is removed at the
end. It shows no page, keeps no history, writes no log, and an error says which table and never what was in a row.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from assets.tabel import Tabel
from begrippen.fout import MonitorError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HIER = "local[2]"
_RIJEN = 1_000_000
# no line of a log, from the first one on
LOGBOEK = "log4j2.properties"
_STIL = """status=off
appender.stil.type=Null
appender.stil.name=stil
rootLogger.level=off
rootLogger.appenderRef.stil.ref=stil
"""
_MAP, _BESTAND = 0o700, 0o600


class MotorError(MonitorError):
    """Spark can not be started, or stopped at a table."""

    code = "motor"


@dataclass
class Spark:
    """A session of Spark. What it reads and writes stands as Parquet in `folder`."""

    session: SparkSession
    folder: Path
    kolommen: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, naam: str, files: Sequence[Path], kolommen: dict[str, str]) -> None:
        """Let queries read Parquet files as table `naam`; `kolommen`: its columns and their DuckDB types."""
        from assets.motor.vertalen import view_name

        self.session.read.parquet(*map(str, files)).createOrReplaceTempView(view_name(naam))
        self.kolommen[naam] = kolommen

    def write(self, tabel: Tabel, query: str = "") -> Path:
        """Run the query of a table (or one over it) and give the folder with its rows as Parquet. Raises MotorError.

        All tables that it is made from must have been laid ready with `read`.
        """
        from assets.motor.vertalen import translate, view_name

        target = self.folder / "uit" / tabel.naam
        text = translate(
            tabel.query, {u: self.kolommen[u] for u in tabel.uit}, {k.naam: k.type for k in tabel.kolommen}
        )
        try:
            frame = self.session.sql(text)
            if query:
                frame.createOrReplaceTempView(view_name(tabel.naam))
                frame = self.session.sql(query)
            frame.write.mode("overwrite").parquet(str(target))
        except Exception as error:
            # what Spark says of it can hold a value of a row
            raise MotorError(f"Spark liep vast op tabel {tabel.naam} ({type(error).__name__})") from None
        return target

    def create(self, tabel: Tabel, db: duckdb.DuckDBPyConnection) -> int:
        """Make a table on `db` of the tables that stand there, by Spark. Raises MotorError, and TabelError.

        A table that it reads is handed over once.
        """
        for naam in tabel.uit:
            if naam not in self.kolommen:
                self.hand_over(naam, db)
        rows = ds.dataset(self.write(tabel), format="parquet")
        keys = ", ".join(tabel.sleutel)

        def made(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
            return db.from_arrow(rows).order(keys)

        return replace(tabel, query="", function=made).create(db)

    def hand_over(self, naam: str, db: duckdb.DuckDBPyConnection) -> None:
        """Write a table of `db` as Parquet, its codes as text, without having all of it in memory."""
        types = {
            r[0]: "VARCHAR" if r[1].startswith("ENUM") else r[1] for r in db.execute(f"DESCRIBE FROM {naam}").fetchall()
        }
        chosen = ", ".join(f"CAST({k} AS {t}) AS {k}" for k, t in types.items())
        path = self.folder / f"{naam}.parquet"
        path.touch(_BESTAND)
        reader = db.sql(f"SELECT {chosen} FROM {naam}").to_arrow_reader(_RIJEN)
        with pq.ParquetWriter(path, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
        self.read(naam, [path], types)


def _check_installed() -> None:
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        raise MotorError("Spark is niet geïnstalleerd", vervolg="Installeer het met: make spark")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MotorError(
            "Spark heeft Java nodig, en dat is er niet",
            vervolg="Installeer het met: apt-get install default-jre-headless",
        )


def settings(folder: Path, master: str, geheugen: str) -> dict[str, str]:
    """What a session of Spark is started with, so that it says and leaves nothing outside `folder`."""
    java = (
        f"-Djava.io.tmpdir={folder} -XX:+PerfDisableSharedMem -XX:ErrorFile={folder}/java.log "
        f"-Dlog4j2.configurationFile=file:{folder / LOGBOEK}"
    )
    own = {
        "spark.app.name": "monitor",
        "spark.driver.memory": geheugen,
        "spark.driver.extraJavaOptions": java,
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder),
        "spark.sql.catalogImplementation": "in-memory",
        # what does not fit in memory, and what its processes send each other
        "spark.io.encryption.enabled": "true",
        "spark.hadoop.fs.permissions.umask-mode": "077",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "false",
        "spark.log.level": "OFF",
        # the answers of DuckDB: a number that does not fit stops, and a moment has no time zone
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
    }
    if master.startswith("local"):
        # nobody else can reach it, and a table in many small parts costs more than it gains
        own |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        own |= {"spark.sql.shuffle.partitions": "8"}
    return own


@contextmanager
def open_spark(within: Path, master: str = "", geheugen: str = "2g") -> Iterator[Spark]:
    """Start Spark for as long as this takes; `within` is an existing folder where it may write, on every machine of it.

    `master`: address of a cluster (spark://machine:7077), empty: on this machine, on two cores. `geheugen`: of its
    process here, as Java writes it. Raises MotorError where Spark or Java is not installed, or does not start.
    """
    _check_installed()
    folder = Path(tempfile.mkdtemp(prefix="spark-", dir=within.resolve()))
    folder.chmod(_MAP)
    (folder / LOGBOEK).touch(_BESTAND)
    (folder / LOGBOEK).write_text(_STIL, encoding="utf-8")
    try:
        session = _start(folder, master or HIER, geheugen)
        try:
            yield Spark(session, folder)
        finally:
            _stop(session)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, master: str, geheugen: str) -> SparkSession:
    # pandas is not used here
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    from pyspark.sql import SparkSession

    # Python repeats an error of Spark there, with what it found in a row
    logging.getLogger("SQLQueryContextLogger").disabled = True
    builder: Any = SparkSession.builder.master(master)
    for key, value in settings(folder, master, geheugen).items():
        builder = builder.config(key, value)
    # of the environment this goes before the settings; the process that is started closes what it makes
    elsewhere, mask = os.environ.pop("SPARK_LOCAL_DIRS", None), os.umask(0o077)
    try:
        session: SparkSession = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
    except Exception as error:
        raise MotorError(
            f"Spark start niet op {'deze machine' if master.startswith('local') else 'het cluster'} "
            f"({type(error).__name__})",
            vervolg="Zie docs/schaal.md",
        ) from None
    finally:
        os.umask(mask)
        if elsewhere is not None:
            os.environ["SPARK_LOCAL_DIRS"] = elsewhere
    return session


def _stop(session: SparkSession) -> None:
    """End the session and its Java: the next one is another, with a folder of its own."""
    from pyspark import SparkContext

    session.stop()
    gateway: Any = SparkContext._gateway
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=60)
        SparkContext._gateway = SparkContext._jvm = None

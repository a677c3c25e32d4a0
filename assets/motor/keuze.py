"""What the heavy queries run on: DuckDB in this process, or Spark. What comes out is the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import duckdb

from assets.tabel import Tabel

Motornaam = Literal["duckdb", "spark"]


class Motor(Protocol):
    """What makes a table. A class and no alias: typing would keep the type of DuckDB, that says so at the end."""

    def __call__(self, tabel: Tabel, db: duckdb.DuckDBPyConnection, /) -> int:
        """Make a table on a connection, of the tables that stand there, and return its number of rows."""


@contextmanager
def open_duckdb() -> Iterator[Motor]:
    """DuckDB is there already: the connection itself makes the table."""
    yield Tabel.create


@dataclass(frozen=True)
class Motorkeuze:
    """Which of the two, and of Spark the address of the cluster (empty: this machine)."""

    naam: Motornaam = "duckdb"
    adres: str = ""

    @contextmanager
    def open(self, within: Path) -> Iterator[Motor]:
        """Open it; Spark writes nothing outside a closed folder in `within`. Raises MotorError, see `open_spark`."""
        if self.naam == "duckdb":
            with open_duckdb() as motor:
                yield motor
            return
        # half a gigabyte that a plain installation does not have
        from assets.motor.spark import open_spark

        with open_spark(within, self.adres) as spark:
            yield spark.create

"""What the heavy queries run on: DuckDB in this process, or Spark. What comes out is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from assets.tabel import Tabel

# Makes a table on a connection, of the tables that stand there, and returns its number of rows.
Motor = Callable[[Tabel, duckdb.DuckDBPyConnection], int]
Motornaam = Literal["duckdb", "spark"]


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

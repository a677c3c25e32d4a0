"""Small tables of schema `invoer`, to run one query on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest

from assets.bouw.invoer.kop import types
from assets.bouw.invoer.maak import tabellen
from assets.bouw.tabellen import all_tabellen
from begrippen.rekenregels import REKENREGELS

MOMENTOPNAME = "20260701T000000000000Z"


@dataclass(frozen=True)
class Klein:
    """A database with every table of schema `invoer`, empty."""

    db: duckdb.DuckDBPyConnection

    def add(self, naam: str, /, **row: Any) -> None:
        """Put a row in `invoer.<naam>`; source, table and momentopname need no mention."""
        known = {"bron": "cbs", "tabel": "T", "momentopname": MOMENTOPNAME, "uitsplitsing": "totaal"}
        row = {k: v for k, v in known.items() if k in types(tabellen()[naam])} | row
        marks = ", ".join("?" * len(row))
        self.db.execute(f"INSERT INTO invoer.{naam} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    def build(self, *namen: str) -> None:
        """Make these tables in build order."""
        for tabel in all_tabellen():
            if tabel.naam in namen:
                tabel.create(self.db)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.db.execute(query).fetchall()


@pytest.fixture
def klein() -> Iterator[Klein]:
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer")
        for naam, tabel in tabellen().items():
            db.execute(f"CREATE TABLE invoer.{naam} ({', '.join(f'{k} {t}' for k, t in types(tabel).items())})")
        k = Klein(db)
        k.add("rekenregel", **REKENREGELS.row())
        k.add("brontabel", api="v4", status_uit_proza=False)
        k.add("momentopname", gebruikt=True, fetched_at="2026-07-01")
        k.add("onderwerp", onderwerp="M1", naam="inwoners", titel="Inwoners", eenheid="aantal", decimalen=1)
        k.add("code", dimensie="Perioden", soort="periode", code="2025JJ00", titel="2025", status="Definitief")
        yield k

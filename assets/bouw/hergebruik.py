"""What of a build is made again: a table of which nothing changed is taken from the build that is published.

Beside a build stands of each table from what it was made: its query with the code that runs it, and a mark of the
content of each table that it reads. Equal marks give equal rows, so its Parquet is taken over byte for byte (but for
what it says of the build) and its rows in the order in which they were made. A table that is made again and comes out
as it was has the mark that it had: what reads it is not made again on its account. That mark leaves out a column that
no other table is made from (`Kolom.ongelezen`), such as which answer of a source a cell stands in: of equal cells in a
new answer only the tables that say so are other ones. A table of `reken` has no file: it is made when a table that is
made reads it, and where it is small what stands in it has a mark too.

What is not known for certain is made: without a record, of other code or another version of anything, with a file that
is not what was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from assets.bouw.invoer import vorige as eerder
from assets.bouw.invoer.bouwinvoer import Bouwinvoer, InvoerError, read_manifest
from assets.bouw.tabellen import REKEN
from assets.bron.momentopname import hash_file, write_file
from assets.gesloten import sql_text
from assets.kast import Kast
from assets.tabel import Tabel, with_antwoord
from begrippen.jsontekst import parse_json

# beside the database of a build
BLAD = "tabellen.json"
# the build of which is taken, as a database on the connection of the one that is made
VORIG = "vorig"
# which answers a build is made of, in what its Parquet says of how it came about
ANTWOORDEN = "momentopnamen"
# what is read where it stands: table of `invoer` -> file of a momentopname
_BESTANDEN = {
    "onderwerp": "onderwerpen.parquet",
    "code": "codelijsten.parquet",
    "waarneming": "waarnemingen.parquet",
    "waarneming_alle": "waarnemingen.parquet",
}


# of so many rows at most the content of a table of `reken` is told
KLEIN = 3000

# what waits for a Parquet that is being written
Wait = Callable[[], Path]
# makes a table; gives its rows, and what waits for its Parquet where it has one
Make = Callable[[Tabel], tuple[int, Wait | None]]


@dataclass(frozen=True)
class Gemaakt:
    """From what a table was made and what came of it, in marks. `van`: table that it reads -> its mark.

    `inhoud` is of its whole file, `gelezen` of what other tables may read in it.
    """

    vraag: str
    van: Mapping[str, str]
    inhoud: str
    gelezen: str
    rijen: int


def mark(*content: Any) -> str:
    """The mark of plain values, by how Python writes them."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _thrift(origin: Mapping[str, str]) -> bytes:
    """What a Parquet says of how it came about, as it stands in its footer: a list of pairs in compact Thrift."""

    def size(n: int) -> bytes:
        return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + size(n >> 7)

    def text(value: str) -> bytes:
        return b"\x18" + size(len(value.encode())) + value.encode()

    head = bytes([len(origin) << 4 | 12]) if len(origin) < 15 else b"\xfc" + size(len(origin))
    return b"\x19" + head + b"".join(text(k) + text(v) + b"\x00" for k, v in origin.items())


def _parts(parquet: bytes, origin: Mapping[str, str]) -> tuple[bytes, bytes, bytes]:
    """The rows of a Parquet, and its footer before and after what it says of how it came about.

    Raises ValueError where it does not say this, just once.
    """
    start = len(parquet) - 8 - int.from_bytes(parquet[-8:-4], "little")
    before, *after = parquet[max(start, 0) : -8].split(_thrift(origin))
    if parquet[:4] + parquet[-4:] != b"PAR1PAR1" or start < 4 or len(after) != 1:
        raise ValueError("not a Parquet of this build")
    return parquet[:start], before, after[0]


def mark_parquet(path: Path, origin: Mapping[str, str]) -> str:
    """The mark of the content of a table: its whole Parquet, but for how it came about. Raises OSError, ValueError."""
    return mark(*(hashlib.sha256(part).digest() for part in _parts(path.read_bytes(), origin)))


def mark_read(path: Path, ongelezen: Collection[str]) -> str:
    """The mark of a Parquet but for these columns: of what is in each other column, in which order. Raises OSError."""
    # only who builds waits for it
    import pyarrow.parquet as pq

    content, said = path.read_bytes(), pq.read_metadata(path)
    parts: list[Any] = [[(f.name, str(f.type)) for f in said.schema.to_arrow_schema() if f.name not in ongelezen]]
    for group in map(said.row_group, range(said.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema.split(".")[0] not in ongelezen:
                start = column.dictionary_page_offset or column.data_page_offset
                chunk = content[start : start + column.total_compressed_size]
                parts.append((column.path_in_schema, group.num_rows, hashlib.sha256(chunk).digest()))
    return mark(parts)


def with_origin(parquet: bytes, old: Mapping[str, str], new: Mapping[str, str]) -> bytes:
    """The Parquet as it is written for a build that came about otherwise. Raises ValueError."""
    rows, before, after = _parts(parquet, old)
    footer = before + _thrift(new) + after
    return rows + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def _mark_earlier(folder: Path, tabel: str) -> str:
    path = folder / "parquet" / f"{tabel}.parquet"
    try:
        return mark_parquet(path, read_manifest(folder))
    except (ValueError, InvoerError):
        # of an older version that wrote otherwise: then the whole file
        return hash_file(path)


@dataclass(frozen=True)
class Vorig:
    """A build of which tables can be taken. `origin`: what its Parquet says of how it came about."""

    folder: Path
    origin: Mapping[str, str]
    tabellen: Mapping[str, Gemaakt]


def read_vorig(folder: Path | None, database: str) -> Vorig | None:
    """The build in `folder` with what it says of its tables; None where that is not there or not what was written."""
    if folder is None:
        return None
    try:
        content = parse_json((folder / BLAD).read_text(encoding="utf-8"))
        tabellen = {naam: Gemaakt(**t) for naam, t in content["tabellen"].items()}
        if content["database"] == hash_file(folder / database):
            return Vorig(folder, read_manifest(folder), tabellen)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, InvoerError):
        pass
    return None


class Hergebruik:
    """What is known of the tables of a build while it is made on `db`, told against an earlier one.

    `kast`: of what code is; where it keeps nothing, nothing is taken. Schema `invoer` is laid ready; `database` is the
    name of the file of a build.
    """

    def __init__(  # noqa: PLR0917 - what a build is made of
        self,
        kast: Kast,
        invoer: Bouwinvoer,
        origin: Mapping[str, str],
        vorig: Vorig | None,
        db: duckdb.DuckDBPyConnection,
        database: str,
    ) -> None:
        self._kast, self._invoer, self._origin, self._vorig, self._db = kast, invoer, origin, vorig, db
        # a function knows the area of this process without reading it from a table
        self._code = mark(kast.merk, invoer.soort, invoer.gebied.model_dump(mode="json"))
        self._marks: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        self._later: dict[str, Callable[[], str]] = {}
        self._written: dict[str, Wait] = {}
        labels = "SELECT type_name, labels FROM duckdb_types() WHERE database_name = 'invoer' ORDER BY type_name"
        self._codes = db.execute(labels).fetchall()
        # a table that stood there with the answers of this build says of each row what it said
        self._as_before = vorig is not None and vorig.origin.get(ANTWOORDEN) == origin.get(ANTWOORDEN)
        if vorig:
            try:
                db.execute(f"ATTACH {sql_text(str(vorig.folder / database))} AS {VORIG} (READ_ONLY)")
            except duckdb.Error:
                self._vorig = None

    def make_all(
        self, tabellen: Sequence[Tabel], make: Make, export: Callable[[Tabel], Wait], folder: Path
    ) -> Iterator[tuple[Tabel, int]]:
        """Make or take every table, Parquet in `folder`; give each with its rows.

        `export` begins to write the Parquet of a table of which only the rows were taken.
        """
        # what would come out as it did, and counts only if a table that is made reads it: those of `reken`, of which
        # nothing was kept, and those of which the codes were numbers until the end
        waiting: dict[str, tuple[Tabel, Gemaakt]] = {}

        def made(tabel: Tabel) -> Iterator[tuple[Tabel, int]]:
            for naam in tabel.van:
                if naam in waiting:
                    yield from made(waiting.pop(naam)[0])
            rijen, written = make(tabel)
            self._note(tabel, rijen, written)
            self._kast.gemaakt["tabel"] += 1
            yield tabel, rijen

        for tabel in tabellen:
            was = self._find(tabel)
            if was and tabel.codes == "bouw":
                waiting[tabel.naam] = tabel, was
                self._marks[tabel.naam], self._whole[tabel.naam] = was.gelezen, was.inhoud
            elif was and self._take(tabel, was, folder, export):
                yield tabel, was.rijen
            else:
                yield from made(tabel)
        while waiting:
            tabel, was = waiting.pop(next(iter(waiting)))
            if tabel.naam.startswith(f"{REKEN}.") or self._take(tabel, was, folder, export):
                yield tabel, was.rijen
            else:
                yield from made(tabel)
        if self._vorig:
            self._db.execute(f"DETACH {VORIG}")

    def _mark_invoer(self, naam: str) -> str:
        i = self._invoer
        if file := _BESTANDEN.get(naam):
            alle = [(m, gebruikt) for gebruikt, of in ((1, i.momentopnamen), (0, i.eerdere)) for m in of]
            return mark([(m.bron, m.tabel, m.id, gebruikt, hash_file(m.folder / file)) for m, gebruikt in alle])
        if naam.startswith("vorige_"):
            folders = getattr(eerder, naam)(i.compared_with)
            tabel = f"monitor.{naam.removeprefix('vorige_')}"
            return mark([(tegenover, _mark_earlier(folder, tabel)) for tegenover, folder in folders.items()])
        return mark(self._db.execute(f"FROM invoer.{naam}").fetchall())

    def _mark(self, naam: str) -> str:
        """The mark of what stands in a table; of a large one of `reken`: of what it is made from."""
        if naam not in self._marks:
            schema, _, own = naam.partition(".")
            self._marks[naam] = self._mark_invoer(own) if schema == "invoer" else self._later.pop(naam)()
        return self._marks[naam]

    def _vraag(self, tabel: Tabel) -> str:
        # its rows are taken as they stand, and codes stand there as numbers
        codes = [c for c in self._codes if c[0] != "code_momentopname" or _holds_answers(tabel)]
        return mark(
            self._code, tabel.naam, tabel.query, tabel.source, tabel.kolommen, tabel.codes == "blijven" and codes
        )

    def _find(self, tabel: Tabel) -> Gemaakt | None:
        """What the earlier build says of this table, where it would come out the same; None: make it."""
        was = self._vorig.tabellen.get(tabel.naam) if self._vorig else None
        if was is None or _reads_files(tabel) or was.vraag != self._vraag(tabel) or set(was.van) != set(tabel.van):
            return None
        # those of which it is known first: of what was just made the mark waits until it is written
        known = sorted(tabel.van, key=lambda u: (u in self._later, u))
        return was if all(self._mark(u) == was.van[u] for u in known) else None

    def _take(self, tabel: Tabel, was: Gemaakt, folder: Path, export: Callable[[Tabel], Wait]) -> bool:
        """Take a published table over, rows and Parquet; False, with nothing left behind, where that can not be."""
        if self._vorig is None:
            return False
        schema, naam = tabel.naam.split(".")
        # the tables of `monitor` stand in the main schema
        there = f"{VORIG}.{'main' if schema == 'monitor' else schema}.{naam}"
        old = self._vorig.folder / "parquet" / f"{tabel.naam}.parquet"
        try:
            if mark_parquet(old, self._vorig.origin) != was.inhoud:
                return False
            if schema != "monitor":
                self._db.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            query = f"FROM {there}_code" if tabel.codes == "blijven" else f"FROM {there}"
            if other := tabel.antwoord and not self._as_before:
                query = with_antwoord(f"SELECT * EXCLUDE (momentopname) {query}")
            ((rows,),) = self._db.execute(f"CREATE OR REPLACE TABLE {tabel.naam} AS {query}").fetchall()
            if rows == was.rijen:
                if other:
                    self._written[tabel.naam] = export(tabel)
                else:
                    (folder / old.name).write_bytes(with_origin(old.read_bytes(), self._vorig.origin, self._origin))
                    self._whole[tabel.naam] = was.inhoud
                self._marks[tabel.naam] = was.gelezen
                self._kast.genomen["tabel"] += 1
                return True
        except (OSError, ValueError, duckdb.Error):
            pass
        self._db.execute(f"DROP TABLE IF EXISTS {tabel.naam}")
        return False

    def _note(self, tabel: Tabel, rijen: int, written: Wait | None) -> None:
        if tabel.naam in self._marks:
            return
        if written is not None:
            self._written[tabel.naam] = written
        if written is not None and tabel.ongelezen:
            self._later[tabel.naam] = lambda: mark_read(written(), tabel.ongelezen)
        elif written is not None:
            self._later[tabel.naam] = lambda: self._mark_whole(tabel.naam)
        elif _reads_files(tabel):
            self._marks[tabel.naam] = mark(self._db.execute(f"FROM {tabel.naam}").fetchall())
        elif rijen <= KLEIN:
            self._later[tabel.naam] = lambda: self._mark_rows(tabel.naam)
        else:
            self._later[tabel.naam] = lambda: mark(self._vraag(tabel), [(u, self._mark(u)) for u in tabel.van])

    def _mark_rows(self, naam: str) -> str:
        types = self._db.execute(f"DESCRIBE {naam}").fetchall()
        # their order may differ from one build to the next
        return mark(types, sorted(map(repr, self._db.execute(f"FROM {naam}").fetchall())))

    def _mark_whole(self, naam: str) -> str:
        """The mark of the whole Parquet of a table; of one that has none: what it has."""
        if naam not in self._whole:
            written = self._written.get(naam)
            self._whole[naam] = mark_parquet(written(), self._origin) if written else self._mark(naam)
        return self._whole[naam]

    def make_blad(self, tabellen: Sequence[Tabel], rijen: Mapping[str, int]) -> dict[str, Any]:
        """What the next build needs to know of these tables, with their numbers of rows; all is written by now."""
        return {
            t.naam: asdict(
                Gemaakt(
                    vraag=self._vraag(t),
                    van={u: self._mark(u) for u in t.van},
                    inhoud=self._mark_whole(t.naam),
                    gelezen=self._mark(t.naam),
                    rijen=rijen[t.naam],
                )
            )
            for t in tabellen
        }


def _holds_answers(tabel: Tabel) -> bool:
    """Whether its query gives names of answers, which a new answer makes other numbers."""
    return not tabel.antwoord and any(k.naam == "momentopname" for k in tabel.kolommen)


def _reads_files(tabel: Tabel) -> bool:
    """Whether it is made of what no table holds: that shows when it is made."""
    return tabel.function is not None and not tabel.uit


def write_blad(folder: Path, database: str, tabellen: Any) -> None:
    """Write it beside the finished database. Raises OSError."""
    content = {"database": hash_file(folder / database), "tabellen": tabellen}
    write_file(folder / BLAD, json.dumps(content, indent=1) + "\n")

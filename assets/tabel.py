"""A table of the build: its name, its documentation and what it is made from, read from the header beside its query.

`sql/kern/waarneming.sql` is table `kern.waarneming`. Its header is a YAML block comment that documents every column.
What SQL cannot say is a Python function whose docstring carries the same header after a line `---`.

A column that another table has too is described there: `zoals: {kern.waarneming: [regio, periode]}`, or `alles`, takes
it over with its type and meaning, in the order of that table and before the own columns; a table of `invoer` goes by
the path of its `Tabel`. A column that stands in `kolommen` as well keeps its place and has its own meaning.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import duckdb
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from assets.gesloten import gegeven, open_gesloten, sql_text
from begrippen.fout import MonitorError
from begrippen.lijsten import LEEG_ORDE, LIJSTEN, STATUS_ORDE, Bronperiodesoort
from begrippen.oordeellijsten import ONVERANDERD, TREND_BEWEEGT
from begrippen.plekken import geleverd
from begrippen.veldfout import flatten
from begrippen.yamlbestand import parse_yaml, read_text

SQL = geleverd("sql")
# The schemas of a build. The queries of the register run inside its room, on what never reaches a build.
BOUW = ("kern", "monitor", "beleid", "reken")
# where stands which answer of a table is used
ANTWOORD = "invoer.momentopname"


class TabelError(MonitorError):
    """A header is missing or wrong, or tables depend on each other in a circle."""

    code = "tabel"


def enum(values: Iterable[str]) -> str:
    """Give the DuckDB type of a text that is one of `values`: kept as a number, compared and sorted in their order."""
    return f"ENUM({', '.join(sql_text(v) for v in values)})"


# What a query may write for a closed list or a part of one: its order, as a list or as the type of a column; which
# trends move, or were tested and do not -> the SQL it stands for.
_ORDES = {
    f"{naam}_{what}": sql
    for naam, codes in (
        ("status", STATUS_ORDE),
        ("leeg", LEEG_ORDE),
        ("ontbreek", LIJSTEN["ontbreekreden"]),
        ("periode", get_args(Bronperiodesoort)),
    )
    for what, sql in (("orde", f"[{', '.join(sql_text(c) for c in codes)}]"), ("code", enum(codes)))
}
_ORDES |= {
    f"trend_{what}": f"[{', '.join(map(sql_text, codes))}]"
    for what, codes in (("beweegt", TREND_BEWEEGT), ("onveranderd", ONVERANDERD))
}
_ORDE = re.compile(rf"\b({'|'.join(_ORDES)})\b")


@dataclass(frozen=True)
class Kolom:
    """A documented column: DuckDB type, explanation and unit (empty where it has none).

    `code`: there are few different texts in many rows, and the query makes them itself; keep them as an ENUM. In schema
    `invoer` it is the kind of code: see `assets.bouw.invoer.kop`.
    `lijst`: the closed list of what it may hold; empty: whatever a list of that name says elsewhere, it is not of it.
    `ongelezen`: it is there for who reads what was published; no other table of the build is made from it.
    """

    naam: str
    type: str
    uitleg: str
    eenheid: str = ""
    code: bool | str = False
    lijst: tuple[str, ...] | None = None
    ongelezen: bool = False


@dataclass(frozen=True)
class Als:
    """What of its column a field of a model says besides its type and explanation, as a part of its `Annotated`."""

    type: str = ""
    eenheid: str = ""
    lijst: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Tabel:
    """A table of the build. `create` fills it on a connection; `query` is its SQL, empty for a Python function.

    Codes that the query gives as ENUM (see `assets.bouw.invoer.kop`) become text, unless the header says otherwise
    in `codes`: with `bouw` they are numbers until the end of the build, as always in `reken`; with `blijven`, for large
    tables, also after that, and readers get a view in text (`assets.bouw.bouwen`). Documentation and readers know one
    type, VARCHAR. `velden`: import path of a model; the fields of it that are one value are columns, also those that
    the header does not name. `antwoord`: the query says nothing of which answer a row is of, and the header adds that:
    column `momentopname`, by `bron` and `tabel`.
    """

    naam: str
    omschrijving: str
    uit: tuple[str, ...]
    sleutel: tuple[str, ...]
    kolommen: tuple[Kolom, ...]
    query: str = ""
    function: Callable[[duckdb.DuckDBPyConnection], duckdb.DuckDBPyRelation] | None = field(default=None, compare=False)
    source: str = ""
    codes: str = ""
    velden: str = ""
    herkomst: Herkomst | None = None
    antwoord: bool = False

    @property
    def van(self) -> tuple[str, ...]:
        """What its rows are made from: what it reads (`uit`), but for what the header adds."""
        return tuple(u for u in self.uit if u != ANTWOORD) if self.antwoord else self.uit

    @property
    def ongelezen(self) -> frozenset[str]:
        """The columns that no other table of the build is made from."""
        return frozenset(k.naam for k in self.kolommen if k.ongelezen)

    def create(self, db: duckdb.DuckDBPyConnection) -> int:
        """Create the table and return its number of rows.

        Raises TabelError when the built columns are not the documented ones: both lists stand in the message.
        """
        schema = self.naam.split(".")[0]
        # In a build `monitor`, `reken` and `invoer` are databases; `monitor.stand` reads the same either way.
        if not db.execute("FROM duckdb_databases() WHERE database_name = ?", [schema]).fetchall():
            db.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        if self.function is None:
            return self._create(db, f"({self.query})")
        with gegeven(db, "_rijen", self.function(db).to_arrow_table()):
            return self._create(db, "_rijen")

    def _create(self, db: duckdb.DuckDBPyConnection, source: str) -> int:
        if self.velden:
            # the query passes the fields on as they come: their order is that of the header
            self._compare(db, source, ordered=False)
            columns = ", ".join(k.naam for k in self.kolommen)
        else:
            # Looked at once it is made: to ask first is to plan the query twice. A test asks whether a text was one.
            texts = [k.naam for k in self.kolommen if k.type == "VARCHAR" and not self.codes]
            columns = f"* REPLACE ({', '.join(f'CAST({k} AS VARCHAR) AS {k}' for k in texts)})" if texts else "*"
        try:
            rows = self._make(db, f"SELECT {columns} FROM {source}")
        except duckdb.BinderException:
            self._compare(db, source)
            raise
        types = self._compare(db, self.naam)
        for kolom in self.kolommen:
            if kolom.code and not types[kolom.naam].startswith("ENUM"):
                self._encode(db, kolom.naam)
        return rows

    def _compare(self, db: duckdb.DuckDBPyConnection, source: str, *, ordered: bool = True) -> dict[str, str]:
        types: dict[str, str] = {r[0]: r[1] for r in db.execute(f"DESCRIBE FROM {source}").fetchall()}
        documented = [(k.naam, k.type) for k in self.kolommen]
        built = [(k, "VARCHAR" if type.startswith("ENUM") else type) for k, type in types.items()]
        if built != documented if ordered else sorted(built) != sorted(documented):
            said = f"{self.naam} ({self.source}): de kop noemt andere kolommen dan de query geeft."
            raise TabelError(f"{said}\n  kop:   {documented}\n  query: {built}")
        return types

    def _make(self, db: duckdb.DuckDBPyConnection, query: str) -> int:
        # read to its end, as everything on this connection: DuckDB takes nothing away beside an answer half read
        return int(db.execute(f"CREATE OR REPLACE TABLE {self.naam} AS {query}").fetchall()[0][0])

    def _encode(self, db: duckdb.DuckDBPyConnection, kolom: str) -> None:
        found = db.execute(f"SELECT DISTINCT {kolom} FROM {self.naam} WHERE {kolom} IS NOT NULL ORDER BY {kolom}")
        # DuckDB has no ENUM of nothing
        if values := [value for (value,) in found.fetchall()]:
            db.execute(f"ALTER TABLE {self.naam} ALTER {kolom} TYPE {enum(values)}")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Herkomst(_Model):
    """The source tables that a query can read no cell outside of, where these are not all that its tables come from.

    `tabellen` by their id in the list of sources (`correcties`: those with a corrected cell), and those of `kaarten` by
    theirs: `alle` cards, or those that another list names (`regels`: what a rule compares; `groei`, `gedrukt`,
    `signalen` and `getoetst`: what policy sets beside a figure). Of those the ones with a field of `met` that holds
    this value (true: that holds any), and with a source that can have regions whose code begins with `regio`. `reeel`:
    with their price index, on which no figure as it is published hangs.
    """

    tabellen: tuple[str, ...] | Literal["correcties"] = ()
    kaarten: tuple[str, ...] | Literal["alle", "regels", "groei", "gedrukt", "signalen", "getoetst"] = ()
    met: dict[str, str | bool | tuple[str, ...]] = Field(default_factory=dict)
    regio: str = ""
    reeel: bool = False


class _Kolomkop(_Model):
    type: str
    uitleg: str
    eenheid: str = ""
    code: bool | str = False
    # pydantic turns no number into text, and some lists are of numbers
    # the name of a closed list of begrippen.lijsten, or its values
    lijst: str | tuple[str | int, ...] | None = None
    ongelezen: bool = False


class _Kop(_Model):
    """What a header may say; `Tabel` and `from_docstring` explain it."""

    omschrijving: str
    uit: tuple[str, ...] = ()
    herkomst: Herkomst | None = None
    sleutel: tuple[str, ...] = Field(min_length=1)
    kolommen: dict[str, _Kolomkop] = Field(default_factory=dict)
    zoals: dict[str, tuple[str, ...] | Literal["alles"]] = Field(default_factory=dict)
    velden: str = ""
    codes: Literal["", "bouw", "blijven"] = ""
    antwoord: bool = False


_TYPES = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}


def kolommen_van(model: type[Any], but: Collection[str] = (), *, lists: bool = False) -> tuple[Kolom, ...]:
    """The fields of a model that are one value, but for those named, as columns; with `lists` also lists of texts.

    So a field that is added to the model is a column of the tables that it describes, with its type and explanation.
    """
    kolommen = []
    for veld, info in model.__pydantic_fields__.items():
        als = next((x for x in info.metadata if isinstance(x, Als)), Als())
        (form, *more) = flatten(info.annotation)
        closed = get_args(form) if get_origin(form) is Literal and not more else None
        of = {str} if closed else {form, *more}
        if lists and get_origin(form) is tuple and veld not in but and flatten(get_args(form)[0]) == [str]:
            kolommen.append(Kolom(veld, als.type or "VARCHAR[]", info.description or veld))
        if veld not in but and len(of) == 1 and (duck := _TYPES.get(of.pop())):
            lijst = closed if als.lijst is None else als.lijst
            kolommen.append(Kolom(veld, als.type or duck, info.description or veld, als.eenheid, lijst=lijst))
    return tuple(kolommen)


def _lijst(lijst: str | tuple[str | int, ...] | None, kolom: str, source: str) -> tuple[str, ...] | None:
    if isinstance(lijst, str):
        if lijst not in LIJSTEN:
            raise TabelError(
                f"{kolom}: '{lijst}' is geen lijst; bekend zijn {', '.join(sorted(LIJSTEN))}",
                waar=f"de kop van {source}",
            )
        return LIJSTEN[lijst]
    return None if lijst is None else tuple(map(str, lijst))


def _named(path: str) -> Any:
    """What stands at an import path; None where there is nothing."""
    module, _, naam = path.rpartition(".")
    try:
        return getattr(import_module(module), naam)
    except (ImportError, AttributeError, ValueError):
        return None


def _from_header(
    naam: str, header: str, source: str, find: Callable[[str], Tabel | None] = lambda _: None, **extra: Any
) -> Tabel:
    """Make a table of its header; `find` gives the table of a name, for the columns that `zoals` takes over."""
    kop = parse_yaml(header, _Kop, f"de kop van {source}")
    own = {
        n: Kolom(n, k.type, k.uitleg, k.eenheid, k.code, _lijst(k.lijst, n, source), k.ongelezen)
        for n, k in kop.kolommen.items()
    }
    taken: dict[str, Kolom] = {}
    for other, names in kop.zoals.items():
        tabel = find(other)
        if tabel is None:
            raise TabelError(f"zoals: {other} is geen tabel", waar=f"de kop van {source}")
        there = {k.naam: k for k in tabel.kolommen}
        if unknown := [n for n in names if n not in there and names != "alles"]:
            raise TabelError(f"{', '.join(unknown)} is geen kolom van {other}", waar=f"de kop van {source}")
        # what `code` says differs between an input and a query (see Kolom)
        asis = naam.startswith("invoer.") == other.startswith("invoer.")
        chosen: Collection[str] = there if names == "alles" else names
        taken |= {n: replace(k, code=asis and k.code, ongelezen=False) for n, k in there.items() if n in chosen}
    kolommen = tuple((taken | own).values())
    if kop.velden:
        if (named := _named(kop.velden)) is None:
            raise TabelError(f"velden: er is geen {kop.velden}", waar=f"de kop van {source}")
        kolommen += kolommen_van(named, {k.naam for k in kolommen})
    if unknown := sorted(set(kop.sleutel) - {k.naam for k in kolommen}):
        raise TabelError(f"de sleutel noemt {', '.join(unknown)}, en dat is geen kolom", waar=f"de kop van {source}")
    if kop.antwoord and "query" not in extra:
        raise TabelError("antwoord: dat kan alleen bij een zoekvraag", waar=f"de kop van {source}")
    return Tabel(
        naam=naam,
        omschrijving=" ".join(kop.omschrijving.split()),
        uit=(*kop.uit, ANTWOORD) if kop.antwoord else kop.uit,
        herkomst=kop.herkomst,
        sleutel=kop.sleutel,
        kolommen=kolommen,
        source=source,
        codes="bouw" if naam.startswith("reken.") else kop.codes,
        velden=kop.velden,
        antwoord=kop.antwoord,
        **extra,
    )


def with_antwoord(query: str) -> str:
    """Give the query with, beside each row, the used answer of its `bron` and `tabel` as column `momentopname`."""
    used = f"{ANTWOORD} AS antwoord ON antwoord.bron = rij.bron AND antwoord.tabel = rij.tabel AND antwoord.gebruikt"
    return f"SELECT rij.*, antwoord.momentopname FROM ({query}) AS rij JOIN {used}"


def split_header(path: Path) -> tuple[str, str]:
    """Give the header of an SQL file and its query, with the closed lists that it names.

    Raises TabelError, and BestandError for what is no text.
    """
    text = read_text(path)
    if not text.startswith("/*") or "*/" not in text:
        raise TabelError(f"{path}: begint niet met een kop tussen /* en */")
    header, query = text[2:].split("*/", 1)
    return header, _ORDE.sub(lambda found: _ORDES[found[1]], query.strip().rstrip(";"))


def read_query(path: Path, root: Path = SQL, _asked_by: tuple[Path, ...] = ()) -> Tabel:
    """Read one SQL file; its path below `root` is the table's name. Raises TabelError."""
    if path in _asked_by:
        raise TabelError(f"zoals gaat in een kring: {' -> '.join(p.stem for p in (*_asked_by, path))}")
    header, query = split_header(path)
    naam = ".".join(path.relative_to(root).with_suffix("").parts)

    def find(other: str) -> Tabel | None:
        beside = root.joinpath(*other.split(".")).with_suffix(".sql")
        if beside.is_file():
            return read_query(beside, root, (*_asked_by, path))
        found = _named(other)
        return found if isinstance(found, Tabel) else None

    tabel = _from_header(naam, header, f"sql/{path.relative_to(root)}", find, query=query)
    return replace(tabel, query=with_antwoord(query)) if tabel.antwoord else tabel


def from_docstring(naam: str, function: Callable[..., Any], others: Mapping[str, Tabel] | None = None) -> Tabel:
    """Read the header that a docstring carries after a line `---`. Raises TabelError.

    The tables among `others` are those that `zoals` in it can name.
    """
    source = f"{function.__module__}.{function.__name__}"
    parts = (inspect.getdoc(function) or "").split("\n---\n", 1)
    if len(parts) != 2:
        raise TabelError(f"{source}: de docstring heeft geen kop na een regel ---")
    return _from_header(naam, parts[1], source, (others or {}).get)


def from_function(naam: str, function: Callable[[duckdb.DuckDBPyConnection], duckdb.DuckDBPyRelation]) -> Tabel:
    """Make a table of a Python function whose docstring carries a header after a line `---`. Raises TabelError."""
    return replace(from_docstring(naam, function), function=function)


# Types of DuckDB as Arrow knows them, of those that were asked for so far.
_ARROW: dict[str, pa.DataType] = {}
_OFTEN = ("BIGINT", "TIMESTAMP", "VARCHAR[]", "INTEGER[]")


def arrow_schema(tabel: Tabel) -> pa.Schema:
    """The columns of a table as Arrow knows them: names and types."""
    if new := {k.type for k in tabel.kolommen} - _ARROW.keys():
        # with the ordinary ones, at once: to open a database takes longer than to make most tables
        asked = sorted(new.union(_TYPES.values(), _OFTEN))
        with open_gesloten() as db:
            row = db.sql(f"SELECT {', '.join(f'CAST(NULL AS {t}) AS k{i}' for i, t in enumerate(asked))}")
            _ARROW.update(zip(asked, row.to_arrow_table().schema.types, strict=True))
    return pa.schema([(k.naam, _ARROW[k.type]) for k in tabel.kolommen])


def documented(function: Callable[..., Any], rows: Iterable[Sequence[Any]], without: Collection[str] = ()) -> pa.Table:
    """Lay rows in the columns that the docstring of `function` documents, but for those named in `without`."""
    fields = [f for f in arrow_schema(from_docstring(function.__name__, function)) if f.name not in without]
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pa.table([list(c) for c in columns], schema=pa.schema(fields))


def read_queries(root: Path = SQL, schemas: Sequence[str] = BOUW) -> list[Tabel]:
    """Read every query of these schemas, sorted by name."""
    return [read_query(p, root) for p in sorted(root.glob("*/*.sql")) if p.parent.name in schemas]

"""A check: what must hold of a table of the build, and how it came out.

`sql/toets/<naam>.sql` is check `<naam>`, as `sql/kern/regio.sql` is a table: a header in YAML that says what must hold,
how much it weighs and why, and the query that judges. A new check is one new file (docs/toets-toevoegen.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assets.bron.bronlijst import Drempel
from assets.tabel import SQL, TabelError, split_header
from begrippen.lijsten import Zwaarte
from begrippen.yamlbestand import parse_yaml

TOETSEN = SQL / "toets"
# the column by which a query of `sql/toets` judges a row
KLOPT = "klopt"


@dataclass(frozen=True)
class Verwachting:
    """One expectation of Great Expectations: its `type` (class name) and `kwargs`, and the check that it is part of.

    `uitleg` says in Dutch what must hold, `vervolg` what to do where it does not. `alleen`: column and value, of the
    rows that it is held against.
    """

    toets: str
    tabel: str
    zwaarte: Zwaarte
    uitleg: str
    type: str
    kwargs: Mapping[str, Any]
    vervolg: str = ""
    alleen: tuple[str, str] | None = None


@dataclass(frozen=True)
class Suite:
    """A query on the build and what is expected of its rows.

    `sleutel` sorts the rows; `toon` are the columns that a reader is shown of a wrong one (empty: all but those in
    `alleen` and KLOPT). `parameters` are the thresholds that the query asks for by name.
    """

    naam: str
    query: str
    sleutel: tuple[str, ...]
    verwachtingen: tuple[Verwachting, ...]
    toon: tuple[str, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)


class _Kop(BaseModel):
    """The header of a check. `reden` and `datum`: why it weighs what it weighs, and since when."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    omschrijving: str
    tabel: str
    zwaarte: Zwaarte
    reden: str = Field(min_length=1)
    datum: date
    uit: tuple[str, ...] = Field(min_length=1)
    uitleg: str
    vervolg: str
    sleutel: tuple[str, ...] = Field(min_length=1)
    drempels: dict[str, Drempel] = Field(default_factory=dict)


def read_toets(path: Path, gebied: str) -> tuple[Suite, tuple[str, ...]]:
    """Read a check, and the tables that its query reads. `gebied`: the name of the province, for its texts.

    Raises MonitorError naming the file for a header that is missing or wrong, or has a threshold that nothing uses.
    """
    source = f"sql/toets/{path.name}"
    header, query = split_header(path)
    kop = parse_yaml(header, _Kop, source)
    drempels = {naam: d.waarde for naam, d in kop.drempels.items()}
    try:
        uitleg = " ".join(kop.uitleg.split()).format(gebied=gebied, **drempels)
    except (KeyError, ValueError) as error:
        raise TabelError(
            f"uitleg noemt {error}, en dat is geen drempel", waar=source, vervolg="Zie docs/toets-toevoegen.md"
        ) from None
    if unused := [naam for naam in drempels if f"${naam}" not in query]:
        raise TabelError(f"{source}: de query gebruikt drempel {', '.join(unused)} niet")
    verwachting = Verwachting(
        path.stem,
        kop.tabel,
        kop.zwaarte,
        uitleg,
        "ExpectColumnValuesToBeInSet",
        {"column": KLOPT, "value_set": [True]},
        " ".join(kop.vervolg.split()),
    )
    # a row that the query can not judge is wrong: a check that says nothing must not pass
    judged = f"SELECT * REPLACE (coalesce({KLOPT}, false) AS {KLOPT}) FROM ({query})"
    return Suite(path.stem, judged, kop.sleutel, (verwachting,), parameters=drempels), kop.uit


def read_toetsen(gebied: str, tabellen: set[str], folder: Path = TOETSEN) -> list[Suite]:
    """Read every check of which the build holds all tables in `tabellen`: of another there is nothing to ask."""
    found = [read_toets(path, gebied) for path in sorted(folder.glob("*.sql"))]
    return [suite for suite, uit in found if {u for u in uit if not u.startswith("invoer.")} <= tabellen]


@dataclass(frozen=True)
class Toets:
    """The outcome of a check of a table, as `toetsen.json` keeps it.

    `regels` were looked at, `aantal` of them are wrong, and `rijen` are the first of those: column -> plain value.
    `uitleg` says what must hold, `vervolg` what to do where it does not; `fout` why the check could not run.
    """

    toets: str
    tabel: str
    zwaarte: Zwaarte
    geslaagd: bool
    uitleg: str
    vervolg: str = ""
    regels: int = 0
    aantal: int = 0
    rijen: tuple[dict[str, Any], ...] = ()
    fout: str = ""

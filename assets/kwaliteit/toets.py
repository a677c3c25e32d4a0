"""A check: what must hold of a table of the build, and how it came out.

`sql/toets/<naam>.sql` is check `<naam>`, as `sql/kern/regio.sql` is a table: a header in YAML that says what must hold,
how much it weighs and why, and the query that judges. A new check is one new file (docs/toets-toevoegen.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assets.bron.bronlijst import Drempel
from assets.tabel import SQL, TabelError, split_header
from begrippen.lijsten import Zwaarte
from begrippen.yamlbestand import parse_yaml

TOETSEN = SQL / "toets"
# the key of a check that looks at one figure at a time
CEL = ("indicator", "uitsplitsing", "regio", "periode")
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
    """The header of a check. `reden` and `datum`: why it weighs what it weighs, and since when.

    `buiten_rapport`: what becomes of a figure that is wrong in a region that the report shows nothing of. Only a check
    that blocks, looks at one figure at a time and asks nothing but the figures and the cards can set it aside.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    omschrijving: str
    tabel: str
    zwaarte: Zwaarte
    buiten_rapport: Literal["blokkeert", "apart_gezet"] = "blokkeert"
    reden: str = Field(min_length=1)
    datum: date
    uit: tuple[str, ...] = Field(min_length=1)
    uitleg: str
    vervolg: str
    sleutel: tuple[str, ...] = Field(min_length=1)
    drempels: dict[str, Drempel] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> _Kop:
        asked = {u for u in self.uit if not u.startswith("invoer.")}
        of_cells = (self.zwaarte, self.sleutel, asked) == ("blokkeert", CEL, {"monitor.indicatorwaarde"})
        if self.buiten_rapport == "apart_gezet" and not of_cells:
            raise ValueError(
                "buiten_rapport: apart_gezet kan alleen bij een toets die blokkeert, met sleutel "
                f"[{', '.join(CEL)}], die van de bouw alleen monitor.indicatorwaarde leest"
            )
        return self


def _read(path: Path) -> tuple[_Kop, str]:
    header, query = split_header(path)
    return parse_yaml(header, _Kop, f"sql/toets/{path.name}"), query


def read_toets(path: Path, gebied: str) -> tuple[Suite, tuple[str, ...]]:
    """Read a check, and the tables that its query reads. `gebied`: the name of the province, for its texts.

    Raises MonitorError naming the file for a header that is missing or wrong, or has a threshold that nothing uses.
    """
    source = f"sql/toets/{path.name}"
    kop, query = _read(path)
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


def read_celtoetsen(gebied: str, folder: Path = TOETSEN) -> list[Suite]:
    """Read the checks of single figures that set aside what is wrong where the report shows nothing of it."""
    apart = [p for p in sorted(folder.glob("*.sql")) if _read(p)[0].buiten_rapport == "apart_gezet"]
    return [read_toets(path, gebied)[0] for path in apart]


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

"""Hold the suites against a built database, and keep which rows do not hold.

Every check reads the build, each time. DuckDB makes of its rows the few that differ for what is expected, and Great
Expectations judges those. What it said of the same few before is taken from the store: see `assets/kast.py`.
It runs in this process, on an ephemeral context over pandas: no network, no files. It is imported when there are rows
that it has not seen, since that takes two seconds of processor time.
"""

from __future__ import annotations

import json
import logging
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from assets.beleid.tabellen import doorgegeven
from assets.gesloten import open_gesloten, sql_text
from assets.kast import Kast
from assets.kwaliteit.algemeen import make_suites
from assets.kwaliteit.toets import KLOPT, Suite, Toets, Verwachting
from assets.tabel import Tabel, read_queries
from begrippen.lijsten import Zwaarte

# how many wrong rows are kept; the rest is counted
VOORBEELDEN = 10
# the expectation that looks at rows beside each other
EENMALIG = "ExpectColumnValuesToBeUnique"
# and one that looks only at what is empty
GEVULD = "ExpectColumnValuesToNotBeNull"
# A check before it is held: name, table, weight, what must hold.
Gepland = tuple[str, str, Zwaarte, str]


def all_koppen() -> list[Tabel]:
    """The headers of every table of a build: those of `sql/`, and of policy where no query adds to its rows."""
    return [*read_queries(), *doorgegeven()]


def planned_checks(gebied: str, koppen: Sequence[Tabel] | None = None) -> list[Gepland]:
    """List the checks that `check_build` answers, in its order.

    A name stands once for a table. `koppen` are the headers of the tables; by default those of `sql/` and of policy.
    """
    checks: dict[tuple[str, str], list[Verwachting]] = {}
    suites = make_suites(gebied, koppen or all_koppen())
    for v in (v for suite in suites for v in suite.verwachtingen):
        checks.setdefault((v.tabel, v.toets), []).append(v)
    return [(naam, tabel, parts[0].zwaarte, _join(parts)) for (tabel, naam), parts in checks.items()]


def check_build(
    database: Path,
    lay_invoer: Callable[[duckdb.DuckDBPyConnection], None],
    gebied: str,
    koppen: Sequence[Tabel] | None = None,
    mappen: Sequence[Path] = (),
    *,
    kast: Kast | None = None,
) -> list[Toets]:
    """Check a built database; it is opened to read only.

    `lay_invoer` lays the tables of schema `invoer` ready, where a database of that name is there and empty; `mappen`
    are the folders that it reads, and nothing else is reached but the folder of the database. `kast`: what Great
    Expectations said of the same rows before. Returns one Toets for each of `planned_checks`. A check that can not run
    (a table or column is missing) fails and says so.
    Raises duckdb.IOException when the file is no database.
    """
    return hold_suites(database, make_suites(gebied, koppen or all_koppen()), lay_invoer, mappen, kast=kast)


def hold_suites(
    database: Path,
    suites: Sequence[Suite],
    lay_invoer: Callable[[duckdb.DuckDBPyConnection], None],
    mappen: Sequence[Path] = (),
    *,
    kast: Kast | None = None,
) -> list[Toets]:
    """Hold suites against a built database, as `check_build` does for all of them."""
    kast = kast or Kast()
    by_check: dict[tuple[str, str], list[_Outcome]] = {}
    with open_gesloten(database.parent, *mappen) as db:
        db.execute("ATTACH ':memory:' AS invoer")
        lay_invoer(db)
        # as the build itself has it: the tables of monitor in the main schema of a database of that name
        db.execute(f"ATTACH {sql_text(str(database))} AS monitor (READ_ONLY)")
        db.execute("USE monitor")
        for outcome in (outcome for suite in suites for outcome in _hold(db, suite, kast)):
            by_check.setdefault((outcome.verwachting.tabel, outcome.verwachting.toets), []).append(outcome)
    return [_toets(parts) for parts in by_check.values()]


@dataclass(frozen=True)
class _Outcome:
    """How an expectation came out: how many of the rows are wrong, the first of them, or why it can not run."""

    verwachting: Verwachting
    regels: int = 0
    wrong: int = 0
    rows: tuple[dict[str, Any], ...] = ()
    error: str = ""


class _Validator:
    """Great Expectations, imported here and nowhere else."""

    def __init__(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        import great_expectations as gx
        from great_expectations.data_context.types import base
        from great_expectations.expectations import row_conditions

        context = gx.get_context(
            mode="ephemeral",
            # its own default would make a temporary folder for a site with results
            project_config=base.DataContextConfig(
                store_backend_defaults=base.InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
                progress_bars=base.ProgressBarsConfig(globally=False),
                analytics_enabled=False,
            ),
        )
        self._gx = gx
        self._column = row_conditions.Column
        # one asset for all frames: with each asset more, adding the next takes longer
        asset = context.data_sources.add_pandas("bouw").add_dataframe_asset("tabel")
        self._frame = asset.add_batch_definition_whole_dataframe("alles")

    def ask(
        self, suite: Suite, frame: pd.DataFrame, places: Sequence[int], *, overal: bool = False, **result_format: Any
    ) -> dict[int, Any]:
        """Hold the expectations at these places of a suite against its frame; give the result of each.

        `overal`: against all rows, also those that are of only some.
        """
        batch = self._frame.get_batch({"dataframe": frame})
        expectations = []
        for place in places:
            v = suite.verwachtingen[place]
            kwargs = dict(v.kwargs)
            if v.alleen and not overal:
                kwargs["row_condition"] = self._column(v.alleen[0]) == v.alleen[1]
            # the answers come in another order than the expectations: each carries its place
            expectations.append(getattr(self._gx.expectations, v.type)(**kwargs, meta={"plaats": place}))
        held = batch.validate(
            self._gx.ExpectationSuite(suite.naam, expectations=expectations), result_format=result_format
        )
        return {r.expectation_config.meta["plaats"]: r for r in held.results if r.expectation_config}


@cache
def _validator() -> _Validator:
    """One for the whole process: making it takes longer than holding a suite, and it keeps nothing it judged."""
    return _Validator()


@dataclass(frozen=True)
class _Groep:
    """Rows that stand for all rows of a suite, for the expectations at `places`; `regels`: for how many.

    `soort` is the SQL that gives for each of all rows which one in `frame` stands for it, from 0.
    """

    frame: pd.DataFrame
    places: list[int]
    regels: int
    soort: str


def _hold(db: duckdb.DuckDBPyConnection, suite: Suite, kast: Kast) -> list[_Outcome]:
    try:
        groepen = list(_groepen(db, suite))
        regels = max((g.regels for g in groepen), default=0)
        outcomes = {place: _Outcome(v, regels) for place, v in enumerate(suite.verwachtingen)}
        # every expectation is of rows: where there are none it holds, and to ask would take as long as of many
        for groep in (g for g in groepen if g.regels):
            for place, told in _failed(suite, kast, groep).items():
                v = suite.verwachtingen[place]
                wrong, rows = (0, ()) if told["fout"] else _find(db, suite, v, groep.soort, told["rijen"])
                outcomes[place] = _Outcome(v, regels, wrong, rows, told["fout"])
        return list(outcomes.values())
    except duckdb.Error as error:
        return [_Outcome(v, error=str(error).splitlines()[0]) for v in suite.verwachtingen]


def _failed(suite: Suite, kast: Kast, groep: _Groep) -> dict[int, dict[str, Any]]:
    """What `_judge` finds: of these rows now, or before."""
    expected = [(v.type, dict(v.kwargs), v.alleen) for v in (suite.verwachtingen[place] for place in groep.places)]
    frame = groep.frame
    # as text that tells every value from every other, and its type
    rows = (list(frame.columns), list(map(str, frame.dtypes)), frame.to_numpy(object).tolist())

    def judge() -> bytes:
        found = _judge(suite, frame, groep.places)
        return json.dumps([(groep.places.index(place), told) for place, told in found.items()]).encode()

    found = json.loads(kast.neem("toets", repr((expected, rows)).encode(), judge))
    return {groep.places[n]: told for n, told in found}


def _judge(suite: Suite, frame: pd.DataFrame, places: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The expectations that do not hold, by their place: which rows are wrong, or why it can not be asked.

    What holds of all rows holds of some: expectations that differ only in the rows that they are of are asked as one,
    and each by itself only where that one does not hold.
    """
    validator = _validator()
    same: dict[tuple[str, str], list[int]] = {}
    for place in places:
        v = suite.verwachtingen[place]
        same.setdefault((v.type, str(v.kwargs)), []).append(place)
    every = validator.ask(suite, frame, [at[0] for at in same.values()], overal=True, result_format="BOOLEAN_ONLY")
    doubtful = [place for at in same.values() if not every[at[0]].success for place in at]
    found = validator.ask(suite, frame, sorted(doubtful), result_format="COMPLETE") if doubtful else {}
    return {place: _read(result) for place, result in found.items() if not result.success}


def _read(result: Any) -> dict[str, Any]:
    """Read what Great Expectations found."""
    info = result.exception_info or {}
    # one exception, or one for each metric by its id
    for part in (info, *(p for p in info.values() if isinstance(p, dict))):
        if part.get("raised_exception"):
            return {"rijen": [], "fout": str(part.get("exception_message"))}
    return {"rijen": sorted(map(int, result.result["unexpected_index_list"])), "fout": ""}


def _find(
    db: duckdb.DuckDBPyConnection, suite: Suite, v: Verwachting, soort: str, wrong: Sequence[int]
) -> tuple[int, tuple[dict[str, Any], ...]]:
    """How many rows look like a wrong one, and the first of them."""
    found = db.execute(
        f"""
        SELECT {", ".join(suite.toon) or "*"}, count(*) OVER () AS _aantal
        FROM (SELECT *, {soort} AS _soort FROM ({suite.query})) WHERE _soort IN ({", ".join(map(str, wrong))})
        ORDER BY {", ".join(suite.sleutel)} LIMIT {VOORBEELDEN}
        """,
        suite.parameters,
    )
    names = [c[0] for c in found.description or ()]
    hidden = {"_soort", "_aantal", KLOPT, *(v.alleen or ())[:1]}
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return rows[0]["_aantal"], tuple({k: _plain(x) for k, x in row.items() if k not in hidden} for row in rows)


def _columns(verwachtingen: Sequence[Verwachting]) -> list[str]:
    """The columns that expectations look at, each once."""
    columns = [v.kwargs[k] for v in verwachtingen for k in ("column", "column_A", "column_B") if k in v.kwargs]
    return list(dict.fromkeys([*columns, *(v.alleen[0] for v in verwachtingen if v.alleen)]))


def _groepen(db: duckdb.DuckDBPyConnection, suite: Suite) -> Iterator[_Groep]:
    """What the expectations of a suite are held against.

    Rows that look the same to an expectation are judged the same: one stands for all. Millions of rows are then a few
    hundred, in an order that does not depend on how they were found.
    """
    rest = list(range(len(suite.verwachtingen)))
    for column in dict.fromkeys(v.kwargs["column"] for v in suite.verwachtingen if v.type == EENMALIG):
        asked = [place for place in rest if _looks(suite.verwachtingen[place], column)]
        rest = [place for place in rest if place not in asked]
        values = db.execute(f"SELECT {column} FROM ({suite.query})", suite.parameters).fetchnumpy()[column]
        yield _few(column, np.ma.asanyarray(values), asked)
    if rest:
        columns = ", ".join(_columns([suite.verwachtingen[place] for place in rest]))
        query = f"SELECT {columns}, count(*) AS _regels FROM ({suite.query}) GROUP BY ALL ORDER BY {columns}"
        frame = db.execute(query, suite.parameters).fetch_df()
        soort = f"dense_rank() OVER (ORDER BY {columns}) - 1"
        yield _Groep(frame.drop(columns="_regels"), rest, int(frame["_regels"].sum()), soort)


def _looks(v: Verwachting, column: str) -> bool:
    """Whether an expectation looks in all of a column at what comes twice or is empty, whatever else stands there."""
    return v.type in {EENMALIG, GEVULD} and v.kwargs["column"] == column and not v.alleen


def _few(column: str, values: np.ma.MaskedArray[Any, Any], places: list[int]) -> _Groep:
    """Of a column in which nothing may come twice: a value, one that comes twice, an empty one: as far as there are."""
    filled = np.sort(values.compressed())
    twice = bool((filled[1:] == filled[:-1]).any())
    few = [*[0.0] * bool(len(filled)), *[1.0, 1.0] * twice, *[math.nan] * (len(filled) < len(values))]
    soort = (
        f"CASE WHEN {column} IS NULL THEN {len(few) - 1} ELSE (count(*) OVER (PARTITION BY {column}) > 1)::INTEGER END"
    )
    return _Groep(pd.DataFrame({column: few}), places, len(values), soort)


def _plain(value: Any) -> Any:
    """Make a value fit for JSON."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _join(parts: Sequence[Verwachting]) -> str:
    return "; ".join(dict.fromkeys(v.uitleg for v in parts))


def _toets(parts: Sequence[_Outcome]) -> Toets:
    """Bring the outcomes of the expectations of one check together: of those that do not hold, where there are any."""
    broken = [p for p in parts if p.wrong or p.error]
    told = [p.verwachting for p in broken or parts]
    rows = [row for part in broken for row in part.rows]
    return Toets(
        toets=told[0].toets,
        tabel=told[0].tabel,
        zwaarte=told[0].zwaarte,
        geslaagd=not broken,
        uitleg=_join(told),
        vervolg=" ".join(dict.fromkeys(v.vervolg for v in told)) if broken else "",
        regels=max(p.regels for p in parts),
        aantal=sum(p.wrong for p in broken),
        rijen=tuple(rows[:VOORBEELDEN]),
        fout="; ".join(dict.fromkeys(p.error for p in broken if p.error)),
    )

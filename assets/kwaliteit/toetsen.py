"""Hold the suites against a built database, and keep which rows do not hold.

Great Expectations runs in this process, on an ephemeral context over pandas: no network, no files. It is imported when
the first check runs, since that takes seven seconds of processor time that a mere `import` should not cost.
"""

from __future__ import annotations

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
import pandas as pd

from assets.beleid.tabellen import doorgegeven
from assets.gesloten import open_gesloten, sql_text
from assets.kwaliteit.algemeen import make_suites
from assets.kwaliteit.toets import KLOPT, Suite, Toets, Verwachting
from assets.tabel import Tabel, read_queries
from begrippen.lijsten import Zwaarte

# how many wrong rows are kept; the rest is counted
VOORBEELDEN = 10
# the expectation that looks at rows beside each other
EENMALIG = "ExpectColumnValuesToBeUnique"
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
) -> list[Toets]:
    """Check a built database; it is opened to read only.

    `lay_invoer` lays the tables of schema `invoer` ready, where a database of that name is there and empty; `mappen`
    are the folders that it reads, and nothing else is reached but the folder of the database. Returns one Toets for
    each of `planned_checks`. A check that can not run (a table or column is missing) fails and says so.
    Raises duckdb.IOException when the file is no database.
    """
    return hold_suites(database, make_suites(gebied, koppen or all_koppen()), lay_invoer, mappen)


def hold_suites(
    database: Path,
    suites: Sequence[Suite],
    lay_invoer: Callable[[duckdb.DuckDBPyConnection], None],
    mappen: Sequence[Path] = (),
) -> list[Toets]:
    """Hold suites against a built database, as `check_build` does for all of them."""
    validator = _validator()
    by_check: dict[tuple[str, str], list[_Outcome]] = {}
    with open_gesloten(database.parent, *mappen) as db:
        db.execute("ATTACH ':memory:' AS invoer")
        lay_invoer(db)
        # as the build itself has it: the tables of monitor in the main schema of a database of that name
        db.execute(f"ATTACH {sql_text(str(database))} AS monitor (READ_ONLY)")
        db.execute("USE monitor")
        for outcome in (outcome for suite in suites for outcome in _hold(db, suite, validator)):
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


def _hold(db: duckdb.DuckDBPyConnection, suite: Suite, validator: _Validator) -> list[_Outcome]:
    try:
        failed: list[int] = []
        regels = 0
        for frame, places, rows in _frames(db, suite):
            regels = max(regels, rows)
            # every expectation is of rows: where there are none it holds, and to ask would take as long as of many
            if rows:
                failed += _failed(suite, validator, frame, places)
        outcomes = {place: _Outcome(v, regels) for place, v in enumerate(suite.verwachtingen)}
        if failed:
            key = ", ".join(suite.sleutel)
            db.execute(
                f"CREATE OR REPLACE TEMP TABLE rijen AS SELECT row_number() OVER (ORDER BY {key}) - 1 AS _rij, * "
                f"FROM ({suite.query})",
                suite.parameters,
            )
            judged = ", ".join(_columns([suite.verwachtingen[place] for place in failed]))
            frame = db.execute(f"SELECT {judged} FROM rijen ORDER BY _rij").fetch_df()
            details: dict[str, Any] = {"result_format": "SUMMARY", "partial_unexpected_count": VOORBEELDEN}
            for place, result in validator.ask(suite, frame, sorted(failed), **details).items():
                outcomes[place] = _read(db, suite, suite.verwachtingen[place], len(frame), result)
        return list(outcomes.values())
    except duckdb.Error as error:
        return [_Outcome(v, error=str(error).splitlines()[0]) for v in suite.verwachtingen]


def _failed(suite: Suite, validator: _Validator, frame: pd.DataFrame, places: Sequence[int]) -> list[int]:
    """The places of the expectations that do not hold; to know that costs half of knowing of which rows.

    What holds of all rows holds of some: expectations that differ only in the rows that they are of are asked as one,
    and each by itself only where that one does not hold.
    """
    same: dict[tuple[str, str], list[int]] = {}
    for place in places:
        v = suite.verwachtingen[place]
        same.setdefault((v.type, str(v.kwargs)), []).append(place)
    every = validator.ask(suite, frame, [at[0] for at in same.values()], overal=True, result_format="BOOLEAN_ONLY")
    doubtful = [place for at in same.values() if not every[at[0]].success for place in at]
    of_some = [place for place in doubtful if suite.verwachtingen[place].alleen]
    if of_some:
        each = validator.ask(suite, frame, of_some, result_format="BOOLEAN_ONLY")
        doubtful = [place for place in doubtful if place not in each or not each[place].success]
    return doubtful


def _columns(verwachtingen: Sequence[Verwachting]) -> list[str]:
    """The columns that expectations look at, each once."""
    columns = [v.kwargs[k] for v in verwachtingen for k in ("column", "column_A", "column_B") if k in v.kwargs]
    return list(dict.fromkeys([*columns, *(v.alleen[0] for v in verwachtingen if v.alleen)]))


def _frames(db: duckdb.DuckDBPyConnection, suite: Suite) -> Iterator[tuple[pd.DataFrame, list[int], int]]:
    """What the expectations of a suite are held against: rows, the places of the expectations, how many rows there are.

    Rows that look the same to an expectation are judged the same: it gets one of them. Millions of rows are then a few
    hundred, and only a column in which nothing may come twice is given whole.
    """
    every = range(len(suite.verwachtingen))
    once = {v.kwargs["column"] for v in suite.verwachtingen if v.type == EENMALIG}
    whole = [place for place in every if set(_columns([suite.verwachtingen[place]])) & once]
    if whole:
        frame = db.execute(_select(suite, whole), suite.parameters).fetch_df()
        yield frame, whole, len(frame)
    if rest := [place for place in every if place not in whole]:
        frame = db.execute(
            f"SELECT count(*) AS _regels, * FROM ({_select(suite, rest)}) GROUP BY ALL", suite.parameters
        ).fetch_df()
        yield frame, rest, int(frame["_regels"].sum())


def _select(suite: Suite, places: Sequence[int]) -> str:
    return f"SELECT {', '.join(_columns([suite.verwachtingen[place] for place in places]))} FROM ({suite.query})"


def _read(db: duckdb.DuckDBPyConnection, suite: Suite, v: Verwachting, regels: int, result: Any) -> _Outcome:
    """Read what Great Expectations found, and the wrong rows themselves from `rijen`."""
    info = result.exception_info or {}
    # one exception, or one for each metric by its id
    for part in (info, *(p for p in info.values() if isinstance(p, dict))):
        if part.get("raised_exception"):
            return _Outcome(v, regels, error=str(part.get("exception_message")))
    places = ", ".join(str(int(place)) for place in result.result.get("partial_unexpected_index_list") or [-1])
    hidden = {"_rij", KLOPT, *(v.alleen or ())[:1]}
    found = db.execute(f"SELECT {', '.join(suite.toon) or '*'} FROM rijen WHERE _rij IN ({places}) ORDER BY _rij")
    names = [c[0] for c in found.description or ()]
    rows = [{k: _plain(x) for k, x in zip(names, row, strict=True) if k not in hidden} for row in found.fetchall()]
    return _Outcome(v, regels, int(result.result["unexpected_count"]), tuple(rows))


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

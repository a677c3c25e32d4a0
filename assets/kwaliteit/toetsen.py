"""Hold the suites against a built database, and say in Dutch what does not hold: which indicator, region and period.

Great Expectations runs in this process, on an ephemeral context over pandas: no network, no files. It is imported when
the first check runs, since that takes seven seconds of processor time that a mere `import` should not cost.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from assets.bron.bronlijst import Brontabel
from assets.indicatoren.kaart import Kaart
from assets.kwaliteit.suites import Suite, Verwachting, Zwaarte, make_suites
from assets.tabel import Tabel, read_queries
from begrippen.regio import read_regios

# how many wrong rows a message names; the rest is counted
VOORBEELDEN = 10

DETAILS = {
    "result_format": "SUMMARY",
    "partial_unexpected_count": VOORBEELDEN,
}


@dataclass(frozen=True)
class Toets:
    """The outcome of a check of a table.

    `uitleg` is the message in Dutch: what holds, or what does not and what to do about it. `voorbeelden` are the first
    wrong rows, column -> plain value.
    """

    naam: str
    tabel: str
    zwaarte: Zwaarte
    geslaagd: bool
    uitleg: str
    voorbeelden: tuple[dict[str, Any], ...] = ()


def planned_checks(
    kaarten: Mapping[str, Kaart], tabellen: Mapping[str, Brontabel], koppen: Sequence[Tabel] | None = None
) -> list[tuple[str, str, Zwaarte, str]]:
    """List the checks that `check_build` answers, in its order: name, table, weight, what must hold.

    A name stands once for a table. `koppen` are the headers of the tables of the build; by default those of `sql/`.
    """
    suites = make_suites(kaarten, tabellen, 2000, read_queries() if koppen is None else koppen)
    checks: dict[tuple[str, str], list[Verwachting]] = {}
    for verwachting in (v for suite in suites for v in suite.verwachtingen):
        checks.setdefault((verwachting.tabel, verwachting.toets), []).append(verwachting)
    return [
        (naam, tabel, parts[0].zwaarte, "; ".join(dict.fromkeys(v.uitleg for v in parts)))
        for (tabel, naam), parts in checks.items()
    ]


def check_build(
    database: Path,
    kaarten: Mapping[str, Kaart],
    tabellen: Mapping[str, Brontabel],
    editie: int,
    koppen: Sequence[Tabel] | None = None,
) -> list[Toets]:
    """Check a built database; it is opened to read only.

    Returns one Toets for each of `planned_checks`. A check that can not run (a table or column is missing) fails and
    says so. Raises duckdb.IOException when the file is no database.
    """
    return hold_suites(database, make_suites(kaarten, tabellen, editie, read_queries() if koppen is None else koppen))


def hold_suites(database: Path, suites: Sequence[Suite]) -> list[Toets]:
    """Hold suites against a built database, as `check_build` does for all of them."""
    validator = _Validator()
    by_check: dict[tuple[str, str], list[_Outcome]] = {}
    with duckdb.connect(database, read_only=True) as db:
        for outcome in (outcome for suite in suites for outcome in _hold(db, suite, validator)):
            by_check.setdefault((outcome.verwachting.tabel, outcome.verwachting.toets), []).append(outcome)
    return [_toets(parts) for parts in by_check.values()]


@dataclass(frozen=True)
class _Outcome:
    """How an expectation came out: how many of the rows are wrong, the first of them, or why it can not run."""

    verwachting: Verwachting
    checked: int = 0
    wrong: int = 0
    rows: tuple[dict[str, Any], ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        return self.wrong == 0 and not self.error


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
        self._source = context.data_sources.add_pandas("bouw")

    def validate(self, suite: Suite, frame: pd.DataFrame) -> list[tuple[int, list[int], str]]:
        """Hold a suite against its frame; give for each expectation the number of wrong rows, the first, an error."""
        asset = self._source.add_dataframe_asset(suite.naam)
        batch = asset.add_batch_definition_whole_dataframe("alles").get_batch({"dataframe": frame})
        places = range(len(suite.verwachtingen))
        # to know whether all is well costs half of knowing which rows are not
        passed = self._ask(batch, suite, places, {"result_format": "BOOLEAN_ONLY"})
        failed = [place for place in places if not passed[place].success]
        details = self._ask(batch, suite, failed, DETAILS) if failed else {}
        return [self._read(details[place]) if place in details else (0, [], "") for place in places]

    def _ask(self, batch: Any, suite: Suite, places: Sequence[int], result_format: dict[str, Any]) -> dict[int, Any]:
        expectations = []
        for place in places:
            v = suite.verwachtingen[place]
            kwargs = dict(v.kwargs)
            if v.alleen:
                kwargs["row_condition"] = self._column(v.alleen[0]) == v.alleen[1]
            # the answers come in another order than the expectations: each carries its place
            expectations.append(getattr(self._gx.expectations, v.type)(**kwargs, meta={"plaats": place}))
        gx_suite = self._gx.ExpectationSuite(suite.naam, expectations=expectations)
        results: dict[int, Any] = {}
        for result in batch.validate(gx_suite, result_format=result_format).results:
            config: Any = result.expectation_config
            results[config.meta["plaats"]] = result
        return results

    @staticmethod
    def _read(result: Any) -> tuple[int, list[int], str]:
        if result.success:
            return 0, [], ""
        info = result.exception_info or {}
        # one exception, or one for each metric by its id
        for part in (info, *(p for p in info.values() if isinstance(p, dict))):
            if part.get("raised_exception"):
                return 0, [], str(part.get("exception_message"))
        rows = result.result.get("partial_unexpected_index_list") or []
        return int(result.result["unexpected_count"]), [int(row) for row in rows], ""


def _hold(db: duckdb.DuckDBPyConnection, suite: Suite, validator: _Validator) -> list[_Outcome]:
    for naam, frame in suite.invoer.items():
        db.register(naam, frame)
    try:
        # the wrong rows come back by their index: by a column it takes Great Expectations 0.1 ms a row to name them
        frame = db.sql(suite.frame).to_arrow_table().to_pandas().set_index("rij").rename_axis(None).sort_index()
        answers = validator.validate(suite, frame)
        return [
            _Outcome(v, len(frame), wrong, _show(db, suite, rows), error)
            for v, (wrong, rows, error) in zip(suite.verwachtingen, answers, strict=True)
        ]
    except duckdb.Error as error:
        return [_Outcome(v, error=str(error).splitlines()[0]) for v in suite.verwachtingen]
    finally:
        for naam in suite.invoer:
            db.unregister(naam)


def _show(db: duckdb.DuckDBPyConnection, suite: Suite, rows: Sequence[int]) -> tuple[dict[str, Any], ...]:
    if not rows:
        return ()
    numbers = ", ".join(map(str, rows))
    found = db.sql(f"SELECT * FROM ({suite.toon or suite.frame}) WHERE rij IN ({numbers}) ORDER BY rij")
    columns = found.columns
    return tuple({k: _plain(v) for k, v in zip(columns, row, strict=True) if k != "rij"} for row in found.fetchall())


def _plain(value: Any) -> Any:
    """Make a value fit for JSON."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _text(value: Any) -> str:
    """Write a value as a Dutch reader expects it: comma for decimals, dot for thousands."""
    if value is None:
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        text = f"{value:,.6f}".rstrip("0").rstrip(".") if abs(value) >= 1e-6 or value == 0 else f"{value:.3g}"
        return text.translate(str.maketrans(",.", ".,"))
    return str(value)


def _describe(row: Mapping[str, Any]) -> str:
    """Name a wrong row: its columns with their values, a region with its name."""
    words = []
    for column, value in row.items():
        if (column, value) != ("uitsplitsing", "totaal"):
            name = _names().get(value, "") if column == "regio" else ""
            words.append(f"{column} {_text(value)} {name}".rstrip())
    return ", ".join(words)


@cache
def _names() -> dict[str, str]:
    regios = read_regios()
    return dict(zip(regios["code"], regios["naam"], strict=True))


def _toets(parts: Sequence[_Outcome]) -> Toets:
    """Bring the outcomes of the expectations of one check together in one message."""
    first = parts[0].verwachting
    broken = [p for p in parts if not p.passed]
    if not broken:
        checked = f"{max(p.checked for p in parts):,}".replace(",", ".")
        holds = "; ".join(dict.fromkeys(p.verwachting.uitleg for p in parts))
        return Toets(first.toets, first.tabel, first.zwaarte, True, f"In orde ({checked} regels): {holds}.")
    sentences = []
    for part in broken:
        v = part.verwachting
        if part.error:
            sentences.append(f"{v.tabel}: de toets '{v.toets}' kon niet draaien: {part.error}. {v.vervolg}")
            continue
        named = "; ".join(map(_describe, part.rows))
        rest = part.wrong - len(part.rows)
        more = f"; en nog {rest}" if rest else ""
        number = "1 regel klopt niet" if part.wrong == 1 else f"{part.wrong} regels kloppen niet"
        sentences.append(f"{v.tabel}: {number}; het moet zijn: {v.uitleg}. Fout: {named}{more}. {v.vervolg}")
    rows = [row for part in broken for row in part.rows]
    return Toets(
        first.toets, first.tabel, first.zwaarte, False, "\n".join(dict.fromkeys(sentences)), tuple(rows[:VOORBEELDEN])
    )

"""How the checks of a build came out: the file beside its database, and what a reader is told of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from assets.bron.momentopname import write_file
from assets.kwaliteit.toets import Toets
from begrippen.jsontekst import parse_json
from begrippen.regio import read_regios

# the file, beside the database
TOETSEN = "toetsen.json"


def write_uitkomsten(path: Path, toetsen: Sequence[Toets]) -> None:
    """Write the outcomes of the checks."""
    lines = json.dumps([asdict(t) for t in toetsen], ensure_ascii=False, indent=1)
    write_file(path, lines + "\n")


def read_uitkomsten(path: Path) -> list[Toets]:
    """Read the outcomes that stand beside a build; none where there are none.

    A build of before 0.2.0 had its message and its rows under other names.
    """
    if not path.is_file():
        return []
    found = parse_json(path.read_text(encoding="utf-8"))
    for old in (t for t in found if "naam" in t):
        old.update(toets=old.pop("naam"), rijen=old.pop("voorbeelden", ()))
    return [Toets(**t | {"rijen": tuple(t["rijen"])}) for t in found]


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


@cache
def _names() -> dict[str, str]:
    regios = read_regios()
    return dict(zip(regios["code"], regios["naam"], strict=True))


def _describe_row(row: Mapping[str, Any]) -> str:
    """Name a wrong row: its columns with their values, a region with its name."""
    words = []
    for column, value in row.items():
        if (column, value) != ("uitsplitsing", "totaal"):
            name = _names().get(value, "") if column == "regio" else ""
            words.append(f"{column} {_text(value)} {name}".rstrip())
    return ", ".join(words)


def describe(toets: Toets, hoogstens: int | None = None) -> str:
    """Say how a check came out, in Dutch: what holds, or which rows do not and what to do; at most so many rows."""
    if toets.geslaagd:
        return f"In orde ({f'{toets.regels:,}'.replace(',', '.')} regels): {toets.uitleg}."
    if toets.fout:
        return f"{toets.tabel}: de toets '{toets.toets}' kon niet draaien: {toets.fout}. {toets.vervolg}".rstrip()
    if not toets.aantal:
        return toets.uitleg
    rows = toets.rijen[:hoogstens]
    rest = toets.aantal - len(rows)
    more = f"; en nog {rest}" if rest else ""
    number = "1 regel klopt niet" if toets.aantal == 1 else f"{toets.aantal} regels kloppen niet"
    named = "; ".join(map(_describe_row, rows))
    return f"{toets.tabel}: {number}; het moet zijn: {toets.uitleg}. Fout: {named}{more}. {toets.vervolg}"

"""Which municipality a postcode lies in, from a list that a tenant may have: `postcode.csv` in its folder.

Three columns (`;`, utf-8): postcode (four digits, or six signs, one kind in a list), gemeente (CBS code), and the jaar
of the division into municipalities, one for the whole list. Without the file nobody is found by a postcode.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from begrippen.fout import BestandError
from begrippen.gebied import Gebied
from begrippen.regio import read_regios

BESTAND = "postcode.csv"
KOLOMMEN = ["postcode", "gemeente", "jaar"]
POSTCODE = re.compile(r"([1-9]\d{3})(?: ?([A-Z]{2}))?")
# So many faults are shown at once, and so many bytes may come along with the first view of a page.
GETOOND, HOOGSTENS = 20, 40_000
RAAD = "Zie 'Zoeken op postcode' in docs/ander-gebied.md"


@dataclass(frozen=True)
class Postcodes:
    """`gemeenten`: municipality -> its postcodes: four digits where all of those lie in it, else six signs each."""

    jaar: int
    gemeenten: Mapping[str, tuple[str, ...]]


def read_postcodes(gebied: Gebied) -> Postcodes | None:
    """Read the list of a tenant; None where it has none. Raises BestandError with the line of each fault."""
    path = gebied.map / BESTAND
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except UnicodeDecodeError as error:
        raise BestandError("dit is geen tekst in UTF-8", waar=str(path), vervolg=RAAD) from error
    except csv.Error as error:
        raise BestandError(f"dit is geen CSV: {error}", waar=str(path), vervolg=RAAD) from error
    if not rows or rows[0] != KOLOMMEN:
        kop = ";".join(rows[0]) if rows else "niets"
        raise BestandError(f"de kop is '{kop}'; het moet '{';'.join(KOLOMMEN)}' zijn", waar=str(path), vervolg=RAAD)
    return _collect(rows[1:], gebied, path)


def _collect(rows: list[list[str]], gebied: Gebied, path: Path) -> Postcodes:
    lid: dict[str, tuple[str, int]] = {}
    bestaat, faults, first = _gemeenten(gebied), [], rows[0] if rows else []
    for line, row in enumerate(rows, start=2):
        if fault := _fault(row, first, bestaat):
            faults.append(f"regel {line}: {fault}")
            continue
        code = row[0].replace(" ", "")
        if code in lid:
            other, where = lid[code]
            wat = "staat er al" if other == row[1] else f"ligt volgens regel {where} in {other}, en hier in {row[1]}"
            faults.append(f"regel {line}: postcode {row[0]} {wat}; een postcode staat een keer in de lijst")
        lid.setdefault(code, (row[1], line))
    if not rows:
        faults.append("er staat geen enkele postcode in")
    if faults:
        rest = f"\nen nog {len(faults) - GETOOND}" if len(faults) > GETOOND else ""
        raise BestandError("\n".join(faults[:GETOOND]) + rest, waar=str(path), vervolg=RAAD)
    return Postcodes(int(first[2]), _shorten({code: gemeente for code, (gemeente, _) in lid.items()}))


def _gemeenten(gebied: Gebied) -> dict[str, tuple[int, int]]:
    """The municipalities that there ever were: code -> the first and the last year in which there were any days of."""
    regios = read_regios(gebied)
    chosen = regios[regios["soort"] == "gemeente"]
    first = chosen["geldig_van"].dt.year.fillna(0)
    # it ends on the day before
    last = (chosen["geldig_tot"] - pd.Timedelta(days=1)).dt.year.fillna(9999)
    return {str(code): (int(van), int(tot)) for code, van, tot in zip(chosen["code"], first, last, strict=True)}


def _fault(row: list[str], first: list[str], bestaat: Mapping[str, tuple[int, int]]) -> str:
    """What is wrong with a row by itself, and beside the first; empty where nothing is."""
    if len(row) != len(KOLOMMEN):
        return f"{len(row)} velden; het moeten er {len(KOLOMMEN)} zijn"
    postcode, gemeente, jaar = row
    found = POSTCODE.fullmatch(postcode)
    if not found:
        return f"'{postcode}' is geen postcode; schrijf 1234 of 1234 AB"
    eerste = POSTCODE.fullmatch(first[0])
    if eerste and bool(eerste[2]) != bool(found[2]):
        return f"'{postcode}' is korter of langer dan de eerste, '{first[0]}'; een lijst heeft een soort postcodes"
    if not re.fullmatch(r"20\d\d", jaar):
        return f"'{jaar}' is geen jaar; schrijf het met vier cijfers"
    if jaar != first[-1]:
        return f"het jaar is {jaar}, en bij de eerste postcode {first[-1]}; een lijst is van een jaar"
    if gemeente not in bestaat:
        return f"'{gemeente}' is geen gemeente die de monitor kent; schrijf de code van het CBS, zoals GM0000"
    van, tot = bestaat[gemeente]
    if not van <= int(jaar) <= tot:
        return f"gemeente {gemeente} was er in {jaar} niet"
    if tot != 9999:
        return f"gemeente {gemeente} is er na {tot} niet meer; neem een lijst van een later jaar"
    return ""


def _shorten(lid: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Municipality -> postcodes, by their four digits alone where these lie in one municipality."""
    per_wijk: dict[str, set[str]] = defaultdict(set)
    for code, gemeente in lid.items():
        per_wijk[code[:4]].add(gemeente)
    found: dict[str, set[str]] = defaultdict(set)
    for code, gemeente in lid.items():
        found[gemeente].add(code[:4] if len(per_wijk[code[:4]]) == 1 else code)
    return {gemeente: tuple(sorted(codes)) for gemeente, codes in sorted(found.items())}


def choose_postcodes(postcodes: Postcodes | None, gemeenten: set[str]) -> dict[str, list[str]]:
    """What a page with these municipalities needs of a list: municipality -> postcodes.

    Raises BestandError where that is too much to come along with a page.
    """
    chosen = {g: list(codes) for g, codes in (postcodes.gemeenten if postcodes else {}).items() if g in gemeenten}
    if (size := len(json.dumps(chosen, separators=(",", ":")))) > HOOGSTENS:
        raise BestandError(
            f"de postcodes van {len(chosen)} gemeenten zijn samen {size} bytes, en het mogen er {HOOGSTENS} zijn",
            waar=BESTAND,
            vervolg=f"Geef een lijst met postcodes van vier cijfers. {RAAD}",
        )
    return chosen

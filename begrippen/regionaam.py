"""What people and StatLine call a region, read as one of our codes: `Zuidoost-... (CR)`, a name, a code, a NUTS code.

A name that more than one region has is not guessed. StatLine marks what is no municipality by its kind (`(PV)`, `(CR)`,
`(AM)`, `(LD)`) and the municipality that shares its name with a province by `(gemeente)`.

`gegevens/regio_nuts.csv` holds the NUTS codes whose area is that of one of our regions. Those that Eurostat gave
another code when borders moved (NL31, NL33) are not in it: they are another area than the region of that name today.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from begrippen.fout import MonitorError
from begrippen.gebied import Gebied, gekozen
from begrippen.lijsten import Regiosoort
from begrippen.regio import ALIASSEN, GEGEVENS, read_regios

# how StatLine marks a region of this kind behind its name
MERKEN: dict[str, Regiosoort] = {
    "pv": "provincie",
    "ld": "landsdeel",
    "cr": "corop",
    "am": "arbeidsmarktregio",
    "gm": "gemeente",
    "gemeente": "gemeente",
}
# names that StatLine gave a region before, as its older tables and downloads still do
_EERDER = {"friesland (pv)": "PV21"}
_MARKED = re.compile(r"(?P<naam>.+?) \((?P<merk>[a-z]+)\)")


class RegionaamError(MonitorError):
    """A name that is not one region of ours; `gevonden` are the regions that have it: code and kind of each."""

    code = "regionaam"

    def __init__(self, wat: str, gevonden: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(wat)
        self.gevonden = tuple(gevonden)


@dataclass(frozen=True)
class _Lijst:
    codes: frozenset[str]
    # folded name -> (code, kind) of every region that has it
    namen: dict[str, tuple[tuple[str, str], ...]]
    nuts: dict[str, str]


def fold(text: str) -> str:
    """A name as names are compared: single blanks, no capitals, no apostrophe in front (a spreadsheet eats it)."""
    return " ".join(text.replace("\xa0", " ").casefold().split()).lstrip("'\u2018\u2019`")


@cache
def _read(gebied: Gebied) -> _Lijst:
    namen: dict[str, list[tuple[str, str]]] = {}
    regios = read_regios(gebied)
    for code, naam, soort in zip(regios["code"], regios["naam"], regios["soort"], strict=True):
        namen.setdefault(fold(naam), []).append((code, soort))
    with (GEGEVENS / "regio_nuts.csv").open(encoding="utf-8", newline="") as file:
        nuts = {row["nuts"]: row["code"] for row in csv.DictReader(file, delimiter=";")}
    return _Lijst(
        frozenset(regios["code"]) | ALIASSEN.keys(), {naam: tuple(found) for naam, found in namen.items()}, nuts
    )


def read_regionaam(text: str, kaal: Regiosoort | None = None, gebied: Gebied | None = None) -> str:
    """Give the code of the region that a label names. Raises RegionaamError.

    `kaal`: the kind of region that a name without a mark stands for, where more than one region has that name.
    """
    lijst = _read(gebied or gekozen())
    name = fold(text)
    upper = text.strip().upper()
    if upper in lijst.codes:
        return upper
    if upper in lijst.nuts:
        return lijst.nuts[upper]
    if name in _EERDER:
        return _EERDER[name]
    found = lijst.namen.get(name, ())
    match = _MARKED.fullmatch(name)
    if not found and match and (soort := MERKEN.get(match["merk"])):
        found = tuple(r for r in lijst.namen.get(match["naam"], ()) if _is_soort(r, match["merk"], soort))
    elif len(found) > 1 and kaal:
        found = tuple(r for r in found if r[1] == kaal) or found
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise RegionaamError(f"'{text.strip()}' is geen regio die de monitor kent")
    listed = ", ".join(f"{code} ({soort})" for code, soort in found)
    raise RegionaamError(f"'{text.strip()}' is de naam van meer dan een regio: {listed}", found)


def _is_soort(regio: tuple[str, str], merk: str, soort: Regiosoort) -> bool:
    """Whether a region is of the kind that a mark says; 'Niet in te delen (PV)' is of none, and has its prefix."""
    code, kind = regio
    return kind == soort or (kind == "overig" and code.casefold().startswith(merk))

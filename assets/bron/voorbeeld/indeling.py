"""The regions and the periods of the sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.bron.voorbeeld.toeval import key
from begrippen.lijsten import PER_JAAR
from begrippen.regio import NEDERLAND, TERUG_TOT, as_of, valid_on

PEILDATUM = date(2026, 1, 1)
# municipalities that ended before this year are not in the sample: one wave of empty rows is enough
OPGEHEVEN_VANAF = pd.Timestamp(TERUG_TOT)
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class Gebieden:
    """The regions of the sample: today's municipalities, what they are part of, and the recently abolished."""

    def __init__(self, regios: pd.DataFrame, leden: pd.DataFrame, profielen: dict[str, Any]) -> None:
        self.namen: dict[str, str] = dict(zip(regios["code"], regios["naam"], strict=True))
        gemeenten = as_of(regios[regios["soort"] == "gemeente"], PEILDATUM)
        today = gemeenten[gemeenten["geldig_tot"].isna()]["code"]
        gone = gemeenten["geldig_tot"].between(OPGEHEVEN_VANAF, pd.Timestamp(PEILDATUM), inclusive="right")
        self.opgeheven = sorted(gemeenten[gone]["code"])
        now = valid_on(leden, PEILDATUM)
        up: dict[str, dict[str, str]] = {}
        for prefix in ("PV", "CR", "LD"):
            part = now[now["regio"].str.startswith(prefix)]
            up[prefix] = dict(zip(part["lid"], part["regio"], strict=True))
        # neighbours stay together, so that rounding along this order is right for each area too
        self.codes = sorted(today, key=lambda c: (up["PV"].get(c, ""), up["CR"].get(c, ""), c))
        self.keys = np.array([key(c) for c in self.codes], dtype=np.uint64)
        self.provincie = np.array([up["PV"].get(c, "") for c in self.codes])
        self.corop = np.array([up["CR"].get(c, "") for c in self.codes])
        self.leden: dict[str, npt.NDArray[np.bool_]] = {NEDERLAND: np.ones(len(self.codes), dtype=bool)}
        for codes in (self.provincie, self.corop):
            self.leden |= {str(c): codes == c for c in sorted(set(codes)) if c}
        for landsdeel in sorted(set(up["LD"].values())):
            self.leden[landsdeel] = np.isin(self.provincie, [p for p, d in up["LD"].items() if d == landsdeel])
        self._add_arbeidsmarktregios(profielen["arbeidsmarktregios"])
        self.leden |= {c: np.arange(len(self.codes)) == i for i, c in enumerate(self.codes)}
        # the province that has levels of its own, where there is one
        self.eigen = self.provincie == profielen["eigen"].get("provincie", "-")

    def _add_arbeidsmarktregios(self, provincies: dict[str, str]) -> None:
        for provincie in sorted(set(provincies.values())):
            names = [a for a, p in provincies.items() if p == provincie]
            places = np.array_split(np.flatnonzero(self.provincie == provincie), len(names))
            for name, members in zip(names, places, strict=True):
                self.leden[name] = np.isin(np.arange(len(self.codes)), members)

    def choose(self, patterns: Sequence[str]) -> list[str]:
        """List the regions that match codes or prefixes (`GM*`), from large to small; abolished ones come last."""
        prefixes = tuple(p.removesuffix("*") for p in patterns if p.endswith("*"))
        order = ["NL", "LD", "PV", "CR", "AM", "GM"]
        wanted = (
            [c for c in self.leden if c in patterns or c.startswith(prefixes)]
            if prefixes
            else [c for c in self.leden if c in patterns]
        )
        found = sorted(wanted, key=lambda c: (order.index(c[:2]), c))
        gone = [c for c in self.opgeheven if prefixes and c.startswith(prefixes)]
        return found + gone

    def matrix(self, codes: Sequence[str]) -> npt.NDArray[np.float64]:
        """Give region x municipality: 1 where it is a member."""
        none = np.zeros(len(self.codes), dtype=bool)
        return np.array([self.leden.get(c, none) for c in codes], dtype=np.float64)


@dataclass(frozen=True)
class Tijd:
    """A period of a table: its code, its middle in years, and the periods it is the sum of (for a flow)."""

    code: str
    titel: str
    delen: tuple[str, ...] = ()
    gedeeltelijk: bool = False

    @property
    def jaar(self) -> int:
        """The (first) calendar year."""
        return int(self.code[:4])

    @property
    def deel(self) -> float:
        """The part of a year that it lasts."""
        return 1 / PER_JAAR.get(self.code[4:6], 1)

    @property
    def midden(self) -> float:
        """The place in time, in years; a whole year stands at its own number."""
        nummer = int(self.code[6:])
        return self.jaar + (0.0 if self.deel == 1 else (nummer - 0.5) * self.deel - 0.5)


def make_tijd(code: str) -> Tijd:
    """Make a period from its code, with the title that CBS gives it."""
    jaar, soort, nummer = code[:4], code[4:6], int(code[6:])
    titel = {
        "JJ": jaar,
        "SJ": f"{jaar}/'{(int(jaar) + 1) % 100:02d}",
        "HJ": f"{jaar} {nummer}e halfjaar",
        "KW": f"{jaar} {nummer}e kwartaal",
        "MM": f"{jaar} {_MAANDEN[nummer - 1] if 0 < nummer <= 12 else ''}",
    }[soort]
    return Tijd(code, titel)


def list_tijden(soorten: Sequence[str], vanaf: int, instelling: dict[str, Any], last_year: int) -> list[Tijd]:
    """List the periods of a table, in the order of their codes within a year: parts first, then the year."""
    deel_tot = instelling.get("deel_tot", "")
    end = int(deel_tot[:4]) if deel_tot else last_year
    tijden: list[Tijd] = []
    for jaar in instelling.get("jaren") or range(vanaf, max(end, last_year) + 1):
        parts: list[Tijd] = []
        for soort in ("MM", "KW", "HJ"):
            if soort not in soorten:
                continue
            numbers = instelling.get("maanden") or range(1, PER_JAAR[soort] + 1)
            here = [make_tijd(f"{jaar}{soort}{n:02d}") for n in numbers]
            if jaar == end and deel_tot:
                # '2026MM08' also ends the quarters: those that are complete by then
                done = int(deel_tot[6:]) / PER_JAAR[deel_tot[4:6]]
                here = [p for p in here if int(p.code[6:]) / PER_JAAR[soort] <= done + 1e-9]
            parts += here
        finest = tuple(p.code for p in parts if p.code[4:6] == parts[0].code[4:6])
        tijden += parts
        for soort in ("JJ", "SJ"):
            if soort in soorten and jaar <= last_year:
                whole = make_tijd(f"{jaar}{soort}00")
                tijden.append(Tijd(whole.code, whole.titel, finest))
            elif soort == "JJ" and soort in soorten and instelling.get("gedeeltelijk") and finest:
                last = _MAANDEN[int(finest[-1][6:]) - 1]
                tijden.append(Tijd(f"{jaar}JJ00", f"{jaar} januari-{last}", finest, gedeeltelijk=True))
    return tijden

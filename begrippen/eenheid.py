"""What a unit says: the one reader of how a card or a source writes it.

A unit is a code with a form: `<measure>`, `<measure> per <what>`, `% <of what>`, or `<what> = 100` of an index. Who
needs to know which it is asks here, and takes no unit apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# Measures that say nothing behind a number in a sentence.
_ZONDER_NAAM = ("aantal", "ratio", "index", "saldo", "score", "schaalscore", "")
# A unit in which only totals are counted: a figure for the country holds that of the province. A province of any size.
AFGERONDE_TOTALEN = frozenset({"x 1 000", "mln euro"})
TOTAALEENHEDEN = AFGERONDE_TOTALEN | {"aantal"}
# of which a number stands by itself in a sentence: so many of what the name of the indicator says
GETELD = frozenset({"aantal", "x 1 000"})
_DUIZEND = "x 1 000"
_INDEX = re.compile(r"(?:index, )?(?P<honderd>.+) = 100")
_PROCENT = re.compile(r"(?P<maat>%|procent(?:punt)?)(?: (?P<van>.+))?", re.IGNORECASE)
_PER = re.compile(r"(?:(?P<maat>.+?) )?per (?P<per>.+)")


@dataclass(frozen=True)
class Eenheid:
    """A unit in its parts; a part that it does not have is empty.

    `maat`: what is measured ('%', 'euro', 'index'); `van`: what a percentage is of; `per`: per what; `honderd`: what is
    100 in an index, a year or a region.
    """

    maat: str
    van: str = ""
    per: str = ""
    honderd: str = ""

    @property
    def procent(self) -> bool:
        """Whether it is a percentage, so that differences are in percentage points."""
        return _PROCENT.fullmatch(self.maat) is not None

    @property
    def in_euro(self) -> bool:
        """Whether it is an amount of money, so that prices matter to it."""
        return "euro" in self.maat.split()

    @property
    def saldo(self) -> bool:
        """Whether it is what came less what went: it may be below nought, so that none of it has the most."""
        return self.maat == "saldo"

    @property
    def klasse(self) -> bool:
        """Whether it is a class of an order ('klasse 1-4'): never rounded, and a class apart is not small."""
        return self.maat.split(" ")[0] == "klasse"

    @property
    def voluit(self) -> str:
        """The unit of what is counted in thousands, of one of them: 'aantal', 'euro'; empty where it is not."""
        if not self.maat.startswith(_DUIZEND):
            return ""
        maat = self.maat.removeprefix(_DUIZEND).strip() or "aantal"
        return f"{maat} per {self.per}" if self.per else maat

    @property
    def basisjaar(self) -> int | None:
        """The year that is 100 in an index."""
        return int(self.honderd) if self.honderd.isdigit() and len(self.honderd) == 4 else None

    @property
    def naamloos(self) -> bool:
        """Whether a number stands without it in a sentence."""
        return bool(self.honderd) or ((not self.per or bool(self.maat)) and self.maat.split(" ")[0] in _ZONDER_NAAM)

    @property
    def trap(self) -> tuple[str, str, str]:
        """How more, less and as much are said: a distance is longer, a share or an amount higher, jobs more."""
        if self.maat == "km" and not self.per:
            return "langer", "korter", "even lang als"
        if (
            self.procent
            or self.honderd
            or (self.naamloos and self.maat != "aantal")
            or self.maat == "jaren"
            or self.klasse
            or "euro" in self.maat
        ):
            return "hoger", "lager", "even hoog als"
        return "meer", "minder", "evenveel als"

    @property
    def uitersten(self) -> tuple[str, str]:
        """How the most and the least of regions are said: a distance is longest, jobs are most, all else highest."""
        if self.maat == "km" and not self.per:
            return "langste afstand", "kortste afstand"
        if self.trap[0] == "meer" and not self.per:
            return ("de meeste", "de minste") if self.naamloos else ("het meest", "het minst")
        return "hoogst", "laagst"


@cache
def read_eenheid(text: str) -> Eenheid:
    """Read a unit; what has no part that we know is a measure as a whole."""
    text = text.strip()
    if found := _PROCENT.fullmatch(text):
        return Eenheid(found["maat"], van=found["van"] or "")
    if found := _INDEX.fullmatch(text):
        return Eenheid("index", honderd=found["honderd"])
    if found := _PER.fullmatch(text):
        return Eenheid(found["maat"] or "", per=found["per"])
    return Eenheid(text)


def telt_op(aggregatie: str, eenheid: str) -> bool:
    """Whether a figure is a total by its card: more of it is a larger region, not a better one."""
    return aggregatie == "som" or eenheid in TOTAALEENHEDEN

"""What a source says about one of its tables, and the part of it that we ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from assets.bron.bronlijst import Brontabel, Dimensie

# The notations of periods that CBS describes ('Handleiding CBS Open Data Services'): year, quarter, month, school year,
# half year, week, day, and combinations of years. Those after HJ are known, and not asked for.
_PERIODE = re.compile(
    r"(19\d\d|20\d\d|2100)(JJ00|KW0[1-4]|MM(0[1-9]|1[0-2])|SJ00|HJ0[12]|W[1-4]?\d{2,3}|VJ\d{2}|B[A-Z]\d{2}|[XG]\d{3}|\d{4})",
    re.ASCII,  # other digits look like ours, and are no code of CBS
)


def is_periode(code: str) -> bool:
    """Whether this is a period in a notation of CBS."""
    return _PERIODE.fullmatch(code) is not None


@dataclass(frozen=True)
class Code:
    """A code of a dimension. `sleutel` is the code as the source spells it in its rows, with its blanks."""

    dimensie: str
    code: str
    titel: str
    sleutel: str
    beschrijving: str = ""
    groep: str = ""
    status: str | None = None
    volgorde: int = 0


@dataclass(frozen=True)
class BronOnderwerp:
    """A topic as the source has it. `pad` is None where the group titles are not in the answers."""

    sleutel: str
    titel: str
    pad: tuple[str, ...] | None
    eenheid: str
    decimalen: int | None = None
    datatype: str = ""
    beschrijving: str = ""

    @property
    def groeppad(self) -> str:
        """The group titles from the outside in, joined by ` > `; empty where there are none."""
        return " > ".join(self.pad or ())

    @property
    def regel(self) -> str:
        """The topic in one line: `path > title (unit) [key]`."""
        return f"{' > '.join((*(self.pad or ()), self.titel.strip()))} ({self.eenheid}) [{self.sleutel}]"


@dataclass(frozen=True)
class Structuur:
    """The topics and code lists of a table."""

    onderwerpen: tuple[BronOnderwerp, ...]
    codes: dict[str, tuple[Code, ...]]  # dimension -> its codes, in the order of the source
    # dimension -> its kind as both protocols name it: Dimension, GeoDimension, GeoDetail or TimeDimension
    soorten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Keuze:
    """The part of a table that we ask for: our names -> what the source has for them.

    `onderwerpen`: our alias -> topic. `codes`: our dimension -> the codes asked for. `lijsten`: our dimension -> all
    its codes. A code knows its dimension as the source names it.
    """

    onderwerpen: dict[str, BronOnderwerp]
    codes: dict[str, tuple[Code, ...]]
    lijsten: dict[str, tuple[Code, ...]]
    # our dimension -> that of the source, and of a dimension: code of the source -> ours; only where they differ
    dimensies: Mapping[str, str] = field(default_factory=dict)
    eigen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def dimensie(self, naam: str) -> str:
        """The name that the source has for a dimension of ours."""
        return self.dimensies.get(naam, naam)

    def own_code(self, naam: str, code: str) -> str:
        """The name that we have for a code of the source in a dimension of ours."""
        return self.eigen.get(naam, {}).get(code, code)


def _patterns(dimensie: Dimensie) -> tuple[str, ...]:
    """Give the region codes and prefixes (ending in `*`) that are asked for in a dimension."""
    return (*dimensie.regios, *(f"{p.removesuffix('*')}*" for p in dimensie.ook_regios))


def choose_codes(dimensie: Dimensie, codes: tuple[Code, ...], genoemd: Collection[str]) -> tuple[Code, ...]:
    """Choose the codes of one dimension that the list of sources asks for.

    genoemd: the codes of the source that were found for those that the list names one by one.
    """
    if dimensie.soort == "periode":
        return tuple(
            c
            for c in codes
            if c.code[4:6] in dimensie.periodesoorten
            and c.code[:4].isdigit()
            and int(c.code[:4]) >= (dimensie.vanaf or 0)
        )
    patterns = _patterns(dimensie)
    prefixes = tuple(p.removesuffix("*") for p in patterns if p.endswith("*"))
    single = {*dimensie.regios, *genoemd}
    return tuple(c for c in codes if c.code in single or c.code.startswith(prefixes))


def describe_selectie(tabel: Brontabel) -> str:
    """Write down what part of a table we ask for, always in the same words: like is compared with like."""
    parts = []
    for naam, d in sorted(tabel.dimensies.items()):
        if d.soort == "periode":
            parts.append(f"{naam}: {','.join(d.periodesoorten)} vanaf {d.vanaf or 'het begin'}")
        else:
            parts.append(f"{naam}: {','.join(sorted({*_patterns(d), *d.codes}))}")
    for naam, o in sorted(tabel.onderwerpen.items()):
        parts.append(f"{naam}: {' > '.join((*o.pad, o.titel))} ({o.eenheid})")
    return "; ".join(parts)

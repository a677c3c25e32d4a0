"""What a source says about one of its tables, and the part of it that we ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Structuur:
    """The topics and code lists of a table."""

    onderwerpen: tuple[BronOnderwerp, ...]
    codes: dict[str, tuple[Code, ...]]  # dimension -> its codes, in the order of the source


@dataclass(frozen=True)
class Keuze:
    """The part of a table that we ask for, in the terms of the source.

    `onderwerpen`: our alias -> topic. `codes`: dimension -> the codes asked for. `lijsten`: dimension -> all its codes.
    """

    onderwerpen: dict[str, BronOnderwerp]
    codes: dict[str, tuple[Code, ...]]
    lijsten: dict[str, tuple[Code, ...]]


def _patterns(dimensie: Dimensie) -> tuple[str, ...]:
    """Give the region codes and prefixes (ending in `*`) that are asked for in a dimension."""
    return (*dimensie.regios, *(f"{p.removesuffix('*')}*" for p in dimensie.ook_regios))


def choose_codes(dimensie: Dimensie, codes: tuple[Code, ...]) -> tuple[Code, ...]:
    """Choose the codes of one dimension that the list of sources asks for."""
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
    single = {*patterns, *dimensie.codes}
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

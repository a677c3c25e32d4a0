"""Lines for a terminal: a heading with text beside it, columns, and what is said above every answer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from assets.bron.momentopname import ID_FORMAT
from assets.vragen.lezen import melding
from begrippen.gebied import gekozen
from reports.getallen import format_tijdstip

BREED = 100
KOP = 14


def row(kop: str, text: str) -> list[str]:
    """A heading with its text beside it, wrapped."""
    return textwrap.wrap(text, BREED, initial_indent=f"{kop:<{KOP}} ", subsequent_indent=" " * (KOP + 1))


def table(kop: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Columns as wide as their widest cell; those in `right` are aligned there."""
    lines = [kop, *rows]
    wide = [max(len(line[n]) for line in lines) for n in range(len(kop))]

    def show(line: Sequence[str]) -> str:
        cells = [c.rjust(w) if n in right else c.ljust(w) for n, (c, w) in enumerate(zip(line, wide, strict=True))]
        return "  " + "  ".join(cells).rstrip()

    return [show(line) for line in lines]


def format_moment(momentopname: str) -> str:
    """The moment of a build or an answer, from its id."""
    return format_tijdstip(datetime.strptime(momentopname, ID_FORMAT))


def melding_regels(soort: str) -> list[str]:
    """The line that is said above figures of this kind of build; none above real ones."""
    found = melding(soort, gekozen())
    return [found] if found else []

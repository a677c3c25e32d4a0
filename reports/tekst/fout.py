"""What is wrong with a text of the editors: file, line, what, and what to write in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from begrippen.fout import MonitorError

Ernst = Literal["fout", "let op"]
FOUT: Ernst = "fout"
LET_OP: Ernst = "let op"


@dataclass(frozen=True, order=True)
class Tekstfout:
    """One fault. `ernst`: 'fout' stops the build, 'let op' does not; `advies`: what to write instead.

    `eenheid`: what `regel` counts; a letter of Word has paragraphs where a text has lines.
    """

    bestand: str
    regel: int
    wat: str
    advies: str
    ernst: Ernst = FOUT
    eenheid: str = "regel"

    def __str__(self) -> str:
        """Two lines: where and what, and what to do."""
        return f"{self.bestand}, {self.eenheid} {self.regel}: {self.ernst}: {self.wat}\n    {self.advies}"


class TekstError(MonitorError):
    """The texts of an edition can not be used; the message lists every fault."""

    code = "tekst"
    exit_code = 1


def count(fouten: Iterable[Tekstfout]) -> tuple[int, int]:
    """How many faults stop the build, and how many do not."""
    ernsten = [f.ernst for f in fouten]
    return ernsten.count(FOUT), ernsten.count(LET_OP)

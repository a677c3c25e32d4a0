"""Corrections of known errors of a source: one file, each with what the source says, what we use, why, and who knows.

A momentopname stays as it came; the correction is applied where `kern.waarneming` is made, and only as long as the
source still says what the correction expects (`sql/kern/correctie.sql`). A correction changes a number that is there:
it never fills a cell that the source left empty or keeps secret.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen.fout import BestandError
from begrippen.gebied import gekozen
from begrippen.lijsten import Bronsoort
from begrippen.yamlbestand import read_yaml

CORRECTIES = Path(__file__).parent / "gegevens" / "correcties.yaml"


class Correctie(BaseModel):
    """One cell of a source that is known to be wrong. `verwacht` and `wordt` are in the unit of the source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    # the kinds of run that it is for: sample and real never mix
    soorten: tuple[Bronsoort, ...] = Field(min_length=1)
    bron: Literal["cbs", "derden", "aanlevering"]
    tabel: str
    onderwerp: str
    uitsplitsing: str = "totaal"
    regio: str
    periode: str = Field(pattern=r"^\d{4}[A-Z]{2}\d{2}$")
    verwacht: float = Field(allow_inf_nan=False)
    wordt: float | Literal["leeg"] = Field(union_mode="left_to_right")
    reden: str = Field(min_length=1)
    gemeld_aan: str = Field(min_length=1)
    datum: date

    @property
    def cel(self) -> tuple[str, ...]:
        """The cell that it is about."""
        return self.bron, self.tabel, self.onderwerp, self.uitsplitsing, self.regio, self.periode

    @model_validator(mode="after")
    def _check(self) -> Correctie:
        if self.wordt == self.verwacht:
            raise ValueError(f"wordt ({self.wordt}) is gelijk aan verwacht: er valt niets te corrigeren")
        return self


def correctiebestanden() -> tuple[Path, ...]:
    """The files with corrections: that of the house and, where it has one, that of the tenant of this process."""
    own = gekozen().map / CORRECTIES.name
    return (CORRECTIES, own) if own.is_file() else (CORRECTIES,)


@cache
def read_correcties(*paths: Path) -> tuple[Correctie, ...]:
    """Read the corrections in the order of the files: without `paths` those of the house, then those of the tenant.

    Raises BestandError for a file that is no list, a wrong field, and an id or cell that stands twice for one kind.
    """
    paths = paths or correctiebestanden()
    seen: dict[tuple[str, ...], str] = {}
    read = [(path, c) for path in paths for c in read_yaml(path, tuple[Correctie, ...])]
    for path, correctie in read:
        for taken in ((correctie.id,), *((soort, *correctie.cel) for soort in correctie.soorten)):
            if taken in seen:
                raise BestandError(
                    f"correctie {correctie.id} en {seen[taken]} gaan over hetzelfde; laat er een staan", waar=str(path)
                )
            seen[taken] = correctie.id
    return tuple(c for _, c in read)

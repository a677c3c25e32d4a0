"""Sector groups: one group, one card under `groepen/<id>.yaml`, with its list of SBI codes and where that comes from.

A group may cut through sections and may overlap another. `sbi2025` is there where the list can be said in SBI 2025 too;
without it the group has no figure for a year that is coded in SBI 2025 only.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen
from begrippen.lagen import fill, find_lagen
from begrippen.yamlbestand import read_lagen

GROEPEN = Path(__file__).parent / "groepen"

# A section (a letter) or the first digits of a code: '46' is every code of division 46.
SbiDeel = Annotated[str, Field(pattern=r"^([A-V]|[0-9]{2,5})$")]


class Groep(BaseModel):
    """A sector group. `bevestigd` False: the list is ours and nobody confirmed it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    sbi2008: tuple[SbiDeel, ...] = Field(min_length=1)
    sbi2025: tuple[SbiDeel, ...] = ()
    herkomst: str
    bevestigd: bool
    opmerking: str = ""

    def contains(self, sectie: str | None, sbi: str | None, *, sbi2025: bool = False) -> bool:
        """Whether a code belongs to the group: by its section, or because it begins with one of the listed codes."""
        return any(
            deel == sectie if deel.isalpha() else (sbi or "").startswith(deel)
            for deel in (self.sbi2025 if sbi2025 else self.sbi2008)
        )


@cache
def read_groepen(folder: Path = GROEPEN, gebied: Gebied | None = None) -> dict[str, Groep]:
    """Read all groups as a tenant has them, without one that of this process: id -> Groep, sorted by id.

    `register/groepen/` of the tenant holds the fields that differ. Raises BestandError naming file and field.
    """
    gebied = gebied or gekozen()
    groepen: dict[str, Groep] = {}
    for naam, paths in find_lagen((folder, gebied.register / "groepen"), "*.yaml").items():
        groep = read_lagen(paths, Groep, partial(fill, gebied=gebied, waar=paths[-1]))
        if groep.id != naam:
            raise BestandError(f"dit bestand hoort te heten als zijn id: {groep.id}.yaml", waar=str(paths[-1]))
        groepen[groep.id] = groep
    return groepen

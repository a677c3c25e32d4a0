"""Sector groups: one group, one card under `groepen/<id>.yaml`, with its list of SBI codes and where that comes from.

A group may cut through sections and may overlap another. `sbi2025` is there where the list can be said in SBI 2025 too;
without it the group has no figure for a year that is coded in SBI 2025 only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from begrippen.fout import MonitorError

GROEPEN = Path(__file__).parent / "groepen"

# A section (a letter) or the first digits of a code: '46' is every code of division 46.
SbiDeel = Annotated[str, Field(pattern=r"^([A-V]|[0-9]{2,5})$")]


class GroepError(MonitorError):
    """A sector group is wrong; the message names file and field."""

    code = "groep"


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
def read_groepen(folder: Path = GROEPEN) -> dict[str, Groep]:
    """Read all groups: id -> Groep, sorted by id. Raises GroepError naming file and field."""
    groepen: dict[str, Groep] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            groep = Groep.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            lines = [f"  {'.'.join(map(str, f['loc']))}: {f['msg']}" for f in error.errors()]
            raise GroepError(f"{path} klopt niet:\n" + "\n".join(lines)) from None
        except yaml.YAMLError as error:
            raise GroepError(f"{path} is geen geldige YAML: {error}") from None
        if groep.id != path.stem:
            raise GroepError(f"{path} hoort te heten als zijn id: {groep.id}.yaml")
        groepen[groep.id] = groep
    return groepen

"""A tenant of the monitor: a province, as its folder `gebied/<naam>/` describes it. No other file names a province.

Which tenant a process serves is one choice, MONITOR_GEBIED, made before anything is defined: assets, checks and cards
differ with it. Plain functions take a `Gebied` as argument; `gekozen` is for the edge.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from begrippen.fout import BestandError
from begrippen.plekken import geleverd
from begrippen.yamlbestand import read_toml

GEBIEDEN = geleverd("gebied")
BESTAND = "gebied.toml"
INSTELLING, STANDAARD = "MONITOR_GEBIED", "drenthe"


class Gebied(BaseModel):
    """A province as tenant. `naam` as in a sentence ('in Drenthe'), `bijvoeglijk` before a noun ('Drentse banen').

    `code` and `corop`: CBS codes, the COROP areas in the order in which the report names them; `buren`: the provinces
    that it is compared with. `map`: the folder that all else of the tenant stands in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    id: str
    naam: str
    bijvoeglijk: str
    code: str = Field(pattern=r"^PV\d\d$")
    corop: tuple[str, ...]
    buren: tuple[str, ...]
    omgeving: tuple[str, ...] = Field(
        default=(),
        description="gemeenten elders die ook worden opgehaald waar een tabel anders alleen de provincie geeft",
    )
    titel: str
    uitgever: str
    website: str = Field(pattern=r"^https://")
    overheid: str = Field(
        default="", pattern=r"^(https?://\S+)?$", description="de organisatie in het register van overheden"
    )
    plaats: str = Field(default="", pattern=r"^(https?://\S+)?$", description="het gebied als plaats, voor DCAT")
    tegels: tuple[tuple[str, ...], ...] = Field(
        default=(), description="de gemeenten als vakjes op hun plaats: rijen van codes, leeg waar niets ligt"
    )
    map: Path

    @property
    def delen(self) -> tuple[str, ...]:
        """The COROP areas where they divide the province; none where the one COROP area is the province itself."""
        return self.corop if len(self.corop) > 1 else ()

    @property
    def provincie(self) -> str:
        """The authority in a sentence: 'provincie Drenthe'."""
        return f"provincie {self.naam}"

    @property
    def webadres(self) -> str:
        """The website as people write it: 'www.provincie.drenthe.nl'."""
        return self.website.removeprefix("https://").rstrip("/")

    @property
    def edities(self) -> Path:
        """Where the editions of this tenant stand, a folder a year."""
        return self.map / "edities"

    @property
    def register(self) -> Path:
        """What is a tenant's own of its employment register: the folder is there where it has one."""
        return self.map / "register"

    @property
    def slug(self) -> str:
        """The report in a file name: 'stand-van-drenthe'."""
        return f"stand-van-{self.id}"


def namen() -> list[str]:
    """The tenants that have a folder."""
    return sorted(p.parent.name for p in GEBIEDEN.glob(f"*/{BESTAND}"))


def read_gebied(folder: Path) -> Gebied:
    """Read a tenant from its folder. Raises BestandError for a folder without, or with a wrong, `gebied.toml`."""
    path = folder / BESTAND
    if not path.is_file():
        raise BestandError(
            f"gebied {folder.name!r} bestaat niet; er zijn: {', '.join(namen())}",
            vervolg=f"Kies er een met {INSTELLING}, of maak een nieuw gebied: docs/ander-gebied.md",
        )
    return read_toml(path, Gebied, {"id": folder.name, "map": folder})


@cache
def gekozen() -> Gebied:
    """The tenant of this process: MONITOR_GEBIED (a folder under gebied/, or a path). Raises BestandError."""
    name = os.environ.get(INSTELLING, "").strip() or STANDAARD
    return read_gebied(Path(name) if os.sep in name else GEBIEDEN / name)

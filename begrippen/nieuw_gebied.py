"""A new tenant: the folder that `gebied/<naam>/` begins with, written from the list of provinces and regions.

What the list knows (name, adjective, codes, neighbours, website) is filled in; what only the province knows is left for
it to fill in, and said. A folder as it is written here is complete enough to build.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from begrippen.fout import MonitorError
from begrippen.gebied import BESTAND, Gebied, read_gebied
from begrippen.regio import GEGEVENS, read_leden

# folders that stand beside those of a tenant in what is kept and published
BEZET = frozenset(
    {"bouw", "cbs", "dagster", "edities", "momentopnamen", "opname", "pogingen", "soortgenoten", "vertrouwelijk"}
    | {"voorbeeld", "actueel"}
)


@dataclass(frozen=True)
class Provincie:
    """A row of the list of provinces: what is known of each without asking."""

    code: str
    id: str
    naam: str
    bijvoeglijk: str
    buren: tuple[str, ...]
    website: str


def read_provincies() -> dict[str, Provincie]:
    """Read the twelve provinces: code -> Provincie."""
    with (GEGEVENS / "provincie.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {r["code"]: Provincie(**(r | {"buren": tuple(r["buren"].split())})) for r in rows}


def _corop(code: str) -> tuple[str, ...]:
    leden = read_leden()
    now = leden[(leden["regio"] == code) & leden["geldig_tot"].isna() & leden["lid"].str.startswith("CR")]
    return tuple(sorted(now["lid"]))


def _listed(codes: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{c}"' for c in codes) + "]"


def _gebied_toml(p: Provincie) -> str:
    return f"""# Wie dit gebied is. Uitleg van elke regel: docs/ander-gebied.md, stap 2.
naam = "{p.naam}"
bijvoeglijk = "{p.bijvoeglijk}"
code = "{p.code}"
corop = {_listed(_corop(p.code))}
buren = {_listed(p.buren)}
titel = "Stand van de {p.bijvoeglijk} economie"
uitgever = "Provincie {p.naam}"
website = "{p.website}"
overheid = "https://identifier.overheid.nl/tooi/id/provincie/{p.code.lower()}"
"""


def _editie_toml(p: Provincie, jaar: int) -> str:
    return f"""# Editie {jaar} van Stand van de {p.bijvoeglijk} economie. Uitleg van elke regel: docs/editie.md, stap 1.
jaar = {jaar}
staat = "concept"
indicatoren = []              # leeg: alle indicatoren
namen_met_cijfer = []         # namen met een cijfer die teksten mogen gebruiken, naast de vaste lijst

[venster]
van = {jaar - 8}
tot = {jaar - 1}

[regios]
indeling = {jaar}
samengesteld = []             # codes uit regio.csv van dit gebied, als het die heeft
"""


def find_provincie(code: str) -> Provincie:
    """Give the province of a code. Raises MonitorError naming the twelve for another code."""
    provincies = read_provincies()
    if code not in provincies:
        listed = ", ".join(f"{p.code} {p.naam}" for p in provincies.values())
        raise MonitorError(f"{code} is geen code van een provincie; kies uit {listed}")
    return provincies[code]


def make_gebied(root: Path, naam: str, code: str, jaar: int) -> tuple[Gebied, list[Path]]:
    """Write the folder `root/<naam>` of a new tenant with an edition of `jaar`; give the tenant and what was written.

    Raises MonitorError for a name that can be no folder of a tenant, one that is there, and a code that is no province
    or that another folder in `root` has; nothing is written then.
    """
    provincie = find_provincie(code)
    if not re.fullmatch(r"[a-z][a-z-]*[a-z]", naam):
        raise MonitorError(f"{naam!r} kan niet; een gebied heet met kleine letters en streepjes, zoals {provincie.id}")
    if naam in BEZET:
        raise MonitorError(f"{naam!r} is al de naam van iets anders in opslag of uitvoer; neem {provincie.id}")
    folder = root / naam
    if folder.exists():
        raise MonitorError(f"{folder} is er al; een gebied wordt niet overschreven")
    for other in root.glob(f"*/{BESTAND}"):
        if read_gebied(other.parent).code == code:
            raise MonitorError(f"{code} is al het gebied in {other.parent}")
    written = {
        folder / BESTAND: _gebied_toml(provincie),
        folder / "edities" / str(jaar) / "editie.toml": _editie_toml(provincie, jaar),
    }
    for path, text in written.items():
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return read_gebied(folder), list(written)

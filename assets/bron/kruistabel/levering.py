"""A table downloaded from StatLine as a delivery: the frame that every delivered file becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.lezen import Tabel, read_statline
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import Vel, VelError, visible_vel
from begrippen.regionaam import fold

if TYPE_CHECKING:
    import pandas as pd

# StatLine puts the moment of the download behind the name of the file: day, month, year, and time
_MOMENT = re.compile(r"_(?P<dag>[0-3]\d)(?P<maand>[01]\d)(?P<jaar>20\d\d)(_\d{6})?$", re.ASCII)


def strip_moment(bestand: str) -> str:
    """Give the name of a file without its suffix and the moment that StatLine puts behind it."""
    return _MOMENT.sub("", Path(bestand).stem)


def read_moment(bestand: str) -> str:
    """Give the day of the download that stands in the name of a file, as jjjj-mm-dd; '' without."""
    match = _MOMENT.search(Path(bestand).stem)
    return f"{match['jaar']}-{match['maand']}-{match['dag']}" if match else ""


def choose_vel(vellen: Sequence[Vel], bestand: str, blad: str = "") -> Vel:
    """Give the sheet with the table: the one that the mapping names, and else the only one. Raises VelError."""
    if not blad:
        return visible_vel(vellen, bestand)
    found = [v for v in vellen if fold(v.naam) == fold(blad)]
    if not found or found[0].verborgen or not found[0].regels:
        there = ", ".join(f"'{v.naam}'" for v in vellen)
        raise VelError(f"{bestand}: blad '{blad}' is er niet, is leeg of is verborgen; er zijn: {there}")
    return found[0]


def read_kruistabel(path: Path, mapping: Aanlevering) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read a file as the cells of a delivery, and code -> label of its regions and periods. Raises VelError.

    The columns are those of the template (`waarde` is a float or NaN), `leeg`, `regel`, `plaats`: the sheet, line and
    column that the figure stands in, and `bestand`: the name of the kept file with that place.
    """
    blad = mapping.statline.blad if mapping.statline else ""
    vel = choose_vel(read_vellen(path, mapping.scheiding, mapping.codering), path.name, blad)
    table = read_statline(vel, mapping)
    return make_frame(table, vel, mapping), table.titels


def make_frame(table: Tabel, vel: Vel, mapping: Aanlevering) -> pd.DataFrame:
    """Make the frame of a table that was read from a sheet, as `read_kruistabel` gives it."""
    import pandas as pd

    cells = pd.DataFrame(table.cellen).drop(columns="kolom")
    cells["waarde"] = cells["waarde"].astype(float)
    cells["bron"] = mapping.vast.get("bron") or f"CBS StatLine, {table.titel or mapping.titel}"
    cells["peildatum"] = mapping.vast.get("peildatum") or table.peildatum or read_moment(vel.bestand)
    cells["plaats"] = [vel.plaats(c.regel, c.kolom) for c in table.cellen]
    cells["bestand"] = [f"{vel.bestand}.gz, {plaats}" for plaats in cells["plaats"]]
    zero = [naam for naam, o in mapping.onderwerpen.items() if o.nul_is_leeg]
    blank = cells["indicator"].isin(zero) & cells["waarde"].eq(0)
    cells["leeg"] = pd.Series([c.leeg for c in table.cellen], index=cells.index, dtype=object)
    cells.loc[blank, "leeg"] = "nul"
    cells.loc[blank, "waarde"] = float("nan")
    return cells

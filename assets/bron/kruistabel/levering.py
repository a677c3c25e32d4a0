"""A table downloaded from StatLine as a delivery: the frame that every delivered file becomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.lezen import read_statline
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import visible_vel

if TYPE_CHECKING:
    import pandas as pd


def read_kruistabel(path: Path, mapping: Aanlevering) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read a file as the cells of a delivery, and code -> label of its regions and periods. Raises VelError.

    The columns are those of the template (`waarde` is a float or NaN), `leeg`, `regel`, and `bestand`: the name of the
    kept file with the sheet, line and column that the figure stands in.
    """
    import pandas as pd

    vel = visible_vel(read_vellen(path, mapping.scheiding, mapping.codering), path.name)
    table = read_statline(vel, mapping)
    cells = pd.DataFrame(table.cellen).drop(columns="kolom")
    cells["waarde"] = cells["waarde"].astype(float)
    cells["bron"] = mapping.vast.get("bron") or f"CBS StatLine, {table.titel or mapping.titel}"
    cells["peildatum"] = mapping.vast.get("peildatum") or table.peildatum
    kept = f"{path.name}.gz"
    cells["bestand"] = [vel.plek(c.regel, c.kolom).replace(path.name, kept, 1) for c in table.cellen]
    zero = [naam for naam, o in mapping.onderwerpen.items() if o.nul_is_leeg]
    blank = cells["indicator"].isin(zero) & cells["waarde"].eq(0)
    cells["leeg"] = cells["leeg"].astype(object)
    cells.loc[blank, "leeg"] = "nul"
    cells.loc[blank, "waarde"] = float("nan")
    return cells, table.titels

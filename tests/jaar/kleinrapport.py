"""The report of the year: two small pages with every figure of a build, in the place of the large one.

Dagster reads the annotations of an asset as they are: they can not be texts here.
"""

from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from assets.bouw.bouwen import DATABASE
from assets.bouw.losse_stap import find_built
from assets.keten import Editiekeuze, Plek
from assets.rapport.assets import read_gekozen_editie


def write_klein(database: Path, folder: Path, *_: Any, tussenstand: str = "", **__: Any) -> Path:
    """Write `folder/rapport` and `folder/stukken` as `write_rapport` does, small; the path of the title page."""
    with duckdb.connect(str(database), read_only=True) as db:
        rows = db.execute(
            "SELECT indicator, regio, periode, waarde FROM monitor.indicatorwaarde ORDER BY ALL"
        ).fetchall()
    (folder / "rapport" / "data").mkdir(parents=True, exist_ok=True)
    (folder / "stukken").mkdir(exist_ok=True)
    lines = [";".join(map(str, row)) for row in rows]
    (folder / "rapport" / "data" / "cijfers.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "stukken" / "leesbaarheid.csv").write_text("bladzijde;niveau\n", encoding="utf-8")
    index = folder / "rapport" / "index.html"
    index.write_text(f"<html><p>{tussenstand}</p><p>{len(rows)} cijfers</p></html>", encoding="utf-8")
    return index


@dg.asset(
    key=["rapport", "html"],
    group_name="rapport",
    deps=[dg.AssetKey(["kern", "waarneming"]), dg.AssetKey(["monitor", "indicatorwaarde"])],
)
def rapport(
    context: dg.AssetExecutionContext, plek: dg.ResourceParam[Plek], editie: dg.ResourceParam[Editiekeuze]
) -> None:
    """Write the report beside the database of the same build."""
    folder = find_built(plek, context.run.run_id)
    _, tussenstand = read_gekozen_editie(plek, editie)
    write_klein(folder / DATABASE, folder, tussenstand=tussenstand)

"""How the pages of policy come to look: made again from what lies in the edition, beside the figures as published.

Nothing is fetched or built: only the tables of schema `beleid` are made anew, on a copy of what was published.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from assets.beleid.tabellen import Beleidsinvoer, invoertabellen
from assets.bouw.bouwen import DATABASE
from assets.bouw.tabellen import all_tabellen
from assets.gesloten import lay_table, open_gesloten
from assets.rapport.tekstvoorbeeld import VoorbeeldError
from assets.tabel import arrow_schema
from assets.vragen.rapport import read_rapport
from begrippen.gebied import gekozen
from begrippen.rekenregels import REKENREGELS
from reports.analyse import Analyses
from reports.document import Document
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.html import write_html
from reports.samenstelling import make_beleidsbladen

_LINK = re.compile(r"(<a (?:[^>]*? )?href=\")([^\"#:]+)((?:#[^\"]*)?\")")


def lay_beleid(db: duckdb.DuckDBPyConnection, invoer: Beleidsinvoer) -> None:
    """Make the tables of schema `beleid` anew in a copy of a built database that is not named `monitor`.

    The effect of projects stays as it was published where `invoer` has none.
    """
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
    main = [n for (n,) in db.execute(query).fetchall()]
    db.execute("CREATE SCHEMA monitor; CREATE SCHEMA invoer")
    for naam in main:
        db.execute(f'CREATE VIEW monitor."{naam}" AS FROM main."{naam}"')
    for naam, source in (("kaart", "indicator"), ("editie", "bouw")):
        db.execute(f"CREATE VIEW invoer.{naam} AS FROM main.{source}")
    db.execute("CREATE TABLE invoer.gebied AS SELECT ? AS code", [gekozen().code])
    lay_table(db, "invoer.rekenregel", pa.Table.from_pylist([REKENREGELS.row()]))
    for naam, (tabel, rows_of) in invoertabellen().items():
        lay_table(db, f"invoer.{naam}", pa.Table.from_pylist(list(rows_of(invoer)), schema=arrow_schema(tabel)))
    for tabel in all_tabellen():
        if tabel.naam.startswith("beleid.") and (invoer.effecten or tabel.naam != "beleid.effect"):
            tabel.create(db)
    # a reader finds the tables of `monitor` in the main schema, as in what was built
    db.execute("DROP SCHEMA monitor CASCADE; DROP SCHEMA invoer CASCADE")


def write_beleidsvoorbeeld(actueel: Path, invoer: Beleidsinvoer, naar: Path) -> list[Path]:
    """Write the pages of policy in `naar`, beside what is published in `actueel`; returns their files.

    What they link to besides each other is the page as it was published. Raises VoorbeeldError.
    """
    if not (actueel / DATABASE).is_file():
        raise VoorbeeldError(
            "er is nog niets gepubliceerd om het beleid naast te leggen", waar=str(actueel), vervolg="monitor run"
        )
    with TemporaryDirectory(prefix="beleid-") as folder:
        copy = Path(folder) / "proef.duckdb"
        shutil.copyfile(actueel / DATABASE, copy)
        with open_gesloten(copy.parent, database=copy) as db:
            lay_beleid(db, invoer)
        rapport = read_rapport(copy, cellen=False)
    bladen = make_beleidsbladen(Schrijftafel(rapport, Analyses()))
    if len(bladen) < 2:
        raise VoorbeeldError(f"editie {invoer.editie} heeft geen beleid", vervolg="Uitleg: docs/beleid.md")
    document = Document(
        titel=rapport.titel,
        ondertitel="Beleid bij de cijfers",
        editie=invoer.editie,
        datum=rapport.datum,
        bladen=bladen,
        concept=True,
        melding="Voorbeeld van de bladen over het beleid: nog niet gepubliceerd.",
        uitgever=rapport.gebied.uitgever,
    )
    write_html(document, naar)
    made = [naar / f"{b.id}.html" for b in bladen]
    here = {p.name for p in made}
    there = Path(os.path.relpath(actueel / "rapport", naar)).as_posix()
    for page in made:
        text = page.read_text(encoding="utf-8")
        page.write_text(_LINK.sub(lambda m: _back(m, here, there), text), encoding="utf-8")
    return made


def _back(link: re.Match[str], here: Iterable[str], there: str) -> str:
    target = link[2] if link[2] in here else posixpath.normpath(posixpath.join(there, link[2]))
    return f"{link[1]}{target}{link[3]}"

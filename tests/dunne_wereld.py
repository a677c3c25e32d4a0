"""The sample with fewer regions: all sources, topics, years and cards, and the regions that a query tells apart."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from assets.bouw import assets as bouwstap
from assets.bouw.bouwen import Bouwinvoer
from assets.bron.momentopname import Momentopname, hash_file
from begrippen.gebied import gekozen
from begrippen.regio import read_leden, vraag
from tests.conftest import run_keten

# of the municipalities and COROP areas elsewhere one in so many
ELDERS = 20


class KlaarError(Exception):
    """What was asked is there."""


def ask_invoer(folder: Path, registerkluis: Path | None = None) -> Bouwinvoer:
    """What the sample is built from, kept below `folder`; what a run does after that is not done.

    Without `registerkluis` nothing of the register is in it.
    """
    asked: list[Bouwinvoer] = []
    register = {"registerkluis": registerkluis} if registerkluis else {"met_register": False}

    def stop(invoer: Bouwinvoer, *_: object, **__: object) -> None:
        asked.append(invoer)
        raise KlaarError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwstap, "build_database", stop)
        made = run_keten(folder, bron="voorbeeld", **register)
    assert asked, made.text
    return asked[0]


def near() -> set[str]:
    """The regions of the tenant, and all members of every region that one of them lies in."""
    own = {code for codes in vraag(gekozen()).values() for code in codes}
    leden = read_leden()
    above = leden["regio"].isin(leden.loc[leden["lid"].isin(own), "regio"])
    return own | set(leden.loc[above, "lid"])


def thin(invoer: Bouwinvoer, folder: Path, elders: int = ELDERS) -> Bouwinvoer:
    """Give the same input with answers below `folder` that have fewer regions: of those elsewhere one in `elders`."""
    listed = ", ".join(f"'{code}'" for code in sorted(near()))
    # a cell without a region is of the whole country
    kept = f"left(regio, 2) NOT IN ('GM', 'CR') OR regio IN ({listed}) OR hash(regio) % {elders} = 0 OR regio IS NULL"

    def fewer(m: Momentopname) -> Momentopname:
        copy = folder / m.bron / m.tabel / m.id
        shutil.copytree(m.folder, copy, ignore=shutil.ignore_patterns("paginas", "meta"))
        cells = copy / "waarnemingen.parquet"
        duckdb.execute(f"COPY (FROM '{m.folder / cells.name}' WHERE {kept}) TO '{cells}' (FORMAT parquet)")
        return replace(m, folder=copy, eigenschappen=m.eigenschappen | {"sha256": hash_file(cells)})

    return replace(
        invoer,
        momentopnamen=tuple(map(fewer, invoer.momentopnamen)),
        eerdere=tuple(map(fewer, invoer.eerdere)),
    )

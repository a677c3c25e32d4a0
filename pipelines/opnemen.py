"""`monitor bron opnemen`: what a source answers, stored to send to somebody or to replay."""

from __future__ import annotations

from pathlib import Path

import click

from assets.bron.bronlijst import read_tabellen
from assets.bron.opnemen import Opgenomen, record
from begrippen.gebied import gekozen
from begrippen.regio import vraag
from pipelines import instellingen, klok
from pipelines.resources import Ketenbron


def record_answers(bron: str, naar: Path, tabellen: tuple[str, ...]) -> bool:
    """Record tables (none named: all of the source list) below `naar`, and say what came of each.

    True when all of them can be replayed. Raises InstellingError for a table that is not in the list.
    """
    known = read_tabellen()
    if unknown := [t for t in tabellen if t not in known]:
        raise instellingen.InstellingError(
            f"tabel {unknown[0]} staat niet in de bronlijst; bekend zijn: {', '.join(known)}"
        )
    wanted = [t for t in known.values() if not tabellen or t.id in tabellen]
    naar.mkdir(parents=True, exist_ok=True)
    regios = frozenset(code for codes in vraag(gekozen()).values() for code in codes)

    def report(opgenomen: Opgenomen) -> None:
        click.echo(f"  {opgenomen.regel}")

    click.echo(f"Opnemen van {len(wanted)} {'tabel' if len(wanted) == 1 else 'tabellen'} in {naar}")
    with Ketenbron.van(instellingen.read(), bron=bron).open_adressen() as adressen:
        found = record(wanted, adressen, naar, regios, klok.now(), report=report)
    good = sum(o.gelukt for o in found)
    click.echo(f"{good} van {len(found)} opgenomen. Speel ze af met: monitor run --bron opname:{naar}")
    return good == len(found)

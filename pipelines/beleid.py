"""The commands `monitor beleid ...`: what a province wrote down beside its figures."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from begrippen.gebied import gekozen
from pipelines import instellingen
from pipelines.edities import show_editie
from pipelines.nederlands import DONE, REFUSED, Group


@click.group(cls=Group)
def beleid() -> None:
    """Het beleid bij de cijfers: resultaten, geld, instrumenten en signalen."""


@beleid.command()
@click.option(
    "--editie",
    "jaar",
    type=int,
    default=instellingen.EDITIE,
    show_default=True,
    metavar="JAAR",
    callback=show_editie,
    help="De editie.",
)
def controleer(jaar: int) -> NoReturn:
    """Lees het beleid van een editie en die daarvoor, en toon alle fouten in een keer.

    Afsluitcode 0: geen fouten; 1: een totaal klopt niet met zijn posten; 2: een fout, met bestand, regel, veld en wat
    er mag.
    """
    from assets.beleid.lezen import MAP, read_edities
    from assets.bouw.bedragcontrole import describe, find_verschillen

    edities = instellingen.edities()
    mappen = read_edities(edities, jaar)
    if not mappen:
        click.echo(f"{gekozen().naam} heeft geen beleid bij de cijfers: {edities / str(jaar) / MAP} is er niet.")
        click.echo("Zo begint u: docs/beleid.md")
    verschillen = find_verschillen(mappen)
    for m in mappen:
        wrong = [describe(v) for v in verschillen if v["editie"] == m.editie]
        click.echo(f"Editie {m.editie}, {m.indeling.naam}: {'de totalen kloppen niet' if wrong else 'in orde'}")
        counted = {"opgaven.yaml": len(m.opgaven.inzetlijnen), "instrumenten.yaml": len(m.instrumenten)}
        counted |= {file: len(rows) for file, rows in m.rijen.items()}
        names = {"opgaven.yaml": "inzetlijnen", "instrumenten.yaml": "instrumenten"}
        for file, number in counted.items():
            if number:
                click.echo(f"  {file:<18} {number:>4} {names.get(file, 'rijen')}")
        for what in wrong:
            click.echo(f"  {what}")
    if verschillen:
        click.echo("Scheelt het stuk dat zelf, zet het dan bij dat totaal in verschil, met de reden in opmerking.")
    sys.exit(REFUSED if verschillen else DONE)

"""The commands `monitor beleid ...`: what a province wrote down beside its figures."""

from __future__ import annotations

import click

from begrippen.gebied import gekozen
from pipelines import instellingen
from pipelines.edities import show_editie
from pipelines.nederlands import Group


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
def controleer(jaar: int) -> None:
    """Lees het beleid van een editie en die daarvoor, en toon alle fouten in een keer.

    Afsluitcode 0: geen fouten; 2: fouten, met bestand, regel, veld en wat er mag.
    """
    from assets.beleid.lezen import MAP, read_beleidsmappen
    from assets.indicatoren.kaart import read_kaarten
    from begrippen.regio import known_codes

    edities = instellingen.edities()
    mappen = read_beleidsmappen(edities, jaar, gekozen(), read_kaarten(), known_codes())
    if not mappen:
        click.echo(f"{gekozen().naam} heeft geen beleid bij de cijfers: {edities / str(jaar) / MAP} is er niet.")
        click.echo("Zo begint u: docs/beleid.md")
    for m in mappen:
        click.echo(f"Editie {m.editie}, {m.indeling.naam}: in orde")
        counted = {"opgaven.yaml": len(m.opgaven.inzetlijnen), "instrumenten.yaml": len(m.instrumenten)}
        counted |= {file: len(rows) for file, rows in m.rijen.items()}
        names = {"opgaven.yaml": "inzetlijnen", "instrumenten.yaml": "instrumenten"}
        for file, number in counted.items():
            if number:
                click.echo(f"  {file:<18} {number:>4} {names.get(file, 'rijen')}")

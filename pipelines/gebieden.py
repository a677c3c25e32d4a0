"""The commands `monitor gebied ...`: the tenants of this house, and a new one."""

from __future__ import annotations

import click

from begrippen.gebied import GEBIEDEN, INSTELLING, gekozen, namen, read_gebied
from pipelines import instellingen
from pipelines.nederlands import Group
from pipelines.tonen import kies_json, tell

NOG_TE_DOEN = (
    ("gebied.toml", "titel, uitgever en website nakijken; met `plaats` het gebied als plaats voor catalogi"),
    ("regio.csv, regio_lid.csv", "eigen samengestelde regio's, als u die volgt"),
    ("beleid.yaml", "de opgaven van de provincie en de gewenste kant van indicatoren; zonder: geen opgaven"),
    ("kaarten/", "wat op een kaart anders is dan in het land"),
    ("edities/{jaar}/teksten/", "de teksten van de redactie; zonder: alleen cijfers"),
    ("register/", "het eigen werkgelegenheidsregister (docs/register.md); zonder: n.b."),
)


@click.group(cls=Group)
def gebied() -> None:
    """De gebieden waarvoor deze monitor draait; een gebied is een map."""


@gebied.command()
@kies_json
def lijst(as_json: bool) -> None:
    """Toon de gebieden die er zijn."""
    found = [
        {"id": naam, "titel": read_gebied(GEBIEDEN / naam).titel, "gekozen": naam == gekozen().id} for naam in namen()
    ]
    lines = [f"{g['id']:<16} {g['titel']}{'  (gekozen)' if g['gekozen'] else ''}" for g in found]
    tell(found, lambda: "\n".join(lines), as_json=as_json)


@gebied.command()
@click.argument("naam", metavar="NAAM")
@click.option("--code", required=True, metavar="CODE", help="Code van de provincie bij het CBS, zoals PV21.")
@click.option(
    "--editie", "jaar", type=click.IntRange(2010, 2100), default=instellingen.EDITIE, show_default=True, metavar="JAAR"
)
def nieuw(naam: str, code: str, jaar: int) -> None:
    """Maak de map van een nieuw gebied, met alles wat over de provincie bekend is.

    NAAM is de naam van de map: kleine letters en streepjes, zoals fryslan.
    """
    from begrippen.nieuw_gebied import make_gebied

    made, written = make_gebied(GEBIEDEN, naam, code, jaar)
    click.echo(f"{made.naam} ({made.code}), {len(made.corop)} COROP-gebieden. Geschreven:")
    for path in written:
        click.echo(f"  {path.relative_to(GEBIEDEN.parent)}")
    click.echo(f"Nu al te maken, op voorbeeldcijfers:\n  {INSTELLING}={made.id} make monitor")
    click.echo(f"Wat u zelf nog kunt invullen, in gebied/{made.id}/:")
    for file, what in NOG_TE_DOEN:
        click.echo(f"  {file.format(jaar=jaar):<26} {what}")
    click.echo("Stap voor stap: docs/ander-gebied.md")

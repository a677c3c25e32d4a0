"""The commands `monitor aanlevering ...`: look at a delivered file before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from begrippen.fout import BestandError
from begrippen.gebied import gekozen
from pipelines import instellingen
from pipelines.nederlands import Group
from pipelines.tonen import kies_json, tell

if TYPE_CHECKING:
    import pandas as pd

# of the figures that were read so many are shown, so that a person can lay them beside the file
_GETOOND = 8
_BESTAND = click.argument("bestand", type=click.Path(path_type=Path), metavar="BESTAND")


@click.group(cls=Group)
def aanlevering() -> None:
    """Bestanden die iemand aanlevert: bekijken voordat ze worden ingenomen."""


def _present(bestand: Path) -> Path:
    if not bestand.is_file():
        raise instellingen.InstellingError(f"{bestand}: dat bestand is er niet; geef een bestand dat er is")
    return bestand


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def show_cellen(cellen: pd.DataFrame) -> str:
    """Write what was read from a file: how much, and the first figures with their place."""
    counts = (
        _count(cellen["indicator"].nunique(), "onderwerp", "onderwerpen"),
        _count(cellen["regiocode"].nunique(), "regio", "regio's"),
        _count(cellen["periode"].nunique(), "periode", "perioden"),
    )
    cells, empty = _count(len(cellen), "vakje", "vakjes"), int(cellen["waarde"].isna().sum())
    lines = [f"Gelezen: {cells}, waarvan {empty} zonder cijfer; {', '.join(counts)}. De eerste:"]
    for row in cellen.head(_GETOOND).to_dict("records"):
        value = "geen cijfer" if row["waarde"] != row["waarde"] else f"{row['waarde']:.10g}".replace(".", ",")
        labels = f"{row['indicator']:<28} {row['regiocode']:<7} {row['periode']}"
        lines.append(f"  {labels} {value:>14}  {row['status']:<15} {row['plaats']}")
    return "\n".join(lines)


@aanlevering.command()
@_BESTAND
@click.option("--naar", type=click.Path(path_type=Path), metavar="MAP", help="De map waar de mapping komt.")
@click.option("--id", "naam", metavar="NAAM", default="", help="De naam van de mapping; anders die van de tabel.")
@click.option("--blad", metavar="NAAM", default="", help="Het blad met de tabel, in een werkboek met meer bladen.")
def voorstel(bestand: Path, naar: Path | None, naam: str, blad: str) -> None:
    """Schrijf een mapping voor een tabel die van StatLine is gedownload, om na te kijken.

    Zonder MAP komt de mapping in `aanleveringen/` in de map van het gebied. Er wordt nog niets mee gelezen: dat gebeurt
    pas als u haar hebt nagekeken en de datum daarvan hebt ingevuld.
    """
    from assets.bron.bronlijst import AANLEVERINGEN, read_aanleveringen
    from assets.bron.kruistabel.levering import choose_vel, make_frame
    from assets.bron.kruistabel.voorstel import make_voorstel
    from assets.bron.vellen.lezen import read_vellen

    vel = choose_vel(read_vellen(_present(bestand)), bestand.name, blad)
    made = make_voorstel(vel, naam, read_aanleveringen(), blad)
    target = (naar or gekozen().map / AANLEVERINGEN.name) / f"{made.mapping.id}.yaml"
    if target.exists():
        again = f"Kies een andere naam: monitor aanlevering voorstel {bestand} --id NAAM"
        raise BestandError("deze mapping is er al, en blijft zoals zij is", waar=str(target), vervolg=again)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(made.tekst, encoding="utf-8")
    here = Path.cwd()
    click.echo(f"Geschreven: {target.relative_to(here) if target.is_relative_to(here) else target}")
    if made.tabel:
        click.echo(show_cellen(make_frame(made.tabel, vel, made.mapping)))
    else:
        click.echo(f"Nog niet te lezen: {made.nog}")
    click.echo(
        "Kijk nu die mapping na: elke regel onder 'nakijken' is een gok, en bij 'invullen' ontbreekt iets. Vul dan "
        f"`nagekeken` in, en draai:\n  monitor aanlevering bekijk {bestand}"
    )


@aanlevering.command()
@_BESTAND
@kies_json
def bekijk(bestand: Path, as_json: bool) -> None:
    """Toon wat er van een bestand wordt gelezen, zonder het in te nemen."""
    from assets.bron.aanlevering import find_mapping
    from assets.bron.aanlevering_lezen import read_delivery
    from assets.bron.bronlijst import read_aanleveringen
    from begrippen.regio import known_codes

    path = _present(bestand)
    mapping = find_mapping(path, read_aanleveringen())
    if mapping is None:
        raise BestandError(
            "geen mapping leest een bestand met deze naam",
            waar=path.name,
            vervolg=f"Is het een tabel van StatLine: monitor aanlevering voorstel {bestand}. Anders: "
            "docs/kaart-toevoegen.md, stap 5",
        )
    cellen = read_delivery([path], mapping, known_codes()).cellen
    head, then = f"Mapping: {mapping.id} ({mapping.titel})", f"Innemen: monitor run --aanlevering {path.parent}"
    rows = cellen.to_dict("records") if as_json else []
    fields = {"mapping": mapping.id, "titel": mapping.titel, "cellen": rows}
    tell(fields, lambda: "\n".join([head, show_cellen(cellen), then]), as_json=as_json)

"""The commands about editions: `monitor editie ...`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import click

from begrippen.gebied import gekozen
from begrippen.lijsten import Bronsoort
from pipelines import instellingen, klok
from pipelines.nederlands import DONE, REFUSED, Group
from pipelines.tonen import kies_json, tell

_Command = TypeVar("_Command", bound=Callable[..., Any])


def show_editie(_: click.Context, __: click.Parameter, jaar: int) -> int:
    """Take the year of an edition from the line. Raises InstellingError for what can be none."""
    if not 2010 <= jaar <= 2100:
        raise instellingen.InstellingError(
            f"{jaar} is geen jaar van een editie", vervolg=f"Noem er een, bijvoorbeeld {instellingen.EDITIE}"
        )
    return jaar


def kies_editie(command: _Command) -> _Command:
    """The option that says of which edition, by its year."""
    return click.option(
        "--editie",
        "jaar",
        type=int,
        default=instellingen.EDITIE,
        show_default=True,
        metavar="JAAR",
        callback=show_editie,
        help="De editie.",
    )(command)


def kies_bron(command: _Command) -> _Command:
    """The option that says of which figures."""
    return cast("_Command", instellingen.bron_option("Welke cijfers: voorbeeld, cbs of opname")(command))


def kies_uit(command: _Command) -> _Command:
    """The option that says where was published."""
    return click.option(
        "--uit", type=click.Path(path_type=Path), metavar="MAP", help="Waar gepubliceerd is, als dat ergens anders is."
    )(command)


def kies_soort(bron: str) -> Bronsoort:
    """The kind of source; of a replay the folder does not matter here."""
    return "opname" if bron.partition(":")[0] == "opname" else instellingen.parse_bron(bron).soort


@click.group(cls=Group)
def editie() -> None:
    """Edities verzegelen, herbouwen en vergelijken."""


@editie.command()
@kies_bron
@kies_json
def lijst(bron: str, as_json: bool) -> None:
    """Toon de verzegelde edities en wat er in edities/ staat."""
    from assets.bouw.zegel import list_zegels
    from assets.rapport.editie import list_jaren, read_editie

    soort, top = kies_soort(bron), instellingen.edities()
    found = {
        "soort": soort,
        "verzegeld": list_zegels(instellingen.opslag(), soort),
        "beschreven": [
            {
                **{"jaar": jaar, "staat": e.editie.staat, "embargo": e.editie.embargo},
                **{"teksten": len(e.teksten), "rectificaties": len(e.rectificaties)},
            }
            for jaar in list_jaren(top)
            for e in [read_editie(top, jaar)]
        ],
    }
    tell(found, lambda: _show_lijst(found), as_json=as_json)


def _show_lijst(found: dict[str, Any]) -> str:
    soort, zegels = found["soort"], found["verzegeld"]
    lines = [f"Verzegeld ({soort}):" if zegels else f"Nog geen editie verzegeld ({soort})."]
    lines += [f"  {z.jaar}, versie {z.versie}: {z.pad}" for z in zegels]
    lines.append("Beschreven in edities/:")
    for e in found["beschreven"]:
        embargo = f", embargo tot {e['embargo']:%d-%m-%Y %H.%M}" if e["embargo"] else ""
        lines.append(
            f"  {e['jaar']}: {e['staat']}{embargo}, {e['teksten']} teksten, {e['rectificaties']} rectificaties"
        )
    return "\n".join(lines)


@editie.command("open")
@click.argument("jaar", type=int, callback=show_editie, metavar="JAAR")
def open_(jaar: int) -> None:
    """Open editie JAAR: een map met de beschrijving van de vorige editie, zonder haar datums.

    Wat is gepubliceerd, verandert niet (docs/editie-openen.md).
    """
    from assets.rapport.openen import open_editie

    path, vorige = open_editie(instellingen.edities(), jaar)
    click.echo(f"Geopend: editie {jaar}, naar die van {vorige}")
    click.echo(f"  beschrijving  {path}")
    click.echo("Vul embargo, peildatum en de dagen van de cyclus in zodra zij bekend zijn (docs/editie-openen.md).")
    click.echo(f"Bekijk haar met: monitor run --bron voorbeeld --editie {jaar}")


@editie.command()
@click.argument("jaar", type=int, callback=show_editie, metavar="JAAR")
@kies_bron
@kies_uit
def bevries(jaar: int, bron: str, uit: Path | None) -> None:
    """Verzegel de gepubliceerde bouw als editie JAAR, in een archief in opslag/edities.

    Daarna verandert zij niet meer stil: een fout wordt een rectificatie, met een eigen versie (docs/editie.md).
    """
    from assets.rapport.bevriezen import freeze, freeze_toml
    from assets.rapport.editie import BESTAND, read_editie

    soort = kies_soort(bron)
    gepubliceerd = instellingen.uitvoer(soort, uit) / "actueel"
    editiemap = read_editie(instellingen.edities(), jaar)
    archief, manifest = freeze(
        gepubliceerd.resolve(), instellingen.opslag(), editiemap, lock=instellingen.LOCK, now=klok.now()
    )
    click.echo(f"Verzegeld: editie {jaar}, versie {manifest.versie}, van bouw {manifest.bouw} ({soort})")
    click.echo(
        f"  archief       {archief} ({archief.stat().st_size / 1e6:.1f} MB, {len(manifest.bestanden)} bestanden)"
    )
    click.echo(f"  controlegetal {archief.with_suffix('.zip.sha256')}")
    if soort == "cbs" and editiemap.map is not None:
        toml = editiemap.map / BESTAND
        toml.write_text(freeze_toml(toml.read_text(encoding="utf-8-sig")), encoding="utf-8")
        click.echo(f"  staat         {toml} zegt nu bevroren; leg dat vast met git, samen met het controlegetal")
    click.echo(f"Controleer met: monitor editie herbouw {archief}")


@editie.command()
@click.argument("archief", type=click.Path(path_type=Path), metavar="ARCHIEF")
@click.option("--uit", type=click.Path(path_type=Path), metavar="MAP", help="Zet de documenten in deze nieuwe map.")
def herbouw(archief: Path, uit: Path | None) -> NoReturn:
    """Maak de documenten van een verzegelde editie opnieuw uit haar archief, en vergelijk ze tot op de byte.

    Afsluitcode 0: gelijk; 1: een bestand verschilt, of het archief is beschadigd. Welk, wordt genoemd.
    """
    from tempfile import TemporaryDirectory

    from assets.rapport.bevriezen import rebuild

    with TemporaryDirectory(prefix="herbouw-") as name:
        gemaakt = rebuild(archief, uit or Path(name) / "uit", instellingen.LOCK, instellingen.code_versie())
    m = gemaakt.manifest
    click.echo(f"Editie {m.editie}, versie {m.versie} ({m.soort}), verzegeld op {m.verzegeld_op}: archief in orde")
    for what in gemaakt.anders:
        click.echo(f"Let op: {what}")
    if gemaakt.verschillen:
        click.echo(f"{len(gemaakt.verschillen)} documenten zijn niet gelijk aan wat is verzegeld:")
        for what in gemaakt.verschillen[:50]:
            click.echo(f"  {what}")
        click.echo(f"Zelfde versie nodig? git checkout {m.code_versie.rpartition('+')[2]}; make .venv/.klaar")
    else:
        click.echo("Alle documenten zijn tot op de byte gelijk aan wat is verzegeld.")
    if uit is not None:
        click.echo(f"Ze staan in {uit}")
    sys.exit(REFUSED if gemaakt.verschillen else DONE)


@editie.command()
@click.argument("toen", type=int, callback=show_editie, metavar="JAAR")
@click.argument("nu", type=int, callback=show_editie, metavar="JAAR")
@click.option("--regio", metavar="CODE", help="Code van de regio; anders de provincie.")
@kies_bron
@kies_uit
@kies_json
def vergelijk(  # noqa: PLR0917 - the options of a command
    toen: int, nu: int, regio: str | None, bron: str, uit: Path | None, as_json: bool
) -> None:
    """Vergelijk twee edities: per indicator verandering in de tijd, herziening, en andere definitie of indeling."""
    from assets.rapport.vergelijken import compare_edities, opened_editie, show_vergelijking

    if toen >= nu:
        raise instellingen.InstellingError(
            f"{toen} komt niet voor {nu}",
            vervolg=f"Noem eerst de oudere editie: monitor editie vergelijk {min(toen, nu)} {max(toen, nu)}"
            if toen != nu
            else "Noem twee edities; welke er zijn, toont: monitor editie lijst",
        )
    soort = kies_soort(bron)
    actueel = (instellingen.uitvoer(soort, uit) / "actueel").resolve()
    opslag = instellingen.opslag()
    with opened_editie(opslag, soort, toen, actueel) as a, opened_editie(opslag, soort, nu, actueel) as b:
        found = compare_edities(a, b, regio or gekozen().code)
    tell(found, lambda: show_vergelijking(found), as_json=as_json)

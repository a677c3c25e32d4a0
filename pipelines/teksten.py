"""The commands about texts: `monitor tekst ...`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from begrippen.yamlbestand import read_text
from pipelines import instellingen
from pipelines.edities import kies_bron, kies_editie, kies_soort, kies_uit
from pipelines.nederlands import DONE, REFUSED, Group
from pipelines.tonen import kies_json, tell

_Command = TypeVar("_Command", bound=Callable[..., Any])
# so many references are printed without a word to choose by
LIJST = 400


def _plek(command: _Command) -> _Command:
    for naam, hulp in (
        ("plaats", "begin (na de inleiding, dit geldt ook zonder deze optie) of slot."),
        ("hoofdstuk", "In welk hoofdstuk de tekst komt; anders zegt de naam van het bestand het."),
    ):
        command = click.option(f"--{naam}", default="", metavar="NAAM", help=hulp)(command)
    return command


@dataclass(frozen=True)
class Gelezen:
    """What was published, as a text needs it."""

    actueel: Path
    rapport: Any
    cijfers: Any
    editiemap: Any


def _read(jaar: int, bron: str, uit: Path | None) -> Gelezen:
    """Read the published figures, without the cells under them. Raises VraagError where nothing is published."""
    import duckdb

    from assets.rapport.editie import read_editie
    from assets.rapport.tekst import read_cijfers
    from assets.vragen.rapport import read_rapport
    from pipelines.status import andere_versie, published_database

    uitvoer = instellingen.uitvoer(kies_soort(bron), uit)
    database = published_database(uitvoer)
    editiemap = read_editie(instellingen.edities(), jaar)
    try:
        rapport = read_rapport(database, cellen=False)
        cijfers = read_cijfers(database, rapport)
    except duckdb.Error:
        raise andere_versie(database, f"monitor run --editie {jaar}") from None
    if rapport.editie != jaar:
        click.echo(
            f"Let op: gepubliceerd is editie {rapport.editie}; de teksten van {jaar} worden daartegen gehouden.\n"
        )
    return Gelezen(uitvoer / "actueel", rapport, cijfers, editiemap)


@click.group(cls=Group)
def tekst() -> None:
    """De teksten van de redactie."""


@tekst.command()
@kies_editie
@kies_bron
@kies_uit
@kies_json
def controleer(jaar: int, bron: str, uit: Path | None, as_json: bool) -> NoReturn:
    """Controleer de teksten en de Statenbrief van een editie tegen de gepubliceerde cijfers.

    Toont alle fouten in een keer, met bestand, regel of alinea, en wat u kunt schrijven. Afsluitcode 0: geen fouten;
    1: fouten.
    """
    from assets.rapport.tekst import check_teksten
    from reports.tekst.fout import count

    gelezen = _read(jaar, bron, uit)
    teksten, fouten = check_teksten(gelezen.editiemap, gelezen.rapport, gelezen.cijfers)
    if as_json:
        stop, _ = count(fouten)
        fields = {"editie": jaar, "bouw": gelezen.rapport.bouw.id, "teksten": len(gelezen.editiemap.teksten)}
        tell(fields | {"fouten": fouten}, str, as_json=True)
        sys.exit(REFUSED if stop else DONE)
    if not teksten:
        click.echo(f"Editie {jaar} heeft geen teksten (edities/{jaar}/teksten/*.md). Zie docs/teksten.md")
    aantal = len(gelezen.editiemap.teksten)
    wat = f"{'1 tekst' if aantal == 1 else f'{aantal} teksten'} en de Statenbrief" if teksten else "De Statenbrief"
    sys.exit(_tell(wat, fouten, bron, gelezen))


def _tell(wat: str, fouten: list[Any], bron: str, gelezen: Gelezen) -> int:
    """Print all faults and how many there are; returns the exit code."""
    from reports.tekst.fout import count

    for fout in fouten:
        click.echo(f"{fout}\n")
    stop, let_op = count(fouten)
    click.echo(f"{wat} tegen de cijfers van {bron} ({gelezen.rapport.bouw.id}): {stop} fout, {let_op} let op.")
    return REFUSED if stop else DONE


def _read_bestand(bestand: Path, gelezen: Gelezen, hoofdstuk: str, plaats: str) -> tuple[str, Any, list[Any]]:
    """A text from Word or as it stands in an edition: its source, what it becomes, and what is wrong with it."""
    from assets.rapport.tekst import all_bladen
    from reports.tekst.teksten import VOLGNUMMER, read_tekst
    from reports.tekst.uitword import check_word

    bladen = all_bladen(gelezen.rapport)
    namen = gelezen.editiemap.editie.namen_met_cijfer
    if bestand.suffix.lower() == ".md":
        bron = bestand.read_text(encoding="utf-8-sig")
        tekst, fouten = read_tekst(bestand.name, bron, gelezen.cijfers, bladen, namen)
        return bron, tekst, fouten
    velden = {"hoofdstuk": hoofdstuk or VOLGNUMMER.sub("", bestand.stem), "plaats": plaats or "begin"}
    woord, tekst, fouten = check_word(
        bestand.name, bestand.read_bytes(), gelezen.cijfers, bladen, velden=velden, namen=namen
    )
    return woord.bron, tekst, fouten


@tekst.command("uit-word")
@click.argument("bestand", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="BESTAND.docx")
@_plek
@click.option("--vervang", is_flag=True, help="Vervang de tekst die er al staat.")
@kies_editie
@kies_bron
@kies_uit
def uit_word(
    bestand: Path, hoofdstuk: str, plaats: str, vervang: bool, *, jaar: int, bron: str, uit: Path | None
) -> NoReturn:
    """Neem een hoofdstuk uit Word over in de editie, als er niets in klopt dat niet kan.

    Een verwijzing staat tussen vierkante haken: [werkloosheid, Emmen]. Toont alle fouten in een keer, met de alinea en
    wat u kunt schrijven. Afsluitcode 0: overgenomen; 1: niet.
    """
    gelezen = _read(jaar, bron, uit)
    source, _, fouten = _read_bestand(bestand, gelezen, hoofdstuk, plaats)
    code = _tell(bestand.name, fouten, bron, gelezen)
    if code != DONE:
        click.echo(f"Niet overgenomen. Verbeter het in Word, en probeer opnieuw: monitor tekst uit-word {bestand}")
        sys.exit(code)
    doel = instellingen.edities() / str(jaar) / "teksten" / f"{bestand.stem}.md"
    if doel.exists() and not vervang and read_text(doel) != source:
        raise instellingen.InstellingError(
            f"{doel} staat er al en is anders",
            vervolg=f"Vervang die met: monitor tekst uit-word {bestand} --vervang",
        )
    doel.parent.mkdir(parents=True, exist_ok=True)
    doel.write_text(source, encoding="utf-8", newline="\n")
    click.echo(f"Overgenomen in {doel}\nKijk hoe het wordt: monitor tekst voorbeeld {bestand}")
    sys.exit(DONE)


@tekst.command()
@click.argument("bestand", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="BESTAND")
@_plek
@kies_editie
@kies_bron
@kies_uit
def voorbeeld(bestand: Path, hoofdstuk: str, plaats: str, *, jaar: int, bron: str, uit: Path | None) -> NoReturn:
    """Maak de bladzijde zoals zij wordt met deze tekst (.docx of .md), zonder iets te bouwen.

    De bladzijde komt uit wat is gepubliceerd, de tekst erin is nieuw. Zij wordt ook gemaakt als er fouten in de tekst
    staan; dan is de afsluitcode 1.
    """
    from assets.rapport.tekstvoorbeeld import ANKER, make_voorbeeld

    gelezen = _read(jaar, bron, uit)
    _, gemaakt, fouten = _read_bestand(bestand, gelezen, hoofdstuk, plaats)
    naar = gelezen.actueel.parent / "tekstvoorbeeld" / f"{gemaakt.hoofdstuk.replace('/', '-')}.html"
    pagina = make_voorbeeld(gelezen.actueel, gemaakt, naar)
    naar.parent.mkdir(parents=True, exist_ok=True)
    naar.write_text(pagina, encoding="utf-8", newline="\n")
    code = _tell(bestand.name, fouten, bron, gelezen)
    click.echo(f"Open in uw browser: {naar.resolve().as_uri()}#{ANKER}")
    sys.exit(code)


@tekst.command()
@click.argument("woord", default="", metavar="[WOORD]")
@click.option("--regio", metavar="NAAM", help="Naam of code van het gebied; anders de provincie.")
@kies_editie
@kies_bron
@kies_uit
@kies_json
def lijst(  # noqa: PLR0917 - the options of a command
    woord: str, regio: str | None, jaar: int, bron: str, uit: Path | None, as_json: bool
) -> None:
    """Toon de verwijzingen die u kunt typen, met wat er nu komt te staan.

    Met een WOORD alleen die van cijfers waar dat woord in voorkomt.
    """
    from reports.tekst.verwijzingenlijst import list_verwijzingen

    gelezen = _read(jaar, bron, uit)
    rijen = list_verwijzingen(gelezen.cijfers, woord, regio)
    if not rijen:
        raise instellingen.InstellingError(
            f"geen cijfer met '{woord}' in zijn naam", vervolg="Alle verwijzingen: monitor tekst lijst"
        )
    if as_json:
        tell([{"verwijzing": v, "nu": wat} for v, wat in rijen], str, as_json=True)
        return
    breed = max(len(v) for v, _ in rijen[:LIJST])
    for verwijzing, wat in rijen[:LIJST]:
        click.echo(f"{verwijzing:<{breed}}  {wat}")
    if len(rijen) > LIJST:
        click.echo(f"... en {len(rijen) - LIJST} meer. Kies met een woord: monitor tekst lijst pendel")

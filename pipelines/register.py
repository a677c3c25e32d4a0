"""The commands `monitor register ...`: deliveries of the employment register, in and out of the confidential store.

What is printed are counts. Errors of the libraries below can quote a record, so an error that is not ours is named by
its kind alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from begrippen.fout import MonitorError
from pipelines import instellingen, klok
from pipelines.nederlands import Group
from pipelines.tonen import kies_json, tell

if TYPE_CHECKING:
    from assets.register.keuringsverslag import Verslag
    from assets.register.kluis import Kluis, Lichting
    from assets.register.levering import Uitkomst

DONE, REFUSED = 0, 1
# Of fewer records a total of jobs says too much about one of them. Jobs by origin are in the store alone.
_VEEL = 1000
# delimiters that nobody sees
_TEKENS = {"\t": "een tab"}


def _soort(_: click.Context, __: click.Parameter, value: str) -> str:
    return instellingen.parse_soort(value)


_BRON = instellingen.bron_option("Waar de levering bij hoort: cbs (echt), opname, of voorbeeld (gegenereerd)", _soort)
_PEILDATUM = click.option(
    "--peildatum", required=True, metavar="JJJJ-04-01", help="De peildatum van de levering: 1 april."
)
_JA = click.option("--ja", is_flag=True, help="Vraag niet om bevestiging.")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else "n.b."


def _silent(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let nothing that was read reach the screen: an unexpected error says its kind, not what it was about."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (click.ClickException, click.exceptions.Exit, click.Abort, MonitorError):
            raise
        except OSError as error:
            click.echo(
                f"Fout: {error.strerror or 'lezen of schrijven lukt niet'}; er is niets veranderd in de kluis.",
                err=True,
            )
            sys.exit(REFUSED)
        except Exception as error:
            click.echo(
                f"Fout: onverwacht ({type(error).__name__}); er is niets veranderd in de kluis. De melding zelf kan "
                "gegevens uit de levering noemen en wordt daarom niet getoond. Bewaar het bestand opnieuw als CSV en "
                "probeer het nog eens.",
                err=True,
            )
            sys.exit(REFUSED)

    return run


def _kluis(bron: str) -> Kluis:
    from assets.register.kluis import Kluis

    return Kluis(instellingen.opslag(), bron)


def _peildatum(text: str) -> str:
    from assets.register.levering import parse_peildatum

    try:
        return parse_peildatum(text).isoformat()
    except ValueError as error:
        raise instellingen.InstellingError(f"--peildatum {error}") from None


def _lines(counts: Mapping[str, int], words: Callable[[str], str]) -> list[str]:
    return [f"    {words(key)}: {_number(count)}" for key, count in _most_first(counts)]


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The same order however often a delivery is shown."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def show_verslag(uitkomst: Uitkomst) -> str:
    """Write the account of a delivery for the data team: counts only."""
    from assets.register.keuringsverslag import describe

    v, lichting = uitkomst.verslag, uitkomst.lichting
    what = "al ingelezen" if uitkomst.al_ingelezen else lichting.eigenschappen["oordeel"]
    form = f"{v.vorm}, {v.codering}, gescheiden door {_TEKENS.get(v.scheiding, v.scheiding)}" if v.codering else v.vorm
    lines = [
        f"Levering van {lichting.peildatum}: {what} (lichting {lichting.id})",
        f"  gelezen als {form}",
        f"  regels in het bestand: {_number(v.regels)}",
        f"  aangenomen: {_number(v.aangenomen)}, waarvan {_number(v.leeg)} zonder werkzame personen",
        f"  geweigerd: {_number(v.geweigerd)}, waarvan {_number(v.fout)} met een fout",
        *_lines(v.redenen, describe),
    ]
    if len(v.redenen) > 1:
        lines.append("    (een record kan meer dan een reden hebben)")
    if v.nakijken:
        lines += ["  aangenomen, maar na te kijken:", *_lines(v.nakijken, describe)]
    if v.aangenomen >= _VEEL:
        lines.append(f"  banen: {_number(v.banen)}, waarvan fulltime {_number(v.fulltime)}")
    lines.append("  herkomst van de opgave (deel van de records):")
    lines += [f"    {name}: {_percent(count, v.aangenomen)}" for name, count in _most_first(v.enqtype)]
    lines.append(f"  SBI: {_sbi_text(v)}")
    if v.bekend is not None:
        share = f"{v.bekend:.1%}".replace(".", ",")
        lines.append(f"  vestigingen van een jaar eerder die er weer zijn: {share}")
    if v.niet_getoetst:
        lines.append(f"  niet getoetst, want de kolommen ontbreken: {', '.join(v.niet_getoetst)}")
    if v.onbekende_kolommen:
        lines.append(f"  kolommen die de indeling niet kent en die niet zijn gebruikt: {v.onbekende_kolommen}")
    if uitkomst.al_ingelezen:
        lines.append("Dit bestand was al ingelezen; er is niets veranderd.")
    elif lichting.aangenomen and uitkomst.bezwaren:
        lines += ["Aangenomen ondanks:", *(f"  {b}" for b in uitkomst.bezwaren)]
    elif uitkomst.bezwaren:
        lines += [
            "Geweigerd als geheel:",
            *(f"  {b}" for b in uitkomst.bezwaren),
            "De geschiedenis gebruikt de vorige aangenomen lichting. Vraag een nieuwe levering, of neem deze toch aan:",
            "  monitor register lees BESTAND --peildatum ... --toch 'REDEN'",
        ]
    if v.geweigerd or v.nakijken:
        lines.append(f"De records zelf staan in de kluis, alleen voor het datateam: {lichting.folder}")
    return "\n".join(lines)


def _sbi_text(v: Verslag) -> str:
    match v.sbi:
        case "2008":
            return "2008"
        case "2025":
            return "2025; de reeksen in SBI 2008 lopen niet door in dit jaar"
        case "concordantie":
            return f"2025, met SBI 2008 uit de concordantie; {_number(v.zonder_2008)} records zonder SBI 2008"
    return "2008 en 2025 allebei"


@click.group(cls=Group)
def register() -> None:
    """Leveringen van het werkgelegenheidsregister (PWR) in de kluis."""


@register.command()
@click.argument("bestand", type=click.Path(path_type=Path), metavar="BESTAND")
@_PEILDATUM
@_BRON
@click.option(
    "--concordantie", type=click.Path(path_type=Path), metavar="BESTAND", help="CSV met kolommen sbi25 en sbi08."
)
@click.option("--sbi", type=click.Choice(["2008", "2025"]), help="In welke SBI sbi08 is, als dat niet te zien is.")
@click.option("--toch", default="", metavar="REDEN", help="Neem een geweigerde levering toch aan, om deze reden.")
@_silent
def lees(  # noqa: PLR0917 - the options of a command
    bestand: Path, peildatum: str, bron: str, concordantie: Path | None, sbi: str | None, toch: str
) -> NoReturn:
    """Lees een levering in: CSV, XLSX of SPSS (.sav)."""
    day = _peildatum(peildatum)
    for name, path in (("BESTAND", bestand), ("--concordantie", concordantie)):
        if path is not None and not path.is_file():
            raise instellingen.InstellingError(f"{name} {path}: dat bestand is er niet")
    from assets.register.levering import import_delivery

    uitkomst = import_delivery(bestand, day, _kluis(bron), klok.now(), versie=sbi, concordantie=concordantie, toch=toch)
    click.echo(show_verslag(uitkomst))
    sys.exit(DONE if uitkomst.lichting.aangenomen else REFUSED)


@register.command()
@_BRON
@kies_json
@_silent
def status(bron: str, as_json: bool) -> None:
    """Toon welke leveringen er zijn en welke de geschiedenis gebruikt."""
    kluis = _kluis(bron)
    used = {(x.peildatum, x.id) for x in kluis.current()}
    # these counts and no other property
    found = [
        {
            **{"peildatum": x.peildatum, "lichting": x.id, "oordeel": x.eigenschappen["oordeel"]},
            "gebruikt": (x.peildatum, x.id) in used,
            **{naam: x.eigenschappen["verslag"][naam] for naam in ("aangenomen", "geweigerd", "sbi")},
        }
        for x in kluis.lichtingen()
    ]
    tell(found, lambda: _show_lichtingen(found), as_json=as_json)


def _show_lichtingen(found: list[dict[str, Any]]) -> str:
    if not found:
        return "Er is nog geen levering. Lees er een in met: monitor register lees BESTAND --peildatum 2026-04-01"
    lines = [
        f"{'peildatum':<11} {'lichting':<23} {'oordeel':<11} {'gebruikt':<9} {'aangenomen':>10} {'geweigerd':>10}  SBI"
    ]
    for x in found:
        counts = f"{_number(x['aangenomen']):>10} {_number(x['geweigerd']):>10}"
        use = "ja" if x["gebruikt"] else "nee"
        lines.append(f"{x['peildatum']:<11} {x['lichting']:<23} {x['oordeel']:<11} {use:<9} {counts}  {x['sbi']}")
    return "\n".join(lines)


@register.command()
@click.argument("archief", type=click.Path(path_type=Path), metavar="ARCHIEF")
@_BRON
@_silent
def bewaar(archief: Path, bron: str) -> None:
    """Maak een reservekopie van alle leveringen: een archief met een controlegetal ernaast.

    Het archief is even vertrouwelijk als de kluis: alleen u kunt het lezen. Zet het op een plek die dat ook is.
    """
    count = _kluis(bron).backup(archief.resolve())
    click.echo(f"Bewaard: {_number(count)} lichtingen in {archief}, controlegetal in {archief}.sha256")


@register.command()
@click.argument("archief", type=click.Path(path_type=Path, exists=False), metavar="ARCHIEF")
@_BRON
@click.option("--ook-verwijderde", is_flag=True, help="Ook wat eerder met opzet is verwijderd.")
@_silent
def herstel(archief: Path, bron: str, ook_verwijderde: bool) -> None:
    """Zet uit een reservekopie terug wat er niet is of beschadigd is."""
    if not archief.is_file():
        raise instellingen.InstellingError(f"ARCHIEF {archief}: dat bestand is er niet")
    back, there, left = _kluis(bron).restore(archief.resolve(), klok.now(), ook_verwijderde)
    click.echo(f"Teruggezet: {_number(back)} lichtingen; al aanwezig: {_number(there)}")
    if left:
        click.echo(f"Eerder met opzet verwijderd en niet teruggezet: {_number(left)} (anders: --ook-verwijderde)")


def _confirm(lichtingen: list[Lichting], ja: bool) -> None:
    for x in lichtingen:
        click.echo(f"  {x.peildatum}  {x.id}")
    if not ja and click.prompt("Voorgoed verwijderen? Typ ja", default="nee") != "ja":
        raise click.Abort


@register.command()
@_PEILDATUM
@click.option("--lichting", required=True, metavar="LICHTING", help="Zoals monitor register status haar noemt.")
@_BRON
@click.option(
    "--reden", default="op verzoek", show_default=True, metavar="TEKST", help="Voor het logboek van de kluis."
)
@_JA
@_silent
def verwijder(peildatum: str, lichting: str, bron: str, reden: str, ja: bool) -> None:
    """Verwijder een lichting voorgoed. De geschiedenis gebruikt dan de vorige aangenomen lichting, als die er is."""
    kluis = _kluis(bron)
    found = kluis.find(_peildatum(peildatum), lichting)
    _confirm([found], ja)
    kluis.remove(found, klok.now(), reden)
    click.echo("Verwijderd. In een reservekopie kan zij nog staan: verwijder die ook, of maak een nieuwe.")


@register.command()
@click.option(
    "--ouder-dan", type=click.IntRange(0), required=True, metavar="DAGEN", help="Langer geleden ingelezen dan dit."
)
@_BRON
@_JA
@_silent
def opruimen(ouder_dan: int, bron: str, ja: bool) -> None:
    """Verwijder lichtingen die niet meer worden gebruikt: vervangen of geweigerd, en ouder dan zoveel dagen."""
    kluis, now = _kluis(bron), klok.now()
    kluis.sweep(now)
    found = kluis.unused(now - timedelta(days=ouder_dan))
    if not found:
        click.echo("Er is niets op te ruimen.")
        return
    _confirm(found, ja)
    for x in found:
        kluis.remove(x, now, f"niet meer gebruikt en ouder dan {ouder_dan} dagen")
    click.echo(f"Verwijderd: {_number(len(found))} lichtingen")

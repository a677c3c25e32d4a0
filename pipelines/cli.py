"""The command line `monitor`: the same job that the schedule runs, and questions about what is published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from pipelines import instellingen
from pipelines.aanlevering import aanlevering
from pipelines.beleid import beleid, cyclus
from pipelines.edities import editie
from pipelines.gebieden import gebied
from pipelines.nederlands import DONE, REFUSED, Group
from pipelines.register import register
from pipelines.reservekopie import reservekopie
from pipelines.teksten import tekst
from pipelines.tonen import kies_json, tell

BRON = instellingen.bron_option("Waar de cijfers vandaan komen: voorbeeld, cbs, of opname:MAP met opgenomen antwoorden")
UIT = click.option("--uit", type=click.Path(path_type=Path), metavar="MAP", help="Publiceer in deze map.")


def _show_versie(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"monitor {instellingen.code_versie()}")
        context.exit()


@click.group(cls=Group)
@click.option(
    "--versie", is_flag=True, is_eager=True, expose_value=False, callback=_show_versie, help="Toon de versie."
)
def cli() -> None:
    """De monitor van de economie en de brede welvaart van een provincie.

    Haalt cijfers op bij het CBS, berekent de indicatoren, toetst ze en maakt het rapport.

    Afsluitcodes: 0 klaar; 1 tegengehouden door een toets (wat er stond, staat er nog); 2 verkeerd gebruik;
    3 gepubliceerd, maar met een ouder antwoord van een bron of zonder een aangeleverd bestand.
    """


@cli.command()
@BRON
@click.option(
    "--aanlevering",
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Map met aangeleverde bestanden (MONITOR_AANLEVERING, voor de bron van het schema).",
)
@click.option(
    "--geo",
    type=click.Path(path_type=Path),
    metavar="PAD",
    help="Gemeentegrenzen (GeoJSON), bestand of map (MONITOR_GEO).",
)
@click.option(
    "--beleid",
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Map met projecten.csv en voorstellen.yaml; vertrouwelijk, alleen totalen komen in het rapport "
    "(MONITOR_BELEID, voor de bron van het schema).",
)
@click.option(
    "--editie",
    type=int,
    default=lambda: instellingen.read().editie,
    show_default=str(instellingen.EDITIE),
    metavar="JAAR",
    help="De editie (MONITOR_EDITIE).",
)
@UIT
@click.option("--opnieuw", is_flag=True, help="Haal ook op wat niet gewijzigd is.")
@click.option(
    "--register/--geen-register",
    default=None,
    help="Neem het werkgelegenheidsregister mee dat is ingelezen, of juist niet (MONITOR_REGISTER); "
    "het voorbeeld doet dat vanzelf.",
)
@click.option(
    "--peildatum",
    metavar="JJJJ-MM-DD",
    help="Haal niets op; bouw uit de antwoorden zoals zij aan het eind van die dag waren, in een eigen map.",
)
@click.option("--meld", is_flag=True, help="Laat de ingestelde kanalen weten wat er nieuw is; zie monitor melden.")
def run(  # noqa: PLR0917 - the options of a command
    bron: str,
    aanlevering: Path | None,
    geo: Path | None,
    beleid: Path | None,
    editie: int,
    uit: Path | None,
    opnieuw: bool,
    register: bool | None,
    peildatum: str | None,
    meld: bool,
) -> NoReturn:
    """Ververs alles: ophalen, berekenen, toetsen, rapport maken en publiceren."""
    keuze, instelling = instellingen.parse_bron(bron), instellingen.read()
    gegeven = {"aanlevering": aanlevering, "geo": geo, "beleid": beleid}
    mappen = instellingen.find_mappen(instelling, bron, gegeven)
    instellingen.check_mappen(mappen, gegeven)
    if peildatum is not None:
        instellingen.parse_peildatum(peildatum, opnieuw=opnieuw, aanlevering=aanlevering is not None, meld=meld)
    if not 2010 <= editie <= 2100:
        raise instellingen.InstellingError(f"--editie {editie}: geef een jaar, bijvoorbeeld {instellingen.EDITIE}")
    if mappen["geo"] is not None:
        from assets.rapport.geo import gemeenten_van, read_geo

        # refused here, before anything is fetched, rather than minutes later in the report
        read_geo(mappen["geo"], gemeenten_van(editie))
    from assets.beleid.lezen import read_edities
    from assets.rapport.editie import cards_of, read_editie

    editiemap = read_editie(instellingen.edities(), editie)
    cards_of(editiemap)
    read_edities(instellingen.edities(), editie)
    if mappen["beleid"] is not None:
        from pipelines.keteninstellingen import read_besloten

        read_besloten(mappen["beleid"])
    if keuze.soort not in editiemap.editie.soorten:
        soorten = ", ".join(editiemap.editie.soorten)
        raise instellingen.InstellingError(f"editie {editie} is alleen voor {soorten}, niet voor {keuze.soort}")
    from pipelines.resources import Ketenbron
    from pipelines.run import check_peildatum, run_job

    choices: dict[str, Any] = {
        **{"bron": bron, "editie": editie, "uitvoer": uit, **gegeven},
        **{"opnieuw": opnieuw, "met_register": register, "peildatum": peildatum or ""},
    }
    keten = Ketenbron.van(instelling, **choices)
    check_peildatum(keten)
    sys.exit(run_job(keten, meld=meld))


@cli.command()
@BRON
@UIT
@kies_json
def status(bron: str, uit: Path | None, as_json: bool) -> None:
    """Toon wat er gepubliceerd is, hoe de bronnen ervoor staan en welke toetsen opvallen."""
    from pipelines.status import read_status, show_status

    keuze = instellingen.parse_bron(bron)
    found = read_status(instellingen.opslag(), keuze.soort, instellingen.uitvoer(keuze.soort, uit))
    tell(found, lambda: show_status(found), as_json=as_json)


@cli.command()
@click.option("--bereik", is_flag=True, help="Vraag ook of de catalogi van de bron antwoorden.")
@kies_json
def doctor(bereik: bool, as_json: bool) -> NoReturn:
    """Kijk of deze installatie haar werk kan doen, en noem bij wat niet klopt de volgende opdracht.

    Er verandert niets. Kijkt naar Python, pakketten, lettertype, instellingen, mappen, schijf, kluis, bouwen, Dagster,
    kanalen en de laatste verversing. Eindigt met 1 als er iets fout is; bij alleen 'let op' met 0.
    """
    from pipelines.doctor import as_fields, examine, is_well, show

    found = examine(bereik=bereik)
    tell(as_fields(found), lambda: show(found), as_json=as_json)
    sys.exit(DONE if is_well(found) else REFUSED)


@cli.command()
@BRON
@click.option("--proef", is_flag=True, help="Stuur nu een proefbericht door elk kanaal.")
@kies_json
def melden(bron: str, proef: bool, as_json: bool) -> None:
    """Toon welke kanalen bericht krijgen en wat er nu openstaat, of stuur een proefbericht."""
    from pipelines.meldingen.tonen import read_staand, send_trial, show_staand

    instelling, soort = instellingen.read(), instellingen.parse_soort(bron)
    if proef:
        click.echo(send_trial(instelling))
        return
    staand = read_staand(instelling, instellingen.opslag(), soort)
    tell(staand, lambda: show_staand(staand), as_json=as_json)


@cli.group(cls=Group)
def bron() -> None:
    """Vragen over de bronnen."""


@bron.command()
@BRON
@click.argument("tabel", required=False, metavar="[TABEL]")
@click.option("--voorstel", is_flag=True, help="Schrijf als patch wat er in de bronlijst moet veranderen.")
@click.option("--toepassen", is_flag=True, help="Verander de bronlijst waar er één kandidaat is en die zeker is.")
@kies_json
def toets(bron: str, tabel: str | None, voorstel: bool, toepassen: bool, as_json: bool) -> NoReturn:
    """Vergelijk wat we van elke bron verwachten met wat er is opgehaald.

    Geef een TABEL (85924NED) om alleen die te zien. Wat niet is gevonden, krijgt de naaste kandidaten.

    --voorstel schrijft een patch: de wijziging van assets/bron/tabellen/ met de beste kandidaat. Daarboven staat achter
    # wat er anders is, en wat er nog meer op lijkt. Bewaar de patch (> voorstel.patch), lees hem, en pas hem toe met:
    git apply voorstel.patch
    """
    from assets.bron.toets import show
    from pipelines.status import read_toets

    keuze = instellingen.parse_bron(bron)
    if voorstel + toepassen + as_json > 1:
        raise instellingen.InstellingError("geef --voorstel, --toepassen of --json, niet meer dan een")
    if voorstel or toepassen:
        from pipelines.voorstel import apply_voorstellen, show_voorstellen

        click.echo((apply_voorstellen if toepassen else show_voorstellen)(bron, tabel))
        sys.exit(DONE)
    rows = read_toets(instellingen.opslag(), keuze.soort, tabel)
    tell(rows, lambda: show(rows), as_json=as_json)
    sys.exit(DONE if all(r.gevonden for r in rows) else REFUSED)


@bron.command()
@BRON
@click.option("--jaar", type=click.IntRange(2000, 2100), metavar="JAAR", help="Een ander jaar dan het nieuwste.")
@click.option("--toepassen", is_flag=True, help="Neem in onze lijst over wat er anders is.")
@kies_json
def gemeenten(bron: str, jaar: int | None, toepassen: bool, as_json: bool) -> NoReturn:
    """Vergelijk onze gemeenten, provincies en COROP-gebieden met die van het CBS, ook na een herindeling.

    De opdracht zoekt 'Gebieden in Nederland' van het nieuwste jaar in de catalogus. Zij eindigt met 1 als onze lijst
    anders is.
    """
    from pipelines.gemeenten import read_gemeenten, show, take_over

    if toepassen and as_json:
        raise instellingen.InstellingError("geef --toepassen of --json, niet allebei")
    found, teksten = read_gemeenten(bron, jaar)
    if toepassen:
        click.echo(take_over(found, teksten))
        sys.exit(DONE)
    opdracht = f"monitor bron gemeenten --bron {bron}" + (f" --jaar {jaar}" if jaar else "")
    tell(found, lambda: show(found, opdracht), as_json=as_json)
    sys.exit(DONE if found.gelijk else REFUSED)


@bron.command()
@BRON
@click.option("--naar", type=click.Path(path_type=Path), required=True, metavar="MAP", help="De map om in op te nemen.")
@click.argument("tabellen", nargs=-1, metavar="[TABEL ...]")
def opnemen(bron: str, naar: Path, tabellen: tuple[str, ...]) -> NoReturn:
    """Neem op wat een bron antwoordt, om te bekijken, te sturen en af te spelen met --bron opname:MAP.

    Beschrijving en codelijsten komen heel mee, de cijfers als kleine greep: de regio's van het gebied en het land, de
    laatste drie perioden, alle onderwerpen. Zonder TABEL: alle tabellen van de bronlijst.
    """
    from pipelines.opnemen import record_answers

    sys.exit(DONE if record_answers(bron, naar, tabellen) else REFUSED)


@bron.command()
@BRON
@click.argument("tabel", required=False, metavar="[TABEL]")
@click.option("--dag", metavar="JJJJ-MM-DD", help="De dag van een opname die dat zelf niet zegt.")
def gezien(bron: str, tabel: str | None, dag: str | None) -> None:
    """Schrijf op wat het laatste antwoord van elke tabel laat zien: in assets/bron/gezien/, met plek en dag.

    Wat letterlijk is gevonden, wordt in de bronlijst bevestigd (K). Het voorbeeld krijgt daarna deze vorm.
    """
    from pipelines.gezien import write_gezien

    click.echo(write_gezien(bron, tabel, dag))


@bron.command()
@click.argument("tabel", metavar="TABEL|AANLEVERING")
@click.argument("momentopname", required=False, metavar="[MOMENTOPNAME]")
@click.option("--reden", default="", metavar="TEKST", help="Waarom het antwoord niet klopt; verplicht bij intrekken.")
@click.option("--terug", is_flag=True, help="Zet een ingetrokken antwoord terug.")
@BRON
def intrekken(tabel: str, momentopname: str | None, reden: str, terug: bool, bron: str) -> None:
    """Trek een aangenomen antwoord of aanlevering in: geen volgende bouw gebruikt het nog.

    Zonder MOMENTOPNAME: het antwoord dat nu in gebruik is. Er wordt niets weggegooid, en wat gepubliceerd is verandert
    niet. De volgende bouw gebruikt het antwoord ervoor, als dat er is.
    """
    from pipelines.status import withdraw_answer

    soort = instellingen.parse_bron(bron).soort
    click.echo(withdraw_answer(instellingen.opslag(), soort, tabel, momentopname, reden, terug=terug))


@cli.command()
@click.argument("indicator", required=False, metavar="[ID]")
@click.option("--regio", metavar="CODE", help="Code of naam van de regio; anders de provincie.")
@click.option("--periode", metavar="JAAR", help="Een ander jaar dan het laatste.")
@BRON
@UIT
@kies_json
def indicator(  # noqa: PLR0917 - the options of a command
    indicator: str | None, regio: str | None, periode: str | None, bron: str, uit: Path | None, as_json: bool
) -> None:
    """Toon een indicator: cijfer, oordeel, soortgenoten, en de cellen van de bron waar het cijfer uit komt.

    Zonder ID: de lijst van alle indicatoren.
    """
    from pipelines.status import read_indicator, show_indicator

    keuze = instellingen.parse_bron(bron)
    found = read_indicator(instellingen.uitvoer(keuze.soort, uit), indicator, regio, periode)
    tell(found, lambda: show_indicator(found), as_json=as_json)


@cli.command()
@click.option("--indicator", metavar="ID", help="Alleen deze indicator, waarde voor waarde.")
@BRON
@UIT
@kies_json
def herziening(indicator: str | None, bron: str, uit: Path | None, as_json: bool) -> None:
    """Toon wat er veranderde sinds de vorige publicatie en de vorige editie."""
    from assets.vragen.afdruk_herziening import show_herziening
    from pipelines.status import read_herziening

    keuze = instellingen.parse_bron(bron)
    found = read_herziening(instellingen.uitvoer(keuze.soort, uit), indicator)
    tell(found, lambda: show_herziening(found), as_json=as_json)


@editie.command()
@click.argument("jaar", type=int, default=instellingen.EDITIE, metavar="[JAAR]")
@click.option("--opnieuw", is_flag=True, help="Leg de lijsten opzij; de volgende publicatie stelt nieuwe vast.")
@BRON
@kies_json
def soortgenoten(jaar: int, opnieuw: bool, bron: str, as_json: bool) -> None:
    """Toon wanneer de soortgenoten van een editie zijn vastgesteld, of laat ze opnieuw vaststellen.

    De eerste publicatie van een editie stelt de soortgenoten vast; daarna veranderen zij niet meer met de cijfers.
    """
    from pipelines.status import read_soortgenoten, renew_soortgenoten, show_soortgenoten

    soort = instellingen.parse_bron(bron).soort
    if opnieuw:
        click.echo(renew_soortgenoten(instellingen.opslag(), soort, jaar))
        return
    found = read_soortgenoten(instellingen.opslag(), soort, jaar)
    tell(found, lambda: show_soortgenoten(found), as_json=as_json)


@cli.command()
@click.option(
    "--poort",
    type=click.IntRange(1024, 65535),
    default=3000,
    show_default=True,
    metavar="NUMMER",
    help="Poort op 127.0.0.1.",
)
@click.option("--vernieuw", is_flag=True, help="Geef de geschiedenis de vorm van deze versie van Dagster, en stop.")
def dagster(poort: int, vernieuw: bool) -> NoReturn:
    """Start de pagina van Dagster op 127.0.0.1, met schema en sensoren.

    Wat u daar zelf start, gaat over de bron van MONITOR_BRON; is die leeg, dan over het voorbeeld.
    """
    import os
    import subprocess

    from pipelines.home import prepare_home, renew_history

    if vernieuw:
        renew_history(instellingen.opslag())
        click.echo("De geschiedenis van Dagster heeft de vorm van deze versie.")
        sys.exit(DONE)

    home = prepare_home(instellingen.opslag())
    # It runs in its home, so what is relative to here is made absolute first.
    settings = instellingen.make_absolute() | {"PYTHONWARNINGS": "ignore"}
    click.echo(f"Dagster komt op http://127.0.0.1:{poort} (stoppen: Ctrl+C)")
    command = ["pipelines.pagina", "dev", "-h", "127.0.0.1", "-p", str(poort), "-m", "pipelines.definitions"]
    sys.exit(
        subprocess.run([sys.executable, "-m", *command], cwd=home, env=os.environ | settings, check=False).returncode
    )


cli.add_command(aanlevering)
cli.add_command(register)
cli.add_command(tekst)
cli.add_command(editie)
cli.add_command(gebied)
cli.add_command(beleid)
cli.add_command(cyclus)
cli.add_command(reservekopie)


def main() -> None:
    """Run the command line; every error is one that a reader can act on."""
    cli.main()


if __name__ == "__main__":
    main()

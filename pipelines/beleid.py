"""The commands `monitor beleid ...`: what a province wrote down beside its figures."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from begrippen.fout import BestandError
from begrippen.gebied import gekozen
from pipelines import instellingen, klok
from pipelines.edities import kies_editie, show_editie
from pipelines.nederlands import DONE, REFUSED, Command, Group
from pipelines.tonen import kies_json, tell

BELEID = click.option(
    "--beleid",
    "folder",
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="De vertrouwelijke map, in plaats van een bestand.",
)


def _besloten(pad: Path | None, folder: Path | None, naam: str) -> Path:
    """Take the confidential file that the line names: itself, or the folder that it is in."""
    from assets.beleid.besloten import find_besloten

    if (pad is None) == (folder is None):
        raise instellingen.InstellingError(f"geef {naam}, of met --beleid de map waar het in staat")
    return find_besloten(cast("Path", pad or folder), naam, gekozen().edities)


@click.group(cls=Group)
def beleid() -> None:
    """Het beleid bij de cijfers: resultaten, geld, instrumenten en signalen."""


@beleid.command()
@kies_editie
@kies_json
def controleer(jaar: int, as_json: bool) -> NoReturn:
    """Lees het beleid van een editie en die daarvoor, en toon alle fouten in een keer.

    Afsluitcode 0: geen fouten; 1: een totaal klopt niet met zijn posten; 2: een fout, met bestand, regel, veld en wat
    er mag.
    """
    from assets.beleid.lezen import MAP, read_edities
    from assets.bouw.bedragcontrole import describe, find_verschillen

    edities = instellingen.edities()
    mappen = read_edities(edities, jaar)
    verschillen = find_verschillen(mappen)
    found: list[dict[str, Any]] = [
        {
            **{"editie": m.editie, "indeling": m.indeling.naam},
            "aantallen": {"opgaven.yaml": len(m.opgaven.inzetlijnen), "instrumenten.yaml": len(m.instrumenten)}
            | {file: len(rows) for file, rows in m.rijen.items()},
            "verschillen": [v for v in verschillen if v["editie"] == m.editie],
        }
        for m in mappen
    ]

    def show() -> str:
        if not mappen:
            none = f"{gekozen().naam} heeft geen beleid bij de cijfers: {edities / str(jaar) / MAP} is er niet."
            return f"{none}\nZo begint u: docs/beleid.md"
        lines, names = [], {"opgaven.yaml": "inzetlijnen", "instrumenten.yaml": "instrumenten"}
        for m in found:
            wrong = [describe(v) for v in m["verschillen"]]
            lines.append(f"Editie {m['editie']}, {m['indeling']}: {'de totalen kloppen niet' if wrong else 'in orde'}")
            lines += [f"  {file:<18} {n:>4} {names.get(file, 'rijen')}" for file, n in m["aantallen"].items() if n]
            lines += [f"  {what}" for what in wrong]
        next_ = "Scheelt het stuk dat zelf, zet het dan bij dat totaal in verschil, met de reden in opmerking."
        return "\n".join([*lines, next_ if verschillen else "De bladen ziet u met: monitor beleid bekijk"])

    tell(found, show, as_json=as_json)
    sys.exit(REFUSED if verschillen else DONE)


@beleid.command()
@click.argument("pad", type=click.Path(path_type=Path), required=False, metavar="VOORSTEL.yaml")
@BELEID
@click.option("--uit", type=click.Path(path_type=Path), metavar="MAP", help="De map voor de bladen bij het besluit.")
def toets(pad: Path | None, folder: Path | None, uit: Path | None) -> None:
    """Leg voorstellen langs het afwegingskader: drie knock-outs, en een profiel in woorden.

    Schrijft per voorstel een blad (HTML en Word) in de map van --uit. Er is geen score en geen volgorde. Een voorstel
    is vertrouwelijk en wordt in de map van een editie geweigerd. Geef het bestand, of met --beleid de map.
    """
    from assets.beleid.besloten import VOORSTELLEN, keep, read_kader, read_voorstellen, weeg
    from begrippen.beleid import read_beleid
    from reports.html import write_html
    from reports.stukken.voorstelblad import make_document, make_docx, make_voorstelblad

    bestand = _besloten(pad, folder, VOORSTELLEN)
    kader = read_kader(gekozen())
    opgaven = {str(o.nummer): o.naam for o in read_beleid(gekozen()).opgaven}
    for voorstel in read_voorstellen(bestand, kader, opgaven):
        uitslag = weeg(voorstel, kader)
        click.echo(f"{voorstel.id}: {uitslag.uitkomst}")
        for melding in uitslag.meldingen:
            click.echo(f"  let op: {melding}")
        profiel = [(w.naam, o.oordeel or "", o.motivering) for w in kader.meetlat if (o := voorstel.meetlat.get(w.id))]
        profiel += [(w.naam, "", "") for w in kader.meetlat if w.id not in voorstel.meetlat]
        for naam, oordeel, _ in profiel:
            click.echo(f"  {naam}: {oordeel or 'niet ingevuld'}")
        if uit is None:
            continue
        genoemd = [f"{o}. {opgaven[o]}" for o in voorstel.opgaven]
        knock_outs = [
            ("I. publiek belang", "ja" if voorstel.publiek_belang else "nee", voorstel.publiek_belang_motivering),
            (f"II. minstens {kader.minste_opgaven} opgaven", str(len(genoemd)), "; ".join(genoemd)),
            ("III. andere financiering", voorstel.andere_financiering, ""),
        ]
        acquisitie = [
            (w.naam, a.oordeel, " ".join(t for t in (a.keuze, a.motivering) if t))
            for w in kader.acquisitie
            if (a := voorstel.acquisitie.get(w.id))
        ]
        blad = make_voorstelblad(
            voorstel.naam,
            uitslag.uitkomst,
            {"knock_outs": knock_outs, "meetlat": profiel, "acquisitie": acquisitie},
            uitslag.meldingen,
            banen=voorstel.banen,
            voorlopig=kader.acquisitie_voorlopig,
        )
        naar = uit / voorstel.id
        dag = klok.now().date()
        write_html(make_document(blad, gekozen().titel, dag.year, dag), naar)
        (naar / "voorstel.docx").write_bytes(make_docx(blad))
        click.echo(f"  geschreven: {naar / 'index.html'} en {naar / 'voorstel.docx'}")
    keep([bestand], instellingen.opslag())


@beleid.command()
@click.argument("pad", type=click.Path(path_type=Path), required=False, metavar="PROJECTEN.csv")
@BELEID
def effect(pad: Path | None, folder: Path | None) -> None:
    """Tel projecten op per thema: alleen totalen van minstens drie partijen, tijdelijk en blijvend werk apart.

    Het bestand is vertrouwelijk en wordt in de map van een editie geweigerd. Een kopie wordt bewaard onder
    vertrouwelijk/ in de opslag, waar niemand anders bij kan. Geef het bestand, of met --beleid de map.
    """
    from assets.beleid.besloten import PROJECTEN, keep, read_projecten
    from assets.beleid.projecten import boven_raming, make_effecten
    from reports.hoofdstukken.uitvoering import BRUTO, effectzin

    bestand = _besloten(pad, folder, PROJECTEN)
    projecten = read_projecten(bestand)
    click.echo(BRUTO)
    thema = None
    for e in make_effecten(projecten):
        if e.thema != thema:
            click.echo(f"{e.thema or 'alle thema’s samen'}:")
        thema = e.thema
        click.echo(f"  {effectzin(asdict(e))}")
    if more := boven_raming(projecten):
        click.echo(f"Let op: bij {more} projecten zijn achteraf meer banen geteld dan het hoogste dat was geraamd.")
    keep([bestand], instellingen.opslag())


@beleid.command()
@instellingen.bron_option("Naast welke gepubliceerde cijfers: voorbeeld, cbs of opname.")
@kies_editie
@click.option("--uit", type=click.Path(path_type=Path), metavar="MAP", help="De map voor de bladen.")
def bekijk(bron: str, jaar: int, uit: Path | None) -> None:
    """Maak de bladen over het beleid opnieuw, naast wat is gepubliceerd. Dat duurt seconden.

    Er wordt niets opgehaald, gebouwd of gepubliceerd. Wat projecten samen geven, blijft wat er het laatst is gebouwd.
    """
    from assets.beleid.lezen import read_edities
    from assets.beleid.tabellen import Beleidsinvoer
    from assets.bouw.zegel import find_zegel
    from assets.rapport.beleidsvoorbeeld import write_beleidsvoorbeeld
    from assets.rapport.editie import read_editie

    soort, edities = instellingen.parse_soort(bron), instellingen.edities()
    invoer = Beleidsinvoer(
        jaar,
        read_edities(edities, jaar),
        klok.now(),
        read_editie(edities, jaar).editie.dagen,
        find_zegel(instellingen.opslag(), soort, jaar) is not None,
    )
    naar = uit or instellingen.opslag() / "voorbeeld" / "beleid"
    for page in write_beleidsvoorbeeld(instellingen.uitvoer(soort) / "actueel", invoer, naar):
        click.echo(page)


@beleid.command()
@click.argument("jaar", type=int, callback=show_editie, metavar="JAAR")
def nieuw(jaar: int) -> None:
    """Zet het beleid van een nieuwe editie klaar, uit dat van de editie ervoor. Signalen beginnen leeg."""
    import shutil

    from assets.beleid.lezen import MAP, read_edities

    edities = instellingen.edities()
    target = edities / str(jaar) / MAP
    if target.exists():
        raise BestandError("dit beleid is er al, en blijft zoals het is", waar=str(target))
    mappen = read_edities(edities, jaar)
    if not mappen:
        raise BestandError(
            "er is geen eerdere editie met beleid", waar=str(edities), vervolg="Begin met docs/beleid.md"
        )
    shutil.copytree(edities / str(mappen[0].editie) / MAP, target)
    signalen = target / "signalen.csv"
    if signalen.is_file():
        signalen.write_text(signalen.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    toml = target.parent / "editie.toml"
    if not toml.exists():
        toml.write_text(
            f'# Uitleg van elke regel: docs/editie.md, stap 1.\njaar = {jaar}\nstaat = "concept"\n', "utf-8"
        )
    click.echo(f"Klaargezet in {target}, uit de editie van {mappen[0].editie}. Signalen zijn leeg.")
    click.echo(f"Werk de bestanden bij (docs/beleid.md) en kijk na met: monitor beleid controleer --editie {jaar}")


@click.command(cls=Command)
@kies_editie
@kies_json
def cyclus(jaar: int, as_json: bool) -> None:
    """Toon de tweejaarlijkse cyclus van een editie: wat er is, wat ontbreekt, en welke datum komt."""
    from assets.beleid.cyclus import JAREN, make_stappen
    from assets.beleid.lezen import read_edities
    from assets.bouw.zegel import find_zegel
    from assets.rapport.editie import read_editie

    edities = instellingen.edities()
    found = read_editie(edities, jaar).editie
    own = next((m for m in read_edities(edities, jaar) if m.editie == jaar), None)
    vandaag = klok.now().date()
    verzegeld = find_zegel(instellingen.opslag(), "cbs", jaar) is not None
    stappen = make_stappen(found.dagen, own, verzegeld, vandaag)
    later = jaar + JAREN
    dagen = sorted(s.dag for s in stappen if s.dag and s.komt_nog)

    def show() -> str:
        lines = [f"De cyclus van editie {jaar}:"]
        for s in stappen:
            lines.append(f"  {s.stap}. {s.naam:<46} {s.staat}{f', {s.dag:%d-%m-%Y}' if s.dag else ''}")
            lines += [f"       mist {wat}" for wat in s.mist]
        first = f"Eerstvolgende datum: {dagen[0]:%d-%m-%Y}" if dagen else ""
        lines.append(first or "Er staat geen datum in editie.toml, [cyclus].")
        if found.embargo:
            lines.append(f"Embargo van de Stand: {found.embargo:%d-%m-%Y %H.%M}")
        return "\n".join([*lines, f"De volgende Stand is die van {later}: monitor beleid nieuw {later}"])

    fields = {
        "editie": jaar,
        "stappen": [
            {
                **{"nummer": s.stap, "naam": s.naam, "klaar": s.staat == "klaar"},
                **{"dag": s.dag, "mist": s.mist, "staat": s.staat},
            }
            for s in stappen
        ],
        **{"embargo": found.embargo, "eerstvolgende": dagen[0] if dagen else None, "volgende_stand": later},
    }
    tell(fields, show, as_json=as_json)

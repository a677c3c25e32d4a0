"""The page of all that can be downloaded, and the making of what is only there: workbooks, all figures, the record."""

from __future__ import annotations

from collections.abc import Sequence

from reports import cellen, getallen
from reports.berichten import Bericht
from reports.document import Alinea, Blad, Blok, Feiten, Kop, Lijst, Uitklap
from reports.downloads import csvbestand, dcat, gegevens, ods, openvormen, parquetbestand, xlsx
from reports.downloads.bladen import Bladen
from reports.downloads.catalogus import make_catalogus, make_feed, vormen_van
from reports.hoofdstukken.naslag import GROEP
from reports.hoofdstukken.schrijftafel import Bestanden, Schrijftafel
from reports.hoofdstukken.tabellen import naam_met_eenheid
from reports.hoofdstukken.uitgaven import BLAD as UITGAVEN
from reports.hoofdstukken.uitgaven import FEED
from reports.inhoud import Bestand, Code, Doel, Inhoud, Koppeling, Nadruk, met_code
from reports.model import Indicator
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

BLAD = "downloads"
ALLES_KOP = "alles"
CATALOGUS = "data/index.json"
ALLES, RECORD = "data/alle-cijfers", "dcat.jsonld"


def make_bestanden(
    tafel: Schrijftafel, meldingen: Sequence[str], berichten: Sequence[Bericht], *, concept: bool
) -> tuple[dcat.Vorm, ...]:
    """Make what holds everything: two workbooks, the long files, and the record that describes them.

    To be called after the chapters, which leave the figures of the analyses. `meldingen` stand on every sheet.
    """
    r = tafel.rapport
    for indicator in r.indicatoren:
        tafel.cijfers(indicator)
        _open_vormen(tafel, indicator)
    werkboek = Bladen(r, tuple(tafel.tabellen.values()), meldingen).werkboek()
    naam = f"data/{r.gebied.slug}-{r.editie}"
    rijen = [rij for i in r.indicatoren for rij in tafel.rijen[i.id]]
    csv = csvbestand.join(tafel.bestanden[f"data/{i.id}.csv"] for i in r.indicatoren)
    over = {"titel": "Alle cijfers", "publicatie": f"{r.titel} {r.editie}", "let op": " ".join(meldingen)}
    parquet = parquetbestand.write(gegevens.CIJFER, rijen, over)
    vormen = (
        dcat.Vorm(f"{naam}.xlsx", "Werkboek voor Excel (XLSX): een werkblad per thema", xlsx.render(werkboek)),
        dcat.Vorm(f"{naam}.ods", "Hetzelfde werkboek in een open vorm (ODS)", ods.render(werkboek)),
        dcat.Vorm(f"{ALLES}.csv", "Alle cijfers onder elkaar (CSV)", csv),
        dcat.Vorm(f"{ALLES}.parquet", "Alle cijfers onder elkaar, voor programma’s (Parquet)", parquet),
    )
    for vorm in vormen:
        tafel.bewaar(vorm.pad, vorm.inhoud)
    jaren = [int(str(rij[8])[:4]) for rij in rijen if rij[10] is not None] or [r.editie]
    tafel.bewaar(CATALOGUS, make_catalogus(r, concept=concept))
    tafel.bewaar(FEED, make_feed(r, berichten))
    tafel.bewaar(
        f"{ALLES}.csv-metadata.json", openvormen.make_csvw("alle-cijfers.csv", "Alle cijfers", gegevens.CIJFER)
    )
    tafel.bewaar(RECORD, dcat.make_record(r, vormen, (min(jaren), max(jaren)), concept=concept))
    return vormen


def _open_vormen(tafel: Schrijftafel, indicator: Indicator) -> None:
    """Leave the figures of an indicator beside the pages in the forms of statistical offices."""
    r, rijen, vormen = tafel.rapport, tafel.rijen[indicator.id], vormen_van(indicator)
    csv = vormen["csv"].rpartition("/")[2]
    bron = "; ".join(cellen.bron_voluit(r, b) for b in indicator.bronnen) or r.gebied.uitgever
    titel = f"{'Voorbeeldcijfers: ' if tafel.voorbeeld else ''}{indicator.naam}"
    tafel.bewaar(vormen["csvw"], openvormen.make_csvw(csv, titel, gegevens.CIJFER))
    if rijen:
        tafel.bewaar(vormen["json-stat"], openvormen.make_jsonstat(rijen, titel, bron, r.datum.isoformat()))
        structuur = f"{r.gebied.slug.upper().replace('-', '_')}:CIJFERS(1.0)"
        tafel.bewaar(vormen["sdmx-csv"], openvormen.make_sdmxcsv(rijen, structuur))


def make_downloads(tafel: Schrijftafel, vormen: Sequence[dcat.Vorm]) -> Blad:
    """The page: everything in one file, what the columns mean, and the files of each indicator, area and analysis."""
    blokken: list[Blok] = [
        Alinea(
            (
                "Alle cijfers van dit rapport zijn er om mee verder te rekenen: in een werkboek voor wie met een "
                "rekenblad werkt, in CSV en Parquet voor wie een programma gebruikt. Onder elke figuur staan dezelfde "
                "cijfers apart.",
            ),
            "inleiding",
        ),
        Kop(2, "Alles in één bestand", ALLES_KOP),
        Tabel(
            "bestanden",
            "Bestanden met alle cijfers",
            (Kolom(("Bestand",)), Kolom(("Wat erin staat",)), Kolom(("Grootte",), "eind")),
            (Rijgroep(tuple(_rij(v) for v in vormen)),),
        ),
        Alinea(
            (
                "Eén rij per indicator en regio, met het laatste cijfer en het oordeel: ",
                *_twee(tafel.standen(), "laatste stand en oordeel"),
                ". Voor een catalogus zoals data.overheid.nl is er een beschrijving volgens DCAT-AP-NL 3.0: ",
                Koppeling(RECORD, Bestand(RECORD)),
                ". Voor programma’s: ",
                Koppeling("de catalogus van alle bestanden", Bestand(CATALOGUS)),
                " en ",
                Koppeling("een feed (Atom) die zegt wat er nieuw is", Bestand(FEED)),
                "; hetzelfde staat op ",
                Koppeling("Uitgaven en wijzigingen", Doel(UITGAVEN)),
                ".",
            )
        ),
        Kop(2, "Hoe u de bestanden leest", "lezen"),
        Lijst(tuple(map(met_code, _regels()))),
        Tabel(
            "kolommen",
            "Kolommen van de bestanden met cijfers",
            (Kolom(("Kolom",)), Kolom(("Wat erin staat",))),
            (Rijgroep(tuple(map(_veld, gegevens.CIJFER))),),
        ),
        Tabel(
            "kolommen-stand",
            "Kolommen die alleen in ‘laatste stand en oordeel’ staan",
            (Kolom(("Kolom",)), Kolom(("Wat erin staat",))),
            (
                Rijgroep(
                    tuple(
                        Rij((Code(v.naam),), (Cel(met_code(v.uitleg)),))
                        for v in gegevens.STAND
                        if v not in gegevens.CIJFER
                    )
                ),
            ),
        ),
        Kop(2, "Gebruik", "gebruik"),
        Feiten(
            (
                (
                    "Licentie",
                    (
                        "Cijfers van het CBS: CC BY 4.0, met naam, tabel en datum. Van andere bronnen staat de "
                        "licentie in de ",
                        Koppeling("verantwoording", Doel("verantwoording", "bronnen")),
                        ".",
                    ),
                ),
                ("Zo noemt u het", (_citaat(tafel),)),
                ("Uit de database", ("Dezelfde cijfers staan in ", Nadruk("monitor.duckdb"), " en in de map parquet.")),
            )
        ),
        Kop(2, "Bestanden apart", "apart"),
        Alinea(
            (
                "Elk bestand is ook apart te krijgen: in de webversie van deze bladzijde klapt u de lijsten open, en "
                "onder elke figuur staan de cijfers van die figuur.",
            )
        ),
        Uitklap("Per indicator", (_indicatoren(tafel),)),
        Uitklap("Per gebied", (_lijst("per-gebied", "Gebied", _gebieden(tafel)),)),
    ]
    if analyses := _analyses(tafel):
        blokken.append(Uitklap("Per analyse", (_lijst("per-analyse", "Analyse", analyses),)))
    return Blad(BLAD, "Gegevens downloaden", GROEP, tuple(blokken))


def _rij(vorm: dcat.Vorm) -> Rij:
    grootte = f"{getallen.format_megabyte(vorm.inhoud)} MB"
    naam = vorm.pad.rpartition("/")[2]
    return Rij((Koppeling(naam, Bestand(vorm.pad)),), (Cel((vorm.titel,)), Cel((grootte,))))


def _veld(veld: gegevens.Veld) -> Rij:
    return Rij((Code(veld.naam),), (Cel(met_code(veld.uitleg)),))


def _regels() -> tuple[str, ...]:
    return (
        "CSV heeft puntkomma’s tussen de kolommen, komma’s in de getallen en tekenset UTF-8. Parquet heeft dezelfde "
        "kolommen.",
        "Een leeg veld bij `waarde` is geen nul: in `leeg_reden` staat waarom er geen cijfer is.",
        "In het werkboek staat die reden in de cel zelf. Een sterretje achter een getal is voorlopig, ≈ ervoor is een "
        "benadering; het getal zelf blijft een getal.",
        "Van elke indicator is er ook JSON-stat 2.0 en SDMX-CSV, en naast elke CSV staat in CSVW wat elke kolom is.",
        "Getallen zijn niet afgerond. Alleen in het werkboek staan aantallen uit het werkgelegenheidsregister in "
        "tientallen.",
        "Codes van regio’s en perioden zijn die van het CBS. Zo kunt u de cijfers naast andere tabellen van het CBS "
        "zetten.",
    )


def _citaat(tafel: Schrijftafel) -> str:
    r = tafel.rapport
    soort = " (verzonnen voorbeeldcijfers)" if tafel.voorbeeld else ""
    return f"{r.gebied.uitgever}, {r.titel} {r.editie}{soort}, gemaakt op {getallen.format_datum(r.datum)}"


def _twee(bestanden: Bestanden, van: str) -> Inhoud:
    csv, parquet = bestanden
    return (Koppeling("CSV", csv, f" van {van}"), ", ", Koppeling("Parquet", parquet, f" van {van}"))


def _meer(indicator: Indicator) -> Inhoud:
    vormen = vormen_van(indicator)
    return (
        ", ",
        Koppeling("JSON-stat", Bestand(vormen["json-stat"]), f" van {indicator.naam}"),
        ", ",
        Koppeling("SDMX-CSV", Bestand(vormen["sdmx-csv"]), f" van {indicator.naam}"),
    )


def _indicatoren(tafel: Schrijftafel) -> Tabel:
    groepen = tuple(
        Rijgroep(
            tuple(
                Rij(
                    naam_met_eenheid(tafel, i),
                    (Cel((Code(i.id),)), Cel((*_twee(tafel.cijfers(i), i.naam), *_meer(i)))),
                )
                for i in thema.indicatoren
            ),
            (thema.naam,),
        )
        for thema in tafel.rapport.themas
        if thema.indicatoren
    )
    return Tabel(
        "per-indicator",
        "Bestanden per indicator",
        (Kolom(("Indicator",)), Kolom(("Code",)), Kolom(("Bestanden",))),
        groepen,
        dicht=True,
    )


def _lijst(id_: str, kop: str, rijen: Sequence[tuple[Inhoud, Bestanden, str]]) -> Tabel:
    return Tabel(
        id_,
        f"Bestanden per {kop.lower()}",
        (Kolom((kop,)), Kolom(("Bestanden",))),
        (Rijgroep(tuple(Rij(naam, (Cel(_twee(bestanden, van)),)) for naam, bestanden, van in rijen)),),
    )


def _gebieden(tafel: Schrijftafel) -> list[tuple[Inhoud, Bestanden, str]]:
    return [
        ((tafel.regio(g),), (Bestand(f"data/regio/{g.code}.csv"), Bestand(f"data/regio/{g.code}.parquet")), g.titel)
        for g in (tafel.rapport.provincie, *tafel.rapport.gebieden, *tafel.rapport.samengesteld)
    ]


def _analyses(tafel: Schrijftafel) -> list[tuple[Inhoud, Bestanden, str]]:
    return [((t.titel,), tafel.tabel(t), t.titel.lower()) for t in tafel.tabellen.values()]

"""The report in Dagster: made in the folder of the build, before anything is published; and the edition before it.

What draws and sets is loaded when something is drawn: it takes a third of the time of loading the definitions.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from assets.beleid.tabellen import doorgegeven
from assets.bouw.assets import indicator_key, tabel_key
from assets.bouw.bouwen import DATABASE
from assets.bouw.invoer.bouwinvoer import InvoerError
from assets.bouw.losse_stap import find_built
from assets.bouw.zegel import find_vorige_zegel, find_zegel
from assets.bron.assets import Gegeven, Gemaakt, hand_over
from assets.kast import Kast
from assets.keten import GRENZEN, Bronnen, Editiekeuze, Maker, Plek, Report, rapport_adres
from assets.rapport.bladen import Hoofdstuk
from assets.rapport.editie import Editie, EditieError, Editiemap, read_editie
from assets.rapport.geo import gemeenten_van, read_geo, write_geo
from assets.tabel import read_queries

# The tables that the report reads, with those of policy; see assets/vragen/rapport.py and analyses.py.
TABELLEN = [
    dg.AssetKey([schema, naam])
    for schema, namen in {
        "kern": ("regio", "regio_lid", "waarneming", "onderwerp", "correctie", "bedrijfstak"),
        "monitor": (
            *("indicator", "indicatorwaarde", "herkomst", "stand", "breuk", "oordeel", "oordeel_regiosoort"),
            *("niet_beschikbaar", "ontbrekend_lid", "gecorrigeerd", "momentopname", "bouw"),
            *("herziening", "kaartherziening", "editieverschil", "record"),
            *("productiviteitskloof", "shift_share", "locatiequotient", "pendel", "woon_werkbalans"),
            *("prognose", "prognose_leeftijd"),
            *("werkgelegenheid", "grootste_sector", "locatiequotient_register", "stuwend", "banenbegrippen"),
        ),
    }.items()
    for naam in namen
]

RAPPORT = dg.AssetKey(["rapport", "html"])

ZWAAR = (
    "Deze bladzijden lezen zwaarder dan niveau B1: {}. Maak de zinnen van uw teksten daar korter; de meting van elke "
    "bladzijde staat in stukken/leesbaarheid.csv"
)

ZONDER = "De cijfers van deze bouw geven geen reden voor deze bladzijde: zij is er niet."

SCHRAAL = (
    "Deze bladzijden zijn voor minder dan {:.0f}% gevuld: {}. Schrijf er een tekst bij (docs/teksten.md), of laat het "
    "zo; de vulling van elke bladzijde staat in stukken/bladvulling.csv"
)


@dg.asset(
    key=["editie", "vorige"],
    group_name="rapport",
    kinds={"python"},
    description="De verzegelde editie waarmee de bouw vergelijkt; het voorbeeld maakt de zijne als die er nog niet is.",
)
def vorige_editie(
    plek: dg.ResourceParam[Plek],
    bronnen: dg.ResourceParam[Bronnen],
    editie: dg.ResourceParam[Editiekeuze],
    maker: dg.ResourceParam[Maker],
) -> Gemaakt:
    """See to it that the sample has an edition to compare with, and tell which one the build compares with."""
    zegel = find_vorige_zegel(plek.opslag, plek.soort, editie.jaar)
    if zegel is None and bronnen.lichtingen is not None:
        adressen = bronnen.lichtingen.vorige_editie
        from assets.rapport.voorbeeldeditie import make_voorbeeldeditie

        make_voorbeeldeditie(plek, editie, adressen, bronnen.bekende_regios, maker.code_versie)
        zegel = find_vorige_zegel(plek.opslag, plek.soort, editie.jaar)
    return dg.MaterializeResult(metadata={"archief": zegel.pad.name if zegel else "geen"})


def read_gekozen_editie(plek: Plek, keuze: Editiekeuze) -> tuple[Editiemap, str]:
    """The edition that a run makes, and what its pages say when that edition is frozen already.

    A refresh after the freezing goes on, with newer figures: it is not the edition, and says so. Raises EditieError
    when the folder of a frozen edition was changed without a rectification.
    """
    from assets.rapport.bevriezen import changed_since

    if keuze.edities is None:
        return Editiemap(Editie(jaar=keuze.jaar)), ""
    editiemap = read_editie(keuze.edities, keuze.jaar)
    zegel = find_zegel(plek.opslag, plek.soort, keuze.jaar, plek.tot)
    if zegel is not None and (changed := changed_since(zegel, editiemap)) and editiemap.versie <= zegel.versie:
        raise EditieError(
            f"editie {keuze.jaar} is bevroren (versie {zegel.versie}), en dit is sindsdien veranderd: "
            f"{', '.join(changed)}",
            vervolg="Zet het terug, of schrijf een rectificatie (docs/editie.md, stap 5)",
        )
    if zegel is None and editiemap.editie.staat != "bevroren":
        return editiemap, ""
    versie = f" (versie {zegel.versie})" if zegel is not None else ""
    return editiemap, f"Tussenstand met nieuwere cijfers; dit is niet de vastgestelde editie {keuze.jaar}{versie}."


def blad_key(blad: str) -> dg.AssetKey:
    """The asset of a page of the report."""
    return dg.AssetKey(["blad", *blad.split("/")])


def make_rapport(hoofdstukken: Sequence[Hoofdstuk]) -> dg.AssetsDefinition:
    """The step that writes the report, with an asset a chapter beside that of the whole."""
    beleid = (*doorgegeven(), *read_queries(schemas=("beleid",)))

    @dg.multi_asset(
        name="rapport__html",
        specs=[
            *(
                dg.AssetSpec(
                    blad_key(h.blad),
                    group_name="bladzijden",
                    description=f"De bladzijde '{h.titel}': verandert met haar indicatoren en haar analyses.",
                    deps=[*map(indicator_key, h.kaarten), *map(tabel_key, h.tabellen)],
                    kinds={"html"},
                    # a chapter of which the figures give no reason for a page
                    skippable=True,
                )
                for h in hoofdstukken
            ),
            dg.AssetSpec(
                RAPPORT,
                group_name="rapport",
                description="Het rapport: bladen HTML met figuren, tabellen en de gegevens ernaast, en de stukken bij "
                "de editie.",
                deps=[*TABELLEN, *(tabel_key(t.naam) for t in beleid)],
                kinds={"html", "pdf"},
            ),
        ],
        check_specs=[
            dg.AssetCheckSpec(
                "leesbaar",
                asset=RAPPORT,
                description="Leest de lopende tekst van elke bladzijde niet te zwaar? Gemeten naar Flesch-Douma.",
            ),
            dg.AssetCheckSpec(
                "gevuld",
                asset=RAPPORT,
                description="Is elke gedrukte bladzijde vol genoeg, behalve de laatste van een stuk? Naar de laagste "
                "inkt.",
            ),
        ],
        can_subset=True,
        description="Schrijf het rapport bij de database van dezelfde bouw. Wie er een bladzijde van kiest, krijgt ook "
        "het hele rapport; wat niet is veranderd, wordt niet opnieuw getekend.",
    )
    def rapport(
        context: dg.AssetExecutionContext,
        plek: dg.ResourceParam[Plek],
        editie: dg.ResourceParam[Editiekeuze],
        maker: dg.ResourceParam[Maker],
        voortgang: dg.ResourceParam[Report],
    ) -> Iterator[Gegeven]:
        """Write the report beside the database of the same build; by itself, of the last checked build."""
        folder, whole, checks = write(context.run.run_id, plek, editie, maker.kast, voortgang)
        results: list[Gemaakt] = []
        for h in hoofdstukken:
            key = blad_key(h.blad)
            if (folder / "rapport" / f"{h.blad}.html").is_file():
                adres = rapport_adres(plek.soort, folder.name, f"{h.blad}.html")
                link = {} if plek.dag else {"open de bladzijde": dg.MetadataValue.url(adres)}
                results.append(dg.MaterializeResult(asset_key=key, metadata=link))
            elif key in context.selected_asset_keys:
                context.log_event(dg.AssetObservation(key, description=ZONDER))
        yield from hand_over(context, [*results, whole], checks)

    return rapport


def write(
    run_id: str, plek: Plek, editie: Editiekeuze, kast: Kast, voortgang: Report
) -> tuple[Path, Gemaakt, list[dg.AssetCheckResult]]:
    """Write the report of a run; gives the folder in which it stands, and what Dagster hears of the whole.

    What comes out as before is taken from `kast`.
    """
    from assets.rapport.schrijven import LEESBAARHEID, VULLING, write_rapport
    from reports.gedrukt.vulling import VOL, schraal
    from reports.tekst.leesbaarheid import moeilijk

    los = not plek.bouw_folder(run_id).exists()
    folder = find_built(plek, run_id)

    def report(what: str, done: int, total: int) -> None:
        voortgang("rapport", what, done, total)

    editiemap, tussenstand = read_gekozen_editie(plek, editie)
    geo = editie.geo
    if geo is not None:
        write_geo(read_geo(geo, gemeenten_van(editie.jaar)), folder / GRENZEN)
        geo = folder / GRENZEN
    database = folder / DATABASE
    try:
        index = write_rapport(database, folder, report, geo, editiemap=editiemap, tussenstand=tussenstand, kast=kast)
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        if not los:
            raise
        raise InvoerError(
            "de laatste bouw is gemaakt met een andere versie van de monitor: daarvan kan dit rapport niet meer alleen",
            waar=str(database),
            vervolg="Maak een nieuwe bouw: monitor run, of 'Materialize all'",
        ) from error
    zwaar = moeilijk((folder / "stukken" / LEESBAARHEID).read_bytes())
    check = dg.AssetCheckResult(
        check_name="leesbaar",
        asset_key=RAPPORT,
        passed=not zwaar,
        severity=dg.AssetCheckSeverity.WARN,
        description=ZWAAR.format(", ".join(zwaar)) if zwaar else "Geen bladzijde leest zwaarder dan niveau B1.",
    )
    wit = schraal((folder / "stukken" / VULLING).read_bytes())
    gevuld = dg.AssetCheckResult(
        check_name="gevuld",
        asset_key=RAPPORT,
        passed=not wit,
        severity=dg.AssetCheckSeverity.WARN,
        description=SCHRAAL.format(100 * VOL, ", ".join(wit)) if wit else "Elke gedrukte bladzijde is vol genoeg.",
    )
    metadata: dict[str, dg.MetadataValue[Any]] = {
        "bestand": dg.MetadataValue.path(str(index)),
        "opnieuw gemaakt": dg.MetadataValue.int(kast.gemaakt.total()),
        "nog hetzelfde": dg.MetadataValue.int(kast.genomen.total()),
    }
    if plek.dag is None:
        metadata["open het rapport"] = dg.MetadataValue.url(rapport_adres(plek.soort, folder.name))
    return folder, dg.MaterializeResult(asset_key=RAPPORT, metadata=metadata), [check, gevuld]

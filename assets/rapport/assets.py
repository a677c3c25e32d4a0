"""The report in Dagster: made in the folder of the build, before anything is published."""

import dagster as dg

from assets.keten import Keten
from assets.rapport.rapport import write_rapport

# The tables that the report reads; see assets/rapport/model.py and analyses.py.
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


@dg.asset(
    key=["rapport", "html"],
    group_name="rapport",
    description="Het rapport: een map met pagina’s HTML, met figuren, tabellen en de gegevens ernaast.",
    deps=TABELLEN,
    kinds={"html"},
)
def rapport(context: dg.AssetExecutionContext, keten: dg.ResourceParam[Keten]) -> dg.MaterializeResult:
    """Write the report beside the database of the same build."""
    folder = keten.bouw_folder(context.run.run_id)

    def report(what: str, done: int, total: int) -> None:
        keten.report("rapport", what, done, total)

    index = write_rapport(folder / "monitor.duckdb", folder, report, keten.geo)
    return dg.MaterializeResult(metadata={"bestand": dg.MetadataValue.path(str(index))})

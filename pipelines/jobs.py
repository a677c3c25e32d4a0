"""The jobs: fetch, build, check, report, publish; the register alone; and a build of a day in the past.

The command line and the schedule run the same.
"""

from __future__ import annotations

import dagster as dg

from pipelines.resources import Ketenbron

JOB = "verversen"

verversen = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="Haal de bronnen op, bouw alle tabellen, toets ze, schrijf het rapport en publiceer.",
)

REGISTER = "register"

register = dg.define_asset_job(
    REGISTER,
    selection=dg.AssetSelection.groups("register"),
    description="Beveilig alleen het register, uit de leveringen die zijn ingelezen. In het rapport komt het daarna "
    "met 'verversen'.",
)

# what comes before the build: sources, deliveries, the register, and the edition that the sample makes for itself
_ERVOOR = dg.AssetSelection.groups("bron", "register") | dg.AssetSelection.assets(dg.AssetKey(["editie", "vorige"]))

TERUG = "terugbouwen"

terugbouwen = dg.define_asset_job(
    TERUG,
    selection=dg.AssetSelection.all() - _ERVOOR,
    description="Bouw uit de antwoorden zoals zij op een dag in het verleden waren; haal niets op.",
)


def run_config(keten: Ketenbron) -> dg.RunConfig:
    """The run configuration of a run with these settings."""
    return dg.RunConfig(resources={"keten": keten})

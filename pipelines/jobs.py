"""The one job: fetch, build, check, report, publish. The command line and the schedule run the same."""

from __future__ import annotations

import dagster as dg

from pipelines.resources import Ketenbron

JOB = "verversen"

verversen = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="Haal de bronnen op, bouw alle tabellen, toets ze, schrijf het rapport en publiceer.",
)


def run_config(keten: Ketenbron) -> dg.RunConfig:
    """The run configuration of a run with these settings."""
    return dg.RunConfig(resources={"keten": keten})

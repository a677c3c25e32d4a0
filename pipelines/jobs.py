"""The one job: fetch, build, check, report, publish. The command line and the schedule run the same."""

from __future__ import annotations

import os
from typing import Any

import dagster as dg

from pipelines import instellingen

JOB = "verversen"

verversen = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="Haal de bronnen op, bouw alle tabellen, toets ze, schrijf het rapport en publiceer.",
)


def run_config(settings: dict[str, Any]) -> dict[str, Any]:
    """The run configuration for the chain; what is None is left to its default."""
    return {"resources": {"keten": {"config": {k: v for k, v in settings.items() if v is not None}}}}


def run_config_from_environment() -> dict[str, Any]:
    """What a schedule runs: MONITOR_BRON (default cbs), and MONITOR_AANLEVERING, _GEO, _EDITIE and _REGISTER."""
    return run_config(
        {
            "bron": os.environ.get("MONITOR_BRON", "cbs"),
            "aanlevering": os.environ.get("MONITOR_AANLEVERING"),
            "geo": os.environ.get("MONITOR_GEO"),
            "editie": int(os.environ.get("MONITOR_EDITIE", instellingen.EDITIE)),
            "register": instellingen.use_register(),
        }
    )

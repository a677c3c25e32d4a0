"""Everything that Dagster runs, in one place: assets of the rooms, the job, the schedule and the sensor."""

from __future__ import annotations

import dagster as dg

from assets.bouw.assets import bouw, publicatie
from assets.bron.assets import aanleveringen, statline
from assets.keten import no_report
from assets.rapport.assets import rapport, vorige_editie
from assets.register.assets import pwr
from pipelines import instellingen
from pipelines.jobs import verversen
from pipelines.resources import Ketenbron
from pipelines.schedules import cbs_gewijzigd, iedere_nacht

defs = dg.Definitions(
    assets=[statline, aanleveringen, pwr, vorige_editie, bouw, rapport, publicatie],
    jobs=[verversen],
    schedules=[iedere_nacht],
    sensors=[cbs_gewijzigd],
    # what a run that is started by hand gets: the settings of the environment
    resources={"keten": Ketenbron.van(instellingen.read()), "voortgang": no_report},
    # Seven small steps cost 9 s in one process and 50 s in as many processes: the work is in DuckDB, not in Python.
    executor=dg.in_process_executor,
)

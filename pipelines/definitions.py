"""Everything that Dagster runs, in one place: assets of the rooms, the job, the schedule and the sensor.

An asset a source and a table: what they are called and what they depend on stands in the lists, so those are read when
Dagster asks for its definitions. Here, once, and not when a module is imported.
"""

import dagster as dg

from assets.beleid.lezen import read_edities
from assets.bouw.assets import make_bouw, publicatie
from assets.bouw.tabellen import all_tabellen
from assets.bron.assets import make_aanleveringen, make_statline
from assets.bron.bronlijst import read_bronlijst
from assets.indicatoren.kaart import read_kaarten
from assets.keten import no_report
from assets.kwaliteit.toetsen import planned_checks
from assets.rapport.assets import make_rapport, vorige_editie
from assets.rapport.bladen import find_hoofdstukken
from assets.register.assets import PWR, make_pwr
from begrippen.beleid import read_beleid
from begrippen.fout import MonitorError
from begrippen.gebied import gekozen
from begrippen.themas import read_themas
from pipelines import instellingen
from pipelines.editiejob import make_editie
from pipelines.jobs import JOB, register, terugbouwen, verversen
from pipelines.resources import DELEN, Ketenbron
from pipelines.schedules import (
    aangeleverd,
    cbs_gewijzigd,
    iedere_nacht,
    meld_gelukt,
    meld_mislukt,
    volgende_editie,
)

# who looks at what fails, as Dagster shows it at each asset
EIGENAAR = ["team:datateam"]


@dg.definitions
def defs() -> dg.Definitions:
    """Read the lists and give what Dagster runs. Raises MonitorError for a list or a setting that is wrong."""
    try:
        lijst, kaarten = read_bronlijst(), read_kaarten()
        beleid = read_edities(instellingen.edities(), instellingen.read().editie)
        assets = [
            make_statline(lijst.tabellen),
            make_aanleveringen(lijst.aanleveringen),
            make_pwr(lijst.register[PWR]),
            vorige_editie,
            make_bouw(lijst, all_tabellen(), planned_checks(gekozen().naam), kaarten, beleid),
            make_rapport(find_hoofdstukken(kaarten, read_themas(gekozen()), read_beleid(gekozen()).regiodeal)),
            publicatie,
        ]
        keten = Ketenbron.op_de_pagina(instellingen.read())
    except MonitorError as error:
        # Dagster shows the way to an error: of a list that is wrong the reader of `dg check defs` needs the text alone
        raise error.with_traceback(None) from None
    owned = [a.map_asset_specs(lambda spec: spec.merge_attributes(owners=EIGENAAR)) for a in assets]
    return dg.Definitions(
        assets=owned,
        jobs=[verversen, make_editie(lambda: defs().resolve_job_def(JOB)), register, terugbouwen],
        schedules=[iedere_nacht],
        sensors=[cbs_gewijzigd, aangeleverd, volgende_editie, meld_gelukt, meld_mislukt],
        # what a run that is started by hand gets: the settings of the environment
        resources={"keten": keten, "voortgang": no_report, **DELEN},
        # Seven small steps cost 9 s in one process and 50 s in as many processes: the work is in DuckDB, not in Python.
        executor=dg.in_process_executor,
    )

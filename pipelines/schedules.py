"""When it runs by itself: every night, and when the catalogue of CBS says that one of our tables changed."""

import hashlib

import dagster as dg

from assets.bron.bronlijst import read_tabellen
from assets.bron.catalogus import changed_tabellen
from assets.bron.http import Client
from pipelines import instellingen
from pipelines.jobs import run_config, verversen
from pipelines.resources import Ketenbron


@dg.schedule(job=verversen, cron_schedule="30 4 * * *", execution_timezone="Europe/Amsterdam")
def iedere_nacht(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Refresh every night at half past four, after the CBS releases of the day before and before anybody works."""
    return dg.RunRequest(run_config=run_config(Ketenbron.van(instellingen.read())))


@dg.sensor(job=verversen, minimum_interval_seconds=1800)
def cbs_gewijzigd(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask the catalogue which of our tables changed; a change starts the job, once for each set of changes."""
    keten = Ketenbron.van(instellingen.read())
    plek = keten.plek()
    if plek.soort != "cbs":
        return dg.SkipReason(f"MONITOR_BRON is {plek.soort}: alleen bij cbs valt er iets te vragen")
    tabellen = read_tabellen()
    with Client(tries=2) as client:
        changed, messages = changed_tabellen(tabellen.values(), keten.adressen(), plek.archief, client)
    if not changed:
        return dg.SkipReason("; ".join(messages) or f"geen van de {len(tabellen)} tabellen is gewijzigd")
    # The same set of changes asks for one run only, also when that run ends in a refusal: the night tries again.
    run_key = hashlib.sha256(repr(sorted(changed.items())).encode()).hexdigest()[:16]
    context.log.info("gewijzigd: %s", ", ".join(changed))
    tags = {"monitor/gewijzigd": ", ".join(changed)[:200]}
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=run_key, run_config=run_config(keten), tags=tags)])

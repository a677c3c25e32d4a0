"""When it runs by itself: every night, when CBS says that a table changed, when a delivery came; and who hears of what.

Off until somebody switches them on, but for what only tells.
"""

import hashlib
from typing import Any

import dagster as dg

from assets.bron.bronlijst import read_tabellen
from assets.bron.catalogus import changed_tabellen
from assets.bron.http import Client
from assets.keten import TIJDZONE
from pipelines import instellingen, klok
from pipelines.aangeleverd import list_bestanden, look
from pipelines.afloop import read_afloop
from pipelines.jobs import run_config, verversen
from pipelines.meldingen.bezorgen import deliver, kanalen
from pipelines.meldingen.nacht import report_quiet, report_run
from pipelines.nachten import describe_quiet, hold_quiet
from pipelines.resources import Ketenbron
from pipelines.volgende import find_volgende


@dg.schedule(
    job=verversen,
    cron_schedule="30 4 * * *",
    execution_timezone=TIJDZONE.key,
    description="Ververs elke nacht om half vijf. Is er niets veranderd, dan start er geen run.",
)
def iedere_nacht(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Refresh every night at half past four, after the CBS releases of the day before and before anybody works.

    Where nothing changed since the last refresh no run starts; the channels hear that the night was held.
    """
    instelling = instellingen.read()
    keten = Ketenbron.van(instelling)
    aanleiding = hold_quiet(keten, klok.now())
    if aanleiding.gepubliceerd is None or aanleiding.waarom:
        return dg.RunRequest(run_config=run_config(keten), tags={"monitor/waarom": "; ".join(aanleiding.waarom)[:200]})
    for fout in report_quiet(keten, instelling):
        context.log.warning("niet bezorgd: %s", fout)
    return dg.SkipReason(describe_quiet(aanleiding, aanleiding.gepubliceerd))


@dg.sensor(
    job=verversen,
    minimum_interval_seconds=1800,
    description="Vraag elk half uur de catalogus van het CBS, en ververs als een van onze tabellen is gewijzigd.",
)
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


@dg.sensor(
    job=verversen,
    minimum_interval_seconds=60,
    description="Kijk elke minuut in de map met aanleveringen, en ververs als er een bestand bij kwam of veranderde. "
    "Wat nog wordt geschreven, wacht tot het een minuut hetzelfde is.",
)
def aangeleverd(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Refresh when a delivery came and is whole: the same at two looks, and by its name no file in the making."""
    instelling = instellingen.read()
    if instelling.aanlevering is None:
        return dg.SkipReason("MONITOR_AANLEVERING noemt geen map")
    try:
        kijk = look(context.cursor, list_bestanden({"aanlevering": instelling.aanlevering}))
    except OSError as error:
        return dg.SkipReason(f"de map {instelling.aanlevering} is niet te lezen: {error.strerror}")
    context.update_cursor(kijk.cursor)
    if not kijk.sleutel:
        return dg.SkipReason(kijk.gezegd)
    context.log.info(kijk.gezegd)
    tags = {"monitor/waarom": kijk.gezegd[:200]}
    config = run_config(Ketenbron.van(instelling))
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=kijk.sleutel, run_config=config, tags=tags)])


@dg.sensor(
    minimum_interval_seconds=6 * 60 * 60,
    description="Stuur bericht als het tijd is om de volgende editie te openen, naar de dagen van de cyclus. Er wordt "
    "niets gebouwd: een editie die net is geopend, kwam anders op de plaats van wat is gepubliceerd.",
)
def volgende_editie(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Tell the channels, once for each edition, that the next one is to be opened; who opens it is a person."""
    volgende = find_volgende(instellingen.edities(), klok.now().astimezone(TIJDZONE).date())
    if volgende is None:
        return dg.SkipReason("er is nog geen editie: schrijf de eerste zelf (docs/editie.md, stap 1)")
    if not volgende.aan_de_beurt or context.cursor == str(volgende.jaar):
        return dg.SkipReason(volgende.gezegd)
    instelling, fouten = instellingen.read(), list[str]()
    deliver(volgende.as_melding(), kanalen(instelling), fouten)
    for fout in fouten:
        context.log.warning("niet bezorgd: %s", fout)
    if not fouten:
        context.update_cursor(str(volgende.jaar))
    return dg.SkipReason(volgende.gezegd)


def _tell(context: dg.RunStatusSensorContext, *, geslaagd: bool) -> dg.SkipReason | None:
    """Tell the channels what is new of a run of the source that the schedule refreshes; of a trial nobody hears."""
    instelling, run = instellingen.read(), context.dagster_run
    ours = Ketenbron.van(instelling)
    resources: Any = run.run_config.get("resources") or {}
    given = resources.get("keten", {}).get("config")
    keten = Ketenbron(**given) if given else Ketenbron.op_de_pagina(instelling)
    if (keten.bron, keten.opslag) != (ours.bron, ours.opslag):
        return dg.SkipReason(f"deze verversing was van {keten.bron}; bericht komt er alleen over {ours.bron}")
    events = [e.dagster_event for e in context.instance.all_logs(run.run_id) if e.dagster_event is not None]
    for fout in report_run(keten, read_afloop(events, geslaagd=geslaagd), instelling):
        context.log.warning("niet bezorgd: %s", fout)
    return None


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    description="Stuur na een verversing bericht over wat nieuw is en aandacht vraagt: een keer per oorzaak.",
    monitored_jobs=[verversen],
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def meld_gelukt(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
    """Tell what a refresh asks to be looked at, once for each cause, to the channels of the environment."""
    return _tell(context, geslaagd=True)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    description="Stuur bericht als een verversing mislukt of wordt tegengehouden, met de volgende opdracht.",
    monitored_jobs=[verversen],
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def meld_mislukt(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
    """Tell why a refresh did not publish, once for each cause, to the channels of the environment."""
    return _tell(context, geslaagd=False)

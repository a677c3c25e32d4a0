"""The job `editie`: a partition an edition. An open one is built; a frozen one is rebuilt from its seal and compared.

It is a job of one step beside the assets, and these have no partitions: what stands in `actueel` is of one edition.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from assets.bouw.zegel import Zegel, find_zegel
from assets.rapport.editie import EditieError, list_jaren, read_editie
from pipelines import instellingen
from pipelines.afloop import read_afloop, toets_zin
from pipelines.jobs import run_config
from pipelines.opruimen import OM
from pipelines.resources import Ketenbron

EDITIE = "editie"
# so many documents that are other than they were are named
BIJ_NAAM = 10


class EditieConfig(dg.Config):
    """Of which source; empty: of MONITOR_BRON, and of the sample where that names none."""

    bron: str = ""


def make_partities() -> dg.StaticPartitionsDefinition:
    """The editions of the tenant that is served: a folder is a partition, once the definitions are loaded again."""
    return dg.StaticPartitionsDefinition([str(jaar) for jaar in list_jaren(instellingen.edities())])


def make(context: dg.OpExecutionContext, config: EditieConfig, ververs: dg.JobDefinition) -> dict[str, Any]:
    """Build or rebuild the edition of the partition, and tell what came of it.

    `ververs`: the job that refreshes. Raises MonitorError for one that can not be made.
    """
    instelling = instellingen.read()
    keuzes: dict[str, Any] = {"editie": int(context.partition_key)} | ({"bron": config.bron} if config.bron else {})
    keten = Ketenbron.op_de_pagina(instelling, **keuzes)
    plek = keten.plek()
    if (zegel := find_zegel(plek.opslag, plek.soort, keten.editie)) is not None:
        return _rebuild(zegel)
    if read_editie(instellingen.edities(), keten.editie).editie.staat == "bevroren":
        raise EditieError(
            f"editie {keten.editie} is bevroren, en haar archief is hier niet",
            vervolg=f"Zet het archief in {plek.opslag / 'edities' / plek.soort} (docs/beheer.md, Reservekopie)",
        )
    return _build(context, keten, ververs)


def _rebuild(zegel: Zegel) -> dict[str, Any]:
    """Make the documents of a seal again and hold them to it. Raises EditieError where they differ."""
    from assets.rapport.bevriezen import rebuild

    with TemporaryDirectory(prefix="herbouw-") as folder:
        made = rebuild(zegel.pad, Path(folder) / "uit", instellingen.LOCK, instellingen.code_versie())
    if made.verschillen:
        raise EditieError(
            f"{len(made.verschillen)} documenten van editie {zegel.jaar} zijn niet gelijk aan wat is verzegeld: "
            + "; ".join((*made.verschillen[:BIJ_NAAM], *made.anders)),
            waar=str(zegel.pad),
            vervolg=f"Vergelijk zelf: monitor editie herbouw {zegel.pad} --uit MAP",
        )
    said = "Herbouwd uit het zegel: alle documenten zijn tot op de byte gelijk."
    return {
        "uitkomst": said,
        "archief": str(zegel.pad),
        "versie": zegel.versie,
        "anders": ", ".join(made.anders) or "-",
    }


def _build(context: dg.OpExecutionContext, keten: Ketenbron, ververs: dg.JobDefinition) -> dict[str, Any]:
    """Refresh with this edition, as a run of its own that shows every asset. Raises EditieError where it fails."""
    run = ververs.execute_in_process(
        run_config=run_config(keten),
        instance=context.instance,
        tags={"monitor/waarom": f"editie {keten.editie}", OM: context.run_id},
        raise_on_error=False,
    )
    afloop = read_afloop(run.all_events, geslaagd=run.success)
    if not afloop.geslaagd:
        why = [*(f"toets {c.check_name}: {toets_zin(c)}" for c in afloop.tegengehouden), *afloop.fouten]
        raise EditieError(
            f"editie {keten.editie} is niet gepubliceerd: {'; '.join(why)}",
            waar=f"run {run.run_id}",
            vervolg="Bekijk die run op de pagina, of: monitor status",
        )
    said = f"Gebouwd en gepubliceerd: {Path(keten.uitvoer) / 'actueel'}"
    return {"uitkomst": said, "run": run.run_id}


def make_editie(load: Callable[[], dg.JobDefinition]) -> dg.JobDefinition:
    """The job, with the editions that there are now as its partitions; `load` gives the job that refreshes."""

    @dg.op(
        name="maak_editie",
        description="Bouw een open editie, of herbouw een bevroren editie uit haar zegel en vergelijk haar per byte.",
        out=dg.Out(dg.Nothing),
    )
    def maak_editie(context: dg.OpExecutionContext, config: EditieConfig) -> None:
        told = make(context, config, load())
        context.log.info(told["uitkomst"])
        context.add_output_metadata(told)

    @dg.job(
        name=EDITIE,
        description="Kies een editie: een open editie wordt gebouwd en gepubliceerd, een bevroren editie wordt uit "
        "haar zegel herbouwd en vergeleken.",
        partitions_def=make_partities(),
        executor_def=dg.in_process_executor,
    )
    def editie() -> None:
        maak_editie()

    return editie

"""The job `editie` in Dagster: an open edition is built, a frozen one is made again from its seal and compared."""

import dagster as dg
import pytest

from assets.bron.bronlijst import read_bronlijst
from assets.rapport.bevriezen import freeze
from assets.rapport.editie import list_jaren, read_editie
from pipelines import instellingen, klok
from pipelines.definitions import defs
from pipelines.editiejob import EDITIE
from pipelines.home import open_instance
from pipelines.jobs import JOB, REGISTER, run_config
from pipelines.resources import Ketenbron

JAAR = "2026"


@pytest.fixture(scope="module")
def loaded():
    return defs()


@pytest.fixture
def launch(loaded, plaats):
    """Launch the job for a partition in this process; what came of it, and the runs that there are then."""

    def run(jaar=JAAR):
        with open_instance(plaats.opslag) as instance:
            done = loaded.resolve_job_def(EDITIE).execute_in_process(
                partition_key=jaar, instance=instance, raise_on_error=False
            )
            texts = [str(e.event_specific_data.error) for e in done.all_events if e.is_step_failure]
            told = {
                k: v.value
                for e in done.all_events
                if e.is_successful_output
                for k, v in e.step_output_data.metadata.items()
            }
            return done.success, told, " ".join(texts), instance.get_runs()

    return run


def test_every_edition_of_the_tenant_is_a_partition(loaded):
    partities = loaded.resolve_job_def(EDITIE).partitions_def.get_partition_keys()
    assert partities == [str(jaar) for jaar in list_jaren(instellingen.edities())]
    assert JAAR in partities


def test_an_open_edition_is_built_and_published_by_a_run_that_shows_every_asset(launch, plaats):
    before = plaats.actueel.resolve()
    success, told, text, runs = launch()
    assert success, text
    assert plaats.actueel.resolve() != before
    outer, inner = (next(r for r in runs if r.job_name == naam) for naam in (EDITIE, JOB))
    assert told["run"] == inner.run_id and inner.status == dg.DagsterRunStatus.SUCCESS
    # the run that starts closes what was left behind, and not the one that waits for it
    assert outer.status == dg.DagsterRunStatus.SUCCESS


def test_a_frozen_edition_is_made_again_from_its_seal_and_is_the_same(launch, plaats):
    editiemap = read_editie(instellingen.edities(), int(JAAR))
    archief, _ = freeze(plaats.actueel.resolve(), plaats.opslag, editiemap, lock=instellingen.LOCK, now=klok.now())
    stands = plaats.actueel.resolve()
    success, told, text, runs = launch()
    assert success, text
    assert "tot op de byte gelijk" in told["uitkomst"] and told["archief"] == str(archief)
    # nothing is refreshed or published
    assert plaats.actueel.resolve() == stands and len([r for r in runs if r.job_name == JOB]) == 2
    with archief.open("ab") as file:
        file.write(b"x")
    success, _, text, _ = launch()
    assert not success and archief.name in text


def test_the_register_alone_fetches_and_builds_nothing(loaded):
    job = loaded.resolve_job_def(REGISTER)
    assert {n.name for n in job.graph.nodes} == {"register__pwr"}
    assert job.asset_layer.selected_asset_keys == {dg.AssetKey(["register", t]) for t in read_bronlijst().register}


def test_a_run_of_the_register_alone_says_what_it_found_and_asks_nobody(loaded, plaats):
    job, keten = loaded.resolve_job_def(REGISTER), Ketenbron.op_de_pagina(instellingen.read())
    with open_instance(plaats.opslag) as instance:
        done = job.execute_in_process(run_config=run_config(keten), instance=instance)
    seen = [
        e.asset_observation_data.asset_observation for e in done.all_events if e.event_type_value == "ASSET_OBSERVATION"
    ]
    assert done.success and [o.description for o in seen] == ["het register is niet meegenomen"]

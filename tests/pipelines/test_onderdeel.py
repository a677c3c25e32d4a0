"""What who knows Dagster does on its page: choose one asset, and materialize it."""

import os
import shutil
from dataclasses import replace

import dagster as dg
import pytest

from assets.bouw import assets as bouwstap
from assets.bouw.bouwen import DATABASE, TabelResultaat
from assets.bouw.invoer.bouwinvoer import GEREED
from assets.bouw.losse_stap import _adopt
from assets.bouw.tabellen import all_tabellen
from assets.bouw.uitkomst import TOETSEN, read_uitkomsten
from pipelines import instellingen
from pipelines.definitions import defs
from pipelines.home import open_instance
from pipelines.jobs import run_config
from pipelines.resources import Ketenbron
from tests.conftest import in_kopie
from tests.onthouden import onthouden


@pytest.fixture(scope="module")
def job():
    return defs().resolve_implicit_global_asset_job_def()


def launch(job, opslag, *keys, checks=None):
    """Materialize these alone, as the page does: whether that went well, and what was told of which asset or check."""
    settings = run_config(Ketenbron.op_de_pagina(instellingen.read()))
    part = job.get_subset(asset_selection=set(keys), asset_check_selection=checks)
    with open_instance(opslag) as instance:
        done = part.execute_in_process(run_config=settings, instance=instance, raise_on_error=False)
        made = {e.asset_key for e in done.all_events if e.event_type_value == "ASSET_MATERIALIZATION"}
        seen = {
            e.asset_observation_data.asset_observation.asset_key: e.asset_observation_data.asset_observation.description
            for e in done.all_events
            if e.event_type_value == "ASSET_OBSERVATION"
        }
        held = {
            e.asset_check_evaluation_data.asset_check_key: e.asset_check_evaluation_data.passed
            for e in done.all_events
            if e.event_type_value == "ASSET_CHECK_EVALUATION"
        }
    return done, made, seen, held


def step_of(job, key):
    """The assets that are made in one go with this one."""
    return job.asset_layer.asset_graph.get(key).assets_def.keys


def test_one_indicator_then_one_page_then_the_publication(job, plaats):
    """Each makes the whole it is a part of, tells so, and takes what the one before it made."""
    before = plaats.actueel.resolve()
    key = next(k for k in step_of(job, dg.AssetKey(["monitor", "stand"])) if k.path[0] == "indicator")
    done, made, seen, held = launch(job, plaats.opslag, key)
    assert done.success
    # what came with it is there, so the page shows it; and so are all checks, of which it has none of its own
    assert made == step_of(job, key)
    assert {k.asset_key for k in held} <= made and len(held) > 10
    folder = plaats.opslag / "bouw" / "opname" / done.run_id
    assert (folder / GEREED).is_file() and read_uitkomsten(folder / TOETSEN)
    assert not (folder / "rapport").exists() and plaats.actueel.resolve() == before

    blad = next(k for k in step_of(job, dg.AssetKey(["rapport", "html"])) if k.path[0] == "blad")
    done, made, seen, held = launch(job, plaats.opslag, blad)
    assert done.success
    assert dg.AssetKey(["rapport", "html"]) in made and (blad in made) != (blad in seen)
    assert {k.name for k in held} == {"leesbaar", "gevuld"}
    report = plaats.opslag / "bouw" / "opname" / done.run_id
    assert (report / DATABASE).samefile(folder / DATABASE) and plaats.actueel.resolve() == before

    key = dg.AssetKey(["publicatie", "actueel"])
    done, made, _, _ = launch(job, plaats.opslag, key)
    assert done.success and made == {key} and plaats.actueel.resolve() == report


@pytest.fixture
def gebouwd(plaats, monkeypatch):
    """A build takes what was built before: what it makes is tested elsewhere."""
    take_built(plaats.actueel.resolve(), monkeypatch)


def take_built(built, patch):
    """Let a build take the tables and the checks of one that was made before."""
    held = [t for t in read_uitkomsten(built / TOETSEN) if t.toets != bouwstap.AANVAL]

    def build(invoer, folder, **_):
        _adopt(built, folder)
        return [TabelResultaat(t.naam, 0, 0.0) for t in all_tabellen()]

    patch.setattr(bouwstap, "build_database", build)
    patch.setattr(bouwstap, "check_build", lambda *args, **kwargs: list(held))
    return held


def take_drawn(published, patch):
    """Let a report take the pages and papers of one that was made before."""

    def write_rapport(database, folder, *_, **__):
        for naam in ("rapport", "stukken"):
            shutil.copytree(published / naam, folder / naam, copy_function=os.link, dirs_exist_ok=True)
        return folder / "rapport" / "index.html"

    patch.setattr("assets.rapport.schrijven.write_rapport", write_rapport)


def test_a_check_that_must_hold_stops_a_run_that_asked_another_table(job, plaats, monkeypatch):
    held = take_built(plaats.actueel.resolve(), monkeypatch)
    n = next(n for n, t in enumerate(held) if t.zwaarte == "blokkeert" and t.tabel != "monitor.stand")
    key = dg.AssetCheckKey(bouwstap.tabel_key(held[n].tabel), held[n].toets)
    broken = [*held[:n], replace(held[n], geslaagd=False, aantal=1), *held[n + 1 :]]
    monkeypatch.setattr(bouwstap, "check_build", lambda *args, **kwargs: broken)
    done, made, _, told = launch(job, plaats.opslag, dg.AssetKey(["monitor", "stand"]))
    assert dg.AssetKey(["monitor", "stand"]) in made
    assert not done.success and not told[key]


@pytest.mark.usefixtures("gebouwd")
def test_a_check_by_itself_is_answered(job, plaats):
    (check,) = [
        k for k in job.asset_layer.asset_graph.asset_check_keys if k.to_user_string() == "kern/waarneming:aanval"
    ]
    done, made, _, held = launch(job, plaats.opslag, checks={check})
    assert done.success and held[check] and check.asset_key in made


def test_what_is_not_there_ends_in_an_observation_with_the_reason(job, plaats):
    key = dg.AssetKey(["bron", "aanlevering", "rmbw"])
    done, made, seen, _ = launch(job, plaats.opslag, key)
    assert done.success and made == set() and seen[key]


@pytest.mark.lang
def test_every_asset_there_is_can_be_materialized_alone(job, voorbeeld, gedeeld, tmp_path):
    """On the whole sample, one by one: it is made, or an observation says why not."""
    made = in_kopie(voorbeeld, tmp_path)
    wrong = {}
    with pytest.MonkeyPatch.context() as patch, onthouden(gedeeld / "getekend"):
        patch.setenv("MONITOR_OPSLAG", str(made.opslag))
        patch.setenv("MONITOR_UITVOER", str(made.uitvoer.parent))
        patch.setenv("MONITOR_BRON", "voorbeeld")
        take_built(made.actueel.resolve(), patch)
        take_drawn(made.actueel.resolve(), patch)
        keys = sorted(job.asset_layer.executable_asset_keys)
        for key in keys:
            done, there, seen, _ = launch(job, made.opslag, key)
            if not done.success or not (key in there or seen.get(key)):
                wrong[key.to_user_string()] = [str(e.event_specific_data) for e in done.all_events if e.is_failure]
    assert len(keys) > 300 and wrong == {}

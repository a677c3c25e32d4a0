import dagster as dg
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import read_aanleveringen, read_tabellen
from pipelines.definitions import defs
from pipelines.jobs import JOB


@pytest.fixture(scope="module")
def graph():
    dg.Definitions.validate_loadable(defs)
    return defs.resolve_asset_graph()


def test_every_source_and_every_table_is_an_asset(graph):
    keys = {tuple(k.path) for k in graph.get_all_asset_keys()}
    bronnen = [*read_tabellen().values(), *read_aanleveringen().values()]
    assert {("bron", b.bron, b.id) for b in bronnen} <= keys
    assert {tuple(t.naam.split(".")) for t in all_tabellen() if not t.naam.startswith("reken.")} <= keys


def test_every_asset_says_what_it_is(graph):
    assert [k for k in graph.get_all_asset_keys() if not (graph.get(k).description or "").strip()] == []


def test_lineage_runs_from_source_table_to_publication(graph):
    seen, todo = set(), [dg.AssetKey(["publicatie", "actueel"])]
    while todo:
        key = todo.pop()
        seen.add(key)
        todo += [k for k in graph.get(key).parent_keys if k not in seen]
    assert dg.AssetKey(["bron", "cbs", "03759ned"]) in seen
    assert dg.AssetKey(["bron", "aanlevering", "rmbw"]) in seen
    assert dg.AssetKey(["kern", "waarneming"]) in seen
    assert dg.AssetKey(["rapport", "html"]) in seen


def test_checks_of_the_build_block_the_publication():
    blocking = [
        s.name
        for a in defs.assets
        for s in getattr(a, "check_specs", [])
        if s.blocking and s.asset_key.path[0] != "bron"
    ]
    assert len(blocking) > 10


def test_one_job_for_schedule_sensor_and_command_line():
    assert [s.job_name for s in defs.schedules] == [JOB]
    assert [s.job_name for s in defs.sensors] == [JOB]
    assert defs.resolve_job_def(JOB).executor_def.name == "in_process"

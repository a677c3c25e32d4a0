import subprocess
import sys

import dagster as dg
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import read_aanleveringen, read_tabellen
from begrippen.fout import BestandError
from pipelines import definitions
from pipelines.cli import cli
from pipelines.definitions import defs
from pipelines.editiejob import EDITIE
from pipelines.jobs import JOB, REGISTER, TERUG
from pipelines.resources import DELEN

# Imports the definitions, and names what is loaded then and only draws or checks; then every module, and
# names each file of the house that is opened meanwhile and is not code.
READ_AT_IMPORT = """
import importlib, pathlib, pkgutil, sys
import begrippen
house, opened = pathlib.Path(begrippen.__file__).parents[1], set()
def audit(event, args):
    if event == "open" and isinstance(args[0], str) and pathlib.Path(args[0]).suffix in LISTS:
        opened.add(args[0])
LISTS = {".yaml", ".toml", ".csv", ".sql", ".json"}
sys.addaudithook(audit)
importlib.import_module("pipelines.definitions")
print(*(m for m in ("matplotlib", "pptx", "docx", "openpyxl", "jinja2", "great_expectations") if m in sys.modules))
for room in ("begrippen", "assets", "reports", "pipelines"):
    for module in pkgutil.walk_packages([str(house / room)], f"{room}."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as absent:
            # what an extra brings, that a plain installation does not have
            if absent.name not in ("sqlglot", "pyspark"):
                raise
print(*sorted(p for p in opened if pathlib.Path(p).is_relative_to(house) and "site-packages" not in p))
"""


# What a refresh needs and a night in which nothing changed does not: seconds of loading.
HEAVY = ("pandas", "scipy", "sqlalchemy", "great_expectations", "matplotlib")


def test_what_asks_whether_anything_changed_loads_nothing_that_only_a_refresh_needs():
    asked = f"import sys, pipelines.cli, pipelines.run; print(*(m for m in {HEAVY} if m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "\n"


@pytest.fixture(scope="module")
def loaded():
    return defs()


@pytest.fixture(scope="module")
def graph(loaded):
    dg.Definitions.validate_loadable(loaded)
    return loaded.resolve_asset_graph()


def test_loading_the_definitions_loads_nothing_that_draws_and_no_module_reads_a_list():
    done = subprocess.run([sys.executable, "-c", READ_AT_IMPORT], capture_output=True, text=True, check=True)
    loaded, read = done.stdout.splitlines()
    assert (loaded, read) == ("", "")


@pytest.fixture
def wrong_list(tmp_path, monkeypatch):
    """A list of tables with a fault in it."""
    (tmp_path / "1.yaml").write_text("- id: 03759ned\n  api: v9\n", encoding="utf-8")
    monkeypatch.setattr(definitions, "read_bronlijst", lambda: read_tabellen(tmp_path))


def test_a_wrong_list_is_told_without_the_way_to_it(wrong_list):
    with pytest.raises(BestandError, match=r"regel 2, \[03759ned\]\.api: 'v9' mag hier niet") as error:
        defs()
    ours = [step for step in error.traceback if "begrippen" in str(step.path) or "bronlijst" in str(step.path)]
    assert ours == []


def test_a_wrong_list_ends_a_run_with_exit_code_2(wrong_list, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        cli.main(["run"], prog_name="monitor")
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Fout: ")
    assert "api: 'v9' mag hier niet" in said.err


def test_every_source_and_every_table_is_an_asset(graph):
    keys = {tuple(k.path) for k in graph.get_all_asset_keys()}
    bronnen = [*read_tabellen().values(), *read_aanleveringen().values()]
    assert {("bron", b.bron, b.id) for b in bronnen} <= keys
    assert {tuple(t.naam.split(".")) for t in all_tabellen() if not t.naam.startswith("reken.")} <= keys


def test_every_asset_says_what_it_is_and_whose(graph):
    assert [k for k in graph.get_all_asset_keys() if not (graph.get(k).description or "").strip()] == []
    assert [k for k in graph.get_all_asset_keys() if not graph.get(k).owners or not graph.get(k).kinds] == []


# words that a sentence of the one language has and the other has not
ENGELS = {"the", "of", "and", "each", "every", "which", "with", "what", "tell", "fetch", "run", "from"}


def test_what_the_page_of_dagster_says_is_said_in_dutch(loaded, graph):
    said = {f"asset {k.to_user_string()}": graph.get(k).description for k in graph.get_all_asset_keys()}
    said |= {f"stap {step.node_def.name}": step.node_def.description for step in loaded.assets}
    said |= {x.name: x.description for x in (*loaded.schedules, *loaded.sensors)}
    said |= {f"taak {naam}": loaded.resolve_job_def(naam).description for naam in (JOB, EDITIE, REGISTER, TERUG)}
    said["instellingen"] = loaded.resources["keten"].get_resource_definition().description
    said |= {
        f"toets {spec.name}": spec.description for step in loaded.assets for spec in getattr(step, "check_specs", [])
    }
    assert [where for where, text in said.items() if not text] == []
    # 'of' is a word of both
    assert [where for where, text in said.items() if len(ENGELS - {"of"} & set(text.lower().split())) > 1] == []


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


def test_checks_of_the_build_block_the_publication(loaded):
    blocking = [
        s.name
        for a in loaded.assets
        for s in getattr(a, "check_specs", [])
        if s.blocking and s.asset_key.path[0] != "bron"
    ]
    assert len(blocking) > 10


def test_a_stage_gets_what_it_needs_and_no_more(loaded):
    # what holds the values between steps is no part of the chain
    asked = {step.node_def.name: set(step.required_resource_keys) - {"io_manager"} for step in loaded.assets}
    assert set().union(*asked.values()) <= {*DELEN, "voortgang"}
    assert [naam for naam, keys in asked.items() if "bronnen" in keys and "register" in keys] == []
    assert {naam for naam, keys in asked.items() if "register" in keys} == {
        "register__pwr",
        "bouw",
        "publicatie__actueel",
    }


def test_the_register_that_is_begun_first_is_waited_for_last(loaded):
    nodes = loaded.resolve_job_def(JOB).graph.nodes
    later = {n.name for n in nodes if int(n.definition.tags.get("dagster/priority", 0)) < 0}
    assert later == {"register__pwr"}


def test_of_a_day_in_the_past_nothing_is_fetched_and_all_else_is_done(loaded):
    whole, back = ({n.name for n in loaded.resolve_job_def(naam).graph.nodes} for naam in (JOB, TERUG))
    assert whole - back == {"statline", "aanleveringen", "register__pwr", "editie__vorige"}
    assert back == {"bouw", "rapport__html", "publicatie__actueel"}


def test_one_job_for_schedule_sensor_and_command_line(loaded):
    assert [s.job_name for s in loaded.schedules] == [JOB]
    assert {s.name: s.job_name for s in loaded.sensors if s.has_jobs} == {"cbs_gewijzigd": JOB, "aangeleverd": JOB}
    # what only tells starts none
    assert {s.name for s in loaded.sensors if not s.has_jobs} == {"meld_gelukt", "meld_mislukt", "volgende_editie"}
    assert loaded.resolve_job_def(JOB).executor_def.name == "in_process"

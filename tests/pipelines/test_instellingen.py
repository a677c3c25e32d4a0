import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from dagster._config import validate_config
from dagster._core.instance.config import dagster_instance_config_schema

from assets.bron.fetch import Adressen
from assets.register.bescherming.parameters import Parameters
from begrippen.plekken import WORTEL, geleverd
from pipelines import instellingen
from pipelines.cli import main
from pipelines.geschiedenis import PRODUCTIE, GeschiedenisError, make_settings
from pipelines.home import open_instance
from pipelines.instellingen import Instellingen, read, variabele
from pipelines.jobs import run_config
from pipelines.resources import Ketenbron


@pytest.mark.parametrize("text", ["voorbeeld", "cbs"])
def test_a_kind_of_source_is_known_by_its_name(text):
    assert instellingen.parse_bron(text) == instellingen.Bronkeuze(text)


def test_a_replay_names_its_folder(tmp_path):
    assert instellingen.parse_bron(f"opname:{tmp_path}") == instellingen.Bronkeuze("opname", tmp_path)


@pytest.mark.parametrize("text", ["", "CBS", "opname", "opname:", "voorbeeld:x", "opname:/bestaat/niet"])
def test_another_source_is_refused_with_the_choices(text):
    with pytest.raises(instellingen.InstellingError, match=r"voorbeeld, cbs of opname|bestaat niet"):
        instellingen.parse_bron(text)


def config_of(keten):
    return run_config(keten).to_config_dict()["resources"]["keten"]["config"]


def test_addresses_come_from_the_environment():
    adressen = Ketenbron.van(read({"MONITOR_CBS_V3": "http://127.0.0.1:1234/", "MONITOR_CBS_DERDEN": ""})).adressen()
    assert adressen.v3 == "http://127.0.0.1:1234"
    assert (adressen.v4, adressen.derden) == (Adressen().v4, Adressen().derden)


def test_the_schedule_runs_what_the_environment_says_and_its_configuration_shows_all_of_it(tmp_path):
    environ = {"MONITOR_BRON": "voorbeeld", "MONITOR_EDITIE": "2028", "MONITOR_REGISTER_P": "7,5"}
    config = config_of(Ketenbron.van(read(environ | {"MONITOR_OPSLAG": str(tmp_path)})))
    assert config.keys() == Ketenbron.model_fields.keys()
    assert (config["bron"], config["editie"], config["register_p"]) == ("voorbeeld", 2028, 7.5)
    assert (config["opslag"], config["aanlevering"]) == (str(tmp_path), "")
    assert config["uitvoer"].endswith("/uitvoer/voorbeeld")


@pytest.mark.parametrize("given", [{"MONITOR_BRON": "cbs"}, {}])
def test_deliveries_and_policy_of_the_environment_are_of_the_source_of_the_schedule_alone(tmp_path, given):
    places = {naam: tmp_path / naam for naam in instellingen.MAPPEN}
    instelling = read(given | {variabele(naam): str(path) for naam, path in places.items()})

    def mappen(**keuzes):
        keten = Ketenbron.van(instelling, **keuzes)
        return {naam: text and Path(text) for naam in instellingen.MAPPEN if (text := getattr(keten, naam))}

    # what an option leaves open is as the environment says, by hand as at night
    left = dict.fromkeys(instellingen.MAPPEN)
    assert mappen() == mappen(bron="cbs", **left) == places
    assert mappen(bron="cbs", **left | {"aanlevering": tmp_path}) == places | {"aanlevering": tmp_path}
    # nothing real is mixed with the sample; the boundaries are of no source
    assert mappen(bron="voorbeeld", **left) == {"geo": places["geo"]}
    assert mappen(bron="voorbeeld", **left | {"aanlevering": tmp_path})["aanlevering"] == tmp_path
    pagina = Ketenbron.op_de_pagina(instelling)
    assert bool(pagina.aanlevering) == (pagina.bron == "cbs") == bool(given)


def test_deliveries_go_with_the_replay_that_the_environment_names_and_no_other(tmp_path):
    (tmp_path / "een").mkdir()
    (tmp_path / "twee").mkdir()
    environ = {"MONITOR_BRON": f"opname:{tmp_path / 'een'}", "MONITOR_AANLEVERING": str(tmp_path)}
    assert Ketenbron.van(read(environ)).aanlevering == str(tmp_path)
    for bron in (f"opname:{tmp_path / 'twee'}", "cbs", "voorbeeld"):
        assert Ketenbron.van(read(environ), bron=bron).aanlevering == ""


@pytest.mark.parametrize(
    ("words", "environ", "message"),
    [
        ([], {"MONITOR_AANLEVERING": "/er/niet"}, "MONITOR_AANLEVERING /er/niet: dat bestaat niet"),
        ([], {"MONITOR_BELEID": "/er/niet"}, "MONITOR_BELEID /er/niet: dat bestaat niet"),
        (["--geo", "/ook/niet"], {"MONITOR_GEO": "/er/niet"}, "--geo /ook/niet: dat bestaat niet"),
        ([], {"MONITOR_EDITIE": "2026", "MONITOR_GEO": "/er/niet"}, "MONITOR_GEO /er/niet: dat bestaat niet"),
    ],
)
def test_a_refresh_by_hand_reads_the_settings_of_the_schedule(words, environ, message, monkeypatch, capsys):
    for naam, text in environ.items():
        monkeypatch.setenv(naam, text)
    monkeypatch.setattr("sys.argv", ["monitor", "run", "--bron", "cbs", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


def test_the_schedule_is_of_cbs_unless_told_otherwise():
    assert Ketenbron.van(read({})).bron == "cbs"


def test_an_empty_variable_is_one_that_is_not_given():
    assert read({variabele(naam): " " for naam in Instellingen.model_fields}) == read({}) == Instellingen()


@pytest.mark.parametrize(
    ("naam", "text", "message"),
    [
        ("MONITOR_EDITIE", "volgend", "MONITOR_EDITIE: moet een geheel getal zijn, niet 'volgend'"),
        ("MONITOR_EDITIE", "1826", "MONITOR_EDITIE: '1826' is te klein; minstens 2010"),
        ("MONITOR_REGISTER_P", "tien", "MONITOR_REGISTER_P: moet een getal zijn, niet 'tien'"),
        ("MONITOR_REGISTER_MINIMUM", "2,5", "MONITOR_REGISTER_MINIMUM: moet een geheel getal zijn, niet '2,5'"),
        ("MONITOR_REGISTER", "graag", "MONITOR_REGISTER: 'graag' is geen ja of nee; geef 1 of 0"),
    ],
)
def test_a_setting_that_can_not_be_used_names_itself_and_ends_with_wrong_use(naam, text, message, monkeypatch, capsys):
    with pytest.raises(instellingen.InstellingError, match=re.escape(message)):
        read({naam: text})
    monkeypatch.setenv(naam, text)
    monkeypatch.setattr("sys.argv", ["monitor", "status"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


def test_rules_of_disclosure_that_can_not_be_are_refused():
    with pytest.raises(instellingen.InstellingError, match="het minimum is ten minste 1"):
        Ketenbron.van(read({"MONITOR_REGISTER_MINIMUM": "0"})).registerkeuze()


def test_defaults_are_those_of_the_protection():
    assert Ketenbron.van(read({})).registerkeuze().regels == Parameters()


def test_the_readme_lists_every_setting_and_no_other():
    listed = set(re.findall(r"MONITOR_[A-Z0-9_]+", (WORTEL / "README.md").read_text(encoding="utf-8")))
    assert listed == {variabele(naam) for naam in Instellingen.model_fields}


def test_the_environment_is_read_in_one_place():
    read_there = {
        path.relative_to(WORTEL).as_posix()
        for room in ("pipelines", "assets", "reports", "begrippen", "notebooks")
        for path in (WORTEL / room).rglob("*.py")
        if re.search(
            r"environ\W+(get\W+)?[\"']?(MONITOR|INSTELLING)|environ: Mapping", path.read_text(encoding="utf-8")
        )
    }
    # which tenant: the floor below; the notebooks know nothing of the rooms
    assert read_there == {"pipelines/instellingen.py", "begrippen/gebied.py", "notebooks/monitor.py"}


def test_kinds_publish_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path))
    assert {instellingen.uitvoer(s) for s in ("voorbeeld", "opname", "cbs")} == {
        tmp_path / "voorbeeld",
        tmp_path / "opname",
        tmp_path / "cbs",
    }


def test_the_root_dagster_yaml_takes_effect(tmp_path):
    with open_instance(tmp_path) as instance:
        assert instance.telemetry_enabled is False
        assert instance.python_log_level == "WARNING"
        assert instance.run_monitoring_enabled is True
        assert instance.root_directory == str(tmp_path / "dagster")
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1


def test_a_changed_dagster_yaml_is_copied_at_the_next_start(tmp_path):
    with open_instance(tmp_path):
        pass
    (tmp_path / "dagster" / "dagster.yaml").write_text("telemetry:\n  enabled: true\n", encoding="utf-8")
    with open_instance(tmp_path) as instance:
        assert instance.telemetry_enabled is False


def test_what_runs_in_another_folder_gets_every_folder_absolute_and_the_tenant_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {"BRON": "opname:cbs", "AANLEVERING": "in/nieuw", "GEBIED": "zeeland", "EDITIE": "2026", "GEO": " "}
    environ = {f"MONITOR_{naam}": text for naam, text in given.items()}
    found = instellingen.make_absolute(environ)
    assert found == {
        "MONITOR_OPSLAG": str(tmp_path / "opslag"),
        "MONITOR_UITVOER": str(tmp_path / "uitvoer"),
        "MONITOR_AANLEVERING": str(tmp_path / "in" / "nieuw"),
        "MONITOR_BRON": f"opname:{tmp_path / 'cbs'}",
    }
    assert instellingen.make_absolute({"MONITOR_GEBIED": "hier/zeeland"})["MONITOR_GEBIED"] == str(
        tmp_path / "hier" / "zeeland"
    )
    # every setting that is a path goes along, whichever comes later
    paths = {naam for naam, field in instellingen.Instellingen.model_fields.items() if "Path" in str(field.annotation)}
    every = instellingen.make_absolute({instellingen.variabele(naam): naam for naam in paths})
    assert {instellingen.variabele(naam) for naam in paths} <= set(every)


def test_a_history_in_postgresql_is_not_left_for_an_empty_one_without_a_word(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_POSTGRES", raising=False)
    home = tmp_path / "dagster"
    home.mkdir()
    own = geleverd("dagster.yaml").read_text(encoding="utf-8")
    (home / "dagster.yaml").write_text(own + PRODUCTIE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(GeschiedenisError, match=r"staat in PostgreSQL, en MONITOR_POSTGRES is leeg.*\n.*rm "):
        make_settings(home, "")
    # and these settings are ones that Dagster knows
    found = yaml.safe_load((home / "dagster.yaml").read_text(encoding="utf-8"))
    assert validate_config(dagster_instance_config_schema(), found).success
    (home / "dagster.yaml").unlink()
    assert make_settings(home, "") == own


@pytest.mark.parametrize(
    "adres", ["mysql://u:zwijg77@h/db", "postgresql://u:zwijg77@h", "postgresql://u:zw/ijg77@h/db"]
)
def test_an_address_that_is_none_is_told_without_the_address(tmp_path, adres, monkeypatch):
    # whether the driver is there or not
    monkeypatch.setitem(sys.modules, "psycopg2", ModuleType("psycopg2"))
    monkeypatch.setitem(sys.modules, "dagster_postgres", ModuleType("dagster_postgres"))
    with pytest.raises(GeschiedenisError, match="is geen adres van een database") as error:
        make_settings(tmp_path, adres)
    assert "zwijg77" not in str(error.value) and "ijg77" not in str(error.value)


def test_without_the_package_for_postgresql_the_next_command_installs_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(GeschiedenisError, match="make dienst"):
        make_settings(tmp_path, "postgresql://u@/db")

import pytest

from pipelines import instellingen
from pipelines.home import open_instance
from pipelines.jobs import run_config_from_environment


@pytest.mark.parametrize("text", ["voorbeeld", "cbs"])
def test_a_kind_of_source_is_known_by_its_name(text):
    assert instellingen.parse_bron(text) == instellingen.Bronkeuze(text)


def test_a_replay_names_its_folder(tmp_path):
    assert instellingen.parse_bron(f"opname:{tmp_path}") == instellingen.Bronkeuze("opname", tmp_path)


@pytest.mark.parametrize("text", ["", "CBS", "opname", "opname:", "voorbeeld:x", "opname:/bestaat/niet"])
def test_another_source_is_refused_with_the_choices(text):
    with pytest.raises(instellingen.InstellingError, match=r"voorbeeld, cbs of opname|bestaat niet"):
        instellingen.parse_bron(text)


def test_addresses_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("MONITOR_CBS_V3", "http://127.0.0.1:1234/")
    adressen = instellingen.addresses()
    assert adressen.v3 == "http://127.0.0.1:1234"
    assert adressen.v4.startswith("https://datasets.cbs.nl")


def test_the_schedule_runs_what_the_environment_says(monkeypatch):
    monkeypatch.setenv("MONITOR_BRON", "voorbeeld")
    monkeypatch.setenv("MONITOR_EDITIE", "2028")
    config = run_config_from_environment()["resources"]["keten"]["config"]
    assert config == {"bron": "voorbeeld", "editie": 2028, "register": False}


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

"""The sensors that wait for a delivery and for the next edition: what they ask for, and what they leave alone."""

import os
from datetime import UTC, date, datetime

import dagster as dg
import pytest

from pipelines import instellingen, klok, schedules
from pipelines.aangeleverd import list_bestanden, look
from pipelines.definitions import defs
from pipelines.home import open_instance
from pipelines.jobs import JOB
from pipelines.volgende import find_volgende


@pytest.fixture
def map_(tmp_path, monkeypatch):
    """A folder with deliveries, that the environment names."""
    folder = tmp_path / "aanlevering"
    folder.mkdir()
    for naam, path in (("OPSLAG", "opslag"), ("UITVOER", "uitvoer"), ("AANLEVERING", "aanlevering")):
        monkeypatch.setenv(f"MONITOR_{naam}", str(tmp_path / path))
    return folder


@pytest.fixture
def tik(map_, tmp_path):
    """One tick of the sensor after another, on a real instance; gives what it said or asked."""
    cursor = [None]

    def once():
        with (
            open_instance(tmp_path / "opslag") as instance,
            dg.build_sensor_context(instance=instance, cursor=cursor[0]) as context,
        ):
            found = schedules.aangeleverd(context)
            cursor[0] = context.cursor
        return found.skip_message if isinstance(found, dg.SkipReason) else found.run_requests

    return once


def test_what_lay_there_before_the_sensor_was_switched_on_is_left_to_the_night(map_, tik):
    (map_ / "rmbw.csv").write_text("a;b\n")
    assert tik() == "voor het eerst gekeken: er liggen 1 bestanden"
    assert tik() == "er is niets nieuws aangeleverd"


def test_a_file_that_grows_is_left_alone_until_it_is_the_same_at_two_ticks(map_, tik):
    tik()
    with (map_ / "rmbw.csv").open("w") as file:
        for _ in range(3):
            file.write("regel\n" * 100)
            file.flush()
            assert tik() == "nieuw, en misschien nog niet helemaal geschreven: aanlevering/rmbw.csv"
    (request,) = tik()
    assert request.tags["monitor/waarom"] == "nieuw aangeleverd: aanlevering/rmbw.csv"
    assert request.run_config["resources"]["keten"]["config"]["aanlevering"] == str(map_)
    # once
    assert tik() == "er is niets nieuws aangeleverd"


def test_one_that_is_written_anew_with_as_many_bytes_is_new(map_, tik):
    tik()
    path = map_ / "rmbw.csv"
    path.write_text("1")
    tik()
    (first,) = tik()
    path.write_text("2")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert "nog niet helemaal" in tik()
    (second,) = tik()
    assert first.run_key != second.run_key


def test_one_file_that_is_still_written_keeps_the_others_waiting(map_, tik):
    tik()
    (map_ / "a.csv").write_text("1")
    tik()
    (map_ / "b.csv").write_text("1")
    assert tik() == "nieuw, en misschien nog niet helemaal geschreven: aanlevering/b.csv"
    (request,) = tik()
    assert request.tags["monitor/waarom"] == "nieuw aangeleverd: aanlevering/a.csv, aanlevering/b.csv"


@pytest.mark.parametrize("naam", ["x.csv.part", "x.tmp", ".x.csv.swp", "x.crdownload", "~$x.xlsx", "Thumbs.db"])
def test_what_by_its_name_is_not_whole_is_not_seen(map_, tik, naam):
    tik()
    (map_ / naam).write_text("1")
    assert [tik(), tik()] == ["er is niets nieuws aangeleverd"] * 2


def test_what_is_taken_away_asks_for_nothing(map_, tik):
    (map_ / "rmbw.csv").write_text("1")
    tik()
    (map_ / "rmbw.csv").unlink()
    assert tik() == "er is niets nieuws aangeleverd"


def test_without_a_folder_it_says_so(map_, tik, monkeypatch):
    monkeypatch.setenv("MONITOR_AANLEVERING", str(map_ / "weg"))
    assert tik() == f"de map {map_ / 'weg'} is niet te lezen: No such file or directory"
    monkeypatch.delenv("MONITOR_AANLEVERING")
    assert tik() == "MONITOR_AANLEVERING noemt geen map"


def test_many_files_are_not_all_named(tmp_path):
    for n in range(8):
        (tmp_path / f"{n}.csv").write_text("1")
    nu = list_bestanden({"aanlevering": tmp_path})
    assert look(look('{"gezien": {}, "gemeld": {}}', nu).cursor, nu).gezegd.endswith("4.csv en nog 3")


def _write_editie(folder, jaar, cyclus=""):
    (folder / str(jaar)).mkdir(parents=True)
    (folder / str(jaar) / "editie.toml").write_text(f"jaar = {jaar}\n{cyclus}", encoding="utf-8")


@pytest.mark.parametrize(
    ("cyclus", "dag"),
    [
        ("", date(2026, 12, 31)),
        ("[cyclus]\nps = 2027-02-03\n", date(2027, 2, 3)),
        ("[cyclus]\nps = 2027-02-03\nprogramma = 2027-06-01\n", date(2027, 6, 1)),
    ],
)
def test_the_next_edition_is_due_when_the_cycle_of_the_last_one_is_done(tmp_path, cyclus, dag):
    _write_editie(tmp_path, 2024)
    _write_editie(tmp_path, 2026, cyclus)
    volgende = find_volgende(tmp_path, dag)
    assert (volgende.jaar, volgende.dag, volgende.aan_de_beurt) == (2028, dag, True)
    assert not find_volgende(tmp_path, date.fromordinal(dag.toordinal() - 1)).aan_de_beurt
    _write_editie(tmp_path, 2028)
    assert find_volgende(tmp_path, dag).jaar == 2030


def test_before_the_first_edition_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(instellingen, "edities", lambda: tmp_path)
    with dg.build_sensor_context() as context:
        assert "nog geen editie" in schedules.volgende_editie(context).skip_message


def test_that_it_is_due_is_told_once_and_nothing_is_built(web, tmp_path, monkeypatch):
    _write_editie(tmp_path / "edities", 2026)
    monkeypatch.setattr(instellingen, "edities", lambda: tmp_path / "edities")
    monkeypatch.setenv("MONITOR_WEBHOOK", web.adres)
    cursor = None
    for moment, told in (
        (datetime(2026, 12, 30, 12, tzinfo=UTC), 0),
        (datetime(2026, 12, 31, 12, tzinfo=UTC), 1),
        (datetime(2027, 1, 1, tzinfo=UTC), 1),
    ):
        monkeypatch.setattr(klok, "now", lambda moment=moment: moment)
        with dg.build_sensor_context(cursor=cursor) as context:
            said = schedules.volgende_editie(context)
            cursor = context.cursor
        assert isinstance(said, dg.SkipReason) and len(web.berichten) == told
    assert web.berichten[0][1]["kop"] == "Editie 2028 kan open"
    assert web.berichten[0][1]["vervolg"] == "monitor editie open 2028"


def test_what_starts_a_run_is_off_until_somebody_switches_it_on():
    loaded = defs()
    off = {s.name for s in (*loaded.sensors, *loaded.schedules) if s.default_status.value == "STOPPED"}
    assert off == {"iedere_nacht", "cbs_gewijzigd", "aangeleverd", "volgende_editie"}
    assert {s.job_name for s in loaded.sensors if s.has_jobs} == {JOB}

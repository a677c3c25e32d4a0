"""A night in which nothing changed costs three requests and makes nothing; whatever changed makes the whole again."""

import json
import shutil
import stat
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import dagster as dg
import pytest

from assets.bron.fetch import NAGAAN
from assets.bron.voorbeeld import server
from assets.bron.voorbeeld.storing import Storing
from assets.indicatoren.soortgenotenlijst import release
from begrippen.gebied import gekozen
from begrippen.plekken import WORTEL
from pipelines import alleen, nachten, vingerafdruk
from pipelines.definitions import defs
from pipelines.instellingen import Instellingen
from pipelines.jobs import JOB
from pipelines.meldingen import geheugen
from pipelines.meldingen.nacht import report_quiet
from pipelines.nachten import Nacht, ask, describe_last, read_nachten
from pipelines.resources import STAPPEN, Ketenbron
from pipelines.schedules import iedere_nacht
from pipelines.status import read_status, show_status, withdraw_answer
from pipelines.vingerafdruk import HOE, SLEUTEL, code_folders, mark_outside
from tests.conftest import in_kopie
from tests.klein_antwoord import TABEL, capture

NU = datetime.now(UTC)


class Plaats:
    """A published small refresh that a test may change, with input of every kind; and the requests that are made."""

    def __init__(self, made, folder, antwoorden):
        self.made, self.folder, self.antwoorden = made, folder, antwoorden
        for naam, text in {"aanlevering": "a;b\n1;2\n", "geo": "{}", "code": "x = 1\n", "gebied": "Een zin.\n"}.items():
            (folder / naam).mkdir()
            (folder / naam / "bestand.txt").write_text(text, encoding="utf-8")
        self.storing, self.nu = Storing(), NU
        self.keten = Ketenbron.van(
            Instellingen(opslag=made.opslag, editie=2026),
            **{"bron": f"opname:{antwoorden}", "uitvoer": made.uitvoer},
            **{naam: str(folder / naam) for naam in ("aanlevering", "geo")},
        )

    def settle(self):
        """Note what is published as made of everything as it is now."""
        known = read_nachten(self.made.opslag, "opname")
        Nacht(self.keten, self.nu).end(known.gepubliceerd.map, 0, self.nu)

    def ask(self):
        return ask(self.keten, self.nu)


@pytest.fixture
def plaats(tmp_path, kleine_publicatie, klein_antwoord, monkeypatch):
    antwoorden = tmp_path / "antwoorden"
    shutil.copytree(klein_antwoord, antwoorden)
    plaats = Plaats(in_kopie(kleine_publicatie, tmp_path), tmp_path, antwoorden)
    monkeypatch.setattr(server, "replay_server", partial(server.replay_server, faults=plaats.storing))
    monkeypatch.setattr(vingerafdruk, "code_folders", lambda: [tmp_path / "code"])
    gebied = gekozen().model_copy(update={"map": tmp_path / "gebied"})
    monkeypatch.setattr(vingerafdruk, "gekozen", lambda: gebied)
    plaats.settle()
    return plaats


def test_a_second_night_asks_the_catalogues_makes_nothing_and_says_since_when(
    tmp_path, kleine_publicatie, klein_antwoord, run_keten, monkeypatch
):
    made, storing = in_kopie(kleine_publicatie, tmp_path), Storing()
    monkeypatch.setattr(server, "replay_server", partial(server.replay_server, faults=storing))
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if "dagster" not in p.parts and p.is_file()}
    again = run_keten(tmp_path, bron=f"opname:{klein_antwoord}")
    assert again.code == 0, again.text
    assert len(storing.verzoeken) <= 3, storing.verzoeken
    since = read_nachten(made.opslag, "opname").gepubliceerd.sinds
    assert "Niets veranderd." in again.text and f"{int(since[11:13]):02d}:{since[14:16]} UTC" in again.text
    after = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if "dagster" not in p.parts and p.is_file()}
    changed = [p.relative_to(tmp_path).as_posix() for p in after if after[p] != before.get(p)]
    assert changed == ["opslag/nachten/opname.json"]
    assert "er was niets veranderd" in show_status(read_status(made.opslag, "opname", made.uitvoer))


def test_what_did_not_change_is_quiet(plaats):
    vraag = plaats.ask()
    assert vraag.waarom == ()
    assert len(plaats.storing.verzoeken) == 3


def _table(plaats):
    capture(plaats.antwoorden, modified="2026-02-01T00:00:00+01:00")


def _stop(plaats):
    # CBS can stop a table without another date or version
    properties = plaats.antwoorden / TABEL / "properties.json"
    properties.write_text(properties.read_text().replace("Regulier", "Gediscontinueerd"), encoding="utf-8")


def _text(naam):
    return lambda plaats: (plaats.folder / naam / "bestand.txt").write_text("anders", encoding="utf-8")


def _new_file(naam):
    return lambda plaats: (plaats.folder / naam / "nog_een.csv").write_text("", encoding="utf-8")


def _setting(**changed):
    def change(plaats):
        plaats.keten = plaats.keten.model_copy(update=changed)

    return change


def _days(days):
    def change(plaats):
        plaats.nu += timedelta(days=days)
        # a step of the cycle may turn in that time, such as the day of an embargo: that is another change
        plaats.settle()

    return change


def _withdraw(plaats):
    withdraw_answer(plaats.made.opslag, "opname", TABEL, None, "een proef", terug=False)


def _renew_peers(plaats):
    folder = plaats.made.opslag / "soortgenoten" / "opname" / "2026"
    folder.mkdir(parents=True)
    (folder / "gemeente.json").write_text("{}", encoding="utf-8")
    plaats.settle()
    assert plaats.ask().waarom == ()
    assert release(plaats.made.opslag, "opname", 2026, NU)


def _seal(plaats):
    folder = plaats.made.opslag / "edities" / "opname"
    folder.mkdir(parents=True)
    (folder / "2024-v1.zip.sha256").write_text("x", encoding="ascii")


def _lose(naam):
    return lambda plaats: (plaats.made.actueel / naam).unlink()


def _other_link(plaats):
    other = plaats.made.opslag / "bouw" / "opname" / "ander"
    shutil.copytree(plaats.made.actueel, other)
    plaats.made.actueel.unlink()
    plaats.made.actueel.symlink_to(other)


def _ended(uitkomst):
    def change(plaats):
        known = read_nachten(plaats.made.opslag, "opname")
        nachten._write(plaats.made.opslag, "opname", replace(known, uitkomst=uitkomst))

    return change


def _attempt(resultaat):
    def change(plaats):
        path = plaats.made.opslag / "pogingen" / "opname" / "cbs" / f"{TABEL}.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"resultaat": resultaat}))
        plaats.settle()

    return change


def _no_answer(plaats):
    plaats.storing.weiger = 1000


GEVALLEN = {
    "tabel gewijzigd": (_table, f"gewijzigd bij de bron: {TABEL}"),
    "tabel stopgezet": (_stop, f"gewijzigd bij de bron: {TABEL}"),
    "catalogus zonder antwoord": (_no_answer, "een catalogus gaf geen antwoord"),
    "bron gaf geen antwoord": (_attempt("mislukt"), f"geen antwoord: {TABEL}"),
    "een maand niet nagekeken": (_days(NAGAAN.days + 1), f"niet nagekeken: {TABEL}"),
    "aanlevering anders": (_text("aanlevering"), "aangeleverde bestanden"),
    "aanlevering erbij": (_new_file("aanlevering"), "aangeleverde bestanden"),
    "kaart of code anders": (_text("code"), "de code"),
    "kaart of query erbij": (_new_file("code"), "de code"),
    "tekst van de editie": (_text("gebied"), "de map van het gebied"),
    "grenzen": (_text("geo"), "de gemeentegrenzen"),
    "instelling": (_setting(register_p=12.0), "de instellingen"),
    "zonder aanlevering": (_setting(aanlevering=""), "de instellingen"),
    "opnieuw": (_setting(opnieuw=True), "--opnieuw"),
    "antwoord ingetrokken": (_withdraw, "de bewaarde antwoorden"),
    "soortgenoten opnieuw": (_renew_peers, "de vastgestelde soortgenoten"),
    "editie verzegeld": (_seal, "de verzegelde edities"),
    "bestand van de publicatie weg": (_lose("rapport/index.html"), "wat er gepubliceerd staat"),
    "database weg": (_lose("monitor.duckdb"), "wat er gepubliceerd staat"),
    "iets anders gepubliceerd": (_other_link, "niet van de vorige verversing"),
    "vorige afgebroken": (_ended("bezig"), "de vorige verversing is niet gelukt"),
    "vorige tegengehouden": (_ended("niet_gepubliceerd"), "de vorige verversing is niet gelukt"),
    "sleutel kwijt": (lambda plaats: (plaats.made.opslag / SLEUTEL).unlink(), "de code"),
}


@pytest.mark.parametrize(("change", "said"), GEVALLEN.values(), ids=list(GEVALLEN))
def test_whatever_changed_is_made_again_and_says_why(plaats, change, said):
    change(plaats)
    assert said in "; ".join(plaats.ask().waarom)


def test_a_table_that_leaves_the_catalogue_is_a_change_until_its_door_said_so(plaats):
    # the list of catalogues without this table: a recording of another one
    capture(plaats.folder / "leeg", modified="2026-01-01T00:00:00+01:00")
    (plaats.folder / "leeg" / TABEL).rename(plaats.folder / "leeg" / "00000NED")
    properties = plaats.folder / "leeg" / "00000NED" / "properties.json"
    properties.write_text(properties.read_text().replace(TABEL, "00000NED"), encoding="utf-8")
    shutil.rmtree(plaats.antwoorden)
    (plaats.folder / "leeg").rename(plaats.antwoorden)
    assert f"gewijzigd bij de bron: {TABEL}" in plaats.ask().waarom
    _attempt("afwezig")(plaats)
    assert plaats.ask().waarom == ()


def test_a_step_of_the_cycle_that_turns_with_the_day_is_a_change(plaats):
    key = vingerafdruk.read_sleutel(plaats.made.opslag)
    days = [mark_outside(plaats.keten, key, date(jaar, 1, 1))["cyclus"] for jaar in (2000, 2000, 2090)]
    assert days[0] == days[1] != days[2]


@pytest.mark.parametrize("naam", sorted(set(Ketenbron.model_fields) - HOE))
def test_every_setting_of_a_refresh_counts(plaats, naam):
    key = vingerafdruk.read_sleutel(plaats.made.opslag)
    value = getattr(plaats.keten, naam)
    other = not value if isinstance(value, bool) else value + 1 if isinstance(value, int | float) else f"{value}x"
    other = {
        **{"editie": 2028, "bron": "cbs", "met_register": True, "peildatum": "2026-06-30"},
        **dict.fromkeys(("aanlevering", "geo", "beleid"), str(plaats.folder / "code")),
    }.get(naam, other)
    changed = plaats.keten.model_copy(update={naam: other})
    marks = [mark_outside(k, key, NU.date())["instellingen"] for k in (plaats.keten, changed)]
    assert marks[0] != marks[1]


def test_everything_that_comes_with_the_code_counts():
    wheel = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    shipped = {WORTEL / p for p in (*wheel["only-include"], *wheel["force-include"]) if not p.startswith("notebooks")}
    # the folder of the tenant is marked by itself; how Dagster keeps its history is nothing of a report
    assert shipped - {WORTEL / "gebied", WORTEL / "dagster.yaml"} == set(code_folders())
    assert all(p.exists() for p in code_folders())


def test_a_whole_refresh_has_these_steps():
    graph = defs().resolve_job_def(JOB).graph
    # a step that holds others is none itself
    held = {str(handle.parent) for handle in graph.iterate_node_handles() if handle.parent}
    assert {str(handle) for handle in graph.iterate_node_handles()} - held == STAPPEN


def test_a_mark_of_confidential_input_tells_nothing_and_its_secret_is_closed(plaats, tmp_path):
    key = vingerafdruk.read_sleutel(plaats.made.opslag)
    other = vingerafdruk.read_sleutel(tmp_path / "ander")
    beleid = plaats.keten.model_copy(update={"beleid": str(plaats.folder / "aanlevering")})
    assert mark_outside(beleid, key, NU.date())["beleid"] != mark_outside(beleid, other, NU.date())["beleid"]
    path = plaats.made.opslag / SLEUTEL
    assert len(key) == 32 and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    kept = (plaats.made.opslag / "nachten" / "opname.json").read_bytes()
    assert key not in kept and key.hex().encode() not in kept


def test_what_became_of_the_last_refresh_is_told_whatever_that_was(plaats):
    opslag = plaats.made.opslag
    for uitkomst, said in (("gepubliceerd", "gepubliceerd"), ("niet_gepubliceerd", "wat er stond, staat er nog")):
        _ended(uitkomst)(plaats)
        assert said in describe_last(opslag, "opname")
    assert not plaats.ask().afgebroken
    _ended("bezig")(plaats)
    assert "afgebroken" in describe_last(opslag, "opname") and plaats.ask().afgebroken
    with alleen.alone(opslag):
        assert "nu bezig" in describe_last(opslag, "opname") and not plaats.ask().afgebroken
    assert describe_last(opslag, "cbs") == ""


def _ends_on_a_full_disk(plaats, monkeypatch):
    nacht = Nacht(plaats.keten, plaats.nu)
    monkeypatch.setattr(nachten, "write_file", lambda *_: (_ for _ in ()).throw(OSError("vol")))
    with pytest.raises(OSError):
        nacht.end("geen", 1, plaats.nu)
    monkeypatch.undo()
    return nacht


def test_an_end_that_a_full_disk_could_not_hold_is_not_taken_for_a_killed_run(plaats):
    with pytest.MonkeyPatch.context() as patch:
        nacht = _ends_on_a_full_disk(plaats, patch)
    # as long as it did not stop it may have been killed
    assert plaats.ask().afgebroken
    nacht.stop()
    assert plaats.ask().waarom == ("de vorige verversing is niet gelukt",) and not plaats.ask().afgebroken
    assert "niet gepubliceerd" in describe_last(plaats.made.opslag, "opname")


def test_a_damaged_note_is_as_none(plaats):
    (plaats.made.opslag / "nachten" / "opname.json").write_text("{", encoding="utf-8")
    assert plaats.ask().waarom == ("er is nog niets gepubliceerd",)


def test_in_a_quiet_night_dagster_starts_no_run_and_the_channels_hear_that_it_was_held(plaats, monkeypatch):
    environ = {"BRON": plaats.keten.bron, "OPSLAG": plaats.keten.opslag, "UITVOER": str(plaats.made.uitvoer.parent)}
    environ |= {"AANLEVERING": plaats.keten.aanlevering, "GEO": plaats.keten.geo}
    for naam, value in environ.items():
        monkeypatch.setenv(f"MONITOR_{naam}", value)
    held = []
    monkeypatch.setattr("pipelines.schedules.report_quiet", lambda keten, instelling: held.append(keten.bron) or [])
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance)
        quiet = iedere_nacht(context)
        _table(plaats)
        woken = iedere_nacht(context)
    assert isinstance(quiet, dg.SkipReason) and "Er is niets opnieuw gemaakt" in quiet.skip_message
    assert held == [plaats.keten.bron]
    assert isinstance(woken, dg.RunRequest) and TABEL in woken.tags["monitor/waarom"]


def test_what_stood_open_still_stands_after_a_quiet_night(plaats):
    file = geheugen.find_geheugen(plaats.made.opslag, "opname")
    staand = [geheugen.Verteld(s, s, "2026-11-01T00:00:00", "2026-11-01T00:00:00") for s in ("bron:x", "schijf")]
    geheugen._write(file, staand)
    instelling = Instellingen(schijf_gb=0.0)
    assert report_quiet(plaats.keten, instelling, datetime(2026, 11, 30, 4, 30, tzinfo=UTC)) == []
    # the disk is looked at every night: that it was full is over
    assert sorted(geheugen.read(file)) == ["bron:x", "week:2026-49"]


def test_a_part_of_a_refresh_is_none():
    from pipelines.resources import is_whole

    whole = dg.DagsterRun(job_name=JOB, run_id="a")
    assert is_whole(whole) and is_whole(whole._replace(step_keys_to_execute=sorted(STAPPEN)))
    assert not is_whole(whole._replace(step_keys_to_execute=["bouw"]))
    assert not is_whole(whole._replace(parent_run_id="b"))
    assert not is_whole(whole._replace(asset_selection=frozenset({dg.AssetKey("x")})))

"""When a source is stale: one rule, for the page of Dagster and for `monitor status`."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from assets.bron.assets import make_versheid
from assets.bron.bronlijst import read_bronlijst
from assets.bron.fetch import NAGAAN, Uitkomst
from assets.bron.momentopname import Archief
from assets.bron.poging import read_poging, write_poging
from assets.bron.versheid import LAAT, find_frequentie, is_oud
from pipelines import klok
from pipelines.definitions import defs
from pipelines.status import read_status, show_status

NU = datetime(2026, 11, 30, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.fixture(scope="module")
def lijst():
    return read_bronlijst()


def test_a_source_comes_out_as_often_as_the_shortest_period_that_we_ask(lijst):
    words = {id: f.woord if (f := find_frequentie(t)) else None for id, t in lijst.tabellen.items()}
    assert words["85924NED"] == "elk jaar"
    assert set(words.values()) >= {"elk jaar", "elk kwartaal", "elke maand", None}
    assert {id for id, woord in words.items() if woord is None} == {t.id for t in lijst.tabellen.values() if t.gestopt}


def test_quiet_nights_make_nothing_stale():
    # a table of months is looked at again within this time, whatever happens
    assert timedelta(days=31) + LAAT > NAGAAN


def test_dagster_calls_stale_what_the_rule_calls_stale(lijst):
    assert {make_versheid(t) for t in lijst.tabellen.values() if t.gestopt} == {None}
    for bron in (*lijst.opgehaald, *lijst.register.values()):
        if (policy := make_versheid(bron)) is not None:
            window = policy.fail_window.to_timedelta()
            assert is_oud(bron, NU - window, NU) and not is_oud(bron, NU - window + MOMENT, NU)
        else:
            assert not is_oud(bron, NU - timedelta(days=3650), NU)


def test_the_page_has_it_at_every_source_that_still_comes(lijst):
    graph = defs().resolve_asset_graph()
    for bron in lijst.opgehaald:
        shown = graph.get(dg.AssetKey(["bron", bron.bron, bron.id])).freshness_policy
        assert shown == make_versheid(bron)


def test_the_status_names_what_is_stale_and_when_it_last_came(lijst, tmp_path, monkeypatch):
    archief = Archief(tmp_path, "cbs")
    maandelijks = next(t for t in lijst.tabellen.values() if (f := find_frequentie(t)) and f.woord == "elke maand")
    jaarlijks = lijst.tabellen["85924NED"]
    for tabel in (maandelijks, jaarlijks):
        for resultaat, dagen in (("nieuw", 120), ("mislukt", 0)):
            write_poging(archief, Uitkomst(tabel.bron, tabel.id, resultaat, None, (), 0.0), NU - timedelta(days=dagen))
        # what failed since does not count
        assert read_poging(archief, tabel.bron, tabel.id).goed == (NU - timedelta(days=120)).isoformat(
            timespec="seconds"
        )
    monkeypatch.setattr(klok, "now", lambda: NU)
    status = read_status(tmp_path, "cbs", tmp_path / "uitvoer")
    assert [b["tabel"] for b in status["bronnen"] if b["te_oud"]] == [maandelijks.id]
    assert f"{maandelijks.id:<12} te oud: verschijnt elke maand, laatste goede antwoord op 2026-08-02" in show_status(
        status
    )


def test_a_delivery_that_lies_there_no_more_gets_no_younger(lijst, tmp_path):
    archief, rmbw = Archief(tmp_path, "cbs"), lijst.aanleveringen["rmbw"]
    same = Uitkomst(rmbw.bron, rmbw.id, "ongewijzigd", None, (), 0.0)
    write_poging(archief, same, NU)
    assert write_poging(archief, same, NU + timedelta(days=9), kwam=False).goed == NU.isoformat(timespec="seconds")

"""What changes when cells of a source do is exactly what hangs on it: every table, indicator and chapter."""

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from assets.bouw.bouwen import Bouwinvoer
from assets.bouw.lijnen import find_kaarten
from assets.bron.bronlijst import read_bronlijst
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import read_kaarten
from tests.bouw.ander_antwoord import fill
from tests.bouw.andere_wereld import Wereld
from tests.dunne_wereld import ask_invoer, thin
from tests.onthouden import onthouden


@pytest.fixture(scope="module")
def lijst():
    return read_bronlijst()


def make_wereld(archief, lijst, ids, folder):
    """The world of these sources: their answers, and the cards that ask no other."""
    of = {b.id: b.bron for b in lijst.opgehaald}
    alone = {id: k.model_copy(update={"gewicht": None, "deflator": None}) for id, k in read_kaarten().items()}
    inside, alle = {(of[t], t) for t in ids}, find_kaarten(alone, lijst)
    invoer = Bouwinvoer(
        soort=archief.soort,
        momentopnamen=tuple(archief.latest(of[t], t) for t in ids),
        tabellen=lijst.tabellen,
        aanleveringen=lijst.aanleveringen,
        kaarten={id: k for id, k in read_kaarten().items() if alle[id] <= inside},
        editie=2026,
        built_at=datetime(2026, 7, 1, tzinfo=UTC),
        code_versie="toets",
    )
    return Wereld(invoer, lijst, folder)


def test_when_the_cells_of_one_small_source_are_gone_only_what_hangs_on_it_changes(kleine_publicatie, lijst, tmp_path):
    wereld = make_wereld(Archief(kleine_publicatie.opslag, "opname"), lijst, ("83625NED",), tmp_path)
    changed, apart = wereld.changed("leeg", *wereld.invoer.momentopnamen)
    assert not apart and wereld.missed(changed, apart, *wereld.invoer.momentopnamen) == set()
    assert {("indicator", "verkoopprijs_woningen"), ("tabel", "kern.waarneming"), ("tabel", "monitor.stand")} <= changed


def test_when_two_of_four_sources_change_each_indicator_is_other_by_its_own(voorbeeld, lijst, tmp_path):
    """Two that share no line, at once: what hangs on them is other and nothing else, and the cells say by which."""
    ids = ("85792NED", "84780NED", "71486ned", "82059NED")
    wereld = make_wereld(Archief(voorbeeld.opslag, "voorbeeld"), lijst, ids, tmp_path)
    altered = [m for m in wereld.invoer.momentopnamen if m.tabel in ids[:2]]
    changed, apart = wereld.changed("gemengd", *altered)
    assert wereld.missed(changed, apart, *altered) == set()
    shown = {x for x in wereld.said(*altered) if x[0] != "tabel"}
    assert shown <= changed and len(shown) > 3
    path = tmp_path / "basis" / "parquet" / "monitor.herkomst.parquet"
    cells = duckdb.execute(f"SELECT DISTINCT indicator, bron, tabel FROM '{path}'").fetchall()
    other = {(m.bron, m.tabel) for m in altered}
    for naam in (naam for what, naam in shown if what == "indicator"):
        assert {(b, t) for i, b, t in cells if i == naam} & other == wereld.hangs["indicator", naam] & other


# Sources of a world in which cells change: with cards, with an analysis, with both, with the prices that a card is
# divided by; and the cards that ask no other.
WERELD = ("03759ned", "83582NED", "85481NED", "83625NED", "86141NED", "85173NED", "85924NED")


@pytest.mark.lang
def test_when_one_source_changes_so_do_the_tables_of_all_too(voorbeeld, lijst, tmp_path):
    """Seven sources, each by itself: so of every table it shows by which source it is other."""
    wereld = make_wereld(Archief(voorbeeld.opslag, "voorbeeld"), lijst, WERELD, tmp_path)
    with onthouden(tmp_path / "getekend"):
        wrong = {m.tabel: wereld.wrong(m) for m in wereld.invoer.momentopnamen}
    print(wrong)
    assert {t: w for t, w in wrong.items() if any(w.values())} == {}


# Of most municipalities the sample has no figure of these, so that no region is made of them and the weights of their
# members count for nothing.
VOL = {"84571NED"}


@pytest.mark.lang
def test_when_cells_of_a_source_change_so_does_all_that_hangs_on_it_and_nothing_else(registerkluis, lijst, tmp_path):
    """Every source, in groups that share no line: no table, indicator or chapter too few; and none too many."""
    fewer = thin(ask_invoer(tmp_path / "keten", registerkluis), tmp_path / "dun", elders=60)
    answers = tuple(fill(m, tmp_path / "vol") if m.tabel in VOL else m for m in fewer.momentopnamen)
    with onthouden(tmp_path / "getekend"):
        wereld = Wereld(replace(fewer, momentopnamen=answers), lijst, tmp_path)
        missed, unseen, lines = wereld.hold()
    assert len(answers) > 60 and len(lines) > 1500
    assert missed == [] and unseen == set()

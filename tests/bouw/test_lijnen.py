"""Who hangs on whom is what it is: against the walk back of the sample, and when cells of a source change."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import get_args

import duckdb
import pytest

from assets.beleid.lezen import read_edities
from assets.beleid.vormen import Signaal
from assets.bouw.lijnen import find_genoemd, find_kaarten, find_lijnen
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.bron.bronlijst import read_bronlijst
from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.regel import read_regels
from assets.indicatoren.soortgenoten import KENMERKEN
from assets.kern.correctie import read_correcties
from assets.rapport.bladen import ANALYSES, find_hoofdstukken
from assets.tabel import TabelError
from begrippen.beleid import read_beleid
from begrippen.gebied import gekozen
from begrippen.lijsten import Meting
from begrippen.themas import read_themas
from pipelines.instellingen import EDITIE, edities
from reports.samenstelling import BEGIN


@pytest.fixture(scope="module")
def lijst():
    return read_bronlijst()


def read_genoemd(kaarten, beleid=()):
    return find_genoemd(read_correcties(), read_regels().values(), kaarten, beleid)


@pytest.fixture(scope="module")
def lijnen(lijst):
    kaarten, beleid = read_kaarten(), read_edities(edities(), EDITIE)
    return find_lijnen(all_tabellen(), kaarten, lijst, REKEN, read_genoemd(kaarten, beleid))


def test_a_header_names_every_source_that_its_query_names(lijst):
    ids = {b.id for b in lijst.opgehaald} | set(lijst.register)
    silent = {}
    # elsewhere it is the name that a figure carries
    for tabel in (t for t in all_tabellen() if "kern.waarneming" in t.uit):
        text = re.sub(r"--.*", "", tabel.query)
        named = {x for x in re.findall(r"'(\w+)'", text) if x in ids}
        if "bron = 'register'" in text:
            named |= set(lijst.register)
        if extra := named - set(tabel.herkomst.tabellen if tabel.herkomst else ()):
            silent[tabel.naam] = extra
    assert silent == {}


def test_the_header_of_the_peers_names_the_cards_that_they_are_chosen_by():
    (tabel,) = (t for t in all_tabellen() if t.naam == "monitor.soortgenoot_kenmerk")
    assert set(tabel.herkomst.kaarten) == {k for kaarten in KENMERKEN.values() for k in kaarten}


def test_a_header_that_names_no_source_is_refused(lijst):
    tabel = next(t for t in all_tabellen() if t.naam == "monitor.pendel")
    wrong = replace(tabel, uit=(), herkomst=tabel.herkomst.model_copy(update={"tabellen": ("85481NEE",)}))
    with pytest.raises(TabelError, match="85481NEE, en dat is geen bron"):
        find_lijnen([wrong], {}, lijst, REKEN, read_genoemd({}))


def test_what_a_table_hangs_on_itself_hangs_together_on_exactly_its_sources(lijnen):
    for naam, via in lijnen.via.items():
        parts = [*(lijnen.tabellen[t] for t in via.tabellen), *(lijnen.kaarten[k] for k in via.kaarten)]
        assert frozenset(via.bronnen).union(*parts) == lijnen.tabellen[naam], naam


def test_an_indicator_hangs_on_the_tables_that_its_walk_back_leads_to(voorbeeld, lijst):
    """On the sample, all cards: nothing too few; too many only what is in reserve, behind a source that has it all."""
    kaarten = read_kaarten()
    claimed = {(bron, tabel, id) for id, sources in find_kaarten(kaarten, lijst).items() for bron, tabel in sources}
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        found = set(db.execute("SELECT DISTINCT bron, tabel, indicator FROM monitor.herkomst").fetchall())
        made = {id for (id,) in db.execute("SELECT id FROM monitor.indicator").fetchall()}
        there = set(db.execute("SELECT DISTINCT bron, tabel FROM kern.waarneming").fetchall())
    assert len(found) > 250
    assert found - claimed == set()
    reserve = {(tabel, id) for id, k in kaarten.items() for b in k.bronnen[1:] for tabel in [b.tabel]}
    over = {(b, t, id) for b, t, id in claimed - found if id in made and (b, t) in there}
    assert {(t, id) for _, t, id in over} <= reserve


def test_amounts_of_unknown_prices_do_not_hang_on_the_price_index(lijst):
    kaarten = read_kaarten()
    met, zonder = find_kaarten(kaarten, lijst), find_kaarten(kaarten, lijst, reeel=False)
    anders = {id for id in kaarten if met[id] != zonder[id]}
    # of income one of two sources says its prices
    assert "mediaan_besteedbaar_inkomen" in anders and "gemiddelde_schuld" not in anders
    assert all(any(b.prijzen != "onbekend" for b in kaarten[id].bronnen) for id in anders)


# Tables that have rows of what is amiss or other than it was, and so of few cards; of a rule the first card; and of
# analyses, that are of no card.
VAN_WEINIG = {"monitor.apart_gezet", "monitor.niet_beschikbaar", "monitor.editieverschil"}
VAN_WEINIG |= {"monitor.regelcontrole", "monitor.bewering"}


def test_a_table_of_indicators_has_rows_of_each_source_that_hangs_above_it(voorbeeld, lijnen):
    """On the sample: a line from a source of which no card has a row in a table is one too many."""
    idle = {}
    for path in sorted((voorbeeld.actueel / "parquet").glob("*.parquet")):
        columns = {c for c, *_ in duckdb.execute(f"DESCRIBE FROM '{path}'").fetchall()}
        if "indicator" in columns and path.stem not in VAN_WEINIG:
            rows = duckdb.execute(f"SELECT DISTINCT indicator FROM '{path}'").fetchall()
            there = frozenset().union(*(lijnen.kaarten[i] for (i,) in rows if i in lijnen.kaarten))
            idle[path.stem] = lijnen.tabellen[path.stem] - there
    assert {t: x for t, x in idle.items() if x} == {}
    assert len(idle) > 12


def test_a_table_of_municipalities_hangs_on_no_weight_and_on_no_source_for_other_regions(lijnen):
    """Nothing is composed to a municipality, and a source that a card asks for provinces only has none for it."""
    asked = {
        term.tabel or b.tabel
        for k in read_kaarten().values()
        for b in k.bronnen
        if not b.regiosoorten or "gemeente" in b.regiosoorten
        for term in (*b.teller, *b.noemer)
    }
    assert {id for _, id in lijnen.tabellen["monitor.stedelijkheid"]} <= asked - {"85268NED", "71486ned"}


def test_what_is_looked_back_on_is_all_that_is_measured_often_enough(lijnen):
    """Its header names the kinds of cards that its query takes: all but these."""
    (tabel,) = (t for t in all_tabellen() if t.naam == "monitor.terugtoets")
    without = {"om_de_paar_jaar", "voortschrijdend", "verwachting"}
    assert set(tabel.herkomst.met["meting"]) == set(get_args(Meting)) - without
    measured = frozenset().union(*(lijnen.kaarten[i] for i, k in read_kaarten().items() if k.meting not in without))
    assert lijnen.tabellen["monitor.terugtoets"] == measured


def test_each_chapter_that_begins_with_an_analysis_names_its_tables():
    assert ANALYSES.keys() == BEGIN.keys()
    assert {t for tables in ANALYSES.values() for t in tables} <= {t.naam for t in all_tabellen()}


@pytest.fixture(scope="module")
def hoofdstukken():
    deal = read_beleid(gekozen()).regiodeal
    return {h.blad: h for h in find_hoofdstukken(read_kaarten(), read_themas(gekozen()), deal)}


def test_the_chapter_of_a_deal_hangs_on_the_cards_of_its_panel_and_on_what_papers_printed(hoofdstukken):
    panel = {id for p in read_beleid(gekozen()).regiodeal.pijlers for id in p.indicatoren}
    deal = hoofdstukken["regiodeal"]
    assert panel <= set(deal.kaarten) and "beleid.gedrukt" in deal.tabellen


@pytest.mark.parametrize(
    ("bewering", "opgaven", "deels", "getoetst"),
    [
        ("stijgt", ("1",), False, True),
        ("stijgt", ("1",), True, False),
        ("stijgt", (), False, False),
        (None, ("1",), False, False),
    ],
)
def test_a_figure_can_contradict_a_signal_that_says_something_at_a_task(bewering, opgaven, deels, getoetst):
    signal = Signaal.model_construct(kaart="rokers", bewering=bewering, opgaven=opgaven, deels=deels)
    map_ = SimpleNamespace(
        of=lambda vorm: [(1, signal)] if vorm is Signaal else [], opgaven=SimpleNamespace(indelingen=())
    )
    kaarten = read_kaarten()
    genoemd = read_genoemd(kaarten, [map_])
    # whether a trend is one depends on how many are tested of a theme, so on the other cards that are
    tested = {id for id, k in kaarten.items() if k.thema == kaarten["rokers"].thema and k.beoordeeld}
    assert genoemd["getoetst"] == (tested if getoetst else set()) and genoemd["signalen"] == tested > {"rokers"}


@pytest.mark.parametrize("naam", ["beleid.signaal", "beleid.ketting"])
def test_a_table_with_verdicts_hangs_on_all_that_is_tested_with_them(lijnen, naam):
    """A trend of the sample is significant or not by the other trends of its theme, which come from other sources."""
    kaarten = read_kaarten()
    signals = [s for m in read_edities(edities(), EDITIE) for _, s in m.of(Signaal) if s.kaart]
    tested = {s.kaart for s in signals if naam == "beleid.signaal" or (s.bewering and s.opgaven and not s.deels)}
    themas = {kaarten[id].thema for id in tested}
    of = frozenset().union(*(lijnen.kaarten[id] for id, k in kaarten.items() if k.thema in themas and k.beoordeeld))
    assert of and of <= lijnen.tabellen[naam]

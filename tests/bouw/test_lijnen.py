"""Who hangs on whom is what it is: against the walk back of the sample, and when cells of a source change."""

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from assets.bouw.bouwen import Bouwinvoer, build_database
from assets.bouw.lijnen import find_kaarten, find_lijnen
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.bron.bronlijst import read_bronlijst
from assets.bron.momentopname import Archief, hash_file
from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.soortgenoten import KENMERKEN
from assets.kern.correctie import read_correcties
from assets.rapport.bladen import ANALYSES, find_hoofdstukken
from assets.rapport.schrijven import read_uitgave
from assets.tabel import TabelError
from begrippen.gebied import gekozen
from begrippen.themas import read_themas
from reports.samenstelling import BEGIN

# What counts or checks the figures of all cards that qualify: whether one of a source does, its figures say.
OVER_ALLE = {
    *("monitor.apart_gezet", "monitor.regel", "monitor.regelcontrole", "monitor.oordeel_regiosoort"),
    *("monitor.terugtoets", "monitor.stedelijkheid", "monitor.niet_beschikbaar", "monitor.herziening"),
    "monitor.oordeel_telling",
}


@pytest.fixture(scope="module")
def lijst():
    return read_bronlijst()


@pytest.fixture(scope="module")
def lijnen(lijst):
    return find_lijnen(all_tabellen(), read_kaarten(), lijst, REKEN, {c.tabel for c in read_correcties()})


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
        find_lijnen([wrong], {}, lijst, REKEN)


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


def test_each_chapter_that_begins_with_an_analysis_names_its_tables():
    assert ANALYSES.keys() == BEGIN.keys()
    assert {t for tables in ANALYSES.values() for t in tables} <= {t.naam for t in all_tabellen()}


# Sources of the world in which cells change: with cards, with an analysis, with both; and the cards that ask no other.
WERELD = ("03759ned", "83582NED", "85481NED", "83625NED", "85173NED", "85924NED")


def _alter(m, folder):
    """A later answer of the same source: other figures, some gone, a year that is new, and a topic with a new title.

    The figures differ little, so that no rule sets those of another source apart.
    """
    copy = folder / m.tabel / m.id.replace(m.id[:8], "20270101")
    shutil.copytree(m.folder, copy)
    cells, codes, topics = (copy / f"{naam}.parquet" for naam in ("waarnemingen", "codelijsten", "onderwerpen"))
    ((first, last),) = duckdb.execute(
        "SELECT min(periode), coalesce(max(periode) FILTER (periode LIKE '%JJ00'), max(periode)) "
        f"FROM '{m.folder / cells.name}'"
    ).fetchall()
    later = f"2099{last[4:]}"
    turn = f"if({{}} = '{last}', '{later}', {{}})"
    value = f"if(periode = '{first}', NULL, waarde * (1 + (hash(regio, onderwerp, periode) % 9) / 1e5))"
    changes = {
        cells: f"({value})::DOUBLE AS waarde, {turn.format('periode', 'periode')} AS periode",
        codes: f"{turn.format('code', 'code')} AS code",
        topics: "titel || ' (nieuw)' AS titel",
    }
    for file, change in changes.items():
        duckdb.execute(f"COPY (SELECT * REPLACE ({change}) FROM '{m.folder / file.name}') TO '{file}' (FORMAT parquet)")
    told = {"sha256": hash_file(cells), "Modified": "2027-01-01T02:00:00", "fetched_at": "2027-01-01T03:00:00+00:00"}
    return replace(m, id=copy.name, folder=copy, eigenschappen=m.eigenschappen | told)


def _marks(folder):
    """What stands in a build: published table -> its rows as one mark, indicator -> that of its figures, page -> it."""
    mark = "count(*), bit_xor(md5_number(t::VARCHAR))"
    tables = {
        p.stem: duckdb.execute(f"SELECT {mark} FROM (FROM '{p}') AS t").fetchall()
        for p in sorted((folder / "parquet").glob("*.parquet"))
    }
    shown = {b.id: repr(b) for b in read_uitgave(folder / "monitor.duckdb").document.bladen}
    figures = (
        f"SELECT indicator, {mark} FROM '{folder / 'parquet' / 'monitor.indicatorwaarde.parquet'}' AS t GROUP BY 1"
    )
    return tables, {row[0]: row[1:] for row in duckdb.execute(figures).fetchall()}, shown


@pytest.mark.lang
def test_when_cells_of_a_source_change_so_does_all_that_hangs_on_it_and_nothing_else(voorbeeld, lijst, tmp_path):
    """Six sources in turn: recall and precision of indicators, chapters and tables are one, but for `OVER_ALLE`."""
    archief = Archief(voorbeeld.opslag, "voorbeeld")
    of = {b.id: b.bron for b in lijst.opgehaald}
    alone = {id: k.model_copy(update={"gewicht": None, "deflator": None}) for id, k in read_kaarten().items()}
    alle = find_kaarten(alone, lijst)
    inside = {(of[t], t) for t in WERELD}
    kaarten = {id: k for id, k in read_kaarten().items() if alle[id] <= inside}
    invoer = Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=tuple(archief.latest(of[t], t) for t in WERELD),
        tabellen=lijst.tabellen,
        aanleveringen=lijst.aanleveringen,
        kaarten=kaarten,
        editie=2026,
        built_at=datetime(2026, 7, 1, tzinfo=UTC),
        code_versie="toets",
    )
    build_database(invoer, tmp_path / "vorige")
    invoer = replace(invoer, vorige=tmp_path / "vorige", vorige_editie=tmp_path / "vorige")
    build_database(invoer, tmp_path / "basis")
    basis = _marks(tmp_path / "basis")
    lijnen = find_lijnen(all_tabellen(), kaarten, lijst, REKEN, {c.tabel for c in read_correcties()})
    bladen = {
        h.blad: frozenset().union(*(lijnen.kaarten[k] for k in h.kaarten), *(lijnen.tabellen[t] for t in h.tabellen))
        for h in find_hoofdstukken(kaarten, read_themas(gekozen()))
    }
    assert bladen.keys() - basis[2].keys() == set() and len(bladen) > 3
    wrong = {}
    for m in invoer.momentopnamen:
        others = tuple(_alter(x, tmp_path / "anders") if x is m else x for x in invoer.momentopnamen)
        build_database(replace(invoer, momentopnamen=others), tmp_path / m.tabel)
        changed = [
            {k for k in was.keys() | now.keys() if was.get(k) != now.get(k)}
            for was, now in zip(basis, _marks(tmp_path / m.tabel), strict=True)
        ]
        hangs = [
            {k for k, sources in what.items() if (m.bron, m.tabel) in sources}
            for what in (lijnen.tabellen, lijnen.kaarten, bladen)
        ]
        tables = {t for t in hangs[0] if not t.startswith(f"{REKEN}.")}
        shown = changed[2] & bladen.keys()
        missed = (changed[0] - tables) | (changed[1] - hangs[1]) | (shown - hangs[2])
        # what this world holds no rows of can not change
        empty = {t for t, ((rows, _),) in basis[0].items() if not rows}
        wrong[m.tabel] = {
            "te weinig": missed,
            "te veel": (tables - changed[0] - OVER_ALLE - empty) | (hangs[1] - changed[1]) | (hangs[2] - shown),
        }
        shutil.rmtree(tmp_path / m.tabel)
    assert {t: w for t, w in wrong.items() if w["te weinig"] or w["te veel"]} == {}, json.dumps(wrong, default=sorted)

"""Who hangs on whom is what it is: against the walk back of the sample, and when cells of a source change."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from assets.beleid.lezen import read_edities
from assets.bouw.bouwen import Bouwinvoer, build_database
from assets.bouw.lijnen import find_genoemd, find_kaarten, find_lijnen
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.bron.bronlijst import read_bronlijst
from assets.bron.momentopname import Archief, hash_file
from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.regel import read_regels
from assets.indicatoren.soortgenoten import KENMERKEN
from assets.kern.correctie import read_correcties
from assets.rapport.bladen import ANALYSES, find_hoofdstukken
from assets.rapport.schrijven import read_uitgave
from assets.tabel import TabelError
from begrippen.gebied import gekozen
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


def test_each_chapter_that_begins_with_an_analysis_names_its_tables():
    assert ANALYSES.keys() == BEGIN.keys()
    assert {t for tables in ANALYSES.values() for t in tables} <= {t.naam for t in all_tabellen()}


# What a line says is that something can change, so it is held to what a source can bring: figures that differ a little,
# with some gone, a year that is new and a topic with a new title; empty ones; quite other ones; a longer series; none.
ANDERS = {
    "klein": "if(periode = '{first}', NULL, waarde * (1 + (hash(regio, onderwerp, periode) % 9) / 1e5))",
    "leeg": "NULL",
    "groot": "waarde * (0.2 + (hash(regio, periode, rij) % 17) / 4)",
    "lang": "waarde",
    "weg": "waarde",
}
# a longer series goes back so many years at least
JAREN = 12
# Sources of the world in which cells change: with cards, with an analysis, with both, with the prices that a card is
# divided by; and the cards that ask no other.
WERELD = ("03759ned", "83582NED", "85481NED", "83625NED", "86141NED", "85173NED", "85924NED")


def _alter(m, folder, hoe):
    """A later answer of the same source, other in this way of `ANDERS`."""
    copy = folder / m.tabel / m.id.replace(m.id[:8], "20270101")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(m.folder, copy)
    cells, codes, topics = (copy / f"{naam}.parquet" for naam in ("waarnemingen", "codelijsten", "onderwerpen"))
    ((first, last),) = duckdb.execute(
        "SELECT min(periode), coalesce(max(periode) FILTER (periode LIKE '%JJ00'), max(periode)) "
        f"FROM '{m.folder / cells.name}'"
    ).fetchall()
    span = int(last[:4]) - int(first[:4]) + 1
    later = f"2099{last[4:]}" if hoe == "klein" else last
    turn = f"if({{}} = '{last}', '{later}', {{}})"
    changes = {
        cells: f"({ANDERS[hoe].format(first=first)})::DOUBLE AS waarde, {turn.format('periode', 'periode')} AS periode",
        codes: f"{turn.format('code', 'code')} AS code",
        topics: "titel || ' (nieuw)' AS titel",
    }
    for file, change in changes.items():
        query = f"SELECT * REPLACE ({change}) FROM '{m.folder / file.name}'"
        if hoe == "lang" and file != topics:
            query += " ".join(
                _earlier(m.folder / file.name, back, file == cells) for back in range(span, JAREN + span, span)
            )
        if hoe == "weg" and file == cells:
            query += " WHERE false"
        duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    told = {"sha256": hash_file(cells), "Modified": "2027-01-01T02:00:00", "fetched_at": "2027-01-01T03:00:00+00:00"}
    return replace(m, id=copy.name, folder=copy, eigenschappen=m.eigenschappen | told)


def _earlier(file, back, cells):
    """The rows that a file of an answer has more when its years are there once again, so many years back."""
    kolom, of = ("periode", "true") if cells else ("code", "soort = 'periode'")
    change = f"(left({kolom}, 4)::INTEGER - {back}) || substr({kolom}, 5) AS {kolom}"
    if cells:
        change += f", rij + {back} * 1000000 AS rij, waarde * (1 + (hash(rij, {back}) % 9) / 100) AS waarde"
    return f" UNION ALL SELECT * REPLACE ({change}) FROM '{file}' WHERE {of}"


def _marks(folder):
    """What stands in a build, as {(what, name): a mark of it}: of published tables, of figures, of pages."""
    mark = "count(*), bit_xor(md5_number(t::VARCHAR))"
    tables = {
        ("tabel", p.stem): duckdb.execute(f"SELECT {mark} FROM (FROM '{p}') AS t").fetchall()
        for p in sorted((folder / "parquet").glob("*.parquet"))
    }
    shown = {("blad", b.id): repr(b) for b in read_uitgave(folder / "monitor.duckdb").document.bladen}
    figures = {}
    # what an indicator is: its figures as published, and in prices of one year
    for naam in ("indicatorwaarde", "reele_waarde"):
        query = f"SELECT indicator, {mark} FROM '{folder / 'parquet' / f'monitor.{naam}.parquet'}' AS t GROUP BY 1"
        for row in duckdb.execute(query).fetchall():
            figures["indicator", row[0]] = (*figures.get(("indicator", row[0]), ()), *row[1:])
    return tables | figures | shown


def _has_rows(mark):
    return mark[0][0] > 0


class Wereld:
    """A part of the sample: the answers of some sources, the cards that ask no other, and what hangs on what there."""

    def __init__(self, opslag, lijst, ids, folder, soort="voorbeeld"):
        archief, of = Archief(opslag, soort), {b.id: b.bron for b in lijst.opgehaald}
        alone = {id: k.model_copy(update={"gewicht": None, "deflator": None}) for id, k in read_kaarten().items()}
        inside, alle = {(of[t], t) for t in ids}, find_kaarten(alone, lijst)
        kaarten = {id: k for id, k in read_kaarten().items() if alle[id] <= inside}
        self.folder = folder
        self.invoer = Bouwinvoer(
            soort=soort,
            momentopnamen=tuple(archief.latest(of[t], t) for t in ids),
            tabellen=lijst.tabellen,
            aanleveringen=lijst.aanleveringen,
            kaarten=kaarten,
            editie=2026,
            built_at=datetime(2026, 7, 1, tzinfo=UTC),
            code_versie="toets",
        )
        build_database(self.invoer, folder / "vorige")
        self.invoer = replace(self.invoer, vorige=folder / "vorige", vorige_editie=folder / "vorige")
        build_database(self.invoer, folder / "basis")
        self.basis = _marks(folder / "basis")
        lijnen = find_lijnen(all_tabellen(), kaarten, lijst, REKEN, read_genoemd(kaarten))
        self.hangs = {("tabel", t): of for t, of in lijnen.tabellen.items() if not t.startswith(f"{REKEN}.")}
        self.hangs |= {("indicator", k): of for k, of in lijnen.kaarten.items()}
        for h in find_hoofdstukken(kaarten, read_themas(gekozen())):
            parts = (*(lijnen.kaarten[k] for k in h.kaarten), *(lijnen.tabellen[t] for t in h.tabellen))
            self.hangs["blad", h.blad] = frozenset().union(*parts)

    def changed(self, m, hoe):
        """What is other when this answer is; and whether a rule set figures apart, be it of another source."""
        others = tuple(_alter(x, self.folder / "anders", hoe) if x is m else x for x in self.invoer.momentopnamen)
        new = self.folder / f"{m.tabel}-{hoe}"
        build_database(replace(self.invoer, momentopnamen=others), new)
        now = _marks(new)
        shutil.rmtree(new)
        found = {x for x in self.basis.keys() | now.keys() if self.basis.get(x) != now.get(x)}
        return found & self.hangs.keys(), _has_rows(now["tabel", "monitor.apart_gezet"])

    def wrong(self, m):
        """The lines that are missing from a source, and those that nothing ever changes along."""
        said = {x for x, sources in self.hangs.items() if (m.bron, m.tabel) in sources}
        # what this world holds no rows of can not change in it
        missed, unseen = set(), {x for x in said if x[0] != "tabel" or _has_rows(self.basis[x])}
        for hoe in ANDERS:
            changed, apart = self.changed(m, hoe)
            missed |= set() if apart else {(*x, hoe) for x in changed - said}
            unseen -= changed
            if not unseen and hoe != "klein":
                break
        return {"te weinig": sorted(missed), "te veel": sorted(unseen)}


def test_when_the_cells_of_one_small_source_are_gone_only_what_hangs_on_it_changes(kleine_publicatie, lijst, tmp_path):
    wereld = Wereld(kleine_publicatie.opslag, lijst, ("83625NED",), tmp_path, "opname")
    (m,) = wereld.invoer.momentopnamen
    changed, apart = wereld.changed(m, "leeg")
    said = {x for x, sources in wereld.hangs.items() if (m.bron, m.tabel) in sources}
    assert not apart and changed - said == set()
    assert {("indicator", "verkoopprijs_woningen"), ("tabel", "kern.waarneming"), ("tabel", "monitor.stand")} <= changed


@pytest.mark.lang
def test_when_cells_of_a_source_change_so_does_all_that_hangs_on_it_and_nothing_else(voorbeeld, lijst, tmp_path):
    """Seven sources in turn: no table, indicator or chapter too few, where no rule sets apart; and none too many."""
    wereld = Wereld(voorbeeld.opslag, lijst, WERELD, tmp_path)
    wrong = {m.tabel: wereld.wrong(m) for m in wereld.invoer.momentopnamen}
    print(wrong)
    assert {t: w for t, w in wrong.items() if w["te weinig"] or w["te veel"]} == {}

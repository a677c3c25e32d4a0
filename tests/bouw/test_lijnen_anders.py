"""What changes when cells of a source do is exactly what hangs on it: every table, indicator and chapter."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import duckdb
import pytest

from assets.bouw.bouwen import DATABASE, Bouwinvoer, build_database
from assets.bouw.lijnen import find_kaarten, find_lijnen
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.bron.bronlijst import read_bronlijst
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import read_kaarten
from assets.rapport.bladen import find_hoofdstukken
from assets.vragen.analyses import read_analyses
from assets.vragen.rapport import read_rapport
from begrippen.beleid import read_beleid
from begrippen.gebied import gekozen
from begrippen.themas import read_themas
from reports import samenstelling
from reports.hoofdstukken.schrijftafel import Schrijftafel
from tests.bouw.ander_antwoord import ANDERS, alter, fill
from tests.bouw.test_lijnen import read_genoemd
from tests.dunne_wereld import ask_invoer, thin
from tests.onthouden import onthouden


@pytest.fixture(scope="module")
def lijst():
    return read_bronlijst()


# The column by which rows of a table are of one indicator: what it is called, where it is not `indicator`.
INDICATOR = {"monitor.indicator": "id", "beleid.signaal": "kaart", "beleid.gedrukt": "kaart"}


def _columns(path):
    return [c for c, *_ in duckdb.execute(f"DESCRIBE FROM '{path}'").fetchall()]


def _marks(folder):
    """What stands in a build, as {(what, name): a mark of it}: of published tables, of figures, of chapters.

    Of tables with rows of an indicator, of a source or of a theme also of the rows of each: ("deel", table, which).
    """
    mark = "count(*), bit_xor(hash(t))"
    marks = {}
    for path in sorted((folder / "parquet").glob("*.parquet")):
        naam, columns = path.stem, _columns(path)
        marks["tabel", naam] = duckdb.execute(f"SELECT {mark} FROM (FROM '{path}') AS t").fetchall()
        own = INDICATOR.get(naam, "indicator")
        keys = "bron, tabel" if {"bron", "tabel"} <= set(columns) else own if own in columns else "thema"
        if keys in {"bron, tabel", *columns}:
            query = f"SELECT {keys}, {mark} FROM '{path}' AS t GROUP BY {keys}"
            for *key, rows, total in duckdb.execute(query).fetchall():
                marks["deel", naam, *key] = rows, total
    # what an indicator is: its figures as published, and in prices of one year
    for what, naam, *key in [x for x in marks if x[0] == "deel"]:
        if naam in {"monitor.indicatorwaarde", "monitor.reele_waarde"}:
            marks["indicator", *key] = (*marks.get(("indicator", *key), ()), marks[what, naam, *key])
    return marks | _chapters(folder / DATABASE)


def _chapters(database):
    """The chapters of themes as they are shown; of a figure what it is drawn from, and the same drawing is the same."""
    rapport = read_rapport(database)
    analyses = read_analyses(database, (rapport.provincie, *rapport.corop))
    tafel = Schrijftafel(rapport, analyses, (), lambda soort, drawn, make: sha256(drawn).hexdigest().encode())
    chapters = [samenstelling._thema(tafel, thema, lambda _: ()) for thema in samenstelling._in_volgorde(rapport)]
    # the theme of a deal has a page of its own
    deal = samenstelling.make_regiodeal(tafel, ())
    return {("blad", blad.id): repr(blad) for blad in (*chapters, *([deal] if deal else []))}


def _set_apart(folder):
    return set(duckdb.execute(f"FROM '{folder / 'parquet' / 'monitor.apart_gezet.parquet'}'").fetchall())


def _has_rows(mark):
    return mark[0][0] > 0


class Wereld:
    """A build of which an answer can be another one: what stands in it, and what hangs on what there."""

    def __init__(self, invoer, lijst, folder):
        self.folder = folder
        build_database(replace(invoer, vorige=None, vorige_editie=None), folder / "vorige")
        self.invoer = replace(invoer, vorige=folder / "vorige", vorige_editie=folder / "vorige")
        build_database(self.invoer, folder / "basis")
        self.basis = _marks(folder / "basis")
        self.hangs = self.find_hangs(invoer, lijst)

    @staticmethod
    def find_hangs(invoer, lijst):
        """What hangs on which sources, as {(what, name): sources}: published tables, indicators, chapters."""
        kaarten = invoer.kaarten
        lijnen = find_lijnen(all_tabellen(), kaarten, lijst, REKEN, read_genoemd(kaarten, invoer.beleid))
        hangs = {("tabel", t): of for t, of in lijnen.tabellen.items() if not t.startswith(f"{REKEN}.")}
        hangs |= {("indicator", k): of for k, of in lijnen.kaarten.items()}
        for h in find_hoofdstukken(kaarten, read_themas(gekozen()), read_beleid(gekozen()).regiodeal):
            parts = (*(lijnen.kaarten[k] for k in h.kaarten), *(lijnen.tabellen[t] for t in h.tabellen))
            hangs["blad", h.blad] = frozenset().union(*parts)
        return hangs

    def said(self, *altered):
        """What a line leads to from one of these answers."""
        return {x for x, sources in self.hangs.items() if sources & {(m.bron, m.tabel) for m in altered}}

    def filled(self, said):
        """Those of which this world holds something: what has no rows in it can not change."""
        return {x for x in said if x[0] != "tabel" or _has_rows(self.basis[x])}

    def changed(self, hoe, *altered):
        """What is other when these answers are; and the indicators of which a rule then sets figures apart."""
        others = tuple(alter(m, self.folder / "anders", hoe) if m in altered else m for m in self.invoer.momentopnamen)
        new = self.folder / "nieuw"
        build_database(replace(self.invoer, momentopnamen=others), new)
        now = _marks(new)
        apart = _set_apart(new) - _set_apart(self.folder / "basis")
        shutil.rmtree(new)
        found = {x for x in self.basis.keys() | now.keys() if self.basis.get(x) != now.get(x)}
        return found, {indicator for indicator, *_ in apart}

    def missed(self, changed, apart, *altered):
        """What is other and hangs on none of these answers."""
        said = self.said(*altered)
        # where a rule does not hold, the figures that were compared go too, also those of another source
        along = [self.hangs["indicator", i] for i in apart if ("indicator", i) not in said]
        return {x for x in changed & self.hangs.keys() - said if not any(of <= self.hangs[x] for of in along)}

    def wrong(self, m):
        """The lines that are missing from a source, and those that nothing ever changes along."""
        missed, unseen = set(), self.filled(self.said(m))
        for hoe in ANDERS:
            if hoe == "gebieden" and m.bron != "aanlevering":
                continue
            changed, apart = self.changed(hoe, m)
            missed |= {(*x, hoe) for x in self.missed(changed, apart, m)}
            unseen -= changed
            if not unseen:
                break
        return {"te weinig": sorted(missed), "te veel": sorted(unseen)}

    def hold(self):
        """Alter every answer, in groups: (what is other without a line, the lines nothing came along, all lines)."""
        answers = sorted(self.invoer.momentopnamen, key=lambda m: -len(self.said(m)))
        lines = {(x, (m.bron, m.tabel)) for m in answers for x in self.filled(self.said(m)) - GEHEEL}
        gezien, left = Gezien(self), lines
        for hoe in ANDERS:
            # all once; then those of which a line is left, apart where that is to the same thing
            things = {x for x, of in self.hangs.items() if left != lines or len(of) < BREED} & {x for x, _ in left}
            things -= {("tabel", x[1]) for x in self.basis if x[0] == "deel"}
            some = [m for m in answers if (m.bron, m.tabel) in {of for _, of in left}]
            some = [m for m in some if hoe != "gebieden" or m.bron == "aanlevering"]
            gezien.alter(hoe, group(some, lambda m, o, things=things: self.said(m) & self.said(o) & things))
            left = lines - gezien.seen()
        # what another of its group changed says nothing of an answer without a line to it: once more, without that one
        hidden = gezien.hidden()
        some = [m for m in answers if (m.bron, m.tabel) in hidden]
        gezien.alter(next(iter(ANDERS)), group(some, lambda m, o: gezien.hides(hidden, m, o)))
        assert gezien.hidden() == {}
        return gezien.missed, left, lines

    def show(self, sources):
        """The lines from these sources that something is other along: {(thing, source)}."""
        found = set()
        for m in (m for m in self.invoer.momentopnamen if (m.bron, m.tabel) in sources):
            changed, _ = self.changed("gemengd", m)
            found |= {(x, (m.bron, m.tabel)) for x in changed & self.said(m)}
        return found


def group(answers, clash):
    """The answers in groups of which no two clash."""
    groups = []
    for m in answers:
        free = (g for g in groups if not any(clash(m, o) for o in g))
        if (found := next(free, None)) is None:
            groups.append(found := [])
        found.append(m)
    return groups


class Gezien:
    """What changed in which builds: by which one source each thing did, as far as that can be told."""

    def __init__(self, wereld):
        self.wereld, self.hangs, self.themas, self.builds, self.missed = wereld, wereld.hangs, {}, [], []
        for id, k in wereld.invoer.kaarten.items():
            self.themas[k.thema] = self.themas.get(k.thema, frozenset()) | wereld.hangs["indicator", id]

    def lines(self, x):
        """The sources that a thing hangs on; rows of a table on those of their own indicator, source or theme."""
        if x[0] != "deel":
            return self.hangs.get(x, frozenset())
        if len(x) == 4:
            return frozenset({(x[2], x[3])})
        return self.hangs.get(("indicator", x[2]), self.themas.get(x[2], frozenset()))

    def alter(self, hoe, groups):
        """Build with each group of answers other, and note what came of it."""
        for altered in groups:
            changed, apart = self.wereld.changed(hoe, *altered)
            self.builds.append((changed, frozenset((m.bron, m.tabel) for m in altered)))
            self.missed += [(hoe, [m.tabel for m in altered], x) for x in self.wereld.missed(changed, apart, *altered)]
        wrong = {(x, of) for x, of in self.seen() if of not in self.hangs[x]}
        self.missed += sorted(wrong - set(self.missed))
        print(hoe, len(self.builds), self.missed, flush=True)

    def seen(self):
        """{(thing, source)}: it was other when of all that it hangs on just this source was.

        A part that was ever other without any of its own says nothing: rows that are set beside those of others.
        """
        loose = {x for changed, of in self.builds for x in changed if x[0] == "deel" and not self.lines(x) & of}
        found = set()
        for changed, of in self.builds:
            for x in changed - loose:
                if len(by := self.lines(x) & of) == 1:
                    found.add((("tabel", x[1]) if x[0] == "deel" else x, *by))
        return found

    def hidden(self):
        """Source -> things without a line from it that were never looked at with this one other and none of theirs."""
        narrow = {x: of for x, of in self.hangs.items() if len(of) < BREED}
        held = {(m, x) for _, altered in self.builds for x, of in narrow.items() if not of & altered for m in altered}
        answers = {(m.bron, m.tabel) for m in self.wereld.invoer.momentopnamen}
        found = {m: {x for x, of in narrow.items() if m not in of and (m, x) not in held} for m in answers}
        return {m: things for m, things in found.items() if things}

    def hides(self, hidden, *two):
        """Whether one of two answers has a line to what is to be looked at of the other."""
        m, o = ((x.bron, x.tabel) for x in two)
        return any(b in self.hangs[x] for a, b in ((m, o), (o, m)) for x in hidden[a])


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


# A table or chapter of so many sources is left out where answers are grouped: of most tables rows tell which it was.
BREED = 20
# Tables and chapters that are of so many sources, and no row of which tells which of them it was: `wrong` holds those,
# for some sources.
GEHEEL = {("tabel", t) for t in ("monitor.bouw", "kern.periode", "monitor.oordeel_regiosoort", "monitor.regel")}
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
        # what is in reserve shows where it is used: without the answers that it stands behind
        first = {t for k in fewer.kaarten.values() for t in find_eerder(k)}
        (tmp_path / "reserve").mkdir()
        without = replace(fewer, momentopnamen=tuple(m for m in answers if m.tabel not in first))
        unseen -= Wereld(without, lijst, tmp_path / "reserve").show({of for _, of in unseen})
    assert len(answers) > 60 and len(lines) > 1500
    assert missed == [] and unseen == set()


def find_eerder(kaart):
    """The tables of a card behind which it has another one in reserve."""
    return {t.tabel or b.tabel for b in kaart.bronnen[:-1] for t in b.teller}

"""A build in which the answers of sources can be other: what changes by which of them, told by its rows."""

import shutil
from dataclasses import replace
from hashlib import sha256

import duckdb

from assets.bouw.bouwen import DATABASE, build_database
from assets.bouw.lijnen import find_lijnen
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.rapport.bladen import find_hoofdstukken
from assets.vragen.analyses import read_analyses
from assets.vragen.rapport import read_rapport
from begrippen.beleid import read_beleid
from begrippen.gebied import gekozen
from begrippen.themas import read_themas
from reports import samenstelling
from reports.hoofdstukken.schrijftafel import Schrijftafel
from tests.bouw.ander_antwoord import ANDERS, alter
from tests.bouw.test_lijnen import read_genoemd

# A table or chapter of so many sources is left out where answers are grouped: of most tables rows tell which it was.
BREED = 20
# Tables and chapters that are of so many sources, and no row of which tells which of them it was: `wrong` holds those,
# for some sources.
GEHEEL = {("tabel", t) for t in ("monitor.bouw", "kern.periode", "monitor.oordeel_regiosoort", "monitor.regel")}
# The ways in which what is in reserve is other, where it is used.
RESERVE = ("gemengd", "weg", "omlaag")
# What stands in reserve otherwise than on a card (sql/reken/landelijke_baan.sql): table -> what it stands behind.
ELDERS = {"83582NED": {"lisa"}}
# The column by which rows of a table are of one indicator: what it is called, where it is not `indicator`. What is
# said of an analysis has no indicator, but the table or the source that it is of.
INDICATOR = {
    "monitor.indicator": "id",
    "monitor.bewering": "coalesce(indicator, uitgave)",
    "beleid.signaal": "kaart",
    "beleid.gedrukt": "kaart",
}

# Tables in which a verdict counts, by the signals that it is set beside. Whether it turns depends on the others that
# are tested with it, each by a little: what shows such a line is the p that decides it, of those of a theme together.
VERDICT = {"beleid.signaal": "true", "beleid.ketting": "bewering IS NOT NULL AND opgaven <> [] AND NOT deels"}
VERDICTS = """
    SELECT i.thema, sum(hash(o.indicator, o.regio, o.trend_p_bh))
    FROM '{folder}/monitor.oordeel.parquet' AS o
    JOIN '{folder}/monitor.indicator.parquet' AS i ON i.id = o.indicator
    SEMI JOIN (FROM '{folder}/beleid.signaal.parquet' WHERE {named}) AS s
        ON s.kaart = o.indicator AND s.gebied_code = o.regio
    GROUP BY i.thema
"""


def _columns(path):
    return [c for c, *_ in duckdb.execute(f"DESCRIBE FROM '{path}'").fetchall()]


def _marks(folder, *, bladen=True):
    """What stands in a build, as {(what, name): a mark of it}: of published tables, of figures, of chapters.

    Of tables with rows of an indicator, of a source or of a theme also of the rows of each, column by column, as some
    columns are of all rows together: ("deel", table, which, column).
    """
    mark = "count(*), bit_xor(hash(t))"
    marks = {}
    for path in sorted((folder / "parquet").glob("*.parquet")):
        naam, columns = path.stem, _columns(path)
        marks["tabel", naam] = duckdb.execute(f"SELECT {mark} FROM (FROM '{path}') AS t").fetchall()
        if keys := _keys(naam, columns):
            query = f"SELECT [{keys}]::VARCHAR[], count(*), sum(hash(COLUMNS(*))) FROM '{path}' GROUP BY 1"
            for key, rows, *sums in duckdb.execute(query).fetchall():
                marks |= {("deel", naam, tuple(key), c): (rows, x) for c, x in zip(columns, sums, strict=True)}
    for naam, named in VERDICT.items():
        query = VERDICTS.format(folder=folder / "parquet", named=named)
        marks |= {("deel", naam, (thema,), "trend_p_bh"): total for thema, total in duckdb.execute(query).fetchall()}
    # what an indicator is: its figures as published, and in prices of one year
    for what, naam, *of in [x for x in marks if x[0] == "deel"]:
        if naam in {"monitor.indicatorwaarde", "monitor.reele_waarde"}:
            ((id,), _) = of
            marks["indicator", id] = (*marks.get(("indicator", id), ()), marks[what, naam, *of])
    return marks | (_chapters(folder / DATABASE) if bladen else {})


def _keys(naam, columns):
    """What tells whose the rows of a table are, as SQL: a source, an indicator or a theme; "" where nothing does."""
    if {"bron", "tabel"} <= set(columns):
        return "bron, tabel"
    own = INDICATOR.get(naam, "indicator")
    return own if own not in {"indicator"} or own in columns else "thema" if "thema" in columns else ""


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
    """A build of which an answer can be another one: what stands in it, and what hangs on what there.

    `vorige`: what was built before; without it that is the same without anything before it.
    """

    def __init__(self, invoer, lijst, folder, vorige=None):
        self.folder, self.lijst = folder, lijst
        if vorige is None:
            vorige = folder / "vorige"
            build_database(replace(invoer, vorige=None, vorige_editie=None), vorige)
        self.invoer = replace(invoer, vorige=vorige, vorige_editie=vorige)
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

    def changed(self, hoe, *altered, bladen=True):
        """What is other when these answers are; and the indicators of which a rule then sets figures apart.

        `bladen`: chapters too, which take half of the time.
        """
        others = tuple(alter(m, self.folder / "anders", hoe) if m in altered else m for m in self.invoer.momentopnamen)
        new = self.folder / "nieuw"
        build_database(replace(self.invoer, momentopnamen=others), new)
        now = _marks(new, bladen=bladen)
        apart = _set_apart(new) - _set_apart(self.folder / "basis")
        shutil.rmtree(new)
        there = {x for x in self.basis if bladen or x[0] != "blad"}
        found = {x for x in there | now.keys() if self.basis.get(x) != now.get(x)}
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
        gezien, first = Gezien(self), next(iter(ANDERS))
        # all once; then those of which a line is left, apart from what would hide it
        gezien.alter(first, group(answers, gezien.clash(lines, first=True)))
        reserve = self.show_reserve(lines - gezien.seen())
        for hoe in [h for h in ANDERS if h != first]:
            left = lines - gezien.seen() - reserve
            some = [m for m in answers if (m.bron, m.tabel) in {of for _, of in left}]
            some = [m for m in some if hoe != "gebieden" or m.bron == "aanlevering"]
            bladen = {of for x, of in left if x[0] == "blad"}
            gezien.alter(hoe, group(some, gezien.clash(left)), bladen)
        # what another of its group changed says nothing of an answer without a line to it: once more, without that one
        hidden = gezien.hidden()
        some = [m for m in answers if (m.bron, m.tabel) in hidden]
        gezien.alter(first, group(some, lambda m, o: gezien.hides(hidden, m, o)))
        assert gezien.hidden() == {}
        unseen = lines - gezien.seen() - reserve
        print("van", len(lines), "lijnen niet gezien:", sorted(unseen), flush=True)
        return gezien.missed, unseen, lines

    def show_reserve(self, left):
        """Of these lines those that show without the answers that a source stands behind.

        First without those for the same years; then, for what shows only the last figure, without those for later ones.
        """
        shown, cards = set(), self.invoer.kaarten
        for later in (False, True):
            before = {of: find_eerder(cards, of[1], later=later) for _, of in left - shown}
            behind = [of for of in sorted(before) if before[of]]
            for some in group(behind, lambda m, o, before=before: m[1] in before[o] or o[1] in before[m]):
                first = frozenset().union(*(before[of] for of in some))
                used = {i for i, k in cards.items() for of in some if find_eerder({i: k}, of[1], later=later)}
                # a small world: these cards, with their weights, and what they ask
                inside = used.union(*({cards[i].gewicht, cards[i].deflator} & cards.keys() for i in used))
                near = frozenset(some).union(*(self.hangs["indicator", i] for i in inside))
                folder = self.folder / sha256(repr((some, later)).encode()).hexdigest()
                folder.mkdir(exist_ok=True)
                invoer = replace(
                    self.invoer,
                    kaarten={i: k for i, k in cards.items() if i in inside},
                    momentopnamen=tuple(
                        m for m in self.invoer.momentopnamen if (m.bron, m.tabel) in near and m.tabel not in first
                    ),
                )
                wereld = Wereld(invoer, self.lijst, folder, self.invoer.vorige)
                shown |= wereld.show({(x, of) for x, of in left - shown if of in near})
        return shown

    def show(self, left):
        """Of these lines those that something is other along, each source by itself."""
        found = set()
        for m in self.invoer.momentopnamen:
            for hoe in RESERVE:
                if own := {x for x, of in left - found if of == (m.bron, m.tabel)}:
                    changed, _ = self.changed(hoe, m, bladen=any(x[0] == "blad" for x in own))
                    found |= {(x, (m.bron, m.tabel)) for x in changed & own}
                    print("reserve", hoe, m.tabel, len(own), len(own - changed), flush=True)
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
        self.answers, self.held = {(m.bron, m.tabel) for m in wereld.invoer.momentopnamen}, set()
        for id, k in wereld.invoer.kaarten.items():
            self.themas[k.thema] = self.themas.get(k.thema, frozenset()) | wereld.hangs["indicator", id]

    def lines(self, x):
        """The sources that a thing hangs on; rows of a table on those of their own indicator, source or theme."""
        return self.hangs.get(x, frozenset()) if x[0] != "deel" else self.of_rows(x[2])

    def of_rows(self, key):
        """The sources that rows hang on which are of this source, indicator or theme."""
        if len(key) > 1:
            return frozenset({key})
        named = frozenset(of for of in self.answers if of[1] == key[0])
        return self.hangs.get(("indicator", *key), self.themas.get(key[0], named))

    def clash(self, left, *, first=False):
        """Whether two answers may not be other at once: what would show a line of one is other by the other too.

        At first only what is of few sources and has no rows of its own of any.
        """
        parts = {}
        for naam, key, column in {x[1:] for x in self.wereld.basis if x[0] == "deel"}:
            if naam not in VERDICT or column == "trend_p_bh":
                parts.setdefault(("tabel", naam), set()).add(key)
        own = {}
        for x, of in left:
            # rows that it has, or may get
            rows = [r for r in map(self.of_rows, parts.get(x, ())) if of in r]
            if not first or (len(self.hangs[x]) < BREED and x not in parts):
                own.setdefault(of, []).append(rows or [self.hangs[x]])

        def two(m, o):
            m, o = (m.bron, m.tabel), (o.bron, o.tabel)
            return any(all(b in r for r in rows) for a, b in ((m, o), (o, m)) for rows in own.get(a, ()))

        return two

    def alter(self, hoe, groups, bladen=None):
        """Build with each group of answers other, and note what came of it; of chapters for these answers, or all."""
        for altered in groups:
            drawn = bladen is None or any((m.bron, m.tabel) in bladen for m in altered)
            changed, apart = self.wereld.changed(hoe, *altered, bladen=drawn)
            self.builds.append((changed, frozenset((m.bron, m.tabel) for m in altered)))
            # where chapters were not drawn, nothing is known of those
            held = {x for x, of in self.hangs.items() if (drawn or x[0] != "blad") and not of & self.builds[-1][1]}
            self.held |= {(of, x) for of in self.builds[-1][1] for x in held}
            of = tuple(m.tabel for m in altered)
            self.missed += [(hoe, of, x) for x in self.wereld.missed(changed, apart, *altered)]
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
        found = {m: {x for x, of in narrow.items() if m not in of and (m, x) not in self.held} for m in self.answers}
        return {m: things for m, things in found.items() if things}

    def hides(self, hidden, *two):
        """Whether one of two answers has a line to what is to be looked at of the other."""
        m, o = ((x.bron, x.tabel) for x in two)
        return any(b in self.hangs[x] for a, b in ((m, o), (o, m)) for x in hidden[a])


def find_eerder(kaarten, id, *, later):
    """The tables that a table stands behind: for the same years on any card; `later`: or for other years."""
    found = set(ELDERS.get(id, ()))
    for k in kaarten.values():
        for n, b in enumerate(k.bronnen):
            if id in _ids(b):
                found |= {t for e in k.bronnen[:n] if later or _years(e) & _years(b) for t in _ids(e) - _ids(b)}
    return found


def _ids(b):
    return {t.tabel or b.tabel for t in (*b.teller, *b.noemer)}


def _years(b):
    return set(range(b.vanaf or 1900, (b.tot_en_met or 2100) + 1))

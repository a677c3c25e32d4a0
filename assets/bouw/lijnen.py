"""Who hangs on whom: from which source tables each indicator, each built table and each page of the report can change.

The facts stand where they belong: on the cards, in the headers of the queries (`uit`, `herkomst`) and in the folder of
the edition. This file reads them together, so that Dagster shows, below a source, what changes with it
and nothing else.
A source is a key (bron, id), as in the list of sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assets.beleid.lezen import Beleidsmap
from assets.beleid.vormen import Gedrukt, Signaal
from assets.bron.bronlijst import Bronlijst, Brontabel, Registertabel
from assets.gesloten import open_gesloten, sql_text
from assets.indicatoren.kaart import Kaart
from assets.indicatoren.regel import Regel
from assets.kern.correctie import Correctie
from assets.tabel import Herkomst, Tabel, TabelError

Bron = tuple[str, str]
Bronnen = frozenset[Bron]

# What a build lays ready of the answers of all sources.
UIT_BRON = {"invoer.waarneming", "invoer.waarneming_alle", "invoer.onderwerp", "invoer.code", "invoer.momentopname"}
REGISTER = "register"
# how the code of a province begins, and of a municipality
PROVINCIE, GEMEENTE = "PV", "GM"
# The table of the figures of all cards: what hangs on each card hangs on this one.
WAARDEN = "monitor.indicatorwaarde"


@dataclass(frozen=True)
class Via:
    """What something hangs on itself: tables of the build, cards, sources, and (`vorige`) the edition before this."""

    tabellen: tuple[str, ...] = ()
    kaarten: tuple[str, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    vorige: bool = False


@dataclass(frozen=True)
class Lijnen:
    """From which sources each card (by its id) and each table (by its name) can change, and through what.

    `via`: what the published tables hang on themselves; what that hangs on is together exactly what the table hangs on.
    """

    kaarten: Mapping[str, Bronnen]
    tabellen: Mapping[str, Bronnen]
    via: Mapping[str, Via]


def _ids(kaart: Kaart, soort: str = "") -> set[str]:
    """The tables that a card asks itself; with `soort` only those that it asks for regions of this kind."""
    asked = [b for b in kaart.bronnen if not (soort and b.regiosoorten) or soort in b.regiosoorten]
    terms = [(b.tabel, t.tabel) for b in asked for t in (*b.teller, *b.noemer)]
    return {own or of for of, own in terms}


def find_kaarten(kaarten: Mapping[str, Kaart], lijst: Bronlijst, *, reeel: bool = True) -> dict[str, Bronnen]:
    """Card -> the sources of the cells that its figures are computed from, those of its weight too.

    `reeel`: and of its price index, on which its figures in prices of one year and its verdicts hang as well.
    """
    known = {b.id: (b.bron, b.id) for b in (*lijst.opgehaald, *lijst.register.values())}
    own = {id: frozenset(known[t] for t in _ids(k) if t in known) for id, k in kaarten.items()}
    # amounts of which nobody knows in whose prices they are, are put in no other: the index changes nothing there
    index = {id: k.deflator for id, k in kaarten.items() if reeel and any(b.prijzen != "onbekend" for b in k.bronnen)}
    return {
        id: own[id].union(*(own.get(other, frozenset()) for other in (k.gewicht, index.get(id)) if other))
        for id, k in kaarten.items()
    }


def _has(kaart: Kaart, met: Mapping[str, Any]) -> bool:
    """Whether a card has these values, where true is any value."""
    return all(
        bool(found) if value is True else found in value if isinstance(value, tuple) else found == value
        for veld, value in met.items()
        for found in [getattr(kaart, veld)]
    )


def find_genoemd(
    correcties: Iterable[Correctie], regels: Iterable[Regel], kaarten: Mapping[str, Kaart], beleid: Iterable[Beleidsmap]
) -> dict[str, frozenset[str]]:
    """What a header calls by the list that names it -> the tables (`correcties`) or the cards that this list names."""
    compared = set[str]()
    for regel in regels:
        for v in regel.vergelijkingen():
            compared |= {v.indicator, *(g.indicator for p in (*v.links, *v.rechts) for g in p.grootheden)}
        if regel.gebieden:
            # one that names no indicators is about all that is added up
            compared |= set(regel.indicatoren) or {id for id, k in kaarten.items() if k.aggregatie == "som"}
    mappen = list(beleid)
    printed = {g.kaart for m in mappen for _, g in m.of(Gedrukt) if g.kaart}
    told = {k for m in mappen for i in m.opgaven.indelingen for d in i.delen for k in d.kaarten}
    signals = [s for m in mappen for _, s in m.of(Signaal) if s.kaart]
    named = {
        "correcties": {c.tabel for c in correcties},
        "regels": compared,
        "gedrukt": printed,
        "groei": printed | told,
        "signalen": _of_verdict({s.kaart for s in signals}, kaarten),
        # what a figure can contradict, at a task
        "getoetst": _of_verdict({s.kaart for s in signals if s.bewering and s.opgaven and not s.deels}, kaarten),
    }
    return {naam: frozenset(x) for naam, x in named.items()}


def _of_verdict(named: Set[str], kaarten: Mapping[str, Kaart]) -> set[str]:
    """These cards, and those that their verdict hangs on too: of a theme all trends are tested together."""
    themas = {kaarten[id].thema for id in named if id in kaarten}
    return {*named, *(id for id, k in kaarten.items() if k.beoordeeld and k.thema in themas)}


def _has_regios(bron: Any, begin: str) -> bool:
    """Whether a source can have regions with a code that begins so; what does not say which it has, can."""
    if isinstance(bron, Registertabel):
        # of one province: no other stands beside it
        return begin != PROVINCIE
    if not isinstance(bron, Brontabel):
        return True
    codes = [bron.regio_vast] if bron.regio_vast else [r for d in bron.dimensies.values() for r in d.regios]
    return not codes or any(code.startswith(begin) for code in codes)


def _chosen(
    herkomst: Herkomst, kaarten: Mapping[str, Kaart], genoemd: Mapping[str, Collection[str]], without: Set[str]
) -> set[str]:
    """The cards that a header names, of those that there are. `without`: the sources that lack the regions it names."""
    named: Collection[str] = herkomst.kaarten
    if isinstance(herkomst.kaarten, str):
        named = kaarten if herkomst.kaarten == "alle" else genoemd[herkomst.kaarten]
    cards = {id: kaarten[id] for id in set(named) & set(kaarten) if _has(kaarten[id], herkomst.met)}
    # what a figure is divided by may be of another region, what is divided is of its own
    return {
        id
        for id, kaart in cards.items()
        if any(without.isdisjoint(t.tabel or b.tabel for t in b.teller) for b in kaart.bronnen)
    }


def find_lijnen(
    tabellen: Sequence[Tabel],
    kaarten: Mapping[str, Kaart],
    lijst: Bronlijst,
    through: str,
    genoemd: Mapping[str, Collection[str]],
) -> Lijnen:
    """Read who hangs on whom. `tabellen` in the order of a build; those of schema `through` are seen through.

    `genoemd`: what the lists name that a header can refer to (`find_genoemd`).

    Raises TabelError where a header names a table that is not in the list of sources.
    """
    per_kaart, per_cijfer = find_kaarten(kaarten, lijst), find_kaarten(kaarten, lijst, reeel=False)
    known = {b.id: (b.bron, b.id) for b in (*lijst.opgehaald, *lijst.register.values())}
    # of a municipality nothing is composed, so no weight counts
    per_gemeente = {id: frozenset(known[t] for t in _ids(k, "gemeente") & known.keys()) for id, k in kaarten.items()}
    alle = frozenset(known.values())
    per_tabel: dict[str, Bronnen] = {}
    before: dict[str, set[str]] = {}
    via = {}
    for t in tabellen:
        # what it is made from, seen through what only serves other tables
        hidden = [u for u in t.uit if u.startswith(f"{through}.")]
        before[t.naam] = (set(t.uit) - set(hidden)).union(*(before[u] for u in hidden))
        cards: set[str] = set()
        if (h := t.herkomst) is None:
            inputs = alle if UIT_BRON & set(t.van) else frozenset()
            of = inputs.union(*(per_tabel[u] for u in t.uit if u in per_tabel))
        else:
            named = genoemd["correcties"] if h.tabellen == "correcties" else h.tabellen
            if unknown := [x for x in named if x not in known]:
                raise TabelError(f"herkomst noemt {unknown[0]}, en dat is geen bron", waar=f"de kop van {t.source}")
            without = {b.id for b in (*lijst.opgehaald, *lijst.register.values()) if not _has_regios(b, h.regio)}
            cards = _chosen(h, kaarten, genoemd, without)
            per = per_gemeente if h.regio == GEMEENTE else per_kaart if h.reeel else per_cijfer
            of = frozenset(known[x] for x in named).union(*(per[c] for c in cards))
        per_tabel[t.naam] = of
        earlier = sorted(u for u in before[t.naam] if u in per_tabel and per_tabel[u] <= of)
        via[t.naam] = _make_via(of, earlier, set(kaarten) if t.naam == WAARDEN else cards, per_tabel, per_kaart)
        if any(u.startswith("invoer.vorige") for u in before[t.naam]):
            via[t.naam] = replace(via[t.naam], vorige=True)
    return Lijnen(per_kaart, per_tabel, via)


def _make_via(
    of: Bronnen,
    earlier: Sequence[str],
    cards: Iterable[str],
    tabellen: Mapping[str, Bronnen],
    kaarten: Mapping[str, Bronnen],
) -> Via:
    """What a table hangs on itself: tables first, then the cards that these do not hold yet, then what is left."""
    held = frozenset[Bron]().union(*(tabellen[u] for u in earlier))
    own = () if WAARDEN in earlier else tuple(sorted(c for c in cards if kaarten[c] <= of and not kaarten[c] <= held))
    held = held.union(*(kaarten[c] for c in own))
    return Via(tuple(earlier), own, tuple(sorted(of - held)))


def count_cijfers(parquet: Path, kaarten: Iterable[str]) -> dict[str, int]:
    """Card -> how many figures a build has of it, from its folder with tables; 0 for one that it leaves out."""
    file = sql_text(str(parquet / f"{WAARDEN}.parquet"))
    with open_gesloten(parquet) as db:
        found = db.execute(f"SELECT indicator, count(waarde) FROM read_parquet({file}) GROUP BY ALL").fetchall()
    made = dict(found)
    return {id: made.get(id, 0) for id in kaarten}

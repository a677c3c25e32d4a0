"""Who hangs on whom: from which source tables each indicator, each built table and each page of the report can change.

The facts stand where they belong: on the cards, in the headers of the queries (`uit`, `herkomst`) and in the folder of
the edition. This file reads them together, so that Dagster shows, below a source, what changes with it
and nothing else.
A source is a key (bron, id), as in the list of sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assets.bron.bronlijst import Bronlijst
from assets.gesloten import open_gesloten, sql_text
from assets.indicatoren.kaart import Kaart
from assets.tabel import Herkomst, Tabel, TabelError

Bron = tuple[str, str]
Bronnen = frozenset[Bron]

# What a build lays ready of the answers of all sources.
UIT_BRON = {"invoer.waarneming", "invoer.waarneming_alle", "invoer.onderwerp", "invoer.code", "invoer.momentopname"}
REGISTER = "register"
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


def _ids(kaart: Kaart) -> set[str]:
    """The tables that a card asks itself."""
    terms = [(b.tabel, t.tabel) for b in kaart.bronnen for t in (*b.teller, *b.noemer)]
    return {own or of for of, own in terms}


def find_kaarten(kaarten: Mapping[str, Kaart], lijst: Bronlijst) -> dict[str, Bronnen]:
    """Card -> the sources of the cells that its figures are computed from, those of its weight and price index too."""
    known = {b.id: (b.bron, b.id) for b in (*lijst.opgehaald, *lijst.register.values())}
    own = {id: frozenset(known[t] for t in _ids(k) if t in known) for id, k in kaarten.items()}
    return {
        id: own[id].union(*(own.get(other, frozenset()) for other in (k.gewicht, k.deflator) if other))
        for id, k in kaarten.items()
    }


def _has(kaart: Kaart, met: Mapping[str, Any]) -> bool:
    """Whether a card has these values, where true is any value."""
    return all(
        bool(found) if value is True else found in value if isinstance(value, tuple) else found == value
        for veld, value in met.items()
        for found in [getattr(kaart, veld)]
    )


def _chosen(herkomst: Herkomst, kaarten: Mapping[str, Kaart]) -> set[str]:
    """The cards that a header names, of those that there are."""
    named = kaarten if herkomst.kaarten == "alle" else set(herkomst.kaarten) & set(kaarten)
    return {id for id in named if _has(kaarten[id], herkomst.met)}


def find_lijnen(
    tabellen: Sequence[Tabel],
    kaarten: Mapping[str, Kaart],
    lijst: Bronlijst,
    through: str,
    gecorrigeerd: Collection[str] = (),
) -> Lijnen:
    """Read who hangs on whom. `tabellen` in the order of a build; those of schema `through` are seen through.

    `gecorrigeerd`: the tables with a corrected cell.

    Raises TabelError where a header names a table that is not in the list of sources.
    """
    per_kaart = find_kaarten(kaarten, lijst)
    known = {b.id: (b.bron, b.id) for b in (*lijst.opgehaald, *lijst.register.values())}
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
            inputs = alle if UIT_BRON & set(t.uit) else frozenset()
            of = inputs.union(*(per_tabel[u] for u in t.uit if u in per_tabel))
        else:
            named = gecorrigeerd if h.tabellen == "correcties" else h.tabellen
            if unknown := [x for x in named if x not in known]:
                raise TabelError(f"herkomst noemt {unknown[0]}, en dat is geen bron", waar=f"de kop van {t.source}")
            cards = _chosen(h, kaarten)
            of = frozenset(known[x] for x in named).union(*(per_kaart[c] for c in cards))
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
    own = () if WAARDEN in earlier else tuple(sorted(c for c in cards if not kaarten[c] <= held))
    held = held.union(*(kaarten[c] for c in own))
    return Via(tuple(earlier), own, tuple(sorted(of - held)))


def count_cijfers(parquet: Path, kaarten: Iterable[str]) -> dict[str, int]:
    """Card -> how many figures a build has of it, from its folder with tables; 0 for one that it leaves out."""
    file = sql_text(str(parquet / f"{WAARDEN}.parquet"))
    with open_gesloten(parquet) as db:
        found = db.execute(f"SELECT indicator, count(waarde) FROM read_parquet({file}) GROUP BY ALL").fetchall()
    made = dict(found)
    return {id: made.get(id, 0) for id in kaarten}

"""The table that comes after one with a year or a division of regions in its title, found by that title.

Such tables are new ones each time, with a new id, and the one before stops. Which one follows stands nowhere but in
prose; that the title is the same but for its years is what tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assets.bron.antwoord import Catalogustitel
from assets.bron.bronlijst import Brontabel
from assets.bron.lijstbestand import Wijziging
from assets.bron.schrijfwijze import words
from assets.bron.voorstel import Kandidaat, Voorstel
from begrippen.redenen import Reden
from begrippen.redenzinnen import regel

_YEAR = re.compile(r"(?:19|20)\d\d")


def years(title: str) -> tuple[int, ...]:
    """Give the years in a title, in order: 2012, 2016 and 2020 of `2012/2016/2020`."""
    return tuple(int(w) for w in words(title) if _YEAR.fullmatch(w))


def pattern(title: str) -> tuple[str, ...]:
    """Give a title with each year, or run of years, left open."""
    found: list[str] = []
    for word in ("" if _YEAR.fullmatch(w) else w for w in words(title)):
        if word or not found or found[-1]:
            found.append(word)
    return tuple(found)


def find_opvolgers(titel: str, catalogus: Iterable[Catalogustitel], bekend: Collection[str]) -> list[Catalogustitel]:
    """Find the tables with this title of later years, best first: of a division the newest, else the next.

    bekend: ids that the list of sources has. A table with a later division gives all years in it; one of a later year
    gives that year alone.
    """
    own = years(titel)
    if not own:
        return []
    form = pattern(titel)
    found = [
        row
        for row in catalogus
        if row.Identifier not in bekend and not row.gestopt and pattern(row.Title) == form and years(row.Title) > own
    ]
    return sorted(found, key=lambda row: years(row.Title), reverse="indeling" in titel.casefold())


def _copy_changes(tabel: Brontabel, row: Catalogustitel, api: str) -> tuple[Wijziging, ...]:
    old, new = str(max(years(tabel.titel))), str(max(years(row.Title)))
    changes = [Wijziging("waarde", ("titel",), row.Title.strip())]
    if api != tabel.api:
        changes.append(Wijziging("waarde", ("api",), api))
    changes += [
        Wijziging("waarde", ("dimensies", naam, "vanaf"), int(new))
        for naam, d in tabel.dimensies.items()
        if d.soort == "periode" and str(d.vanaf) == old
    ]
    if tabel.periode_vast and tabel.periode_vast[:4] == old:
        changes.append(Wijziging("waarde", ("periode_vast",), new + tabel.periode_vast[4:]))
    # the table was seen in the catalogue; what it holds was not
    sure = [
        Wijziging("waarde", ("onderwerpen", naam, "zekerheid"), "V")
        for naam, o in tabel.onderwerpen.items()
        if o.zekerheid == "K"
    ]
    stopped = [Wijziging("weg", (name,)) for name in ("gestopt", "opvolger") if name in tabel.model_fields_set]
    return (*changes, *sure, *stopped)


def propose_opvolger(
    tabel: Brontabel, catalogi: dict[str, Sequence[Catalogustitel]], bekend: Collection[str]
) -> list[Voorstel]:
    """Propose to follow a table to its successor: its entry stops, and a copy for the new table comes under it.

    catalogi: api -> the catalogue that has tables of this source; a table is looked for in its own protocol first.
    bekend: ids that the list of sources has.
    """
    if tabel.opvolger is not None or tabel.api not in catalogi:
        return []  # a catalogue that did not answer says nothing of its tables
    own = next((r for r in catalogi.get(tabel.api, ()) if r.Identifier == tabel.id), None)
    seen: set[str] = set()
    kandidaten = []
    for api in sorted(catalogi, key=lambda a: a != tabel.api):
        for row in find_opvolgers(tabel.titel, catalogi[api], {*bekend, *seen}):
            seen.add(row.Identifier)
            kandidaten.append(
                Kandidaat(f"{row.Identifier} {row.Title.strip()} ({api})", _copy_changes(tabel, row, api), zeker=True)
            )
    stopped = own is None or own.gestopt
    if not kandidaten:
        return [Voorstel(tabel.id, "tabel", regel((Reden("afwezig"),)), ())] if own is None else []
    why = "staat niet meer in de catalogus" if own is None else "is stopgezet" if stopped else "heeft een opvolger"
    return [Voorstel(tabel.id, "tabel", why, tuple(kandidaten), kopie="stopt" if stopped else "blijft")]

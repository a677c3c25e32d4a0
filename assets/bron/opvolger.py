"""The table that comes after one with a year or a division of regions in its title, found by that title.

Such tables are new ones each time, with a new id, and the one before stops. Which one follows stands nowhere but in
prose; that the title is the same but for its years is what tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from assets.bron.antwoord import Catalogustitel
from assets.bron.bronlijst import Brontabel
from assets.bron.lijstbestand import Wijziging
from assets.bron.schrijfwijze import words
from assets.bron.voorstel import Kandidaat, Voorstel

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
    tabel: Brontabel, catalogi: Mapping[str, Sequence[Catalogustitel]], bekend: Mapping[str, Brontabel]
) -> list[Voorstel]:
    """Propose to follow a table to its successor: its entry stops, and a copy for the new table comes under it.

    catalogi: api -> the catalogue that has tables of this source; a table is looked for in its own protocol first. One
    that did not answer is not among them, and says nothing of its tables. bekend: the list of sources, by id.
    """
    if tabel.opvolger is not None or tabel.api not in catalogi:
        return []
    form, own_years = pattern(tabel.titel), years(tabel.titel)
    if any(pattern(t.titel) == form and years(t.titel) > own_years for t in bekend.values()):
        return []  # the newest of a row is the one that is followed
    own = next((r for r in catalogi[tabel.api] if r.Identifier == tabel.id), None)
    seen = set(bekend)
    kandidaten = []
    for api in sorted(catalogi, key=lambda a: a != tabel.api):
        for row in find_opvolgers(tabel.titel, catalogi[api], seen):
            seen.add(row.Identifier)
            changes = _copy_changes(tabel, row, api)
            wat = f"{row.Identifier} {row.Title.strip()} ({api})"
            kandidaten.append(Kandidaat(wat, changes, zeker=True, tabel=row.Identifier))
    if own is None:
        why = "staat niet in de catalogus"
    elif own.gestopt:
        why = "is stopgezet"
    else:
        why = "heeft een opvolger"
    if not kandidaten and (own is None or (own.gestopt and not tabel.gestopt)):
        return [Voorstel(tabel.id, "tabel", why, ())]
    stopped = own is None or own.gestopt
    return [Voorstel(tabel.id, "tabel", why, tuple(kandidaten), "stopt" if stopped else "blijft")] if kandidaten else []

"""How a page of policy is made: what stands on it, tables with the paper of each row, and what it is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Literal

from reports import patroon
from reports.document import Alinea, Blad, Blok, blokken, deel
from reports.hoofdstukken.schrijftafel import Schrijftafel, opsomming
from reports.inhoud import Doel, Koppeling
from reports.patroon import Kolomvak
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering

GROEP = "Beleid"
UITVOERING, INSTRUMENTEN, GELD, SIGNALEN = "uitvoering", "instrumenten", "geld", "signalen"
CYCLUS, MIDTERM = "cyclus", "midterm"
# the pages of policy; their texts say nothing of cause (`reports.tekst`)
BLADEN = (UITVOERING, INSTRUMENTEN, GELD, SIGNALEN, MIDTERM, CYCLUS)
# without a row of this table there is no such page
NODIG = {INSTRUMENTEN: "instrument", GELD: "bedrag", SIGNALEN: "signaal", CYCLUS: "cyclus"}
NIETS_AANGELEVERD = (
    "Bij deze editie is niets aangeleverd over resultaten, geld, instrumenten en signalen. "
    "Daarover zijn er geen bladen."
)
# the heading of the column with the paper that a row comes from, without the place: a line of a text no reader has
STUK = "Stuk"
GEEN_EFFECT = "Dit is geen effectmeting: er is niets om mee te vergelijken."

Regel = Mapping[str, Any]
Kolommen = Mapping[str, Kolomvak[Regel]]
# what stands on a page (`reports.document.blokken`)
Delen = Iterable[Blok | str]
Geven = Callable[[Schrijftafel, Uitvoering], Delen]
Maken = Callable[..., Blad | None]


def beleidsblad(id_: str, titel: str, kort: str) -> Callable[[Geven], Maken]:
    """Make a page of what a function gives: first its introduction, behind which the texts of the editors stand.

    There is no page (None) where nothing was delivered for it.
    """

    def of(give: Geven) -> Maken:
        def make(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
            u = tafel.rapport.uitvoering
            if u is None or not has_blad(u, id_):
                return None
            eerst, *rest = give(tafel, u)
            begin = Alinea((eerst,), "inleiding") if isinstance(eerst, str) else eerst
            return Blad(id_, titel, GROEP, (begin, *teksten, *blokken(rest)), kort=kort)

        return make

    return of


def has_blad(u: Uitvoering, blad: str) -> bool:
    """Whether there is such a page, so that one may point at it."""
    return blad not in NODIG or bool(u.rijen(NODIG[blad]))


def naar_bladen(u: Uitvoering, begin: str, opgave: str, delen: Iterable[tuple[str, str, str]]) -> Alinea:
    """A line of what there is at a task elsewhere: its words, page and place; words alone where the page is not."""
    van = f" bij opgave {opgave}"
    links = [Koppeling(text, Doel(b, anker), van) if has_blad(u, b) else text for text, b, anker in delen]
    return Alinea((begin, *opsomming(links), "."))


def per_opgave(u: Uitvoering, give: Callable[[str], Delen], niveau: Literal[2, 3] = 2) -> Iterator[Blok]:
    """A part for each task of the edition."""
    for opgave, naam in u.opgaven.items():
        yield from deel(f"Opgave {opgave}: {naam}", f"opgave-{opgave}", *give(opgave), niveau=niveau)


def tabel(
    id_: str, bijschrift: str, rijen: Collection[Regel], kolommen: Kolommen, noten: Sequence[str] = (), **meer: Any
) -> Tabel:
    """A table of rows, each with the paper that it comes from, where they have one (`reports.patroon.tabel`)."""
    met_stuk = dict(kolommen) | ({STUK: itemgetter("bron")} if all("bron" in r for r in rijen) else {})
    return patroon.tabel(id_, bijschrift, rijen, met_stuk, noten, **meer)


def tabeldeel(
    kop: str, id_: str, bijschrift: str, rijen: Collection[Regel], kolommen: Kolommen, *begin: Blok | str, **meer: Any
) -> Iterator[Blok]:
    """A part of a page that is one table (`tabel`), with `begin` before it; nothing where there are no rows."""
    if rijen:
        yield from deel(kop, id_, *begin, tabel(f"{id_}-tabel", bijschrift, rijen, kolommen, **meer))

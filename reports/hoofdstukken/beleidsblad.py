"""How a page of policy is made: what stands on it, tables that name each column once, and what it is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop
from reports.getallen import format_getal
from reports.hoofdstukken.schrijftafel import Schrijftafel, opsomming
from reports.inhoud import Inhoud, Klein
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.uitvoering import Uitvoering

GROEP = "Beleid"
UITVOERING, INSTRUMENTEN, GELD, SIGNALEN = "uitvoering", "instrumenten", "geld", "signalen"
CYCLUS, MIDTERM = "cyclus", "midterm"
# the pages of policy; their texts say nothing of cause (`reports.tekst`)
BLADEN = (UITVOERING, INSTRUMENTEN, GELD, SIGNALEN, MIDTERM, CYCLUS)
NIETS_AANGELEVERD = (
    "Bij deze editie is niets aangeleverd over resultaten, geld, instrumenten en signalen. "
    "Daarover zijn er geen bladen."
)
# the heading of the column with the paper that a row comes from
STUK = "Stuk"
GEEN_EFFECT = "Dit is geen effectmeting: er is niets om mee te vergelijken."

Regel = Mapping[str, Any]
# what stands in a cell, and what makes it of a row
Vak = str | Inhoud
_R = TypeVar("_R")
# what stands on a page, in its order; a text by itself is a paragraph
Delen = Iterable[Blok | str]


def beleidsblad(
    id_: str, titel: str, kort: str, *nodig: str
) -> Callable[[Callable[[Schrijftafel, Uitvoering], Delen]], Callable[[Schrijftafel, Sequence[Blok]], Blad | None]]:
    """Make a page of what a function gives: first its introduction, behind which the texts of the editors stand.

    There is no page (None) where nothing was delivered, or nothing of one of the tables `nodig`.
    """

    def of(give: Callable[[Schrijftafel, Uitvoering], Delen]) -> Callable[[Schrijftafel, Sequence[Blok]], Blad | None]:
        def make(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
            u = tafel.rapport.uitvoering
            if u is None or not all(u.rijen(t) for t in nodig):
                return None
            eerst, *rest = give(tafel, u)
            begin = Alinea((eerst,), "inleiding") if isinstance(eerst, str) else eerst
            return Blad(id_, titel, GROEP, (begin, *teksten, *map(_blok, rest)), kort=kort)

        return make

    return of


def _blok(deel: Blok | str) -> Blok:
    return Alinea((deel,)) if isinstance(deel, str) else deel


def deel(kop: str, id_: str, *delen: Blok | str, niveau: Any = 2) -> Iterator[Blok]:
    """A part of a page under its heading."""
    yield Kop(niveau, kop, id_)
    yield from map(_blok, delen)


def per_opgave(u: Uitvoering, give: Callable[[str], Delen], niveau: int = 2) -> Iterator[Blok]:
    """A part for each task of the edition."""
    for opgave, naam in u.opgaven.items():
        yield from deel(f"Opgave {opgave}: {naam}", f"opgave-{opgave}", *give(opgave), niveau=niveau)


def tabel(
    id_: str,
    bijschrift: str,
    rijen: Iterable[_R],
    kolommen: Mapping[str, Callable[[_R], Vak]],
    noten: Sequence[str] = (),
    *,
    groep: Callable[[_R], Vak] = lambda _: (),
    getallen: bool = False,
) -> Tabel:
    """A table of rows: above each column its heading, and what makes its cell of a row.

    `groep`: the heading above a row; rows with the same stand together. `getallen`: all columns but the first and the
    paper are amounts.
    """
    groepen: dict[Vak, list[Rij]] = {}
    for r in rijen:
        kop, *rest = (inhoud(make(r)) for make in kolommen.values())
        groepen.setdefault(groep(r), []).append(Rij(kop, tuple(map(Cel, rest))))
    eerste, *meer = kolommen
    return Tabel(
        id_,
        bijschrift,
        (Kolom((eerste,)), *(Kolom((k,), "eind" if getallen and k != STUK else "begin") for k in meer)),
        tuple(Rijgroep(tuple(rows), inhoud(naam)) for naam, rows in groepen.items()),
        tuple(noten),
    )


def tabeldeel(
    kop: str,
    id_: str,
    bijschrift: str,
    rijen: Collection[Regel],
    kolommen: Mapping[str, Callable[[Regel], Vak]],
    *begin: Blok | str,
    noten: Sequence[str] = (),
    groep: Callable[[Regel], Vak] = lambda _: (),
) -> Iterator[Blok]:
    """A part of a page that is one table, with the paper of each row that has one; nothing where there are no rows.

    `begin`: what stands before the table.
    """
    if rijen:
        met_stuk = dict(kolommen) | ({STUK: bron} if all("bron" in r for r in rijen) else {})
        yield from deel(kop, id_, *begin, tabel(f"{id_}-tabel", bijschrift, rijen, met_stuk, noten, groep=groep))


def inhoud(vak: Vak) -> Inhoud:
    """What stands in a cell: a text of its own is all of it."""
    return (vak,) if isinstance(vak, str) else vak


def met(text: Vak, *erbij: str | None) -> Inhoud:
    """A text with what is smaller behind it, each between brackets; what is empty is left out."""
    return (*inhoud(text), *(Klein(f" ({e})") for e in erbij if e))


def hoofdletter(text: str) -> str:
    """A text with a capital, what follows as it was."""
    return text[:1].upper() + text[1:]


def bron(regel: Regel) -> Inhoud:
    """The paper that a row comes from, with the place in it."""
    return (regel["bron"], Klein(f" {regel['plaats']}"))


def getal(waarde: float) -> str:
    """A number as it was promised or counted: whole where it is."""
    return format_getal(waarde, 0 if float(waarde).is_integer() else 1)


def of_nb(text: Vak | None, waarom: str = "niet bekend") -> Inhoud:
    """A text, or n.b. where there is none."""
    return inhoud(text) if text else cellen.nb(waarom)


def indicatoren(tafel: Schrijftafel, kaarten: Iterable[str] | None, geen: str = "geen cijfer") -> Inhoud:
    """The indicators of a row as links, or what it says where the report has none of them."""
    found = [tafel.naam(i) for i in tafel.gekozen(kaarten or ())]
    return tuple(opsomming(found)) if found else (geen,)

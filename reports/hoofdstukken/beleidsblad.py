"""What the pages of policy share: their names, what they are not, and tables of texts with the paper of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reports import cellen
from reports.document import Alinea
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
GEEN_EFFECT = "Dit is geen effectmeting: er is niets om mee te vergelijken."

Regel = Mapping[str, Any]
# what stands in a cell
Vak = str | Inhoud


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


def tabel(
    id_: str,
    bijschrift: str,
    kolommen: Sequence[str],
    rijen: Iterable[Sequence[Vak]] | Mapping[Vak, Iterable[Sequence[Vak]]],
    noten: Sequence[str] = (),
    *,
    getallen: bool = False,
) -> Tabel:
    """A table of texts: rows, or rows by the heading of their group. `getallen`: all columns but the first are amounts.

    A column named 'Stuk' holds a text whatever the others hold.
    """
    groepen = rijen if isinstance(rijen, Mapping) else {(): rijen}
    return Tabel(
        id_,
        bijschrift,
        tuple(Kolom((k,), "eind") if getallen and n and k != "Stuk" else Kolom((k,)) for n, k in enumerate(kolommen)),
        tuple(
            Rijgroep(tuple(Rij(inhoud(kop), tuple(Cel(inhoud(v)) for v in rest)) for kop, *rest in rows), inhoud(naam))
            for naam, rows in groepen.items()
        ),
        tuple(noten),
    )


def per(rijen: Iterable[Regel], veld: str, row: Callable[[Regel], Sequence[Vak]]) -> dict[Vak, list[Sequence[Vak]]]:
    """Rows by what they hold in a field, in the order in which those come."""
    found: dict[Vak, list[Sequence[Vak]]] = {}
    for r in rijen:
        found.setdefault(r[veld], []).append(row(r))
    return found


def inleiding(text: str) -> Alinea:
    """What a page begins with."""
    return Alinea((text,), "inleiding")


def uitvoering_van(tafel: Schrijftafel, *tabellen: str) -> Uitvoering | None:
    """The policy of the report; None where nothing was delivered, or nothing of one of these tables."""
    u = tafel.rapport.uitvoering
    return u if u and all(u.rijen(t) for t in tabellen) else None

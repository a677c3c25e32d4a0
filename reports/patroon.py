"""A cell, a line or a table from a pattern and a row: what is empty is left out, and a code is said in its words.

`{naam} | loopt tot {loopt_tot} | {jaar} || jaar onbekend`: what stands before the first bar is the text, each part
behind it is smaller and between brackets. A part with an empty field is not there; behind a double bar stands what
comes in its place. Behind the colon of a field: the closed list whose words it gets (`begrippen.lijsten.WOORDEN`);
`euro`, `getal`, `datum`, `groei` or `punten`; `behalve CODE`, which counts as empty; `mits` or `is CODE`, which is not
said but must be so; or the words for what is true, and behind a slash those for what is not. `!h` gives a field its
capital.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from string import Formatter
from typing import Any, TypeVar

from begrippen.lijsten import WOORDEN
from reports import cellen
from reports.getallen import format_datum, format_euro, format_getal, format_groei, join
from reports.inhoud import Inhoud, Klein, Voorlees
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

_R = TypeVar("_R")
# a text by itself is all that stands in a cell
Vak = str | Inhoud
# what makes a cell of a row
Kolomvak = str | Callable[[_R], Vak]


# of a column that no row has anything for
STIL = "De kolom ‘{kolom}’ is weggelaten: in elke rij stond ‘{redenen}’."


class _LeegError(Exception):
    """A part of a pattern has a field that is empty."""


def inhoud(vak: Vak) -> Inhoud:
    """What stands in a cell: a text of its own is all of it."""
    return (vak,) if isinstance(vak, str) else vak


def met(text: Vak, *erbij: str | None) -> Inhoud:
    """A text with what is smaller behind it, each between brackets; what is empty is left out."""
    return (*inhoud(text), *(Klein(f" ({e})") for e in erbij if e))


def hoofdletter(text: str) -> str:
    """A text with a capital, what follows as it was."""
    return text[:1].upper() + text[1:]


def getal(waarde: float, teken: bool = False) -> str:
    """A number as it was promised or counted: whole where it is. `teken`: a plus for what is above zero."""
    return format_getal(waarde, 0 if float(waarde).is_integer() else 1, teken=teken)


_HOE: dict[str, Callable[[Any], str]] = {
    **{"euro": format_euro, "getal": getal, "datum": format_datum, "groei": format_groei},
    "punten": partial(format_groei, punten=True),
}


def _is_leeg(value: Any) -> bool:
    """Whether a row says nothing here; nought is something."""
    return value is None or value is False or value in ("", (), [])


class _Schrijver(Formatter):
    """Fills in a part of a pattern. Raises _LeegError for an empty field, KeyError for one that no row has."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return hoofdletter(value) if conversion == "h" and value else value

    def format_field(self, value: Any, format_spec: str) -> str:
        how, _, code = format_spec.partition(" ")
        waar, onwaar, anders = format_spec.partition("/")
        if value is False and onwaar:
            return anders
        if _is_leeg(value) or (how == "is" and value != code) or (how == "behalve" and value == code):
            raise _LeegError
        if how in ("is", "mits"):
            return ""
        if value is True:
            return waar
        if isinstance(value, list | tuple):
            return join(value)
        if how in ("", "behalve"):
            return str(value)
        return _HOE[how](value) if how in _HOE else WOORDEN[how][value]


def vul(patroon: str, rij: Mapping[str, Any]) -> str:
    """A part of a pattern, filled in; empty where each of its alternatives has an empty field."""
    for part in patroon.split(" || "):
        try:
            return _Schrijver().vformat(part, (), rij)
        except _LeegError:
            continue
    return ""


def vak(patroon: str, waarom: str = "niet bekend") -> Callable[[Mapping[str, Any]], Inhoud]:
    """What makes a cell of a row by a pattern; n.b. for a reason, a pattern too, where its text is not there."""
    # a double bar has no blank in it
    eerst, *erbij = patroon.split(" | ")

    def make(rij: Mapping[str, Any]) -> Inhoud:
        text = vul(eerst, rij)
        return met(text, *(vul(part, rij) for part in erbij)) if text else cellen.nb(vul(waarom, rij))

    return make


def _redenen(cells: Iterable[Cel]) -> str:
    """Why a column has nothing in any row; empty where one says something."""
    runs = [c.inhoud[0] if c.inhoud else "" for c in cells]
    empty = [r.gesproken for r in runs if isinstance(r, Voorlees) and r.zichtbaar == cellen.NB]
    return "; ".join(dict.fromkeys(empty)) if len(empty) == len(runs) else ""


def tabel(
    id_: str,
    bijschrift: str,
    rijen: Iterable[_R],
    kolommen: Mapping[str, Kolomvak[_R]],
    noten: Sequence[str] = (),
    *,
    groep: Callable[[_R], Vak] = lambda _: (),
    getallen: Collection[str] = (),
    dicht: bool = False,
) -> Tabel:
    """A table of rows: above each column its heading, and the pattern or function that makes its cell of a row.

    `groep`: the heading above a row; rows with the same stand together. `getallen`: the columns that hold numbers. A
    column in which no row says anything is not there: a note says why.
    """
    makers: list[Callable[[Any], Vak]] = [vak(k) if isinstance(k, str) else k for k in kolommen.values()]
    groepen: dict[Vak, list[Rij]] = {}
    for r in rijen:
        kop, *rest = (inhoud(make(r)) for make in makers)
        groepen.setdefault(groep(r), []).append(Rij(kop, tuple(map(Cel, rest))))
    rows_of = [row.cellen for rows in groepen.values() for row in rows]
    stil = {n: redenen for n, cells in enumerate(zip(*rows_of, strict=True)) if (redenen := _redenen(cells))}
    namen, kept = list(kolommen), [n for n in range(len(makers) - 1) if n not in stil]
    return Tabel(
        id_,
        bijschrift,
        tuple(Kolom((k,), "eind" if k in getallen else "begin") for k in (namen[0], *(namen[n + 1] for n in kept))),
        tuple(
            Rijgroep(tuple(Rij(row.kop, tuple(row.cellen[n] for n in kept)) for row in rows), inhoud(naam))
            for naam, rows in groepen.items()
        ),
        (*(STIL.format(kolom=namen[n + 1], redenen=redenen) for n, redenen in stil.items()), *noten),
        dicht,
    )

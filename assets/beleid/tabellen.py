"""The tables of policy: what editions say, a row of a shape a row here, with what follows from it on a day.

They are laid ready in schema `invoer` as `beleid_<naam>`. What no query of `sql/beleid` adds to, is `beleid.<naam>` as
it lies there. Without policy they are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, get_type_hints

from pydantic import Field, create_model

from assets.beleid.cyclus import Cyclus, Stap, make_stappen
from assets.beleid.lezen import Beleidsmap, Opgavedeel
from assets.beleid.projecten import Effect
from assets.beleid.vormen import RIJEN, VORMEN
from assets.tabel import SQL, Kolom, Tabel, kolommen_van

Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Beleidsinvoer:
    """What these rows are made of.

    `beleid`: of the edition and of those before it; `cyclus` and `verzegeld`: of the edition, before this build;
    `effecten`: what may be told of its projects.
    """

    editie: int
    beleid: tuple[Beleidsmap, ...]
    built_at: datetime
    cyclus: Cyclus
    verzegeld: bool = False
    effecten: tuple[Effect, ...] = ()


_EDITIE = Kolom("editie", "INTEGER", "jaar van de editie")
_REGEL = Kolom("regel", "INTEGER", "regel in het bestand")
_INSTRUMENT = Kolom("instrument", "VARCHAR", "id van het instrument")
_VOLGNUMMER = Kolom("volgnummer", "INTEGER", "plaats bij het instrument")


def _of(naam: str, vorm: type[Any], sleutel: tuple[str, ...], kolommen: Iterable[Kolom] = ()) -> Tabel:
    """A table that its model describes: without `kolommen` what tells its rows apart, then the rest."""
    kolommen = kolommen or sorted(kolommen_van(vorm, lists=True), key=lambda k: k.naam not in sleutel)
    uitleg, source = " ".join((vorm.__doc__ or "").split()), f"{vorm.__module__}.{vorm.__qualname__}"
    return Tabel(f"invoer.beleid_{naam}", uitleg, (), ("editie", *sleutel), (_EDITIE, *kolommen), source=source)


def _tabel(naam: str) -> Tabel:
    """The table of a shape: where a row stands, what follows from it, lists and amounts, then the other fields."""
    vorm = VORMEN[naam]
    plek = (_REGEL,) if vorm in RIJEN.values() else () if vorm.sleutel == ("id",) else (_INSTRUMENT, _VOLGNUMMER)
    volgt: dict[str, Any] = {}
    for k, make in ((k, getattr(vorm, k)) for k in vorm.volgt):
        uitleg = f"{make.__doc__[0].lower()}{make.__doc__[1:-1]}"
        volgt[k] = (get_type_hints(make)["return"], Field(description=uitleg))
    velden = sorted(kolommen_van(vorm, lists=True), key=lambda k: not (k.type.endswith("[]") or k.eenheid))
    # the row of a file has a line too, which is shorter than a key of many fields
    sleutel = vorm.sleutel if vorm.sleutel == ("id",) else tuple(k.naam for k in plek)
    return _of(naam, vorm, sleutel, (*plek, *kolommen_van(create_model("volgt", **volgt)), *velden))


# those that a query of `sql/beleid` adds to
BEDRAG, KRUIS, SIGNAAL, GEDRUKT, INSTRUMENT = map(_tabel, ("bedrag", "kruis", "signaal", "gedrukt", "instrument"))


def make_rijen(naam: str, beleid: Iterable[Beleidsmap], vandaag: date) -> Rows:
    """The rows of a shape: its fields, empty texts as nothing, the paper by its title, and what follows on a day."""
    vorm, kolommen = VORMEN[naam], {k.naam for k in _tabel(naam).kolommen}
    for m in beleid:
        titels = {s.id: s.titel for s in m.opgaven.stukken}
        for _, regel, ding, in_, n in m.dingen:
            if isinstance(ding, vorm):
                row = {k: list(v) if isinstance(v, tuple) else None if v == "" else v for k, v in ding}
                row |= {"bron": titels[ding.bron]} | {k: getattr(ding, k)(vandaag) for k in vorm.volgt}
                row |= {"editie": m.editie, "regel": regel, "instrument": in_, "volgnummer": n}
                yield {k: row[k] for k in kolommen}


def _stappen(i: Beleidsinvoer) -> Rows:
    own = next((m for m in i.beleid if m.editie == i.editie), None)
    stappen = make_stappen(i.cyclus, own, i.verzegeld, i.built_at.date()) if i.beleid else ()
    return ({"editie": i.editie} | asdict(s) | {"mist": "; ".join(s.mist) or None} for s in stappen)


@cache
def invoertabellen() -> dict[str, tuple[Tabel, Callable[[Beleidsinvoer], Rows]]]:
    """Every table of policy in schema `invoer`, by its name there, with its rows."""
    opgave, cyclus = _of("opgave", Opgavedeel, ("indeling", "opgave")), _of("cyclus", Stap, ("stap",))
    effect = _of("effect", Effect, ("thema", "maat", "wanneer", "soort"))
    return {
        "beleid_opgave": (opgave, lambda i: ({"editie": m.editie} | asdict(d) for m in i.beleid for d in m.delen)),
        "beleid_cyclus": (cyclus, _stappen),
        "beleid_effect": (effect, lambda i: ({"editie": i.editie} | asdict(e) for e in i.effecten)),
        **{f"beleid_{n}": (_tabel(n), lambda i, n=n: make_rijen(n, i.beleid, i.built_at.date())) for n in VORMEN},  # type: ignore[misc]
    }


def doorgegeven() -> list[Tabel]:
    """The tables of schema `beleid` that no query adds to: as they were laid ready."""
    laid = {naam.replace("_", "."): tabel for naam, (tabel, _) in invoertabellen().items()}
    return [
        replace(tabel, naam=naam, uit=(tabel.naam,), query=f"FROM {tabel.naam}")
        for naam, tabel in laid.items()
        if not SQL.joinpath(*naam.split(".")).with_suffix(".sql").is_file()
    ]

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

from assets.beleid.cyclus import JAREN, Cyclus, make_stappen
from assets.beleid.lezen import Beleidsmap
from assets.beleid.projecten import Effect
from assets.beleid.vormen import RIJEN, VORMEN
from assets.tabel import SQL, Kolom, Tabel, from_docstring, kolommen_van

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


def beleid_opgave(invoer: Beleidsinvoer) -> Rows:
    """List the parts of the divisions.

    ---
    omschrijving: De delen van elke indeling (opgaven, thema's of producten) van deze editie en die daarvoor.
    sleutel: [editie, indeling, opgave]
    kolommen:
      editie: {type: INTEGER, uitleg: jaar van de editie}
      indeling: {type: VARCHAR, uitleg: id van de indeling}
      opgave: {type: VARCHAR, uitleg: "nummer van de opgave, het thema of het product"}
      naam: {type: VARCHAR, uitleg: naam daarvan}
      indeling_naam: {type: VARCHAR, uitleg: naam van de indeling}
      woord: {type: VARCHAR, uitleg: "hoe een deel heet: opgave, thema, product"}
      eigen: {type: BOOLEAN, uitleg: waar bij de indeling van de editie zelf}
      volgorde: {type: INTEGER, uitleg: plaats in de editie}
      kaarten: {type: "VARCHAR[]", uitleg: indicatoren waaraan de omgeving is af te lezen}
    """
    for m in invoer.beleid:
        delen = [(i, opgave, naam) for i in m.opgaven.indelingen for opgave, naam in m.delen[i.id].items()]
        for n, (i, opgave, naam) in enumerate(delen, start=1):
            yield {
                **{"editie": m.editie, "indeling": i.id, "opgave": opgave, "naam": naam, "indeling_naam": i.naam},
                **{"woord": i.woord, "eigen": i == m.indeling, "volgorde": n},
                "kaarten": next((list(d.kaarten) for d in i.delen if d.nummer == opgave), []),
            }


def beleid_cyclus(invoer: Beleidsinvoer) -> Rows:
    """List the steps of the cycle, as they stand on the day of the build.

    ---
    omschrijving: >
      De stappen van de tweejaarlijkse cyclus, zoals zij stonden toen deze bouw werd gemaakt. Of een stap klaar is
      volgt uit wat er is: niemand vult het in.
    sleutel: [editie, stap]
    kolommen:
      editie: {type: INTEGER, uitleg: jaar van de editie}
      stap: {type: INTEGER, uitleg: nummer van de stap}
      naam: {type: VARCHAR, uitleg: wat er gebeurt}
      staat: {type: VARCHAR, uitleg: hoe het ervoor staat, lijst: [klaar, nog te doen, kan nog niet]}
      dag: {type: DATE, uitleg: dag uit editie.toml; leeg is niet bekend}
      komt_nog: {type: BOOLEAN, uitleg: waar als die dag na de bouw ligt}
      mist: {type: VARCHAR, uitleg: welke stappen eerst klaar moeten zijn}
      jaren: {type: INTEGER, uitleg: hoeveel jaar er tussen twee edities zit}
    """
    own, vandaag = next((m for m in invoer.beleid if m.editie == invoer.editie), None), invoer.built_at.date()
    stappen = make_stappen(invoer.cyclus, own, invoer.verzegeld, vandaag) if invoer.beleid else ()
    for s in stappen:
        yield {
            **{"editie": invoer.editie, "stap": s.nummer, "naam": s.naam, "staat": s.staat, "dag": s.dag},
            **{"komt_nog": s.dag is not None and s.dag > vandaag, "mist": "; ".join(s.mist) or None, "jaren": JAREN},
        }


_EDITIE = Kolom("editie", "INTEGER", "jaar van de editie")
_REGEL = Kolom("regel", "INTEGER", "regel in het bestand")
_INSTRUMENT = Kolom("instrument", "VARCHAR", "id van het instrument")
_VOLGNUMMER = Kolom("volgnummer", "INTEGER", "plaats bij het instrument")


def sleutel(naam: str) -> tuple[str, ...]:
    """What tells the rows of a table apart within an edition, whatever else they say now."""
    return VORMEN[naam].sleutel or ("instrument", "volgnummer")


def _of(naam: str, vorm: type[Any], sleutel: Iterable[str], kolommen: Iterable[Kolom]) -> Tabel:
    """A table that its model describes."""
    uitleg, source = " ".join((vorm.__doc__ or "").split()), f"{vorm.__module__}.{vorm.__qualname__}"
    return Tabel(f"invoer.beleid_{naam}", uitleg, (), ("editie", *sleutel), (_EDITIE, *kolommen), source=source)


def _tabel(naam: str) -> Tabel:
    """The table of a shape: where a row stands, what follows from it, lists and amounts, then the other fields."""
    vorm = VORMEN[naam]
    plek = (_REGEL,) if vorm in RIJEN.values() else () if vorm.sleutel else (_INSTRUMENT, _VOLGNUMMER)
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


def _effecten() -> Tabel:
    """The table of what may be told of confidential projects: what tells its rows apart, then the rest."""
    sleutel = ("thema", "maat", "wanneer", "soort")
    return _of("effect", Effect, sleutel, sorted(kolommen_van(Effect), key=lambda k: k.naam not in sleutel))


def make_rijen(naam: str, beleid: Iterable[Beleidsmap], vandaag: date) -> Rows:
    """The rows of a shape: its fields, empty texts as nothing, the paper by its title, and what follows on a day."""
    vorm, kolommen = VORMEN[naam], {k.naam for k in _tabel(naam).kolommen}
    for m in beleid:
        titels = {s.id: s.titel for s in m.opgaven.stukken}
        for _, regel, ding, in_, n in m.dingen:
            if isinstance(ding, vorm):
                row = {k: list(v) if isinstance(v, tuple) else None if v == "" else v for k, v in ding}
                # an empty division is that of the edition
                row |= {"indeling": row.get("indeling") or m.indeling.id, "bron": titels[ding.bron]}
                row |= {k: getattr(ding, k)(vandaag) for k in vorm.volgt}
                row |= {"editie": m.editie, "regel": regel, "instrument": in_, "volgnummer": n}
                yield {k: row[k] for k in kolommen}


@cache
def invoertabellen() -> dict[str, tuple[Tabel, Callable[[Beleidsinvoer], Rows]]]:
    """Every table of policy in schema `invoer`, by its name there, with its rows."""
    functions = (beleid_opgave, beleid_cyclus)
    return {
        **{f.__name__: (from_docstring(f"invoer.{f.__name__}", f), f) for f in functions},
        "beleid_effect": (_effecten(), lambda i: ({"editie": i.editie} | asdict(e) for e in i.effecten)),
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

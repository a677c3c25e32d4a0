"""The tables of policy: what editions say, a row of a shape a row here, with what follows from it on a day.

They are laid ready in schema `invoer` as `beleid_<naam>`. What no query of `sql/beleid` adds to, is `beleid.<naam>` as
it lies there. Without policy they are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any, get_type_hints

from pydantic import Field, create_model

from assets.beleid import vormen
from assets.beleid.cyclus import JAREN, Cyclus, make_stappen
from assets.beleid.lezen import Beleidsmap
from assets.beleid.projecten import Effect
from assets.beleid.velden import Rij
from assets.beleid.vormen import RIJEN
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


def beleid_effect(invoer: Beleidsinvoer) -> Rows:
    """List what may be told of confidential projects.

    ---
    omschrijving: >
      Wat van vertrouwelijke projecten samen is te tonen: elk cijfer is van minstens drie partijen, in zijn eigen
      eenheid. Tijdelijk en blijvend werk worden niet opgeteld; laag en hoog blijven een bereik. Bruto: niet gemeten
      tegen wat er anders was gebeurd.
    sleutel: [editie, thema, maat, wanneer, soort]
    kolommen:
      editie: {type: INTEGER, uitleg: jaar van de editie}
      thema: {type: VARCHAR, uitleg: "thema uit het bestand; leeg: alle thema's samen", lijst: []}
      maat: {type: VARCHAR, uitleg: wat is geteld, lijst: effectmaat}
      wanneer: {type: VARCHAR, uitleg: "bij blijvend werk of het er is of nog moet ontstaan"}
      soort: {type: VARCHAR, uitleg: "bij blijvend werk nieuw of behoud; bij geraamd wie dat deed", lijst: []}
      eenheid: {type: VARCHAR, uitleg: waarin het is geteld}
      staat: {type: VARCHAR, uitleg: of het cijfer er is, lijst: effectstaat}
      laag: {type: DOUBLE, uitleg: laagste raming of wat afronding openlaat, eenheid: zie de kolom eenheid}
      hoog: {type: DOUBLE, uitleg: hoogste, eenheid: zie de kolom eenheid}
    """
    return ({"editie": invoer.editie} | asdict(effect) for effect in invoer.effecten)


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


# what stands within the two lists
_BINNEN: tuple[type[Rij], ...] = (
    *(vormen.Inzetlijn, vormen.Wens, vormen.Instrument),
    *(vormen.Evaluatie, vormen.Aanbeveling, vormen.Opbrengst),
)
# table -> the shape of its rows
VORMEN: dict[str, type[Rij]] = {vorm.__name__.lower(): vorm for vorm in (*RIJEN.values(), *_BINNEN)}
_EDITIE = Kolom("editie", "INTEGER", "jaar van de editie")
_REGEL = Kolom("regel", "INTEGER", "regel in het bestand")
_INSTRUMENT = Kolom("instrument", "VARCHAR", "id van het instrument")
_VOLGNUMMER = Kolom("volgnummer", "INTEGER", "plaats bij het instrument")
_EURO = {"bedrag", "verschil"}


def sleutel(naam: str) -> tuple[str, ...]:
    """What tells the rows of a table apart within an edition, whatever else they say now."""
    return VORMEN[naam].sleutel or ("instrument", "volgnummer")


def _tabel(naam: str) -> Tabel:
    """The table of a shape: where a row stands, what follows from it, lists and euros, then the other fields."""
    vorm = VORMEN[naam]
    plek = (_REGEL,) if vorm in RIJEN.values() else () if vorm.sleutel else (_INSTRUMENT, _VOLGNUMMER)
    volgt: dict[str, Any] = {}
    for k, make in ((k, getattr(vorm, k)) for k in vorm.volgt):
        uitleg = f"{make.__doc__[0].lower()}{make.__doc__[1:-1]}"
        volgt[k] = (get_type_hints(make)["return"], Field(description=uitleg))
    velden = [
        replace(k, type="BIGINT", eenheid="euro") if k.naam in _EURO else k for k in kolommen_van(vorm, lists=True)
    ]
    velden.sort(key=lambda k: not (k.type.endswith("[]") or k.naam in _EURO))
    # the row of a file has a line too, which is shorter than a key of many fields
    return Tabel(
        f"invoer.beleid_{naam}",
        " ".join((vorm.__doc__ or "").split()),
        (),
        ("editie", *(vorm.sleutel if vorm.sleutel == ("id",) else tuple(k.naam for k in plek))),
        (_EDITIE, *plek, *kolommen_van(create_model("volgt", **volgt)), *velden),
        source=f"{vorm.__module__}.{vorm.__qualname__}",
    )


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


def _rijen(naam: str, invoer: Beleidsinvoer) -> Rows:
    return make_rijen(naam, invoer.beleid, invoer.built_at.date())


@cache
def invoertabellen() -> dict[str, tuple[Tabel, Callable[[Beleidsinvoer], Rows]]]:
    """Every table of policy in schema `invoer`, by its name there, with its rows."""
    functions = (beleid_opgave, beleid_effect, beleid_cyclus)
    return {
        **{f.__name__: (from_docstring(f"invoer.{f.__name__}", f), f) for f in functions},
        **{f"beleid_{naam}": (_tabel(naam), partial(_rijen, naam)) for naam in VORMEN},
    }


def doorgegeven() -> list[Tabel]:
    """The tables of schema `beleid` that no query adds to: as they were laid ready."""
    laid = {naam.replace("_", "."): tabel for naam, (tabel, _) in invoertabellen().items()}
    return [
        replace(tabel, naam=naam, uit=(tabel.naam,), query=f"FROM {tabel.naam}")
        for naam, tabel in laid.items()
        if not SQL.joinpath(*naam.split(".")).with_suffix(".sql").is_file()
    ]

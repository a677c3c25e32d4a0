"""What editions say of policy as inputs of a build, a row of a shape a row here; without it these tables are empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from assets.beleid import vormen
from assets.beleid.cyclus import JAREN, Cyclus, make_stappen
from assets.beleid.lezen import Beleidsmap
from assets.beleid.projecten import Effect
from assets.beleid.velden import Rij
from assets.beleid.vormen import RIJEN
from assets.bouw.invoer.kop import Rows, kop
from assets.tabel import Kolom, Tabel, kolommen_van
from begrippen.oordeellijsten import TREND_BEWEEGT, TRENDS


class MetBeleid(Protocol):
    """What these rows are made of: all that a build is made from, or the policy alone."""

    @property
    def editie(self) -> int:
        """The year of the edition."""

    @property
    def beleid(self) -> tuple[Beleidsmap, ...]:
        """The policy of the edition and of those before it."""

    @property
    def built_at(self) -> datetime:
        """The moment of the build."""

    @property
    def cyclus(self) -> Cyclus:
        """The days of the cycle of the edition."""

    @property
    def verzegeld(self) -> bool:
        """Whether the edition was sealed before this build."""

    @property
    def effecten(self) -> tuple[Effect, ...]:
        """What may be told of the projects of the edition."""


def trendwoord(invoer: MetBeleid) -> Rows:
    """List the words of a trend, with what each says.

    ---
    omschrijving: Wat een woord voor een trend zegt.
    sleutel: [trend]
    kolommen:
      trend: {type: VARCHAR, uitleg: het woord}
      uitspraak: {type: BOOLEAN, uitleg: "waar als er iets is getoetst; niet bij te weinig gegevens of een breuk"}
      beweegt: {type: BOOLEAN, uitleg: "waar als de reeks beweegt; het teken van de helling zegt welke kant op"}
    """
    for trend, (_, soort) in TRENDS.items():
        yield {"trend": trend, "uitspraak": soort != "geen", "beweegt": trend in TREND_BEWEEGT}


def beleid_opgave(invoer: MetBeleid) -> Rows:
    """List the parts of the divisions.

    ---
    omschrijving: De delen van de indelingen van een editie.
    sleutel: [editie, indeling, opgave]
    zoals: {beleid.opgave: alles}
    """
    for m in invoer.beleid:
        n = 0
        for indeling in m.opgaven.indelingen:
            kaarten = {d.nummer: list(d.kaarten) for d in indeling.delen}
            for opgave, naam in m.delen[indeling.id].items():
                n += 1
                yield {
                    **{"editie": m.editie, "indeling": indeling.id, "opgave": opgave, "naam": naam},
                    **{"indeling_naam": indeling.naam, "woord": indeling.woord},
                    **{"eigen": indeling == m.indeling, "volgorde": n},
                    "kaarten": kaarten.get(opgave, []),
                }


def beleid_effect(invoer: MetBeleid) -> Rows:
    """List what may be told of confidential projects.

    ---
    omschrijving: Wat van projecten samen is te tonen.
    sleutel: [editie, thema, maat, wanneer, soort]
    zoals: {beleid.effect: alles}
    """
    for effect in invoer.effecten:
        yield {"editie": invoer.editie} | asdict(effect)


def beleid_cyclus(invoer: MetBeleid) -> Rows:
    """List the steps of the cycle, as they stand on the day of the build.

    ---
    omschrijving: De stappen van de cyclus.
    sleutel: [editie, stap]
    zoals: {beleid.cyclus: alles}
    """
    own, vandaag = next((m for m in invoer.beleid if m.editie == invoer.editie), None), invoer.built_at.date()
    stappen = make_stappen(invoer.cyclus, own, invoer.verzegeld, vandaag) if invoer.beleid else ()
    for s in stappen:
        yield {
            **{"editie": invoer.editie, "stap": s.nummer, "naam": s.naam, "staat": s.staat, "dag": s.dag},
            **{"komt_nog": s.dag is not None and s.dag > vandaag, "mist": "; ".join(s.mist) or None, "jaren": JAREN},
        }


def _file(file: str) -> Callable[[Beleidsmap], Iterator[tuple[Rij, dict[str, Any]]]]:
    return lambda m: ((row, {"regel": regel}) for regel, row in m.rijen.get(file, ()))


def _nested(veld: str) -> Callable[[Beleidsmap], Iterator[tuple[Rij, dict[str, Any]]]]:
    return lambda m: (
        (thing, {"instrument": instrument.id, "volgnummer": n})
        for instrument in m.instrumenten
        for n, thing in enumerate(getattr(instrument, veld), start=1)
    )


# the table of a file
_TABEL = {
    **{"resultaten.csv": "resultaat", "bedragen.csv": "bedrag", "kruistabel.csv": "kruis"},
    **{"signalen.csv": "signaal", "accenten.csv": "accent", "gedrukt.csv": "gedrukt"},
}
# table -> the shape of its rows, its key, and its rows with what they have besides
_VORMEN: dict[str, tuple[type[Rij], str, Callable[[Beleidsmap], Iterator[tuple[Rij, dict[str, Any]]]]]] = {
    **{f"beleid_{_TABEL[file]}": (vorm, "regel", _file(file)) for file, vorm in RIJEN.items()},
    "beleid_inzetlijn": (vormen.Inzetlijn, "id", lambda m: ((x, {}) for x in m.opgaven.inzetlijnen)),
    "beleid_instrument": (vormen.Instrument, "id", lambda m: ((x, {}) for x in m.instrumenten)),
    "beleid_evaluatie": (vormen.Evaluatie, "volgnummer", _nested("evaluaties")),
    "beleid_aanbeveling": (vormen.Aanbeveling, "volgnummer", _nested("aanbevelingen")),
    "beleid_opbrengst": (vormen.Opbrengst, "volgnummer", _nested("opbrengsten")),
}
_EURO = {"bedrag", "verschil"}


def _tabel(naam: str, vorm: type[Rij], sleutel: str) -> Tabel:
    place = {"regel": ("regel",), "volgnummer": ("instrument", "volgnummer")}.get(sleutel, ())
    kolommen = (
        Kolom("editie", "INTEGER", "jaar van de editie"),
        *(Kolom(k, "VARCHAR" if k == "instrument" else "INTEGER", "plaats in het bestand") for k in place),
        *(
            Kolom(k.naam, "BIGINT" if k.naam in _EURO else k.type, k.uitleg, "euro" if k.naam in _EURO else "")
            for k in kolommen_van(vorm, lists=True)
        ),
    )
    what = f"De rijen met {naam.removeprefix('beleid_')} uit het beleid van edities."
    path = f"{vorm.__module__}.{vorm.__qualname__}"
    return Tabel(f"invoer.{naam}", what, (), ("editie", *(place or ("id",))), kolommen, velden=path)


def make_rijen(naam: str, beleid: Iterable[Beleidsmap]) -> Rows:
    """The rows of a shape: its fields, empty texts as nothing, and the paper by its title."""
    kolommen = {k.naam for k in tabellen()[naam][0].kolommen}
    for m in beleid:
        titels = {s.id: s.titel for s in m.opgaven.stukken}
        for row, more in _VORMEN[naam][2](m):
            fields = {k: None if v == "" else list(v) if isinstance(v, tuple) else v for k, v in row if k in kolommen}
            if "indeling" in fields:
                fields["indeling"] = fields["indeling"] or m.indeling.id
            yield fields | {"editie": m.editie, "bron": titels[row.bron]} | more


@cache
def tabellen() -> dict[str, tuple[Tabel, Callable[[MetBeleid], Rows]]]:
    """Every table of policy in schema `invoer`, with its rows."""
    return {
        **{f.__name__: (kop(f), f) for f in (trendwoord, beleid_opgave, beleid_effect, beleid_cyclus)},
        **{
            naam: (_tabel(naam, vorm, sleutel), lambda invoer, naam=naam: make_rijen(naam, invoer.beleid))  # type: ignore[misc]
            for naam, (vorm, sleutel, _) in _VORMEN.items()
        },
    }

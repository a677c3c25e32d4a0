"""What papers printed once, beside the figure of today of the same indicator and region. No point of any series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from begrippen.regio import NEDERLAND
from reports import cellen
from reports.document import Blok
from reports.getallen import format_getal, format_periode, met_eenheid, with_eenheid
from reports.hoofdstukken.beleidsblad import Kolommen, Regel, tabel
from reports.hoofdstukken.beleidsblad import deel as onder
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.uitvoering import MEERVOUD
from reports.inhoud import Inhoud
from reports.model import Regio
from reports.patroon import getal, met, vul
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering

LET_OP = "Toen en nu staan naast elkaar en vormen geen reeks: de bron kan intussen zijn veranderd."
# a growth then is over the years of the paper, one of today over a year or a mean of two
LET_OP_GROEI = (
    "Bij een groei staat over welke jaren zij gaat. Een groei over een jaar wisselt meer dan een gemiddelde per jaar: "
    "leg ze niet zonder meer naast elkaar."
)


def per_jaar(waarde: float, *, punten: bool = False) -> str:
    """A mean change per year, in percent or in points."""
    number = format_getal(waarde, 1, teken=True)
    return f"{number} procentpunt" if punten else f"{number}%"


def gedrukt_van(u: Uitvoering | None, **waar: object) -> list[Regel]:
    """The printed rows of all editions whose columns hold these values; of the country only what stands alone."""

    def key(r: Regel) -> tuple[object, ...]:
        return (r["editie"], r["soort"], r["maatstaf"], r["tijdvak"])

    alle = [r for r in u.tabellen.get("gedrukt", ()) if all(r[k] == v for k, v in waar.items())] if u else []
    naast = {key(r) for r in alle if r["regio"] != NEDERLAND}
    return [r for r in alle if NEDERLAND in (waar.get("regio"),) or r["regio"] != NEDERLAND or key(r) not in naast]


def gedrukt_tabel(
    tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel], *, waar: bool = False, **meer: Any
) -> Tabel:
    """A table of printed figures (`beleidsblad.tabel`); with `waar` of which region each is.

    What no row lays a figure of today beside, has no column for it.
    """
    kolommen: Kolommen = {
        "Wat": f"{{maatstaf!h}}{' | {regio_naam}' if waar else ''} | {{tijdvak}} | "
        "{maat:is groei}groei in dat tijdvak | {opmerking}",
        "Toen": _toen,
    }
    if not (naast := {r["maat"] for r in rijen if r["kaart"]}):
        return tabel(id_, bijschrift, rijen, kolommen, **meer)
    noten = (LET_OP, LET_OP_GROEI) if "groei" in naast else (LET_OP,)
    return tabel(id_, bijschrift, rijen, {**kolommen, "Nu": lambda r: _nu(tafel, r)}, noten, **meer)


def make_gedrukt(tafel: Schrijftafel, regio: Regio) -> Iterator[Blok]:
    """What papers printed of a region, for its page; of a region of a deal without any, the panel of that deal."""
    u, deal = tafel.rapport.uitvoering, tafel.rapport.beleid.regiodeal
    rijen = [r for r in gedrukt_van(u, regio=regio.code) if r["soort"] != "effect"]
    zin = f"Eerdere stukken noemden cijfers van {regio.wie}. Hier staan zij naast die van nu."
    if waar := not rijen and deal is not None and regio.code in deal.regios:
        rijen = gedrukt_van(u, soort="paneel")
        zin = (
            f"Van dit gebied zelf noemt een eerder stuk geen cijfers. Dit is het paneel van de {deal.kort} van toen: "
            "de cijfers zijn van het gebied dat erboven staat."
        )
    if rijen:
        van = f"Het paneel van de {deal.kort}" if waar and deal else regio.naam
        kop = f"{van}: cijfers uit eerdere stukken naast die van nu"
        cijfers = gedrukt_tabel(tafel, "gedrukt-tabel", kop, rijen, groep=lambda r: r["regio_naam"] if waar else ())
        yield from onder("Toen en nu", "gedrukt", zin, cijfers)


def _getal(r: Regel, waarde: float, hoogste: float | None = None) -> str:
    # a growth has its sign, as that of today beside it
    number = " tot ".join(getal(w, r["maat"] == "groei") for w in (waarde, hoogste) if w is not None)
    eenheid: str = r["eenheid"]
    if r["maat"] == "rang":
        return f"{eenheid} {number}"
    # points are no percentage of anything
    if eenheid == "procentpunt":
        return f"{number} procentpunt"
    return with_eenheid(number, eenheid if waarde == 1 else MEERVOUD.get(eenheid, eenheid))


def _toen(r: Regel) -> Inhoud:
    if r["waarde"] is None:
        return cellen.nb("niet gegeven")
    nl = f"Nederland {_getal(r, r['nl'])}" if r["nl"] is not None else ""
    return met(_getal(r, r["waarde"], r["hoogste"]), vul("{precisie:behalve exact}", r), nl)


def _nu(tafel: Schrijftafel, r: Regel) -> Inhoud:
    if r["niet_naast"]:
        return (f"niet te vergelijken: {r['niet_naast']}",)
    indicator = tafel.indicator(r["kaart"])
    if indicator is None or r["nu"] is None:
        return cellen.nb("geen cijfer")

    def now(waarde: float) -> str:
        if r["nu_groei"]:
            return per_jaar(waarde)
        return met_eenheid(waarde, indicator.decimalen, indicator.eenheid)

    nl = f"Nederland {now(r['nu_nl'])}" if r["nu_nl"] is not None and r["regio"] != NEDERLAND else ""
    over = "gemiddeld per jaar, " if r["nu_groei"] else "in één jaar, " if r["maat"] == "groei" else ""
    return met(now(r["nu"]), f"{over}{format_periode(r['nu_periode'])}", nl)

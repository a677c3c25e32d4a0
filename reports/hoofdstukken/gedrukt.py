"""What papers printed once, beside the figure of today of the same indicator and region. No point of any series."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.regio import NEDERLAND
from reports import cellen
from reports.document import Alinea, Blok, Kop
from reports.getallen import format_getal, format_periode, with_eenheid
from reports.hoofdstukken.beleidsblad import Regel, Vak, bron, getal, hoofdletter, met, per, tabel
from reports.hoofdstukken.projecten import MEERVOUD
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud
from reports.model import Regio
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering

LET_OP = "Toen en nu staan naast elkaar en vormen geen reeks: de bron kan intussen zijn veranderd."


def per_jaar(waarde: float, *, punten: bool = False) -> str:
    """A mean change per year, in percent or in points."""
    number = format_getal(waarde, 1, teken=True)
    return f"{number} procentpunt" if punten else f"{number}%"


def gedrukt_van(u: Uitvoering | None, **waar: object) -> list[Regel]:
    """The printed rows of all editions whose columns hold these values; of the country only what stands alone."""
    alle = [r for r in u.tabellen.get("gedrukt", ()) if all(r[k] == v for k, v in waar.items())] if u else []
    naast = {(r["editie"], r["soort"], r["maatstaf"], r["tijdvak"]) for r in alle if r["regio"] != NEDERLAND}
    of = [(r, (r["editie"], r["soort"], r["maatstaf"], r["tijdvak"])) for r in alle]
    return [r for r, key in of if r["regio"] != NEDERLAND or key not in naast or waar.get("regio") == NEDERLAND]


def gedrukt_tabel(
    tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel], groep: str = "", *, waar: bool = False
) -> Tabel:
    """A table of printed figures, by the values of column `groep` where it is given; with `waar` of which region.

    What no row lays a figure of today beside, has no column for it.
    """
    nu = any(r["kaart"] for r in rijen)

    def row(r: Regel) -> Sequence[Vak]:
        return _wat(r, waar=waar), _toen(r), *((_nu(tafel, r),) if nu else ()), bron(r)

    kolommen = ("Wat", "Toen", *(("Nu",) if nu else ()), "Stuk")
    return tabel(
        id_, bijschrift, kolommen, per(rijen, groep, row) if groep else map(row, rijen), (LET_OP,) if nu else ()
    )


def make_gedrukt(tafel: Schrijftafel, regio: Regio) -> list[Blok]:
    """What papers printed of a region, for its page; of a region of a deal without any, the panel of that deal."""
    u, deal = tafel.rapport.uitvoering, tafel.rapport.beleid.regiodeal
    rijen = [r for r in gedrukt_van(u, regio=regio.code) if r["soort"] != "effect"]
    zin = f"Eerdere stukken noemden cijfers van {regio.wie}. Hier staan zij naast die van nu."
    if waar := not rijen and deal is not None and regio.code in deal.regios:
        rijen = gedrukt_van(u, soort="paneel")
        zin = f"Van dit gebied zelf noemt een eerder stuk geen cijfers. Dit is het paneel van de {deal.kort} van toen."
    if not rijen:
        return []
    kop = f"{regio.naam}: cijfers uit eerdere stukken naast die van nu"
    return [
        Kop(2, "Toen en nu", "gedrukt"),
        Alinea((zin,)),
        gedrukt_tabel(tafel, "gedrukt-tabel", kop, rijen, "regio_naam" if waar else ""),
    ]


def _wat(r: Regel, *, waar: bool) -> Inhoud:
    groei = "verandering per jaar" if r["maat"] == "groei" else ""
    return met(hoofdletter(r["maatstaf"]), r["regio_naam"] if waar else "", r["tijdvak"], groei, r["opmerking"])


def _getal(r: Regel, waarde: float, hoogste: float | None = None) -> str:
    number = getal(waarde)
    if hoogste is not None:
        number += f" tot {getal(hoogste)}"
    if r["maat"] == "rang":
        return f"{r['eenheid']} {number}"
    # points are no percentage of anything
    if r["eenheid"] == "procentpunt":
        return f"{number} procentpunt"
    eenheid: str = r["eenheid"]
    return with_eenheid(number, eenheid if waarde == 1 else MEERVOUD.get(eenheid, eenheid))


def _toen(r: Regel) -> Inhoud:
    if r["waarde"] is None:
        return cellen.nb("niet gegeven")
    nl = f"Nederland {_getal(r, r['nl'])}" if r["nl"] is not None else ""
    return met(_getal(r, r["waarde"], r["hoogste"]), "" if r["precisie"] == "exact" else r["precisie"], nl)


def _nu(tafel: Schrijftafel, r: Regel) -> Inhoud:
    if r["niet_naast"]:
        return (f"niet te vergelijken: {r['niet_naast']}",)
    indicator = tafel.indicator(r["kaart"])
    if indicator is None or r["nu"] is None:
        return cellen.nb("geen cijfer")

    def now(waarde: float) -> str:
        if r["nu_groei"]:
            return per_jaar(waarde)
        return with_eenheid(format_getal(waarde, indicator.decimalen), indicator.eenheid)

    nl = f"Nederland {now(r['nu_nl'])}" if r["nu_nl"] is not None and r["regio"] != NEDERLAND else ""
    return met(now(r["nu"]), format_periode(r["nu_periode"]), nl)

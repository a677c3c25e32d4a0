"""What is told over and beside a figure, from claims: its heading and the sentences of its alternative text.

A claim of other years than the figure shows is not told with it; the figure then has its last value as heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from begrippen.beweringen import GEEN_VERANDERING
from begrippen.eenheid import read_eenheid, telt_op
from begrippen.lijsten import PRIJZEN, REGIOSOORT_MEERVOUD
from reports.bewering import Bewering
from reports.beweringzinnen import verschil_deel
from reports.document import Figuur
from reports.figuren.beeld import Lijnbeeld, Puntbeeld, make_lijnbeeld
from reports.figuren.lijn import lijn_kop
from reports.figuren.stippen import kale_kop, punt_alt
from reports.figuren.veelluik import Veelluik, veelluik_alt, veelluik_kop
from reports.getallen import format_getal, format_periode, join
from reports.model import Indicator, Rapport, Regio
from reports.zinnen import bedrag, haakjes, naam_in_zin, voorbehoud

# a growth that the rounding of its source can change so much, in percentage points, has no decimal, or is not told
FIJNE_GROEI, GROFSTE_GROEI = 0.3, 1.0
# so many regions on one place are named
NAMEN = 3
AANTALLEN = "Dit zijn aantallen: een groot gebied heeft er meer."


def reeksbeeld(indicator: Indicator, regio: Regio, rapport: Rapport) -> Lijnbeeld | None:
    """The line of a region beside the Netherlands, as expected where it ends in a year that is yet to come.

    An index begins in the year from which its growth is claimed.
    """
    groei = rapport.beweringen.find("reeksgroei", indicator.id, regio.code)
    beeld = make_lijnbeeld(indicator, regio, rapport.nederland, groei.periode_eerder if groei else None)
    if beeld is None or beeld.lijnen[0].plekken[-1].punt.jaar <= rapport.editie:
        return beeld
    return replace(beeld, verwacht=True)


def reeks_kop(indicator: Indicator, beeld: Lijnbeeld, rapport: Rapport, regio: Regio) -> str:
    """The heading of the line of a region: beside the Netherlands where that is claimed, else its last value."""
    b, laatste = rapport.beweringen, beeld.lijnen[0].plekken[-1].punt.periode
    naast = b.find("verschil_nl", indicator.id, regio.code)
    if beeld.soort == "waarde" and naast and naast.periode == laatste:
        zin = verschil_deel(indicator, naast, f"in {rapport.nederland.naam}")
        return f"{regio.naam} in {format_periode(naast.periode)}: {zin}"
    groei = b.find("reeksgroei", indicator.id, regio.code)
    if (
        beeld.soort == "index"
        and groei
        and groei.periode_eerder == beeld.basis
        and _is_tot(beeld, groei.periode)
        # of a small number in thousands rounding may be all of its growth
        and (groei.grens or 0.0) < GROFSTE_GROEI
    ):
        if beeld.verwacht:
            return _verwacht(groei, b.find("prognose", "inwoners", regio.code), regio, rapport.nederland)
        return _groei(indicator, groei, regio, rapport.nederland)
    return lijn_kop(indicator, beeld)


def _is_tot(beeld: Lijnbeeld, periode: str) -> bool:
    """Whether this is the last period that all lines have: a line of a year more is no faster growth."""
    return periode == max(set.intersection(*({p.punt.periode for p in x.plekken} for x in beeld.lijnen)))


def _groei(indicator: Indicator, b: Bewering, regio: Regio, nederland: Regio) -> str:
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder
    decimalen = 1 if (b.grens or 0.0) < FIJNE_GROEI else 0
    eigen, land = (f"{format_getal(w, decimalen, teken=True)}%" for w in (b.waarde, b.waarde_tegen))
    erbij = [PRIJZEN[indicator.prijzen]] if indicator.prijzen == "lopend" else []
    # of an estimate without a margin the growth may be chance, as well as the figure
    erbij += ["schattingen"] if b.zekerheid == "marge_onbekend" else []
    van, tot = format_periode(b.periode_eerder), format_periode(b.periode)
    slot = f" ({', '.join(erbij)})" if erbij else ""
    return f"Van {van} tot {tot}: {regio.naam} {eigen}, {nederland.naam} {land}{slot}"


def _verwacht(b: Bewering, prognose: Bewering | None, regio: Regio, nederland: Regio) -> str:
    """The heading over a forecast: expected, and no growth where its interval holds the figure that it begins with."""
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder
    eigen, land = (f"{format_getal(w, 1, teken=True)}%" for w in (b.waarde, b.waarde_tegen))
    if prognose is not None and prognose.periode == b.periode and prognose.oordeel == "binnen_interval":
        eigen = f"niet duidelijk anders ({eigen})"
    van, tot = format_periode(b.periode_eerder), format_periode(b.periode)
    return f"Verwacht van {van} tot {tot}: {regio.naam} {eigen}, {nederland.naam} {land}"


def _uitersten(
    indicator: Indicator, rapport: Rapport, regios: Iterable[Regio], kant: str, periode: str
) -> list[Bewering]:
    """The claims of who is highest ('hoogst') or lowest of these regions in this period, in their order."""
    found = (rapport.beweringen.find("uiterste", f"{indicator.id}/{kant}", r.code) for r in regios)
    return [b for b in found if b and b.periode == periode]


def _wie(claims: Sequence[Bewering], regios: Sequence[Regio]) -> str:
    namen = {r.code: r.naam for r in regios}
    if len(claims) > NAMEN:
        return f"{len(claims)} {REGIOSOORT_MEERVOUD[claims[0].laag]}"
    return join([namen[b.regio] for b in claims])


def _kant(indicator: Indicator, rapport: Rapport, regios: Sequence[Regio], periode: str) -> tuple[str, str] | None:
    """Who is highest and who is lowest, each in words; None where nobody is, with the figures that there are."""
    hoog, laag = (_uitersten(indicator, rapport, regios, kant, periode) for kant in ("hoogst", "laagst"))
    if not hoog or not laag or hoog[0].oordeel in GEEN_VERANDERING:
        return None
    return _wie(hoog, regios), _wie(laag, regios)


def punt_kop(indicator: Indicator, beeld: Puntbeeld, rapport: Rapport) -> str:
    """The heading of a dot plot: who is highest and lowest, unless they differ less than rounding or margin make."""
    regios = [s.regio for s in beeld.stippen]
    bekend, soort = sum(s.waarde is not None for s in beeld.stippen), REGIOSOORT_MEERVOUD[regios[0].soort]
    wanneer = format_periode(beeld.periode)
    if bekend < len(regios):
        wanneer = f"{wanneer}, {bekend} van de {len(regios)} {soort}"
    if wie := _kant(indicator, rapport, regios, beeld.periode):
        op, neer = read_eenheid(indicator.eenheid).uitersten
        # who comes next to the highest may be as high: an estimate names who has the highest figure, and that is all
        return (
            f"{op.capitalize()} in {wie[0]}, {neer} in {wie[1]}{haakjes(wanneer, *voorbehoud(indicator, None, None))}"
        )
    if _uitersten(indicator, rapport, regios, "hoogst", beeld.periode):
        return f"Geen duidelijk verschil tussen {soort} ({wanneer})"
    return kale_kop(wanneer)


def _uiterste_zin(indicator: Indicator, rapport: Rapport, regios: Sequence[Regio], periode: str) -> str:
    """Who is highest and lowest with the figures, for the alternative text; empty where nobody is."""
    hoog, laag = (_uitersten(indicator, rapport, regios, kant, periode) for kant in ("hoogst", "laagst"))
    if not (wie := _kant(indicator, rapport, regios, periode)) or hoog[0].waarde is None or laag[0].waarde is None:
        return ""
    op, neer = read_eenheid(indicator.eenheid).uitersten
    return (
        f"{op.capitalize()}: {wie[0]} ({_met_voorbehoud(indicator, hoog[0])}). "
        f"{neer.capitalize()}: {wie[1]} ({_met_voorbehoud(indicator, laag[0])})."
    )


def _met_voorbehoud(indicator: Indicator, b: Bewering) -> str:
    reeks = indicator.reeksen.get(b.regio)
    zeker = voorbehoud(indicator, reeks.point(b.periode) if reeks else None)
    return ", ".join((bedrag(indicator, b.waarde or 0.0), *zeker))


def met_uitersten(figuur: Figuur, indicator: Indicator, beeld: Puntbeeld, rapport: Rapport) -> Figuur:
    """The dot plot with what is claimed of it; of a total it says that a large area has more."""
    regios = [s.regio for s in beeld.stippen]
    noten = (*figuur.noten, AANTALLEN) if telt_op(indicator.aggregatie, indicator.eenheid) else figuur.noten
    alt = punt_alt(indicator, beeld, _uiterste_zin(indicator, rapport, regios, beeld.periode))
    return replace(figuur, kop=punt_kop(indicator, beeld, rapport), alt=alt, noten=noten)


def met_telling(figuur: Figuur, indicator: Indicator, beeld: Veelluik, rapport: Rapport) -> Figuur:
    """The small multiples with in how many regions the figure is clearly above or below that of the Netherlands."""
    regios = [lijn.regio for lijn in beeld.lijnen]
    found = (rapport.beweringen.find("verschil_nl", indicator.id, r.code) for r in regios)
    naast = [b for b in found if b and b.periode == beeld.periode and b.verschil is not None]
    anders = [b.verschil or 0.0 for b in naast if b.oordeel not in GEEN_VERANDERING]
    hoger, lager = sum(v > 0 for v in anders), sum(v < 0 for v in anders)
    gelijk, jaar = len(naast) - hoger - lager, format_periode(beeld.periode)
    soort = REGIOSOORT_MEERVOUD[regios[0].soort]
    kop, zin = veelluik_kop(indicator, beeld), ""
    if naast:
        meer, minder, _ = read_eenheid(indicator.eenheid).trap
        hoe, aantal = (meer, hoger) if hoger >= lager else (minder, lager)
        waar = f"in {aantal} van de {len(naast)} {soort} {hoe} dan"
        if not aantal:
            waar = f"in geen van de {len(naast)} {soort} duidelijk anders dan"
        geschat = voorbehoud(indicator, None, None)
        kop = f"{naam_in_zin(indicator)}: {waar} in Nederland{haakjes(jaar, *geschat)}"
        land = ", ".join((bedrag(indicator, naast[0].waarde_tegen or 0.0), *voorbehoud(indicator, None)))
        hoe_vaak = [f"in {n} {w}" for n, w in ((hoger, meer), (lager, minder), (gelijk, "niet duidelijk anders")) if n]
        zin = f"Naast Nederland ({land}) is het van de {len(naast)} {soort} {join(hoe_vaak)}."
    zinnen = (_uiterste_zin(indicator, rapport, regios, beeld.periode), zin)
    return replace(figuur, kop=kop, alt=veelluik_alt(indicator, beeld, zinnen))

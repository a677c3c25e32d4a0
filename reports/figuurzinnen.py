"""What is told over and beside a figure, from claims: its heading and the sentences of its alternative text.

A claim of other years than the figure shows is not told with it; the figure then has its last value as heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from begrippen.beweringen import GEEN_VERANDERING
from begrippen.eenheid import GETELD, read_eenheid, telt_op
from begrippen.lijsten import GESCHAT, REGIOSOORT_MEERVOUD, REGIOSOORTEN, STATUS_ORDE, STATUS_UITLEG
from reports.bewering import Bewering
from reports.beweringzinnen import verschil_deel
from reports.document import Figuur
from reports.figuren.beeld import Lijnbeeld, Puntbeeld, make_lijnbeeld
from reports.figuren.lijn import lijn_kop
from reports.figuren.stippen import kale_kop, punt_alt
from reports.figuren.veelluik import Veelluik, veelluik_alt, veelluik_kop
from reports.getallen import STATUSTEKENS, format_getal, format_periode, join
from reports.model import Indicator, Rapport, Regio
from reports.prijzen import is_nominaal
from reports.zinnen import bedrag, haakjes, naam_in_zin, voorbehoud

# a growth that the rounding of its source can change so much, in percentage points, has no decimal, or is not told
FIJNE_GROEI, GROFSTE_GROEI = 0.3, 1.0
# what more than doubles began small: beside that of the country its growth says how small, and not who has more
GROOTSTE_GROEI = 100.0
# so many regions on one place are named
NAMEN = 3
AANTALLEN = "Dit zijn aantallen: een groot gebied heeft er meer."
VOLGORDE_TOEVAL = "De letters zijn een volgorde: dat een gemeente hoger staat dan een andere kan toeval zijn."
VOLGORDE_KLEIN = "De letters zijn een volgorde: de verschillen zijn klein."


def reeksbeeld(indicator: Indicator, regio: Regio, rapport: Rapport) -> Lijnbeeld | None:
    """The line of a region beside the Netherlands, as expected where it ends in a year that is yet to come.

    An index is 100 in the year from which its growth is claimed; a forecast begins there.
    """
    groei = rapport.beweringen.find("reeksgroei", indicator.id, regio.code)
    verwacht = max((p.jaar for p in indicator.points(regio.code) if p.waarde is not None), default=0) > rapport.editie
    basis = groei.periode_eerder if groei else None
    beeld = make_lijnbeeld(indicator, regio, rapport.nederland, basis, knip=verwacht)
    if beeld is None or beeld.lijnen[0].plekken[-1].punt.jaar <= rapport.editie:
        return beeld
    return replace(beeld, verwacht=True)


def reeks_kop(indicator: Indicator, beeld: Lijnbeeld, rapport: Rapport, regio: Regio) -> str:
    """The heading of the line of a region: beside the Netherlands where that is claimed, else its last value."""
    b, laatste = rapport.beweringen, beeld.lijnen[0].plekken[-1].punt.periode
    naast = b.find("verschil_nl", indicator.id, regio.code)
    if beeld.soort == "waarde" and naast and naast.periode == laatste:
        zin = verschil_deel(indicator, naast, f"in {rapport.nederland.naam}")
        zeker = haakjes(*voorbehoud(indicator, beeld.lijnen[0].plekken[-1].punt))
        return f"{regio.naam} in {format_periode(naast.periode)}{zeker}: {zin}"
    groei = b.find("reeksgroei", indicator.id, regio.code)
    if (
        beeld.soort == "index"
        # of an amount with inflation in it growth is no news
        and not is_nominaal(indicator)
        and groei
        and groei.periode_eerder == beeld.basis
        and _is_tot(beeld, groei.periode)
        and _is_te_noemen(groei)
        and max(abs(groei.waarde or 0.0), abs(groei.waarde_tegen or 0.0)) < GROOTSTE_GROEI
    ):
        if beeld.verwacht:
            return _verwacht(groei, b.find("prognose", "inwoners", regio.code), regio, rapport.nederland)
        trend = b.find("trend", indicator.id, regio.code) or b.find("geen_trend", indicator.id, regio.code)
        return _groei(indicator, groei, beeld, regio, rapport.nederland) + _geen_trend(trend)
    return lijn_kop(indicator, beeld)


def _is_te_noemen(groei: Bewering) -> bool:
    """Whether a growth beside that of the country is more than its figures can be off, and may head a figure.

    Of a small number in thousands rounding may be all of its growth, and of few events chance.
    """
    if groei.zekerheid == "buiten_marge":
        return True
    return groei.zekerheid != "binnen_marge" and (groei.grens or 0.0) < GROFSTE_GROEI


def _is_tot(beeld: Lijnbeeld, periode: str) -> bool:
    """Whether this is the last period that all lines have: a line of a year more is no faster growth."""
    return periode == max(set.intersection(*({p.punt.periode for p in x.plekken} for x in beeld.lijnen)))


def _geen_trend(trend: Bewering | None) -> str:
    """That the growth between two years is no clear trend, where that was found; empty where it is one."""
    if trend is None or trend.oordeel not in ("geen_verandering", "te_onzeker"):
        return ""
    wat = "geen duidelijke trend" if trend.oordeel == "geen_verandering" else "of er een trend is, is niet te zeggen"
    return f"; {wat}"


def _groei(indicator: Indicator, b: Bewering, beeld: Lijnbeeld, regio: Regio, nederland: Regio) -> str:
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder
    decimalen = 1 if (b.grens or 0.0) < FIJNE_GROEI else 0
    eigen, land = (f"{format_getal(w, decimalen, teken=True)}%" for w in (b.waarde, b.waarde_tegen))
    # of an estimate, or of events of unknown number, without a margin the growth may be chance as well as the figure
    erbij = ["schattingen"] if indicator.meting in GESCHAT else []
    erbij += ["kan toeval zijn"] if b.zekerheid == "marge_onbekend" and indicator.meting not in GESCHAT else []
    ends = (p.punt for lijn in beeld.lijnen for p in lijn.plekken if p.punt.periode in (b.periode_eerder, b.periode))
    zwakste = max((p.status for p in ends), key=STATUS_ORDE.index)
    erbij += [STATUS_UITLEG[zwakste]] if zwakste in STATUSTEKENS else []
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


def _zeker(indicator: Indicator, regios: Iterable[Regio], periode: str) -> tuple[str, ...]:
    """What the figures of these regions in this period are: estimates, and as provisional as any of them."""
    found = (indicator.reeksen[r.code].point(periode) for r in regios if r.code in indicator.reeksen)
    punten = sorted((p for p in found if p and p.waarde is not None), key=lambda p: STATUS_ORDE.index(p.status))
    # one of them is as many figures as the words are about
    return voorbehoud(indicator, None, *punten)


def _van_tot(indicator: Indicator, b: Bewering) -> str:
    """From the lowest figure to the highest, with their unit once: '12.300 tot 15.000 euro'."""
    assert b.waarde is not None and b.waarde_tegen is not None
    van, tot = bedrag(indicator, b.waarde_tegen), bedrag(indicator, b.waarde)
    # the space before a unit may be one that does not break
    getal, eenheid = found.groups() if (found := re.fullmatch(r"(\S+)(\s.+)", van)) else (van, "")
    return f"{getal if tot.endswith(eenheid) else van} tot {tot}"


def _waar(b: Bewering, regios: Sequence[Regio], soort: str) -> str:
    """In how many regions of its kind a range is known: 'in de 12 gemeenten', 'in 7 van de 12 gemeenten'."""
    return (
        f"in de {len(regios)} {soort}" if b.rang_van == len(regios) else f"in {b.rang_van} van de {len(regios)} {soort}"
    )


def _spreiding(indicator: Indicator, rapport: Rapport, laag: str, periode: str) -> Bewering | None:
    """From where to where the regions of this kind run in this period, where that is claimed."""
    b = rapport.beweringen.find("spreiding", f"{indicator.id}/{laag}", rapport.provincie.code)
    return b if b and b.periode == periode else None


def punt_kop(indicator: Indicator, beeld: Puntbeeld, rapport: Rapport, *, elders: bool = False) -> str:
    """The heading of a dot plot: who is highest and lowest where that can be told, else from where to where it runs.

    Of a total nobody is: the largest region would be. `elders`: on a page that is not about the province, which says
    whose regions these are.
    """
    regios = [s.regio for s in beeld.stippen]
    bekend, soort = sum(s.waarde is not None for s in beeld.stippen), REGIOSOORT_MEERVOUD[regios[0].soort]
    soort = f"{rapport.gebied.bijvoeglijk} {soort}" if elders else soort
    zeker, jaar = _zeker(indicator, regios, beeld.periode), format_periode(beeld.periode)
    deel = [f"{bekend} van de {len(regios)} {soort}"] if bekend < len(regios) else []
    if telt_op(indicator.aggregatie, indicator.eenheid):
        wat = "Aantal per" if indicator.eenheid in GETELD else "Per"
        return f"{wat} {REGIOSOORTEN[regios[0].soort]}{haakjes(jaar, *deel, *zeker)}"
    b = _spreiding(indicator, rapport, regios[0].soort, beeld.periode)
    if b is None:
        return kale_kop(", ".join((jaar, *deel)))
    if b.oordeel in GEEN_VERANDERING:
        return f"Geen duidelijk verschil tussen {soort}{haakjes(jaar, *deel, *zeker)}"
    wie = _wie_waar(indicator, rapport, regios, beeld.periode)
    # of one end alone the other end is a figure
    toeval = ""
    if len(wie) < 2:
        wie = [*wie, f"van {_van_tot(indicator, b)} {_waar(b, regios, soort)}"]
        # counted events: of an estimate the word itself says that it may be off
        los = b.zekerheid in ("marge_onbekend", "binnen_marge") and indicator.meting not in GESCHAT
        toeval = "; kan toeval zijn" if los else ""
    kop = ", ".join(wie)
    return f"{kop[0].upper()}{kop[1:]}{haakjes(jaar, *zeker)}{toeval}"


def _wie_waar(indicator: Indicator, rapport: Rapport, regios: Sequence[Regio], periode: str) -> list[str]:
    """Who is highest and who is lowest, as far as that can be told: ['hoogst in Assen', 'laagst in Emmen']."""
    woorden = zip(("hoogst", "laagst"), read_eenheid(indicator.eenheid).uitersten, strict=True)
    found = ((woord, _uitersten(indicator, rapport, regios, kant, periode)) for kant, woord in woorden)
    return [f"{woord} in {_wie(claims, regios)}" for woord, claims in found if claims]


def _uiterste_zin(indicator: Indicator, rapport: Rapport, regios: Sequence[Regio], periode: str) -> str:
    """For the alternative text: who is highest and lowest with the figures, as far as known, or from where to where."""
    b = _spreiding(indicator, rapport, regios[0].soort, periode)
    if b is None:
        return ""
    zinnen = []
    for kant, woord in zip(("hoogst", "laagst"), read_eenheid(indicator.eenheid).uitersten, strict=True):
        if claims := _uitersten(indicator, rapport, regios, kant, periode):
            zinnen.append(f"{woord.capitalize()}: {_wie(claims, regios)} ({_met_voorbehoud(indicator, claims[0])}).")
    if len(zinnen) < 2:
        zeker = haakjes(*_zeker(indicator, regios, periode))
        zinnen.append(f"De cijfers lopen van {_van_tot(indicator, b)}{zeker}.")
    return " ".join(zinnen)


def _met_voorbehoud(indicator: Indicator, b: Bewering) -> str:
    reeks = indicator.reeksen.get(b.regio)
    zeker = voorbehoud(indicator, reeks.point(b.periode) if reeks else None)
    return ", ".join((bedrag(indicator, b.waarde or 0.0), *zeker))


def met_uitersten(
    figuur: Figuur, indicator: Indicator, beeld: Puntbeeld, rapport: Rapport, *, elders: bool = False
) -> Figuur:
    """The dot plot with what is claimed of it; of a total it says that a large area has more. See `punt_kop`."""
    regios = [s.regio for s in beeld.stippen]
    noten = (*figuur.noten, AANTALLEN) if telt_op(indicator.aggregatie, indicator.eenheid) else figuur.noten
    alt = punt_alt(indicator, beeld, _uiterste_zin(indicator, rapport, regios, beeld.periode))
    return replace(figuur, kop=punt_kop(indicator, beeld, rapport, elders=elders), alt=alt, noten=noten)


def met_kaartkop(figuur: Figuur, indicator: Indicator, beeld: Puntbeeld, rapport: Rapport) -> Figuur:
    """The map with where it is high and low only where both can be told; else it says what its order may be."""
    regios = [s.regio for s in beeld.stippen]
    jaar, zeker = format_periode(beeld.periode), _zeker(indicator, regios, beeld.periode)
    if len(_wie_waar(indicator, rapport, regios, beeld.periode)) == 2:
        return replace(figuur, kop=f"Waar hoog en waar laag{haakjes(jaar, *zeker)}")
    b = _spreiding(indicator, rapport, regios[0].soort, beeld.periode)
    noot = ""
    if telt_op(indicator.aggregatie, indicator.eenheid):
        noot = AANTALLEN
    elif b is None or b.zekerheid != "telling":
        noot = VOLGORDE_TOEVAL
    elif b.oordeel in GEEN_VERANDERING:
        noot = VOLGORDE_KLEIN
    kop = f"Per {REGIOSOORTEN[regios[0].soort]}{haakjes(jaar, *zeker)}"
    return replace(
        figuur, kop=kop, alt=f"{figuur.alt} {noot}".rstrip(), noten=(*figuur.noten, *([noot] if noot else []))
    )


def met_telling(figuur: Figuur, indicator: Indicator, beeld: Veelluik, rapport: Rapport) -> Figuur:
    """The small multiples with in how many regions the figure is clearly above or below that of the Netherlands."""
    regios = [lijn.regio for lijn in beeld.lijnen]
    found = (rapport.beweringen.find("verschil_nl", indicator.id, r.code) for r in regios)
    naast = [b for b in found if b and b.periode == beeld.periode and b.verschil is not None]
    anders = [b for b in naast if b.oordeel not in GEEN_VERANDERING]
    hoger, lager = (sum(teken * (b.verschil or 0.0) > 0 for b in anders) for teken in (1, -1))
    gelijk, jaar = len(naast) - hoger - lager, format_periode(beeld.periode)
    soort = REGIOSOORT_MEERVOUD[regios[0].soort]
    kop, zin = veelluik_kop(indicator, beeld), ""
    if naast:
        meer, minder, _ = read_eenheid(indicator.eenheid).trap
        # both sides: who reads of one alone takes the rest for no different
        kanten = sorted(((n, w) for n, w in ((hoger, meer), (lager, minder)) if n), key=lambda kant: -kant[0])
        van = f"van de {len(naast)} {soort}"
        geen = f"in geen {van} duidelijk anders dan in {rapport.nederland.naam}"
        hoe_vaak = [f"in {n}{f' {van}' if not k else ''} {w}" for k, (n, w) in enumerate(kanten)]
        waar = f"{join(hoe_vaak)} dan in {rapport.nederland.naam}" if kanten else geen
        zeker = haakjes(jaar, *_zeker(indicator, regios, beeld.periode))
        # who reads of these alone takes the others for the opposite
        rest = f", in {gelijk} niet duidelijk anders" if kanten and gelijk else ""
        kop = f"{naam_in_zin(indicator)}: {waar}{rest}{zeker}{_toeval(anders, '; ')}"
        reeks = indicator.reeksen.get(rapport.nederland.code)
        zeker_land = voorbehoud(indicator, reeks.point(beeld.periode) if reeks else None)
        land = haakjes(bedrag(indicator, naast[0].waarde_tegen or 0.0), *zeker_land)
        toeval = _toeval(anders, " Dat ", ": de bron geeft er geen marge bij.")
        if kanten:
            (eerste, woord), *andere = kanten
            verder = [f"in {n} {w}" for n, w in (*andere, (gelijk, "niet duidelijk anders")) if n]
            begin = f"In {eerste} {van} is het {woord} dan in {rapport.nederland.naam}{land}"
            zin = f"{begin}{f', {join(verder)}' if verder else ''}.{toeval}"
        else:
            zin = f"Het is {geen}{land}."
    zinnen = (f"Het laatste jaar is {jaar}.", _uiterste_zin(indicator, rapport, regios, beeld.periode), zin)
    return replace(figuur, kop=kop, alt=veelluik_alt(indicator, beeld, zinnen))


def _toeval(anders: Sequence[Bewering], voor: str, achter: str = "") -> str:
    """That some or all of these differences may be chance, as their source gives no margin; empty where none may be."""
    aantal = sum(b.zekerheid == "marge_onbekend" for b in anders)
    if not aantal:
        return ""
    wie = "kan toeval zijn" if aantal == len(anders) else f"kan bij {aantal} daarvan toeval zijn"
    return f"{voor}{wie}{achter}"

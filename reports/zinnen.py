"""Sentences made from the figures: where a region stands, how it moves, what place it has, how certain that is."""

from __future__ import annotations

from collections.abc import Iterable

from begrippen.eenheid import telt_op
from begrippen.lijsten import GESCHAT, METING_IN_ZIN, REGIOSOORT_MEERVOUD, STATUS_UITLEG
from begrippen.oordeellijsten import KLOOF_IN_ZIN, POSITIE_IN_ZIN, ROBUUST_IN_ZIN
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import procent, telwoord
from reports.getallen import (
    HARDE_SPATIE,
    format_getal,
    format_periode,
    format_verschil,
    is_percentage,
    join,
    round_half_away,
    with_eenheid,
)
from reports.model import Indicator, Punt, Rapport, Regio
from reports.oordeel import Oordeel, Toetsing
from reports.prijzen import in_prijzen, is_gedefleerd

GELIJK = "ongeveer even hoog als"


def bedrag(indicator: Indicator, waarde: float) -> str:
    """A value with its unit."""
    return with_eenheid(format_getal(waarde, indicator.decimalen), indicator.eenheid)


def vergelijking(indicator: Indicator, waarde: float, andere: float) -> tuple[str, str]:
    """A value beside another one: how much, and the words for it; ('2,1 procentpunt', 'lager dan'), ('', GELIJK)."""
    if round_half_away(waarde, indicator.decimalen) == round_half_away(andere, indicator.decimalen):
        return "", GELIJK
    hoeveel = format_verschil(indicator, waarde, waarde - andere, lang=True).lstrip("+\N{MINUS SIGN}")
    return hoeveel, f"{'hoger' if waarde > andere else 'lager'} dan"


def compare(indicator: Indicator, waarde: float, andere: float) -> str:
    """A value beside another one in words: '2,1 procentpunt lager dan', 'ongeveer even hoog als'."""
    return " ".join(part for part in vergelijking(indicator, waarde, andere) if part)


def _per_jaar(indicator: Indicator, helling: float) -> str:
    """The size of a change a year, with as many decimals as it takes to see that it is not zero."""
    decimalen = indicator.decimalen
    while decimalen < indicator.decimalen + 4 and round_half_away(helling, decimalen) == 0:
        decimalen += 1
    getal = format_getal(abs(helling), decimalen)
    if is_percentage(indicator.eenheid):
        return f"{getal}{HARDE_SPATIE}procentpunt"
    return with_eenheid(getal, indicator.eenheid)


def _cijfers(oordeel: Oordeel) -> str:
    aantal = "een cijfer" if oordeel.aantal == 1 else f"{oordeel.aantal} cijfers"
    # a window of eight years says nothing of a figure that is there for three of them
    return f"{aantal} uit de jaren {oordeel.eerste or oordeel.van} tot en met {oordeel.laatste or oordeel.tot}"


def _aantoonbaar(indicator: Indicator, oordeel: Oordeel) -> str:
    """The smallest change that could have been found, in words."""
    hoeveel, kans = _per_jaar(indicator, oordeel.aantoonbaar or 0.0), procent(REKENREGELS.onderscheidend)
    return f"alleen een verandering van minstens {hoeveel} over die jaren was met {kans} kans gevonden"


def trend_zin(indicator: Indicator, oordeel: Oordeel, naam: str) -> str:
    """The trend of a region in one or two sentences."""
    match oordeel.trend:
        case "te weinig gegevens" if is_gedefleerd(indicator) and indicator.prijspeil is None:
            return f"Zonder prijsindex is er voor {naam} geen trend van dit bedrag te geven."
        case "te weinig gegevens" if oordeel.aantoonbaar is not None:
            return (
                f"De cijfers van {naam} zeggen te weinig over een trend: {_aantoonbaar(indicator, oordeel)}, en dat is "
                "meer dan gebieden van elkaar verschillen."
            )
        case "te weinig gegevens":
            return f"Er zijn te weinig cijfers van {naam} om een trend te toetsen."
        case "reeksbreuk":
            return f"Door een reeksbreuk is er voor {naam} geen trend te geven."
        case "geen significante verandering":
            gemeten = f"{_cijfers(oordeel)}{in_prijzen(indicator)}"
            zin = f"Het cijfer van {naam} stijgt of daalt niet significant, gemeten over {gemeten}."
            if oordeel.aantoonbaar is not None:
                zin += f" Daarbij geldt: {_aantoonbaar(indicator, oordeel)}."
        case "nagenoeg gelijk":
            zin = (
                f"Het cijfer van {naam} blijft nagenoeg gelijk: het verandert significant, maar te weinig om ertoe te "
                f"doen, gemeten over {_cijfers(oordeel)}{in_prijzen(indicator)}."
            )
        case _:
            helling = oordeel.helling or 0.0
            hoe = f"{'stijgt' if helling > 0 else 'daalt'} met gemiddeld {_per_jaar(indicator, helling)} per jaar"
            zin = {
                "gunstig": f"Het cijfer van {naam} gaat de gewenste kant op: het {hoe}",
                "ongunstig": f"Het cijfer van {naam} gaat niet de gewenste kant op: het {hoe}",
            }.get(oordeel.trend, f"Het cijfer van {naam} {hoe}")
            zin += f", gemeten over {_cijfers(oordeel)}{in_prijzen(indicator)}."
    return f"{zin} {ROBUUST_IN_ZIN[oordeel.robuust]}"


def has_gunstige_kant(indicator: Indicator) -> bool:
    """Whether the best comes first; else the highest does. More of a total is a larger region, not a better one."""
    return not telt_op(indicator.aggregatie, indicator.eenheid) and indicator.richting in ("hoger", "lager")


def positie_zin(indicator: Indicator, oordeel: Oordeel, regio: Regio) -> str:
    """The place of a region among its kind in one sentence; empty where it has none."""
    if (
        oordeel.rang is None
        or oordeel.rang_van is None
        or oordeel.periode is None
        or oordeel.positie not in POSITIE_IN_ZIN
    ):
        return ""
    kant = "gunstigst" if has_gunstige_kant(indicator) else "hoogst"
    plaats = f"{'de gedeelde ' if oordeel.gedeeld else ''}plaats {oordeel.rang} van de {oordeel.rang_van}"
    return (
        f"In {format_periode(oordeel.periode)} staat {regio.wie} op {plaats} "
        f"{REGIOSOORT_MEERVOUD[regio.soort]} (plaats 1 is het {kant}), {POSITIE_IN_ZIN[oordeel.positie]}."
    )


def kloof_zin(oordeel: Oordeel) -> str:
    """How the difference with the Netherlands moves; empty where there is none."""
    return "" if oordeel.verschil_nl is None else KLOOF_IN_ZIN[oordeel.kloof]


def oordeel_zin(indicator: Indicator, regio: Regio) -> str:
    """The judgement on a region in short sentences: trend, place, how the gap moves. Empty where there is none."""
    oordeel = indicator.oordelen.get(regio.code)
    if oordeel is None:
        return ""
    naam = regio.wie
    parts = (trend_zin(indicator, oordeel, naam), positie_zin(indicator, oordeel, regio), kloof_zin(oordeel))
    return " ".join(part for part in parts if part)


def toeval_zin(toetsing: Toetsing, naam: str) -> str:
    """How many signals are to be expected by chance, beside how many there are."""
    if toetsing.toetsen == 0:
        return f"Van {naam} is geen enkele trend te toetsen."
    trends = "1 trend" if toetsing.toetsen == 1 else f"{toetsing.toetsen} trends"
    afgerond = round_half_away(toetsing.verwacht, 0)
    verwacht = f"ongeveer {afgerond}" if afgerond else "minder dan 1"
    return (
        f"Van {naam} {_is(toetsing.toetsen)} {trends} getoetst. Elk op zichzelf {_is(toetsing.signalen)} er "
        f"{toetsing.signalen} significant; ook als er niets verandert, zijn er door toeval alleen al zulke signalen te "
        f"verwachten: {verwacht} ({procent(REKENREGELS.alfa)} van de toetsen). Daarom heet een verandering pas "
        "significant als zij dat ook is tussen alle toetsen van hetzelfde thema (Benjamini-Hochberg): dat "
        f"{_is(toetsing.signalen_bh)} er {toetsing.signalen_bh}. Gemiddeld is daarvan hooguit "
        f"{procent(REKENREGELS.vals_onder_gevonden)} toeval, ook als gebieden en indicatoren samen bewegen; dat is met "
        f"nagebootste reeksen nagegaan. {toetsing.nagenoeg_gelijk} {_is(toetsing.nagenoeg_gelijk)} te klein om "
        f"ertoe te doen. Robuust {_is(toetsing.robuust)} er {toetsing.robuust}."
    )


def ols_zin(toetsing: Toetsing) -> str:
    """In how many cases plain least squares says otherwise, and why our test is stricter; empty without tests."""
    if toetsing.toetsen == 0:
        return ""
    anders = f"In {tel(toetsing.anders_ols, 'geval', 'gevallen')}" if toetsing.anders_ols else "Nergens"
    return (
        "Gewone kleinste kwadraten, die voor zover bekend ook het CBS gebruikt, noemen er "
        f"{toetsing.signalen_ols} significant. {anders} luidt het oordeel dan anders. Die toets doet alsof elk jaar "
        "op zichzelf staat. In deze reeksen lijkt een jaar op het jaar ervoor, en dan noemt zij tot een op de drie "
        "reeksen waarin niets verandert toch een stijging of daling. Onze toets rekent met die samenhang en doet dat "
        "bij hooguit zeven van de honderd. Daar staat tegenover dat zij een kleine verandering vaker mist."
    )


def _is(aantal: int, enkel: str = "is") -> str:
    return enkel if aantal == 1 else {"is": "zijn", "blijft": "blijven"}[enkel]


def zekerheid(indicator: Indicator, punt: Punt) -> str:
    """How certain a figure is, in a few words: status, kind of measurement, margin where there is one (`marge_zin`)."""
    parts = [STATUS_UITLEG[punt.status]]
    meting = METING_IN_ZIN.get(indicator.meting)
    if punt.marge_onder is not None and punt.marge_boven is not None:
        onder, boven = (format_getal(m, indicator.decimalen) for m in (punt.marge_onder, punt.marge_boven))
        parts.append(f"{meting or 'met een marge'}: met 95% zekerheid tussen {onder} en {boven}")
    elif meting:
        parts.append(meting)
    if punt.benadering:
        zonder = f", zonder {join(punt.zonder)}" if punt.zonder else ""
        parts.append(f"een benadering uit de gemeenten{zonder}")
    if indicator.zekerheid != "K":
        parts.append("bron nog niet geheel bevestigd")
    return "; ".join(parts)


def marge_zin(cijfers: Iterable[tuple[Indicator, Punt | None]]) -> str:
    """How many of these figures are an estimate whose source gives no margin: once for all, empty where none is."""
    zonder = sum(
        i.meting in GESCHAT and p is not None and p.waarde is not None and None in (p.marge_onder, p.marge_boven)
        for i, p in cijfers
    )
    if not zonder:
        return ""
    return (
        f"Bij {zonder} van deze cijfers is de marge niet gepubliceerd: {'het is' if zonder == 1 else 'het zijn'} "
        f"{'een schatting' if zonder == 1 else 'schattingen'} uit een steekproef, een enquête of een model, en de bron "
        "geeft er geen interval bij."
    )


def gemeenten(rapport: Rapport) -> str:
    """'twaalf gemeenten': behind 'de'."""
    return f"{telwoord(len(rapport.gemeenten))} gemeenten"


def corop(rapport: Rapport) -> str:
    """'drie COROP-gebieden': behind 'de', where there is more than one."""
    return f"{telwoord(len(rapport.corop))} COROP-gebieden"


def lagen(rapport: Rapport) -> list[str]:
    """The layers of regions within the province, each behind 'de': a COROP area that is the province is no layer."""
    return [*([corop(rapport)] if rapport.corop else []), gemeenten(rapport)]


def gebied(rapport: Rapport) -> str:
    """An area within the province, of any layer: 'gemeente of COROP-gebied'."""
    return "gemeente of COROP-gebied" if rapport.corop else "gemeente"


def tel(aantal: int, enkel: str, meer: str) -> str:
    """A count with its noun: '1 indicator', '3 indicatoren', 'geen indicatoren'."""
    return f"{aantal or 'geen'} {enkel if aantal == 1 else meer}"

"""Sentences made of claims on one indicator. A figure comes from a claim only. Counts of claims: `reports.telzinnen`.

Each sentence gives its years. What is smaller than rounding, than what matters or than the margin is told as 'about the
same' or 'not clearly different', never as a change; what contradicts is told together, with both periods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from begrippen.eenheid import read_eenheid
from reports.bewering import Bewering, Beweringen
from reports.getallen import even, format_periode, format_verschil, gedrukt, trap
from reports.model import Indicator, Regio
from reports.prijzen import inflatie, is_nominaal

# a trend over so many figures is one of two levels
WEINIG = 4
KANT = {"gunstig": " (gunstig)", "ongunstig": " (ongunstig)"}
# of an amount apart from inflation
REEEL = "verandering_reeel"
# a growth of which nothing is left in print
_NUL = re.compile(r"^0,0%")
# behind a difference of which the source gives no margin
TOEVAL = "als het geen toeval is"
# why a difference is not clear, as it is said of one and of two at once: of events, and of what a survey measures
DOOR_KANS = ("zo’n verschil kan toeval zijn", "zulke verschillen kunnen toeval zijn")
DOOR_MARGE = (
    "het verschil valt binnen de marge van de meting",
    "beide verschillen vallen binnen de marge van de meting",
)


def jaren(b: Bewering) -> str:
    """The years of a figure or of all that was counted: '2024', '2024 en 2025', '2022 tot en met 2025'."""
    if b.periode_oudst == b.periode:
        return format_periode(b.periode)
    van, tot = b.periode_oudst[:4], b.periode[:4]
    return tot if van == tot else f"{van} {'en' if int(tot) - int(van) == 1 else 'tot en met'} {tot}"


# Also filled in by the page to explore.
LOOPTIJD = "{van} tot en met {tot}"


def looptijd(b: Bewering) -> str:
    """From the first to the last year of a trend or of trends that were counted."""
    return LOOPTIJD.format(van=(b.periode_eerder or b.periode)[:4], tot=b.periode[:4])


def trendjaren(trends: Sequence[Bewering]) -> str:
    """The years of trends that are told together, behind what they say: 'over 2018 tot en met 2025'.

    Of other years each, between which years they lie.
    """
    jaren = {looptijd(t) for t in trends}
    if len(jaren) == 1:
        return f"over {jaren.pop()}"
    van = min(t.periode_eerder or t.periode for t in trends)[:4]
    return f"in de jaren tussen {van} en {max(t.periode for t in trends)[:4]}"


def hoeveel(indicator: Indicator, b: Bewering) -> str:
    """The size of a difference with the way that it goes: '2,1 procentpunt lager'."""
    assert b.waarde is not None and b.verschil is not None
    size = format_verschil(indicator, b.waarde, b.verschil, lang=True, precies=b.soort == REEEL)
    size = _NUL.sub("nog geen 0,1%", size.lstrip("+\N{MINUS SIGN}"))
    return f"{size} {trap(indicator, b.verschil)}"


def verschil_deel(indicator: Indicator, b: Bewering, waar: str) -> str:
    """A figure beside another one: '0,2 procentpunt hoger dan in 2022 (gunstig)'. `waar`: than.

    What is printed the same is as high; every other difference has its size, also a small one. Of an amount in prices
    of one year it says that inflation is out of it.
    """
    zin = _verschil(indicator, b, waar)
    return f"{zonder_inflatie(indicator)} {zin}" if b.soort == REEEL else zin


def zonder_inflatie(indicator: Indicator) -> str:
    """How a change apart from inflation is called: of an amount of what was made it is what that buys, no growth."""
    return "in koopkracht" if indicator.kaart.get("volume") else "zonder inflatie"


def _verschil(indicator: Indicator, b: Bewering, waar: str) -> str:
    match b.oordeel:
        case "nagenoeg_gelijk" if door_afronding(indicator, b):
            return f"niet duidelijk anders dan {waar} (de bron rondt te grof af)"
        case "nagenoeg_gelijk" | "geen" if gelijk_gedrukt(indicator, b):
            return f"{even(indicator)} {waar}"
        case "nagenoeg_gelijk" if b.zekerheid != "binnen_marge":
            toeval = "; kan toeval zijn" if b.zekerheid == "marge_onbekend" else ""
            return f"{hoeveel(indicator, b)} dan {waar} (een klein verschil{toeval})"
        # too small to matter, and not even certain
        case "nagenoeg_gelijk" | "binnen_marge":
            waarom, _ = DOOR_KANS if indicator.kaart.get("gebeurtenissen") else DOOR_MARGE
            return f"niet duidelijk anders dan {waar} ({waarom})"
    if b.soort == "verandering" and read_eenheid(indicator.eenheid).klasse:
        nu, toen = gedrukt(indicator, b.waarde or 0.0, b.verschil or 0.0)
        return f"van klasse {toen} {waar} naar klasse {nu} gegaan{_erbij(indicator, b)}"
    return f"{hoeveel(indicator, b)} dan {waar}{_erbij(indicator, b)}"


def gelijk_gedrukt(indicator: Indicator, b: Bewering) -> bool:
    """Whether a figure and what it is put beside are printed the same."""
    nu, toen = gedrukt(indicator, b.waarde or 0.0, b.verschil or 0.0)
    return nu == toen


def door_afronding(indicator: Indicator, b: Bewering) -> bool:
    """Whether a difference would have been told, had the source not rounded its figures: it is larger than matters."""
    merkbaar = indicator.kaart.get("merkbaar") or 0.0
    if indicator.kaart.get("merkbaar_maat") == "procent":
        merkbaar *= abs(b.waarde_tegen or 0.0) / 100
    stap = 0.0 if read_eenheid(indicator.eenheid).klasse else 10**-indicator.decimalen
    klein = max(stap, merkbaar) * (1 + 1e-5)
    nu, toen = gedrukt(indicator, b.waarde or 0.0, b.verschil or 0.0)
    return b.zekerheid != "binnen_marge" and klein < min(abs(b.verschil or 0.0), abs(float(nu - toen)))


def _erbij(indicator: Indicator, b: Bewering) -> str:
    """What stands behind a difference between brackets: its side, and what may be all that it is: chance, inflation."""
    parts = [b.oordeel] if b.oordeel in KANT else []
    if b.soort == "verandering" and is_nominaal(indicator):
        parts.append(inflatie(indicator))
    if b.zekerheid == "marge_onbekend":
        parts.append(TOEVAL)
    return f" ({', '.join(parts)})" if parts else ""


def cijfer_delen(indicator: Indicator, beweringen: Beweringen, regio: Regio, nederland: Regio) -> list[str]:
    """A figure beside that of two years earlier and that of the Netherlands, as far as both can be told.

    The change of an amount apart from inflation comes last: 'in koopkracht' before both would hold for both.
    """
    toen, nl = _toen_deel(indicator, beweringen, regio), _nl_deel(indicator, beweringen, regio, nederland)
    parts = (nl, toen) if toen.startswith(zonder_inflatie(indicator)) else (toen, nl)
    for een, beide in (DOOR_KANS, DOOR_MARGE):
        # what is so of both is said once
        if all(deel.endswith(f" ({een})") for deel in parts):
            parts = (parts[0].removesuffix(f" ({een})"), parts[1].replace(een, beide))
    return [deel for deel in parts if deel]


def _toen_deel(indicator: Indicator, beweringen: Beweringen, regio: Regio) -> str:
    """A figure beside two years earlier; an amount apart from inflation only: with it, any amount seems to grow."""
    soorten = (REEEL,) if is_nominaal(indicator) else (REEEL, "verandering")
    found = (beweringen.find(soort, indicator.id, regio.code) for soort in soorten)
    toen = next((b for b in found if b and b.periode_eerder), None)
    return verschil_deel(indicator, toen, f"in {format_periode(toen.periode_eerder or '')}") if toen else ""


def _nl_deel(indicator: Indicator, beweringen: Beweringen, regio: Regio, nederland: Regio) -> str:
    nl = beweringen.find("verschil_nl", indicator.id, regio.code)
    return verschil_deel(indicator, nl, f"in {nederland.naam}") if nl else ""


def naast_deel(indicator: Indicator, beweringen: Beweringen, regio: Regio, nederland: Regio) -> str:
    """A figure beside the Netherlands, else beside two years earlier, as far as that can be told; else empty."""
    return _nl_deel(indicator, beweringen, regio, nederland) or _toen_deel(indicator, beweringen, regio)

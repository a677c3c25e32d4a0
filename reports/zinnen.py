"""Sentences made from the figures: where a region stands, how it moves, what place it has, how certain that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from begrippen.eenheid import AFGERONDE_TOTALEN, telt_op
from begrippen.lijsten import GESCHAT, METING_IN_ZIN, STATUS_UITLEG
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import procent, telwoord
from reports.getallen import (
    eenheid_naast,
    even,
    format_getal,
    format_stap,
    format_verschil,
    join,
    met_eenheid,
    round_half_away,
    trap,
)
from reports.model import Indicator, Punt, Rapport, Regio
from reports.oordeel import Toetsing

# of fewer tests it is not told how they were tested
MINSTE_TOETSEN = 10
# of a figure whose cell in the source is not confirmed yet: in a sentence, and behind a figure
NAGAAN = "wij kijken nog na of dit het bedoelde cijfer van de bron is"
ONBEVESTIGD = "nog niet bevestigd"
KLEINE_MARGE = "de marge is kleiner dan de afronding"


SCHATTING, SCHATTINGEN = "schatting", "schattingen"
BENADERING, BENADERINGEN = "benadering", "benaderingen"
PROGNOSE = "prognose"
# the kind of measurement of which that is told
VERWACHTING = "verwachting"
# behind a difference of an amount in prices of its own year
INFLATIE = "met inflatie"


def bedrag(indicator: Indicator, waarde: float) -> str:
    """A value with its unit. In a sentence nought is none: what only rounds to it is less than half a step."""
    # a source that counts in thousands or millions writes 0 for less than half of one
    if (waarde > 0 or (waarde == 0 and indicator.eenheid in AFGERONDE_TOTALEN)) and (
        round_half_away(waarde, indicator.decimalen) == 0
    ):
        half, decimalen = 0.5 * 10**-indicator.decimalen, max(indicator.decimalen + 1, 0)
        return f"minder dan {met_eenheid(half, decimalen, indicator.eenheid)}"
    return met_eenheid(waarde, indicator.decimalen, indicator.eenheid)


def bedrag_naast(indicator: Indicator, waarde: float) -> str:
    """A value behind the name of its indicator, which may say the unit already: '10,2' of starters per 1.000 people."""
    return bedrag(replace(indicator, eenheid=eenheid_naast(indicator.naam, indicator.eenheid)), waarde)


def voorbehoud(indicator: Indicator, *punten: Punt | None) -> tuple[str, ...]:
    """What a figure is, where it is not just counted: an estimate, or of counts an approximation, and provisional.

    Of more figures the status is that of the last.
    Whoever tells a figure tells this with it, or how certain it is (`zekerheid`). What is expected is neither.
    """
    if indicator.meting == VERWACHTING:
        return (PROGNOSE,)
    known = [p for p in punten if p is not None]
    parts = []
    if indicator.meting in GESCHAT:
        parts = [SCHATTING if len(punten) == 1 else SCHATTINGEN]
    elif any(p.benadering for p in known):
        # what was counted in each municipality is no estimate, and taken together it is not exact
        parts = [BENADERING if len(punten) == 1 else BENADERINGEN]
    if known and known[-1].is_voorlopig:
        parts.append(STATUS_UITLEG[known[-1].status])
    return tuple(parts)


def voorbehoud_los(indicator: Indicator, *punten: Punt | None) -> tuple[str, ...]:
    """The same of a figure that stands away from its page, which says itself that its card is not confirmed yet."""
    return (*voorbehoud(indicator, *punten), *((ONBEVESTIGD,) if indicator.zekerheid != "K" else ()))


def haakjes(*woorden: str) -> str:
    """Words behind a figure between brackets, with the space before it; empty without words."""
    return f" ({', '.join(woorden)})" if woorden else ""


def naam_in_zin(indicator: Indicator) -> str:
    """The name of an indicator where more follows: between quotes where a comma or colon in it would break the line."""
    return f"‘{indicator.naam}’" if any(sign in indicator.naam for sign in ",:;") else indicator.naam


def noem(regio: Regio) -> str:
    """A region where a page names it first, with its name in full where it has a short one."""
    return f"‘{regio.naam}’, voluit ‘{regio.officieel}’" if regio.officieel else f"‘{regio.naam}’"


def vergelijking(indicator: Indicator, waarde: float, andere: float) -> tuple[str, str]:
    """A value beside another one: how much, and the words for it; ('2,1 procentpunt', 'lager dan')."""
    if round_half_away(waarde, indicator.decimalen) == round_half_away(andere, indicator.decimalen):
        return "", even(indicator)
    hoeveel = format_verschil(indicator, waarde, waarde - andere, lang=True).lstrip("+\N{MINUS SIGN}")
    return hoeveel, f"{trap(indicator, waarde - andere)} dan"


def has_gunstige_kant(indicator: Indicator) -> bool:
    """Whether the best comes first; else the highest does. More of a total is a larger region, not a better one."""
    return not telt_op(indicator.aggregatie, indicator.eenheid) and indicator.richting in ("hoger", "lager")


def toeval_zin(toetsing: Toetsing, naam: str) -> str:
    """How many trends are clear, by themselves and among those of their theme; of a few tests only the last."""
    if toetsing.toetsen == 0:
        return f"Van {naam} is geen enkele trend te toetsen."
    if toetsing.toetsen == 1:
        return f"Van {naam} is 1 trend getoetst. Die is {'' if toetsing.signalen_bh else 'niet '}duidelijk."
    zin = f"Van {naam} zijn {toetsing.toetsen} trends getoetst."
    if toetsing.toetsen < MINSTE_TOETSEN:
        return f"{zin} Daarvan {_er_zijn(toetsing.signalen_bh)} duidelijk."
    klein = f" Daarvan {_er_zijn(toetsing.nagenoeg_gelijk)} te klein om ertoe te doen." if toetsing.signalen_bh else ""
    return (
        f"{zin} Los bekeken {_er_zijn(toetsing.signalen)} duidelijk. Een deel daarvan kan toeval zijn: daarom heet een "
        "trend pas duidelijk als hij dat ook is tussen alle trends van hetzelfde thema. Dat "
        f"{_er_zijn(toetsing.signalen_bh)}.{klein}"
    )


def _er_zijn(aantal: int) -> str:
    """A count behind its subject: 'is er geen', 'is er 1', 'zijn er 12'."""
    return f"zijn er {aantal}" if aantal > 1 else f"is er {aantal or 'geen'}"


def toets_zinnen(toetsing: Toetsing) -> list[str]:
    """How the trends were tested, for who makes figures: against chance, and beside plain least squares.

    Nothing of a few tests.
    """
    if toetsing.toetsen < MINSTE_TOETSEN:
        return []
    zinnen = []
    if toetsing.signalen_bh:
        zinnen.append(
            "Met de regel van Benjamini-Hochberg is van wat duidelijk heet gemiddeld hooguit "
            f"{procent(REKENREGELS.vals_onder_gevonden)} toeval, ook als gebieden en indicatoren samen bewegen; dat is "
            "met nagebootste reeksen nagegaan. Ook met andere jaren of een andere toets duidelijk "
            f"{_er_zijn(toetsing.robuust)}."
        )
    anders = f"In {tel(toetsing.anders_ols, 'geval', 'gevallen')}" if toetsing.anders_ols else "Nergens"
    return [
        *zinnen,
        (
            "Gewone kleinste kwadraten, die voor zover bekend ook het CBS gebruikt, noemen er "
            f"{toetsing.signalen_ols} duidelijk. {anders} luidt het oordeel dan anders. Die toets doet alsof elk jaar "
            "op zichzelf staat. In deze reeksen lijkt een jaar op het jaar ervoor, en dan noemt zij tot een op de drie "
            "reeksen waarin niets verandert toch een stijging of daling. Onze toets rekent met die samenhang en doet "
            "dat bij hooguit zeven van de honderd. Daar staat tegenover dat zij een kleine verandering vaker mist."
        ),
    ]


def zekerheid(indicator: Indicator, punt: Punt) -> str:
    """How certain a figure is, in a few words: kind of measurement, margin where there is one (`marge_zin`), status.

    'definitief' only of what was counted or computed: an estimate stays one.
    """
    meting = METING_IN_ZIN.get(indicator.meting)
    parts = []
    # the mean of the bounds of twelve months is no interval of the year
    van_maanden = indicator.kaart.get("jaarregel") == "gemiddelde"
    if punt.marge_onder is not None and punt.marge_boven is not None and not van_maanden:
        onder, boven = (format_getal(m, indicator.decimalen) for m in (punt.marge_onder, punt.marge_boven))
        # a source that rounds its interval to one number does not mean that nothing is uncertain
        tussen = f"met 95% zekerheid tussen {onder} en {boven}" if onder != boven else KLEINE_MARGE
        parts.append(f"{f'{meting}, ' if meting else ''}{tussen}")
    elif meting:
        parts.append(meting)
    if None in (punt.marge_onder, punt.marge_boven) and (grof := afgerond(indicator, punt)):
        # of an estimate that is not all: the bound is that of the rounding, not of the figure
        parts.append(f"de bron rondt af, en alleen al daardoor kan het {grof} hoger of lager zijn")
    if punt.benadering:
        zonder = f", zonder {join(punt.zonder)}" if punt.zonder else ""
        parts.append(f"een benadering uit de gemeenten{zonder}")
    # an estimate or a forecast that its source does not change any more is no figure that is final
    geen_telling = indicator.meting in (VERWACHTING, *GESCHAT) or punt.benadering
    if not (geen_telling and punt.status == "definitief") and indicator.meting != VERWACHTING:
        parts.append(STATUS_UITLEG[punt.status])
    if indicator.zekerheid != "K":
        parts.append(NAGAAN)
    return "; ".join(parts)


def afgerond(indicator: Indicator, punt: Punt) -> str:
    """How far the rounding of its source can put a figure off, where that is more than a step of how it is printed.

    Empty where it is not: what is printed is then as close as the source is.
    """
    if punt.waarde is None or (punt.afronding or 0.0) <= 10**-indicator.decimalen:
        return ""
    stap = 10**-indicator.decimalen
    grootst = math.ceil((punt.afronding or 0.0) / stap - REKENREGELS.rekenfout) * stap
    return format_stap(grootst, indicator.decimalen, indicator.eenheid).lstrip("+")


def zekerheid_zin(indicator: Indicator, punt: Punt) -> str:
    """The same as a sentence: a difference with a final figure may be chance, so it says what is final."""
    zeker = zekerheid(indicator, punt)
    return "Het cijfer is definitief." if zeker == STATUS_UITLEG["definitief"] else f"Zekerheid: {zeker}."


def marge_zin(cijfers: Iterable[tuple[Indicator, Punt | None]]) -> str:
    """How many of these figures are an estimate whose source gives no margin: once for all, empty where none is."""
    zonder = sum(
        i.meting in GESCHAT and p is not None and p.waarde is not None and None in (p.marge_onder, p.marge_boven)
        for i, p in cijfers
    )
    if not zonder:
        return ""
    return (
        f"{zonder} van deze cijfers {'is een schatting' if zonder == 1 else 'zijn schattingen'} waarbij de bron geen "
        "marge geeft."
    )


def nagaan_zin(indicatoren: Iterable[Indicator]) -> str:
    """Of which of these it is not confirmed that the figure is the one that is meant; empty where all are."""
    namen = dict.fromkeys(i.naam for i in indicatoren if i.zekerheid != "K")
    return f"{NAGAAN[:1].upper()}{NAGAAN[1:]}: {'; '.join(namen)}." if namen else ""


def nagaan_noten(indicatoren: Iterable[Indicator]) -> tuple[str, ...]:
    """The note under a table on those of which the figure is not confirmed; none where all are."""
    return tuple(z for z in (nagaan_zin(indicatoren),) if z)


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

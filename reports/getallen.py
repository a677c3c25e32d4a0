"""Numbers, periods and dates as a Dutch reader expects them, and the symbols that CBS prints where there is no number.

Rounding comes last and goes half away from zero (2,5 -> 3 and -2,5 -> -3), the way CBS rounds in print. It works on the
shortest decimal text of the float, so 2.675 is 2,68 though the float lies a hair under it. Nothing else in `reports`
rounds a figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from begrippen.eenheid import read_eenheid
from begrippen.lijsten import LEEG_UITLEG, LEEGTEKENS, STATUS_UITLEG, LeegReden, Status
from reports.model import PERIODE, Indicator, Punt

MIN = "\N{MINUS SIGN}"
# enough digits for any float, so that nothing is rounded twice
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
# how far the computer may be off in a figure, as a part of it; and never more than such a part of what is printed
REKENHAAR, STAPHAAR = Decimal("1e-12"), Decimal("1e-6")
HARDE_SPATIE = "\N{NO-BREAK SPACE}"
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

MINDER_DAN_5 = "minder dan 5"
NIET_BESCHIKBAAR = "niet beschikbaar"
STATUSTEKENS: dict[str, str] = {"voorlopig": "*", "nader_voorlopig": "**"}


def round_half_away(waarde: float, decimalen: int) -> Decimal:
    """Round to a number of decimals, half away from zero. Raises ValueError for a value that is not a finite number.

    What a computation left a hair under a half is a half: 62.05 - 61.5 is 0.55, and prints as 0,6.
    """
    if not math.isfinite(waarde):
        raise ValueError(f"{waarde} is geen getal dat in een rapport kan staan")
    exact, step = Decimal(repr(float(waarde))), Decimal(1).scaleb(-decimalen)
    hair = min(abs(exact) * REKENHAAR, step * STAPHAAR)
    return (exact + hair.copy_sign(exact)).quantize(step, context=EXACT)


def format_getal(waarde: float, decimalen: int, teken: bool = False) -> str:
    """Write a number: 1.234,5, minus U+2212, never minus zero. `teken`: a plus for what is above zero.

    `decimalen` -1 rounds to tens.
    """
    rounded = round_half_away(waarde, decimalen)
    text = f"{abs(rounded):,.{max(decimalen, 0)}f}".translate(str.maketrans(",.", ".,"))
    if rounded < 0:
        return MIN + text
    return f"+{text}" if teken and rounded > 0 else text


def format_leeg(leeg_reden: LeegReden | None) -> str:
    """The symbol for a missing number; a missing reason counts as unknown, so that nothing turns blank."""
    return LEEGTEKENS[leeg_reden or "onbekend"]


def format_waarde(
    waarde: float | None, decimalen: int, status: Status = "definitief", leeg_reden: LeegReden | None = None
) -> str:
    """A value as it stands in a table: the number with its mark of provisionality, or the symbol for its absence.

    What is shown in tens and would be 0 without being it is 'minder dan 5'.
    """
    if waarde is None:
        return format_leeg(leeg_reden)
    if decimalen < 0 < waarde and round_half_away(waarde, decimalen) == 0:
        return MINDER_DAN_5 + STATUSTEKENS.get(status, "")
    return format_getal(waarde, decimalen) + STATUSTEKENS.get(status, "")


def format_punt(punt: Punt | None, decimalen: int) -> str:
    """A point as it stands in a table; a point that the source has no row for is 'n.b.'."""
    if punt is None:
        return LEEGTEKENS["niet_gepubliceerd"]
    return format_waarde(punt.waarde, decimalen, punt.status, punt.leeg_reden)


def explain_punt(punt: Punt | None) -> str:
    """In words what the symbols at a point say; empty for a final value. That there is no point has no reason."""
    if punt is None:
        return NIET_BESCHIKBAAR
    if punt.waarde is None:
        return LEEG_UITLEG[punt.leeg_reden or "onbekend"]
    notes = [STATUS_UITLEG[punt.status]] if punt.is_voorlopig else []
    return ", ".join(notes + ([benadering_of(punt)] if punt.benadering else []))


def benadering_of(punt: Punt) -> str:
    """What stands beside an approximation: that it is one, and which members it does without."""
    return "benadering" + (f", zonder {join(punt.zonder)}" if punt.zonder else "")


def explain_benadering(aggregatie: str) -> str:
    """How a region came about whose value is an approximation."""
    if aggregatie == "gewogen":
        return "een gewogen gemiddelde van de gemeenten"
    return "de gemeenten samen, voor zover zij een cijfer hebben"


def join(namen: Sequence[str]) -> str:
    """Names as a sentence lists them: 'Assen, Emmen en Westerveld'."""
    return " en ".join(part for part in (", ".join(namen[:-1]), *namen[-1:]) if part)


def is_percentage(eenheid: str) -> bool:
    """Whether a unit is a percentage, so that differences are in percentage points."""
    return read_eenheid(eenheid).procent


def format_eenheid(eenheid: str) -> str:
    """A unit as readers write it, where a source has 'per 1 000 inwoners', 'm2' or 'CO2'."""
    text = re.sub(r"(?<=\d) (?=000\b)", ".", eenheid).replace("CO2", "CO₂")
    return re.sub(r"\b(k?m)([23])\b", lambda m: m[1] + {"2": "²", "3": "³"}[m[2]], text)


def eenheid_naast(naam: str, eenheid: str) -> str:
    """A unit behind a name or behind a figure under that name, without what the name says: nothing is said twice.

    Of 'Starters per 1.000 inwoners' nothing is left of 'per 1 000 inwoners', of 'Natuurgebied per inwoner' 'm2'.
    """
    deel = read_eenheid(eenheid)
    if deel.per and re.search(rf"\bper {re.escape(format_eenheid(deel.per))}\b", naam):
        return deel.maat
    if deel.honderd and f"{deel.honderd} is 100" in naam:
        return deel.maat
    return "" if deel.maat == "aantal" and naam.startswith("Aantal ") else eenheid


# what a unit counts, behind one of them; of years behind each number: '81,3 jaar'
_ENKELVOUD = {"inwoners": "inwoner", "jaren": "jaar", "personen": "persoon"}
_MEERVOUD = re.compile(rf"^(?:{'|'.join(_ENKELVOUD)})\b")


def with_eenheid(getal: str, eenheid: str) -> str:
    """A number with its unit behind it: '62,5%', '37.146 euro', '27 duizend'; a line never breaks between the two."""
    if is_percentage(eenheid):
        kaal = getal.rstrip("*")
        return f"{kaal}%{getal[len(kaal) :]}"
    if read_eenheid(eenheid).naamloos:
        return getal
    if read_eenheid(eenheid).klasse:
        # which class it is, and of a difference how many classes
        aantal = getal.lstrip("+" + MIN)
        stappen = "klasse" if aantal == "1" else "klassen"
        return f"klasse{HARDE_SPATIE}{getal}" if aantal == getal else f"{getal}{HARDE_SPATIE}{stappen}"
    naam = format_eenheid(eenheid.replace("x 1 000", "duizend"))
    if naam == "jaren" or getal.lstrip("+" + MIN).rstrip("*") == "1":
        naam = _MEERVOUD.sub(lambda m: _ENKELVOUD[m[0]], naam)
    return f"{getal}{HARDE_SPATIE}{naam}"


def met_eenheid(waarde: float, decimalen: int, eenheid: str, teken: bool = False) -> str:
    """A value with its unit in a sentence; what is counted in thousands is written out: '254.000', '323.000 euro'."""
    if voluit := read_eenheid(eenheid).voluit:
        waarde, decimalen, eenheid = 1000 * waarde, decimalen - 3, voluit
    return with_eenheid(format_getal(waarde, decimalen, teken), eenheid)


def format_euro(waarde: float, teken: bool = False) -> str:
    """An amount in whole euros: '37.146 euro'. `teken`: a plus for what is above zero."""
    return with_eenheid(format_getal(waarde, 0, teken=teken), "euro")


def afgetrokken(waarde: float, tegen: float, decimalen: int = 0) -> float:
    """How much the first is more than the second as both are printed: who subtracts on the page gets this."""
    return float(round_half_away(waarde, decimalen) - round_half_away(tegen, decimalen))


def format_groei(waarde: float, *, punten: bool = False) -> str:
    """A growth in percent, signed: '+1,2%'; `punten`: in points, as the change of a share is."""
    getal = format_getal(waarde, 1, teken=True)
    return f"{getal} {PROCENTPUNT}" if punten else f"{getal}%"


PROCENTPUNT = "procentpunt"
# Percent needs a base that is at least such a part of the difference.
BASIS_VAN_VERSCHIL = 10


def maatsoort(indicator: Indicator) -> Literal["procentpunt", "procent", "eenheid"]:
    """In what the differences of an indicator are told; 'procent' where the base allows it, see `verschilmaat`."""
    if is_percentage(indicator.eenheid):
        return "procentpunt"
    if indicator.kaart.get("basisjaar"):
        # points of an index are percents of its base year only
        return "procent"
    # of a balance a percentage says nothing: it may be about nought
    telt = indicator.aggregatie == "som" and not read_eenheid(indicator.eenheid).saldo
    return "procent" if telt or "euro" in indicator.eenheid else "eenheid"


def gedrukt(indicator: Indicator, waarde: float, verschil: float) -> tuple[Decimal, Decimal]:
    """A value and what it is compared with, as both are printed: `verschil` is the first minus the second.

    Whoever subtracts what stands on the page gets the difference that stands there: 75,5 and 74,8 are 0,7 apart, also
    where 75.46 and 74.75 are not.
    """
    return round_half_away(waarde, indicator.decimalen), round_half_away(waarde - verschil, indicator.decimalen)


def verschilmaat(indicator: Indicator, waarde: float, verschil: float) -> str:
    """In what a difference is told: percentage points, '%' (money, totals), or the unit of the indicator.

    `waarde` is the value, `verschil` the value minus what it is compared with, both unrounded in the indicator's unit.
    Percent needs a positive base that is not tiny beside the difference; around zero (a balance) it is the unit.
    """
    return _verschilmaat(indicator, *gedrukt(indicator, waarde, verschil))


def _verschilmaat(indicator: Indicator, nu: Decimal, toen: Decimal) -> str:
    match maatsoort(indicator):
        case "procentpunt":
            return PROCENTPUNT
        # where a step of the rounding is more than one percent, a percentage is of the rounding
        case "procent" if (
            nu >= 0 and toen > abs(nu - toen) / BASIS_VAN_VERSCHIL and toen >= _honderd_stappen(indicator)
        ):
            return "%"
    return indicator.eenheid


def _honderd_stappen(indicator: Indicator) -> int:
    """From where a figure that is printed in tens or more is told in percents; 0 of one that is not."""
    return 100 * 10**-indicator.decimalen if indicator.decimalen < 0 else 0


def format_verschil(
    indicator: Indicator, waarde: float, verschil: float, lang: bool = False, *, precies: bool = False
) -> str:
    """A difference as readers compare it, in its `verschilmaat`: that of the two figures as they are `gedrukt`.

    `lang` writes words in full; `precies`: of figures that are printed nowhere, such as amounts in other prices.
    """
    nu, toen = gedrukt(indicator, waarde, verschil)
    verschil = verschil if precies else float(nu - toen)
    match _verschilmaat(indicator, nu, toen):
        case "procentpunt":
            punt = f"{HARDE_SPATIE}{PROCENTPUNT if lang else '%-punt'}"
            return format_getal(verschil, indicator.decimalen, teken=True) + punt
        case "%":
            # of figures in tens a percentage is no closer than whole
            groei = verschil / (waarde - verschil if precies else float(toen))
            return format_getal(100 * groei, 1 if indicator.decimalen >= 0 else 0, teken=True) + "%"
    getal = format_getal(verschil, indicator.decimalen, teken=True)
    if lang and read_eenheid(indicator.eenheid).honderd:
        return f"{getal}{HARDE_SPATIE}{punten(getal)}"
    return met_eenheid(verschil, indicator.decimalen, indicator.eenheid, teken=True) if lang else getal


def format_stap(stap: float, decimalen: int, eenheid: str) -> str:
    """A part of a change in words, signed, in the unit itself: 'procentpunt' for a percentage."""
    if is_percentage(eenheid):
        return f"{format_getal(stap, decimalen, teken=True)}{HARDE_SPATIE}{PROCENTPUNT}"
    return met_eenheid(stap, decimalen, eenheid, teken=True)


def punten(getal: str) -> str:
    """What an index moves in: '1 punt', '1,5 punten'."""
    return "punt" if getal.lstrip("+" + MIN) == "1" else "punten"


def trap(indicator: Indicator, verschil: float) -> str:
    """The word behind a difference that is not zero, also where it is told in percents: 'hoger', 'korter', 'meer'."""
    meer, minder, _ = read_eenheid(indicator.eenheid).trap
    return meer if verschil > 0 else minder


def even(indicator: Indicator) -> str:
    """The words for no difference: 'even hoog als', 'even lang als', 'evenveel als'."""
    return read_eenheid(indicator.eenheid).trap[2]


def format_periode(periode: str) -> str:
    """A CBS period in words: '2025', '2e kwartaal 2025', 'januari 2026', '1e halfjaar 2025', '2024/’25'.

    A code of another form is given as it is.
    """
    found = PERIODE.fullmatch(periode)
    if found is None:
        return periode
    jaar, deel = int(found["jaar"]), int(found["deel"])
    match found["soort"]:
        case "JJ":
            return str(jaar)
        case "KW" if 1 <= deel <= 4:
            return f"{deel}e kwartaal {jaar}"
        case "MM" if 1 <= deel <= 12:
            return f"{MAANDEN[deel - 1]} {jaar}"
        case "HJ" if 1 <= deel <= 2:
            return f"{deel}e halfjaar {jaar}"
        case "SJ":
            return f"{jaar}/’{(jaar + 1) % 100:02d}"
    return periode


def format_datum(datum: date | None) -> str:
    """A day in words: '2 juli 2026'; 'onbekend' where there is none."""
    return f"{datum.day} {MAANDEN[datum.month - 1]} {datum.year}" if datum else "onbekend"


def format_tijdstip(tijdstip: datetime | None) -> str:
    """A moment in words, in UTC as it was recorded: '2 juli 2026, 14:05 UTC'."""
    return f"{format_datum(tijdstip)}, {tijdstip:%H:%M} UTC" if tijdstip else "onbekend"


def format_megabyte(inhoud: bytes) -> str:
    """How large a file is, in megabytes: never 0."""
    return format_getal(max(0.1, len(inhoud) / 1e6), 1)

"""One notation of periods: what a source's period code and title say.

A code says year and kind (`2025JJ00`, `2026KW01`, `2026MM04`, `2024SJ00`, `2026HJ01`). CBS also uses the code of a year
for a part of that year, and says so in the title only ('2026 januari-april', 85429NED). Such a part gets a code of our
own, `2026DJ04` (through April), so that it can never pass for the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from begrippen.fout import MonitorError
from begrippen.lijsten import LIJSTEN, PER_JAAR

# A year outside 1900 to 2100 is a slip; digits of another script only look like ours.
_CODE = re.compile(
    rf"(?P<jaar>19\d\d|20\d\d|2100)(?P<soort>{'|'.join(LIJSTEN['periodesoort'])})(?P<nummer>\d{{2}})", re.ASCII
)
# months that a period of this kind lasts, and its highest number
_MAANDEN = {soort: (12 // aantal, aantal) for soort, aantal in PER_JAAR.items()} | {"DJ": (0, 12)}
_MAANDNAMEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_MAAND = "|".join(_MAANDNAMEN)
_TOT = r"(?:-|–|t/m|tot en met|tot/met)"
_REEKS_MAANDEN = re.compile(rf"\b(?P<van>{_MAAND})\s*(?:\d{{4}}\s*)?{_TOT}\s*(?P<tot>{_MAAND})\b")
_TOT_EN_MET_MAAND = re.compile(rf"\b(?:t/m|tot en met)\s+(?:\d{{1,2}}\s+)?(?P<tot>{_MAAND})\b")
_TELWOORD = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_RANG = r"(?:(?P<{0}>[1-4])e|(?P<{0}w>eerste|tweede|derde|vierde))"
_REEKS_KWARTALEN = re.compile(
    rf"{_RANG.format('van')}(?:\s+kwartaal)?\s*{_TOT}\s*(?:het\s+)?{_RANG.format('tot')}\s+kwartaal"
)
_KWARTAAL = re.compile(rf"{_RANG.format('van')}\s+kwartaal")
_EERSTE_KWARTALEN = re.compile(r"eerste\s+(?P<aantal>twee|drie|2|3)\s+kwartalen")
_EERSTE_MAANDEN = re.compile(
    r"eerste\s+(?P<aantal>\d{1,2}|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf)\s+maanden"
)
_GETAL = {
    w: n
    for n, w in enumerate(("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf"), start=2)
}
_HALFJAAR = re.compile(r"(?:(?P<een>1e|eerste)|(?P<twee>2e|tweede))\s+half\s?jaar")


class PeriodeError(MonitorError):
    """A period code that we do not know."""

    code = "periode"


@dataclass(frozen=True)
class Periode:
    """A period: our code, kind, first and last day, year, and whether it is shorter than a year."""

    periode: str
    soort: str
    begin: date
    eind: date
    jaar: int
    deel_van_jaar: bool


def _span(jaar: int, van: int, tot: int) -> tuple[date, date]:
    """The first and last day of months `van` up to and including `tot`."""
    after = date(jaar + tot // 12, tot % 12 + 1, 1)
    return date(jaar, van, 1), after - timedelta(days=1)


def _rank(match: re.Match[str], name: str) -> int:
    return int(match[name]) if match[name] else _TELWOORD[match[name + "w"]]


def read_part(text: str) -> tuple[int, int] | None:
    """Read the first and last month of the part of a year that a title names; None if it names none.

    A single month is no part: '2018 december' is how CBS titles a state at the end of the year.
    """
    text = text.casefold()
    if match := _REEKS_MAANDEN.search(text):
        part = _MAANDNAMEN.index(match["van"]) + 1, _MAANDNAMEN.index(match["tot"]) + 1
    elif match := _TOT_EN_MET_MAAND.search(text):
        part = 1, _MAANDNAMEN.index(match["tot"]) + 1
    elif match := _REEKS_KWARTALEN.search(text):
        part = 3 * _rank(match, "van") - 2, 3 * _rank(match, "tot")
    elif match := _EERSTE_KWARTALEN.search(text):
        part = 1, 3 * int(_GETAL.get(match["aantal"], match["aantal"]))
    elif match := _EERSTE_MAANDEN.search(text):
        part = 1, int(_GETAL.get(match["aantal"], match["aantal"]))
    elif match := _HALFJAAR.search(text):
        part = (1, 6) if match["een"] else (7, 12)
    elif match := _KWARTAAL.search(text):
        kwartaal = _rank(match, "van")
        part = 3 * kwartaal - 2, 3 * kwartaal
    else:
        return None
    return part if part != (1, 12) and part[0] <= part[1] <= 12 else None


def kwartaal_of_maand(code: str) -> str:
    """Give the code of the quarter of which this is the first month; any other code as it is."""
    match = _CODE.fullmatch(code.strip())
    if match is None or match["soort"] != "MM" or int(match["nummer"]) not in (1, 4, 7, 10):
        return code
    return f"{match['jaar']}KW{(int(match['nummer']) + 2) // 3:02d}"


def read_periode(code: str, titel: str = "") -> Periode:
    """Read a period code as CBS gives it, with its title. Raises PeriodeError.

    A school year starts on 1 August. Only the code of a year can turn out to be a part of one, and only by its title: a
    description is prose, and names quarters for other reasons (when the definite figures come).
    """
    match = _CODE.fullmatch(code.strip())
    if match is None:
        raise PeriodeError(f"periode '{code}' heeft geen bekende vorm; bekend zijn JJ, SJ, HJ, KW en MM (2025JJ00)")
    jaar, soort, nummer = int(match["jaar"]), match["soort"], int(match["nummer"])
    if soort in {"JJ", "SJ"}:
        if nummer:
            raise PeriodeError(f"periode '{code}': na {soort} hoort 00")
        part = read_part(titel) if soort == "JJ" else None
        if part is not None:
            # a part that does not start in January can not be named by its last month
            own = f"{jaar}DJ{part[1] if part[0] == 1 else 0:02d}"
            return Periode(own, "DJ", *_span(jaar, *part), jaar, True)
        begin, eind = _span(jaar, 1, 12) if soort == "JJ" else (date(jaar, 8, 1), date(jaar + 1, 7, 31))
        return Periode(match[0], soort, begin, eind, jaar, False)
    lengte, hoogste = _MAANDEN[soort]
    if not 1 <= nummer <= hoogste:
        raise PeriodeError(f"periode '{code}': {soort} loopt van 01 tot en met {hoogste:02d}")
    van = 1 if soort == "DJ" else lengte * (nummer - 1) + 1
    tot = nummer if soort == "DJ" else lengte * nummer
    return Periode(match[0], soort, *_span(jaar, van, tot), jaar, True)

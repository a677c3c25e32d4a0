"""What StatLine prints instead of a code or a number: periods in words, stars for provisional, signs for no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from assets.bron.aanlevering_keuren import read_periode
from begrippen.fout import MonitorError
from begrippen.lijsten import Leegbetekenis, Status

_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_RANG = {"1e": 1, "2e": 2, "3e": 3, "4e": 4, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_JAAR = r"(?P<jaar>\d{4})"
_DEEL = (
    rf"(?P<rang>{'|'.join(_RANG)}) (?P<soort>kwartaal|half ?jaar)|(?P<maand>{'|'.join(_MAANDEN)})"  # one part of a year
)
_SCHOOLJAAR = re.compile(rf"{_JAAR}\s*/\s*'?(?P<volgend>\d{{2}}|\d{{4}})", re.ASCII)
# '2015 1e kwartaal', and as people say it: 'het eerste kwartaal van 2015', 'januari 2020'
_ACHTER = re.compile(rf"{_JAAR} (?:{_DEEL})", re.ASCII)
_VOOR = re.compile(rf"(?:het )?(?:{_DEEL})(?: van)? {_JAAR}", re.ASCII)
_STERREN: dict[str, Status] = {"*": "voorlopig", "**": "nader_voorlopig"}

BETEKENISSEN = get_args(Leegbetekenis)
# what a sign for no figure means -> how `leeg` says it to `reken.cel`
LEEG: dict[Leegbetekenis, str] = {"onbekend": ".", "geheim": "geheim", "niet_van_toepassing": "Impossible"}
# Of the signs StatLine prints, these two mean the same in every table. '-' was 'nihil' in older tables and stands for
# nothing in newer ones, 'x' was 'geheim': those mean what the file or the mapping says.
VAST: dict[str, Leegbetekenis] = {".": "onbekend", "": "niet_van_toepassing"}
TEKEN = re.compile(r"[-\u2013\u2212xX.]|\.\.|\.\.\.|[?/#]|n\.?[abv]\.?[tb]?\.?", re.IGNORECASE)
_LEGENDA = re.compile(r"(?P<teken>[^\s\w]{1,3}|[xX]|blanco|niets \(blanco\))\s*[:=]\s*(?P<uitleg>.+)", re.IGNORECASE)
_UITLEG: tuple[tuple[str, Leegbetekenis], ...] = (
    ("nihil", "nul"),
    # '.' is 'onbekend, onvoldoende betrouwbaar of geheim': that it is secret is more than it says
    ("gegevens ontbreken", "onbekend"),
    ("onbekend", "onbekend"),
    ("geheim", "geheim"),
    ("kan op logische gronden niet voorkomen", "niet_van_toepassing"),
)


class LabelError(MonitorError):
    """A label that is no period, or a sign that says nothing; the text says what is wrong, in Dutch."""

    code = "label"


@dataclass(frozen=True)
class Periodelabel:
    """A period as StatLine prints it: the code of CBS, and the status if stars say it."""

    code: str
    status: Status | None


def strip_sterren(text: str) -> tuple[str, Status | None]:
    """Split what stands before the stars from the status that they mean; None without stars. Raises LabelError."""
    bare = text.rstrip("* ")
    stars = text[len(bare) :].replace(" ", "")
    if stars and stars not in _STERREN:
        raise LabelError(f"'{text}' heeft {len(stars)} sterren; StatLine kent * en **")
    return bare, _STERREN.get(stars)


def _code(text: str) -> str:
    if match := _SCHOOLJAAR.fullmatch(text):
        begin, end = match["jaar"], match["volgend"]
        return f"{begin}SJ00" if str(int(begin) + 1).endswith(end) else ""
    match = _ACHTER.fullmatch(text) or _VOOR.fullmatch(text)
    if match is None:
        return text.upper()
    if match["maand"]:
        return f"{match['jaar']}MM{_MAANDEN.index(match['maand']) + 1:02d}"
    rang, kwartaal = _RANG[match["rang"]], match["soort"] == "kwartaal"
    return f"{match['jaar']}{'KW' if kwartaal else 'HJ'}{rang:02d}"


def read_periodelabel(text: str) -> Periodelabel:
    """Read a period as StatLine prints it ('2023*', '2015 1e kwartaal', '2018/'19'). Raises LabelError.

    A part of a year that has no code of its own ('2026 januari-april') is refused: as the year it would be wrong.
    """
    bare, status = strip_sterren(" ".join(text.replace("\xa0", " ").split()))
    code = read_periode(_code(bare.casefold().replace("\u2019", "'").replace("\u2018", "'")))
    if code is None:
        raise LabelError(f"'{text.strip()}' is geen periode die de monitor kent")
    return Periodelabel(code, status)


def check_months(labels: Iterable[Periodelabel]) -> None:
    """Refuse months that are all the same month of the year. Raises LabelError.

    CBS titles a state at the end of a year '2018 december': the label does not say if that is the month or the year.
    """
    months = {p.code for p in labels if p.code[4:6] == "MM"}
    if len({code[6:] for code in months}) == 1:
        raise LabelError(
            f"elke maand is '{_MAANDEN[int(next(iter(months))[6:]) - 1]}': dat kan de maand zijn, of de stand van het "
            "hele jaar"
        )


def read_legenda(text: str) -> tuple[str, Leegbetekenis] | None:
    """Read a line of the legend below a table ('- : nihil') as sign and meaning; None for a line that is no such."""
    match = _LEGENDA.fullmatch(text.strip())
    if match is None:
        return None
    uitleg = match["uitleg"].casefold()
    sign = match["teken"].casefold()
    meaning = next((m for words, m in _UITLEG if words in uitleg), None)
    return ("" if "blanco" in sign else sign, meaning) if meaning else None


def read_teken(text: str, tekens: Mapping[str, Leegbetekenis]) -> Leegbetekenis | None:
    """Give what a sign in the place of a number means; None when it is none. Raises LabelError for one left unsaid."""
    sign = text.casefold().replace("\u2212", "-").replace("\u2013", "-")
    if sign in tekens:
        return tekens[sign]
    if sign in VAST:
        return VAST[sign]
    if TEKEN.fullmatch(text):
        raise LabelError(
            f"'{text}' betekent niet overal hetzelfde, en het bestand zegt niet wat; zet het in de mapping onder "
            f"`tekens`: {', '.join(BETEKENISSEN)}"
        )
    return None

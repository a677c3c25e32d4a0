"""How a number is read: one rule for every file that is sent in, and no guess between two readings.

The rule, with a decimal comma (with a point: read comma and point the other way round):

- digits, a minus before them, and a decimal comma: `4350`, `-3`, `0,875`, `12,5`;
- a blank between thousands: `4 350`; or points, where they can be nothing else: `1.234,5` and `1.234.567`;
- one comma or point with one to three digits before it and three behind has two readings, and is refused: `8.400`;
- so is what a sheet shows otherwise than it holds (percent, thousands left out), a power of ten, a sign behind.

A number cell of a sheet is what it holds. Nothing in a cell is None, and so is `.`, CBS's sign for unknown or secret.
"""

from __future__ import annotations

import math
import re

from assets.bron.vellen.vel import Vak
from begrippen.fout import MonitorError

# What a file writes for a figure that is unknown or secret, as CBS prints it.
ONBEKEND = "."
# No figure is larger; what is, comes of a slip in the file.
GROOTSTE_GETAL = 1e15
_BLANK = re.compile(r"[ \u00a0\u2007\u2009\u202f]")
_PLAIN = re.compile(r"[-+]?[0-9]+")
_DUBBEL = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_POWER = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")
_MARKS = {
    ",": re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,3}( [0-9]{3})+)(,[0-9]+)?"),
    ".": re.compile(r"[-+]?([0-9]+|[0-9]{1,3}( [0-9]{3})+)(\.[0-9]+)?"),
}
_ZERO_FIRST = re.compile(r"[-+]?0[0-9]*[. ]")
_SIGNS = frozenset({"x", "-", "\N{EN DASH}", "\N{EM DASH}", "*", "**", "..", "...", "^", "/", "?"})
# Between quotes in a number format, after a backslash, or a currency: shown beside the number.
_QUOTED = re.compile(r'"([^"]*)"')
_BESIDE = re.compile(r"\[[^\]]*\]|\\.|_.|\*.")
_SCALED = re.compile(r"[0#?],+(?![0#?])")
_CURRENCY = frozenset({"€", "$", "£", "eur", "euro"})


class GetalError(MonitorError):
    """A cell is no number, or has two readings.

    `soort` says in what way, the same for all cells of that kind; `lezingen` how this one can be read; `raad` what to
    write instead.
    """

    code = "getal"

    def __init__(self, soort: str, raad: str = "", lezingen: str = "") -> None:
        super().__init__(soort, vervolg=raad)
        self.soort, self.raad, self.lezingen = soort, raad, lezingen


def shows_other(opmaak: str) -> str:
    """Say how a number format shows another number than is held: 'procent', 'factor', 'woord' or ''."""
    words = [w.strip().lower() for w in _QUOTED.findall(opmaak)]
    bare = _BESIDE.sub("", _QUOTED.sub("", opmaak))
    if "%" in bare:
        return "procent"
    if any(_SCALED.search(section.rstrip()) for section in bare.split(";")):
        return "factor"
    return "woord" if any(any(c.isalnum() or c == "%" for c in w) and w not in _CURRENCY for w in words) else ""


def _show(number: float) -> str:
    return f"{number:.10g}".replace(".", ",")


def _of_sheet(vak: Vak) -> float:
    """Read a cell that a sheet has as something else than text."""
    if vak.soort == "formule":
        raise GetalError("een formule zonder uitkomst", "Open het bestand in Excel, laat het rekenen en bewaar het")
    if vak.soort == "datum":
        raise GetalError("een datum in plaats van een getal", "Excel maakt van 3.5 soms 3 mei: typ het getal opnieuw")
    if vak.soort == "waar":
        raise GetalError("WAAR of ONWAAR in plaats van een getal", "Typ het getal")
    if vak.soort == "fout" or vak.getal is None:
        raise GetalError(
            "tekst in een getal: een foutcode van het rekenblad", "Verbeter de formule, of laat de cel leeg"
        )
    how = shows_other(vak.opmaak)
    if how:
        held, raad = _show(vak.getal), "Zet de opmaak op Getal en schrijf het getal in de eenheid van de indicator"
        if how == "procent":
            raise GetalError("een procentopmaak", raad, f"{held} of {_show(100 * vak.getal)}%")
        raise GetalError("een opmaak die iets anders toont dan er staat", raad, f"{held}, getoond als {vak.opmaak}")
    return vak.getal


def parse_getal(text: str, decimaal: str, *, duizendtallen: bool = True) -> float | None:
    """Read a text as a number by the rule above; None for a blank and for `.`. Raises GetalError.

    `decimaal` is `,` or `.`; `duizendtallen=False` says that nothing ever stands between thousands here, so that
    `8,400` has one reading.
    """
    text = _BLANK.sub(" ", text.strip()).replace("\N{MINUS SIGN}", "-")
    if text in ("", ONBEKEND):
        return None
    if duizendtallen and _DUBBEL.fullmatch(text):
        whole, part = text.replace(".", "").replace(",", ""), _show(float(text.replace(",", ".")))
        raise GetalError(
            "een getal met twee lezingen",
            "Schrijf duizendtallen zonder teken ertussen, en niet precies drie cijfers achter de komma of punt; of zet "
            "zonder_duizendtallen: true in een eigen mapping",
            f"{whole} of {part}",
        )
    if _POWER.fullmatch(text):
        raise GetalError("een wetenschappelijke notatie, waarin cijfers zijn weggevallen", "Zet de kolom op Getal")
    between = "." in text if decimaal == "," else False
    between |= " " in text
    if not _MARKS[decimaal].fullmatch(text) or (between and not duizendtallen):
        raise _other(text, decimaal)
    if between and _ZERO_FIRST.match(text):  # 0.875.000 is no number of thousands
        raise _other(text, decimaal)
    if decimaal == ",":
        text = text.replace(".", "").replace(",", ".")
    return float(text.replace(" ", ""))


def _other(text: str, decimaal: str) -> GetalError:
    """Say what is wrong with a text that is no number."""
    bare = text.casefold()
    if "%" in text:
        return GetalError("een procentteken", "Schrijf het getal in de eenheid van de indicator, zonder teken")
    if bare in _SIGNS:
        return GetalError(
            "een teken in plaats van een getal",
            "Een punt (.) is onbekend of geheim, een leeg vakje is niet gepubliceerd en een nul is een 0",
        )
    if re.fullmatch(r"\(.*\)|.*[0-9]-", text):
        return GetalError("een negatief getal met haakjes of met de min erachter", "Schrijf de min ervoor")
    if any(sign in bare for sign in _CURRENCY):
        return GetalError("een teken van een munt", "Schrijf alleen het getal")
    mark = "komma" if decimaal == "," else "punt"
    return GetalError(f"tekst in een getal (verwacht is een decimale {mark})")


def read_getal(vak: Vak, decimaal: str, *, duizendtallen: bool = True) -> float | None:
    """Read a cell as a number by the rule above; None for an empty one and for `.`. Raises GetalError."""
    if vak.soort in ("leeg", "tekst"):
        number = parse_getal(vak.tekst, decimaal, duizendtallen=duizendtallen)
    else:
        number = _of_sheet(vak)
    if number is not None and (not math.isfinite(number) or abs(number) > GROOTSTE_GETAL):
        raise GetalError(f"een getal boven {GROOTSTE_GETAL:.0e}")
    return number

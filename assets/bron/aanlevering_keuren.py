"""Check the codes of a delivery at the door: what the build could not take is refused here, with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from assets.bron.bronlijst import Aanlevering
from assets.bron.momentopname import Rij
from assets.bron.structuur import is_periode
from begrippen.fout import MonitorError
from begrippen.lijsten import LIJSTEN, PER_JAAR, Bronperiodesoort

STATUSSEN = LIJSTEN["status"]
# What a cell is that can not be a code.
VAKSOORTEN = {
    "waar": "WAAR of ONWAAR",
    "fout": "foutcode van het rekenblad",
    "formule": "formule zonder uitkomst",
    "datum": "datum",
}
_SHOWN = 3
_NUTS = re.compile(r"NL[0-9A-Z]{1,3}")


class AanleveringError(MonitorError):
    """A delivery can not be read; the message names file, line, value, and what is allowed."""

    code = "aanlevering"


class Fouten:
    """What is wrong in a file, by kind: the first three lines of each, how many there are, and what to do."""

    def __init__(self, bestand: str) -> None:
        self._bestand = bestand
        self._lines: dict[tuple[str, str], list[str]] = {}

    def add(self, row: Rij, wat: str, *, tekst: str | None = None, lezingen: str = "", raad: str = "") -> None:
        """Note a fault of a row; `tekst` is what stands there, and else its value."""
        cell = ", ".join(str(row[c]) for c in ("indicator", "regiocode", "periode") if row[c])
        shown = row["vak"].tekst if tekst is None else tekst
        readings = f" ({lezingen})" if lezingen else ""
        place = f"regel {row['regel']}" + (f" ({cell})" if cell else "")
        self._lines.setdefault((wat, raad), []).append(f"{place}: '{shown}'{readings}")

    def raise_any(self) -> None:
        """Raise AanleveringError when there is any."""
        parts = []
        for (wat, raad), lines in self._lines.items():
            more = f" en nog {len(lines) - _SHOWN}" if len(lines) > _SHOWN else ""
            parts.append(f"{wat}: {'; '.join(lines[:_SHOWN])}{more}" + (f". {raad}" if raad else ""))
        if parts:
            raise AanleveringError(f"{self._bestand}: " + ". Ook: ".join(parts))


def read_periode(text: str) -> str | None:
    """Give a period as CBS writes it, of a year or of a code; None for one that the monitor has no figures of."""
    code = f"{text}JJ00" if len(text) == 4 else text.upper()
    return code if is_periode(code) and code[4:6] in get_args(Bronperiodesoort) else None


def _begin(periode: str) -> date:
    """The first day of a period."""
    jaar, soort, nummer = int(periode[:4]), periode[4:6], int(periode[6:])
    if soort == "SJ":
        return date(jaar, 8, 1)
    return date(jaar, 12 // PER_JAAR[soort] * (nummer - 1) + 1, 1) if soort in PER_JAAR else date(jaar, 1, 1)


def _advise_regio(code: str, regios: Mapping[str, object]) -> str:
    """Say what was probably meant by a region code that is not known."""
    digits = re.sub(r"^GM", "", code)
    if digits.isascii() and digits.isdigit() and (whole := f"GM{int(digits):04d}") in regios:
        return f"Bedoeld is misschien {whole}"
    if _NUTS.fullmatch(code):
        return (
            "Het lijkt een NUTS-code; schrijf de code van het CBS: PV.. voor een provincie, CR.. voor een COROP-gebied"
        )
    close = difflib.get_close_matches(code, sorted(regios), n=3)
    return f"Lijkt op {', '.join(close)}" if close else "Een code is die van het CBS: NL01, PV.., CR.., GM...."


def _advise_indicator(naam: str, mapping: Aanlevering) -> str:
    close = difflib.get_close_matches(naam, mapping.onderwerpen, n=3)
    hint = f"Bedoeld is misschien {' of '.join(close)}. " if close else ""
    return f"{hint}Toegestaan: {', '.join(mapping.onderwerpen)}"


def check_codes(rows: Sequence[Rij], mapping: Aanlevering, regios: Mapping[str, date | None], fouten: Fouten) -> None:
    """Check indicator, region, period, status and peildatum, note what is wrong, and put in them what is kept.

    `regios` is the closed list of regions, with the day that each came to an end (empty: not checked).
    """
    codes = {p: read_periode(p) for p in {row["periode"] for row in rows}}
    days = {d: _is_day(d) for d in {row["peildatum"] for row in rows}}
    unknown: dict[str, str] = {}
    for row in rows:
        naam, code = row["indicator"], codes[row["periode"]]
        row["regiocode"] = regio = row["regiocode"].upper()
        row["status"] = status = row["status"].lower().replace(" ", "_") or "onbekend"
        if naam not in mapping.onderwerpen:
            raad = unknown.setdefault(naam, _advise_indicator(naam, mapping))
            fouten.add(row, "deze indicator staat niet in de bronlijst", tekst=naam, raad=raad)
        if code is None:
            star = "*" in row["periode"]
            fouten.add(
                row,
                "de periode is geen jaar van 1900 tot en met 2100 (2019) of CBS-code (2019JJ00, 2019KW01)",
                tekst=row["periode"],
                raad="Een ster is een status: zet voorlopig of nader_voorlopig in de kolom status" if star else "",
            )
        else:
            row["periode"] = code
        if not regio:
            fouten.add(row, "de regiocode is leeg")
        elif regios and regio not in regios:
            fouten.add(row, "onbekende regio", tekst=regio, raad=_advise_regio(regio, regios))
        elif code is not None and (end := regios.get(regio)) is not None and end <= _begin(code):
            fouten.add(row, f"{regio} bestaat niet meer sinds {end.isoformat()}", tekst=code)
        if status not in STATUSSEN:
            raad = f"Toegestaan: {', '.join(STATUSSEN)}"
            fouten.add(row, "deze status bestaat niet", tekst=status, raad=raad)
        if not days[row["peildatum"]]:
            fouten.add(row, "de peildatum is geen datum als 2026-03-01 (jjjj-mm-dd)", tekst=row["peildatum"])


def check_herkomst(rows: Sequence[Rij], fouten: Fouten) -> None:
    """Note every line whose source is a date, or is blank where other lines have one.

    A line that was cut, or whose cells moved up a place, is known by it: its figure would seem not published.
    """
    sources = any(row["bron"] for row in rows)
    for row in rows:
        if sources and not row["bron"]:
            raad = "De regel kan zijn afgekapt: vul bron in, en kijk of waarde en status er nog staan"
            fouten.add(row, "de bron is leeg, en op andere regels niet", raad=raad)
        elif row["bron"] and _is_day(row["bron"]):
            fouten.add(row, "in kolom bron staat een datum; de kolommen zijn verschoven", tekst=row["bron"])


def _is_day(text: str) -> bool:
    if not text:
        return True
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

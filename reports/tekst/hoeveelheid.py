"""Numbers as people write them in a sentence, and how far they may be from the figure: 'ruim 38.000', 'een op de drie'.

A word in front says on which side the figure lies and how near. How much room it gives follows from how the number is
rounded: 'ruim 38.000' reaches to 39.000, 'bijna 350.000' from 340.000.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Soort = Literal["aantal", "procent", "punt", "deel", "keer"]

_TELWOORD = {
    w: n
    for n, w in enumerate(
        (
            *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
            *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"),
        )
    )
}
_TELWOORD |= {"één": 1, "honderd": 100}
_TELWOORD |= {
    w: 10 * n
    for n, w in enumerate(("dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"), start=3)
}
_DEEL = {"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "tiende": 10}
_W = "|".join(sorted(_TELWOORD, key=len, reverse=True))
_N = r"[0-9]+(?:\.[0-9]{3})*(?:,[0-9]+)?"
RUIM = r"ruim|meer dan|minimaal|dik|boven de|zeker"
BIJNA = r"bijna|krap|nog geen|minder dan|net geen|nauwelijks|onder de|tegen de|hooguit"
ONGEVEER = r"ongeveer|circa|ca\.|zo’n|zo'n|rond de|rond|om en nabij|een kleine|naar schatting"
_HEDGE = rf"(?:(?P<hedge>{RUIM}|{BIJNA}|{ONGEVEER})[ \n](?:een kleine )?)?"
_PATRONEN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (naam, re.compile(_HEDGE + patroon, re.I))
    for naam, patroon in (
        ("opde", rf"(?P<a>\b(?:{_W})|{_N})[ \n]op[ \n](?:de|elke|iedere)[ \n](?P<b>(?:{_W})\b|{_N})"),
        ("keer", rf"(?P<a>\banderhalf|\b(?:{_W})|{_N})[ \n](?:keer|maal)[ \n](?:zo|meer|minder)\b"),
        ("factor", r"(?P<a>\bver(?:dubbel|drievoudig|viervoudig)\w*|\bgehalveerd\w*|\bhalveer\w*|\bhalvering\b)"),
        ("helft", r"(?:de |het )?(?P<a>\bhelft|\bhalve)\b(?! miljoen)"),
        (
            "miljoen",
            r"(?P<a>\been half|\b(?:een|anderhalf|twee|drie|vier|vijf)|"
            rf"{_N})[ \n](?P<b>miljoen|miljard|ton)\b",
        ),
        (
            "breuk",
            rf"(?P<a>\b(?:{_W}))[ \n](?P<b>\b(?:{'|'.join(_DEEL)}))\b"
            r"(?=[ \n](?:van|deel|minder|meer|lager|hoger)\b|[.,;])",
        ),
        ("driekwart", r"(?P<a>\bdriekwart)\b"),
        ("woorden", rf"(?P<a>\b(?:{_W}))[ \n](?P<b>procentpunt(?:en)?|procent)\b"),
        ("getal", rf"(?<![\w.,])(?P<a>{_N})(?![\w]|[.,][0-9])(?:\s?(?P<b>procentpunt(?:en)?|procent|%-punt|%))?"),
    )
)  # fmt: skip
_SAMEN = re.compile(r"\s*(?:naar|tot|en|of|à)\s*$", re.I)


@dataclass(frozen=True)
class Hoeveelheid:
    """A number in a sentence: where, what it says, and between which values the figure may lie.

    `soort`: aantal in the unit of the figure, procent and punt as a percentage, deel as a share of one, keer a factor.
    `rond`: whether it says itself that it is no exact figure.
    """

    begin: int
    eind: int
    woorden: str
    soort: Soort
    waarde: float
    laag: float
    hoog: float
    rond: bool = True

    def holds(self, waarde: float) -> bool:
        """Whether a figure can be told with these words."""
        small = 1e-9 * max(1.0, abs(self.waarde))
        return self.laag - small <= waarde <= self.hoog + small


def _read(tekst: str) -> float:
    laag = tekst.lower()
    if laag in _TELWOORD:
        return float(_TELWOORD[laag])
    return float(tekst.replace(".", "").replace(",", "."))


def _step(tekst: str, waarde: float) -> tuple[float, int]:
    """How coarse a typed number is: one in its last digit that is no closing zero; and how many digits it has so."""
    if "," in tekst:
        return 10.0 ** -len(tekst.partition(",")[2]), len(re.sub(r"\D", "", tekst).lstrip("0"))
    cijfers = str(round(waarde))
    kaal = cijfers.rstrip("0") or "0"
    return 10.0 ** (len(cijfers) - len(kaal)), len(kaal)


def _bounds(hedge: str, waarde: float, tekst: str, soort: Soort) -> tuple[float, float]:
    laag = hedge.lower()
    if soort in ("deel", "keer"):
        boven, onder, om = 0.2 * waarde, 0.15 * waarde, 0.075 * waarde
        recht = 0.075 * waarde
    else:
        step, digits = _step(tekst, waarde)
        if digits >= 2 or step < 1:
            boven = onder = step
            om = max(step / 2, 0.02 * waarde)
        elif waarde < 10:
            boven = onder = om = 0.5
        else:
            boven, onder, om = 0.12 * waarde, 0.1 * waarde, 0.075 * waarde
        recht = step / 2 if digits >= 2 and waarde >= 1000 else 0.0
    if re.fullmatch(RUIM, laag):
        ver = 0.25 * waarde if laag in ("meer dan", "minimaal", "boven de", "zeker") else boven
        return waarde, waarde + ver
    if re.fullmatch(BIJNA, laag):
        ver = 0.2 * waarde if laag in ("minder dan", "nog geen", "onder de", "hooguit", "nauwelijks") else onder
        return waarde - ver, waarde
    if laag:
        return waarde - om, waarde + om
    return waarde - recht, waarde + recht


def find_hoeveelheden(tekst: str) -> list[Hoeveelheid]:
    """All numbers of a sentence in digits and in words, none twice, by their place."""
    found = sorted(_all(tekst), key=lambda h: h.begin)
    for n, (een, ander) in enumerate(itertools.pairwise(found)):
        # 'van ruim 4 naar 2,5 procent': the unit stands behind the last of the two
        if een.soort == "aantal" and ander.soort in ("procent", "punt") and _SAMEN.match(tekst, een.eind, ander.begin):
            found[n] = replace(een, soort=ander.soort)
    return found


def _all(tekst: str) -> Iterator[Hoeveelheid]:
    taken: list[tuple[int, int]] = []
    for naam, patroon in _PATRONEN:
        for m in patroon.finditer(tekst):
            begin, eind = m.span()
            if any(a < eind and begin < b for a, b in taken):
                continue
            soort, waarde, getal = _meaning(naam, m)
            if soort is None:
                continue
            taken.append((begin, eind))
            hedge = m["hedge"] or ""
            laag, hoog = _bounds(hedge, waarde, getal, soort)
            if naam == "factor" and waarde < 1:
                # 'bijna gehalveerd' stops short of the half
                laag, hoog = 2 * waarde - hoog, 2 * waarde - laag
            rond = bool(hedge) or naam != "getal" or (waarde >= 1000 and waarde % 100 == 0)
            yield Hoeveelheid(begin, eind, m[0].strip(), soort, waarde, laag, hoog, rond)


def _meaning(naam: str, m: re.Match[str]) -> tuple[Soort | None, float, str]:
    """What the words of a pattern say: kind, number, and the number as typed."""
    a = (m["a"] or "").lower()
    match naam:
        case "opde":
            return "deel", _read(m["a"]) / _read(m["b"]), a
        case "keer":
            return "keer", 1.5 if a == "anderhalf" else _read(m["a"]), a
        case "factor":
            return "keer", next((f for w, f in (("dubbel", 2.0), ("drie", 3.0), ("vier", 4.0)) if w in a), 0.5), a
        case "helft":
            return "deel", 0.5, a
        case "driekwart":
            return "deel", 0.75, a
        case "miljoen":
            stuk = {"een half": 0.5, "anderhalf": 1.5}.get(a)
            aantal = stuk if stuk is not None else _read(m["a"])
            keer = {"miljoen": 1e6, "miljard": 1e9, "ton": 1e5}[m["b"].lower()]
            return "aantal", aantal * keer, str(round(aantal * keer))
        case "breuk":
            return "deel", (_read(a) if a else 1.0) / _DEEL[m["b"].lower()], a
        case "woorden":
            return ("punt" if "punt" in m["b"].lower() else "procent"), _read(a), str(_TELWOORD[a])
    eenheid = (m["b"] or "").lower()
    soort: Soort = "punt" if "punt" in eenheid else "procent" if eenheid else "aantal"
    return soort, _read(m["a"]), m["a"]

"""No figure without a reference: every digit and every number word that states a figure is found.

What may stay: years and dates, names on a list, and numbers of a place in a document (artikel 12). What looks like one
of these and counts something ('2024 banen') may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reports.getallen import MAANDEN
from reports.tekst.fout import FOUT, LET_OP, Ernst

# Names with a digit that texts of a province use; an edition adds its own in editie.toml (namen_met_cijfer).
NAMEN = (
    *(
        "SBI 2008",
        "SBI 2025",
        "15 tot 75 jaar",
        "15-75 jaar",
        "15- tot 75-jarigen",
        "15 tot 65 jaar",
        "18 jaar of ouder",
        "65 jaar of ouder",
    ),
    *(
        "75 jaar of ouder",
        "75 jaar en ouder",
        "65 jaar en ouder",
        "15 en 75 jaar",
        "65+",
        "65-plus",
        "75+",
        "75-plus",
        "65-plussers",
        "75-plussers",
        "80-plussers",
    ),
    *("CO2", "CO₂", "PM2,5", "PM10", "N33", "N34", "N48", "A7", "A28", "A37", "E233", "EU-27", "EU27", "RIS3"),
    *("4G", "5G", "WCAG 2.1", "WCAG 2.2", "EN 301 549", "mbo-1", "mbo-2", "mbo-3", "mbo-4", "G40"),
)
PLAATSWOORDEN = (
    r"artikel|artikelen|art\.|paragraaf|hoofdstuk|opgave|opgaven|bijlage|figuur|tabel|stap|pijler|pagina|noot|versie|"
    "spoor"
)
# Words after which four digits are a year.
JAARWOORDEN = (
    "in|sinds|tot|van|vanaf|jaar|jaren|begin|eind|medio|midden|voor|vóór|na|tussen|uit|editie|edities|peiljaar|boekjaar|"
    "schooljaar|naar|richting|rond|omstreeks|dan|zomer|najaar|voorjaar|winter|herfst|lente|kwartaal|halfjaar|gedurende|"
    "begroting|prognose|vergeleken met|" + "|".join(MAANDEN)
)
EENHEDEN = (
    "%|‰|€|procent|procenten|procentpunt|procentpunten|percent|promille|euro|euro's|miljoen|miljard|duizend|honderd|"
    "inwoners|banen|personen|mensen|bedrijven|vestigingen|woningen|huishoudens|werklozen|werkenden|werknemers|starters|"
    "studenten|leerlingen|vacatures|uitkeringen|arbeidsplaatsen|arbeidsjaren|gemeenten|keer|maal|meter|km|kilometer|ha|"
    "hectare|uur|jaar|jaren|dagen|ton|kg|MW|MWp|GWh|kWh|x|×"
)
_NIET_TELLEND = rf"(?![\w]|[.,:]?[0-9]|\s*(?:{EENHEDEN})(?!\w))"
_JAAR = r"(?:19[0-9]{2}|20[0-9]{2}|2100)"
_VOOR = r"(?<![\w.,€%$−-])"
_DATUM = re.compile(rf"{_VOOR}(?:[1-9]|[12][0-9]|3[01]) (?:{'|'.join(MAANDEN)})\b(?: {_JAAR}{_NIET_TELLEND})?")
_PLAATS = re.compile(
    rf"\b(?:{PLAATSWOORDEN}) [0-9]{{1,3}}(?:\.[0-9]{{1,2}}){{0,3}}"
    rf"(?:(?:,| en| tot en met) [0-9]{{1,3}}(?:\.[0-9]{{1,2}})?)*"
    rf"{_NIET_TELLEND}",
    re.I,
)
_TIJDVAK = re.compile(rf"{_VOOR}(?:[1-4]e kwartaal|[12]e halfjaar)\b|\bjaren ['’][1-9]0\b(?!%)")
_TABEL = re.compile(r"\b[0-9]{5}(?:NED|ned)\b")
_REEKS = rf"{_JAAR}(?:\s?[-–/]\s?{_JAAR})?"
MASKER = "\ufffc"
# Before a year: a word of time, a name, a bracket, or another year.
_JAARWOORD = re.compile(
    rf"(?:\b(?i:{JAARWOORDEN})[ \n]|\b[A-Z][\w’'&-]*[ \n]|\(|{MASKER}(?:,| en| of| tot| tot en met| naar)[ \n])$"
)
_LOS_JAAR = re.compile(rf"(?<![\w.,€$%−-]){_REEKS}{_NIET_TELLEND}")

_EEN = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TOT_TWINTIG = "tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
_TIENEN = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
_GROOT = "honderd|duizend|miljoen|miljard"
_KLEIN = rf"(?:(?:{_EEN})(?:en|ën)(?:{_TIENEN})|{_TOT_TWINTIG}|{_TIENEN}|{_EEN})"
_TELWOORD = rf"(?:(?:{_KLEIN})?(?:(?:{_GROOT})(?:en|ën)?(?:{_KLEIN})?)+|{_KLEIN})"
_VRIJ = {*["een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]}
_RANG = "derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende"
_WOORDEN: tuple[tuple[re.Pattern[str], str, Ernst], ...] = tuple(
    (re.compile(pattern, re.I), wat, ernst)
    for pattern, wat, ernst in (
        (
            rf"\b(?:{_TELWOORD}|half|halve|anderhalve?)(?: (?:en een half|komma {_TELWOORD}))?[ \n]"
            r"(?:procent|procentpunt|procentpunten|percent|promille|euro|miljoen|miljard)\b",
            "een getal in woorden",
            FOUT,
        ),
        (rf"\b(?:{_EEN}|anderhalf)[ \n](?:{_RANG})n?[ \n](?:deel|van)\b", "een breuk in woorden", FOUT),
        (r"\b(?:driekwart|(?:een|één) kwart|de helft|ruim de helft)[ \n]van\b", "een breuk in woorden", FOUT),
        (rf"\b(?:{_EEN})[ \n]op[ \n]de[ \n](?:{_TELWOORD})\b", "een verhouding in woorden", FOUT),
        (
            rf"\b(?:{_TELWOORD}|anderhalf)[ \n](?:keer|maal)[ \n](?:zo|meer|minder)\b",
            "een verhouding in woorden",
            FOUT,
        ),
        (r"\b(?:tientallen|honderden|duizenden|miljoenen|miljarden)\b", "een aantal in woorden", LET_OP),
        (r"\b(?:ver(?:dubbel|drievoudig|viervoudig)\w*|gehalveerd|halveer\w*|halvering)\b", "een verhouding", LET_OP),
    )
)
_TELWOORD_LOS = re.compile(rf"\b{_TELWOORD}\b", re.I)


@dataclass(frozen=True)
class Vondst:
    """A figure in a text: where, the words, and what to call it. `vorm`: how it is written. `ernst`: fout or let op."""

    begin: int
    woorden: str
    vorm: Literal["cijfers", "jaartal", "woorden"]
    wat: str
    ernst: Ernst = FOUT


@cache
def _names(namen: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(n).replace(r"\ ", r"[ \n]") for n in sorted(namen, key=len, reverse=True))
    return re.compile(rf"(?<![\w.,€$%])(?:{listed})(?![\w%]|[.,][0-9])")


def check_naam(naam: str) -> str:
    """Why a name with a digit can not stand on the list; empty where it can: it must be a name, not a figure."""
    if not any(c.isnumeric() for c in naam):
        return "heeft geen cijfer en hoeft dus niet op de lijst"
    if not re.search(r"[A-Za-z]", naam.replace("x", "")) and not re.fullmatch(r"[0-9]{2}\+", naam):
        return "heeft geen letters: dat is een getal, geen naam"
    if re.search(rf"[0-9]\s*(?:{EENHEDEN})(?!\w)|€", naam) and not re.search(r"[0-9] (?:jaar)\b", naam):
        return "telt of meet iets: dat is een cijfer, geen naam; gebruik een verwijzing"
    return ""


def _mask(tekst: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda m: MASKER * len(m[0]), tekst)


def _mask_years(tekst: str) -> str:
    """Hide years: four digits where a year is to be expected, or joined to such a year by 'en' or 'tot en met'."""
    for found in list(_LOS_JAAR.finditer(tekst)):
        if _JAARWOORD.search(tekst[: found.start()]):
            tekst = tekst[: found.start()] + MASKER * len(found[0]) + tekst[found.end() :]
    return tekst


def mask_cijfers(tekst: str, namen: tuple[str, ...] = NAMEN) -> str:
    """The text, as long as it was, without the digits that may be there: names, dates, years, places in a document."""
    masked = _mask(tekst, _names(namen))
    for pattern in (_TABEL, _PLAATS, _TIJDVAK):
        masked = _mask(masked, pattern)
    return _mask_years(_mask(masked, _DATUM))


def find_cijfers(tekst: str, namen: tuple[str, ...] = NAMEN) -> Iterator[Vondst]:
    """Every figure in digits that may not be there. Any character with a numeric value counts: 7, ７, ½, ², Ⅷ."""
    masked = mask_cijfers(tekst, namen)
    done = 0
    for n, teken in enumerate(masked):
        if n < done or not teken.isnumeric():
            continue
        begin = n
        while begin > 0 and not masked[begin - 1].isspace():
            begin -= 1
        end = n
        while end < len(masked) and not masked[end].isspace():
            end += 1
        done = end
        woorden = tekst[begin:end].strip("().,;:'‘’\"")
        if re.fullmatch(_JAAR, woorden):
            yield Vondst(n, woorden, "jaartal", "een jaartal dat een aantal lijkt")
        else:
            yield Vondst(n, woorden, "cijfers", "een getal zonder verwijzing")


def find_telwoorden(tekst: str, namen: tuple[str, ...] = NAMEN) -> Iterator[Vondst]:
    """Every figure in words: 'tien procent', 'een derde van', 'vijfentwintig'. Two to twelve may count things."""
    masked = _mask(tekst, _names(namen))
    taken: list[tuple[int, int]] = []
    for pattern, wat, ernst in _WOORDEN:
        for found in pattern.finditer(masked):
            if not any(a < found.end() and found.start() < b for a, b in taken):
                taken.append(found.span())
                yield Vondst(found.start(), found[0].replace("\n", " "), "woorden", wat, ernst)
    for found in _TELWOORD_LOS.finditer(masked):
        if found[0].lower() not in _VRIJ and not any(a < found.end() and found.start() < b for a, b in taken):
            yield Vondst(found.start(), found[0], "woorden", "een getal in woorden", FOUT)

"""The figures that a text may refer to: how they are found by name and period, and what a reference stands for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from begrippen.fout import MonitorError
from begrippen.lijsten import LEEG_UITLEG, NIET_BESCHIKBAAR
from begrippen.oordeellijsten import ONVERANDERD
from reports import getallen
from reports.analyse import Groeideel
from reports.bewering import Bewering, Beweringen
from reports.model import PERIODE, Indicator, NietBeschikbaar, Punt, Regio
from reports.uitvoering import Uitvoering

NEDERLAND = "NL01"
Soort = Literal[
    "stand",
    "verschil_nl",
    "verandering",
    "trend",
    "jaar",
    "rang",
    "record",
    "uiterste",
    "citaat",
    "analyse",
    "vast",
    "kapot",
]


@dataclass(frozen=True)
class Record:
    """Whether the latest value of a region is a record: `mag` says whether a text may call it one, `uitleg` why."""

    record: str
    mag: bool
    reeks_van: str
    uitleg: str


@dataclass(frozen=True)
class Soortgenoten:
    """The regions that look most like one, for an indicator: the middle of their values in a period, and how many."""

    midden: float
    aantal: int
    periode: str


@dataclass(frozen=True)
class Cijfers:
    """All figures of a build that a text may refer to. Key of `records`: indicator and region code.

    `provincie`: the code of the region that is meant where a text names none; `afwezig`: indicators without a figure
    for it, with the reason; `gemeenten`: codes of its municipalities. `vast`: calls without anything between the
    brackets that only this text knows, such as the date of a letter. `beweringen`: what may be claimed of analyses;
    `elders`: names of regions of which it has no figures. `sectoren`: by region code; `soortgenoten`: by indicator and
    region code.
    """

    editie: int
    provincie: str
    indicatoren: dict[str, Indicator]
    regios: dict[str, Regio]
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    afwezig: dict[str, NietBeschikbaar] = field(default_factory=dict)
    gemeenten: tuple[str, ...] = ()
    vast: dict[str, Verwijzing] = field(default_factory=dict)
    beweringen: Beweringen = field(default_factory=Beweringen)
    elders: tuple[str, ...] = ()
    sectoren: dict[str, tuple[Groeideel, ...]] = field(default_factory=dict)
    soortgenoten: dict[tuple[str, str], Soortgenoten] = field(default_factory=dict)
    uitvoering: Uitvoering | None = None


@dataclass(frozen=True)
class Verwijzing:
    """A reference in a text: what it prints and what that stands for.

    `richting`: 1 up, -1 down, 0 no difference, None not about a movement; `eenheid` of a difference may be
    'procentpunt'. `jaren`: the years that the printed words name themselves. `spreek`: what is read out, where that
    differs from what is seen. `bewering`: the claim that it tells.
    """

    functie: str
    soort: Soort
    tekst: str
    regel: int = 0
    spreek: str = ""
    indicator: Indicator | None = None
    regio: Regio | None = None
    punt: Punt | None = None
    richting: int | None = None
    eenheid: str = ""
    jaren: frozenset[int] = frozenset()
    bewering: Bewering | None = None

    @property
    def is_cijfer(self) -> bool:
        """Whether it is about a figure, so that a claim in its sentence can be held against that figure."""
        return self.indicator is not None


class VerwijzingError(MonitorError):
    """A reference that can not be followed: `wat` is wrong, `vervolg` what to write."""

    code = "verwijzing"
    exit_code = 1

    def __init__(self, wat: str, advies: str) -> None:
        super().__init__(wat, vervolg=advies)


class GeenWaardeError(VerwijzingError):
    """A reference to a figure that is not there: the text may ask beforehand with `aanwezig`."""


def nearest_names(wanted: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names that hold what is wanted, or look like it."""
    folded = {n.lower().replace("_", " "): n for n in names}
    text = wanted.lower().replace("_", " ").strip()
    inside = [folded[f] for f in folded if text and text in f]
    close = [folded[f] for f in difflib.get_close_matches(text, folded, n=count, cutoff=0.5)]
    return list(dict.fromkeys(close + sorted(inside, key=len)))[:count]


def sign(value: float) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def shown_sign(indicator: Indicator, new: float, old: float) -> int:
    """The sign of a difference as a reader sees it: of the rounded values."""
    decimalen = indicator.decimalen
    return sign(float(getallen.round_half_away(new, decimalen) - getallen.round_half_away(old, decimalen)))


def find_indicator(cijfers: Cijfers, wanted: str) -> Indicator:
    """The indicator with this id. Raises VerwijzingError with the nearest ones, GeenWaardeError without figures."""
    if (found := cijfers.indicatoren.get(wanted)) is not None:
        return found
    if (absent := cijfers.afwezig.get(wanted)) is not None:
        raise GeenWaardeError(
            f"'{absent.naam}' heeft geen cijfers: {_waarom(absent)}", als_aanwezig(f'cijfer("{wanted}")')
        )
    names = {i.naam: i.id for i in cijfers.indicatoren.values()}
    ids = [*nearest_names(wanted, cijfers.indicatoren), *(names[n] for n in nearest_names(wanted, names))]
    raise VerwijzingError(
        f"indicator '{wanted}' bestaat niet",
        _either(list(dict.fromkeys(ids))[:3], "Alle namen: monitor indicator"),
    )


def find_regio(cijfers: Cijfers, wanted: str | None = None) -> Regio:
    """The region with this code or name, by default the province. Raises VerwijzingError with the nearest ones."""
    if wanted is None:
        return cijfers.regios[cijfers.provincie]
    if (found := cijfers.regios.get(wanted)) is not None:
        return found
    names = {naam: r for r in cijfers.regios.values() for naam in (r.naam, r.wie, r.titel)}
    by_lower = {n.lower(): r for n, r in names.items()}
    if (found := by_lower.get(wanted.strip().lower())) is not None:
        return found
    near = nearest_names(wanted, (*names, *cijfers.regios))
    raise VerwijzingError(
        f"regio '{wanted}' bestaat niet", _either(near, f"Kies uit: {', '.join(sorted(cijfers.regios))}")
    )


def _either(near: list[str], otherwise: str) -> str:
    return f"Bedoelt u {' of '.join(repr(n) for n in near)}? {otherwise}" if near else otherwise


def _waarom(absent: NietBeschikbaar) -> str:
    return (absent.uitleg or absent.reden.replace("_", " ")).rstrip(".")


def als_aanwezig(call: str) -> str:
    """What to do where a figure may be missing."""
    return (
        f"Noem een ander cijfer, of zet de zin tussen {{% if aanwezig({call}) %}} en {{% endif %}}: "
        "dan staat hij er alleen als het cijfer er is."
    )


def schrijf_call(functie: str, indicator: Indicator, regio: Regio, jaar: str = "") -> str:
    """A reference as an editor writes it."""
    more = f', "{jaar}"' if jaar else ""
    return f'{functie}("{indicator.id}", "{regio.code}"{more})'


def find_punt(cijfers: Cijfers, indicator: Indicator, regio: Regio, wanted: str | int | None) -> Punt:
    """The point of a period (year, or code of CBS); without `wanted` the latest of the edition.

    Raises VerwijzingError for a period that is no period, GeenWaardeError where there is no value.
    """
    stand = indicator.standen.get(regio.code)
    reeks = indicator.reeksen.get(regio.code)
    if wanted is None:
        punt = stand.punt if stand else None
        if punt is None:
            raise GeenWaardeError(
                f"'{indicator.naam}' heeft geen cijfer voor {regio.naam}",
                als_aanwezig(schrijf_call("cijfer", indicator, regio)),
            )
    else:
        text = str(wanted).strip()
        code = f"{text}JJ00" if text.isascii() and text.isdigit() and len(text) == 4 else text
        punt = reeks.point(code) if reeks and PERIODE.fullmatch(code) else None
        if punt is None:
            known = [getallen.format_periode(p.periode) for p in reeks.punten if p.waarde is not None] if reeks else []
            raise GeenWaardeError(
                f"'{indicator.naam}' heeft voor {regio.naam} geen cijfer van '{text}'",
                f"Er zijn cijfers van {known[0]} tot en met {known[-1]}."
                if known
                else als_aanwezig(schrijf_call("cijfer", indicator, regio)),
            )
    if punt.waarde is None:
        leeg = punt.leeg_reden or "onbekend"
        reden = NIET_BESCHIKBAAR.get(leeg) or LEEG_UITLEG[leeg]
        raise GeenWaardeError(
            f"'{indicator.naam}' is voor {regio.naam} in {getallen.format_periode(punt.periode)} n.b.: {reden}",
            als_aanwezig(schrijf_call("cijfer", indicator, regio)),
        )
    return punt


def movement(kaart: Indicator, gebied: Regio) -> int | None:
    """How an indicator moves over the window: 1 up, -1 down, 0 not significantly or hardly, None if not tested."""
    oordeel = kaart.oordelen.get(gebied.code)
    if oordeel is None or oordeel.trend in ("te weinig gegevens", "reeksbreuk"):
        return None
    return 0 if oordeel.trend in ONVERANDERD else sign(oordeel.helling or 0.0)


def suggest(cijfers: Cijfers, getal: str, procent: bool, beside: str) -> list[str]:
    """References that print this number today: what a typist may have meant.

    Of indicators that the words `beside` it name; of others only where a number of three digits can be no coincidence.
    The province and the Netherlands come first.
    """
    words = set(re.findall(r"[a-zà-ÿ]{5,}", beside.lower()))
    found: list[tuple[bool, int, str]] = []
    order = {cijfers.provincie: 0, NEDERLAND: 1}
    for kaart in cijfers.indicatoren.values():
        named = any(w in f"{kaart.id} {kaart.naam}".lower() for w in words)
        for code, stand in kaart.standen.items():
            if stand.punt is None or stand.punt.waarde is None or procent != getallen.is_percentage(kaart.eenheid):
                continue
            if getallen.format_getal(stand.punt.waarde, kaart.decimalen) == getal:
                call = f'cijfer("{kaart.id}")' if code == cijfers.provincie else f'cijfer("{kaart.id}", "{code}")'
                found.append((not named, order.get(code, 2), f"{{{{ {call} }}}}"))
    best = [f for f in sorted(found) if not f[0]]
    if not best and sum(c.isdigit() for c in getal) >= 3:
        best = sorted(found)
    return [call for _, _, call in best][:3]

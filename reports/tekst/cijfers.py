"""The figures that a text may refer to, and the closed set of functions with which it does.

Each function takes names and years as an editor types them and gives a `Verwijzing`: the words to print, and what they
stand for, so that the rules of `zinregels` can hold the sentence around them against the figures.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from begrippen.fout import MonitorError
from begrippen.lijsten import LEEG_UITLEG, NIET_BESCHIKBAAR, POSITIE_IN_ZIN, REGIOSOORT_MEERVOUD
from reports import getallen
from reports.model import PERIODE, Indicator, NietBeschikbaar, Punt, Regio
from reports.totaal import is_totaal
from reports.zinnen import has_gunstige_kant, vergelijking

NEDERLAND = "NL01"
VOORLOPIG = "voorlopig cijfer"
Soort = Literal[
    "stand", "verschil_nl", "verandering", "trend", "jaar", "rang", "record", "uiterste", "citaat", "vast", "kapot"
]


@dataclass(frozen=True)
class Record:
    """Whether the latest value of a region is a record: `mag` says whether a text may call it one, `uitleg` why."""

    record: str
    mag: bool
    reeks_van: str
    uitleg: str


@dataclass(frozen=True)
class Cijfers:
    """All figures of a build that a text may refer to. Key of `records`: indicator and region code.

    `provincie`: the code of the region that is meant where a text names none; `afwezig`: indicators without a figure
    for it, with the reason; `gemeenten`: codes of its municipalities. `vast`: calls without anything between the
    brackets that only this text knows, such as the date of a letter.
    """

    editie: int
    provincie: str
    indicatoren: dict[str, Indicator]
    regios: dict[str, Regio]
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    afwezig: dict[str, NietBeschikbaar] = field(default_factory=dict)
    gemeenten: tuple[str, ...] = ()
    vast: dict[str, Verwijzing] = field(default_factory=dict)


@dataclass(frozen=True)
class Verwijzing:
    """A reference in a text: what it prints and what that stands for.

    `richting`: 1 up, -1 down, 0 no difference, None not about a movement; `eenheid` of a difference may be
    'procentpunt'. `jaren`: the years that the printed words name themselves. `spreek`: what is read out, where that
    differs from what is seen.
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


def _nearest(wanted: str, names: Iterable[str], count: int = 3) -> list[str]:
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
        raise GeenWaardeError(f"'{absent.naam}' heeft geen cijfers: {_waarom(absent)}", _als(f'cijfer("{wanted}")'))
    names = {i.naam: i.id for i in cijfers.indicatoren.values()}
    ids = [*_nearest(wanted, cijfers.indicatoren), *(names[n] for n in _nearest(wanted, names))]
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
    names = {naam: r for r in cijfers.regios.values() for naam in (r.naam, r.wie)}
    by_lower = {n.lower(): r for n, r in names.items()}
    if (found := by_lower.get(wanted.strip().lower())) is not None:
        return found
    near = _nearest(wanted, (*names, *cijfers.regios))
    raise VerwijzingError(
        f"regio '{wanted}' bestaat niet", _either(near, f"Kies uit: {', '.join(sorted(cijfers.regios))}")
    )


def _either(near: list[str], otherwise: str) -> str:
    return f"Bedoelt u {' of '.join(repr(n) for n in near)}? {otherwise}" if near else otherwise


def _waarom(absent: NietBeschikbaar) -> str:
    return (absent.uitleg or absent.reden.replace("_", " ")).rstrip(".")


def _als(call: str) -> str:
    return (
        f"Noem een ander cijfer, of zet de zin tussen {{% if aanwezig({call}) %}} en {{% endif %}}: "
        "dan staat hij er alleen als het cijfer er is."
    )


def _call(functie: str, indicator: Indicator, regio: Regio, jaar: str = "") -> str:
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
                f"'{indicator.naam}' heeft geen cijfer voor {regio.naam}", _als(_call("cijfer", indicator, regio))
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
                else _als(_call("cijfer", indicator, regio)),
            )
    if punt.waarde is None:
        leeg = punt.leeg_reden or "onbekend"
        reden = NIET_BESCHIKBAAR.get(leeg) or LEEG_UITLEG[leeg]
        raise GeenWaardeError(
            f"'{indicator.naam}' is voor {regio.naam} in {getallen.format_periode(punt.periode)} n.b.: {reden}",
            _als(_call("cijfer", indicator, regio)),
        )
    return punt


def _bedrag(indicator: Indicator, punt: Punt) -> tuple[str, str]:
    """A value as printed, provisional marked by a star, and as read out: ('3,2%*', '3,2% (voorlopig cijfer)')."""
    assert punt.waarde is not None
    kaal = getallen.with_eenheid(getallen.format_getal(punt.waarde, indicator.decimalen), indicator.eenheid)
    kaal = ("ongeveer " if punt.benadering else "") + kaal
    return (f"{kaal}*", f"{kaal} ({VOORLOPIG})") if punt.is_voorlopig else (kaal, "")


def _marked(hoeveel: str, rest: str, voorlopig: bool) -> tuple[str, str]:
    """A difference whose figures are provisional: a star behind the amount, and what is read out. No amount: equal."""
    if not hoeveel:
        return rest, ""
    if not voorlopig:
        return f"{hoeveel} {rest}", ""
    return f"{hoeveel}* {rest}", f"{hoeveel} ({VOORLOPIG}) {rest}"


def cijfer(cijfers: Cijfers, indicator: str, regio: str | None = None, periode: str | int | None = None) -> Verwijzing:
    """The value with its unit: '3,2%'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    punt = find_punt(cijfers, kaart, gebied, periode)
    tekst, spreek = _bedrag(kaart, punt)
    return Verwijzing("cijfer", "stand", tekst, 0, spreek, kaart, gebied, punt, eenheid=kaart.eenheid)


def jaar(cijfers: Cijfers, indicator: str, regio: str | None = None, periode: str | int | None = None) -> Verwijzing:
    """The period of the value: '2025', '2e kwartaal 2025'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    punt = find_punt(cijfers, kaart, gebied, periode)
    return Verwijzing(
        *("jaar", "jaar", getallen.format_periode(punt.periode)),
        indicator=kaart, regio=gebied, punt=punt, jaren=frozenset({punt.jaar}),
    )  # fmt: skip


def _refuse_total(kaart: Indicator, cijfers: Cijfers, functie: str) -> None:
    if is_totaal(kaart, find_regio(cijfers), cijfers.regios[NEDERLAND]):
        raise VerwijzingError(
            f"'{kaart.naam}' is een totaal: het verschil met Nederland zegt alleen dat Nederland groter is",
            f"Laat {functie} weg, of neem een indicator die een aandeel of een gemiddelde is.",
        )


def verschil_nl(
    cijfers: Cijfers, indicator: str, regio: str | None = None, periode: str | int | None = None
) -> Verwijzing:
    """The value beside that of the Netherlands: '2,1 procentpunt lager dan', 'ongeveer even hoog als'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    _refuse_total(kaart, cijfers, "verschil_nl")
    punt = find_punt(cijfers, kaart, gebied, periode)
    theirs = find_punt(cijfers, kaart, find_regio(cijfers, NEDERLAND), punt.periode)
    assert punt.waarde is not None and theirs.waarde is not None
    tekst, spreek = _marked(*vergelijking(kaart, punt.waarde, theirs.waarde), punt.is_voorlopig or theirs.is_voorlopig)
    return Verwijzing(
        *("verschil_nl", "verschil_nl", tekst, 0, spreek, kaart, gebied, punt),
        richting=shown_sign(kaart, punt.waarde, theirs.waarde),
        eenheid="procentpunt" if "procentpunt" in tekst else kaart.eenheid,
    )  # fmt: skip


def verandering(
    cijfers: Cijfers,
    indicator: str,
    regio: str | None = None,
    sinds: str | int | None = None,
    periode: str | int | None = None,
) -> Verwijzing:
    """The change since an earlier year, two years back if none is named: '0,4 procentpunt hoger dan in 2022'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    punt = find_punt(cijfers, kaart, gebied, periode)
    if sinds is None:
        sinds = f"{punt.jaar - 2}{punt.periode[4:]}"
    before = find_punt(cijfers, kaart, gebied, sinds)
    if before.moment >= punt.moment:
        raise VerwijzingError(
            f"verandering sinds {getallen.format_periode(before.periode)} tot {getallen.format_periode(punt.periode)} "
            "gaat niet vooruit",
            "Geef bij 'sinds' een eerder jaar dan dat van het cijfer.",
        )
    if kaart.crosses_break(before.jaar, punt.jaar):
        raise GeenWaardeError(
            f"'{kaart.naam}' heeft een reeksbreuk tussen {before.jaar} en {punt.jaar}: niet te vergelijken",
            f"Kies bij 'sinds' een jaar na de breuk ({max(b.vanaf for b in kaart.breuken)} of later), of laat het weg.",
        )
    assert punt.waarde is not None and before.waarde is not None
    wanneer = f"in {getallen.format_periode(before.periode)}"
    richting = shown_sign(kaart, punt.waarde, before.waarde)
    if richting == 0:
        tekst, spreek, eenheid = f"even hoog als {wanneer}", "", ""
    else:
        text = getallen.format_verschil(kaart, punt.waarde, punt.waarde - before.waarde, lang=True)
        hoeveel = text.lstrip("+" + getallen.MIN)
        rest = f"{'hoger' if richting > 0 else 'lager'} dan {wanneer}"
        tekst, spreek = _marked(hoeveel, rest, punt.is_voorlopig or before.is_voorlopig)
        eenheid = "procentpunt" if "procentpunt" in hoeveel else "%" if "%" in hoeveel else kaart.eenheid
    return Verwijzing(
        *("verandering", "verandering", tekst, 0, spreek, kaart, gebied, punt, richting, eenheid),
        jaren=frozenset({before.jaar}),
    )


def movement(kaart: Indicator, gebied: Regio) -> int | None:
    """How an indicator moves over the window: 1 up, -1 down, 0 not significantly, None where it was not tested."""
    oordeel = kaart.oordelen.get(gebied.code)
    if oordeel is None or oordeel.trend in ("te weinig gegevens", "reeksbreuk"):
        return None
    return 0 if oordeel.trend == "geen significante verandering" else sign(oordeel.helling or 0.0)


def trend(cijfers: Cijfers, indicator: str, regio: str | None = None, meervoud: bool = False) -> Verwijzing:
    """The right verb: 'stijgt', 'daalt', 'verandert niet significant'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    richting = movement(kaart, gebied)
    if richting is None:
        oordeel = kaart.oordelen.get(gebied.code)
        raise GeenWaardeError(
            f"'{kaart.naam}' heeft voor {gebied.naam} geen trend: {oordeel.trend if oordeel else 'niet getoetst'}",
            _als(_call("trend", kaart, gebied)),
        )
    one, more = {
        1: ("stijgt", "stijgen"),
        -1: ("daalt", "dalen"),
        0: ("verandert niet significant", "veranderen niet significant"),
    }[richting]
    return Verwijzing(
        *("trend", "trend", more if meervoud else one), indicator=kaart, regio=gebied, richting=richting
    )  # fmt: skip


def rang(cijfers: Cijfers, indicator: str, regio: str | None = None) -> Verwijzing:
    """The place among its kind: 'plaats 3 van de 12 provincies (plaats 1 is het gunstigst)'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    oordeel = kaart.oordelen.get(gebied.code)
    if (
        oordeel is None
        or oordeel.rang is None
        or oordeel.positie not in POSITIE_IN_ZIN
        or gebied.soort not in REGIOSOORT_MEERVOUD
    ):
        raise GeenWaardeError(
            f"'{kaart.naam}' heeft voor {gebied.naam} geen plaats", _als(_call("rang", kaart, gebied))
        )
    kant = "gunstigst" if has_gunstige_kant(kaart) else "hoogst"
    return Verwijzing(
        *("rang", "rang", f"plaats {oordeel.rang} van de {oordeel.rang_van} {REGIOSOORT_MEERVOUD[gebied.soort]} "
          f"(plaats 1 is het {kant})"),
        indicator=kaart, regio=gebied,
    )  # fmt: skip


def record(cijfers: Cijfers, indicator: str, regio: str | None = None) -> Verwijzing:
    """A record that holds: 'de laagste waarde sinds 2013'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    found = cijfers.records.get((kaart.id, gebied.code))
    if found is None or not found.mag:
        raise GeenWaardeError(
            f"'{kaart.naam}' in {gebied.naam} is geen record: {found.uitleg if found else 'er is geen reeks'}",
            _als(_call("record", kaart, gebied)),
        )
    return Verwijzing(
        *("record", "record", f"de {found.record} waarde sinds {getallen.format_periode(found.reeks_van)}"),
        indicator=kaart, regio=gebied, richting=1 if found.record == "hoogste" else -1,
    )  # fmt: skip


def _extreme(cijfers: Cijfers, indicator: str, functie: Literal["hoogste", "laagste"]) -> Verwijzing:
    kaart = find_indicator(cijfers, indicator)
    punten = {c: s.punt for c in cijfers.gemeenten if (s := kaart.standen.get(c)) and s.punt is not None}
    known = {c: p for c, p in punten.items() if p.waarde is not None}
    if not known:
        raise GeenWaardeError(f"'{kaart.naam}' heeft geen cijfers van gemeenten", _als(f'{functie}("{kaart.id}")'))
    shown = {c: getallen.round_half_away(p.waarde or 0.0, kaart.decimalen) for c, p in known.items()}
    uiterste = (max if functie == "hoogste" else min)(shown.values())
    codes = [c for c in known if shown[c] == uiterste]
    tekst, spreek = _bedrag(kaart, known[codes[0]])
    namen = getallen.join(sorted(cijfers.regios[c].naam for c in codes))
    return Verwijzing(
        functie, "uiterste", f"{namen} ({tekst})", 0, f"{namen}, {spreek}" if spreek else "", kaart,
        cijfers.regios[codes[0]] if len(codes) == 1 else None, known[codes[0]], eenheid=kaart.eenheid,
    )  # fmt: skip


def hoogste(cijfers: Cijfers, indicator: str) -> Verwijzing:
    """The municipality of the province with the highest value: 'Emmen (4,1%)'."""
    return _extreme(cijfers, indicator, "hoogste")


def laagste(cijfers: Cijfers, indicator: str) -> Verwijzing:
    """The municipality of the province with the lowest value."""
    return _extreme(cijfers, indicator, "laagste")


def citaat(cijfers: Cijfers, tekst: str, bron: str) -> Verwijzing:
    """Words of another within a sentence, with their source; the only place for a figure that is not ours."""
    if not tekst.strip() or not any(c.isalpha() for c in bron):
        raise VerwijzingError(
            "een citaat zonder tekst of zonder bron", 'Schrijf: {{ citaat("de woorden", "de bron") }}'
        )
    return Verwijzing("citaat", "citaat", f"‘{tekst.strip()}’ ({bron.strip()})")


# The closed set: a text can call these and nothing else.
FUNCTIES: dict[str, Callable[..., Verwijzing]] = {
    f.__name__: f for f in (cijfer, jaar, verschil_nl, verandering, trend, rang, record, hoogste, laagste, citaat)
}
VOORBEELDEN = {
    "cijfer": '{{ cijfer("werkloosheid", "Emmen") }}',
    "jaar": '{{ jaar("werkloosheid") }}',
    "verschil_nl": '{{ verschil_nl("werkloosheid") }}',
    "verandering": '{{ verandering("werkloosheid", sinds=2022) }}',
    "trend": '{{ trend("werkloosheid") }}',
    "rang": '{{ rang("werkloosheid") }}',
    "record": '{{ record("werkloosheid") }}',
    "hoogste": '{{ hoogste("werkloosheid") }}',
    "laagste": '{{ laagste("werkloosheid") }}',
    "citaat": '{{ citaat("ruim 265.000 personen", "de titel van het stuk, paragraaf 1.1") }}',
}


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

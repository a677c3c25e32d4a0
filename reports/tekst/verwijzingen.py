"""The closed set of functions with which a text refers to a figure.

Each takes names and years as an editor types them and gives a `Verwijzing`: the words to print, and what they stand
for, so that the rules of `zinregels` can hold the sentence around them against the figures.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from begrippen.lijsten import GESCHAT, REGIOSOORT_MEERVOUD
from begrippen.oordeellijsten import POSITIE_IN_ZIN
from reports import getallen
from reports.bewering import Bewering
from reports.beweringzinnen import TOEVAL
from reports.model import Indicator, Punt
from reports.oordeelzinnen import GEDEELD, ongeveer, uiterste
from reports.prijzen import ONBEKEND, ONZEKER, inflatie, is_nominaal
from reports.tekst import analyseverwijzingen
from reports.tekst.cijfers import (
    NEDERLAND,
    Cijfers,
    GeenWaardeError,
    Verwijzing,
    VerwijzingError,
    als_aanwezig,
    find_indicator,
    find_punt,
    find_regio,
    movement,
    schrijf_call,
    shown_sign,
)
from reports.totaal import is_totaal
from reports.zinnen import VERWACHTING, vergelijking

VOORLOPIG = "voorlopig cijfer"


def _bedrag(indicator: Indicator, punt: Punt) -> tuple[str, str]:
    """A value as printed, provisional marked by a star, and as read out: ('3,2%*', '3,2% (voorlopig cijfer)').

    What was not counted is 'naar schatting 3,2%', what is expected 'naar verwachting 3,2%'.
    """
    assert punt.waarde is not None
    kaal = getallen.met_eenheid(punt.waarde, indicator.decimalen, indicator.eenheid)
    if indicator.meting == VERWACHTING:
        return f"naar verwachting {kaal}", ""
    kaal = ("naar schatting " if indicator.meting in GESCHAT else "ongeveer " if punt.benadering else "") + kaal
    return (f"{kaal}*", f"{kaal} ({VOORLOPIG})") if punt.is_voorlopig else (kaal, "")


def _marked(hoeveel: str, rest: str, voorlopig: bool) -> tuple[str, str]:
    """A difference whose figures are provisional: a star behind the amount, and what is read out. No amount: equal."""
    if not hoeveel:
        return rest, ""
    if not voorlopig:
        return f"{hoeveel} {rest}", ""
    return f"{hoeveel}* {rest}", f"{hoeveel} ({VOORLOPIG}) {rest}"


def _binnen_marge(b: Bewering | None, punt: Punt, ander: Punt) -> bool:
    """Whether a difference may be all chance: by the margins of both figures, else by the claim `b` on the same two."""
    half = [
        (p.marge_boven - p.marge_onder) / 2
        for p in (punt, ander)
        if p.marge_boven is not None and p.marge_onder is not None
    ]
    if len(half) == 2:
        return abs((punt.waarde or 0.0) - (ander.waarde or 0.0)) <= math.hypot(*half)
    zelfde = b is not None and b.periode == punt.periode and b.periode_eerder in (ander.periode, None)
    return b is not None and zelfde and b.oordeel == "binnen_marge"


def _geschat(kaart: Indicator, *punten: Punt) -> bool:
    """Whether a figure is an estimate whose source gives no margin."""
    return kaart.meting in GESCHAT and any(None in (p.marge_onder, p.marge_boven) for p in punten)


def _ongeteld(kaart: Indicator) -> bool:
    """Whether it is made of events that the source does not count: no estimate, and a difference may be chance."""
    return bool(kaart.kaart.get("gebeurtenissen")) and kaart.aggregatie not in ("som", "verhouding")


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
    """The value beside that of the Netherlands: '2,1 procentpunt lager dan', 'even hoog als'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    _refuse_total(kaart, cijfers, "verschil_nl")
    punt = find_punt(cijfers, kaart, gebied, periode)
    theirs = find_punt(cijfers, kaart, find_regio(cijfers, NEDERLAND), punt.periode)
    assert punt.waarde is not None and theirs.waarde is not None
    tekst, spreek = _marked(*vergelijking(kaart, punt.waarde, theirs.waarde), punt.is_voorlopig or theirs.is_voorlopig)
    richting = shown_sign(kaart, punt.waarde, theirs.waarde)
    if richting and _binnen_marge(cijfers.beweringen.find("verschil_nl", kaart.id, gebied.code), punt, theirs):
        tekst, spreek, richting = "niet duidelijk anders dan", "", 0
    elif richting and (_geschat(kaart, punt, theirs) or _ongeteld(kaart)):
        # the sentence goes on behind 'dan' with the country, so that what is said of chance stands before it
        tekst, spreek = (t and f"{t.removesuffix(' dan')}, {TOEVAL}, dan" for t in (tekst, spreek))
    maat = getallen.verschilmaat(kaart, punt.waarde, punt.waarde - theirs.waarde)
    return Verwijzing(
        *("verschil_nl", "verschil_nl", tekst, 0, spreek, kaart, gebied, punt),
        richting=richting,
        eenheid=maat if richting else kaart.eenheid,
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
    if kaart.prijzen == ONBEKEND:
        raise GeenWaardeError(
            f"van '{kaart.naam}' is {ONZEKER}: bedragen van twee jaren zijn niet te vergelijken",
            "Laat 'sinds' weg, en noem alleen het bedrag met zijn jaar.",
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
        tekst, spreek, eenheid = f"{getallen.even(kaart)} {wanneer}", "", ""
    elif _binnen_marge(cijfers.beweringen.find("verandering", kaart.id, gebied.code), punt, before):
        tekst, spreek, eenheid, richting = f"niet duidelijk anders dan {wanneer}", "", "", 0
    else:
        text = getallen.format_verschil(kaart, punt.waarde, punt.waarde - before.waarde, lang=True)
        hoeveel = text.lstrip("+" + getallen.MIN)
        rest = f"{getallen.trap(kaart, punt.waarde - before.waarde)} dan {wanneer}"
        erbij = [inflatie(kaart)] * is_nominaal(kaart) + [TOEVAL] * (_geschat(kaart, punt, before) or _ongeteld(kaart))
        rest += f" ({', '.join(erbij)})" if erbij else ""
        tekst, spreek = _marked(hoeveel, rest, punt.is_voorlopig or before.is_voorlopig)
        eenheid = getallen.verschilmaat(kaart, punt.waarde, punt.waarde - before.waarde)
    return Verwijzing(
        *("verandering", "verandering", tekst, 0, spreek, kaart, gebied, punt, richting, eenheid),
        jaren=frozenset({before.jaar}),
    )


def trend(cijfers: Cijfers, indicator: str, regio: str | None = None, meervoud: bool = False) -> Verwijzing:
    """The right verb: 'stijgt', 'daalt', 'verandert niet duidelijk'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    richting = movement(kaart, gebied)
    if richting is None:
        oordeel = kaart.oordelen.get(gebied.code)
        raise GeenWaardeError(
            f"'{kaart.naam}' heeft voor {gebied.naam} geen trend: {oordeel.trend if oordeel else 'niet getoetst'}",
            als_aanwezig(schrijf_call("trend", kaart, gebied)),
        )
    one, more = {
        1: ("stijgt", "stijgen"),
        -1: ("daalt", "dalen"),
        0: ("verandert niet duidelijk", "veranderen niet duidelijk"),
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
            f"'{kaart.naam}' heeft voor {gebied.naam} geen plaats", als_aanwezig(schrijf_call("rang", kaart, gebied))
        )
    plaats = f"{GEDEELD if oordeel.gedeeld else ongeveer(kaart)}plaats {oordeel.rang}"
    return Verwijzing(
        *("rang", "rang", f"{plaats} van de {oordeel.rang_van} {REGIOSOORT_MEERVOUD[gebied.soort]} "
          f"(plaats 1 is {uiterste(kaart)})"),
        indicator=kaart, regio=gebied,
    )  # fmt: skip


def record(cijfers: Cijfers, indicator: str, regio: str | None = None) -> Verwijzing:
    """A record that holds: 'de laagste waarde sinds 2013'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    found = cijfers.records.get((kaart.id, gebied.code))
    if found is None or not found.mag:
        raise GeenWaardeError(
            f"'{kaart.naam}' in {gebied.naam} is geen record: {found.uitleg if found else 'er is geen reeks'}",
            als_aanwezig(schrijf_call("record", kaart, gebied)),
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
        raise GeenWaardeError(
            f"'{kaart.naam}' heeft geen cijfers van gemeenten", als_aanwezig(f'{functie}("{kaart.id}")')
        )
    kant = "hoogst" if functie == "hoogste" else "laagst"
    if not any(cijfers.beweringen.find("uiterste", f"{kaart.id}/{kant}", c) for c in known):
        raise GeenWaardeError(
            f"wie bij '{kaart.naam}' de {functie} is, is niet zeker: een ander kan er ook staan",
            als_aanwezig(f'{functie}("{kaart.id}")'),
        )
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
    f.__name__: f
    for f in (
        *(cijfer, jaar, verschil_nl, verandering, trend, rang, record, hoogste, laagste, citaat),
        *analyseverwijzingen.ANALYSES,
    )
}
VOORBEELDEN = analyseverwijzingen.VOORBEELDEN | {
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

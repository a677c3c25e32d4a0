"""The summary in English: a page of the website and a sheet, made of the same claims with the same figures.

The vocabulary is closed: every verdict of a claim has its words in `begrippen.beweringen`, every measure of a core
indicator has them here, and what has none is refused. Names of indicators stand on their cards (`en`).
"""

from __future__ import annotations

from datetime import datetime

from begrippen.beweringen import GEEN_VERANDERING, OORDEEL_EN
from begrippen.eenheid import read_eenheid
from begrippen.lijsten import STATUS_UITLEG
from begrippen.rekenregels import REKENREGELS
from reports.bewering import Bewering, Telling, count_onzeker
from reports.beweringzinnen import door_afronding, gelijk_gedrukt
from reports.document import Alinea, Blad, Blok, Document, Lijst
from reports.fout import DocumentError
from reports.getallen import format_getal, is_percentage
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Taal
from reports.model import Indicator, Rapport
from reports.telzinnen import antwoord_stil
from reports.zinnen import BENADERING, ONBEVESTIGD, PROGNOSE, SCHATTING, haakjes, voorbehoud_los

BLAD, TITEL = "english", "Summary in English"
SAMENVATTING = "summary-en.pdf"

ANTWOORDEN = {
    "gunstig": "Compared with two years earlier, clearly more has improved than worsened in {wie}.",
    "ongunstig": "Compared with two years earlier, clearly more has worsened than improved in {wie}.",
    "gelijk": "Compared with two years earlier, {wie} is neither clearly better nor clearly worse off.",
    "geen": "There are too few recent figures to say whether {wie} is better or worse off than two years earlier.",
}
# what stands behind a number, by the measure of its unit
MATEN: dict[str, str] = {
    "%": "%",
    "euro": " euros",
    "mln euro": " million euros",
    "aantal": "",
    "x 1 000": " thousand",
    "ton CO2-equivalent": " tonnes of CO2 equivalent",
    "": "",
    "index": "",
    "km": " km",
    "jaren": " years",
}
# what is said of a figure behind its year
VOORBEHOUD = {
    SCHATTING: "estimate",
    BENADERING: "approximation",
    PROGNOSE: "forecast",
    STATUS_UITLEG["voorlopig"]: "provisional",
    STATUS_UITLEG["nader_voorlopig"]: "revised provisional",
    ONBEVESTIGD: "unconfirmed",
}
VOORBEELD = "Sample figures: made up to show how the report works."
CONCEPT = "Draft."
# the names of months, whatever the language of the machine
MAANDEN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# publishers with a name of their own in English
UITGEVERS = {"CBS": "Statistics Netherlands (CBS)"}


def getal(indicator: Indicator, waarde: float) -> str:
    """A value with its measure in English: '63.4%', '37,146 euros'. Raises DocumentError for an unknown measure."""
    text = format_getal(waarde, indicator.decimalen).translate(str.maketrans(",.", ".,"))
    maat = "%" if is_percentage(indicator.eenheid) else read_eenheid(indicator.eenheid).maat
    if maat not in MATEN:
        raise DocumentError(
            f"de eenheid '{indicator.eenheid}' van {indicator.id} heeft geen woord in het Engels",
            vervolg="Zet het in MATEN, in reports/engels.py.",
        )
    return text + MATEN[maat]


def _jaar(periode: str | None) -> str:
    return (periode or "")[:4]


TREND_EN = {
    "gunstig": "moving in the desired direction from {van} to {tot}",
    "ongunstig": "moving away from the desired direction from {van} to {tot}",
}
# of what is counted there are more or fewer
_GETELD = {"hoger": "more than {dan}", "lager": "fewer than {dan}"}


def _oordeel(indicator: Indicator, b: Bewering, dan: str) -> str:
    moved = b.zekerheid == "marge_onbekend" and b.oordeel not in GEEN_VERANDERING
    geteld = indicator.eenheid == "aantal"
    # more than in a year, but different from that year
    van = dan.removeprefix("in ")
    if b.oordeel == "nagenoeg_gelijk" and b.waarde is not None:
        # as in Dutch: what is printed the same is the same, and all else differs a little
        if gelijk_gedrukt(indicator, b) and not door_afronding(indicator, b):
            return f"the same as {dan}"
        if b.zekerheid == "binnen_marge" or door_afronding(indicator, b):
            return OORDEEL_EN["binnen_marge"].format(van=van)
        meer, minder = ("more", "fewer") if geteld else ("higher", "lower")
        toeval = ", unless that is chance" if b.zekerheid == "marge_onbekend" else ""
        return f"slightly {meer if (b.verschil or 0.0) > 0 else minder} than {dan}{toeval}"
    woorden = OORDEEL_EN | (_GETELD if geteld else {})
    return woorden[b.oordeel].format(dan=dan, van=van) + (", unless that is chance" if moved else "")


def regel(rapport: Rapport, indicator: Indicator) -> str:
    """A core indicator in a line: 'Inhabitants: 508,100 in 2026; more than in 2024.'; empty without a value."""
    b, code = rapport.beweringen, rapport.provincie.code
    stand = b.find("stand", indicator.id, code)
    if stand is None or stand.waarde is None:
        return ""
    zeker = haakjes(*(VOORBEHOUD[woord] for woord in voorbehoud_los(indicator, indicator.punt(code))))
    parts = [f"{getal(indicator, stand.waarde)} in {_jaar(stand.periode)}{zeker}"]
    sinds = b.find("verandering_reeel", indicator.id, code)
    if sinds and sinds.periode_eerder:
        # what an amount of what was made buys more, is no growth
        koopkracht = "in purchasing power (this is not economic growth)"
        zonder = koopkracht if indicator.kaart.get("volume") else "after inflation"
        parts.append(f"{_oordeel(indicator, sinds, f'in {_jaar(sinds.periode_eerder)}')} {zonder}")
    elif (sinds := b.find("verandering", indicator.id, code)) and sinds.periode_eerder and sinds.oordeel != "geen":
        parts.append(_oordeel(indicator, sinds, f"in {_jaar(sinds.periode_eerder)}"))
    # two years may show nothing, or the other way, of what the whole series shows
    trend = b.find("trend", indicator.id, code)
    if trend and trend.actueel and trend.oordeel in TREND_EN and sinds and sinds.oordeel != trend.oordeel:
        parts.append(TREND_EN[trend.oordeel].format(van=_jaar(trend.periode_eerder), tot=_jaar(trend.periode)))
    if nl := b.find("verschil_nl", indicator.id, code):
        parts.append(_oordeel(indicator, nl, "the Netherlands"))
    return f"{indicator.kaart.get('en') or ''}: {'; '.join(parts)}."


def make_zinnen(tafel: Schrijftafel) -> list[str]:
    """The verdict of the edition and its counts, with their years."""
    p, b = tafel.rapport.provincie, tafel.rapport.beweringen
    zinnen = []
    if antwoord := b.antwoord("alles", p.code, p.soort):
        zinnen.append(ANTWOORDEN[antwoord.oordeel].format(wie=p.naam))
        if antwoord.oordeel != "geen" and (stil := antwoord_stil(antwoord)) is not None:
            zinnen.append(f"Most indicators ({stil} of {antwoord.telling_van}) show no clear difference.")
    if (sinds := b.telling("verandering", "alles", p.code, p.soort)) and sinds.van >= REKENREGELS.minste_telling:
        zinnen.append(
            f"Of {sinds.van} indicators with a desired direction, {_tel(sinds['gunstig'], 'is', 'are')} better and "
            f"{sinds['ongunstig']} worse than two years earlier; {_tel(sinds['gelijk'], 'shows', 'show')} no clear "
            f"difference. Their "
            f"latest figures are of {_jaren(sinds.eerste)}.{_toeval(sinds)}"
        )
    if (naast := b.telling("verschil_nl", "alles", p.code, p.soort)) and naast.van >= REKENREGELS.minste_telling:
        zinnen.append(
            f"Compared with the Netherlands, {p.naam} does better on {naast['gunstig']} of {naast.van} indicators "
            f"with a desired direction and worse on {naast['ongunstig']} ({_jaren(naast.eerste)}).{_toeval(naast)}"
        )
    return zinnen


def _toeval(t: Telling) -> str:
    """Of how many that are better or worse the source gives no margin; empty where it gives all."""
    aantal, samen = count_onzeker([t], ("gunstig", "ongunstig"))
    margin = "the source gives no margin for them"
    return f" {aantal} of these {samen} differences may be chance: {margin}." if aantal else ""


def _tel(aantal: int, enkel: str, meer: str) -> str:
    return f"{aantal or 'none'} {enkel if aantal == 1 else meer}"


def _jaren(b: Bewering) -> str:
    van, tot = _jaar(b.periode_oudst), _jaar(b.periode)
    return tot if van == tot else f"{van} {'and' if int(tot) - int(van) == 1 else 'to'} {tot}"


def make_blokken(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """The summary as blocks, every word marked as English; empty where no core indicator was chosen."""
    r = tafel.rapport
    regels = [z for i in tafel.gekozen(r.kern) if (z := regel(r, i))]
    if not regels:
        return ()
    uitleg = (
        "Better and worse are judged by the direction that the province wants. A difference smaller than rounding, "
        "than what matters or than the margin of the figure is not called a change. The full report is in Dutch."
    )
    gelezen = [VOORBEELD] if r.soort == "voorbeeld" else []
    # what was made up has no source
    bron = "" if gelezen else _bron(tafel)
    return (
        *(Alinea(_en(z)) for z in (*gelezen, *make_zinnen(tafel))),
        Lijst(tuple(_en(z) for z in regels)),
        Alinea(_en(f"{uitleg} {bron}".strip()), "noot"),
    )


def _bron(tafel: Schrijftafel) -> str:
    """Who published the figures of the core indicators: 'Source: Statistics Netherlands (CBS).'"""
    wie = dict.fromkeys(b.uitgever for i in tafel.gekozen(tafel.rapport.kern) for b in i.bronnen if b.uitgever)
    return f"Source: {', '.join(UITGEVERS.get(w, w) for w in wie)}." if wie else ""


def _embargo(tot: datetime | None) -> str:
    return f"Under embargo until {tot.day} {MAANDEN[tot.month - 1]} {tot.year}, {tot:%H:%M}." if tot else ""


def _en(tekst: str) -> Inhoud:
    return (Taal(tekst, "en"),)


def make_english(tafel: Schrijftafel) -> Blad | None:
    """The page of the website; None where no core indicator was chosen."""
    blokken = make_blokken(tafel)
    return Blad(BLAD, TITEL, "", blokken) if blokken else None


def make_samenvatting_en(tafel: Schrijftafel, site: Document) -> Document | None:
    """The same on a sheet of one page, in English; None where no core indicator was chosen."""
    r, blokken = tafel.rapport, make_blokken(tafel)
    if not blokken:
        return None
    voorbeeld, concept = VOORBEELD if r.soort == "voorbeeld" else "", CONCEPT if site.concept else ""
    gezegd = " ".join(z for z in (voorbeeld, concept, _embargo(r.embargo)) if z)
    return Document(
        titel=r.titel,
        ondertitel=TITEL,
        editie=r.editie,
        datum=r.datum,
        bladen=(Blad(BLAD, f"{r.provincie.naam} {r.editie}: summary in English", "", blokken, een_pagina=True),),
        melding=gezegd or None,
        taal="en",
        uitgever=r.gebied.uitgever,
    )

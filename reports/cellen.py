"""Cells and lines that chapters share: a value with its marks, a change, a place, a source, the walk back."""

from __future__ import annotations

import re
from dataclasses import replace

from begrippen.beweringen import GEEN_VERANDERING
from begrippen.lijsten import RICHTINGEN, STATUS_UITLEG
from begrippen.oordeellijsten import PLAATSREDENEN, POSITIES, TREND_WOORDEN, TRENDS
from reports import getallen
from reports.bewering import Bewering
from reports.beweringzinnen import door_afronding, zonder_inflatie
from reports.inhoud import Code, Inhoud, Klein, Koppeling, Merk, Nadruk, Run, Voorlees
from reports.model import Bron, Indicator, Punt, Rapport, Regio, Stand
from reports.model import Cel as Broncel
from reports.oordeel import Oordeel
from reports.oordeelzinnen import toeval_van
from reports.prijzen import inflatie, is_nominaal
from reports.tabel import Cel, Tabel
from reports.totaal import is_totaal

NB = "n.b."
VRAAG_UITLEG = "Een vraagteken achter een verschil, oordeel of plaats: dat kan toeval zijn."
# the delivery that holds figures of many publishers, a line each
SJABLOON = "sjabloon"
# what kind of table a source has, before its name; a delivery says so itself
_TABELSOORT = {"aanlevering": "", "register": "registertabel "}
KLEIN_UITLEG = (
    "Een verschil heet ‘klein’ als het kleiner is dan de afronding of dan wat ertoe doet, ‘te grof’ als de bron te "
    "grof afrondt om het te zien, en ‘toeval?’ als het binnen de marge van de meting valt."
)
_GELIJK = Merk("=", "gelijk", "neutraal")
_TE_GROF = Merk("=", "te grof", "neutraal")
_MERK: dict[str, Merk] = {
    "gunstig": Merk("+", "gunstig", "gunstig"),
    "ongunstig": Merk("\N{MINUS SIGN}", "ongunstig", "ongunstig"),
    "nagenoeg_gelijk": Merk("=", "klein", "neutraal"),
    "binnen_marge": Merk("=", "toeval?", "neutraal"),
}
# a percentage of fewer steps than this of the decimals of a figure says how coarse the figure is
MINSTE_STAPPEN = 10


def nb(waarom: str = getallen.NIET_BESCHIKBAAR) -> Inhoud:
    """The sign that something is not available, and what is heard in its place."""
    return (Voorlees(NB, waarom),)


def waarde(punt: Punt | None, decimalen: int) -> Inhoud:
    """A value as it stands in a table: the number with its marks; a symbol also in words for who listens."""
    text = getallen.format_punt(punt, decimalen)
    if punt is None or punt.waarde is None:
        return (Voorlees(text, getallen.explain_punt(punt)),)
    if punt.is_voorlopig:
        # the asterisks are seen, the word is heard
        number = text.rstrip("*")
        heard = f" {STATUS_UITLEG[punt.status]}"
        text_runs: Inhoud = (number, Voorlees(text[len(number) :], heard))
    else:
        text_runs = (text,)
    return (*text_runs, Voorlees("≈", f" {getallen.benadering_of(punt)}")) if punt.benadering else text_runs


def waarde_met_periode(punt: Punt | None, decimalen: int, anders_dan: str | None = None) -> Inhoud:
    """A value with its period, which is left out where it is `anders_dan`, the period that the reader expects."""
    text = waarde(punt, decimalen)
    if punt is None or punt.waarde is None or punt.periode == anders_dan:
        return text
    return (*text, Klein(f" {getallen.format_periode(punt.periode)}"))


def _is_landelijk(rapport: Rapport, indicator: Indicator) -> bool:
    """Whether it is about the country only: its sources have no figure of any smaller region."""
    niveau = any(n.indicator == indicator.id and n.reden == "niveau" for n in rapport.niet_beschikbaar)
    return niveau and {c for c in indicator.standen if indicator.punt(c)} == {rapport.nederland.code}


def laatste(rapport: Rapport, indicator: Indicator, regio: Regio, anders_dan: str | None = None) -> Inhoud:
    """The latest value of a region with its period (`waarde_met_periode`), or why it has none.

    What a card can not have for such a region is missing nowhere: neither withheld by its source nor impossible. Why it
    has none in the period that the reader expects goes before why it has none in a later one.
    """
    stand = indicator.standen.get(regio.code)
    punt = stand.punt if stand else None
    if indicator.punt(regio.code) is None:
        if regio.soort == "samengesteld" and indicator.aggregatie == "niet":
            return nb("niet uit gemeenten samen te stellen")
        if regio != rapport.nederland and _is_landelijk(rapport, indicator):
            return nb("gaat alleen over Nederland")
        if anders_dan and (reeks := indicator.reeksen.get(regio.code)):
            punt = reeks.point(anders_dan) or punt
    return waarde_met_periode(punt, indicator.decimalen, anders_dan)


def _kant(indicator: Indicator, bewering: Bewering | None, gedrukt: str) -> Merk | None:
    """The verdict of a claim about a difference, `gedrukt` beside it; None where neither side is the wanted one."""
    merk = _MERK.get(bewering.oordeel) if bewering else None
    if bewering is None or merk is None:
        return None
    if bewering.oordeel in GEEN_VERANDERING:
        # what can be seen to differ is not the same, nor small where it is the source that hides it
        if not re.search("[1-9]", gedrukt):
            return _GELIJK
        if bewering.oordeel == "nagenoeg_gelijk" and bewering.zekerheid == "binnen_marge":
            return _MERK["binnen_marge"]
        if bewering.oordeel == "nagenoeg_gelijk" and door_afronding(indicator, bewering):
            return _TE_GROF
        if bewering.oordeel == "binnen_marge":
            return merk
    return replace(merk, tekst=f"{merk.tekst}?") if bewering.zekerheid == "marge_onbekend" else merk


def _verschil(
    indicator: Indicator,
    waarde: float,
    verschil: float,
    merk: Bewering | None,
    erbij: str = "",
    *,
    precies: bool = False,
) -> Inhoud:
    """A difference, `erbij` about it and its verdict: of figures too coarse for a percentage only the verdict."""
    text = getallen.format_verschil(indicator, waarde, verschil, precies=precies)
    kant = _kant(indicator, merk, text)
    runs: list[Run] = [text]
    if kant is None and merk and merk.zekerheid == "marge_onbekend" and merk.oordeel not in GEEN_VERANDERING:
        # neither side is the wanted one, and it may be chance as well
        runs.append(Voorlees("?", ", kan toeval zijn"))
    if erbij:
        runs.append(Klein(f" {erbij}"))
    if kant is not None:
        nu, toen = getallen.gedrukt(indicator, waarde, verschil)
        grof = not nu or abs(toen).scaleb(indicator.decimalen) < MINSTE_STAPPEN
        runs = [kant] if kant.teken == "=" and text.endswith("%") and grof else [*runs, Klein(" "), kant]
    return tuple(runs)


def met_vraag(tabel: Tabel) -> Tabel:
    """The table with what a question mark in it says, where a verdict or a place has one."""
    runs = [run for r in tabel.rijen for c in r.cellen for run in c.inhoud]
    seen = [r.zichtbaar if isinstance(r, Voorlees) else r.tekst for r in runs if isinstance(r, Voorlees | Merk | Klein)]
    return replace(tabel, noten=(*tabel.noten, VRAAG_UITLEG)) if any("?" in text for text in seen) else tabel


def verandering(
    indicator: Indicator, stand: Stand | None, vorige: str | None, verschil: float | None, merk: Bewering | None = None
) -> Inhoud:
    """A change since an earlier period, 'reeksbreuk' where the two can not be compared, 'n.b.' where one is missing.

    `merk`: the claim about it, whose verdict stands beside it.
    """
    if stand is None or stand.punt is None or stand.punt.waarde is None or vorige is None:
        return nb()
    if indicator.crosses_break(int(vorige[:4]), stand.punt.jaar):
        return ("reeksbreuk",)
    if verschil is None:
        return nb()
    return _verschil(indicator, stand.punt.waarde, verschil, merk)


def sinds(rapport: Rapport, indicator: Indicator, regio: Regio) -> Inhoud:
    """The change since two years before the latest figure: of an amount apart from inflation, as far as is known.

    Without a price index what the amount itself did, named so and without a verdict.
    """
    stand = indicator.standen.get(regio.code)
    claim = rapport.beweringen.find("verandering", indicator.id, regio.code)
    if stand is None:
        return nb()
    if is_nominaal(indicator) and claim is not None:
        reeel = rapport.beweringen.find("verandering_reeel", indicator.id, regio.code)
        if reeel is not None and reeel.waarde is not None and reeel.verschil is not None:
            zonder = zonder_inflatie(indicator)
            return _verschil(indicator, reeel.waarde, reeel.verschil, reeel, zonder, precies=True)
        met = verandering(indicator, stand, stand.editie_periode, stand.verandering_editie)
        return (*met, Klein(f" {inflatie(indicator)}"))
    return verandering(indicator, stand, stand.editie_periode, stand.verandering_editie, claim)


def verschil_nl(rapport: Rapport, indicator: Indicator, stand: Stand | None, merk: Bewering | None = None) -> Inhoud:
    """The latest value of a region beside that of the Netherlands; a total as a share of it."""
    if stand is None or stand.punt is None or stand.punt.waarde is None or stand.waarde_nl is None:
        return nb()
    if is_totaal(indicator, rapport.provincie, rapport.nederland):
        if stand.waarde_nl <= 0 or stand.punt.waarde < 0 or getallen.is_percentage(indicator.eenheid):
            return (Voorlees("n.v.t.", "niet van toepassing"),)
        aandeel = 100 * stand.punt.waarde / stand.waarde_nl
        return (f"{getallen.format_getal(aandeel, 1 if aandeel >= 1 else 2)}% van NL",)
    verschil = stand.punt.waarde - stand.waarde_nl
    return _verschil(indicator, stand.punt.waarde, verschil, merk)


def trend(oordeel: Oordeel | None) -> Inhoud:
    """The trend as a mark; 'n.b.' where there is no judgement."""
    if oordeel is None:
        return nb("geen oordeel")
    teken, soort = TRENDS.get(oordeel.trend, ("?", "geen"))
    return (Merk(teken, TREND_WOORDEN.get(oordeel.trend, oordeel.trend), soort),)


def _kwart(rapport: Rapport, indicator: Indicator, regio: Regio, positie: str) -> tuple[str, bool]:
    """In which quarter a region is claimed to stand, as its sentence says, and whether that may be chance.

    Who hardly differs from the country, or shares a rank with many, is claimed to be in none. Else `positie`.
    """
    claim = rapport.beweringen.find("plaats", indicator.id, regio.code)
    if claim is None:
        return positie, False
    return (claim.oordeel if claim.oordeel in POSITIES else positie), bool(toeval_van(claim))


def plaats(rapport: Rapport, indicator: Indicator, regio: Regio, periode: str | None = None) -> Inhoud:
    """The place among its kind: '11 van 12', and in which quarter; with its period where that is not `periode`.

    A question mark where it may be chance. Where there is no place, the sign for it and why.
    """
    oordeel = indicator.oordelen.get(regio.code)
    if oordeel is None or oordeel.rang is None or oordeel.positie not in POSITIES:
        waarom = PLAATSREDENEN.get(oordeel.plaats_reden or "") if oordeel else None
        return nb(f"geen plaats: {waarom}" if waarom else "geen plaats")
    when = f", {getallen.format_periode(oordeel.periode)}" if oordeel.periode and oordeel.periode != periode else ""
    gedeeld = ", gedeeld" if oordeel.gedeeld else ""
    positie, toeval = _kwart(rapport, indicator, regio, oordeel.positie)
    return (
        Nadruk(str(oordeel.rang)),
        f" van {oordeel.rang_van}",
        Klein(f" {POSITIES[positie]}{'?' if toeval else ''}{gedeeld}{when}"),
    )


def richting(indicator: Indicator) -> Inhoud:
    """The wanted direction, with its sign."""
    teken, woord = RICHTINGEN[indicator.richting]
    return (Voorlees(teken, ""), f" {woord}")


def kwartcel(rapport: Rapport, indicator: Indicator, regio: Regio) -> Cel:
    """A cell of the heat table: the value, tinted and signed by its quarter among all regions of its kind.

    A question mark where that quarter may be chance.
    """
    punt = indicator.punt(regio.code)
    oordeel = indicator.oordelen.get(regio.code)
    stand = indicator.standen.get(regio.code)
    text = waarde(stand.punt if stand else None, indicator.decimalen)
    if punt is None or oordeel is None:
        return Cel(text)
    # a place of another year than the figure says which: left out it would read as a place in the middle
    jaar = getallen.format_periode(oordeel.periode) if oordeel.periode and oordeel.periode != punt.periode else ""
    positie, onzeker = _kwart(rapport, indicator, regio, oordeel.positie)
    vraag, toeval = ("?", ", kan toeval zijn") if onzeker else ("", "")
    vraag += f" ({jaar})" if jaar else ""
    gehoord = f", {POSITIES.get(positie, '')}{f' in {jaar}' if jaar else ''}{toeval}"
    match positie:
        case "bovenste_kwart":
            return Cel((*text, Voorlees(f" +{vraag}", gehoord)), "gunstig")
        case "onderste_kwart":
            return Cel((*text, Voorlees(f" \N{MINUS SIGN}{vraag}", gehoord)), "ongunstig")
        case "hoog":
            return Cel((*text, Voorlees(f" ▲{vraag}", gehoord)), "hoog")
        case "laag":
            return Cel((*text, Voorlees(f" ▼{vraag}", gehoord)), "laag")
    return Cel(text)


def met_kwart(tabel: Tabel, kwart: str) -> Tabel:
    """The table with `kwart` behind its caption where a cell has its quarter, and not where none has."""
    heeft = any(cel.vlak for rij in tabel.rijen for cel in rij.cellen)
    return replace(tabel, bijschrift=f"{tabel.bijschrift}, {kwart}") if heeft else tabel


def bron_link(bron: Bron) -> str:
    """The page of a source for people, or empty."""
    return bron.url if bron.url.startswith("https://") else ""


def uitgever_van(rapport: Rapport, tabel: str) -> str:
    """Whose figures a table holds; empty for one that is not among the sources of the report."""
    return next((b.uitgever for b in rapport.bronnen if b.tabel == tabel), "")


def bron_kop(rapport: Rapport, gewoon: str = "Bron:") -> str:
    """What stands above a source or begins a line about it: figures of the sample do not come from it."""
    return "Voorbeeldcijfers in de vorm van" if rapport.soort == "voorbeeld" else gewoon


def bron_begin(rapport: Rapport, tabel: str) -> str:
    """How a line about the source of an analysis begins: whose table it is, where that is known; not of the sample."""
    uitgever = uitgever_van(rapport, tabel)
    return bron_kop(rapport, f"Bron: {uitgever}," if uitgever else "Bron:")


def tabelnaam(bron: Bron) -> str:
    """What a reader knows the table of a source by: its number, or of a delivered file its title."""
    # how a delivery is called among us says nothing to who reads; in the template each line has a publisher of its own
    if bron.tabel == SJABLOON:
        return "een aangeleverd bestand" if bron.uitgever else "een aangeleverd bestand, bron niet genoemd"
    return f"aanlevering ‘{bron.titel}’" if bron.bron == "aanlevering" else bron.tabel


def tabel_voluit(bron: Bron) -> str:
    """The same after what kind of table it is."""
    return _TABELSOORT.get(bron.bron, "tabel ") + tabelnaam(bron)


def bron_voluit(rapport: Rapport, bron: Bron) -> str:
    """Whose table, and which; of the sample's own file, whose publisher says that it is made up, the line says so."""
    eigen = rapport.soort == "voorbeeld" and bron.tabel == SJABLOON
    return tabel_voluit(bron) if eigen else f"{bron.uitgever}, {tabel_voluit(bron)}"


def bron_naam(bron: Bron) -> Inhoud:
    """The table of a source, as a link where it has a page."""
    link = bron_link(bron)
    return (Koppeling(tabelnaam(bron), link),) if link else (tabelnaam(bron),)


def bron(rapport: Rapport, bron: Bron) -> Inhoud:
    """A source in a line: who, which table, when changed and fetched, and what is wrong with it."""
    begin = f"{bron_kop(rapport, f'Bron: {bron.uitgever},')} {_TABELSOORT.get(bron.bron, 'tabel ')}"
    rest = "" if bron.bron == "aanlevering" else f", {bron.titel}"
    if bron.gewijzigd:
        rest += f", gewijzigd {getallen.format_datum(bron.gewijzigd)}"
    if bron.opgehaald:
        hoe = "beveiligd" if bron.bron == "register" else "opgehaald"
        rest += f", {hoe} {getallen.format_datum(bron.opgehaald.date())}"
    if bron.status not in ("", "Regulier"):
        rest += f". De bron werkt deze tabel niet meer bij ({bron.status.lower()})"
    ouder: Inhoud = (". ", Nadruk("Ouder antwoord gebruikt:"), f" {bron.verouderd}") if bron.verouderd else ()
    return (begin, *bron_naam(bron), rest, *ouder, ".")


def walk(indicator: Indicator, regio: Regio) -> tuple[str, str]:
    """The two queries that lead from the latest figure of a region to its source cells in `monitor.duckdb`."""
    stand = indicator.standen.get(regio.code)
    periode = stand.punt.periode if stand and stand.punt else ""
    waar = (
        f"WHERE h.indicator = '{indicator.id}' AND h.uitsplitsing = 'totaal'\n"
        f"  AND h.regio = '{regio.code}' AND h.periode = '{periode}'"
    )
    return (
        f"FROM monitor.herkomst AS h\n{waar};",
        "SELECT w.*\nFROM monitor.herkomst AS h\nJOIN kern.waarneming AS w\n"
        "  ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp\n"
        "  AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio AND w.periode = h.cel_periode\n"
        f"{waar};",
    )


def broncel(bron: Broncel) -> str:
    """The value of a source cell, unrounded as the source has it, or the symbol for its absence."""
    if bron.waarde is None:
        return getallen.format_leeg(bron.leeg_reden)
    if bron.tientallen:
        return getallen.format_waarde(bron.waarde, -1, bron.status)
    return bronwaarde(bron.waarde) + getallen.STATUSTEKENS.get(bron.status, "")


def bronwaarde(waarde: float | None) -> str:
    """A number unrounded, as a source has it; 'geen' where there is none."""
    if waarde is None:
        return "geen"
    decimalen = len(format(waarde, ".12g").partition(".")[2]) if abs(waarde) >= 1e-4 else 6
    return getallen.format_getal(waarde, min(decimalen, 8))


def broncel_rij(bron: Broncel) -> tuple[Cel, ...]:
    """Table, topic, breakdown, region, period, value, status and snapshot of a source cell."""
    return (
        Cel((Code(bron.tabel),)),
        Cel((bron.onderwerp,)),
        Cel((bron.uitsplitsing.replace("|", " | "),)),
        Cel((bron.regio,)),
        Cel((bron.periode,)),
        Cel((broncel(bron),)),
        Cel((STATUS_UITLEG[bron.status],)),
        Cel((bron.momentopname,)),
    )


def perioden(indicator: Indicator, regios: tuple[Regio, ...]) -> list[tuple[str, list[Punt | None]]]:
    """Rows of a table of periods, newest first: (period, a point per region)."""
    found: dict[str, float] = {p.periode: p.moment for r in regios for p in indicator.points(r.code)}
    reeksen = [indicator.reeksen.get(r.code) for r in regios]
    return [(p, [r.point(p) if r else None for r in reeksen]) for p in sorted(found, key=lambda p: -found[p])]


def p_waarde(p: float | None) -> str:
    """A p-value with three decimals: '0,012', 'kleiner dan 0,001'; 'niet getoetst' where there is none."""
    if p is None:
        return "niet getoetst"
    return "kleiner dan 0,001" if p < 0.0005 else getallen.format_getal(p, 3)

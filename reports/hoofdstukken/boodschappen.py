"""The messages of the summary: one sentence or two each, made from the figures, in a fixed order.

A message whose figures are missing falls away and the next one moves up, so that there are five where the data allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from begrippen.lijsten import STATUS_UITLEG
from begrippen.rekenregels import REKENREGELS
from reports.getallen import format_getal, format_periode, is_percentage, join, with_eenheid
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel
from reports.model import Indicator, Regio
from reports.oordeel import Oordeel
from reports.totaal import is_totaal
from reports.zinnen import compare, corop, gemeenten, has_gunstige_kant, is_gunstig, tel

# With fewer judgements there is nothing to say of well-being as a whole.
MINSTENS = 5


@dataclass(frozen=True)
class Boodschap:
    """What it is about, what there is to say, and where to read more. `soort`: by which slides choose its figures."""

    kop: str
    tekst: str
    naar: Doel
    soort: str = ""


def make_boodschappen(tafel: Schrijftafel) -> list[Boodschap]:
    """The first messages that the data allow."""
    found = (make(tafel) for make in MAKERS)
    return [b for b in found if b is not None][: REKENREGELS.boodschappen]


def oordelen_van(tafel: Schrijftafel, regio: Regio) -> Iterator[tuple[Indicator, Oordeel]]:
    """The judgements on a region of all indicators that have a favourable side."""
    for indicator in tafel.rapport.indicatoren:
        oordeel = indicator.oordelen.get(regio.code)
        if oordeel is not None and has_gunstige_kant(indicator):
            yield indicator, oordeel


def _brede_welvaart(tafel: Schrijftafel) -> Boodschap | None:
    groepen = {t.id for t in tafel.rapport.themas if t.is_welvaart}
    provincie = tafel.rapport.provincie.code
    oordelen = [o for i in tafel.rapport.indicatoren if i.thema in groepen and (o := i.oordelen.get(provincie))]
    trends = [o.trend for o in oordelen if o.trend in ("gunstig", "ongunstig", "geen significante verandering")]
    plaatsen = [o.positie for o in oordelen if o.positie in ("bovenste_kwart", "midden", "onderste_kwart")]
    parts = []
    if len(trends) >= MINSTENS:
        goed, slecht = trends.count("gunstig"), trends.count("ongunstig")
        gaan = "gaat" if goed == 1 else "gaan"
        parts.append(
            f"Van de {tel(len(trends), 'getoetste indicator', 'getoetste indicatoren')} {gaan} er {goed or 'geen'} de "
            f"gewenste kant op en {slecht or 'geen'} de andere kant; bij de rest is er geen significante verandering."
        )
    if len(plaatsen) >= MINSTENS:
        hoog, laag = plaatsen.count("bovenste_kwart"), plaatsen.count("onderste_kwart")
        parts.append(
            f"Onder de provincies staat {tafel.rapport.provincie.naam} bij {hoog or 'geen'} van {len(plaatsen)} in het "
            f"bovenste kwart en bij {laag or 'geen'} in het onderste."
        )
    if not parts:
        return _gemeenten_welvaart(tafel, groepen)
    return Boodschap("Brede welvaart.", " ".join(parts), Doel("brede-welvaart"))


def _gemeenten_welvaart(tafel: Schrijftafel, groepen: set[str]) -> Boodschap | None:
    """Where the province itself has hardly any judgement: how often its municipalities stand high and low."""
    plaatsen = [
        o.positie
        for gemeente in tafel.rapport.gemeenten
        for i, o in oordelen_van(tafel, gemeente)
        if i.thema in groepen and o.positie in ("bovenste_kwart", "midden", "onderste_kwart")
    ]
    if len(plaatsen) < MINSTENS:
        return None
    zin = (
        f"De {gemeenten(tafel.rapport)} hebben samen {len(plaatsen)} plaatsen op ranglijsten van alle gemeenten in "
        f"Nederland: {plaatsen.count('bovenste_kwart')} in het bovenste kwart en {plaatsen.count('onderste_kwart')} "
        "in het onderste."
    )
    return Boodschap("Brede welvaart.", zin, Doel("brede-welvaart"))


def _voor(tafel: Schrijftafel, id_: str, naam: str) -> str | None:
    """'De werkloosheid is 3,2% in 2024: 0,1 procentpunt hoger dan in 2022.'; None where the province has no value."""
    indicator = tafel.indicator(id_)
    r = tafel.rapport
    punt = indicator.punt(r.provincie.code) if indicator else None
    if indicator is None or punt is None or punt.waarde is None:
        return None
    stand = indicator.standen[r.provincie.code]
    getal = with_eenheid(format_getal(punt.waarde, indicator.decimalen), _kort(indicator))
    status = f" ({STATUS_UITLEG[punt.status]})" if punt.is_voorlopig else ""
    zin = f"{naam} is {getal} in {format_periode(punt.periode)}{status}"
    parts = []
    toen = indicator.reeksen[r.provincie.code].point(stand.editie_periode) if stand.editie_periode else None
    if stand.verandering_editie is not None and toen is not None and toen.waarde is not None:
        parts.append(f"{compare(indicator, punt.waarde, toen.waarde)} in {format_periode(toen.periode)}")
    if stand.waarde_nl is not None and not is_totaal(indicator, r.provincie, r.nederland):
        parts.append(f"{compare(indicator, punt.waarde, stand.waarde_nl)} in Nederland")
    return f"{zin}: {' en '.join(parts)}." if parts else f"{zin}."


def _kort(indicator: Indicator) -> str:
    """A unit without what it is a share of, or per what: the sentence says that."""
    return "%" if is_percentage(indicator.eenheid) else indicator.eenheid.partition(" per ")[0]


def _verdienvermogen(tafel: Schrijftafel) -> Boodschap | None:
    kloof = tafel.analyses.kloof
    bbp = _voor(tafel, "bbp_per_inwoner", "Het bruto binnenlands product per inwoner")
    if kloof is None:
        return Boodschap("Verdienvermogen.", bbp, Doel("verdienvermogen"), "verdienvermogen") if bbp else None
    hoeveel = format_getal(abs(100 * kloof.kloof / kloof.productiviteit_nl), 1)
    zin = (
        f"Een arbeidsjaar bracht {with_eenheid(format_getal(kloof.productiviteit, 0), 'euro')} op in "
        f"{format_periode(kloof.periode)}, {hoeveel}% {'minder' if kloof.kloof < 0 else 'meer'} dan in Nederland."
    )
    eigen = abs(kloof.regiospecifiek) >= abs(kloof.structuur)
    deel = kloof.regiospecifiek if eigen else kloof.structuur
    if deel * kloof.kloof > 0:
        if eigen:
            hoe = f"doordat dezelfde bedrijfstakken hier {'minder' if deel < 0 else 'meer'} opbrengen"
        else:
            hoe = f"door een {'ongunstige' if deel < 0 else 'gunstige'} mix van bedrijfstakken"
        bedrag = with_eenheid(format_getal(abs(deel), 0), "euro")
        zin += f" Het grootste deel van dat verschil, {bedrag}, komt {hoe}."
    return Boodschap("Verdienvermogen.", zin, Doel("verdienvermogen"), "verdienvermogen")


def _arbeidsmarkt(tafel: Schrijftafel) -> Boodschap | None:
    zinnen = (
        _voor(tafel, "werkloosheid", "De werkloosheid"),
        _voor(tafel, "netto_arbeidsparticipatie", "De netto arbeidsparticipatie"),
    )
    tekst = " ".join(z for z in zinnen if z)
    return Boodschap("Arbeidsmarkt.", tekst, Doel("arbeidsmarkt"), "arbeidsmarkt") if tekst else None


def _toekomst(tafel: Schrijftafel) -> Boodschap | None:
    jaren = [j for j in tafel.analyses.prognose if j.prognose is not None]
    if not jaren:
        return None
    last = jaren[-1]
    now = [j for j in tafel.analyses.prognose if j.werkelijk is not None]
    assert last.prognose is not None
    zin = f"De prognose verwacht {format_getal(last.prognose, 0)} inwoners in {format_periode(last.periode)}"
    if now and now[-1].werkelijk is not None:
        verschil = last.prognose - now[-1].werkelijk
        zin += (
            f", {format_getal(abs(verschil), 0)} {'meer' if verschil > 0 else 'minder'} dan in "
            f"{format_periode(now[-1].periode)}"
        )
    zin += "."
    for deel in tafel.analyses.leeftijden:
        if deel.leeftijd == "15_tot_75":
            hoe = "meer" if deel.verandering > 0 else "minder"
            zin += (
                f" Van 15 tot 75 jaar zijn er dan {format_getal(abs(deel.verandering), 0)} {hoe} dan in "
                f"{format_periode(deel.van)}."
            )
    return Boodschap("Wat komt er op ons af.", zin, Doel("vooruitblik"), "toekomst")


def tel_plaatsen(tafel: Schrijftafel, regios: Sequence[Regio]) -> list[tuple[int, int, int, Regio]]:
    """How often each region stands in the upper and in the lower quarter of its kind, and of how many judgements."""
    tellingen = []
    for regio in regios:
        plaatsen = [o.positie for _, o in oordelen_van(tafel, regio)]
        tellingen.append((plaatsen.count("bovenste_kwart"), plaatsen.count("onderste_kwart"), len(plaatsen), regio))
    return tellingen


def _verschillen(tafel: Schrijftafel) -> Boodschap | None:
    r = tafel.rapport
    for regios, soort in ((r.corop, corop(r)), (r.gemeenten, gemeenten(r))):
        tellingen = tel_plaatsen(tafel, regios)
        hoog = max((t[0] for t in tellingen), default=0)
        laag = max((t[1] for t in tellingen), default=0)
        if hoog and laag:
            beste = join([t[3].naam for t in tellingen if t[0] == hoog])
            laagste = join([t[3].naam for t in tellingen if t[1] == laag])
            zin = (
                f"Van de {soort} {_staat(tellingen, 0, hoog)} {beste} het vaakst in het bovenste kwart van Nederland "
                f"(bij {tel(hoog, 'indicator', 'indicatoren')}) en {laagste} het vaakst in het onderste "
                f"(bij {tel(laag, 'indicator', 'indicatoren')})."
            )
            return Boodschap(f"Verschillen binnen {r.provincie.wie}.", zin, Doel("verschillen"), "verschillen")
    return None


def _staat(tellingen: list[tuple[int, int, int, Regio]], n: int, hoogste: int) -> str:
    return "staat" if sum(t[n] == hoogste for t in tellingen) == 1 else "staan"


def _bevolking(tafel: Schrijftafel) -> Boodschap | None:
    zin = _voor(tafel, "bevolking", f"Het aantal inwoners van {tafel.rapport.provincie.wie}")
    return (
        Boodschap("Bevolking.", zin.replace(" aantal in ", " in "), Doel("vooruitblik"), "bevolking") if zin else None
    )


def _woningmarkt(tafel: Schrijftafel) -> Boodschap | None:
    zin = _voor(tafel, "verkoopprijs_woningen", "De gemiddelde verkoopprijs van een woning")
    indicator = tafel.indicator("verkoopprijs_woningen")
    return Boodschap("Wonen.", zin, tafel.doel(indicator), "wonen") if zin and indicator else None


def _opvallend(tafel: Schrijftafel) -> Boodschap | None:
    """The most recent two-year changes on the wanted and the unwanted side, counted over the municipalities."""
    goed = slecht = 0
    for indicator in tafel.rapport.indicatoren:
        for regio in tafel.rapport.gemeenten:
            stand = indicator.standen.get(regio.code)
            if stand and stand.verandering_editie is not None:
                match is_gunstig(indicator, stand.verandering_editie, in_de_tijd=True):
                    case True:
                        goed += 1
                    case False:
                        slecht += 1
    if not goed + slecht:
        return None
    zin = (
        f"Vergeleken met twee jaar eerder zijn in de {gemeenten(tafel.rapport)} samen {goed} cijfers beter en {slecht} "
        "slechter; hoe zeker een cijfer is, staat erbij."
    )
    return Boodschap("De gemeenten.", zin, Doel("verschillen"))


MAKERS: tuple[Callable[[Schrijftafel], Boodschap | None], ...] = (
    _brede_welvaart,
    _verdienvermogen,
    _arbeidsmarkt,
    _toekomst,
    _verschillen,
    _bevolking,
    _woningmarkt,
    _opvallend,
)

"""The figures by policy: the panel of the Regio Deal by pillar, and the five tasks of the Economische Koers."""

from __future__ import annotations

from collections.abc import Sequence

from reports import cellen
from reports.document import Alinea, Blad, Blok, Cel, Doel, Inhoud, Kolom, Kop, Koppeling, Rij, Rijgroep, Tabel
from reports.getallen import format_periode, join
from reports.hoofdstukken.indicator import make_indicator
from reports.hoofdstukken.stof import Stof, opsomming
from reports.hoofdstukken.tabellen import TEKENS, has_stand, make_stand, naam_met_eenheid
from reports.hoofdstukken.thema import beeld_aantallen
from reports.model import Indicator, Regio
from reports.woorden import OPGAVEN

GROEP = "Beleid"
REGIO_DEAL = "regio_deal"
PIJLERS: dict[str, tuple[str, ...]] = {
    "Werken": (
        *("werkloosheid", "netto_arbeidsparticipatie", "spanningsindicator", "praktisch_opgeleid", "bijstand"),
        *("uitkeringsontvangers", "zorgpersoneel_tekort", "afstand_treinstation"),
    ),
    "Wonen": (
        *("bevolking", "huishoudens", "aandeel_65plus", "aandeel_75plus", "aandeel_0_20", "woz_waarde"),
        *("verkoopprijs_woningen", "koopwoningen", "tevredenheid_woning", "zonnepanelen_woningen"),
    ),
    "Welzijn": (
        *("armoede", "zvw_kosten", "wlz_kosten", "ervaren_gezondheid", "matig_overgewicht", "ernstig_overgewicht"),
        *("rokers", "wekelijkse_sporters", "afstand_huisarts", "afstand_ziekenhuis", "afstand_supermarkt"),
        *("afstand_bibliotheek", "personenautos"),
    ),
}
SPOREN = {
    1: "De basis op orde",
    2: "De basis op orde",
    3: "De basis op orde",
    4: "Nieuwe economische kansen",
    5: "Kracht van Drenthe",
}


def make_regiodeal(stof: Stof, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The panel, then the indicators of the theme in full; None where the report has neither."""
    r = stof.rapport
    thema = next((t for t in r.themas if t.id == REGIO_DEAL), None)
    regios = (*(s for s in r.samengesteld if s.code.startswith(("RD", "ZOD"))), *r.corop, r.provincie, r.nederland)
    tabellen = [_paneel(stof, pijler, ids, regios) for pijler, ids in PIJLERS.items()]
    blokken: list[Blok] = []
    for pijler, tabel in zip(PIJLERS, tabellen, strict=True):
        if tabel:
            blokken += [Kop(2, f"Pijler {pijler.lower()}", f"pijler-{pijler.lower()}"), tabel]
    if not blokken and thema is None:
        return None
    begin: list[Blok] = [
        Alinea(
            (
                "De Regio Deal Zuid- en Oost-Drenthe heeft drie pijlers: werken, wonen en welzijn. Dit paneel zet de "
                "regio "
                "per pijler naast Drenthe en Nederland.",
            ),
            "inleiding",
        ),
        *teksten,
        Alinea(_gebieden(stof, regios), "noot"),
    ]
    for indicator in thema.indicatoren if thema else ():
        blokken += make_indicator(stof, indicator)
    return Blad("regiodeal", "Regio Deal Zuid- en Oost-Drenthe", GROEP, (*begin, *blokken), kort="Regio Deal")


def _gebieden(stof: Stof, regios: Sequence[Regio]) -> Inhoud:
    """Which municipalities the composite regions are: the names look alike and the areas are not."""
    parts = [
        f"‘{regio.naam}’: {join([g.naam for g in stof.rapport.leden[regio.code]])}."
        for regio in regios
        if regio.soort == "samengesteld" and stof.rapport.leden.get(regio.code)
    ]
    slot = (
        "Het COROP-gebied Zuidoost-Drenthe is weer een ander gebied. Een samengesteld gebied wordt uit zijn gemeenten "
        "berekend; een gewogen gemiddelde is een benadering (≈), en wat niet samen te stellen is, is n.b."
    )
    return (" ".join(("Let op de gebieden.", *parts, slot)),)


def _paneel(stof: Stof, pijler: str, ids: Sequence[str], regios: Sequence[Regio]) -> Tabel | None:
    indicatoren = [i for i in stof.gekozen(ids) if any(i.punt(g.code) for g in regios)]
    getoond = [g for g in regios if any(i.punt(g.code) for i in indicatoren)]
    if not indicatoren:
        return None
    rijen = tuple(Rij(naam_met_eenheid(stof, i), _cellen(i, getoond)) for i in indicatoren)
    kolommen = (
        Kolom(("Indicator",)),
        *(Kolom((_kort(g),), "eind", nadruk=g.soort == "samengesteld") for g in getoond),
        Kolom(("Periode",)),
        Kolom(("Bron",)),
    )
    rows = tuple(
        Rij(rij.kop, (*rij.cellen, Cel((_periode(i, getoond),)), Cel(_bronnen(i))))
        for i, rij in zip(indicatoren, rijen, strict=True)
    )
    return Tabel(
        f"paneel-{pijler.lower()}",
        f"Pijler {pijler.lower()}: de Regio Deal naast Drenthe en Nederland",
        kolommen,
        (Rijgroep(rows),),
        TEKENS[:1],
        dicht=True,
    )


def _kort(regio: Regio) -> str:
    """A name that fits above a column."""
    return regio.naam.removesuffix(" zoals de Regio Deal het noemt") + (
        " (vier gemeenten)" if regio.code == "ZOD4" else ""
    )


def _periode(indicator: Indicator, regios: Sequence[Regio]) -> str:
    punten = [p for g in regios if (p := indicator.punt(g.code))]
    return format_periode(max(punten, key=lambda p: p.moment).periode)


def _cellen(indicator: Indicator, regios: Sequence[Regio]) -> tuple[Cel, ...]:
    """The values, each with its period where that is not the latest of the row."""
    periode = max((p for g in regios if (p := indicator.punt(g.code))), key=lambda p: p.moment).periode
    return tuple(Cel(cellen.waarde_met_periode(indicator.punt(g.code), indicator.decimalen, periode)) for g in regios)


def _bronnen(indicator: Indicator) -> Inhoud:
    runs: list[Inhoud] = []
    for bron in indicator.bronnen[:2]:
        runs.append((*((", ",) if runs else ()), *cellen.bron_naam(bron)))
    return tuple(run for part in runs for run in part)


def make_opgaven(stof: Stof, teksten: Sequence[Blok] = ()) -> Blad:
    """Each task with its indicators."""
    r = stof.rapport
    blokken: list[Blok] = [
        Alinea(
            (
                "De Economische Koers Drenthe heeft vijf opgaven. Bij elke opgave staan de indicatoren die erbij "
                "horen. Zij "
                "zeggen hoe Drenthe ervoor staat, niet wat het beleid heeft bewerkt.",
            ),
            "inleiding",
        ),
        *teksten,
    ]
    per_opgave = {nummer: [i for i in r.indicatoren if nummer in i.opgaven] for nummer in OPGAVEN}
    met_tabel = [nummer for nummer, found in per_opgave.items() if any(has_stand(stof, i) for i in found)]
    for nummer, naam in OPGAVEN.items():
        indicatoren = per_opgave[nummer]
        blokken.append(Kop(2, f"Opgave {nummer}: {naam}", f"opgave-{nummer}"))
        spoor = f"Spoor: {_zacht(SPOREN[nummer])}. "
        if not indicatoren:
            zin = f"{spoor}Van de indicatoren bij deze opgave is er geen met een cijfer; zie "
            blokken.append(Alinea((zin, Koppeling("niet beschikbaar", Doel("niet-beschikbaar")), ".")))
            continue
        if nummer not in met_tabel:
            zin = (
                f"{spoor}Voor {r.provincie.naam} en Nederland is er bij deze opgave geen cijfer. "
                "Voor gebieden wel, van "
            )
            blokken.append(Alinea((zin, *opsomming([stof.naam(i) for i in indicatoren]), ".")))
            continue
        blokken.append(Alinea((f"{spoor}{beeld_aantallen(indicatoren, stof)}",)))
        bijschrift = f"Indicatoren bij opgave {nummer}"
        blokken.append(
            make_stand(stof, f"tabel-opgave-{nummer}", bijschrift, [((), indicatoren)], uitleg=nummer == met_tabel[-1])
        )
    return Blad("opgaven", "De vijf opgaven van de Economische Koers", GROEP, tuple(blokken), kort="De vijf opgaven")


def _zacht(naam: str) -> str:
    """A name within a sentence: without its capital, names of places left alone."""
    return naam[0].lower() + naam[1:]

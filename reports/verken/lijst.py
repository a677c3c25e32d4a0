"""What the page to explore lets a reader choose from, as a script: indicators, areas, words, colours and the map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import begrippen
from begrippen import formule
from begrippen.eenheid import read_eenheid
from begrippen.lijsten import (
    AGGREGATIES,
    LEEG_ORDE,
    LEEG_UITLEG,
    LEEGTEKENS,
    NIET_OPTELBAAR,
    REGIOSOORT_MEERVOUD,
    REGISTER_APART,
    RICHTING_UITLEG,
    STATUS_ORDE,
    STATUS_UITLEG,
)
from begrippen.oordeellijsten import KLOOF_UITLEG, POSITIE_IN_ZIN, POSITIES, ROBUUST
from begrippen.yamlbestand import read_yaml
from reports import getallen
from reports.beweringzinnen import LOOPTIJD
from reports.downloads import csvbestand
from reports.downloads.gegevens import CIJFER, TOTAAL, VOORBEELD, namen
from reports.figuren.ondergrond import MINSTENS, Ondergrond, find_plek
from reports.hoofdstukken.schrijftafel import REGISTER, Schrijftafel
from reports.hoofdstukken.tabellen import TEKENS
from reports.model import Indicator
from reports.oordeelzinnen import GEDEELD, PLAATS, ongeveer, uiterste
from reports.prijzen import in_prijzen
from reports.totaal import is_totaal
from reports.verken.gegevens import kleuren, script, trendmerken
from reports.verken.model import Verkenner, Verkenreeks

BLAD = "verken"
# What people type, beside the words of the cards.
ZOEKWOORDEN = Path(begrippen.__file__).parent / "zoekwoorden.yaml"
# Width of the map in its own units, whole numbers.
KAARTBREED = 1000
# A label is so much wider than high.
LABEL = 2.2


def maat_van(tafel: Schrijftafel, indicator: Indicator) -> str:
    """In what a difference with the Netherlands is told; a total has none."""
    r = tafel.rapport
    return "geen" if is_totaal(indicator, r.provincie, r.nederland) else getallen.maatsoort(indicator)


def optellen(indicator: Indicator) -> str:
    """How a selection of municipalities is added up: as the card says, and never figures of the register."""
    return REGISTER if any(b.bron == REGISTER for b in indicator.bronnen) else indicator.aggregatie


def _eerste(tafel: Schrijftafel) -> Indicator:
    """What the page opens with: the first key figure that the province has, so that there is something to see."""
    r = tafel.rapport
    keuze = [*tafel.gekozen(r.kerncijfers), *r.indicatoren]
    met = (i for i in keuze if i.punt(r.provincie.code) is not None)
    return next(met, keuze[0])


def make_lijstscript(tafel: Schrijftafel, verkenner: Verkenner) -> bytes:
    """Everything that there is to choose from, as a script that comes before any figure."""
    r = tafel.rapport
    bladen = {g.code for g in r.gebieden}
    return script(
        "begin",
        {
            "titel": r.titel,
            "editie": r.editie,
            "melding": r.melding or "",
            "adres": r.adres,
            "blad": f"{BLAD}.html",
            "nederland": r.nederland.code,
            "provincie": r.provincie.code,
            "eerste": _eerste(tafel).id,
            "themas": [[t.id, t.naam] for t in r.themas],
            "indicatoren": [_indicator(tafel, verkenner, i) for t in r.themas for i in t.indicatoren],
            "regios": [
                [
                    *(g.code, g.titel, g.soort, f"regio/{g.code}.html" if g.code in bladen else ""),
                    g.wie if g.wie != g.titel else "",
                ]
                for g in verkenner.regios
            ],
            "eigen": [r.provincie.code, *(g.code for g in r.gebieden), *(g.code for g in r.samengesteld)],
            "soortgenoten": {code: list(c) for code, c in verkenner.soortgenoten.items()},
            "buren": [b.code for b in r.buren],
            "kaart": _kaart(tafel.landkaart.ondergrond) if tafel.landkaart else None,
            "zoekwoorden": _zoekwoorden(),
            "postcodes": verkenner.postcodes,
            "afgelopen": sorted(verkenner.afgelopen),
            "kleuren": kleuren(),
            "rekenen": {
                # as powers of ten
                "rekenhaar": getallen.REKENHAAR.adjusted(),
                "staphaar": getallen.STAPHAAR.adjusted(),
                "basis": getallen.BASIS_VAN_VERSCHIL,
                "cijfers": csvbestand.CIJFERS,
                "kaartminstens": MINSTENS,
            },
            "bestand": {
                "kolommen": namen(CIJFER),
                "totaal": TOTAAL,
                "voorbeeld": VOORBEELD if r.soort == "voorbeeld" else "",
                "formule": [formule.BEGIN, formule.GETAL],
                "scheiding": csvbestand.PUNTKOMMA,
            },
            "zinnen": {"plaats": PLAATS, "gedeeld": GEDEELD, "looptijd": LOOPTIJD},
            "tekens": TEKENS[0],
            "woorden": {
                "status": [STATUS_UITLEG[s] for s in STATUS_ORDE],
                "statusteken": [getallen.STATUSTEKENS.get(s, "") for s in STATUS_ORDE],
                "statuscode": list(STATUS_ORDE),
                "leegcode": list(LEEG_ORDE),
                "leegteken": [LEEGTEKENS[c] for c in LEEG_ORDE],
                "leeg": [LEEG_UITLEG[c] for c in LEEG_ORDE],
                "geenpunt": getallen.NIET_BESCHIKBAAR,
                "trend": trendmerken(),
                "positie": POSITIES,
                "positiezin": POSITIE_IN_ZIN,
                "minder": getallen.MINDER_DAN_5,
                "kloof": KLOOF_UITLEG,
                "robuust": ROBUUST,
                "aggregatie": AGGREGATIES,
                "nietoptelbaar": {"niet": NIET_OPTELBAAR, REGISTER: REGISTER_APART},
                "richting": RICHTING_UITLEG,
                "soorten": REGIOSOORT_MEERVOUD,
                "maanden": list(getallen.MAANDEN),
            },
        },
    )


@cache
def _zoekwoorden() -> dict[str, list[str]]:
    """What people type -> the words in which the cards say it."""
    return read_yaml(ZOEKWOORDEN, dict[str, list[str]])


def _indicator(tafel: Schrijftafel, verkenner: Verkenner, i: Indicator) -> list[Any]:
    """Id, name, theme, unit, sentence form of a number, decimals, measure of a difference, wanted side, definition,

    how it adds up, share of the members that must be there and how that is measured, its place in the report, whether
    a number stands without its unit, the kinds of area that it has figures of, what place 1 is, its unit in a file, in
    whose prices its trend is judged, and what stands before its place.
    """
    reeksen = verkenner.reeksen.get(i.id, {})
    soorten = {r.soort for r in verkenner.regios if any(w is not None for w in _waarden(reeksen, r.code))}
    doel = tafel.doel(i)
    return [
        *(i.id, i.naam, i.thema, getallen.format_eenheid(i.eenheid), getallen.with_eenheid("#", i.eenheid)),
        *(i.decimalen, maat_van(tafel, i), i.richting, i.definitie, optellen(i)),
        *(i.kaart.get("dekking"), i.kaart.get("dekking_maat") or "", f"{doel.blad}.html#{doel.anker}"),
        *(int(read_eenheid(i.eenheid).naamloos), sorted(soorten), uiterste(i), i.eenheid, in_prijzen(i)),
        ongeveer(i),
    ]


def _waarden(reeksen: Mapping[str, Verkenreeks], code: str) -> tuple[float | None, ...]:
    return reeksen[code].waarden if code in reeksen else ()


def _kaart(ondergrond: Ondergrond) -> dict[str, Any]:
    """The map: width and height in whole units, and by code its outline as an SVG path with the place of its label."""
    schaal = KAARTBREED / ondergrond.breed
    hoog = round(ondergrond.hoog * schaal)
    vormen = {}
    for code, vorm in ondergrond.vormen.items():
        pad = "".join(
            "M" + "L".join(f"{round(x * schaal)} {hoog - round(y * schaal)}" for x, y in ring[:-1]) + "Z"
            for ring in vorm.ringen
        )
        x, y = find_plek(vorm.ringen[0], 1 / LABEL)
        vormen[code] = [pad, round(x * schaal), hoog - round(y * schaal)]
    return {"breed": KAARTBREED, "hoog": hoog, "vormen": vormen, "tegels": int(ondergrond.tegels)}

"""The closed lists of a judgement: trend, place, gap and how sure, with what a reader reads for each code.

`begrippen.lijsten` holds them with the other lists.
"""

from __future__ import annotations

from typing import Any, Literal

# the colour of a mark
Merksoort = Literal["gunstig", "ongunstig", "neutraal", "geen"]

Trend = Literal[
    "gunstig",
    "ongunstig",
    "stijgend",
    "dalend",
    "nagenoeg gelijk",
    "geen significante verandering",
    "te weinig gegevens",
    "reeksbreuk",
]
# sign and colour
TRENDS: dict[str, tuple[str, Merksoort]] = {
    "gunstig": ("+", "gunstig"),
    "ongunstig": ("\N{MINUS SIGN}", "ongunstig"),
    "stijgend": ("↗", "neutraal"),
    "dalend": ("↘", "neutraal"),
    "nagenoeg gelijk": ("≈", "neutraal"),
    "geen significante verandering": ("=", "neutraal"),
    "te weinig gegevens": ("?", "geen"),
    "reeksbreuk": ("≠", "geen"),
}
# what a reader sees for it, where that is not the code itself
TREND_WOORDEN: dict[str, str] = {code: code for code in TRENDS} | {
    "geen significante verandering": "geen duidelijke verandering",
    # there may be eight figures, none of which would show a change that can be
    "te weinig gegevens": "niet te zeggen",
}
# tested, and nothing to tell: no change was found, or one too small to matter
ONVERANDERD: tuple[Trend, ...] = ("nagenoeg gelijk", "geen significante verandering")
# With these the series moves, and the sign of its slope says which way.
TREND_BEWEEGT: tuple[Trend, ...] = ("gunstig", "ongunstig", "stijgend", "dalend")

Positie = Literal["bovenste_kwart", "midden", "onderste_kwart", "hoog", "laag", "als_nederland", "veel_gedeeld", "n.b."]
POSITIES: dict[str, str] = {
    "bovenste_kwart": "gunstigste kwart",
    "midden": "midden",
    "onderste_kwart": "ongunstigste kwart",
    "hoog": "hoogste kwart",
    "laag": "laagste kwart",
    # of a claim: a rank in one of these quarters, and hardly another figure than the country
    "als_nederland": "ongeveer als Nederland",
    # of a claim: more than a quarter of all share that rank
    "veel_gedeeld": "met meer dan een kwart",
}
POSITIE_IN_ZIN: dict[str, str] = {
    "bovenste_kwart": "in het gunstigste kwart",
    "midden": "in het midden",
    "onderste_kwart": "in het ongunstigste kwart",
    "hoog": "in het hoogste kwart",
    "laag": "in het laagste kwart",
    "als_nederland": "maar het verschil met Nederland is te klein om ertoe te doen",
    "veel_gedeeld": "met meer dan een kwart van deze gebieden",
}
POSITIE_UITLEG: dict[str, str] = {
    "bovenste_kwart": "gunstigste kwart",
    "onderste_kwart": "ongunstigste kwart",
    "hoog": "bij het hoogste kwart",
    "laag": "bij het laagste kwart",
    "midden": "middelste helft",
    "als_nederland": "ongeveer als Nederland",
    "veel_gedeeld": "op een plaats die meer dan een kwart deelt",
    "n.b.": "n.b.",
}

# Why nothing is said of the gap with the Netherlands (`kloof` is n.b.).
Kloofreden = Literal["land", "telt_op", "index", "geen_nederland", "weinig_cijfers"]
KLOOFREDENEN: dict[str, str] = {
    "land": "dit is Nederland",
    "telt_op": "een aantal: het verschil met heel Nederland zegt niets",
    "index": "een index: in het basisjaar is het verschil per definitie nul, en dat jaar ligt in het venster",
    "geen_nederland": "geen cijfer van Nederland in de bron",
    "weinig_cijfers": "te weinig cijfers van beide in dezelfde jaren",
}

# Why a region has no place (`positie` is n.b.).
Plaatsreden = Literal["regiosoort", "telt_op", "index", "geen_waarde", "afronding", "weinig_regios", "nog_geen_helft"]
PLAATSREDENEN: dict[str, str] = {
    "regiosoort": "van deze soort regio's is er een, of zij overlappen elkaar",
    "telt_op": "een aantal: meer is een grotere regio, geen betere",
    "index": "een index: elke regio begint op haar eigen niveau",
    "geen_waarde": "geen cijfer in deze periode",
    "afronding": "een deling van afgeronde aantallen: de volgorde van regio's is niet zeker",
    "weinig_regios": "te weinig regio's om mee te vergelijken",
    "nog_geen_helft": "nog niet de helft van de regio's van deze soort heeft een cijfer",
}

Kloof = Literal["groter", "kleiner", "nagenoeg gelijk", "gelijk", "n.b."]
KLOOF_UITLEG: dict[str, str] = {
    "groter": "de kloof wordt groter",
    "kleiner": "de kloof wordt kleiner",
    "nagenoeg gelijk": "de kloof blijft nagenoeg gelijk",
    "gelijk": "de kloof verandert niet duidelijk",
    "n.b.": "of de kloof verandert is niet te zeggen",
}

Robuust = Literal["robuust", "niet_robuust", "niet_toetsbaar"]
ROBUUST: dict[str, str] = {
    "robuust": "robuust",
    "niet_robuust": "niet robuust",
    "niet_toetsbaar": "robuustheid niet te toetsen",
}
ROBUUST_UITLEG: dict[str, str] = {
    "robuust": "ja: andere rekenwijzen geven hetzelfde beeld",
    "niet_robuust": "nee: niet elke andere rekenwijze geeft dit beeld",
    "niet_toetsbaar": "niet te toetsen: te weinig punten voor een andere rekenwijze",
}
ROBUUST_IN_ZIN: dict[str, str] = {
    "robuust": "Ook met andere jaren of een andere toets komt dit eruit.",
    "niet_robuust": "Met andere jaren of een andere toets komt er iets anders uit.",
    "niet_toetsbaar": "Of een andere rekenwijze hetzelfde geeft, is met zo weinig cijfers niet te zeggen.",
}

TYPES: dict[str, Any] = {
    "trend": Trend,
    "positie": Positie,
    "plaatsreden": Plaatsreden,
    "kloof": Kloof,
    "kloofreden": Kloofreden,
    "robuust": Robuust,
}
WOORDEN: dict[str, dict[str, str]] = {
    "trend": TREND_WOORDEN,
    "positie": POSITIES,
    "plaatsreden": PLAATSREDENEN,
    "kloof": KLOOF_UITLEG,
    "kloofreden": KLOOFREDENEN,
    "robuust": ROBUUST,
}

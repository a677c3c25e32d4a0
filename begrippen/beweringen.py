"""The closed lists of a claim (`monitor.bewering`): what it says, of which series, how it is judged.

`begrippen.lijsten` hands them on to the headers of tables with all other lists. What only a sentence about a claim
needs stands here.
"""

from __future__ import annotations

from typing import Any, Literal

# What a claim says.
Beweringsoort = Literal[
    # of one indicator in one region
    "stand",
    "verandering",
    # of an amount apart from inflation
    "verandering_reeel",
    "verschil_nl",
    # beside a neighbouring province
    "verschil_buur",
    "trend",
    # that no trend can be told, and why
    "geen_trend",
    "plaats",
    "kloof",
    # of a figure: from where to where the regions of a kind run, which of them is highest or lowest, and how a total
    # grew beside that of the country
    "spreiding",
    "uiterste",
    "reeksgroei",
    # how many of those have one verdict
    "telling_verandering",
    "telling_trend",
    "telling_plaats",
    "telling_verschil_nl",
    "telling_verschil_buur",
    # is it better or worse on the whole: the two counts beside each other
    "antwoord",
    # of the analyses
    "prognose",
    "prognose_nu",
    "prognose_leeftijd",
    "productiviteit",
    "productiviteitsdeel",
    "banengroei",
    "banendeel",
    # of one branch: since the first year of the window, and its growth beside that in the Netherlands
    "banentak",
    "banentak_nl",
    "pendel",
    # why this edition gives another figure than the previous one, as a whole and its parts
    "vorige_editie",
    "vorige_editie_deel",
]

# A figure that was counted or measured, or one that is expected: the two are never subtracted.
Beweringreeks = Literal["realisatie", "prognose"]

Beweringtegen = Literal["eerder", "nederland", "buur", "regiosoort", "vorige_editie", "geen"]

Beweringoordeel = Literal[
    "gunstig",
    "ongunstig",
    # moves or differs, and neither way is the wanted one
    "hoger",
    "lager",
    # smaller than what rounding makes or what matters; smaller than the margin of the measurement
    "nagenoeg_gelijk",
    "binnen_marge",
    "geen_verandering",
    # counted together: nagenoeg_gelijk, binnen_marge and geen_verandering
    "gelijk",
    "bovenste_kwart",
    "midden",
    "onderste_kwart",
    "hoog",
    "laag",
    # of a place in an outer quarter: hardly another figure than the country
    "als_nederland",
    # of a place in an outer quarter: more than a quarter of all share it
    "veel_gedeeld",
    "groter",
    "kleiner",
    "binnen_interval",
    "buiten_interval",
    # why there is no trend: too few figures; only a change that can not be would have been found; a series break
    "te_weinig_cijfers",
    "te_onzeker",
    "reeksbreuk",
    "geen",
]

Beweringzekerheid = Literal[
    "telling", "buiten_marge", "binnen_marge", "marge_onbekend", "robuust", "niet_robuust", "niet_toetsbaar", "interval"
]

# Where a claim may be told: the summary with its messages, the papers for GS and PS, a chapter, the page of an area.
Beweringplek = Literal["samenvatting", "stukken", "hoofdstuk", "gebied"]

# Of a change: what is no change that may be told as one.
GEEN_VERANDERING = ("nagenoeg_gelijk", "binnen_marge", "geen_verandering")

# Each verdict in English; {dan}: what it is compared with.
OORDEEL_EN: dict[str, str] = {
    "gunstig": "better than {dan}",
    "ongunstig": "worse than {dan}",
    "hoger": "higher than {dan}",
    "lager": "lower than {dan}",
    "nagenoeg_gelijk": "about the same as {dan}",
    "binnen_marge": "not clearly different from {van}",
    "geen_verandering": "not clearly different from {van}",
    "gelijk": "about the same as {dan}",
    "geen": "not judged against {dan}",
    "bovenste_kwart": "in the best quarter",
    "midden": "in the middle",
    "onderste_kwart": "in the worst quarter",
    "hoog": "in the highest quarter",
    "laag": "in the lowest quarter",
    "als_nederland": "about the same as the country",
    "veel_gedeeld": "at a rank that more than a quarter share",
    "groter": "further from {dan} than before",
    "kleiner": "closer to {dan} than before",
    "binnen_interval": "within the forecast interval",
    "buiten_interval": "outside the forecast interval",
    "te_weinig_cijfers": "too few figures for a trend",
    "te_onzeker": "too uncertain for a trend",
    "reeksbreuk": "no trend: the series was broken",
}

TYPES: dict[str, Any] = {
    "beweringsoort": Beweringsoort,
    "beweringreeks": Beweringreeks,
    "beweringtegen": Beweringtegen,
    "beweringoordeel": Beweringoordeel,
    "beweringzekerheid": Beweringzekerheid,
    "beweringplek": Beweringplek,
}

"""The words for what a card and a judgement say in a code; a judgement also has a sign: never colour alone."""

from __future__ import annotations

from typing import Literal

Merksoort = Literal["gunstig", "ongunstig", "neutraal", "geen"]

RICHTINGEN = {
    "hoger": ("▲", "hoger"),
    "lager": ("▼", "lager"),
    "neutraal": ("○", "geen"),
    "evenwicht": ("◆", "evenwicht"),
}
TRENDS: dict[str, tuple[str, Merksoort]] = {
    "gunstig": ("+", "gunstig"),
    "ongunstig": ("\N{MINUS SIGN}", "ongunstig"),
    "stijgend": ("↗", "neutraal"),
    "dalend": ("↘", "neutraal"),
    "geen significante verandering": ("=", "neutraal"),
    "te weinig gegevens": ("?", "geen"),
    "reeksbreuk": ("≠", "geen"),
}
ROBUUST = {"robuust": "robuust", "niet_robuust": "niet robuust", "niet_toetsbaar": "robuustheid niet te toetsen"}
POSITIES = {
    "bovenste_kwart": "bovenste kwart",
    "midden": "midden",
    "onderste_kwart": "onderste kwart",
    "hoog": "hoogste kwart",
    "laag": "laagste kwart",
}
SOORTEN = {"JJ": "Jaar", "KW": "Kwartaal", "MM": "Maand", "HJ": "Halfjaar", "SJ": "Schooljaar"}
PRIJZEN = {"lopend": "lopende prijzen", "constant": "constante prijzen"}
ZEKERHEDEN = {
    "K": "tabel en onderwerp bevestigd",
    "V": "tabel bevestigd, titel van het onderwerp nog niet",
    "U": "nog niet bevestigd",
}
AGGREGATIES = {
    "som": "optellen van de gemeenten",
    "verhouding": "som van de tellers gedeeld door som van de noemers",
    "gewogen": "gewogen gemiddelde van de gemeenten, een benadering",
    "niet": "niet: dit cijfer is niet uit gemeenten samen te stellen",
}
METINGEN = {
    "telling": "telling of registratie",
    "steekproef": "steekproef",
    "om_de_paar_jaar": "enquête om de paar jaar",
    "modelschatting": "modelschatting",
    "voortschrijdend": "gemiddelde over meer jaren",
}

"""The closed lists: every code that a card, a table or a report may hold, in order, with what a reader reads for it.

A list is a `Literal`, so that the types know it. `LIJSTEN` gives its codes by the name that the header of a table uses
(`lijst: status`), `WOORDEN` what a reader reads for each of them; the same words in a sentence or with an explanation
stand below them.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from begrippen import beleidslijsten, beweringen, oordeellijsten

# --- a figure ---

Status = Literal["definitief", "voorlopig", "nader_voorlopig", "onbekend"]
STATUS_UITLEG: dict[str, str] = {
    "definitief": "definitief",
    "voorlopig": "voorlopig",
    "nader_voorlopig": "nader voorlopig",
    "onbekend": "de bron zegt niet of het voorlopig is",
}
# Of the parts of a figure the last one counts. A query writes `status_orde` for the list, `status_code` for its type.
STATUS_ORDE: tuple[Status, ...] = ("definitief", "onbekend", "nader_voorlopig", "voorlopig")

LeegReden = Literal[
    "onbekend",
    "geheim",
    "niet_van_toepassing",
    "niet_gepubliceerd",
    "niet_in_selectie",
    "apart_gezet",
    "onderdrukt",
]
# Of the parts of a figure the last one counts. A query writes `leeg_orde` for the list, `leeg_code` for its type.
LEEG_ORDE: tuple[LeegReden, ...] = (
    *("niet_van_toepassing", "niet_in_selectie", "niet_gepubliceerd", "apart_gezet"),
    *("onbekend", "onderdrukt", "geheim"),
)
# What a sign in the place of a figure means in a table that somebody delivers.
Leegbetekenis = Literal["nul", "onbekend", "geheim", "niet_van_toepassing"]
# What stands in a cell without a number. CBS: '.' is unknown or secret, blank is 'can not occur'.
LEEGTEKENS: dict[str, str] = {
    "onbekend": ".",
    "geheim": ".",
    "onderdrukt": ".",
    "niet_gepubliceerd": "n.b.",
    "niet_in_selectie": "n.b.",
    "apart_gezet": "n.b.",
    "niet_van_toepassing": "",
}
# The same in a workbook, in words: a spreadsheet has no room for a legend beside each sign.
LEEGWOORDEN: dict[str, str] = {
    "onbekend": "onbekend",
    "geheim": "geheim",
    "onderdrukt": "onderdrukt",
    "niet_gepubliceerd": "n.b.",
    "niet_in_selectie": "n.b.",
    "apart_gezet": "n.b.",
    "niet_van_toepassing": "n.v.t.",
}
# Why a figure is not available at all, where that is what an empty cell means.
NIET_BESCHIKBAAR: dict[str, str] = {
    "niet_gepubliceerd": "de bron heeft dit cijfer niet gepubliceerd",
    "niet_in_selectie": "staat niet in de opgehaalde gegevens",
    "apart_gezet": "het cijfer dat de bron geeft kan niet kloppen en is apart gezet",
}
LEEG_UITLEG: dict[str, str] = {
    "onbekend": "onbekend of geheim",
    "geheim": "geheim",
    "onderdrukt": "onderdrukt: zou iets over een enkel bedrijf zeggen",
    **{reden: f"niet beschikbaar: {waarom}" for reden, waarom in NIET_BESCHIKBAAR.items()},
    "niet_van_toepassing": "kan niet voorkomen",
}

# Why a card has no figure at all for a region (`monitor.niet_beschikbaar`).
Ontbreekreden = Literal[
    "aanlevering_ontbreekt",
    "tabel_ontbreekt",
    "onderwerp_niet_gevonden",
    "geen_heel_jaar",
    "niet_in_selectie",
    "niveau",
    "leeg",
]

# By what sign a topic, dimension or code of the source list was found at the source, in the order of trying.
Herkenning = Literal[
    "letterlijk",
    "andere_groep",
    "zelfde_eenheid",
    "zelfde_titel",
    "kolomsleutel",
    "maatcode",
    "zelfde_soort",
    "zelfde_codes",
    "enige_totaal",
]
HERKENNINGEN: dict[str, str] = {
    "letterlijk": "letterlijk",
    "andere_groep": "onder een groep die anders heet of is geschreven",
    "zelfde_eenheid": "met een andere schrijfwijze van dezelfde eenheid",
    "zelfde_titel": "aan de titel",
    "kolomsleutel": "aan de naam van de kolom",
    "maatcode": "aan de code van het onderwerp",
    "zelfde_soort": "als enige dimensie van die soort",
    "zelfde_codes": "als enige dimensie met deze codes en titels",
    "enige_totaal": "als enige totaal van de dimensie",
}

# --- a card ---

Richting = Literal["hoger", "lager", "neutraal", "evenwicht"]
# sign and word: never colour alone
RICHTINGEN: dict[str, tuple[str, str]] = {
    "hoger": ("▲", "hoger"),
    "lager": ("▼", "lager"),
    "neutraal": ("○", "geen"),
    "evenwicht": ("◆", "evenwicht"),
}
RICHTING_UITLEG: dict[str, str] = {
    "hoger": "hoger is gunstig",
    "lager": "lager is gunstig",
    "neutraal": "geen gewenste kant",
    "evenwicht": "evenwicht is gewenst",
}

Prijzen = Literal["lopend", "constant", "nvt"]
# 'nvt' is no word for a reader: a card without prices says nothing of them
PRIJZEN: dict[str, str] = {"lopend": "lopende prijzen", "constant": "constante prijzen"}
# The same of one source: a file may give amounts without a word of whether inflation is out of them.
Prijsbasis = Literal["lopend", "constant", "onbekend"]

Jaarregel = Literal["som", "gemiddelde", "ultimo", "alleen_jaar"]

# Why figures of municipalities are not added up: by what the card says, or because they come from the register.
NIET_OPTELBAAR = "dit cijfer is niet uit gemeenten samen te stellen"
REGISTER_APART = "elke regio heeft een eigen beveiligd cijfer in het register; gemeenten worden niet opgeteld"
Aggregatie = Literal["som", "verhouding", "gewogen", "niet"]
AGGREGATIES: dict[str, str] = {
    "som": "optellen van de gemeenten",
    "verhouding": "som van de tellers gedeeld door som van de noemers",
    "gewogen": "gewogen gemiddelde van de gemeenten, een benadering",
    "niet": f"niet: {NIET_OPTELBAAR}",
}
Zekerheid = Literal["K", "V", "U"]
ZEKERHEDEN: dict[str, str] = {
    "K": "tabel en onderwerp bevestigd",
    "V": "tabel bevestigd, titel van het onderwerp nog niet",
    "U": "nog niet bevestigd",
}
ZEKERHEID_UITLEG: dict[str, str] = {
    "K": "bevestigd: tabel en onderwerp zijn gezien",
    "V": "deels bevestigd: de tabel is gezien, het onderwerp niet",
    "U": "niet bevestigd: tabel en onderwerp zijn niet gezien; toets met: monitor bron toets",
}

# Waar een tabel of onderwerp is gezien, van het sterkste naar het zwakste bewijs.
Bewijs = Literal["metadata", "pagina", "levering", "code", "publicatie", "zustertabel", "catalogus", "niet"]
BEWIJZEN: dict[str, str] = {
    "metadata": "in de metadata van de tabel",
    "pagina": "op de pagina van de tabel",
    "levering": "in het bestand zelf",
    "code": "in openbare code die de tabel gebruikt",
    "publicatie": "in een publicatie van de tabel",
    "zustertabel": "op een andere tabel van dezelfde reeks",
    "catalogus": "in de catalogus, alleen de titel van de tabel",
    "niet": "nergens",
}

Meting = Literal[
    "telling", "rekening", "steekproef", "om_de_paar_jaar", "voortschrijdend", "modelschatting", "verwachting"
]
METINGEN: dict[str, str] = {
    "telling": "telling of registratie",
    "rekening": "berekend uit veel bronnen (nationale rekeningen)",
    "steekproef": "steekproef",
    "om_de_paar_jaar": "enquête om de paar jaar",
    "voortschrijdend": "gemiddelde over meer jaren",
    "modelschatting": "modelschatting",
    "verwachting": "prognose: wat wordt verwacht, en niet is gemeten",
}
# In a sentence, where it is no full count.
METING_IN_ZIN: dict[str, str] = {
    "rekening": "berekend uit veel bronnen",
    "steekproef": "een schatting uit een steekproef",
    "om_de_paar_jaar": "een schatting uit een enquête",
    "voortschrijdend": "een gemiddelde over meer jaren",
    "modelschatting": "een modelschatting",
    "verwachting": "een prognose: wat wordt verwacht, en niet is gemeten",
}
# What has a margin, whether its source publishes it or not.
GESCHAT: tuple[str, ...] = ("steekproef", "om_de_paar_jaar", "modelschatting")

Doel = Literal["rapport", "toetsing", "deflator"]

# --- regions and periods ---

# the kinds that a source publishes a figure for
Bronregiosoort = Literal["land", "landsdeel", "provincie", "corop", "arbeidsmarktregio", "gemeente"]
Regiosoort = Literal[Bronregiosoort, "samengesteld", "overig"]
REGIOSOORTEN: dict[str, str] = {
    "land": "land",
    "provincie": "provincie",
    "corop": "COROP-gebied",
    "gemeente": "gemeente",
    "samengesteld": "samengesteld gebied",
}
REGIOSOORT_MEERVOUD: dict[str, str] = {
    "land": "landen",
    "landsdeel": "landsdelen",
    "provincie": "provincies",
    "corop": "COROP-gebieden",
    "arbeidsmarktregio": "arbeidsmarktregio's",
    "gemeente": "gemeenten",
    "samengesteld": "samengestelde regio's",
}

Bronperiodesoort = Literal["JJ", "SJ", "HJ", "KW", "MM"]
# DJ is ours: a part of a year that the source gives the code of a year
Periodesoort = Literal[Bronperiodesoort, "DJ"]
PERIODESOORTEN: dict[str, str] = {
    "JJ": "Jaar",
    "SJ": "Schooljaar",
    "HJ": "Halfjaar",
    "KW": "Kwartaal",
    "MM": "Maand",
}
# how many of a kind go into a year
PER_JAAR: dict[str, int] = {"HJ": 2, "KW": 4, "MM": 12}

# --- where the figures of a build come from, and what became of them ---

Bronsoort = Literal["voorbeeld", "cbs", "opname"]
BRONSOORTEN: dict[str, str] = {
    "voorbeeld": "verzonnen voorbeeldcijfers",
    "cbs": "echt, van de bronnen zelf",
    "opname": "echt, uit een opname van eerdere antwoorden van de bronnen",
}
BRONSOORT_KORT: dict[str, str] = {
    "voorbeeld": "voorbeeld, verzonnen",
    "cbs": "echt, van de bronnen zelf",
    "opname": "echt, uit een opname van eerdere antwoorden",
}

Correctieuitkomst = Literal["toegepast", "hersteld", "anders", "niet_gevonden"]

Herzieningsoort = Literal["nieuw", "herzien", "definitie", "vervallen"]
HERZIENINGEN: dict[str, str] = {
    "herzien": "herzien door de bron",
    "definitie": "anders door een andere definitie",
    "vervallen": "vervallen",
}
Kaartherzieningsoort = Literal["nieuw", "definitie", "vervallen"]
KAARTHERZIENINGEN: dict[str, str] = {
    "nieuw": "nieuwe indicator",
    "definitie": "meet nu iets anders",
    "vervallen": "vervallen indicator",
}
Tegenover = Literal["vorige_publicatie", "vorige_editie"]

# What a check that fails does to the publication.
Zwaarte = Literal["blokkeert", "beoordeelt"]

_TYPES: dict[str, Any] = {
    "status": Status,
    "leeg_reden": LeegReden,
    "ontbreekreden": Ontbreekreden,
    "herkenning": Herkenning,
    "richting": Richting,
    "prijzen": Prijzen,
    "prijsbasis": Prijsbasis,
    "jaarregel": Jaarregel,
    "aggregatie": Aggregatie,
    "zekerheid": Zekerheid,
    "bewijs": Bewijs,
    "meting": Meting,
    "doel": Doel,
    "regiosoort": Regiosoort,
    "periodesoort": Periodesoort,
    "bronsoort": Bronsoort,
    "correctieuitkomst": Correctieuitkomst,
    "herzieningsoort": Herzieningsoort,
    "kaartherzieningsoort": Kaartherzieningsoort,
    "tegenover": Tegenover,
    "zwaarte": Zwaarte,
    **oordeellijsten.TYPES,
    **beleidslijsten.TYPES,
    **beweringen.TYPES,
}
# name -> its codes, in order
LIJSTEN: dict[str, tuple[str, ...]] = {naam: get_args(soort) for naam, soort in _TYPES.items()}

# list -> code -> its words; a list that no reader meets by itself has none
WOORDEN: dict[str, dict[str, str]] = {
    "status": STATUS_UITLEG,
    "leeg_reden": LEEG_UITLEG,
    "herkenning": HERKENNINGEN,
    "richting": {code: woord for code, (_, woord) in RICHTINGEN.items()},
    "prijzen": PRIJZEN,
    "aggregatie": AGGREGATIES,
    "zekerheid": ZEKERHEDEN,
    "bewijs": BEWIJZEN,
    "meting": METINGEN,
    "regiosoort": REGIOSOORTEN,
    "periodesoort": PERIODESOORTEN,
    "bronsoort": BRONSOORTEN,
    "herzieningsoort": HERZIENINGEN,
    "kaartherzieningsoort": KAARTHERZIENINGEN,
    **oordeellijsten.WOORDEN,
    **beleidslijsten.WOORDEN,
}

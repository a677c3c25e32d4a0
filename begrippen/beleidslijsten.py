"""The closed lists of what a province wrote down beside its figures: results, money, instruments, signals.

As in `begrippen.lijsten`, which takes these up in its own: a list is a `Literal`, and a dict gives its words.
"""

from __future__ import annotations

from typing import Any, Literal

# How sure a number of a paper is: it goes along to the page.
Precisie = Literal["exact", "circa", "ruim", "bijna", "minimaal", "alleen richting"]

# --- results ---

Resultaatsoort = Literal[
    "stuk",
    "start",
    "uitvoering",
    "afronding",
    "activiteit",
    "aantal",
    "aandeel",
    "effect",
    "onbepaald",
]
Vergelijking = Literal["minstens", "hoogstens", "precies"]
Activiteitbesluit = Literal["voortzetten", "aanpassen", "stoppen", "nieuw"]
# What the province reports of a result.
Resultaatstand = Literal["gerealiseerd", "loopt", "niet", "vervallen"]
# What the page says of it: that, or why there is nothing to say. Nothing reported is never a success.
Resultaatstaat = Literal[
    "gerealiseerd",
    "niet",
    "loopt",
    "vervallen",
    "niet_bijgewerkt",
    "nog_niet",
    "geen_opgave",
]
RESULTAATSTATEN: dict[str, str] = {
    "gerealiseerd": "gerealiseerd",
    "niet": "niet gerealiseerd",
    "loopt": "loopt",
    "vervallen": "vervallen",
    "niet_bijgewerkt": "niet bijgewerkt",
    "nog_niet": "nog niet aan de orde",
    "geen_opgave": "geen opgave",
}
RESULTAATSTAAT_UITLEG: dict[str, str] = {
    "niet_bijgewerkt": "de laatste stand is van voor de peildatum",
    "nog_niet": "de peildatum komt nog",
    "geen_opgave": "er is niets verantwoord; dat zegt niet of het is gelukt",
}

# --- money ---

Kant = Literal["lasten", "baten", "saldo"]
Bedragsoort = Literal["post", "subtotaal", "totaal"]
Begrotingsstand = Literal["primitief", "gewijzigd", "realisatie", "raming", "niet_genoemd"]
BEGROTINGSSTANDEN: dict[str, str] = {
    "primitief": "begroting",
    "gewijzigd": "begroting na wijziging",
    "realisatie": "rekening",
    "raming": "meerjarenraming",
    "niet_genoemd": "budget (stand niet genoemd)",
}
# Of money of several parties: what has been asked is not what has been granted.
Fase = Literal["gevraagd", "voornemen", "toegezegd", "toegekend", "betaald", "geraamde_kosten"]
FASEN: dict[str, str] = {
    "gevraagd": "gevraagd",
    "voornemen": "voornemen",
    "toegezegd": "toegezegd",
    "toegekend": "toegekend",
    "betaald": "betaald",
    "geraamde_kosten": "geraamde kosten",
}
# Only of these one may say that the money is there, and add up what parties give to one deal.
FASEN_ZEKER: tuple[Fase, ...] = ("toegezegd", "toegekend", "betaald")
Verband = Literal["naam_gelijk", "naam_verwant", "vermoed", "geen"]
VERBANDEN: dict[str, str] = {
    "naam_gelijk": "zelfde naam",
    "naam_verwant": "naam lijkt erop",
    "vermoed": "vermoeden",
    "geen": "geen post met die naam",
}

# --- instruments ---

Instrumentsoort = Literal["programma", "regeling", "fonds", "organisatie", "project", "kader"]
Evaluatiesoort = Literal["evaluatie", "tussenevaluatie", "procesevaluatie", "midterm", "eindrapportage"]
EVALUATIESOORTEN: dict[str, str] = {
    "evaluatie": "evaluatie",
    "tussenevaluatie": "tussenevaluatie",
    "procesevaluatie": "procesevaluatie",
    "midterm": "midterm review",
    "eindrapportage": "eindrapportage",
}
Evaluatiestand = Literal["aangekondigd", "gepland", "loopt", "afgerond", "tegenstrijdig"]
Besluit = Literal["overgenomen", "deels", "niet", "open"]
BESLUITEN: dict[str, str] = {
    "overgenomen": "overgenomen",
    "deels": "deels overgenomen",
    "niet": "niet overgenomen",
    "open": "nog geen besluit",
}
Herkomst = Literal["geraamd", "gerealiseerd", "niet_genoemd"]
HERKOMSTEN: dict[str, str] = {
    "geraamd": "geraamd",
    "gerealiseerd": "gerealiseerd",
    "niet_genoemd": "niet bekend of dit is gehaald",
}
Duur = Literal["tijdelijk", "structureel", "niet_genoemd"]

# --- signals ---

Kring = Literal["bedrijven", "onderwijs", "gemeenten", "partners", "intern"]
Signaalsoort = Literal["kans", "bedreiging", "signaal"]
Bewering = Literal["stijgt", "daalt", "hoger_dan_nl", "lager_dan_nl"]
BEWERINGEN: dict[str, str] = {
    "stijgt": "stijgt",
    "daalt": "daalt",
    "hoger_dan_nl": "hoger dan Nederland",
    "lager_dan_nl": "lager dan Nederland",
}
Signaaluitkomst = Literal["past_niet", "past", "niet_gebleken", "geen_uitspraak", "geen_cijfer", "niet_te_toetsen"]
SIGNAALUITKOMSTEN: dict[str, str] = {
    "past_niet": "past niet bij de cijfers",
    "past": "past bij de cijfers",
    "niet_gebleken": "niet gebleken",
    "geen_uitspraak": "geen uitspraak",
    "geen_cijfer": "geen cijfer",
    "niet_te_toetsen": "niet te toetsen",
}

# --- projects ---

# What is told of projects together. Each has a unit of its own, and no two are added.
Effectmaat = Literal[
    "provincie",
    "anderen",
    "hefboom",
    "tijdelijk_direct",
    "tijdelijk_indirect",
    "omzet_per_mensjaar",
    "blijvend",
    "geraamd",
    "achteraf_geteld",
]
EFFECTMATEN: dict[str, str] = {
    "provincie": "geld van de provincie",
    "anderen": "geld van anderen, bij diezelfde projecten",
    "hefboom": "van anderen per euro van de provincie",
    "tijdelijk_direct": "tijdelijk werk, direct",
    "tijdelijk_indirect": "tijdelijk werk bij toeleveranciers",
    "omzet_per_mensjaar": "omzet per mensjaar (ter controle)",
    "blijvend": "blijvend werk",
    "geraamd": "geraamd door",
    "achteraf_geteld": "achteraf geteld",
}
Effectstaat = Literal["gegeven", "niet_gegeven", "onderdrukt"]
EFFECTSTATEN: dict[str, str] = {
    "gegeven": "gegeven",
    "niet_gegeven": "niet gegeven",
    "onderdrukt": "niet te tonen: minder dan drie partijen, of anders terug te rekenen",
}

TYPES: dict[str, Any] = {
    "effectmaat": Effectmaat,
    "effectstaat": Effectstaat,
    "precisie": Precisie,
    "resultaatsoort": Resultaatsoort,
    "resultaatstaat": Resultaatstaat,
    "begrotingsstand": Begrotingsstand,
    "fase": Fase,
    "evaluatiestand": Evaluatiestand,
    "besluit": Besluit,
    "bewering": Bewering,
    "signaaluitkomst": Signaaluitkomst,
}
WOORDEN: dict[str, dict[str, str]] = {
    "effectmaat": EFFECTMATEN,
    "effectstaat": EFFECTSTATEN,
    "resultaatstaat": RESULTAATSTATEN,
    "begrotingsstand": BEGROTINGSSTANDEN,
    "fase": FASEN,
    "besluit": BESLUITEN,
    "bewering": BEWERINGEN,
    "signaaluitkomst": SIGNAALUITKOMSTEN,
}

"""The closed lists of what a province wrote down beside its figures: results, money, instruments, signals.

As in `begrippen.lijsten`, which takes these up in its own: a list is a `Literal`, and a dict gives its words. One that
no reader knows by other words stands at its field (`assets.beleid.vormen`).
"""

from __future__ import annotations

from typing import Any, Literal, get_args

# How sure a number of a paper is: it goes along to the page.
Precisie = Literal["exact", "circa", "ruim", "bijna", "minimaal", "alleen richting"]

# of results
Resultaatsoort = Literal[
    "stuk", "start", "uitvoering", "afronding", "activiteit", "aantal", "aandeel", "effect", "onbepaald"
]
Activiteitbesluit = Literal["voortzetten", "aanpassen", "stoppen", "nieuw"]
# What the province reports of a result.
Resultaatstand = Literal["gerealiseerd", "loopt", "niet", "vervallen"]
# What the page says of it: that, or why there is nothing to say. Nothing reported is never a success.
Resultaatstaat = Literal["gerealiseerd", "niet", "loopt", "vervallen", "niet_bijgewerkt", "nog_niet", "geen_opgave"]
RESULTAATSTAAT_UITLEG: dict[str, str] = {
    "niet_bijgewerkt": "de laatste stand is van voor de peildatum",
    "nog_niet": "de peildatum komt nog",
    "geen_opgave": "wat ervan kwam, staat niet in de stukken die er zijn; dat zegt niet of het is gelukt",
}

# of money
Begrotingsstand = Literal["primitief", "gewijzigd", "realisatie", "raming", "niet_genoemd"]
# Of money of several parties: what has been asked is not what has been granted.
Fase = Literal["gevraagd", "voornemen", "toegezegd", "toegekend", "betaald", "geraamde_kosten"]
# Only of these one may say that the money is there: what was promised is not granted yet.
FASEN_ZEKER: tuple[Fase, ...] = ("toegekend", "betaald")
Verband = Literal["naam_gelijk", "naam_verwant", "vermoed", "geen"]

# of instruments
Evaluatiesoort = Literal["evaluatie", "tussenevaluatie", "procesevaluatie", "midterm", "eindrapportage"]
Besluit = Literal["overgenomen", "deels", "niet", "open"]
Herkomst = Literal["geraamd", "gerealiseerd", "niet_genoemd"]

# of signals, and figures that papers printed
Signaalsoort = Literal["kans", "bedreiging", "signaal"]
Bewering = Literal["stijgt", "daalt", "hoger_dan_nl", "lager_dan_nl", "onder_nul"]
Signaaluitkomst = Literal["past_niet", "past", "niet_gebleken", "geen_uitspraak", "geen_cijfer", "niet_te_toetsen"]
# the outcomes by which a figure does say whether a signal holds
NAGEGAAN = frozenset[Signaaluitkomst]({"past_niet", "past", "niet_gebleken"})
Gedruktsoort = Literal["omgeving", "profiel", "paneel", "effect"]

# What is told of projects together: money and work. Each has a unit of its own, and no two are added.
_Geld = Literal["provincie", "anderen", "hefboom"]
_Werk = Literal[
    "tijdelijk_direct", "tijdelijk_indirect", "omzet_per_mensjaar", "blijvend", "geraamd", "achteraf_geteld"
]
Effectmaat = Literal[_Geld, _Werk]
Effectstaat = Literal["gegeven", "niet_gegeven", "onderdrukt"]

# list -> the codes that a reader knows by other words; of the others their own
_ANDERS: dict[str, dict[str, str]] = {
    # an 'opgave' is a task of the policy: what was not reported is not called by that word
    "resultaatstaat": {
        **{"niet": "niet gerealiseerd", "nog_niet": "nog niet aan de orde", "geen_opgave": "niet verantwoord"}
    },
    "begrotingsstand": {
        **{"primitief": "begroting", "gewijzigd": "begroting na wijziging", "realisatie": "rekening"},
        **{"raming": "meerjarenraming", "niet_genoemd": "budget (stand niet genoemd)"},
    },
    "fase": {},
    "verband": {
        **{"naam_gelijk": "zelfde naam", "naam_verwant": "naam lijkt erop"},
        **{"vermoed": "vermoeden", "geen": "geen post zo genoemd"},
    },
    "evaluatiesoort": {"midterm": "midterm review"},
    "besluit": {"deels": "deels overgenomen", "niet": "niet overgenomen", "open": "nog geen besluit"},
    "herkomst": {"niet_genoemd": "niet bekend of dit is gehaald"},
    "signaalsoort": {"kans": "kansen", "bedreiging": "bedreigingen", "signaal": "andere signalen"},
    "bewering": {
        **{"hoger_dan_nl": "hoger dan Nederland", "lager_dan_nl": "lager dan Nederland"},
        "onder_nul": "een saldo onder nul",
    },
    "signaaluitkomst": {"past_niet": "het cijfer wijst de andere kant op", "past": "het cijfer wijst dezelfde kant op"},
    "effectmaat": {
        **{"provincie": "geld van de provincie", "anderen": "geld van anderen, bij diezelfde projecten"},
        **{"hefboom": "van anderen per euro van de provincie", "tijdelijk_direct": "tijdelijk werk, direct"},
        **{"tijdelijk_indirect": "tijdelijk werk bij toeleveranciers", "blijvend": "blijvend werk"},
        **{"omzet_per_mensjaar": "omzet per mensjaar (ter controle)", "geraamd": "geraamd door"},
        "achteraf_geteld": "achteraf geteld",
    },
    "effectstaat": {"onderdrukt": "niet te tonen: minder dan drie partijen, of anders terug te rekenen"},
}
TYPES: dict[str, Any] = {naam: globals()[naam.capitalize()] for naam in _ANDERS}
WOORDEN: dict[str, dict[str, str]] = {
    naam: {code: anders.get(code, code.replace("_", " ")) for code in get_args(TYPES[naam])}
    for naam, anders in _ANDERS.items()
}

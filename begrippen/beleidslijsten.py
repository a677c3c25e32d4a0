"""The closed lists of what a province wrote down beside its figures: results, money, instruments, signals.

As in `begrippen.lijsten`, which takes these up in its own: a list is a `Literal`, and a dict gives its words.
"""

from __future__ import annotations

from typing import Any, Literal, get_args


def _woorden(codes: Any, **anders: str) -> dict[str, str]:
    """The words of a list: of each code its own, but for those that are given."""
    return {code: anders.get(code, code.replace("_", " ")) for code in get_args(codes)}


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
Resultaatstaat = Literal["gerealiseerd", "niet", "loopt", "vervallen", "niet_bijgewerkt", "nog_niet", "geen_opgave"]
# an 'opgave' is a task of the policy: what was not reported is not called by that word
RESULTAATSTATEN = _woorden(
    Resultaatstaat, niet="niet gerealiseerd", nog_niet="nog niet aan de orde", geen_opgave="niet verantwoord"
)
RESULTAATSTAAT_UITLEG: dict[str, str] = {
    "niet_bijgewerkt": "de laatste stand is van voor de peildatum",
    "nog_niet": "de peildatum komt nog",
    "geen_opgave": "wat ervan kwam, staat niet in de stukken die er zijn; dat zegt niet of het is gelukt",
}

# --- money ---

Kant = Literal["lasten", "baten", "saldo"]
Bedragsoort = Literal["post", "subtotaal", "totaal"]
Begrotingsstand = Literal["primitief", "gewijzigd", "realisatie", "raming", "niet_genoemd"]
BEGROTINGSSTANDEN = _woorden(
    Begrotingsstand,
    primitief="begroting",
    gewijzigd="begroting na wijziging",
    realisatie="rekening",
    raming="meerjarenraming",
    niet_genoemd="budget (stand niet genoemd)",
)
# Of money of several parties: what has been asked is not what has been granted.
Fase = Literal["gevraagd", "voornemen", "toegezegd", "toegekend", "betaald", "geraamde_kosten"]
FASEN = _woorden(Fase)
# Only of these one may say that the money is there: what was promised is not granted yet.
FASEN_ZEKER: tuple[Fase, ...] = ("toegekend", "betaald")
Verband = Literal["naam_gelijk", "naam_verwant", "vermoed", "geen"]
VERBANDEN = _woorden(
    Verband,
    naam_gelijk="zelfde naam",
    naam_verwant="naam lijkt erop",
    vermoed="vermoeden",
    geen="geen post zo genoemd",
)

# --- instruments ---

Instrumentsoort = Literal["programma", "regeling", "fonds", "organisatie", "project", "kader"]
Evaluatiesoort = Literal["evaluatie", "tussenevaluatie", "procesevaluatie", "midterm", "eindrapportage"]
EVALUATIESOORTEN = _woorden(Evaluatiesoort, midterm="midterm review")
Evaluatiestand = Literal["aangekondigd", "gepland", "loopt", "afgerond", "tegenstrijdig"]
Besluit = Literal["overgenomen", "deels", "niet", "open"]
BESLUITEN = _woorden(Besluit, deels="deels overgenomen", niet="niet overgenomen", open="nog geen besluit")
Herkomst = Literal["geraamd", "gerealiseerd", "niet_genoemd"]
HERKOMSTEN = _woorden(Herkomst, niet_genoemd="niet bekend of dit is gehaald")
Duur = Literal["tijdelijk", "structureel", "niet_genoemd"]

# --- signals ---

Kring = Literal["bedrijven", "onderwijs", "gemeenten", "partners", "intern"]
Signaalsoort = Literal["kans", "bedreiging", "signaal"]
SIGNAALSOORTEN = _woorden(Signaalsoort, kans="kansen", bedreiging="bedreigingen", signaal="andere signalen")
Bewering = Literal["stijgt", "daalt", "hoger_dan_nl", "lager_dan_nl", "onder_nul"]
BEWERINGEN = _woorden(
    Bewering, hoger_dan_nl="hoger dan Nederland", lager_dan_nl="lager dan Nederland", onder_nul="een saldo onder nul"
)
Signaaluitkomst = Literal["past_niet", "past", "niet_gebleken", "geen_uitspraak", "geen_cijfer", "niet_te_toetsen"]
SIGNAALUITKOMSTEN = _woorden(Signaaluitkomst, past_niet="past niet bij de cijfers", past="past bij de cijfers")

# --- figures that papers printed ---

Gedruktsoort = Literal["omgeving", "profiel", "paneel", "effect"]
# How a number was meant; only a level and a growth have a figure of today that measures the same.
Gedruktmaat = Literal["stand", "groei", "verschil", "prognose", "rang", "richting"]

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
EFFECTMATEN = _woorden(
    Effectmaat,
    provincie="geld van de provincie",
    anderen="geld van anderen, bij diezelfde projecten",
    hefboom="van anderen per euro van de provincie",
    tijdelijk_direct="tijdelijk werk, direct",
    tijdelijk_indirect="tijdelijk werk bij toeleveranciers",
    omzet_per_mensjaar="omzet per mensjaar (ter controle)",
    blijvend="blijvend werk",
    geraamd="geraamd door",
    achteraf_geteld="achteraf geteld",
)
Effectstaat = Literal["gegeven", "niet_gegeven", "onderdrukt"]
EFFECTSTATEN = _woorden(
    Effectstaat,
    onderdrukt="niet te tonen: minder dan drie partijen, of anders terug te rekenen",
)

TYPES: dict[str, Any] = {
    **{"effectmaat": Effectmaat, "effectstaat": Effectstaat, "precisie": Precisie, "resultaatsoort": Resultaatsoort},
    **{"resultaatstaat": Resultaatstaat, "begrotingsstand": Begrotingsstand, "fase": Fase, "besluit": Besluit},
    **{"gedruktsoort": Gedruktsoort, "evaluatiestand": Evaluatiestand},
    **{"bewering": Bewering, "signaaluitkomst": Signaaluitkomst},
}
WOORDEN: dict[str, dict[str, str]] = {
    **{"effectmaat": EFFECTMATEN, "effectstaat": EFFECTSTATEN, "resultaatstaat": RESULTAATSTATEN, "fase": FASEN},
    **{"begrotingsstand": BEGROTINGSSTANDEN, "besluit": BESLUITEN, "bewering": BEWERINGEN},
    "signaaluitkomst": SIGNAALUITKOMSTEN,
}

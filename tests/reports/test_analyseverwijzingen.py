"""References to analyses and policy: what they print, what they refuse, and how they are typed in Word."""

from dataclasses import replace

import pytest

from reports.analyse import Groeideel
from reports.inhoud import plain
from reports.tekst.cijfers import Cijfers, Soortgenoten
from reports.tekst.haakjes import as_haakjes, read_haakjes
from reports.tekst.teksten import read_tekst
from reports.tekst.verwijzingenlijst import list_verwijzingen
from reports.uitvoering import Uitvoering
from tests.reports.zinnencijfers import make_zinnencijfers

ZORG = Groeideel("Overheid en zorg", 71_200, 7_700, 6_000, 900, 800, "300012")
BOEREN = Groeideel("Landbouw, bosbouw en visserij", 4_300, 0, 0, 0, 0, "301000")
BOUW = Groeideel("Bouwnijverheid", 12_100, -300, 900, -400, -800, "300009")


def geld(opgave, jaar, bedrag, stand="begroot", eigen=True):
    return {"editie": 2026, "indeling": "x", "opgave": opgave, "jaar": jaar, "kant": "lasten", "begrotingsstand": stand,
            "bedrag": bedrag, "posten": 1, "zonder_bedrag": 0, "eigen": eigen}  # fmt: skip


def make() -> Cijfers:
    tabellen = {
        "opgave": tuple({"editie": 2026, "opgave": n, "naam": naam, "eigen": True} for n, naam in
                        (("1", "Vestigingsklimaat"), ("2", "Arbeidsmarkt"))),
        "opgavebedrag": (geld("1", 2026, 1_849_488), geld("1", 2025, 2_171_540), geld("2", 2026, 5),
                         geld("2", 2026, 6, "gewijzigd"), geld("1", 2026, 99, eigen=False)),
        "ketting": ({"editie": 2026, "opgave": "1", "resultaten": 4, "resultaten_verantwoord": 0},
                    {"editie": 2026, "opgave": "2", "resultaten": 0, "resultaten_verantwoord": 0}),
    }  # fmt: skip
    return replace(
        make_zinnencijfers(),
        sectoren={"PV22": (ZORG, BOUW, BOEREN)},
        soortgenoten={("werkloosheid", "GM0114"): Soortgenoten(3.9, 10, "2024JJ00")},
        uitvoering=Uitvoering(2026, tabellen),
    )


CIJFERS = make()
SPATIE = "\N{NO-BREAK SPACE}"


def printed(source):
    tekst, fouten = read_tekst("x.md", source, CIJFERS, None)
    assert not [f for f in fouten if f.ernst == "fout"], [str(f) for f in fouten]
    return plain(tekst.blokken[0].inhoud).replace(SPATIE, " ")


@pytest.mark.parametrize(
    ("call", "haakjes", "expected"),
    [
        ("prognose()", "prognose", "506.000 inwoners in 2050 (met een kans van twee op de drie 474.600 tot 537.400)"),
        ('prognose(regio="PV22")', "prognose, Drenthe",
         "506.000 inwoners in 2050 (met een kans van twee op de drie 474.600 tot 537.400)"),
        ('prognose_leeftijd("75 jaar en ouder")', "prognose leeftijd 75 jaar en ouder",
         "van 57.700 in 2025 naar 96.400 in 2050"),
        ("pendel_uit()", "pendel uit", "71.100 banen"),
        ("pendel_in()", "pendel in", "52.300 banen"),
        ("kloof()", "kloof", "25.309 euro (21,0%) minder dan in Nederland"),
        ('ontleding("mix")', "ontleding mix", "1.968 euro minder"),
        ("banengroei()", "banengroei", "17.500 banen meer dan in 2018"),
        ('sector("Overheid en zorg")', "sector overheid en zorg", "7.700 banen meer dan in 2018"),
        ('sector("Bouwnijverheid")', "sector: Bouwnijverheid", "300 banen minder dan in 2018"),
        ('sector("Landbouw, bosbouw en visserij", regio="PV22")', "sector Landbouw, bosbouw en visserij, Drenthe",
         "evenveel banen als in 2018"),
        ('soortgenoten("werkloosheid", regio="GM0114")', "soortgenoten werkloosheid, Emmen",
         "0,3 procentpunt hoger dan het midden van de 10 gebieden die er het meest op lijken (3,9%)"),
        ('budget("1")', "budget 1", "1.849.488 euro in 2026"),
        ('budget("1", periode="2025")', "budget 1, 2025", "2.171.540 euro in 2025"),
        ('resultaten("Vestigingsklimaat")', "resultaten Vestigingsklimaat", "geen van de 4 beoogde resultaten"),
    ],
)  # fmt: skip
def test_a_reference_prints_what_was_worked_out(call, haakjes, expected):
    assert printed(f"{{{{ {call} }}}}") == expected
    assert read_haakjes(haakjes, CIJFERS).call.lower() == call.lower()


@pytest.mark.parametrize(
    ("call", "wat", "advies"),
    [
        ('prognose("Emmen")', "geen prognose van Emmen", "aanwezig"),
        ('prognose_leeftijd("18 jaar")', "leeftijd '18 jaar' bestaat niet", "75 jaar en ouder"),
        ('ontleding("rest")', "deel 'rest' bestaat niet", "mix, eigen, samen"),
        ('sector("Bouw")', "sector 'Bouw' bestaat niet", "'Bouwnijverheid'"),
        ('soortgenoten("werkloosheid")', "niet naast gebieden", "aanwezig"),
        ('soortgenoten("bevolking", "Emmen")', "is een totaal", "aandeel"),
        ('budget("1", 2031)', "geen bedrag van 2031", "2025, 2026"),
        ('budget("2")', "meer dan een stand", "ander jaar"),
        ('budget("9")', "opgave '9' bestaat niet", "Vestigingsklimaat"),
        ('resultaten("2")', "geen beoogde resultaten", "aanwezig"),
    ],
)
def test_what_is_not_there_says_what_is(call, wat, advies):
    fouten = read_tekst("x.md", f"Het is {{{{ {call} }}}}.", CIJFERS, None)[1]
    assert wat in fouten[0].wat and advies in fouten[0].advies, [str(f) for f in fouten]


def test_a_sentence_waits_for_an_analysis():
    assert (
        printed('{% if aanwezig(prognose("Emmen")) %}Weg.{% else %}Er is geen prognose.{% endif %}')
        == "Er is geen prognose."
    )
    assert printed("{% if aanwezig(pendel_uit()) %}Er is pendel.{% endif %}") == "Er is pendel."


def test_the_list_shows_them_as_they_are_typed():
    rijen = dict(list_verwijzingen(CIJFERS))
    for verwijzing in (
        "[prognose]",
        "[pendel uit]",
        "[sector Bouwnijverheid]",
        "[ontleding mix]",
        "[budget 1]",
        "[kloof]",
    ):
        assert verwijzing in rijen, sorted(rijen)
    for verwijzing, wat in rijen.items():
        call = read_haakjes(verwijzing.strip("[]"), CIJFERS).call
        if "(" not in wat or not verwijzing[1:].startswith(tuple(CIJFERS.indicatoren)):
            assert printed(f"{{{{ {call} }}}}").startswith(wat.replace(SPATIE, " ")), verwijzing
    assert "[pendel uit, Drenthe]" in dict(list_verwijzingen(CIJFERS, "", "Drenthe"))


def test_advice_names_a_region_as_it_is_typed():
    assert as_haakjes('{% if aanwezig(prognose("CR07")) %}') == "{% if aanwezig([prognose, CR07]) %}"

"""The answers of the front page: what is better and worse has a name, and what may be chance is told behind it."""

from dataclasses import replace

from reports.document import Alinea, Feiten, Tabel
from reports.hoofdstukken.antwoorden import GENOEMD, VRAAG_UITLEG, make_antwoorden, onder_antwoord, zonder_namen
from reports.hoofdstukken.themaoverzicht import make_themaoverzicht
from reports.inhoud import Koppeling, Voorlees, plain
from tests.reports.test_beweringzinnen import many, welvaart
from tests.reports.voorbeeldrapport import seen


def geteld(aantal: int, letter: str, **anders):
    return [replace(c, id=f"{letter}{n}", naam=f"{letter.upper()} {n}", **anders) for n, c in enumerate(many(aantal))]


def names(antwoord) -> dict[str, str]:
    return {kop: plain(inhoud) for kop, inhoud in antwoord.namen}


def uitleg(antwoord) -> list[bool]:
    """Whether the note under an answer says what a question mark means; empty where it does not."""
    noten = [b for b in onder_antwoord(antwoord) if isinstance(b, Alinea)]
    return [True for b in noten if VRAAG_UITLEG in plain(b.inhoud)]


def test_what_is_better_and_what_is_worse_is_named() -> None:
    desk = welvaart(*geteld(5, "a", meting="telling"), *geteld(2, "b", meting="telling", richting="lager"))
    antwoord = make_antwoorden(desk)[0]
    assert names(antwoord) == {"Beter (5)": "A 0, A 1, A 2, A 3, A 4", "Slechter (2)": "B 0, B 1"}
    assert "5 beter en 2 slechter" in antwoord.tekst and uitleg(antwoord) == []


def test_the_core_indicators_are_named_first_and_the_others_counted() -> None:
    desk = welvaart(*geteld(GENOEMD + 3, "a", meting="telling"))
    desk.rapport = replace(desk.rapport, kern=("a8", "a3"))
    (noemt,) = names(make_antwoorden(desk)[0]).values()
    assert noemt == "A 8, A 3, A 0, A 1, A 2, A 4 en nog 3"
    # one more is named: to count it is no shorter
    desk = welvaart(*geteld(GENOEMD + 1, "a", meting="telling"))
    (noemt,) = names(make_antwoorden(desk)[0]).values()
    assert noemt.count(",") == GENOEMD and "nog" not in noemt


def test_a_name_of_what_may_be_chance_says_so() -> None:
    """Where the source of an estimate gives no margin, it is counted, and nobody may quote it as sure."""
    desk = welvaart(*geteld(4, "a", meting="telling"), *geteld(2, "c"))
    antwoord = make_antwoorden(desk)[0]
    assert names(antwoord)["Beter (6)"].count("?") == 2
    heard = [run.gesproken for _, inhoud in antwoord.namen for run in inhoud if isinstance(run, Voorlees)]
    assert heard == [", kan toeval zijn"] * 2
    assert uitleg(antwoord) == [True] and "2 van de 6 verschillen kunnen toeval zijn" in antwoord.tekst


def test_a_paper_has_the_names_without_links() -> None:
    antwoord = make_antwoorden(welvaart(*geteld(5, "a", meting="telling")))[0]
    feiten = [b for b in onder_antwoord(antwoord, koppelingen=False) if isinstance(b, Feiten)]
    assert feiten and not any(isinstance(run, Koppeling) for b in feiten for _, i in b.paren for run in i)
    assert plain(feiten[0].paren[0][1]) == "A 0, A 1, A 2, A 3, A 4"


def test_what_does_not_fit_loses_its_names_and_what_they_explain() -> None:
    antwoorden = make_antwoorden(welvaart(*geteld(4, "a", meting="telling"), *geteld(2, "c")))
    met = [n for n, a in enumerate(antwoorden) if a.namen]
    assert len(met) == 2
    over = zonder_namen(antwoorden, 1)
    assert [n for n, a in enumerate(over) if a.namen] == met[:1] and uitleg(over[met[1]]) == []
    assert not any(a.namen for a in zonder_namen(antwoorden, 5))
    assert [a.tekst for a in over] == [a.tekst for a in antwoorden]


def test_an_area_has_the_same_question_marks_behind_its_names() -> None:
    """One name with a mark on the front page and without it in the table of the province is two certainties."""
    desk = welvaart(*geteld(2, "a", meting="telling"), *geteld(2, "b", meting="steekproef"))
    blokken = make_themaoverzicht(desk, desk.rapport.provincie)
    cellen = [plain(c.inhoud) for b in blokken if isinstance(b, Tabel) for rij in b.rijen for c in rij.cellen]
    noot = [plain(b.inhoud) for b in blokken if isinstance(b, Alinea)]
    assert "A 0, A 1, B 0\N{NO-BREAK SPACE}?, B 1\N{NO-BREAK SPACE}?" in cellen
    assert noot[0].endswith(VRAAG_UITLEG)
    # a place is uncertain within its margin too, and a count counts exactly what has a mark
    for naam in ("plaats", "verandering"):
        telling = desk.rapport.beweringen.telling(naam, "wonen", "PV22", "provincie")
        for b in telling.per_oordeel.values():
            assert sum(desk.rapport.beweringen.met_naam(n).kan_toeval for n in b.geteld) == b.onzeker
    # where none is uncertain nothing is explained
    zeker = welvaart(*geteld(2, "a", meting="telling"))
    assert VRAAG_UITLEG not in seen(make_themaoverzicht(zeker, zeker.rapport.provincie))

"""Figures that count what befalls people and firms: each has its chance, and no such card is without."""

from __future__ import annotations

import re
from math import sqrt
from typing import Any

import duckdb
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.kaartbron import Term
from begrippen.rekenregels import REKENREGELS
from tests.indicatoren.conftest import build, cel, columns, kaart
from tests.indicatoren.test_oordeel import GEMEENTEN, OURS

Z = REKENREGELS.marge_se
# words of a name or definition that say that something happened in a year
GEBEURT = re.compile(
    r"opricht|opgericht|ophef|opgehev|starter|startend|faillis|verhui|kwamen|vertrok|migrat|gebore|geboorte|overled|sterft"
    r"|misdrij|schoolverlat|groeiers|verkocht|verkop|uitgegeven|uitgifte|overnacht|ongeluk|ongeval",
    re.IGNORECASE,
)
# a word of that kind, and no count of events; of each the reason
GEEN_GEBEURTENIS = {
    "aandeel_direct_uitgeefbaar": "een stand: terrein dat te koop ligt",
    "uitgeefbaar_terrein": "een stand: terrein dat te koop ligt",
    "uitgifte_bedrijventerrein": "hectaren, geen aantal kavels; heeft geen gewenste kant",
    "jaren_voorraad": "hectaren, geen aantal kavels; over vier jaren samen",
    "verkoopprijs_woningen": "een gemiddelde; merkbaar is gezet naar wat wisselende verkopen doen; geen gewenste kant",
    "prijsindex_koopwoningen": "een index, gecorrigeerd voor welke woningen verkocht zijn; geen gewenste kant",
}


def topics(k: Kaart) -> set[tuple[str, str]]:
    """The tables and topics of what a card counts, and of a share also of the whole."""

    def named(tabel: str, terms: tuple[Term, ...]) -> set[tuple[str, str]]:
        return {(t.tabel or tabel, t.onderwerp) for t in terms}

    found = set[tuple[str, str]]()
    for b in k.bronnen:
        found |= named(b.tabel, b.teller)
        if k.eenheid.startswith("% van "):
            found |= named(b.tabel, b.noemer)
    return found


def test_every_card_that_counts_events_says_so() -> None:
    cards = [k for k in read_kaarten().values() if k.doel == "rapport" and k.meting in ("telling", "voortschrijdend")]
    counted = {
        (t.tabel or b.tabel, t.onderwerp) for k in cards if k.gebeurtenissen for b in k.bronnen for t in b.teller
    }
    silent = {
        k.id
        for k in cards
        if not k.gebeurtenissen and (GEBEURT.search(f"{k.naam} {k.definitie}") or topics(k) & counted)
    }
    assert silent == GEEN_GEBEURTENIS.keys(), "zet gebeurtenissen: true op de kaart, of zeg hier waarom niet"
    assert {"overleving_1", "verhuizingen_in", "geregistreerde_misdrijven", "levensverwachting"} <= {
        k.id for k in cards if k.gebeurtenissen
    }


def test_what_matters_of_events_is_not_what_chance_makes() -> None:
    """Chance is in the margin, and as a reason for a threshold it would count twice."""
    cards = [k for k in read_kaarten().values() if k.gebeurtenissen and k.merkbaar]
    assert [k.id for k in cards if k.merkbaar and re.search("toeval|wissel|schommel", k.merkbaar.reden)] == []


def share(**extra: Any) -> Kaart:
    """The part of a group that is still there, in percent."""
    bron = {"tabel": "t", "factor": 100, "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "n"}]}
    more = {"aggregatie": "verhouding", "eenheid": "% van de groep", "gebeurtenissen": True, "richting": "hoger"}
    return kaart(**{"bronnen": [bron]} | more | extra)


def judged(
    kaarten: list[Kaart], cells: list[dict[str, Any]], claims: str = "reken.bewering_cijfer", eenheid: str = ""
) -> duckdb.DuckDBPyConnection:
    """The engine, the judgement and what may be claimed: of one indicator, or below a figure.

    `eenheid`: that of all topics, where rounding at the source matters.
    """
    db = build(kaarten, cells)
    if eenheid:
        db.execute("UPDATE kern.onderwerp SET eenheid = ?", [eenheid])
        again = {"reken.waarde", "reken.lid", "reken.berekend", "monitor.indicatorwaarde", "monitor.stand"}
        for tabel in all_tabellen():
            if tabel.naam in again:
                tabel.create(db)
    thema = ", ".join(f"{k} {t}" for k, t in columns("invoer.thema").items())
    db.execute(f"CREATE TABLE invoer.thema ({thema})")
    for tabel in all_tabellen():
        if tabel.naam in {*OURS, "reken.gebeurtenis", "monitor.prognose", "reken.prognosejaar", claims}:
            tabel.create(db)
    return db


def chance(db: duckdb.DuckDBPyConnection, regio: str = "PV22") -> float:
    ((found,),) = db.execute("SELECT toeval FROM reken.gebeurtenis WHERE regio = ?", [regio]).fetchall()
    assert isinstance(found, float)
    return found


@pytest.mark.parametrize(("deel", "geheel"), [(300, 330), (30, 330), (0, 40), (40, 40)])
def test_a_part_of_a_group_has_the_chance_of_a_part(deel: int, geheel: int) -> None:
    db = judged([share()], [cel("a", "PV22", 2025, float(deel)), cel("n", "PV22", 2025, float(geheel))])
    p = deel / geheel
    assert chance(db) == pytest.approx(100 * Z * sqrt(p * (1 - p) / geheel + Z**2 / 4 / geheel**2))
    # a number beside people is no part of them: it varies as that number does
    per = share(eenheid="per 100 inwoners")
    db = judged([per], [cel("a", "PV22", 2025, float(deel)), cel("n", "PV22", 2025, float(geheel))])
    assert chance(db) == pytest.approx(100 * Z * sqrt(deel + Z**2 / 4) / geheel)


@pytest.mark.parametrize(
    ("nu", "oordeel", "zekerheid"),
    # z is 1.45 and 2.6: 4.6 points of 240 starters are chance, 8.3 are not
    [(186, "binnen_marge", "binnen_marge"), (177, "ongunstig", "buiten_marge")],
)
def test_who_survives_is_only_worse_when_it_is_no_chance(nu: int, oordeel: str, zekerheid: str) -> None:
    cells = [cel("n", "PV22", y, 240.0) for y in (2023, 2025)]
    cells += [cel("a", "PV22", 2023, 197.0), cel("a", "PV22", 2025, float(nu))]
    db = judged([share(merkbaar={"waarde": 1, "maat": "eenheid", "reden": "toets"})], cells)
    asked = "SELECT oordeel, zekerheid FROM reken.bewering_cijfer WHERE soort = 'verandering' AND regio = 'PV22'"
    assert db.execute(asked).fetchall() == [(oordeel, zekerheid)]


def test_a_place_that_chance_could_change_is_within_its_margin() -> None:
    # far ahead, in the middle, and far behind; the rest so close that chance decides who is in which quarter
    part = {"GM0106": 239, "GM1680": 200, "GM0114": 199, "GM0109": 198, "GM0118": 197, "GM0160": 196, "GM1979": 100}
    cells = [cel("n", g, 2025, 240.0) for g in part] + [cel("a", g, 2025, float(v)) for g, v in part.items()]
    asked = "SELECT regio, oordeel, zekerheid FROM reken.bewering_cijfer WHERE soort = 'plaats' ORDER BY regio"
    found = {r: (o, z) for r, o, z in judged([share()], cells).execute(asked).fetchall()}
    assert found["GM0106"] == ("bovenste_kwart", "buiten_marge")
    assert found["GM0114"] == ("midden", "buiten_marge")
    near = {"GM0106": 201} | {g: v for g, v in part.items() if g != "GM0106"}
    cells = [cel("n", g, 2025, 240.0) for g in near] + [cel("a", g, 2025, float(v)) for g, v in near.items()]
    found = {r: (o, z) for r, o, z in judged([share()], cells).execute(asked).fetchall()}
    assert found["GM0106"] == ("bovenste_kwart", "binnen_marge")
    assert found["GM0114"] == ("midden", "binnen_marge")
    # where lower is wanted the quarters lie the other way around
    found = {r: (o, z) for r, o, z in judged([share(richting="lager")], cells).execute(asked).fetchall()}
    assert found["GM0106"] == ("onderste_kwart", "binnen_marge")
    # and a count of places says of how many that is so
    db = judged([share()], cells)
    for naam in ("reken.bewering_analyse", "reken.bewering_figuur"):
        db.execute(f"CREATE TABLE {naam} ({', '.join(f'{k} {t}' for k, t in columns(naam).items())})")
    next(t for t in all_tabellen() if t.naam == "monitor.bewering").create(db)
    asked = "SELECT aantal, onzeker FROM monitor.bewering WHERE soort = 'telling_plaats' AND groep = 'alles'"
    counted = db.execute(f"{asked} AND regio = 'GM0106' AND oordeel = 'bovenste_kwart'").fetchall()
    assert counted == [(1, 1)]


def test_events_whose_chance_is_not_known_have_no_certain_place_and_no_named_highest() -> None:
    """A balance per 1 000 people without its flows: which number of events it stands on, nobody can say."""
    cells = [cel("a", g, 2025, float(n)) for n, g in enumerate(GEMEENTEN)]
    for gebeurtenissen, zekerheid, uitersten in ((True, "marge_onbekend", 0), (False, "telling", 2)):
        balance = kaart(eenheid="per 1 000", aggregatie="niet", richting="hoger", gebeurtenissen=gebeurtenissen)
        db = judged([balance], cells)
        assert db.execute("SELECT count(*) FROM reken.gebeurtenis").fetchone() == (0,)
        asked = "SELECT DISTINCT zekerheid FROM reken.bewering_cijfer WHERE soort = 'plaats'"
        assert db.execute(asked).fetchall() == [(zekerheid,)]
        db = judged([balance], cells, "reken.bewering_figuur")
        asked = "SELECT count(*) FROM reken.bewering_figuur WHERE soort = 'uiterste'"
        assert db.execute(asked).fetchone() == (uitersten,)
        asked = "SELECT DISTINCT zekerheid FROM reken.bewering_figuur WHERE soort = 'spreiding'"
        assert db.execute(asked).fetchall() == [(zekerheid,)]


@pytest.mark.parametrize(
    ("toen", "nu", "oordeel", "zekerheid"),
    # 100 of 2023 beside 120 or 240: the country grew by a tenth; chance makes 30 points of the one, 62 of the other
    [(100, 120, "binnen_marge", "binnen_marge"), (100, 240, "hoger", "buiten_marge")],
)
def test_a_growth_of_events_beside_the_country_is_faster_only_when_it_is_no_chance(
    toen: int, nu: int, oordeel: str, zekerheid: str
) -> None:
    cells = [cel("a", "PV22", 2023, float(toen)), cel("a", "PV22", 2025, float(nu))]
    cells += [cel("a", "NL01", 2023, 10_000.0), cel("a", "NL01", 2025, 11_000.0)]
    db = judged([kaart(gebeurtenissen=True)], cells, "reken.bewering_figuur")
    asked = "SELECT oordeel, zekerheid, grens FROM reken.bewering_figuur WHERE soort = 'reeksgroei' AND regio = 'PV22'"
    ((found, zeker, grens),) = db.execute(asked).fetchall()
    assert (found, zeker) == (oordeel, zekerheid)
    parts = [(nu / toen, nu), (nu / toen, toen), (1.1, 11_000), (1.1, 10_000)]
    assert grens == pytest.approx(100 * Z * sqrt(sum((g / n) ** 2 * (n + Z**2 / 4) for g, n in parts)))
    # of what is no event it is all growth
    db = judged([kaart()], cells, "reken.bewering_figuur")
    assert [r[:2] for r in db.execute(asked).fetchall()] == [("hoger", "telling")]


def test_events_for_so_many_people_have_the_chance_of_as_many() -> None:
    """33 and 45 crimes for 1 000 of 30 000 people: the source gives no number, and there were 990 and 1 350."""
    people = kaart("mensen", bronnen=[{"tabel": "t", "teller": [{"onderwerp": "n"}]}])
    crime = kaart(
        aggregatie="gewogen", gewicht="mensen", eenheid="per 1 000 inwoners", gebeurtenissen=True, richting="lager"
    )
    cells = [cel("n", "PV22", y, 30_000.0) for y in (2023, 2025)]
    asked = "SELECT oordeel, zekerheid FROM reken.bewering_cijfer WHERE soort = 'verandering' AND indicator = 'maat'"
    for nu, found in ((33.0, ("gunstig", "buiten_marge")), (44.0, ("binnen_marge", "binnen_marge"))):
        db = judged([crime, people], [*cells, cel("a", "PV22", 2023, 45.0), cel("a", "PV22", 2025, nu)])
        assert db.execute(f"{asked} AND regio = 'PV22'").fetchall() == [found]
    per = 1000 / 30_000
    expected = pytest.approx(Z * per * sqrt(45 / per + Z**2 / 4))
    asked = "SELECT toeval FROM reken.gebeurtenis WHERE periode = '2023JJ00'"
    assert db.execute(asked).fetchone() == (expected,)
    # a year of which the number of people is not there has the chance of the fewest there were, and not none
    crimes = [cel("a", "PV22", 2023, 45.0), cel("a", "PV22", 2025, 44.0)]
    db = judged([crime, people], [cel("n", "PV22", 2024, 33_000.0), cel("n", "PV22", 2025, 30_000.0), *crimes])
    assert db.execute(asked).fetchone() == (expected,)
    # of a region of which nobody ever counted them there is none to give
    assert judged([crime, people], [cel("n", "NL01", 2025, 1e6), *crimes]).execute(asked).fetchone() is None


def test_an_index_has_no_place_and_says_why() -> None:
    index = kaart(eenheid="index, 2020 = 100", basisjaar=2020, aggregatie="niet")
    cells = [cel("a", g, j, 100.0 + n) for n, g in enumerate(GEMEENTEN) for j in (2020, 2024, 2025)]
    db = judged([index], cells)
    asked = "SELECT DISTINCT positie, plaats_reden, kloof_reden FROM monitor.oordeel WHERE rang IS NOT NULL"
    assert db.execute(asked).fetchall() == [("n.b.", "index", "geen_nederland")]
    assert db.execute("SELECT count(*) FROM reken.bewering_cijfer WHERE soort = 'plaats'").fetchall() == [(0,)]

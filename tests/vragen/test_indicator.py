"""The description of an indicator, and the two queries that lead from a figure to its cells."""

from __future__ import annotations

from datetime import date

import pytest

from assets.tabel import SQL, read_query
from assets.vragen.afdruk import show_indicator, show_lijst
from assets.vragen.herleiding import walk_back
from assets.vragen.indicator import describe_indicator, read_kaartnamen
from assets.vragen.lezen import VraagError

SHARE = [{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}]


def complete(db, oordelen=(), soortgenoten=None):
    """Add the tables around the engine: those about the build, judgements and, when given, peers."""
    db.execute("CREATE SCHEMA IF NOT EXISTS monitor")
    for naam in ("bouw", "momentopname"):
        read_query(SQL / "monitor" / f"{naam}.sql").create(db)
    kolommen = {k.naam: k.type for k in read_query(SQL / "monitor" / "oordeel.sql").kolommen}
    db.execute(f"CREATE TABLE monitor.oordeel ({', '.join(f'{k} {t}' for k, t in kolommen.items())})")
    for row in oordelen:
        db.execute(
            f"INSERT INTO monitor.oordeel ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
    if soortgenoten is not None:
        db.execute(
            "CREATE TABLE monitor.soortgenoot "
            "(regio VARCHAR, soortgenoot VARCHAR, rang INTEGER, afstand DOUBLE, reden VARCHAR, vergeleken_op VARCHAR, "
            "vastgesteld VARCHAR, opgeheven DATE)"
        )
        db.executemany("INSERT INTO monitor.soortgenoot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", soortgenoten)
    return db


@pytest.fixture(scope="module")
def db(wereld, maak_cel, maak_kaart):
    card = maak_kaart("aandeel", aggregatie="verhouding", bronnen=SHARE)
    cells = [
        maak_cel(o, r, j, v)
        for r in ("PV22", "NL01", "GM0114", "GM0160")
        for j in (2021, 2022)
        for o, v in (("a", float(j)), ("b", 4.0))
    ]
    return complete(wereld([card], [c for c in cells if (c["regio"], c["onderwerp"]) != ("GM0160", "b")]))


def test_a_figure_comes_with_its_series_cells_and_queries(db):
    found = describe_indicator(db, "aandeel")
    assert (found.regio, found.periode, found.waarde.waarde, found.waarde_nl) == ("PV22", "2022JJ00", 50550.0, 50550.0)
    assert [w.periode for w in found.reeks] == ["2021JJ00", "2022JJ00"]
    assert [(c.rol, c.onderwerp, c.waarde) for c in found.cellen] == [("teller", "a", 2022.0), ("noemer", "b", 4.0)]
    assert len(db.execute(found.herkomst_sql).fetchall()) == 2
    assert [r[6] for r in db.execute(found.waarneming_sql).fetchall()] == [2022.0, 4.0]


def test_a_year_and_a_name_will_do(db):
    assert describe_indicator(db, "Aandeel", "gm0114", "2021").periode == "2021JJ00"


def test_an_empty_figure_says_why_and_shows_the_cells_that_are_there(db):
    found = describe_indicator(db, "aandeel", "RD2018")
    assert found.waarde.leeg_reden == "niet_in_selectie"
    assert [(c.lid, c.rol) for c in found.cellen] == [("GM0114", "teller"), ("GM0160", "teller"), ("GM0114", "noemer")]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            ("aandel",),
            r"Indicator aandel is er niet. Bedoelde u aandeel \(Aandeel\)\?\nProbeer: monitor indicator aandeel$",
        ),
        (("qqqq",), "Indicator qqqq is er niet. Zie alle indicatoren met: monitor indicator$"),
        (("aandeel", "PV2"), r"Regio PV2 is er niet. Bedoelde u .*PV22 \(PV22\).*\nProbeer: monitor .* --regio PV2"),
        (("aandeel", "zz"), "Regio zz is er niet. Geef een code of naam, zoals .* monitor indicator aandeel --regio"),
        (("aandeel", "PV22", "1999"), "geen periode 1999. Wel: 2021, 2022"),
        (("aandeel", "GM0003"), r"geen cijfers voor GM0003 \(GM0003\)"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(db, asked, message):
    with pytest.raises(VraagError, match=message):
        describe_indicator(db, *asked)


@pytest.mark.parametrize("asked", ["'; DROP TABLE monitor.stand; --", "x' OR '1'='1", 'a"b', "x; ATTACH 'x' AS y"])
def test_sql_in_an_order_is_a_name_that_is_not_there(db, asked):
    before = db.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
    for words in ((asked,), ("aandeel", asked), ("aandeel", "PV22", asked)):
        with pytest.raises(VraagError):
            describe_indicator(db, *words)
    assert db.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == before


def test_a_quote_in_a_name_stays_text():
    for query in walk_back("a'b", "PV22", "2022JJ00"):
        assert "'a''b'" in query


def test_a_name_of_two_regions_asks_which(db):
    with db.cursor() as other:
        other.execute("BEGIN")
        other.execute("UPDATE kern.regio SET naam = 'Groningen' WHERE code IN ('PV23', 'GM0160', 'GM0003')")
        with pytest.raises(VraagError, match=r"niet eenduidig. Bedoelde u GM0160 \(Groningen\), PV23 \(Groningen\)"):
            describe_indicator(other, "aandeel", "groningen")
        other.execute("ROLLBACK")


GEWOGEN = {"aggregatie": "gewogen", "gewicht": "aantal"}
SALDO = [{"tabel": "t", "teller": [{"onderwerp": "a"}, {"onderwerp": "b", "gewicht": -1}], "factor": 10}]


def test_the_query_of_a_figure_gives_the_figure(wereld, maak_cel, maak_kaart):
    cards = [
        maak_kaart("aantal"),
        maak_kaart("saldo", bronnen=SALDO),
        maak_kaart("per", bronnen=SHARE),
        maak_kaart("aandeel", aggregatie="verhouding", bronnen=SHARE),
        maak_kaart("gemiddeld", **GEWOGEN),
        maak_kaart("gemiddeld_per", **GEWOGEN, bronnen=SHARE),
    ]
    regios = ("PV22", "NL01", "GM0114", "GM0160", "GM0106", "GM1979")
    cells = [maak_cel(o, r, 2022, 3.0 + 7 * n + m) for n, r in enumerate(regios) for m, o in enumerate("ab")]
    db = complete(wereld(cards, cells))
    figures = db.execute(
        "SELECT indicator, regio, waarde FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL ORDER BY ALL"
    ).fetchall()
    assert {r for _, r, _ in figures} == {*regios, "RD2018", "RGA"}
    for indicator, regio, waarde in figures:
        found = describe_indicator(db, indicator, regio)
        (again,) = db.execute(found.waarde_sql).fetchone()
        assert again == pytest.approx(waarde, rel=1e-12), found.waarde_sql
    assert len(figures) == len(cards) * 8


OORDEEL = {
    "indicator": "werkloos",
    "uitsplitsing": "totaal",
    "regio": "GM0114",
    "editie": 2026,
    "venster_van": 2018,
    "venster_tot": 2025,
    "laatste_periode": "2022JJ00",
    "trend": "gunstig",
    "trend_helling": -0.354,
    "trend_p": 0.0004,
    "trend_p_bh": 0.0123,
    "aantoonbaar": None,
    "trend_rho": 0.55,
    "trend_ols": "gunstig",
    "p_ols": 0.0001,
    "trend_n": 5,
    "robuust": "niet_robuust",
    "positie": "onderste_kwart",
    "plaats_reden": None,
    "kloof_reden": None,
    "rang": 300,
    "rang_van": 342,
    "verschil_nl": 0.6,
    "kloof": "kleiner",
    "toelichting": "reeksbreuk in 2021: getoetst op 2021-2025",
}


@pytest.fixture(scope="module")
def beoordeeld(wereld, maak_cel, maak_kaart):
    card = maak_kaart(
        "werkloos",
        naam="Werkloosheid",
        aggregatie="niet",
        eenheid="% van de beroepsbevolking",
        richting="lager",
        definitie="wie zoekt",
        breuken=[{"vanaf": 2021, "reden": "herontwerp"}],
    )
    values = {"GM0114": 4.2, "NL01": 3.6, "GM0160": 5.0, "GM0106": "geheim", "GM0118": 4.0}
    cells = [maak_cel("a", r, j, v, status="voorlopig") for r, v in values.items() for j in (2020, 2022)]
    peers = [
        ("GM0114", "GM0160", 1, 0.5, "even dun bevolkt", "dichtheid (2024)", "20260701T000000000000Z", None),
        ("GM0114", "GM0106", 2, 1.25, "even grijs", "dichtheid (2024)", "20260701T000000000000Z", date(2027, 1, 1)),
    ]
    return complete(wereld([card], cells), [OORDEEL], peers)


def test_the_print_says_everything_from_figure_to_query(beoordeeld):
    text = show_indicator(describe_indicator(beoordeeld, "werkloos", "GM0114"))
    for part in (
        "Werkloosheid (werkloos)",
        "Voorbeeldcijfers: verzonnen",
        "Waarde         4,2% van de beroepsbevolking in 2022 (voorlopig)",
        "gunstig: −0,354 procentpunt per jaar; p < 0,001, na correctie voor het aantal toetsen p = 0,012; n = 5",
        "(venster 2018-2025)",
        "Robuust        nee: niet elke andere rekenwijze geeft dit beeld",
        "ongunstigste kwart; plaats 300 van de 342 gemeenten met een cijfer in 2022",
        "Kloof          +0,6 procentpunt (+16,7%) ten opzichte van Nederland (3,6%); de kloof wordt kleiner",
        "Toelichting    reeksbreuk in 2021: getoetst op 2021-2025",
        "2020: 4,2* | 2022: 4,2* (* voorlopig, | reeksbreuk)",
        "reeksbreuk in 2021: herontwerp",
        "1  GM0160 (GM0160)  5,0*     0,50  even dun bevolkt",
        "2  GM0106 (GM0106)     .     1,25  even grijs (opgeheven per 1 januari 2027)",
        "Vergeleken op dichtheid (2024); de cijfers staan in monitor.soortgenoot_kenmerk.",
        "Vastgesteld op 1 juli 2026, 00:00 UTC; in editie 2026 veranderen zij niet meer met de cijfers.",
        "Een hogere waarde dan GM0114: 1; een lagere: 0.",
        "lager is gunstig. Herkomst: eigen keuze",
        "Definitie      wie zoekt",
        "CBS, t Tabel t; opgehaald 1 juli 2026",
        "FROM monitor.herkomst",
        "FROM kern.waarneming AS w",
    ):
        assert part in " ".join(text.split()) or part in text, f"{part}\n{text}"
    assert [line for line in text.splitlines() if line.startswith("  teller")]
    assert text.count("op dichtheid") == 1


def test_the_print_of_an_empty_figure_says_why_and_has_no_query_for_it(beoordeeld):
    text = show_indicator(describe_indicator(beoordeeld, "werkloos", "GM0106"))
    assert "n.b. in 2022: geheim" in text
    assert "Oordeel        geen" in text
    assert "Soortgenoten   geen: er waren te weinig cijfers, of de regio bestond nog niet" in text
    assert "-- 2." in text
    assert "-- 3." not in text


def test_a_build_without_judgements_says_so(beoordeeld):
    with beoordeeld.cursor() as other:
        other.execute("BEGIN; DROP TABLE monitor.oordeel; DROP TABLE monitor.soortgenoot")
        text = show_indicator(describe_indicator(other, "werkloos", "GM0114"))
        other.execute("ROLLBACK")
    assert "deze bouw heeft geen oordelen; vernieuw hem met: monitor run" in text


def test_the_list_names_every_indicator_and_what_is_not_there(beoordeeld):
    text = show_lijst(read_kaartnamen(beoordeeld))
    assert "werkloos  Werkloosheid (n.b. voor Drenthe)" in text
    assert text.splitlines()[0] == "Bevolking"


def test_a_corrected_cell_is_told_with_what_the_source_gave(wereld, maak_cel, maak_kaart):
    row = {
        **{"correctie": "komma", "bron": "aanlevering", "tabel": "t", "onderwerp": "a", "uitsplitsing": "totaal"},
        **{"regio": "GM0114", "periode": "2022JJ00", "verwacht": 1.8, "bron_waarde": 1.8, "wordt": 18.4},
        **{"uitkomst": "toegepast", "reden": "Komma te ver.", "gemeld_aan": "CBS", "datum": date(2026, 11, 24)},
    }
    cells = [
        maak_cel("a", r, j, v) for r, j, v in (("GM0114", 2022, 18.4), ("GM0114", 2021, 18.0), ("NL01", 2022, 900.0))
    ]
    mended = {**row, "correctie": "oud", "periode": "2021JJ00", "uitkomst": "hersteld"}
    db = complete(wereld([maak_kaart()], cells, correcties=[row, mended]))
    assert db.execute("FROM monitor.gecorrigeerd WHERE regio = 'GM0114'").fetchall() == [
        ("maat", "totaal", "GM0114", "2022JJ00", "komma")
    ]
    beeld = describe_indicator(db, "maat", "GM0114", "2022")
    text = " ".join(show_indicator(beeld).split())
    assert "Broncellen (1), zoals de bron ze gaf, op de correctie na" in text
    assert "definitief, gecorrigeerd" in text
    assert "komma: de bron geeft 1,8, gebruikt is 18,4. Komma te ver. Gemeld aan: CBS (24 november 2026)" in text
    assert "FROM kern.correctie WHERE correctie IN ('komma');" in text
    assert db.execute(beeld.waarde_sql).fetchone() == (18.4,)
    assert describe_indicator(db, "maat", "GM0114", "2021").correcties == ()


MEDIAAN = {"aggregatie": "niet"}
NAAR_MENSEN = {"aggregatie": "gewogen", "gewicht": "mensen"}


@pytest.mark.parametrize(
    ("card", "values", "why"),
    [
        (MEDIAAN, {"GM0114": 1.0, "GM0160": 2.0}, "dit cijfer is niet uit dat van gemeenten samen te stellen"),
        ({}, {"CR08": 5.0}, "de bron geeft dit cijfer niet voor de gemeenten van deze regio"),
        ({}, {"GM0114": 1.0, "GM0160": "geheim"}, "zonder cijfer: GM0160 (geheim)"),
        (
            NAAR_MENSEN,
            {"GM0114": 1.0, "GM0160": 2.0},
            "het gewicht (mensen) is er dat jaar niet voor elke gemeente van deze regio",
        ),
    ],
)
def test_a_region_without_a_figure_says_what_is_the_matter_with_its_members(  # noqa: PLR0917 - three fixtures
    wereld, maak_cel, maak_kaart, card, values, why
):
    cells = [maak_cel("a", r, 2022, v) for r, v in values.items()] + [maak_cel("w", "GM0114", 2022, 3.0, tabel="u")]
    mensen = maak_kaart("mensen", bronnen=[{"tabel": "u", "teller": [{"onderwerp": "w"}]}])
    db = complete(wereld([maak_kaart(**card), mensen], cells))
    text = " ".join(show_indicator(describe_indicator(db, "maat", "RD2018", "2022")).split())
    assert f"Waarde n.b. in 2022: {why}" in text
    assert "Reeks geen enkel cijfer" in text


def test_a_year_in_which_no_member_has_a_figure_is_told_once(wereld, maak_cel, maak_kaart):
    cells = [
        maak_cel("a", r, j, v) for r in ("GM0114", "GM0160") for j, v in ((2021, 1.0), (2022, "niet_gepubliceerd"))
    ]
    db = complete(wereld([maak_kaart()], [*cells, maak_cel("a", "NL01", 2022, 9.0)]))
    text = " ".join(show_indicator(describe_indicator(db, "maat", "RD2018", "2022")).split())
    assert "geen van de gemeenten van deze regio heeft een cijfer (niet beschikbaar" in text
    assert "Reeks 2021: 2,0; 2022: n.b." in text


def test_chance_and_a_place_among_few_are_told_plainly(beoordeeld):
    with beoordeeld.cursor() as other:
        other.execute("BEGIN")
        other.execute(
            "CREATE TABLE monitor.oordeel_regiosoort AS SELECT 'gemeente' AS soort, 'nederland' AS gebied, "
            "1000::BIGINT AS toetsen, 61::BIGINT AS signalen, 50.0::DOUBLE AS verwacht_toeval"
        )
        other.execute(
            "UPDATE monitor.oordeel SET positie = 'n.b.', plaats_reden = 'weinig_regios', rang = 1, rang_van = 2"
        )
        text = " ".join(show_indicator(describe_indicator(other, "werkloos", "GM0114")).split())
        other.execute("ROLLBACK")
    assert "Toeval van 1.000 getoetste trends van gemeenten zijn er 61 duidelijk; bij louter toeval" in text
    assert "waren dat er ongeveer 50 (5%)" in text
    assert "Positie n.b.: te weinig regio's om mee te vergelijken" in text

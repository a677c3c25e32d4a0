"""What is said of the changes since the previous publication, in words."""

import duckdb
import pytest

from assets.tabel import SQL, read_query
from assets.vragen.afdruk_herziening import show_herziening
from assets.vragen.herziening import describe_herziening
from assets.vragen.lezen import VraagError

TABELLEN = ("bouw", "herziening", "kaartherziening", "indicator", "momentopname")
P = "vorige_publicatie"
TOEN, NU = "20260701T000000000000Z", "20260702T031500000000Z"


def make(herzieningen=(), kaarten=(), vorige=TOEN, vorige_editie=None):
    """The tables that are read, as their headers document them, with the given changes."""
    db = duckdb.connect()
    db.execute("CREATE SCHEMA monitor; CREATE SCHEMA kern")
    headers = [*(f"monitor/{t}" for t in TABELLEN), *(f"kern/{t}" for t in ("regio", "regio_lid", "waarneming"))]
    for path in [*headers, "kern/waarneming_versie"]:
        tabel = read_query(SQL / f"{path}.sql")
        db.execute(f"CREATE TABLE {tabel.naam} ({', '.join(f'{k.naam} {k.type}' for k in tabel.kolommen)})")
    db.execute(
        "INSERT INTO monitor.bouw (soort, bouw, vorige, vorige_editie) VALUES ('voorbeeld', ?, ?, ?)",
        [NU, vorige, vorige_editie],
    )
    db.execute("INSERT INTO monitor.indicator (id, naam, decimalen) VALUES ('bbp', 'Bbp', 0), ('druk', 'Druk', 1)")
    db.execute("INSERT INTO kern.regio (code, naam) VALUES ('PV22', 'Drenthe'), ('GM0114', 'Emmen'), ('NL01', 'NL')")
    db.execute("INSERT INTO kern.regio_lid (regio, lid) VALUES ('PV22', 'GM0114')")
    for tegenover, indicator, regio, jaar, oud, nieuw, soort in herzieningen:
        db.execute(
            "INSERT INTO monitor.herziening VALUES (?, ?, 'totaal', ?, ?, ?, ?, ?)",
            [tegenover, indicator, regio, f"{jaar}JJ00", oud, nieuw, soort],
        )
    for row in kaarten:
        db.execute("INSERT INTO monitor.kaartherziening VALUES (?, ?, ?, ?)", row)
    return db


CHANGES = [
    (P, "bbp", "NL01", 2023, 1000.0, 1010.0, "herzien"),
    (P, "bbp", "GM0003", 2023, 10.0, 11.0, "herzien"),
    (P, "bbp", "PV22", 2024, None, 21.0, "nieuw"),
    (P, "bbp", "PV22", 2023, 20.0, 19.0, "herzien"),
    (P, "bbp", "GM0114", 2023, 4.0, None, "vervallen"),
    (P, "druk", "PV22", 2023, 2.0, 4.0, "definitie"),
    (P, "weg", "PV22", 2023, 1.0, None, "vervallen"),
    *((P, "veel", "PV22", year, None, 1.0, "nieuw") for year in range(2000, 2009)),
]
CARDS = [(P, "druk", "definitie", ["eenheid", "bronnen"]), (P, "weg", "vervallen", [])]


def test_counts_by_indicator_with_the_greatest_change_and_what_was_said_before_first():
    (deel,) = describe_herziening(make(CHANGES, CARDS)).vergeleken
    assert [(t.indicator, t.aantallen) for t in deel.tellingen] == [
        ("bbp", {"herzien": 3, "nieuw": 1, "vervallen": 1}),
        ("druk", {"definitie": 1}),
        ("weg", {"vervallen": 1}),
        ("veel", {"nieuw": 9}),
    ]
    grootste = [t.grootste for t in deel.tellingen]
    assert [(g.regio, g.oud, g.nieuw) if g else None for g in grootste] == [
        ("GM0003", 10.0, 11.0),
        ("PV22", 2.0, 4.0),
        None,
        None,
    ]


def test_the_print_counts_and_names_cards_and_the_next_command():
    text = show_herziening(describe_herziening(make(CHANGES, CARDS)))
    for part in (
        "Bouw 2 juli 2026, 03:15 UTC",
        "Voorbeeldcijfers: verzonnen",
        "Sinds de vorige publicatie (1 juli 2026, 00:00 UTC)",
        "Andere kaart druk (eenheid, bronnen)",
        "Vervallen    weg",
        "GM0003 2023: 10 -> 11 +10,0%",
        "Drenthe 2023: 2,0 -> 4,0 +100,0%",
        "Samen 16 waarden van 4 indicatoren.",
        "monitor herziening --indicator bbp",
    ):
        assert part in text


def test_one_indicator_is_shown_value_by_value_drenthe_first():
    beeld = describe_herziening(make(CHANGES, CARDS), "Bbp")
    (deel,) = beeld.vergeleken
    assert [(h.regio, h.periode[:4], h.soort) for h in deel.regels] == [
        ("PV22", "2024", "nieuw"),
        ("PV22", "2023", "herzien"),
        ("GM0114", "2023", "vervallen"),
        ("NL01", "2023", "herzien"),
        ("GM0003", "2023", "herzien"),
    ]
    lines = [line.split() for line in show_herziening(beeld).splitlines()]
    assert ["Drenthe", "(PV22)", "2024", "n.b.", "21", "nieuw"] in lines
    assert ["Drenthe", "(PV22)", "2023", "20", "19", "−5,0%", "herzien"] in lines
    assert not deel.kaarten


def test_an_indicator_that_is_gone_can_still_be_asked_for():
    (deel,) = describe_herziening(make(CHANGES, CARDS), "weg").vergeleken
    assert [h.soort for h in deel.regels] == ["vervallen"]
    assert [k.soort for k in deel.kaarten] == ["vervallen"]


def test_a_long_list_is_cut_and_says_so():
    many = [(P, "bbp", f"GM{n:04}", 2023, 1.0, 2.0, "herzien") for n in range(50)]
    text = show_herziening(describe_herziening(make(many), "bbp"))
    assert text.count("herzien\n") == 40
    assert "en nog 10; alle staan in monitor.herziening" in text


def test_a_change_from_nearly_nothing_has_no_percentage_of_seven_digits():
    text = show_herziening(describe_herziening(make([(P, "bbp", "PV22", 2023, 1e-6, 5.0, "herzien")]), "bbp"))
    assert "0      5  > 1.000%  herzien" in text


def test_nothing_changed_and_nothing_to_compare_with_are_two_messages():
    assert "geen enkele waarde veranderde" in show_herziening(describe_herziening(make()))
    first = make(vorige=None)
    first.execute("INSERT INTO monitor.momentopname (bron, tabel, titel) VALUES ('cbs', 't', 'Tabel')")
    cel = "bron, tabel, onderwerp, uitsplitsing, regio, periode"
    first.execute(f"INSERT INTO kern.waarneming ({cel}) VALUES ('cbs', 't', 'a', 'totaal', 'PV22', '2023JJ00')")
    first.execute(
        f"INSERT INTO kern.waarneming_versie ({cel}, geldig_tot) "
        "VALUES ('cbs', 't', 'a', 'totaal', 'PV22', '2023JJ00', '2026-07-02')"
    )
    text = show_herziening(describe_herziening(first))
    assert "eerste publicatie" in text
    assert "t Tabel: de bron herzag 1 cellen" in text


def test_the_previous_edition_stands_apart():
    rows = [*CHANGES, ("vorige_editie", "bbp", "PV22", 2023, 18.0, 19.0, "herzien")]
    db = make(rows, vorige_editie=TOEN)
    assert [d.tegenover for d in describe_herziening(db).vergeleken] == ["vorige_publicatie", "vorige_editie"]
    assert "Sinds de vorige editie" in show_herziening(describe_herziening(db))


def test_an_unknown_indicator_gives_the_nearest_and_the_command():
    with pytest.raises(
        VraagError, match=r"Indicator bpp is er niet. Bedoelde u bbp .*\nProbeer: monitor herziening --ind"
    ):
        describe_herziening(make(CHANGES), "bpp")


def test_a_file_of_an_older_version_says_what_to_do():
    db = make()
    db.execute("DROP TABLE monitor.herziening")
    with pytest.raises(VraagError, match=r"oudere versie[\s\S]*monitor run"):
        describe_herziening(db)

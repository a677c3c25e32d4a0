from datetime import datetime

import pytest

from assets.kern.periode import PeriodeError

KERN = ("reken.periodecode", "reken.cel", "kern.correctie", "kern.waarneming", "kern.waarneming_versie")


def waarneming(klein, kolommen="regio, waarde, leeg_reden"):
    klein.build(*KERN)
    return klein.rows(f"SELECT {kolommen} FROM kern.waarneming ORDER BY ALL")


def cel(klein, regio="NL01", waarde=None, leeg=None, periode="2025JJ00", **extra):
    klein.add("waarneming_alle", onderwerp="M1", regio=regio, periode=periode, waarde=waarde, leeg=leeg, **extra)


def test_the_topic_is_ours_and_the_walk_back_is_there(klein):
    cel(klein, waarde=18.0)
    assert waarneming(klein, "bron, tabel, onderwerp, uitsplitsing, regio, periode, waarde, status, momentopname") == [
        ("cbs", "T", "inwoners", "totaal", "NL01", "2025JJ00", 18.0, "definitief", "20260701T000000000000Z")
    ]


def test_a_topic_without_a_name_is_not_dropped(klein):
    klein.add("waarneming_alle", onderwerp="M9", regio="NL01", periode="2025JJ00", waarde=1.0)
    assert waarneming(klein, "onderwerp, waarde") == [("M9", 1.0)]


def test_noise_of_4_byte_floats_goes_and_nothing_else(klein):
    for regio, waarde in (("NL01", 7888.2001953125), ("PV22", 12.3456), ("PV23", 0.0), ("PV24", -0.1000000015)):
        cel(klein, regio, waarde)
    assert waarneming(klein, "regio, waarde") == [("NL01", 7888.2), ("PV22", 12.3456), ("PV23", 0.0), ("PV24", -0.1)]


def test_margins_stand_beside_the_value(klein):
    for marge, titel in (("MW00000", "Waarde"), ("MOG0095", "Ondergrens"), ("MBG0095", "Bovengrens")):
        klein.add("code", dimensie="Marges", soort="marges", code=marge, titel=titel)
    for regio, marge, waarde in (
        ("NL01", "MW00000", 5.0),
        ("NL01", "MOG0095", 4.5),
        ("NL01", "MBG0095", 5.5),
        ("PV22", "MW00000", 6.0),
    ):
        cel(klein, regio, waarde, marge=marge)
    cel(klein, "PV23", None, "Impossible", marge="MW00000")
    assert waarneming(klein, "regio, waarde, marge_onder, marge_boven") == [
        ("NL01", 5.0, 4.5, 5.5),
        ("PV22", 6.0, None, None),
        ("PV23", None, None, None),
    ]


@pytest.mark.parametrize(
    ("api", "leeg", "reden"),
    [
        ("v4", "Impossible", "niet_van_toepassing"),
        ("v4", "None", "onbekend"),
        ("v4", "Confidential", "geheim"),
        ("v3", "", "niet_van_toepassing"),
        ("v3", ".", "onbekend"),
        ("bestand", "", "niet_gepubliceerd"),
        ("bestand", "nul", "niet_gepubliceerd"),
        ("bestand", "Impossible", "niet_van_toepassing"),
        ("bestand", ".", "onbekend"),
        ("bestand", "geheim", "geheim"),
        # only the register suppresses; the word in another answer means nothing to us
        ("register", "onderdrukt", "onderdrukt"),
        ("v4", "onderdrukt", "onbekend"),
        ("v4", None, "onbekend"),
    ],
)
def test_why_a_cell_is_empty(klein, api, leeg, reden):
    klein.db.execute("UPDATE invoer.brontabel SET api = ?", [api])
    cel(klein, "NL01", 1.0)
    cel(klein, "PV22", None, leeg)
    assert waarneming(klein) == [("NL01", 1.0, None), ("PV22", None, reden)]


def test_a_topic_that_no_region_has_in_a_period_is_not_published(klein):
    cel(klein, "NL01", 1.0)
    cel(klein, "NL01", None, "Impossible", "2026JJ00")
    cel(klein, "PV22", None, "Impossible", "2026JJ00")
    assert waarneming(klein, "regio, periode, leeg_reden") == [
        ("NL01", "2025JJ00", None),
        ("NL01", "2026JJ00", "niet_gepubliceerd"),
        ("PV22", "2026JJ00", "niet_gepubliceerd"),
    ]


def test_zero_stays_zero_and_empty_stays_empty(klein):
    cel(klein, "NL01", 0.0)
    cel(klein, "PV22", None, ".")
    assert waarneming(klein) == [("NL01", 0.0, None), ("PV22", None, "onbekend")]


def test_a_table_without_regions_is_about_its_fixed_region(klein):
    klein.db.execute("UPDATE invoer.brontabel SET regio_vast = 'NL01'")
    cel(klein, None, 3.0)
    assert waarneming(klein, "regio") == [("NL01",)]


def test_another_code_of_a_region_becomes_ours(klein):
    klein.add("regio_alias", alias="NL00", code="NL01")
    cel(klein, "NL00", 3.0)
    assert waarneming(klein, "regio") == [("NL01",)]


def test_a_partial_year_is_no_year_and_is_one_in_another_table(klein):
    klein.add("code", dimensie="Perioden", soort="periode", code="2026JJ00", titel="2026 januari-april")
    klein.add("momentopname", tabel="U", gebruikt=True, fetched_at="2026-07-01")
    klein.add("code", tabel="U", dimensie="Perioden", soort="periode", code="2026JJ00", titel="2026")
    cel(klein, waarde=1.0, periode="2026JJ00")
    cel(klein, waarde=2.0, periode="2026JJ00", tabel="U")
    assert waarneming(klein, "tabel, periode, waarde") == [("T", "2026DJ04", 1.0), ("U", "2026JJ00", 2.0)]
    klein.build("kern.periode")
    assert klein.rows("SELECT periode, soort, deel_van_jaar FROM kern.periode ORDER BY ALL") == [
        ("2026DJ04", "DJ", True),
        ("2026JJ00", "JJ", False),
    ]


def test_an_unknown_period_names_its_table(klein):
    cel(klein, waarde=1.0, periode="2026W101")
    with pytest.raises(PeriodeError, match=r"cbs T.*2026W101"):
        klein.build("reken.periodecode")


@pytest.mark.parametrize("in_maand", [False, True])
def test_the_figure_of_a_quarter_may_stand_in_its_first_month(klein, in_maand):
    months = ["2024MM01", "2024MM02", "2024MM04", "2024MM07", "2024MM10", "2024JJ00"]
    quarters = ["2024KW01", "2024MM02", "2024KW02", "2024KW03", "2024KW04", "2024JJ00"]
    klein.db.execute("UPDATE invoer.brontabel SET kwartaal_in_maand = ?", [in_maand])
    for code in months:
        cel(klein, waarde=1.0, periode=code)
    assert [p for (p,) in waarneming(klein, "periode")] == sorted(quarters if in_maand else months)


def test_status_from_prose_is_per_topic(klein):
    klein.db.execute("UPDATE invoer.brontabel SET status_uit_proza = true")
    klein.add("onderwerp", onderwerp="M2", naam="vestigingen")
    klein.add("bron_onderwerp", naam="vestigingen", statusgroepen=["Bedrijfsvestigingen"])
    klein.add("bron_onderwerp", naam="inwoners", statusgroepen=[])
    prose = "Uitkomsten zijn voorlopig over:\r\nBedrijfsvestigingen\r\n"
    klein.add("code", soort="periode", code="2026JJ00", titel="2026", beschrijving=prose)
    for onderwerp in ("M1", "M2"):
        klein.add("waarneming_alle", onderwerp=onderwerp, regio="NL01", periode="2026JJ00", waarde=1.0)
    assert waarneming(klein, "onderwerp, status") == [("inwoners", "definitief"), ("vestigingen", "voorlopig")]


@pytest.mark.parametrize(
    ("own", "status"),
    [(None, "definitief"), ("voorlopig", "voorlopig"), ("Nader voorlopig", "nader_voorlopig"), ("*", "voorlopig")],
)
def test_a_deliverys_own_status_goes_before_the_periods(klein, own, status):
    cel(klein, waarde=1.0, status=own)
    assert waarneming(klein, "status") == [(status,)]


def test_history_holds_a_row_for_each_time_a_cell_changed(klein):
    """Four answers: PV22 is revised in the third, PV23 leaves in the second and comes back in the fourth."""
    klein.db.execute("DELETE FROM invoer.momentopname; DELETE FROM invoer.onderwerp; DELETE FROM invoer.code")
    answers = {
        "1": {"NL01": 1.0, "PV22": 2.0, "PV23": 3.0},
        "2": {"NL01": 1.0, "PV22": 2.0},
        "3": {"NL01": 1.0, "PV22": 2.5},
        "4": {"NL01": 1.0, "PV22": 2.5, "PV23": 3.0},
    }
    for id, cells in answers.items():
        # the source renumbered its topics in the third answer
        sleutel = "M1" if id < "3" else "M2"
        klein.add("momentopname", momentopname=id, gebruikt=id == "4", fetched_at=f"2026-0{id}-01")
        klein.add("onderwerp", momentopname=id, onderwerp=sleutel, naam="inwoners", decimalen=1)
        klein.add("code", momentopname=id, soort="periode", code="2025JJ00", titel="2025", status="Definitief")
        for regio, waarde in cells.items():
            klein.add(
                "waarneming_alle", momentopname=id, onderwerp=sleutel, regio=regio, periode="2025JJ00", waarde=waarde
            )
    klein.build(*KERN)
    march, february, april = datetime(2026, 3, 1), datetime(2026, 2, 1), datetime(2026, 4, 1)
    january = datetime(2026, 1, 1)
    assert klein.rows(
        "SELECT regio, waarde, momentopname, geldig_van, geldig_tot "
        "FROM kern.waarneming_versie ORDER BY regio, geldig_van"
    ) == [
        ("NL01", 1.0, "1", january, None),
        ("PV22", 2.0, "1", january, march),
        ("PV22", 2.5, "3", march, None),
        ("PV23", 3.0, "1", january, february),
        ("PV23", 3.0, "4", april, None),
    ]
    assert klein.rows("SELECT regio, waarde, momentopname FROM kern.waarneming ORDER BY ALL") == [
        ("NL01", 1.0, "4"),
        ("PV22", 2.5, "4"),
        ("PV23", 3.0, "4"),
    ]


def test_one_answer_is_its_own_history(klein):
    cel(klein, waarde=1.0)
    klein.build(*KERN)
    assert klein.rows("SELECT waarde, geldig_van, geldig_tot FROM kern.waarneming_versie") == [
        (1.0, datetime(2026, 7, 1), None)
    ]


@pytest.mark.parametrize(
    ("eenheid", "factor"),
    [
        ("aantal", 1),
        ("x 1 000", 1e3),
        ("x 1000", 1e3),
        ("1 000 euro", 1e3),
        ("1\xa0000 euro", 1e3),
        ("1.000 kg", 1e3),
        ("mln euro", 1e6),
        ("x mln", 1e6),
        ("miljard euro", 1e9),
        ("mld. euro", 1e9),
        ("100 ha", 1e2),
        ("100 mln euro", 1e8),
        ("1 mln kWh", 1e6),
        ("%", 1),
        ("per 1 000 inwoners", 1),
        ("euro per 1 000 kg", 1),
        ("km", 1),
        ("2015=100", 1),
        ("1000 m³", 1e3),
        ("", 1),
        (None, 1),
    ],
)
def test_a_unit_says_its_factor(klein, eenheid, factor):
    klein.db.execute("UPDATE invoer.onderwerp SET eenheid = ?", [eenheid])
    klein.build("kern.onderwerp")
    assert klein.rows("SELECT onderwerp, sleutel, factor FROM kern.onderwerp") == [("inwoners", "M1", factor)]

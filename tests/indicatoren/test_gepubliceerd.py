"""Backtests: what the engine gives against figures that CBS published, each with its vintage and tolerance."""

from datetime import date

import duckdb
import pandas as pd
import pytest

from assets.indicatoren.kaart import read_kaarten
from tests.gebieden import leden_op


@pytest.fixture(scope="module")
def gepubliceerd(shared_data):
    """The published figures: (table, region, year, topic) -> number; what was printed as '.' is left out."""
    frame = pd.read_csv(shared_data / "referentie" / "gepubliceerde_cijfers.csv", dtype=str)
    frame = frame[frame["regiocode"].notna() & frame["periode_label"].str.fullmatch(r"\d{4}\*?")]
    text = frame["waarde_zoals_getoond"].str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    frame = frame.assign(waarde=pd.to_numeric(text, errors="coerce")).dropna(subset="waarde")
    years = frame["periode_label"].str[:4].astype(int)
    keys = zip(frame["tabel_id"], frame["regiocode"], years, frame["onderwerp"], strict=True)
    return dict(zip(keys, frame["waarde"], strict=True))


# Regional accounts, vintage: 84432NED with 2022 and 2019 provisional. Topics as our list of sources names them.
ONDERWERPEN = {
    "bbp": "Bbp (marktprijzen)",
    "toegevoegde_waarde": "Toegevoegde waarde (bruto, basisprijzen)",
    "arbeidsjaren": "Arbeidsjaren totaal",
}


@pytest.fixture(scope="module")
def rekeningen(gepubliceerd, wereld, maak_cel):
    """The cards on the revision of 2015, computed from the published cells of 84432NED; and gdp's share alike."""
    cellen = [
        maak_cel(naam, regio, jaar, gepubliceerd["84432NED", regio, jaar, titel], tabel="84432NED", status="voorlopig")
        for regio in ("NL01", "PV22")
        for jaar in (2019, 2022)
        for naam, titel in ONDERWERPEN.items()
    ]
    kaarten = read_kaarten()
    share = kaarten["bbp_aandeel_nl"]
    old = share.bronnen[0].model_copy(update={"tabel": "84432NED", "vanaf": None, "tot_en_met": None})
    cards = [
        kaarten["bbp_revisie_2015"],
        kaarten["tw_per_arbeidsjaar_revisie_2015"],
        share.model_copy(update={"bronnen": (old,), "breuken": ()}),
    ]
    with wereld(cards, cellen) as db:
        rows = db.execute("SELECT indicator, regio, periode, waarde, status FROM monitor.indicatorwaarde").fetchall()
    return {(i, r, int(p[:4])): (w, s) for i, r, p, w, s in rows if w is not None}


def test_productivity_is_that_of_the_published_totals(rekeningen):
    drenthe, nederland = (rekeningen["tw_per_arbeidsjaar_revisie_2015", r, 2022][0] for r in ("PV22", "NL01"))
    # methode.md, section 5; a margin of one euro for rounding
    assert drenthe == pytest.approx(85_276, abs=1)
    assert nederland == pytest.approx(105_572, abs=1)
    assert drenthe - nederland == pytest.approx(-20_296, abs=1)
    assert drenthe / nederland == pytest.approx(0.808, abs=0.0005)


def test_share_in_gdp_is_as_published_and_a_slip_of_a_factor_ten_would_show(rekeningen):
    share, status = rekeningen["bbp_aandeel_nl", "PV22", 2022]
    assert share == pytest.approx(1.923, abs=0.0005)
    assert status == "voorlopig"
    # document 001 prints 1,8 billion where 18,4 is right: its own 1,9% contradicts it
    assert rekeningen["bbp_revisie_2015", "PV22", 2022][0] / 1_000 == pytest.approx(18.4, abs=0.05)


@pytest.mark.parametrize(
    ("regio", "jaar", "tolerance"),
    [
        # definite figures: equal to the person
        ("NL01", 2020, 0),
        ("NL01", 2021, 0),
        # published from an earlier state of 70072ned; the capture of 03759ned is of July 2026
        ("NL01", 2022, 1_000),
        ("NL01", 2024, 5_000),
        ("PV22", 2024, 20),
    ],
)
def test_population_is_that_of_the_key_figures(opname, gepubliceerd, regio, jaar, tolerance):
    with duckdb.connect(str(opname.actueel / "monitor.duckdb"), read_only=True) as db:
        found = db.execute(
            "SELECT waarde FROM monitor.indicatorwaarde WHERE indicator = 'bevolking' AND regio = ? AND periode = ?",
            [regio, f"{jaar}JJ00"],
        ).fetchone()
    published = gepubliceerd["70072ned", regio, jaar, "Totale bevolking (1 januari)"]
    assert found is not None
    assert abs(found[0] - published) <= tolerance


def test_population_of_the_corop_areas_is_the_sum_of_their_municipalities(opname, gepubliceerd):
    with duckdb.connect(str(opname.actueel / "monitor.duckdb"), read_only=True) as db:
        for corop in ("CR07", "CR08", "CR09"):
            (found,) = db.execute(
                """SELECT sum(w.waarde) FROM monitor.indicatorwaarde AS w
                JOIN kern.regio_lid AS l ON l.lid = w.regio AND l.regio = ? AND l.geldig_tot IS NULL
                WHERE w.indicator = 'bevolking' AND w.periode = '2024JJ00'""",
                [corop],
            ).fetchone()
            # two vintages, see above: 13 persons on the whole province
            assert found == pytest.approx(gepubliceerd["70072ned", corop, 2024, "Totale bevolking (1 januari)"], abs=20)


@pytest.mark.parametrize("regio", ["NL01", "LD01", "PV22", "CR07", "CR08", "CR09"])
def test_number_of_municipalities_is_that_of_the_key_figures(gepubliceerd, regio):
    def gemeenten(code: str) -> set[str]:
        members = leden_op(code, date(2024, 1, 1))
        return {m for m in members if m.startswith("GM")} or {g for m in members for g in gemeenten(m)}

    assert len(gemeenten(regio)) == gepubliceerd["70072ned", regio, 2024, "Gemeenten"]

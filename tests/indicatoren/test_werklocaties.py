"""The cards on business estates and on holidays, on the figures that the first tenant printed in 2013."""

from __future__ import annotations

import pytest

from assets.indicatoren.kaart import read_kaarten

KAARTEN = read_kaarten()
# what was given out in the three years before, and how long 500 hectares then last
UITGIFTE = [((12, 13, 14), pytest.approx(500 / 13)), ((0, 0, 0), None), ((None, 12, 14), None)]


def of(db, kaart: str, jaar: int):
    return db.execute(
        "SELECT waarde, leeg_reden FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = 'PV22' AND periode = ?",
        [kaart, f"{jaar}JJ00"],
    ).fetchone()


@pytest.mark.parametrize(("uitgifte", "jaren"), UITGIFTE)
def test_stock_lasts_as_long_as_it_went_in_three_years(wereld, maak_cel, uitgifte, jaren):
    cells = [maak_cel("uitgeefbaar_terrein", "PV22", 2013, 500.0, tabel="sjabloon")]
    for jaar, ha in zip((2010, 2011, 2012), uitgifte, strict=True):
        given = "onbekend" if ha is None else float(ha)
        cells.append(maak_cel("uitgifte_bedrijventerrein", "PV22", jaar, given, tabel="sjabloon"))
    waarde, reden = of(wereld([KAARTEN["jaren_voorraad"]], cells), "jaren_voorraad", 2013)
    assert waarde == jaren
    assert (reden is None) == (jaren is not None)


def test_85_percent_of_500_hectares_is_425_hectares_at_once(wereld, maak_cel):
    cells = [
        maak_cel("uitgeefbaar_terrein", "PV22", 2013, 500.0, tabel="sjabloon"),
        maak_cel("uitgeefbaar_direct", "PV22", 2013, 425.0, tabel="sjabloon"),
    ]
    found = of(wereld([KAARTEN["aandeel_direct_uitgeefbaar"]], cells), "aandeel_direct_uitgeefbaar", 2013)
    assert found == (85.0, None)


def test_a_share_in_holidays_is_of_the_country_and_shares_no_series_with_nights_at_hotels(wereld, maak_cel):
    kaart = KAARTEN["marktaandeel_vakanties"]
    cells = [
        maak_cel("bestedingen_vakanties", r, 2012, w, tabel="sjabloon") for r, w in (("PV22", 31.0), ("NL01", 310.0))
    ]
    assert of(wereld([kaart], cells), kaart.id, 2012) == (10.0, None)

    def topics(naam: str) -> set[tuple[str, str]]:
        return {(t.tabel or b.tabel, t.onderwerp) for b in KAARTEN[naam].bronnen for t in (*b.teller, *b.noemer)}

    assert not topics(kaart.id) & (topics("overnachtingen") | topics("overnachtingen_groei"))

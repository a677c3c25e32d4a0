"""The rules of the engine, one by one, on hand-made tables."""

from __future__ import annotations


def row(db, regio, periode=2022, indicator="maat"):
    code = f"{periode}JJ00" if isinstance(periode, int) else periode
    found = db.execute(
        "FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = ? AND periode = ?", [indicator, regio, code]
    ).df()
    assert len(found) <= 1
    return None if found.empty else found.astype(object).where(found.notna(), None).iloc[0].to_dict()


def test_a_share_is_factor_times_teller_over_noemer_unrounded(wereld, maak_cel, maak_kaart):
    share = maak_kaart(
        aggregatie="verhouding",
        bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}],
    )
    db = wereld([share], [maak_cel("a", "PV22", 2022, 1.0), maak_cel("b", "PV22", 2022, 3.0)])
    value = row(db, "PV22")
    assert (value["waarde"], value["teller"], value["noemer"]) == (100 * 1.0 / 3.0, 1.0, 3.0)
    assert value["leeg_reden"] is None

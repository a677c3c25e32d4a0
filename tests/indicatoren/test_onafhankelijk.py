"""The judgements of edition 2021 on the real delivery, computed a second time with pandas and scipy alone.

Written from the rules of this project (docs/keuzes.md), with the facts about each indicator stated again: nothing of
the engine is used to find what it should have given.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.indicatoren.onafhankelijk import Punten, fit, pool_rho

JAREN = range(2013, 2021)
DRENTHE = "1680 0106 0109 0114 0118 0119 1681 1690 1699 1701 1730 1731"
# every two or three years: with two or three points only a difference with margins counts, and there are no margins
PAAR = "om de paar jaar"


class Feit(NamedTuple):
    """What is known of an indicator of the delivery."""

    code: str
    # None: neither side is the wanted one
    hoger_is_gunstig: bool | None
    nul_is_leeg: bool
    lopende_prijzen: bool = False
    meting: str = "jaarlijks"
    breuk: int | None = None
    factor: float = 1.0


FEITEN = {
    "mediaan_vermogen": Feit("01_07_NW", True, False, lopende_prijzen=True),
    "overgewicht": Feit("01_GZ_08", False, True, meting=PAAR, breuk=2020),
    "tevredenheid_leven": Feit("01_KL_H_01", True, True),
    "mediaan_besteedbaar_inkomen": Feit("01_KL_H_36", True, True, lopende_prijzen=True),
    "sociaal_contact": Feit("01_KL_OK_08", True, True),
    "vrijwilligerswerk": Feit("01_KL_OK_10", True, True),
    "vertrouwen_instituties": Feit("01_KL_OK_11", True, True),
    "natuur_en_bosgebieden": Feit("01_KL_OK_14", True, True),
    "vaak_onveilig_buurt": Feit("01_KL_OK_39", False, True, meting=PAAR),
    "ervaren_gezondheid": Feit("01_KL_PK_01", True, True, meting=PAAR, breuk=2020),
    "tevredenheid_woning": Feit("01_KL_PK_03", True, True, meting=PAAR),
    "tevredenheid_vrije_tijd": Feit("01_KL_PK_07", True, True),
    "zwemwaterkwaliteit_kust": Feit("02_HB_NK_30", True, True),
    "zwemwaterkwaliteit": Feit("02_HB_NK_31", True, True),
    "vertrouwen_mensen": Feit("02_HB_SK_01", True, True),
    "tevredenheid_woonomgeving": Feit("03_PVI_04", True, True, meting=PAAR),
    "geregistreerde_misdrijven": Feit("04_VE_03", False, True),
    "hoogopgeleid_aandeel": Feit("05_OPL_08", True, False),
    "broeikasgas_per_inwoner": Feit("07_K_E_03", False, False),
    "netto_arbeidsparticipatie": Feit("09_E_V_12", True, False),
    "werkloosheid": Feit("09_E_V_13", False, False),
    "groen_blauwe_ruimte_per_inwoner": Feit("15_15_NW", True, False),
    "gemiddelde_schuld": Feit("18_FIN_32", None, False, lopende_prijzen=True),
    "langdurige_aandoening": Feit("R_GZ_03", False, True, meting=PAAR, breuk=2020),
    "bruto_arbeidsparticipatie": Feit("R_HN_AV_01", True, False),
    "afstand_ov": Feit("R_HN_AV_02", False, False),
    "afstand_openbaar_groen": Feit("R_HN_MIL_01", False, False),
    # hectares for 1 000 inhabitants, shown as square metres for each
    "natuurgebied_per_inwoner": Feit("R_HN_MIL_02", True, True, factor=10.0),
    "afstand_sportterrein": Feit("R_HN_SL_02", False, False),
    "afstand_basisschool": Feit("R_HN_SL_03", False, False),
    "afstand_cafe": Feit("R_HN_SL_04", None, False),
    "ondervonden_delicten": Feit("R_HN_V_01", False, True, meting=PAAR),
    "bebouwd_terrein": Feit("R_L_NK_03", None, False),
    "zonnepanelen_woningen": Feit("R_L_NK_04", True, True),
    "sociale_cohesie": Feit("R_L_SK_01", True, True, meting=PAAR),
}
# no name, and values for one municipality: no card
ZONDER_KAART = {"01_KL_OK_30", "09_E_V_03"}


@pytest.fixture(scope="module")
def monitor(shared_data, tmp_path_factory):
    """The monitor of edition 2021 on the delivery alone."""
    from assets.bouw.bouwen import Bouwinvoer, build_database
    from assets.bron.aanlevering import read_deliveries
    from assets.bron.bronlijst import read_aanleveringen, read_registertabellen, read_tabellen
    from assets.bron.momentopname import Archief
    from assets.indicatoren.kaart import read_kaarten
    from begrippen.redenen import Reden

    folder = tmp_path_factory.mktemp("editie2021")
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    uitkomsten = read_deliveries(
        shared_data / "brede_welvaart", read_aanleveringen(), Archief(folder, "opname"), lambda: moment
    )
    assert [u.resultaat for u in uitkomsten] == ["nieuw"]
    invoer = Bouwinvoer(
        soort="opname",
        momentopnamen=tuple(u.momentopname for u in uitkomsten),
        tabellen=read_tabellen(),
        aanleveringen=read_aanleveringen(),
        register=read_registertabellen(),
        kaarten=read_kaarten(),
        editie=2021,
        built_at=moment,
        code_versie="toets",
        ontbreekt=dict.fromkeys(read_tabellen(), (Reden("nooit_opgehaald"),)),
    )
    build_database(invoer, folder / "bouw")
    with closing(duckdb.connect(str(folder / "bouw" / "monitor.duckdb"), read_only=True)) as db:
        yield db


@pytest.fixture(scope="module")
def levering(shared_data):
    """The delivery as it came."""
    path = shared_data / "brede_welvaart" / "rmbw_gemeenten_2013_2020.csv"
    return pd.read_csv(path, encoding="utf-8-sig", dtype={"regiocode": str}).assign(
        regiocode=lambda d: d["regiocode"].str.strip()
    )


@pytest.fixture(scope="module")
def waarden(levering):
    """Indicator -> regions x years; what is blank is NaN, also where the delivery made it a zero."""

    def table(feit):
        rows = levering[levering["indicator_code"] == feit.code]
        wide = rows.pivot(index="regiocode", columns="jaar", values="waarde").reindex(columns=JAREN)
        return (wide.mask(wide == 0) if feit.nul_is_leeg else wide) * feit.factor

    return {indicator: table(feit) for indicator, feit in FEITEN.items()}


@pytest.fixture(scope="module")
def oordeel(monitor):
    """Indicator -> the judgements on municipalities: a row a region."""
    rows = monitor.execute(
        "SELECT o.* FROM monitor.oordeel AS o JOIN kern.regio AS r ON r.code = o.regio AND r.soort = 'gemeente'"
    ).df()
    return {str(i): frame.set_index("regio") for i, frame in rows.groupby("indicator")}


def line(points, rho):
    """Slope and p of a line through points (year -> value) at this autocorrelation."""
    found = fit(Punten(tuple(map(float, points.index)), tuple(points)), rho)
    return found.helling, found.p


def newest(values, feit):
    """The points of one series since its series break."""
    # the delivery holds no consumer prices: no amount apart from inflation, so nothing to test
    points = values.dropna() if not feit.lopende_prijzen else values.iloc[:0]
    if feit.breuk and (points.index >= feit.breuk).any():
        return points[points.index >= feit.breuk]
    return points


def judge(values, feit, rho):
    """Why there is no test, n, slope, p and the points of one series, and the p of plain least squares."""
    points = newest(values, feit)
    if len(points) < 4:
        broken = not feit.lopende_prijzen and len(points) < values.notna().sum()
        return ("reeksbreuk" if broken else "te weinig gegevens"), len(points), None, None, points, None
    slope, p = line(points, rho)
    plain = 1.0 if points.nunique() == 1 else stats.linregress(points.index.to_numpy(dtype=float), points).pvalue
    return None, len(points), slope, p, points, plain


class Kaart(NamedTuple):
    """What the card says of itself."""

    thema: str
    decimalen: int
    merkbaar: float | None
    merkbaar_maat: str | None


class Getoetst(NamedTuple):
    """A series with its line, p corrected in its family, and the p that decides there."""

    points: pd.Series
    slope: float
    p: float
    p_bh: float
    grens: float
    rho: float


def detectable(t):
    """The smallest change over the years of a series that would have been found in four of five cases."""
    free, years = len(t.points) - 2, t.points.index[-1] - t.points.index[0]
    error = fit(Punten(tuple(map(float, t.points.index)), tuple(t.points)), t.rho).fout
    return error * (stats.t.isf(t.grens / 2, free) + stats.t.ppf(0.8, free)) * years


def verdict(kaart, feit, latest, t):
    """The trend in a word, and beside no change the smallest that could have been found."""
    points, slope = t.points, t.slope
    counts = 10.0**-kaart.decimalen
    if kaart.merkbaar is not None:
        percent = kaart.merkbaar_maat == "procent"
        counts = max(counts, kaart.merkbaar * (abs(points.iloc[0]) / 100 if percent else 1))
    if t.p_bh >= 0.05:
        found = detectable(t)
        blind = found > latest.max() - latest.min()
        return ("te weinig gegevens" if blind else "geen significante verandering"), max(found, counts)
    if abs(slope) * (points.index[-1] - points.index[0]) < counts * (1 - 1e-9):
        return "nagenoeg gelijk", None
    if feit.hoger_is_gunstig is None:
        return ("stijgend" if slope > 0 else "dalend"), None
    return ("gunstig" if (slope > 0) == feit.hoger_is_gunstig else "ongunstig"), None


def robust(t):
    """Whether Mann-Kendall and the series without each end agree; all figures of the delivery have one status.

    A variant is significant when its p is not above the one that decides in the family.
    """
    points, rho, variants = t.points, t.rho, []
    if len(points) >= 5:
        kendall = stats.kendalltau(points.index, points).pvalue
        variants.append((stats.theilslopes(points, points.index).slope, 1.0 if np.isnan(kendall) else kendall))
        variants += [line(points.iloc[1:], rho), line(points.iloc[:-1], rho)]
        # the window a year earlier: 2012 is not in the delivery, so it is the series without 2020
    if len(points) >= 6:
        variants.append(line(points.iloc[1:-1], rho))
    if not variants:
        return "niet_toetsbaar"
    found = t.p_bh < 0.05
    agrees = [q <= t.grens and np.sign(s) == np.sign(t.slope) if found else q > t.grens for s, q in variants]
    return "robuust" if all(agrees) else "niet_robuust"


@pytest.fixture(scope="module")
def rho(waarden):
    """Indicator -> the autocorrelation that its municipalities share."""
    found = {}
    for indicator, wide in waarden.items():
        series = [newest(row, FEITEN[indicator]) for _, row in wide.iterrows()]
        found[indicator] = pool_rho([Punten(tuple(map(float, p.index)), tuple(p)) for p in series if len(p) >= 4])
    return found


@pytest.fixture(scope="module")
def verwacht(waarden, rho):
    """Indicator -> region -> what `judge` gives."""
    return {i: {regio: judge(row, FEITEN[i], rho[i]) for regio, row in wide.iterrows()} for i, wide in waarden.items()}


@pytest.fixture(scope="module")
def kaarten(monitor):
    """Indicator -> what its card says."""
    rows = monitor.execute("SELECT id, thema, decimalen, merkbaar, merkbaar_maat FROM monitor.indicator").fetchall()
    return {id: Kaart(*rest) for id, *rest in rows}


@pytest.fixture(scope="module")
def getoetst(verwacht, rho, kaarten):
    """(indicator, region) -> its test, with p corrected in its family: the tests of a theme, those of Drenthe apart."""
    families = {}
    for indicator, regios in verwacht.items():
        for regio, (_, _, _, p, *_) in regios.items():
            if p is not None:
                family = kaarten[indicator].thema, regio[2:] in DRENTHE.split()
                families.setdefault(family, {})[indicator, regio] = p
    assert {drenthe for _, drenthe in families} == {True, False}
    found = {}
    for tests in families.values():
        corrected = stats.false_discovery_control(list(tests.values()))
        grens = 0.05 * max((corrected < 0.05).sum(), 1) / len(tests)
        for (indicator, regio), p_bh in zip(tests, corrected, strict=True):
            _, _, slope, p, points, _ = verwacht[indicator][regio]
            found[indicator, regio] = Getoetst(points, slope, p, p_bh, grens, rho[indicator])
    return found


@pytest.fixture(scope="module")
def narekening(waarden, rho, verwacht, getoetst, kaarten):
    """All of it."""
    return waarden, rho, verwacht, getoetst, kaarten


def test_every_code_with_values_is_judged_save_two(levering, oordeel):
    assert {f.code for f in FEITEN.values()} | ZONDER_KAART == set(levering["indicator_code"])
    judged = {i for i, frame in oordeel.items() if frame["rang"].notna().any()}
    assert judged == set(FEITEN)


@pytest.mark.parametrize("indicator", FEITEN)
def test_the_trend_of_every_municipality_is_that_of_pandas_and_scipy(indicator, narekening, oordeel):
    waarden, rho, verwacht, getoetst, kaarten = narekening
    values, found = waarden[indicator], oordeel[indicator]
    assert len(values) == 342
    assert set(found.index) == set(values.index)
    assert set(found["editie"]) == {2021}
    assert (set(found["venster_van"]), set(found["venster_tot"])) == ({2013}, {2020})
    latest = values[max(values.columns[values.notna().any()])]
    rows = found.to_dict("index")
    for regio, (reden, n, slope, p, _, plain) in verwacht[indicator].items():
        row = rows[regio]
        assert (regio, row["trend_n"]) == (regio, n)
        numbers = ("trend_p", "trend_helling", "p_ols", "trend_rho", "trend_p_bh")
        if p is None:
            assert (regio, row["trend"], *(row[k] for k in numbers if pd.notna(row[k]))) == (regio, reden)
            assert pd.isna(row["aantoonbaar"])
            continue
        test = getoetst[indicator, regio]
        expected = [p, slope, plain, rho[indicator], test.p_bh]
        assert [row[k] for k in numbers] == pytest.approx(expected, rel=1e-6, abs=1e-9), regio
        word, aantoonbaar = verdict(kaarten[indicator], FEITEN[indicator], latest, test)
        assert (regio, row["trend"], pd.isna(row["aantoonbaar"])) == (regio, word, aantoonbaar is None)
        if aantoonbaar is not None:
            assert row["aantoonbaar"] == pytest.approx(aantoonbaar, rel=1e-6), regio


@pytest.mark.parametrize("indicator", FEITEN)
def test_the_place_of_every_municipality_is_that_of_pandas(indicator, waarden, oordeel):
    feit, values, found = FEITEN[indicator], waarden[indicator], oordeel[indicator]
    rows = found.to_dict("index")
    last = max(values.columns[values.notna().any()])
    assert set(found["laatste_periode"]) == {f"{last}JJ00"}
    latest = values[last].dropna()
    neutraal = feit.hoger_is_gunstig is None
    top, bottom = ("hoog", "laag") if neutraal else ("bovenste_kwart", "onderste_kwart")
    better = -latest if neutraal or feit.hoger_is_gunstig else latest
    rank, middle = better.rank(method="min").astype(int), better.rank(method="average")
    # the same from the other end, so that nothing depends on which end is counted from
    from_last = (-better).rank(method="average")
    quarter = len(latest) // 4
    # among less than half of the municipalities that the fullest indicator ranks there is a rank, and no place
    few = len(latest) < max(wide[wide.columns[wide.notna().any()].max()].count() for wide in waarden.values()) / 2
    for regio in values.index:
        row = rows[regio]
        if regio not in rank:
            expected = ("n.b.", "geen_waarde", None, None, None)
        else:
            place = (
                "n.b."
                if few
                else top
                if middle[regio] <= quarter
                else bottom
                if from_last[regio] <= quarter
                else "midden"
            )
            reason = "nog_geen_helft" if few else None
            expected = (place, reason, rank[regio], middle[regio], len(latest))
        names = ("positie", "plaats_reden", "rang", "rang_midden", "rang_van")
        assert (regio, *(None if pd.isna(row[n]) else row[n] for n in names)) == (regio, *expected)
    # the delivery has no row for the Netherlands, and municipalities are not averaged into one
    assert set(found["kloof"]) == {"n.b."}
    assert found["verschil_nl"].isna().all()


def test_no_end_of_the_ranking_is_favoured(oordeel):
    """Over all indicators the top and the bottom quarter hold as many municipalities, to one in a hundred."""
    places = pd.concat(oordeel.values())["positie"].value_counts()
    # where neither side is the wanted one, the quarters are high and low
    top, bottom = places["bovenste_kwart"] + places["hoog"], places["onderste_kwart"] + places["laag"]
    assert bottom > 2000
    assert abs(top - bottom) <= 0.01 * bottom


def test_robustness_in_drenthe_is_that_of_pandas_and_scipy(narekening, oordeel):
    waarden, _, _, getoetst, kaarten = narekening
    states = set()
    for indicator in FEITEN:
        values = waarden[indicator]
        latest = values[max(values.columns[values.notna().any()])]
        for regio in (f"GM{code}" for code in DRENTHE.split()):
            test = getoetst.get((indicator, regio))
            # a word that is not there is not robust
            word = verdict(kaarten[indicator], FEITEN[indicator], latest, test)[0] if test else "te weinig gegevens"
            expected = "niet_toetsbaar" if word == "te weinig gegevens" else robust(test)
            states.add(expected)
            assert (indicator, regio, oordeel[indicator].loc[regio, "robuust"]) == (indicator, regio, expected)
    assert states == {"robuust", "niet_robuust", "niet_toetsbaar"}


def test_chance_signals_are_five_percent_of_the_tests(monitor, oordeel):
    all_rows = pd.concat(oordeel.values())
    found = monitor.execute(
        "SELECT toetsen, signalen, verwacht_toeval, signalen_bh, anders_ols FROM monitor.oordeel_regiosoort "
        "WHERE soort = 'gemeente' AND gebied = 'nederland'"
    ).fetchone()
    tests = all_rows["trend_p"].notna().sum()
    counts = [(all_rows[p] < 0.05).sum() for p in ("trend_p", "trend_p_bh")]
    anders = (all_rows["trend_p"].notna() & (all_rows["trend"] != all_rows["trend_ols"])).sum()
    assert found == (tests, counts[0], pytest.approx(tests / 20), counts[1], anders)


def test_a_blank_that_became_zero_is_no_value_no_trend_and_no_rank(levering, monitor, oordeel):
    codes = {feit.code: indicator for indicator, feit in FEITEN.items() if feit.nul_is_leeg}
    zeros = levering[(levering["waarde"] == 0) & levering["indicator_code"].isin(codes)]
    assert len(zeros) > 10_000
    blanks = {
        (codes[c], r, f"{j}JJ00") for c, r, j in zeros[["indicator_code", "regiocode", "jaar"]].itertuples(index=False)
    }
    # no zero is left in any of them, in a municipality or in what was added up from them
    listed = ", ".join(f"'{i}'" for i in codes.values())
    assert monitor.execute(
        f"SELECT count(*) FROM monitor.indicatorwaarde WHERE waarde = 0 AND indicator IN ({listed})"
    ).fetchone() == (0,)
    rows = monitor.execute(
        "SELECT indicator, regio, periode, waarde, leeg_reden FROM monitor.indicatorwaarde "
        f"WHERE indicator IN ({listed})"
    ).fetchall()
    found = {(i, r, p): (w, reden) for i, r, p, w, reden in rows}
    # a municipality that did not exist yet has no row for that year
    assert {found.get(b, "geen rij") for b in blanks} == {(None, "niet_gepubliceerd"), "geen rij"}
    rows = {i: frame.to_dict("index") for i, frame in oordeel.items()}
    for indicator, regio, periode in blanks:
        row = rows[indicator][regio]
        if row["laatste_periode"] == periode:
            assert (indicator, regio, row["positie"], pd.isna(row["rang"])) == (indicator, regio, "n.b.", True)
    always = zeros.groupby(["indicator_code", "regiocode"]).size()
    years = levering.groupby("indicator_code")["jaar"].nunique()
    for (code, regio), count in always.items():
        if count == years[code]:
            row = rows[codes[code]][regio]
            assert (row["trend"], row["trend_n"], pd.isna(row["trend_p"])) == ("te weinig gegevens", 0, True)


def test_a_zero_that_can_occur_stays_a_zero(levering):
    """No indicator whose zeros count as values has any: nothing was taken for a blank that was one."""
    real = levering[levering["indicator_code"].isin({f.code for f in FEITEN.values() if not f.nul_is_leeg})]
    assert (real["waarde"] != 0).all()

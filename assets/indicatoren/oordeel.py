"""The judgement on every series: which test fits, what it gives, and whether other choices would have given the same.

The rules are our own (docs/keuzes.md names them); the words are in `sql/monitor/oordeel.sql`. Here are the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assets.indicatoren.autocorrelatie import Getallen, Reeksvorm, Vlaggen, pool_rho
from assets.indicatoren.toetsen_reeks import (
    Toetsuitkomst,
    benjamini_hochberg,
    compare_ends,
    mann_kendall,
    noise,
    slope_test,
    t_quantile,
    thin,
)
from begrippen.rekenregels import REKENREGELS

ROBUUST, NIET_ROBUUST, NIET_TOETSBAAR = "robuust", "niet_robuust", "niet_toetsbaar"


@dataclass(frozen=True)
class Reeksen:
    """Series side by side: a row is a series, a column a year: the one before the window, then the window.

    `waarde` is NaN where there is no point, `se` where its margin is unknown; `zijde` counts the series breaks up to
    that year; `ruis` (a row) is the size below which a difference is rounding in the computer. Series with the same
    `groep` (an indicator in one kind of region) share an autocorrelation; those of the same `familie` are the tests
    that a reader sees beside each other, for whose number p is corrected.
    """

    jaren: Getallen
    waarde: Getallen
    se: Getallen
    zijde: NDArray[np.int64]
    voorlopig: Vlaggen
    ruis: Getallen
    om_de_paar_jaar: Vlaggen
    voortschrijdend: Vlaggen
    groep: NDArray[np.int64]
    familie: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> Reeksen:
        """Give the series at these rows alone."""
        own = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "jaren"}
        return replace(self, **own)


@dataclass(frozen=True)
class Beoordeling:
    """What the tests say of each series.

    `kleinste` is plain least squares on the same points, as if the years were independent; `rho` the autocorrelation
    that `uitkomst` reckons with. `eerder` is the test on the older side of a series break (not tested: p is NaN).
    `van`, `tot` are the first and last year tested, 0 where there is no point; `breuk` is true where points of the
    window lie across a series break. `p_bh` is p corrected within the family: what decides. `aantoonbaar` is the
    smallest change from the first to the last point that this test would have found, with the power of the rules.
    """

    uitkomst: Toetsuitkomst
    kleinste: Toetsuitkomst
    rho: Getallen
    p_bh: Getallen
    aantoonbaar: Getallen
    verschil: Vlaggen
    gewogen: Vlaggen
    breuk: Vlaggen
    reeksbreuk: Vlaggen
    eerder: Toetsuitkomst
    van: NDArray[np.int64]
    tot: NDArray[np.int64]
    eerder_van: NDArray[np.int64]
    eerder_tot: NDArray[np.int64]
    robuust: NDArray[np.str_]


def _ends(jaren: Getallen, mask: Vlaggen) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    there = mask.any(axis=1)
    first = jaren[mask.argmax(axis=1)]
    last = jaren[mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)]
    return np.where(there, first, 0).astype(np.int64), np.where(there, last, 0).astype(np.int64)


def _newest_side(zijde: NDArray[np.int64], mask: Vlaggen) -> Vlaggen:
    newest: NDArray[np.int64] = np.where(mask, zijde, -1).max(axis=1)
    on_newest: Vlaggen = zijde == newest[:, None]
    return mask & on_newest


def _weighted(r: Reeksen, mask: Vlaggen) -> Vlaggen:
    """Which series have a margin at every point that counts: those are weighted."""
    lacking = mask & np.logical_not(r.se > 0)
    return np.asarray(mask.any(axis=1) & ~lacking.any(axis=1), dtype=bool)


def _form(r: Reeksen, mask: Vlaggen) -> Reeksvorm:
    weighted = _weighted(r, mask)[:, None] & (r.se > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(weighted, 1 / r.se**2, 1.0)
    return Reeksvorm(r.jaren, r.waarde, mask, weights)


def _line(r: Reeksen, vorm: Reeksvorm, rho: Getallen | float) -> Toetsuitkomst:
    """Test a line at this autocorrelation; at least the points that a line asks for."""
    line = slope_test(vorm.line(rho), r.waarde, vorm.mask, r.ruis)
    return line.where(line.n >= REKENREGELS.minste_punten, Toetsuitkomst.none(line.n))


def _rho(r: Reeksen, vorm: Reeksvorm, line: Vlaggen) -> Getallen:
    """The autocorrelation of the pool of each series; a series without any deviation from its line tells nothing."""
    rest = np.abs(vorm.line(0.0).rest).max(axis=1, initial=0.0)
    return pool_rho(vorm, line & (vorm.n >= REKENREGELS.minste_punten) & (rest > r.ruis), r.groep)


def _edge(mask: Vlaggen) -> tuple[Vlaggen, Vlaggen, Vlaggen]:
    """Take away the first point, the last one, and both: with each of the two alone 40% of false signals would stay."""
    rows = np.arange(len(mask))
    no_first, no_last = mask.copy(), mask.copy()
    no_first[rows, mask.argmax(axis=1)] = False
    no_last[rows, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)] = False
    return no_first, no_last, no_first & no_last


@dataclass(frozen=True)
class Lijntoets:
    """The test itself: what decides, on which points, and what the other choices are measured against.

    `points` count, `window` and `side` lead there (see `_newest_side`), `grens` is the p that decides in the family.
    """

    uitkomst: Toetsuitkomst
    p_bh: Getallen
    grens: Getallen
    rho: Getallen
    window: Vlaggen
    side: Vlaggen
    points: Vlaggen
    verschil: Vlaggen
    reeksbreuk: Vlaggen

    def ends(self, jaren: Getallen) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and last year tested, 0 where there is no point."""
        return _ends(jaren, self.points)


def _apart(r: Reeksen, mask: Vlaggen) -> Vlaggen:
    """Of a moving average only points that share no year."""
    return np.where(r.voortschrijdend[:, None], thin(r.jaren, mask, REKENREGELS.voortschrijdend_jaren), mask)


def _test(r: Reeksen, mask: Vlaggen, line: Toetsuitkomst, verschil: Vlaggen) -> Toetsuitkomst:
    """A line, or the last measurement minus the first where there are too few for one."""
    return compare_ends(r.jaren, r.waarde, r.se, mask).where(verschil, line)


def _test_some(r: Reeksen, mask: Vlaggen, some: Vlaggen, rho: Getallen, verschil: Vlaggen) -> Toetsuitkomst:
    """Test these points of `some` series; of the others nothing is tested: to fit a line takes most of all the time."""
    rows = np.flatnonzero(some)
    own, points = r.take(rows), mask[rows]
    found = _test(own, points, _line(own, _form(own, points), rho[rows]), verschil[rows])
    return Toetsuitkomst.none(mask.sum(axis=1)).put(rows, found)


def judge_lines(r: Reeksen) -> Lijntoets:
    """Test every series by the rules of this project: method by kind of measurement, and breaks."""
    window = np.isfinite(r.waarde)
    window[:, 0] = False
    side = _newest_side(r.zijde, window)
    reeksbreuk = (window & ~side).any(axis=1) & (side.sum(axis=1) < REKENREGELS.minste_punten)
    points = _apart(r, side)
    n = points.sum(axis=1)
    verschil = r.om_de_paar_jaar & (n >= REKENREGELS.minste_metingen) & (n < REKENREGELS.minste_punten) & ~reeksbreuk
    vorm = _form(r, points)
    rho = _rho(r, vorm, ~verschil)
    uitkomst = Toetsuitkomst.none(n).where(reeksbreuk, _test(r, points, _line(r, vorm, rho), verschil))
    p_bh, grens = correct(uitkomst.p, r.familie)
    return Lijntoets(uitkomst, p_bh, grens, rho, window, side, points, verschil, reeksbreuk)


def judge(r: Reeksen) -> Beoordeling:
    """Test every series, and say what plain least squares, the older side of a break and other choices give."""
    t = judge_lines(r)
    points, n = t.points, t.points.sum(axis=1)
    untested = Toetsuitkomst.none(n)
    plain = _line(r, Reeksvorm(r.jaren, r.waarde, points), 0.0)
    kleinste = untested.where(t.reeksbreuk, _test(r, points, plain, t.verschil))
    older = _newest_side(r.zijde, t.window & ~t.side)
    breuk = older.sum(axis=1) > 0
    older = _apart(r, older)

    # other choices, each within the same side of a break and with the same kind of test
    newest = np.where(t.window, r.zijde, -1).max(axis=1)
    year_earlier = np.isfinite(r.waarde) & (r.zijde == newest[:, None])
    year_earlier[:, -1] = False
    tested, outcomes = [], []
    for mask in (_apart(r, year_earlier), points & ~r.voorlopig, *_edge(points)):
        outcomes.append(_test_some(r, mask, (mask != points).any(axis=1), t.rho, t.verschil))
        tested.append(outcomes[-1].getoetst)
    kendall = mann_kendall(r.jaren, r.waarde, points, r.ruis)
    tested.append((kendall.n >= REKENREGELS.minste_punten_kendall) & ~t.verschil)
    outcomes.append(kendall)
    with np.errstate(invalid="ignore"):
        significant = t.p_bh < REKENREGELS.alfa

    van, tot = t.ends(r.jaren)
    eerder_van, eerder_tot = _ends(r.jaren, older)
    return Beoordeling(
        uitkomst=t.uitkomst,
        kleinste=kleinste,
        rho=np.where(t.verschil | ~t.uitkomst.getoetst, np.nan, t.rho),
        p_bh=t.p_bh,
        aantoonbaar=_detectable(t.uitkomst, t.grens, t.verschil) * (tot - van),
        verschil=t.verschil,
        gewogen=_weighted(r, points) & (n >= REKENREGELS.minste_punten) & ~t.verschil,
        breuk=breuk,
        reeksbreuk=t.reeksbreuk,
        eerder=_test_some(r, older, breuk, t.rho, np.zeros_like(breuk)),
        van=van,
        tot=tot,
        eerder_van=eerder_van,
        eerder_tot=eerder_tot,
        robuust=_robust(t.uitkomst, significant, t.grens, tested, outcomes),
    )


def _robust(
    uitkomst: Toetsuitkomst, significant: Vlaggen, grens: Getallen, tested: list[Vlaggen], outcomes: list[Toetsuitkomst]
) -> NDArray[np.str_]:
    """Say whether every variant that can be tested agrees, each held to the p that decides in its family (`grens`).

    A significant change asks for a significant one with the same sign in each: equal signs alone every chance signal
    has. No significant change asks that none finds one.
    """
    agrees = np.ones(len(grens), dtype=bool)
    with np.errstate(invalid="ignore"):
        for can, other in zip(tested, outcomes, strict=True):
            found = other.p <= grens
            same = np.where(significant, found & (np.sign(other.helling) == np.sign(uitkomst.helling)), ~found)
            agrees &= ~can | same
    some = np.any(tested, axis=0) & uitkomst.getoetst
    return np.where(some, np.where(agrees, ROBUUST, NIET_ROBUUST), NIET_TOETSBAAR)


def _detectable(uitkomst: Toetsuitkomst, grens: Getallen, verschil: Vlaggen) -> Getallen:
    """The smallest change a year that would have been significant with the power of the rules, in the usual sum.

    The quantile that p has to pass and that of the power, together times the standard error of the slope.
    """
    free = np.where(verschil, np.inf, np.maximum(uitkomst.n - 2, 1))
    return uitkomst.fout * (t_quantile(free, 1 - grens / 2) + t_quantile(free, REKENREGELS.onderscheidend))


def correct(p: Getallen, familie: NDArray[np.int64]) -> tuple[Getallen, Getallen]:
    """Correct p for many tests by Benjamini-Hochberg, within each family; NaN is no test and stays NaN.

    Also the p that decides in each family: alpha times the part of its tests that is significant (of at least one).
    """
    adjusted, grens = np.full(len(p), np.nan), np.full(len(p), np.nan)
    order = np.argsort(familie, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(familie[order])) + 1):
        there = rows[np.isfinite(p[rows])]
        adjusted[there] = benjamini_hochberg(p[there])
        found = max((adjusted[there] < REKENREGELS.alfa).sum(), 1)
        grens[there] = REKENREGELS.alfa * found / max(len(there), 1)
    return adjusted, grens


_REEKS = """
    SELECT s.editie, dense_rank() OVER (ORDER BY k.thema, s.soort, p.regio IS NOT NULL)::BIGINT AS familie,
        dense_rank() OVER (ORDER BY s.indicator, s.uitsplitsing, s.soort)::BIGINT AS groep,
        s.meting = 'om_de_paar_jaar' AS om_de_paar_jaar, s.meting = 'voortschrijdend' AS voortschrijdend
    FROM reken.reeks AS s
    JOIN invoer.kaart AS k ON k.id = s.indicator
    LEFT JOIN reken.rapportregio AS p ON p.regio = s.regio
    ORDER BY s.reeks
"""
_PUNT = """
    SELECT p.reeks, p.jaar - (s.editie - ?) AS kolom, coalesce(p.waarde, 'nan') AS waarde, coalesce(p.se, 'nan') AS se,
        p.voorlopig, p.zijde,
        coalesce(p.gat, 'nan') AS gat, coalesce(p.gat_se, 'nan') AS gat_se, coalesce(p.gat_schaal, 'nan') AS gat_schaal
    FROM reken.reekspunt AS p JOIN reken.reeks AS s USING (reeks)
"""


def _read(db: duckdb.DuckDBPyConnection) -> tuple[Reeksen, Reeksen]:
    """Lay the series of `reken.reeks` in matrices: the values, and the gaps with the Netherlands."""
    columns = REKENREGELS.venster + 1
    head, cells = (
        {naam: np.asarray(v) for naam, v in db.execute(query, values).fetchnumpy().items()}
        for query, values in ((_REEKS, []), (_PUNT, [columns]))
    )
    rows = len(head["editie"])
    at = (cells["reeks"].astype(np.int64), cells["kolom"].astype(np.int64))
    editie = int(head["editie"][0]) if rows else 0

    def lay(naam: str, empty: float = np.nan) -> Getallen:
        matrix = np.full((rows, columns), empty)
        matrix[at] = cells[naam]
        return matrix

    waarde = lay("waarde")
    reeksen = Reeksen(
        jaren=np.arange(editie - columns, editie, dtype=np.float64),
        waarde=waarde,
        se=lay("se"),
        zijde=lay("zijde", 0).astype(np.int64),
        voorlopig=lay("voorlopig", 0).astype(bool),
        ruis=noise(waarde),
        om_de_paar_jaar=np.asarray(head["om_de_paar_jaar"], dtype=bool),
        voortschrijdend=np.asarray(head["voortschrijdend"], dtype=bool),
        groep=np.asarray(head["groep"], dtype=np.int64),
        familie=np.asarray(head["familie"], dtype=np.int64),
    )
    gaten = replace(reeksen, waarde=lay("gat"), se=lay("gat_se"), ruis=noise(lay("gat_schaal")))
    return reeksen, gaten


def toets(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Test every series of `reken.reeks`: its trend, how robust that is, and the gap with the Netherlands.

    ---
    omschrijving: >
      De uitkomsten van de toetsen op elke reeks: trend met robuustheid, en de kloof met Nederland. Een lijn met een
      tweezijdige t-toets die rekent met de autocorrelatie van de indicator in die soort regio, gewogen als elk punt
      marges heeft; bij weinig metingen om de paar jaar de laatste min de eerste tegen hun marges. Tussentabel,
      wordt niet gepubliceerd.
    uit: [invoer.kaart, reken.rapportregio, reken.reeks, reken.reekspunt]
    sleutel: [reeks]
    kolommen:
      reeks: {type: BIGINT, uitleg: nummer in reken.reeks}
      n: {type: BIGINT, uitleg: "aantal punten: in het venster, na de laatste reeksbreuk"}
      van: {type: BIGINT, uitleg: jaar van het eerste van die punten; 0 zonder punten}
      tot: {type: BIGINT, uitleg: jaar van het laatste}
      helling: {type: DOUBLE, uitleg: verandering per jaar; leeg als er niet is getoetst}
      p: {type: DOUBLE, uitleg: tweezijdige p-waarde; leeg als er niet is getoetst}
      p_bh: {type: DOUBLE, uitleg: "p volgens Benjamini-Hochberg, per thema en soort regio; die in het rapport apart"}
      aantoonbaar: {type: DOUBLE, uitleg: "kleinste verandering over die jaren die met 80% kans was gevonden"}
      rho: {type: DOUBLE, uitleg: autocorrelatie waarmee de lijn is getoetst; leeg zonder lijn}
      helling_ols: {type: DOUBLE, uitleg: verandering per jaar met gewone kleinste kwadraten}
      p_ols: {type: DOUBLE, uitleg: "p-waarde daarvan, alsof de jaren los van elkaar staan"}
      robuust: {type: VARCHAR, uitleg: "robuust, niet_robuust of niet_toetsbaar"}
      verschil: {type: BOOLEAN, uitleg: of de laatste min de eerste meting is getoetst}
      gewogen: {type: BOOLEAN, uitleg: of met de marges is gewogen}
      breuk: {type: BOOLEAN, uitleg: of er punten aan weerszijden van een reeksbreuk zijn}
      reeksbreuk: {type: BOOLEAN, uitleg: of daardoor te weinig punten overblijven}
      eerder_n: {type: BIGINT, uitleg: aantal punten voor de breuk}
      eerder_van: {type: BIGINT, uitleg: jaar van het eerste daarvan; 0 zonder punten}
      eerder_tot: {type: BIGINT, uitleg: jaar van het laatste}
      eerder_helling: {type: DOUBLE, uitleg: verandering per jaar voor de breuk}
      eerder_p: {type: DOUBLE, uitleg: p-waarde daarvan}
      kloof_n: {type: BIGINT, uitleg: aantal punten van de kloof}
      kloof_helling: {type: DOUBLE, uitleg: verandering per jaar van de grootte van de kloof}
      kloof_p: {type: DOUBLE, uitleg: "p-waarde daarvan, gecorrigeerd als die van de trend"}
      kloof_van: {type: BIGINT, uitleg: jaar van het eerste punt van de kloof}
      kloof_tot: {type: BIGINT, uitleg: jaar van het laatste}
    """
    reeksen, gaten = _read(db)
    trend, kloof = judge(reeksen), judge_lines(gaten)
    kloof_van, kloof_tot = kloof.ends(gaten.jaren)
    columns = {
        "reeks": np.arange(len(reeksen.groep), dtype=np.int64),
        "n": trend.uitkomst.n,
        "van": trend.van,
        "tot": trend.tot,
        "helling": trend.uitkomst.helling,
        "p": trend.uitkomst.p,
        "p_bh": trend.p_bh,
        "aantoonbaar": trend.aantoonbaar,
        "rho": trend.rho,
        "helling_ols": trend.kleinste.helling,
        "p_ols": trend.kleinste.p,
        "robuust": trend.robuust,
        "verschil": trend.verschil,
        "gewogen": trend.gewogen,
        "breuk": trend.breuk,
        "reeksbreuk": trend.reeksbreuk,
        "eerder_n": trend.eerder.n,
        "eerder_van": trend.eerder_van,
        "eerder_tot": trend.eerder_tot,
        "eerder_helling": trend.eerder.helling,
        "eerder_p": trend.eerder.p,
        "kloof_n": kloof.uitkomst.n,
        "kloof_helling": kloof.uitkomst.helling,
        "kloof_p": kloof.p_bh,
        "kloof_van": kloof_van,
        "kloof_tot": kloof_tot,
    }
    # from_pandas: NaN is "not tested", and that is NULL in a table
    return db.from_arrow(pa.table({naam: pa.array(values, from_pandas=True) for naam, values in columns.items()}))

"""How often the figure of a next year lay where the years before it said: the model of the trend test put to the test.

A verdict rests on a model of how a series moves. Whether that model is honest about what it does not know shows in
years that were already there: fit the line to the years up to t, say where t + 1 will lie with 95% certainty, look.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assets.indicatoren.autocorrelatie import Getallen, Reeksvorm, Vlaggen, pool_rho
from assets.indicatoren.toetsen_reeks import noise
from begrippen.rekenregels import REKENREGELS

# Of municipalities only those of the report: the others say the same a hundred times, at a hundred times the cost.
_REEKS = """
    SELECT row_number() OVER (ORDER BY s.reeks) - 1 AS rij, s.reeks, s.editie, k.thema,
        dense_rank() OVER (ORDER BY s.indicator, s.uitsplitsing, s.soort)::BIGINT AS groep
    FROM reken.reeks AS s
    JOIN invoer.kaart AS k ON k.id = s.indicator
    WHERE s.meting NOT IN ('om_de_paar_jaar', 'voortschrijdend')
        AND (s.soort IN ('land', 'provincie', 'corop') OR s.regio IN (SELECT regio FROM reken.rapportregio))
"""
_PUNT = f"""
    WITH gekozen AS ({_REEKS})
    SELECT p.rij, p.jaar - (p.editie - ?) AS kolom, p.waarde,
        (SELECT count(*) FROM invoer.breuk AS b WHERE b.indicator = p.indicator AND b.vanaf <= p.jaar) AS zijde
    FROM (
        SELECT g.rij, g.editie, w.indicator, left(w.periode, 4)::INTEGER AS jaar,
            if(v.indicator IS NULL, w.waarde, v.waarde) AS waarde
        FROM gekozen AS g
        JOIN reken.reeks AS s USING (reeks)
        JOIN monitor.indicatorwaarde AS w USING (indicator, uitsplitsing, regio)
        LEFT JOIN monitor.reele_waarde AS v USING (indicator, uitsplitsing, regio, periode)
        WHERE w.waarde IS NOT NULL
    ) AS p
    WHERE p.waarde IS NOT NULL AND p.jaar BETWEEN p.editie - ? AND p.editie - 1
"""


def predict_last(vorm: Reeksvorm, rho: Getallen) -> tuple[Getallen, Getallen]:
    """Say where the last column lies by the columns before it: how far off it was (m), and how far it may be (m).

    Both in the unit of the series; `vorm` without weights holds the points with the one to be said, which is there in
    each series and is as far from the point before it as all points are from theirs. The second is the half width of
    an interval of 1 - alfa: NaN where all points lie on a line.
    """
    # see `assets.indicatoren.toetsen_reeks`
    from scipy import special

    line = vorm.line(rho)
    # what a fit without a point would say of it, follows from the fit with it: the deleted residual of regression
    rest = line.rest[:, -1]
    free = 1 - sum(q[:, -1] ** 2 for q in line.richtingen)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = rest / free
        squares = (line.rest**2).sum(axis=1) - rest**2 / free
        spread = np.sqrt(np.maximum(squares, 0.0) / (line.n - 3) / free)
        step = np.sqrt(1 - np.where(np.isinf(vorm.years[:, -1]), 0.0, rho ** vorm.years[:, -1]) ** 2)
    reach = special.stdtrit(np.maximum(line.n - 3, 1), 1 - REKENREGELS.alfa / 2) * spread
    return off * step, np.where(squares > 0, reach * step, np.nan)


def without_shared(off: Getallen, niveau: Getallen, groep: NDArray[np.int64]) -> Getallen:
    """Take from each deviation the one in the middle of its pool in that year. NaN in a pool of too few regions.

    A pandemic hits all: that no line foresees it is no fault of the intervals. It hits a large region and a small one
    alike in percent of their `niveau` (m, the size of their figures), not in the unit of the card.
    """
    apart = np.full(len(off), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = off / niveau
    order = np.argsort(groep, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(groep[order])) + 1):
        known = rows[np.isfinite(part[rows])]
        if len(known) >= REKENREGELS.minste_regios:
            apart[known] = off[known] - niveau[known] * np.median(part[known])
    return apart


def look_back(
    jaren: Getallen, waarde: Getallen, zijde: NDArray[np.int64], groep: NDArray[np.int64], doel: int
) -> tuple[NDArray[np.int64], Vlaggen, Vlaggen, Vlaggen]:
    """Say the column `doel` from the window before it: rows, within, whether it can be said apart, within then.

    `waarde` and `zijde` (m x k) by series and year, NaN where there is no point. A series takes part with the figure
    to be said, that of the year before it, and the least number of points on the same side of every break.
    """
    window = slice(max(doel - REKENREGELS.venster, 0), doel + 1)
    values, sides = waarde[:, window], zijde[:, window]
    mask = np.isfinite(values) & (sides == sides[:, -1:])
    before = mask[:, :-1]
    known = mask[:, -1] & before[:, -1] & (before.sum(axis=1) >= REKENREGELS.minste_punten)
    rows = np.flatnonzero(known)
    if not len(rows):
        return rows, *(np.zeros(0, dtype=bool),) * 3
    earlier = Reeksvorm(jaren[window][:-1], values[rows, :-1], before[rows])
    moves = np.abs(earlier.line(0.0).rest).max(axis=1) > noise(values[rows])
    rho = pool_rho(earlier, moves, groep[rows])
    off, reach = predict_last(Reeksvorm(jaren[window], values[rows], mask[rows]), rho)
    # a series on a line says its next year exactly, or not at all
    reach = np.where(moves, reach, noise(values[rows]))
    apart = without_shared(off, np.nanmean(np.abs(values[rows]), axis=1), groep[rows])
    with np.errstate(invalid="ignore"):
        return rows, np.abs(off) <= reach, np.isfinite(apart), np.abs(apart) <= reach


def terugtoets(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Count how often the figure of a year lay within the interval that the years before it gave.

    ---
    omschrijving: >
      Hoe vaak het cijfer van een jaar lag waar de jaren ervoor het met 95% zekerheid verwachtten: de lijn van de
      trendtoets, met haar autocorrelatie, op de acht jaren ervoor, een jaar doorgetrokken. Van het land, de provincies,
      de COROP-gebieden en de andere regio's in het rapport; marges van de bron tellen hier niet mee. Een schok die alle
      regio's treft voorziet geen lijn: daarom ook zonder de middelste afwijking van die soort regio in dat jaar, in
      procenten van de cijfers van elk. Bedragen in lopende prijzen tellen in prijzen van een jaar.
    uit:
      - invoer.breuk
      - invoer.kaart
      - monitor.indicatorwaarde
      - monitor.reele_waarde
      - reken.rapportregio
      - reken.reeks
    herkomst: {kaarten: alle, met: {meting: [telling, steekproef, modelschatting, rekening]}, reeel: true}
    sleutel: [thema, jaar]
    kolommen:
      thema: {type: VARCHAR, uitleg: thema van de kaarten}
      jaar: {type: INTEGER, uitleg: het jaar dat is voorspeld}
      voorspellingen: {type: BIGINT, uitleg: "aantal reeksen met dat jaar, het jaar ervoor en genoeg punten"}
      binnen: {type: BIGINT, uitleg: aantal waarvan het cijfer in het interval van 95% lag}
      voorspellingen_apart: {type: BIGINT, uitleg: "aantal daarvan met genoeg andere regio's van die soort"}
      binnen_apart: {type: BIGINT, uitleg: "aantal daarvan binnen, zonder de middelste afwijking van die soort"}
    """
    head = {n: np.asarray(v) for n, v in db.execute(f"{_REEKS} ORDER BY s.reeks").fetchnumpy().items()}
    looked, window = REKENREGELS.terugtoets_jaren, REKENREGELS.venster
    columns = looked + window
    cells = {n: np.asarray(v) for n, v in db.execute(_PUNT, [columns, columns]).fetchnumpy().items()}
    at = (cells["rij"].astype(np.int64), cells["kolom"].astype(np.int64))
    editie = int(head["editie"][0]) if len(head["editie"]) else 0
    waarde, zijde = np.full((len(head["editie"]), columns), np.nan), np.zeros((len(head["editie"]), columns))
    waarde[at], zijde[at] = cells["waarde"], cells["zijde"]
    jaren = np.arange(editie - columns, editie, dtype=np.float64)

    found: dict[str, list[object]] = {naam: [] for naam in ("thema", "jaar", "voorspellingen", "binnen")}
    found |= {"voorspellingen_apart": [], "binnen_apart": []}
    for doel in range(window, columns):
        rows, within, comparable, within_apart = look_back(
            jaren, waarde, zijde.astype(np.int64), np.asarray(head["groep"], dtype=np.int64), doel
        )
        thema = head["thema"][rows].astype(str)
        for naam in np.unique(thema):
            here = thema == naam
            found["thema"].append(naam)
            found["jaar"].append(int(jaren[doel]))
            found["voorspellingen"].append(int(here.sum()))
            found["binnen"].append(int(within[here].sum()))
            found["voorspellingen_apart"].append(int(comparable[here].sum()))
            found["binnen_apart"].append(int(within_apart[here].sum()))
    types = [pa.string(), pa.int32(), *[pa.int64()] * 4]
    return db.from_arrow(pa.table({n: pa.array(v, type=t) for (n, v), t in zip(found.items(), types, strict=True)}))

"""From a built database to the indicators of a report: series, latest figures, judgements and the cells under them."""

from __future__ import annotations

import math
from collections import defaultdict

import duckdb

from assets.vragen.bronnen import read_bronnen
from assets.vragen.lezen import has_table, read_rows, strip_soort
from reports.getallen import round_half_away
from reports.model import Breuk, Cel, Indicator, Punt, Reeks, Regio, Stand
from reports.oordeel import Oordeel


def read_zonder(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The members that a value does without: (indicator, regio, periode) -> their names."""
    zonder: dict[tuple[str, str, str], tuple[str, ...]] = defaultdict(tuple)
    for r in read_rows(
        db,
        """
        SELECT o.indicator, o.regio, o.periode, r.naam
        FROM monitor.ontbrekend_lid AS o JOIN kern.regio AS r ON r.code = o.lid
        WHERE o.uitsplitsing = 'totaal' ORDER BY ALL
        """,
    ):
        zonder[r["indicator"], r["regio"], r["periode"]] += (strip_soort(r["naam"]),)
    return zonder


def als_bron(bedrag: float | None, afronding: float | None) -> float | None:
    """An amount in other prices as fine as its source gives the amount: '37.100 euro' of one in hundreds, not '37.128'.

    `afronding`: what rounding at the source can change, half of its step.
    """
    if bedrag is None or not afronding:
        return bedrag
    # what is no whole step (a sum of rounded figures) counts as the step below it
    return float(round_half_away(bedrag, -math.floor(math.log10(2 * afronding) + 1e-9)))


def _read_reeksen(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]) -> dict[str, dict[str, Reeks]]:
    punten: dict[str, dict[str, list[Punt]]] = defaultdict(lambda: {code: [] for code in regios})
    zonder = read_zonder(db)
    for r in read_rows(
        db,
        """
        SELECT w.indicator, w.regio, w.periode, w.waarde, w.status, w.leeg_reden,
            coalesce(w.benadering, false) AS benadering, w.marge_onder, w.marge_boven, v.waarde AS reeel,
            w.afronding
        FROM monitor.indicatorwaarde AS w
        LEFT JOIN monitor.reele_waarde AS v USING (indicator, uitsplitsing, regio, periode)
        WHERE w.uitsplitsing = 'totaal' AND list_contains(?, w.regio)
        ORDER BY w.indicator, w.regio, w.periode
        """,
        list(regios),
    ):
        punten[r["indicator"]][r["regio"]].append(
            Punt(
                periode=r["periode"],
                jaar=int(r["periode"][:4]),
                waarde=r["waarde"],
                status=r["status"],
                leeg_reden=r["leeg_reden"],
                benadering=r["benadering"],
                marge_onder=r["marge_onder"],
                marge_boven=r["marge_boven"],
                reeel=als_bron(r["reeel"], r["afronding"]),
                afronding=r["afronding"],
                zonder=zonder.get((r["indicator"], r["regio"], r["periode"]), ()),
            )
        )
    return {
        indicator: {code: Reeks(regios[code], tuple(p)) for code, p in per_regio.items() if p}
        for indicator, per_regio in punten.items()
    }


_TABELLEN = """
    SELECT indicator, uitsplitsing, regio, periode, list(DISTINCT tabel ORDER BY tabel) AS tabellen
    FROM monitor.herkomst WHERE rol IN ('teller', 'noemer') GROUP BY ALL
"""
_GEEN_TABELLEN = "SELECT indicator, uitsplitsing, regio, '' AS periode, NULL AS tabellen FROM monitor.stand LIMIT 0"


def _read_standen(
    db: duckdb.DuckDBPyConnection, regios: dict[str, Regio], reeksen: dict[str, dict[str, Reeks]], cellen: bool
) -> dict[str, dict[str, Stand]]:
    """The latest values, each the very point of its series; with the tables of its `cellen`, or without."""
    standen: dict[str, dict[str, Stand]] = defaultdict(dict)
    for r in read_rows(
        db,
        f"""
        SELECT s.*, h.tabellen
        FROM monitor.stand AS s
        LEFT JOIN ({_TABELLEN if cellen else _GEEN_TABELLEN}) AS h
            ON h.indicator = s.indicator AND h.uitsplitsing = s.uitsplitsing AND h.regio = s.regio
            AND h.periode = s.laatste_periode
        WHERE s.uitsplitsing = 'totaal' AND list_contains(?, s.regio) ORDER BY s.indicator, s.regio
        """,
        list(regios),
    ):
        reeks = reeksen.get(r["indicator"], {}).get(r["regio"])
        standen[r["indicator"]][r["regio"]] = Stand(
            reeks.point(r["laatste_periode"]) if reeks else None,
            r["waarde_nl"],
            r["verschil_nl"],
            r["vorige_periode"],
            r["verandering_jaar"],
            r["editie_periode"],
            r["verandering_editie"],
            tuple(r["tabellen"] or ()),
        )
    return standen


def _read_gebruik(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """The tables under the figures that a report shows: indicator -> (bron, tabel), the one used last first."""
    gebruik: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT indicator, bron, tabel FROM monitor.herkomst
        WHERE uitsplitsing = 'totaal' AND rol IN ('teller', 'noemer')
        GROUP BY ALL ORDER BY indicator, max(periode) DESC, min(rol) DESC, bron, tabel
        """,
    ):
        gebruik[r["indicator"]].append((r["bron"], r["tabel"]))
    return gebruik


def _read_herkomst(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[str, dict[str, list[Cel]]]:
    """The source cells under the latest figure of each indicator: indicator -> region -> cells."""
    cellen: dict[str, dict[str, list[Cel]]] = defaultdict(lambda: defaultdict(list))
    for r in read_rows(
        db,
        # the other columns are the fields of a Cel
        """
        SELECT h.indicator, s.regio AS van, h.rol, h.tabel, h.onderwerp, h.cel_uitsplitsing AS uitsplitsing,
            h.cel_regio AS regio, h.cel_periode AS periode, w.waarde, coalesce(w.status, 'onbekend') AS status,
            w.leeg_reden, h.momentopname, h.bron = 'register' AS tientallen
        FROM monitor.stand AS s
        JOIN monitor.herkomst AS h ON h.indicator = s.indicator AND h.uitsplitsing = s.uitsplitsing
            AND h.regio = s.regio AND h.periode = s.laatste_periode
        LEFT JOIN kern.waarneming AS w ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp
            AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio AND w.periode = h.cel_periode
            AND w.momentopname = h.momentopname
        WHERE list_contains(?, s.regio) AND s.uitsplitsing = 'totaal' AND s.waarde IS NOT NULL
        ORDER BY h.indicator, s.regio, h.rol DESC, h.lid, h.term, h.tabel, h.onderwerp, h.cel_regio, h.cel_periode,
            h.cel_uitsplitsing
        """,
        regios,
    ):
        indicator, regio = r.pop("indicator"), r.pop("van")
        cellen[indicator][regio].append(Cel(**r))
    return cellen


def _read_breuken(db: duckdb.DuckDBPyConnection) -> dict[str, list[Breuk]]:
    breuken: dict[str, list[Breuk]] = defaultdict(list)
    for r in read_rows(db, "FROM monitor.breuk ORDER BY indicator, vanaf"):
        breuken[r["indicator"]].append(Breuk(r["vanaf"], r["reden"]))
    return breuken


def read_oordelen(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[str, dict[str, Oordeel]]:
    """The judgements: indicator -> region -> judgement."""
    oordelen: dict[str, dict[str, Oordeel]] = defaultdict(dict)
    # an older build has no claims
    geen = "(SELECT '' AS soort, '' AS indicator, '' AS regio, '' AS oordeel WHERE false)"
    beweringen = "monitor.bewering" if has_table(db, "monitor.bewering") else geen
    for r in read_rows(
        db,
        # the other columns are the fields of an Oordeel
        f"""
        SELECT o.indicator, o.regio,
            CASE t.oordeel WHEN 'hoger' THEN 'stijgend' WHEN 'lager' THEN 'dalend' ELSE o.trend END AS trend,
            o.venster_van AS van, o.venster_tot AS tot,
            o.trend_van AS eerste, o.trend_tot AS laatste,
            coalesce(o.trend_n, 0) AS aantal, o.trend_helling AS helling, o.trend_p AS p, o.trend_p_bh AS p_bh,
            o.aantoonbaar,
            o.robuust, coalesce(b.oordeel, o.positie) AS positie, o.plaats_reden, o.rang,
            coalesce(o.rang_midden > o.rang, false) AS gedeeld,
            o.rang_van, o.laatste_periode AS periode, w.waarde, o.verschil_nl, o.kloof, o.kloof_reden,
            coalesce(o.toelichting, '') AS toelichting, coalesce(o.kanttekening, '') AS kanttekening
        FROM monitor.oordeel AS o
        LEFT JOIN monitor.indicatorwaarde AS w ON w.indicator = o.indicator AND w.uitsplitsing = o.uitsplitsing
            AND w.regio = o.regio AND w.periode = o.laatste_periode
        -- hoog, laag, gunstig of ongunstig is wat de bewering zo noemt
        LEFT JOIN {beweringen} AS t ON t.soort = 'trend' AND t.indicator = o.indicator AND t.regio = o.regio
        LEFT JOIN {beweringen} AS b ON b.soort = 'plaats' AND b.indicator = o.indicator AND b.regio = o.regio
        WHERE list_contains(?, o.regio) AND o.uitsplitsing = 'totaal' ORDER BY o.indicator, o.regio
        """,
        regios,
    ):
        indicator, regio = r.pop("indicator"), r.pop("regio")
        oordelen[indicator][regio] = Oordeel(**r)
    return oordelen


GEEN_BEDRAG: tuple[int | None, bool] = (None, False)


def read_indicatoren(
    db: duckdb.DuckDBPyConnection, regios: dict[str, Regio], *, cellen: bool = True
) -> list[Indicator]:
    """The indicators of a report with all that is read about them in `regios` (code -> region), by name.

    Without `cellen` they know no cell or table of a source: what a sentence about a figure does not need, and what
    takes most of the time.
    """
    reeksen = _read_reeksen(db, regios)
    standen = _read_standen(db, regios, reeksen, cellen)
    bronnen, gebruik = read_bronnen(db), _read_gebruik(db) if cellen else {}
    codes = list(regios)
    # of what no source says whether inflation is out of it, there are no amounts in prices of one year
    peil = """
        SELECT indicator, max(prijspeil) AS jaar, bool_or(bronpeil IS NULL) AS onbekend
        FROM monitor.reele_waarde WHERE list_contains(?, regio) GROUP BY indicator
    """
    prijspeil = {r["indicator"]: (r["jaar"], r["onbekend"]) for r in read_rows(db, peil, codes)}
    herkomst = _read_herkomst(db, codes) if cellen else {}
    breuken, oordelen = _read_breuken(db), read_oordelen(db, codes)
    return [
        Indicator(
            id=r["id"],
            naam=r["naam"],
            thema=r["thema"],
            eenheid=r["eenheid"],
            decimalen=r["decimalen"],
            richting=r["richting"],
            definitie=r["definitie"],
            bewerking=r["bewerking"],
            aggregatie=r["aggregatie"],
            richting_herkomst=r["richting_herkomst"] or "",
            prijzen="onbekend" if prijspeil.get(r["id"], GEEN_BEDRAG)[1] else r["prijzen"],
            zekerheid=r["zekerheid"],
            opmerking=r["opmerking"] or "",
            reeksen=reeksen.get(r["id"], {}),
            standen=standen.get(r["id"], {}),
            breuken=tuple(breuken.get(r["id"], ())),
            bronnen=tuple(bronnen[b] for b in gebruik.get(r["id"], ()) if b in bronnen),
            herkomst={regio: tuple(cellen) for regio, cellen in herkomst.get(r["id"], {}).items()},
            oordelen=oordelen.get(r["id"], {}),
            opgaven=tuple(r["opgave"] or ()),
            meting=r["meting"] or "telling",
            kaart=r,
            prijspeil=prijspeil.get(r["id"], GEEN_BEDRAG)[0],
        )
        for r in read_rows(db, "FROM monitor.indicator WHERE doel = 'rapport' ORDER BY naam, id")
    ]

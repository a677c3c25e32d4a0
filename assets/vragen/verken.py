"""From a built database to the page to explore: figures of more areas than have a page, and what adds them up."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import duckdb

from assets.vragen.cijfers import read_oordelen, read_zonder
from assets.vragen.lezen import has_table, open_monitor, read_rows, strip_soort
from assets.vragen.rapport import make_regio
from begrippen.postcode import choose_postcodes, read_postcodes
from reports.model import Rapport, Regio
from reports.verken.model import Gewicht, Verkenner, Verkenreeks, Vindplaats

# Of ten peers these: with all of them the figures of an indicator would not fit in what a phone loads at once.
SOORTGENOTEN = 5
_REEKSEN = """
    SELECT w.indicator, w.regio,
        list(w.periode ORDER BY w.periode) AS perioden,
        list(w.waarde ORDER BY w.periode) AS waarden,
        list(w.teller ORDER BY w.periode) AS tellers,
        list(w.noemer ORDER BY w.periode) AS noemers,
        list(w.status::VARCHAR ORDER BY w.periode) AS statussen,
        list(w.leeg_reden::VARCHAR ORDER BY w.periode) AS redenen,
        list(coalesce(w.benadering, false) ORDER BY w.periode) AS benaderingen,
        list(w.marge_onder ORDER BY w.periode) AS marges_onder,
        list(w.marge_boven ORDER BY w.periode) AS marges_boven
    FROM monitor.indicatorwaarde AS w
    JOIN monitor.indicator AS i ON i.id = w.indicator AND i.doel = 'rapport'
    WHERE w.uitsplitsing = 'totaal' AND list_contains(?, w.regio)
    GROUP BY w.indicator, w.regio ORDER BY w.indicator, w.regio
"""
# Every period comes from one source for all regions of a kind, so one region of the kind stands for all.
_CELLEN = """
    SELECT h.indicator, r.soort::VARCHAR AS regiosoort, h.periode AS van, h.rol, h.bron, h.tabel, h.onderwerp,
        h.cel_uitsplitsing AS uitsplitsing, if(h.cel_regio IN (h.regio, h.lid), '', h.cel_regio) AS regio,
        h.cel_periode AS periode
    FROM monitor.herkomst AS h
    JOIN (SELECT unnest(?) AS code, unnest(?) AS soort) AS r ON r.code = h.regio
    WHERE h.uitsplitsing = 'totaal' AND h.rol IN ('teller', 'noemer')
    GROUP BY ALL
    ORDER BY h.indicator, regiosoort, van, h.rol DESC, h.tabel, h.onderwerp, uitsplitsing, h.cel_periode, regio, h.bron
"""


def read_verken(database: Path, rapport: Rapport) -> Verkenner:
    """Read what the page to explore shows of the indicators of a report, from the same built database.

    Beside the regions of the report: the other provinces, all members of composite regions, and the nearest peers.
    """
    eigen = (rapport.nederland, rapport.provincie, *rapport.corop, *rapport.gemeenten, *rapport.samengesteld)
    with open_monitor(database) as db:
        soortgenoten = _read_soortgenoten(db, [g.code for g in (*rapport.corop, *rapport.gemeenten)])
        leden = _read_leden(db, [r.code for r in rapport.samengesteld])
        andere = leden.union(*soortgenoten.values())
        regios = (*eigen, *_read_andere(db, andere - {r.code for r in eigen}, eigen))
        codes = [r.code for r in regios]
        reeksen: dict[str, dict[str, Verkenreeks]] = defaultdict(dict)
        zonder = read_zonder(db)
        for r in read_rows(db, _REEKSEN, codes):
            indicator, regio = r.pop("indicator"), r.pop("regio")
            gevonden = {n: z for n, p in enumerate(r["perioden"]) if (z := zonder.get((indicator, regio, p)))}
            reeksen[indicator][regio] = Verkenreeks(**{k: tuple(v) for k, v in r.items()}, zonder=gevonden)
        cellen: dict[str, dict[tuple[str, str], tuple[Vindplaats, ...]]] = defaultdict(dict)
        for r in read_rows(db, _CELLEN, codes, [r.soort for r in regios]):
            found, plek = cellen[r.pop("indicator")], (r.pop("regiosoort"), r.pop("van"))
            found[plek] = (*found.get(plek, ()), Vindplaats(**r))
        return Verkenner(
            regios=regios,
            soortgenoten=soortgenoten,
            reeksen=reeksen,
            oordelen=read_oordelen(db, codes),
            cellen=cellen,
            factoren=_read_factoren(db),
            gewichten=_read_gewichten(db, codes),
            postcodes=choose_postcodes(
                read_postcodes(rapport.gebied), {r.code for r in regios if r.soort == "gemeente"}
            ),
            afgelopen=frozenset(
                r["code"]
                for r in read_rows(
                    db, "SELECT code FROM kern.regio WHERE soort = 'samengesteld' AND geldig_tot <= ?", rapport.datum
                )
            ),
        )


def _read_soortgenoten(db: duckdb.DuckDBPyConnection, codes: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    if has_table(db, "monitor.soortgenoot"):
        for r in read_rows(
            db,
            "SELECT regio, soortgenoot FROM monitor.soortgenoot WHERE list_contains(?, regio) AND rang <= ? "
            "AND opgeheven IS NULL ORDER BY regio, rang, soortgenoot",
            codes,
            SOORTGENOTEN,
        ):
            found[r["regio"]] += (r["soortgenoot"],)
    return dict(found)


def _read_leden(db: duckdb.DuckDBPyConnection, codes: list[str]) -> set[str]:
    """The municipalities that composite regions are added up from: all that they ever had, as in the build."""
    rows = read_rows(db, "SELECT DISTINCT lid FROM kern.regio_lid WHERE list_contains(?, regio)", codes)
    return {r["lid"] for r in rows}


def _read_andere(db: duckdb.DuckDBPyConnection, codes: set[str], eigen: tuple[Regio, ...]) -> list[Regio]:
    """The other provinces and these regions, named so that none has the name of another on the page."""
    rows = read_rows(
        db,
        "SELECT code, naam, soort::VARCHAR AS soort FROM kern.regio WHERE geldig_tot IS NULL "
        "AND (soort = 'provincie' OR list_contains(?, code)) AND NOT list_contains(?, code) "
        "ORDER BY soort DESC, naam, code",
        sorted(codes),
        [r.code for r in eigen],
    )
    namen = Counter([*(strip_soort(r["naam"]) for r in rows), *(r.naam for r in eigen)])
    return [make_regio(r["code"], strip_soort(r["naam"]), r["soort"], namen) for r in rows]


def _read_factoren(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, float]]:
    """What a quotient of municipalities is multiplied by, of cards that add up numerators and denominators."""
    factoren: dict[str, dict[str, float]] = defaultdict(dict)
    for r in read_rows(
        db,
        "SELECT h.indicator, h.periode, any_value(h.factor) AS factor FROM monitor.herkomst AS h "
        "JOIN monitor.indicator AS i ON i.id = h.indicator AND i.aggregatie = 'verhouding' "
        "JOIN kern.regio AS r ON r.code = h.regio AND r.soort = 'gemeente' "
        "WHERE h.uitsplitsing = 'totaal' AND h.rol = 'teller' GROUP BY ALL HAVING count(DISTINCT h.factor) = 1",
    ):
        factoren[r["indicator"]][r["periode"]] = r["factor"]
    return factoren


def _read_gewichten(db: duckdb.DuckDBPyConnection, codes: list[str]) -> dict[str, dict[str, dict[str, Gewicht]]]:
    """What municipalities weigh: card that gives the weight -> region -> year, also where they have no figure."""
    gewichten: dict[str, dict[str, dict[str, Gewicht]]] = defaultdict(lambda: defaultdict(dict))
    for r in read_rows(
        db,
        "SELECT w.indicator, w.regio, left(w.periode, 4) AS jaar, w.waarde, w.status::VARCHAR AS status "
        "FROM monitor.indicatorwaarde AS w JOIN kern.regio AS r ON r.code = w.regio AND r.soort = 'gemeente' "
        "WHERE w.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL AND list_contains(?, w.regio) "
        "AND w.indicator IN (SELECT gewicht FROM monitor.indicator WHERE aggregatie = 'gewogen') "
        "ORDER BY w.indicator, w.regio, w.periode",
        codes,
    ):
        gewichten[r["indicator"]][r["regio"]][r["jaar"]] = (r["waarde"], r["status"])
    return {kaart: dict(per_regio) for kaart, per_regio in gewichten.items()}

"""The peers of a municipality or COROP area: those of the country that resemble it most. Two tables of the build.

They are found once for an edition, and then frozen (`soortgenotenlijst.py`): a kind of region that has a frozen list
takes it as it stands, figures and all.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from assets.gesloten import gegeven
from assets.tabel import documented
from begrippen.rekenregels import REKENREGELS

# aspect -> the cards that measure it; an aspect weighs the same however many cards it has
KENMERKEN = {
    "inwonertal": ("bevolking",),
    "leeftijdsopbouw": ("aandeel_0_20", "aandeel_65plus"),
    # how far things are is how densely people live: two aspects of it would count the same thing twice
    "stedelijkheid": (
        "bevolkingsdichtheid",
        "afstand_basisschool",
        "afstand_bibliotheek",
        "afstand_cafe",
        "afstand_huisarts",
        "afstand_ov",
        "afstand_sportterrein",
        "afstand_supermarkt",
        "afstand_treinstation",
        "afstand_ziekenhuis",
    ),
}
BEDRIJFSTAKKEN = "bedrijfstakken"
# twice as many people is the same step from a village as from a city
LOGARITME = ("bevolking", "bevolkingsdichtheid")

_WAARDEN = """
    WITH editie AS (FROM invoer.editie SELECT editie, make_date(editie, 1, 1) AS dag),
    waarde AS (
        SELECT r.soort, w.regio, k.aspect, k.kenmerk, left(w.periode, 4)::INTEGER AS jaar, w.waarde
        FROM monitor.indicatorwaarde AS w
        JOIN (VALUES {kenmerken}) AS k(aspect, kenmerk) ON k.kenmerk = w.indicator
        JOIN kern.regio AS r ON r.code = w.regio
        WHERE w.uitsplitsing = 'totaal'
        UNION ALL
        SELECT r.soort, q.regio, '{bedrijfstakken}', b.letter, left(q.periode, 4)::INTEGER, q.aandeel
        FROM monitor.locatiequotient AS q
        JOIN kern.bedrijfstak AS b ON b.bedrijfstak = q.bedrijfstak AND b.grof
        JOIN kern.regio AS r ON r.code = q.regio
    ),
    -- at the edition before everything is out and nearly all definitive: new figures of this year change no peers
    gezien AS (
        SELECT w.*
        FROM waarde AS w
        CROSS JOIN editie AS e
        CROSS JOIN invoer.rekenregel AS k
        JOIN kern.regio AS r ON r.code = w.regio
        WHERE w.waarde IS NOT NULL AND w.jaar BETWEEN e.editie - k.venster AND e.editie - k.editie_jaren
            AND w.soort IN ('gemeente', 'corop')
            AND coalesce(r.geldig_van <= e.dag, true) AND coalesce(r.geldig_tot > e.dag, true)
    ),
    omvang AS (SELECT soort, count(DISTINCT regio) AS regios FROM gezien GROUP BY soort),
    jaar AS (
        SELECT g.soort, g.kenmerk, max(g.jaar) AS jaar
        FROM (SELECT soort, kenmerk, jaar, count(*) AS regios FROM gezien GROUP BY ALL) AS g
        CROSS JOIN invoer.rekenregel AS k
        JOIN omvang AS o ON o.soort = g.soort AND g.regios >= k.soortgenoten_dekking * o.regios
        GROUP BY g.soort, g.kenmerk
    )
    SELECT g.soort, g.regio, g.aspect, g.kenmerk, g.jaar, g.waarde
    FROM gezien AS g
    JOIN jaar AS j USING (soort, kenmerk, jaar)
    WHERE g.soort NOT IN (SELECT regiosoort FROM invoer.soortgenoot)
    ORDER BY g.soort, g.aspect, g.kenmerk, g.regio
"""


def standardize(waarden: NDArray[np.float64], logaritme: bool = False) -> NDArray[np.float64]:
    """Give values mean 0 and standard deviation 1 over the regions that have one; all 0 where they do not differ."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(waarden) if logaritme else waarden
    # the logarithm of nobody is not a number
    values = np.where(np.isfinite(values), values, np.nan)
    spread = np.nanstd(values)
    return values - np.nanmean(values) if spread == 0 else (values - np.nanmean(values)) / spread


def aspect_distances(kenmerken: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Give the mean squared difference of every two regions (m x m) over the characteristics that both have.

    `kenmerken` are standardized values (m), NaN where a region has none. NaN for two regions that share none.
    """
    total = np.zeros((len(kenmerken[0]),) * 2)
    shared = np.zeros_like(total)
    for values in kenmerken:
        square = (values[:, None] - values[None, :]) ** 2
        there = np.isfinite(square)
        total += np.where(there, square, 0.0)
        shared += there
    with np.errstate(invalid="ignore"):
        return np.where(shared > 0, total / shared, np.nan)


def _reden(aspecten: list[str], squares: NDArray[np.float64]) -> str:
    order = np.argsort(squares, kind="stable")
    near = " en ".join(aspecten[k] for k in order[:2])
    return f"lijkt het meest in {near}, het minst in {aspecten[order[-1]]}"


def _used(kenmerken: dict[str, dict[str, int]]) -> str:
    """What the distance is made of: `bedrijfstakken, dichtheid en leeftijdsopbouw (2024)`."""
    aspecten = sorted(kenmerken)
    years = sorted({year for found in kenmerken.values() for year in found.values()})
    when = "-".join(str(y) for y in dict.fromkeys((years[0], years[-1])))
    return f"{', '.join(aspecten[:-1])} en {aspecten[-1]} ({when})"


def soortgenoot_kenmerk(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Collect the figures by which peers are chosen, standardized over the regions of their kind.

    ---
    omschrijving: >
      De kenmerken waarop soortgenoten zijn gekozen, met hun waarde: het jongste jaar tot en met dat van de vorige
      editie waarin bijna elke regio van de soort een cijfer heeft. Zijn de soortgenoten voor deze editie al
      vastgesteld, dan zijn dit de cijfers van toen.
    uit: [invoer.editie, invoer.rekenregel, invoer.soortgenoot, invoer.soortgenoot_kenmerk, kern.bedrijfstak, kern.regio, monitor.indicatorwaarde, monitor.locatiequotient]
    herkomst:
      tabellen: [83582NED]
      kaarten:
        [bevolking, aandeel_0_20, aandeel_65plus, bevolkingsdichtheid, afstand_basisschool, afstand_bibliotheek,
        afstand_cafe, afstand_huisarts, afstand_ov, afstand_sportterrein, afstand_supermarkt, afstand_treinstation,
        afstand_ziekenhuis]
    sleutel: [regio, aspect, kenmerk]
    kolommen:
      regio: {type: VARCHAR, uitleg: gemeente of COROP-gebied}
      aspect: {type: VARCHAR, uitleg: "waarop wordt vergeleken; elk aspect telt even zwaar"}
      kenmerk: {type: VARCHAR, uitleg: "indicator, of letter van de bedrijfstak (aandeel in de banen)"}
      jaar: {type: INTEGER, uitleg: jaar van het cijfer}
      waarde: {type: DOUBLE, uitleg: "het cijfer, in de eenheid van de kaart"}
      standaard: {type: DOUBLE, uitleg: "het cijfer gestandaardiseerd over de regio's van de soort (inwonertal en dichtheid als logaritme); leeg als dat niet kan", eenheid: standaardafwijkingen}
    """  # noqa: E501
    kenmerken = ", ".join(f"('{aspect}', '{k}')" for aspect, cards in KENMERKEN.items() for k in cards)
    query = _WAARDEN.format(bedrijfstakken=BEDRIJFSTAKKEN, kenmerken=kenmerken)
    frozen = "SELECT regio, aspect, kenmerk, jaar, waarde, standaard FROM invoer.soortgenoot_kenmerk"
    rows: list[tuple[Any, ...]] = db.execute(frozen).fetchall()
    columns = groupby(db.execute(query).fetchall(), key=lambda row: (row[0], row[2], row[3]))
    for (_, aspect, kenmerk), column in columns:
        values = list(column)
        standard = standardize(np.array([row[5] for row in values]), kenmerk in LOGARITME)
        rows += [
            (regio, aspect, kenmerk, jaar, waarde, None if np.isnan(z) else float(z))
            for (_, regio, _, _, jaar, waarde), z in zip(values, standard, strict=True)
        ]
    return db.from_arrow(documented(soortgenoot_kenmerk, rows))


def soortgenoot(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Find the nearest regions of the country for each municipality and COROP area, or take the frozen ones.

    Only aspects that nearly all regions of the kind have a figure for count, and a region needs all of those; none are
    found with too few aspects.

    ---
    omschrijving: >
      De regio's van het land die het meest op een gemeente of COROP-gebied lijken. De afstand is de wortel uit het
      gemiddelde kwadratische verschil in gestandaardiseerde kenmerken (monitor.soortgenoot_kenmerk): inwonertal
      (logaritme), leeftijdsopbouw, aandelen van tien bedrijfstakken in de banen, en stedelijkheid: dichtheid (logaritme)
      en afstand tot voorzieningen.
      Elk aspect telt even zwaar. Een aspect telt mee als bijna elke regio van de soort het heeft; met te weinig
      aspecten zijn er geen soortgenoten. De kenmerken zijn die tot en met het jaar van de vorige editie. De
      eerste publicatie van een editie stelt de soortgenoten vast; daarna blijven zij zo, ook als een cijfer of de
      indeling van gemeenten verandert. Een soortgenoot die is opgeheven houdt haar plaats, met de datum erbij; een
      andere schuift niet op.
    uit: [invoer.bouw, invoer.soortgenoot, kern.regio, monitor.soortgenoot_kenmerk]
    sleutel: [regio, rang]
    kolommen:
      regio: {type: VARCHAR, uitleg: gemeente of COROP-gebied}
      soortgenoot: {type: VARCHAR, uitleg: een regio van dezelfde soort die erop lijkt}
      rang: {type: INTEGER, uitleg: 1 lijkt het meest}
      afstand: {type: DOUBLE, uitleg: "hoe verschillend zij zijn; 0 is gelijk, 1 is een standaardafwijking", eenheid: standaardafwijkingen}
      reden: {type: VARCHAR, uitleg: "waarin zij het meest en het minst op elkaar lijken"}
      vergeleken_op: {type: VARCHAR, uitleg: "op welke kenmerken en jaren is vergeleken; leeg in een lijst van voor 29 november 2026, waar het achter de reden staat"}
      vastgesteld: {type: VARCHAR, uitleg: "de bouw waarin de soortgenoten van deze editie zijn vastgesteld"}
      opgeheven: {type: DATE, uitleg: "eerste dag waarop de soortgenoot er niet meer is; leeg: bestaat nog"}
    """  # noqa: E501
    values: dict[str, dict[str, dict[str, dict[str, float]]]] = {}
    years: dict[str, dict[str, dict[str, int]]] = {}
    query = """
        SELECT r.soort, k.* FROM monitor.soortgenoot_kenmerk AS k
        JOIN kern.regio AS r ON r.code = k.regio
        WHERE r.soort NOT IN (SELECT regiosoort FROM invoer.soortgenoot)
    """
    for soort, regio, aspect, kenmerk, jaar, _, standaard in db.execute(query).fetchall():
        column = values.setdefault(soort, {}).setdefault(aspect, {}).setdefault(kenmerk, {})
        column[regio] = np.nan if standaard is None else standaard
        years.setdefault(soort, {}).setdefault(aspect, {})[kenmerk] = jaar
    peers = (row for soort in sorted(values) for row in _peers(values[soort], _used(years[soort])))
    with gegeven(db, "gevonden", documented(soortgenoot, peers, without=("vastgesteld", "opgeheven"))):
        found = db.sql(
            """
            SELECT s.*, r.geldig_tot::DATE AS opgeheven
            FROM (
                SELECT regio, soortgenoot, rang, afstand, reden, vergeleken_op, vastgesteld FROM invoer.soortgenoot
                UNION ALL
                SELECT gevonden.*, (SELECT bouw FROM invoer.bouw) FROM gevonden
            ) AS s
            LEFT JOIN kern.regio AS r ON r.code = s.soortgenoot
            """
        ).to_arrow_table()
    return db.from_arrow(found)


def _peers(values: dict[str, dict[str, dict[str, float]]], used: str) -> list[tuple[str, str, int, float, str, str]]:
    """Rows of the table for the regions of one kind: aspect -> characteristic -> region -> standardized value."""
    aspecten = sorted(values)
    if len(aspecten) < REKENREGELS.soortgenoten_aspecten:
        return []
    regios = sorted({r for found in values.values() for column in found.values() for r in column})
    squares = np.stack(
        [
            aspect_distances(
                [
                    np.array([column.get(r, np.nan) for r in regios], dtype=np.float64)
                    for _, column in sorted(values[aspect].items())
                ]
            )
            for aspect in aspecten
        ]
    )
    # NaN where an aspect cannot be compared: such a region is nobody's peer. Rounded, so that the last bit of a sum
    # does not decide: equal distances are in the order of their codes.
    distance = np.round(np.sqrt(squares.mean(axis=0)), 9)
    np.fill_diagonal(distance, np.nan)
    rows = []
    for i, regio in enumerate(regios):
        for rang, j in enumerate(np.argsort(distance[i], kind="stable")[: REKENREGELS.soortgenoten], start=1):
            if np.isfinite(distance[i, j]):
                reden = _reden(aspecten, squares[:, i, j])
                rows.append((regio, regios[j], rang, float(distance[i, j]), reden, used))
    return rows

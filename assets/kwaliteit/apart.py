"""What the checks of single figures find before anything rests on those figures: a table of the build.

A check of `sql/toets` with `buiten_rapport: apart_gezet` is held twice with the same query: here against what was
calculated, so that what cannot be is set aside where the report shows nothing of it, and after the build against what
would be published, where what is left of it blocks.
"""

from __future__ import annotations

import duckdb

from assets.kwaliteit.toets import KLOPT, read_celtoetsen
from assets.tabel import documented
from begrippen.gebied import gekozen

# the table that such a check asks, and the same figures before any of them is set aside
GEPUBLICEERD, BEREKEND = "monitor.indicatorwaarde", "reken.berekend"


def celfout(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Give the figures that a check of single figures finds wrong, before any is set aside.

    ---
    omschrijving: >
      De cijfers die een toets op losse cijfers fout vindt, in elk gebied, voor er iets apart is gezet. Tussentabel, die
      niet wordt gepubliceerd.
    uit: [invoer.kaart, invoer.kaart_term, reken.berekend]
    sleutel: [toets, indicator, uitsplitsing, regio, periode]
    kolommen:
      toets: {type: VARCHAR, uitleg: naam van de toets}
      indicator: {type: VARCHAR, uitleg: id van de kaart}
      uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing}
      regio: {type: VARCHAR, uitleg: code van de regio}
      periode: {type: VARCHAR, uitleg: periode}
      reden: {type: VARCHAR, uitleg: wat er had moeten gelden}
    """
    rows = []
    for suite in read_celtoetsen(gekozen().naam):
        query = suite.query.replace(GEPUBLICEERD, BEREKEND)
        (must,) = suite.verwachtingen
        wrong = f"SELECT {', '.join(suite.sleutel)} FROM ({query}) WHERE NOT {KLOPT} ORDER BY ALL"
        rows += [(suite.naam, *row, must.uitleg) for row in db.execute(wrong, suite.parameters).fetchall()]
    return db.from_arrow(documented(celfout, rows))

"""What the notebooks share: open what is published, read an indicator from it, and show a figure of the report.

The file is opened read-only. A refresh makes a new file and swaps the link `actueel`, so an open notebook never blocks
one, and keeps the figures with which it began until it is started again.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

import duckdb
from IPython.display import HTML
from monitor import find_database

from assets.vragen.lezen import melding
from begrippen.gebied import gekozen
from reports.document import Figuur
from reports.figuren import Doek, draw_lijn, draw_stippen, make_lijnbeeld, make_puntbeeld
from reports.model import Breuk, Indicator, Punt, Reeks, Regio

NEDERLAND = "NL01"


def open_monitor() -> duckdb.DuckDBPyConnection:
    """Open the published database read-only, and say what it is."""
    path = find_database()
    db = duckdb.connect(str(path), read_only=True)
    soort, editie, moment = one(db, "SELECT soort, editie, built_at FROM monitor.bouw")
    print(f"Editie {editie}, gebouwd {moment:%d-%m-%Y %H:%M} UTC. {melding(soort, gekozen()) or f'Soort: {soort}.'}")
    return db


def one(db: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> tuple:
    """Give the first row of a query. Raises LookupError when there is none."""
    row = db.execute(query, parameters).fetchone()
    if row is None:
        raise LookupError(f"geen rij voor {', '.join(map(str, parameters))}; kijk of code en jaar bestaan")
    return row


def read_regios(db: duckdb.DuckDBPyConnection, codes: Iterable[str]) -> tuple[Regio, ...]:
    """Give regions by their codes, in that order, named to fit in a figure. Raises LookupError for an unknown one."""
    rows = (one(db, "SELECT code, naam, soort FROM kern.regio WHERE code = ?", c) for c in codes)
    return tuple(Regio(code, shorten(naam, 22, placeholder=" …"), soort) for code, naam, soort in rows)


def read_indicator(db: duckdb.DuckDBPyConnection, indicator: str, regios: Iterable[str]) -> Indicator:
    """Give an indicator with the series of these regions and the Netherlands. Raises LookupError for unknown ones."""
    fields = (
        "id",
        "naam",
        "thema",
        "eenheid",
        "decimalen",
        "richting",
        "definitie",
        "bewerking",
        "aggregatie",
        "prijzen",
    )
    card = one(db, f"SELECT {', '.join(fields)} FROM monitor.indicator WHERE id = ?", indicator)
    reeksen = {}
    for regio in read_regios(db, dict.fromkeys((*regios, NEDERLAND))):
        rows = db.execute(
            "SELECT periode, left(periode, 4)::INTEGER, waarde, status, leeg_reden, benadering "
            "FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal' "
            "ORDER BY periode",
            [indicator, regio.code],
        ).fetchall()
        reeksen[regio.code] = Reeks(regio, tuple(Punt(*row) for row in rows))
    breuken = db.execute("SELECT vanaf, reden FROM monitor.breuk WHERE indicator = ?", [indicator]).fetchall()
    return Indicator(
        **dict(zip(fields, card, strict=True)), reeksen=reeksen, breuken=tuple(Breuk(*row) for row in breuken)
    )


def show(figuur: Figuur | None) -> HTML:
    """Show a figure of the report, with its message above it and its text for who does not see it."""
    if figuur is None:
        return HTML("<p>Te weinig cijfers voor een figuur.</p>")
    noten = "".join(f"<br><small>{noot}</small>" for noot in figuur.noten)
    svg = figuur.svg.replace("<svg ", f'<svg role="img" aria-label="{figuur.alt}" ', 1)
    return HTML(f"<figure><figcaption><b>{figuur.kop}</b>{noten}</figcaption>{svg}</figure>")


def show_line(indicator: Indicator, regio: str) -> HTML:
    """Show a region beside the Netherlands over time, as the report draws it."""
    eigen, nederland = indicator.reeksen[regio].regio, indicator.reeksen[NEDERLAND].regio
    beeld = make_lijnbeeld(indicator, eigen, nederland)
    return show(draw_lijn(Doek(), indicator, beeld, eigen) if beeld else None)


def show_dots(indicator: Indicator, regios: Iterable[str], regio: str) -> HTML:
    """Show regions side by side in their latest period, with the lines of `regio` and the Netherlands."""
    eigen, nederland = indicator.reeksen[regio].regio, indicator.reeksen[NEDERLAND].regio
    laag = tuple(indicator.reeksen[code].regio for code in regios)
    beeld = make_puntbeeld(indicator, (laag,), eigen, nederland)
    return show(draw_stippen(Doek(), indicator, beeld, eigen) if beeld else None)

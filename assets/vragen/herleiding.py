"""The queries that walk from a figure back to the cells it was computed from, and that compute it from those again.

They are text, so that a reader can paste them in any DuckDB client that has the published file open.
"""

from __future__ import annotations

from assets.gesloten import sql_text


def _where(indicator: str, regio: str, periode: str, of: str = "") -> str:
    parts = {"indicator": indicator, "regio": regio, "periode": periode}
    return " AND ".join(f"{of}{naam} = {sql_text(value)}" for naam, value in parts.items())


# `h` is a step of the walk back, `w` the cell that it leads to
_CEL = (
    "h.bron = w.bron AND h.tabel = w.tabel AND h.onderwerp = w.onderwerp\n"
    "    AND h.cel_uitsplitsing = w.uitsplitsing AND h.cel_regio = w.regio AND h.cel_periode = w.periode"
)


def walk_back(indicator: str, regio: str, periode: str) -> tuple[str, str]:
    """Write the two queries that lead from a figure to its source cells."""
    figure = _where(indicator, regio, periode)
    herkomst = (
        "SELECT rol, lid, term, gewicht, factor, bron, tabel, onderwerp, cel_uitsplitsing, cel_regio, cel_periode,\n"
        "       momentopname\n"
        "FROM monitor.herkomst\n"
        f"WHERE {figure}\n"
        "ORDER BY rol DESC, lid, term, cel_periode;"
    )
    waarneming = (
        "SELECT w.*\n"
        "FROM kern.waarneming AS w\n"
        "SEMI JOIN (\n"
        "    FROM monitor.herkomst\n"
        f"    WHERE {figure}\n"
        f") AS h\n    ON {_CEL}\n"
        "ORDER BY ALL;"
    )
    return herkomst, waarneming


# how the members of a composite region become one value
_SAMEN = {
    "som": "sum(factor * teller / coalesce(noemer, 1))",
    "verhouding": "any_value(factor) * sum(teller) / sum(noemer)",
    "gewogen": "sum(weging * factor * teller / coalesce(noemer, 1)) / sum(weging)",
}


def compute_again(
    indicator: str, regio: str, periode: str, *, roles: set[str], aggregatie: str, composite: bool
) -> str:
    """Write the query that computes a figure from its source cells.

    `roles` are those of the cells; `composite` is whether they belong to members of the region. A cell without a value
    makes no figure: the query gives what the other cells would have added up to, so ask it of a figure that is there.
    """

    def total(role: str) -> str:
        return f"sum(h.gewicht * (w.waarde - h.nulpunt)) FILTER (h.rol = '{role}')"

    join = f"FROM monitor.herkomst AS h\nJOIN kern.waarneming AS w\n    ON {_CEL}\n"
    where = f"WHERE {_where(indicator, regio, periode, of='h.')}"
    factor = "any_value(h.factor) FILTER (h.rol = 'teller')"
    if not composite:
        noemer = f"\n    / {total('noemer')}" if "noemer" in roles else ""
        return f"SELECT {factor}\n    * {total('teller')}{noemer} AS waarde\n{join}{where};"
    columns = [f"{factor} AS factor", f"{total('teller')} AS teller", f"{total('noemer')} AS noemer"]
    if "gewicht" in roles:
        per = f" / {total('gewicht_noemer')}" if "gewicht_noemer" in roles else ""
        columns.append(f"{total('gewicht')}{per} AS weging")
    listed = ",\n    ".join(["SELECT h.lid", *columns])
    inner = f"{listed}\n{join}{where}\nGROUP BY h.lid".replace("\n", "\n    ")
    return f"SELECT {_SAMEN[aggregatie]} AS waarde\nFROM (\n    {inner}\n);"

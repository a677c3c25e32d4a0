"""Another answer of a source, as one can come: to see what changes with it."""

import shutil
from dataclasses import replace

import duckdb

from assets.bron.momentopname import hash_file

# What a line says is that something can change, so it is held to what a source can bring. First much at once: of each
# four series two that differ a little, one that is empty and one that is quite other, the first year gone, a year that
# is new, a topic with a new title. Then each by itself; a longer series; and none.
KLEIN = "if(periode = '{first}', NULL, waarde * (1 + (hash(regio, onderwerp, periode) % 9) / 1e5))"
GROOT = "waarde * (0.2 + (hash(regio, periode, rij) % 17) / 4)"
# each series grows or shrinks by its own power, that of the whole country by another: no trend and no gap stays
STEIL = (
    "waarde * (1 + (left(periode, 4)::INTEGER - left('{{first}}', 4)::INTEGER) * if(regio = 'NL01', 0.3, 0.1)) "
    "** ({macht}[-3, -2, -1, 1, 2, 3][1 + (hash(onderwerp, uitsplitsing) % 6)::INTEGER])"
)
ANDERS = {
    "gemengd": f"CASE hash(regio, onderwerp, uitsplitsing) % 4 WHEN 0 THEN NULL WHEN 1 THEN {GROOT} ELSE {KLEIN} END",
    "weg": "waarde",
    "omhoog": STEIL.format(macht=""),
    "omlaag": STEIL.format(macht="-"),
    "lang": "waarde",
    "klein": KLEIN,
    "leeg": "NULL",
    "groot": GROOT,
    "gebieden": "waarde",
}
# a longer series goes back so many years at least
JAREN = 12


def alter(m, folder, hoe):
    """A later answer of the same source, other in this way of `ANDERS`."""
    copy = folder / m.tabel / m.id.replace(m.id[:8], "20270101")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(m.folder, copy)
    cells, codes, topics = (copy / f"{naam}.parquet" for naam in ("waarnemingen", "codelijsten", "onderwerpen"))
    ((first, last),) = duckdb.execute(
        "SELECT min(periode), coalesce(max(periode) FILTER (periode LIKE '%JJ00'), max(periode)) "
        f"FROM '{m.folder / cells.name}'"
    ).fetchall()
    span = int(last[:4]) - int(first[:4]) + 1
    later = f"2099{last[4:]}" if hoe in {"gemengd", "klein"} else last
    turn = f"if({{}} = '{last}', '{later}', {{}})"
    changes = {
        cells: f"({ANDERS[hoe].format(first=first)})::DOUBLE AS waarde, {turn.format('periode', 'periode')} AS periode",
        codes: f"{turn.format('code', 'code')} AS code",
        topics: "titel || ' (nieuw)' AS titel",
    }
    for file, change in changes.items():
        query = f"SELECT * REPLACE ({change}) FROM '{m.folder / file.name}'"
        if hoe == "lang" and file != topics:
            query += " ".join(
                _earlier(m.folder / file.name, back, file == cells) for back in range(span, JAREN + span, span)
            )
        if hoe == "weg" and file == cells:
            query += " WHERE false"
        if hoe == "gebieden" and file == cells:
            query += _elsewhere(m.folder / file.name)
        duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    told = {"sha256": hash_file(cells), "Modified": "2027-01-01T02:00:00", "fetched_at": "2027-01-01T03:00:00+00:00"}
    return replace(m, id=copy.name, folder=copy, eigenschappen=m.eigenschappen | told)


def _earlier(file, back, cells):
    """The rows that a file of an answer has more when its years are there once again, so many years back."""
    kolom, of = ("periode", "true") if cells else ("code", "soort = 'periode'")
    change = f"(left({kolom}, 4)::INTEGER - {back}) || substr({kolom}, 5) AS {kolom}"
    if cells:
        change += f", rij + {back} * 1000000 AS rij, waarde * (1 + (hash(rij, {back}) % 9) / 100) AS waarde"
    return f" UNION ALL SELECT * REPLACE ({change}) FROM '{file}' WHERE {of}"


def _elsewhere(file):
    """The rows that a delivered file has more when it holds provinces and the country too: those of a municipality."""
    return (
        " UNION ALL SELECT w.* REPLACE (g.code AS regio, rij + g.n * 1000000 AS rij, "
        "waarde * (1 + g.n / 10) AS waarde) "
        f"FROM '{file}' AS w, (VALUES ('PV22', 1), ('PV23', 2), ('NL01', 3)) AS g(code, n) "
        f"WHERE w.regio = (SELECT min(regio) FROM '{file}' WHERE regio LIKE 'GM%') "
        f"AND g.code NOT IN (SELECT regio FROM '{file}')"
    )


def fill(m, folder):
    """The same answer with a figure in every empty cell: the middle of the others."""
    copy = folder / m.tabel / m.id
    shutil.copytree(m.folder, copy)
    cells = copy / "waarnemingen.parquet"
    others = "avg(waarde) OVER (PARTITION BY onderwerp, periode, uitsplitsing)"
    change = f"coalesce(waarde, {others}) AS waarde, NULL::VARCHAR AS leeg"
    duckdb.execute(f"COPY (SELECT * REPLACE ({change}) FROM '{m.folder / cells.name}') TO '{cells}' (FORMAT parquet)")
    return replace(m, folder=copy, eigenschappen=m.eigenschappen | {"sha256": hash_file(cells)})

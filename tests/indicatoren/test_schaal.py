"""The engine at the size of the real thing: a hundred cards, all regions, nineteen years."""

from __future__ import annotations

import duckdb
import pytest

from begrippen.regio import read_leden, read_regios

# how long it takes is measured in tests/bench/bench_bouw.py
MEMORY = "1GB"


def cards(make):
    """A hundred cards over fifty tables: every way of adding up, some of quarters, some with a second source."""
    share = [{"onderwerp": "o3"}]
    for n in range(100):
        aggregatie = ("som", "verhouding", "gewogen", "niet")[n % 4]
        bron = {
            "tabel": f"t{n % 50}",
            "teller": [{"onderwerp": f"o{n % 3}"}, *([{"onderwerp": "o4", "gewicht": -1}] if n % 5 == 0 else [])],
            "noemer": [] if aggregatie == "som" else share,
        }
        yield make(
            f"k{n}",
            aggregatie=aggregatie,
            gewicht="k0" if aggregatie == "gewogen" else None,
            jaarregel="som" if n % 10 == 3 else "alleen_jaar",
            bronnen=[{**bron, "tabel": f"t{(n + 1) % 50}"}, bron] if n % 10 == 0 else [bron],
        )


@pytest.mark.lang
def test_a_hundred_cards_take_less_than_a_gigabyte(wereld, motor, maak_kaart, tmp_path):
    small = wereld(list(cards(maak_kaart)), [])
    small.execute(f"ATTACH '{tmp_path / 'groot.duckdb'}' AS groot; COPY FROM DATABASE memory TO groot")
    small.close()
    with duckdb.connect(
        str(tmp_path / "groot.duckdb"),
        config={"threads": 2, "memory_limit": MEMORY, "temp_directory": str(tmp_path / "werk")},
    ) as db:
        for naam, read in (("regio", read_regios), ("regio_lid", read_leden)):
            frame = read()
            frame = frame.assign(**{c: frame[c].dt.date for c in ("geldig_van", "geldig_tot")})
            db.register("frame", frame)
            known = {r[0] for r in db.execute(f"DESCRIBE kern.{naam}").fetchall()}
            columns = ", ".join(c for c in frame.columns if c in known)
            db.execute(f"DELETE FROM kern.{naam}")
            db.execute(f"INSERT INTO kern.{naam} BY NAME SELECT {columns} FROM frame")
        db.execute(
            """
            INSERT INTO kern.periode
            SELECT jaar || deel, left(deel, 2), make_date(jaar::INT, 1, 1), NULL, jaar, false
            FROM range(2008, 2027) AS j(jaar), (VALUES ('JJ00'), ('KW01'), ('KW02'), ('KW03'), ('KW04')) AS d(deel)
            """
        )
        # every tenth table has quarters; three cells in a hundred are empty
        db.execute(
            """
            INSERT INTO kern.waarneming BY NAME
            SELECT 'aanlevering' AS bron, 't' || t AS tabel, 'o' || o AS onderwerp, 'totaal' AS uitsplitsing,
                code AS regio, periode, CASE WHEN h % 100 < 97 THEN (h % 10007) / 10.0 END AS waarde,
                CASE WHEN h % 100 >= 97 THEN 'onbekend' END AS leeg_reden, 'definitief' AS status, 'm' AS momentopname
            FROM (
                SELECT t, o, r.code, p.periode, hash(t, o, r.code, p.periode) AS h
                FROM range(50) AS x(t), range(5) AS y(o), kern.regio AS r, kern.periode AS p
                WHERE r.geldig_tot IS NULL AND p.soort = if(t % 10 = 3, 'KW', 'JJ')
            )
            """
        )
        rows = {tabel.naam: tabel.create(db) for tabel in motor()}
    assert rows["monitor.indicatorwaarde"] > 800_000
    assert rows["monitor.herkomst"] > 1_500_000

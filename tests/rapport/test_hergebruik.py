"""A report of which only what changed is drawn and set, is byte for byte the report that is made whole.

Night after night one thing changes. Both sides are processes of their own, with hashes of Python of their own.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from assets.kast import Kast
from assets.rapport import schrijven
from reports.gedrukt.alle import make_uitgegeven
from tests.rapport.voorbeeldbouw import GEMEENTEN, write_database

Teksten = list[list[str]]
Change = Callable[[duckdb.DuckDBPyConnection, Teksten, random.Random], None]
# an indicator with lines, dots and maps, that is none of those that the tests leave holes in
KEUZE = ("bbp_per_inwoner", "netto_arbeidsparticipatie", "bevolking", "afstand_sportterrein", "woz_waarde")
ZINNEN = ("Dit schreef de redactie.", "De redactie keek nog eens.", "Zo staat het er beter.", "Een kortere tekst.")


def _cel(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    where = (rng.choice(KEUZE), rng.choice(["PV22", "CR08", *GEMEENTEN]), f"{rng.randint(2014, 2024)}JJ00")
    db.execute(
        "UPDATE monitor.indicatorwaarde SET waarde = waarde * ? WHERE indicator = ? AND regio = ? AND periode = ?",
        [rng.uniform(1.05, 1.1), *where],
    )


def _kaart(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    veld = rng.choice(["naam", "definitie", "bewerking"])
    db.execute(
        f"UPDATE monitor.indicator AS i SET {veld} = {veld} || ? WHERE i.id = ?",
        [
            f" (variant {rng.randint(1, 10**6)})" if veld == "naam" else f" Dit is versie {rng.randint(1, 10**6)}.",
            rng.choice(KEUZE),
        ],
    )


def _naam(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    code = rng.choice(list(GEMEENTEN))
    db.execute("UPDATE kern.regio SET naam = ? WHERE code = ?", [f"Gemeente {rng.randint(1, 10**6)}", code])


def _levering(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    db.execute(
        "UPDATE monitor.momentopname SET titel = 'Cijfers, uitgave ' || ?, fetched_at = fetched_at + INTERVAL 1 DAY",
        [rng.randint(1, 10**6)],
    )


def _tekst(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    teksten[:] = [["t/arbeidsmarkt.md", rng.choice([z for z in ZINNEN if [z] not in [t[1:] for t in teksten]])]]


def _beleid(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    db.execute(
        "UPDATE beleid.opgave SET naam = naam || ? WHERE volgorde = (SELECT min(volgorde) FROM beleid.opgave)",
        [f" {rng.randint(2, 99)}"],
    )


def _periode(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    # a year before the first: the latest figures and their judgements stay what they are
    indicator = rng.choice(KEUZE)
    db.execute(
        """
        INSERT INTO monitor.indicatorwaarde
        SELECT * EXCLUDE (jaar) REPLACE (CAST(jaar - 1 AS VARCHAR) || 'JJ00' AS periode, waarde * 0.97 AS waarde)
        FROM (
            SELECT *, min(CAST(periode[:4] AS INTEGER)) OVER () AS jaar
            FROM monitor.indicatorwaarde WHERE indicator = ?
        )
        WHERE CAST(periode[:4] AS INTEGER) = jaar
        """,
        [indicator],
    )


def _voorlopig(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    db.execute(
        "UPDATE monitor.indicatorwaarde SET status = 'voorlopig' WHERE indicator = ? AND periode = "
        "(SELECT max(periode) FROM monitor.indicatorwaarde WHERE status = 'definitief' AND indicator = ?)",
        [gekozen := rng.choice(KEUZE), gekozen],
    )


def _breuk(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    gekozen, jaar = rng.choice(KEUZE), rng.randint(2015, 2024)
    db.execute(
        "INSERT INTO monitor.breuk VALUES (?, ?, ?)", [gekozen, jaar, f"Een andere telling ({rng.randint(1, 10**6)})."]
    )


def _dag(db: duckdb.DuckDBPyConnection, teksten: Teksten, rng: random.Random) -> None:
    """Nothing but another night: the main report and how it was made say so, and no other paper."""
    db.execute("UPDATE monitor.bouw SET built_at = built_at + INTERVAL 1 DAY, bouw = bouw || '1'")


CHANGES: dict[str, Change] = {
    "een cel": _cel,
    "een kaart": _kaart,
    "de naam van een gemeente": _naam,
    "een levering": _levering,
    "een tekst van de redactie": _tekst,
    "een regel van het beleid": _beleid,
    "een jaar erbij": _periode,
    "een cijfer weer voorlopig": _voorlopig,
    "een reeksbreuk": _breuk,
    "een andere dag": _dag,
}


def digests(folder: Path) -> dict[str, str]:
    """Of each file its hash, by its path."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def make_nights(folder: Path, base: Path, names: list[str], seed: int) -> list[list[object]]:
    """The steps of `stappen.py`, without their folder: the database as it is, then after each change."""
    rng, teksten, before = random.Random(seed), list[list[str]](), base
    steps: list[list[object]] = [[str(base), "", []]]
    for n, naam in enumerate(names, start=1):
        (folder / str(n)).mkdir(parents=True)
        database = folder / str(n) / base.name
        shutil.copyfile(before, database)
        with duckdb.connect(str(database)) as db:
            CHANGES[naam](db, teksten, rng)
        steps.append([str(database), "", [list(t) for t in teksten]])
        before = database
    return steps


def start_reports(steps: list[list[object]], uit: Path, kast: str, seed: str) -> subprocess.Popen[str]:
    """Begin to make all below `uit` in a process of its own."""
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.rapport.stappen", kast],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    assert made.stdin is not None
    made.stdin.write(
        json.dumps([[database, str(uit / str(n)), teksten] for n, (database, _, teksten) in enumerate(steps)])
    )
    made.stdin.close()
    return made


def read_counts(made: subprocess.Popen[str]) -> list[list[dict[str, int]]]:
    """Of each step what was made, and what was taken."""
    assert made.stdout is not None
    printed = made.stdout.read()
    assert made.wait() == 0
    told: list[list[dict[str, int]]] = json.loads(printed.splitlines()[-1])
    return told


def compare(folder: Path, base: Path, names: list[str], seed: int) -> None:
    """Hold both sides against each other, night by night."""
    steps = make_nights(folder / "nachten", base, names, seed)
    sides = [
        start_reports(steps, folder / "deels", str(folder / "kast"), "1"),
        start_reports(steps, folder / "heel", "-", "2"),
    ]
    part, whole = map(read_counts, sides)
    before: dict[str, str] = {}
    for n, naam in enumerate(["alles", *names]):
        ours, theirs = digests(folder / "deels" / str(n)), digests(folder / "heel" / str(n))
        assert ours == theirs, f"{n} ({naam}): {[p for p in ours | theirs if ours.get(p) != theirs.get(p)][:5]}"
        assert ours != before, f"{n} ({naam}) changed nothing"
        before = ours
        (made, taken), (all_made, none) = part[n], whole[n]
        assert not sum(none.values()) and sum(all_made.values()) > 100
        if n:
            # as many as asked for, and of figures nearly all from before
            assert {k: made.get(k, 0) + taken.get(k, 0) for k in all_made} == all_made
            assert made.get("plaat", 0) < all_made["plaat"], f"{n} ({naam}): {made}"
            assert naam != "een andere dag" or made.get("stuk", 0) <= 2, made
            assert sum(made.values()) < 0.7 * sum(all_made.values()), f"{n} ({naam}): {made} van {all_made}"
    total = [sum(sum(counts[side].values()) for counts in part[1:]) for side in (0, 1)]
    print(f"\n{len(names)} veranderingen: {total[0]} gemaakt, {total[1]} genomen")
    assert total[0] < total[1] / 2


@pytest.mark.usefixtures("zelf_getekend")
def test_the_morning_after_one_cell_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # of all that is printed a few: with the rest it is the test below
    monkeypatch.setattr(schrijven, "make_uitgegeven", lambda druk: dict(list(make_uitgegeven(druk).items())[-3:]))
    base = write_database(tmp_path / "monitor.duckdb")
    (_, _, _), (changed, _, _) = make_nights(tmp_path, base, ["een cel"], 1)
    first, second = (Kast(tmp_path / "kast", "code") for _ in range(2))
    schrijven.write_rapport(base, tmp_path / "eerst", kast=first)
    schrijven.write_rapport(Path(str(changed)), tmp_path / "deels", kast=second)
    schrijven.write_rapport(Path(str(changed)), tmp_path / "heel")
    assert digests(tmp_path / "deels") == digests(tmp_path / "heel") != digests(tmp_path / "eerst")
    # a report has some figures twice
    assert (
        first.genomen.total() < 10 < first.gemaakt.total() and 0 < second.gemaakt.total() < 20 < second.genomen.total()
    )


@pytest.mark.lang
@pytest.mark.parametrize("seed", [18, 19, 20])
def test_ten_nights_with_a_change_each(tmp_path: Path, kleine_publicatie, seed: int) -> None:
    base = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(base)) as db:
        # what a province wrote down beside its figures
        db.execute(f"ATTACH '{kleine_publicatie.actueel / 'monitor.duckdb'}' AS klein (READ_ONLY)")
        db.execute("CREATE SCHEMA beleid")
        tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'klein' AND schema_name = 'beleid'"
        for (naam,) in db.execute(tables).fetchall():
            db.execute(f"CREATE TABLE beleid.{naam} AS FROM klein.beleid.{naam}")
    names = list(CHANGES)
    random.Random(seed).shuffle(names)
    compare(tmp_path, base, names, seed)

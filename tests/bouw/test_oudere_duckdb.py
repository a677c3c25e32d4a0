"""The published database opens in a DuckDB of 1.2 and later, which is what others have."""

import subprocess
import sys
import venv
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from assets.bouw.bouwen import DATABASE, LEESBAAR_VANAF, build_database
from assets.rapport.bevriezen import load_database

CELLEN = [("NL01", "2025JJ00", 18.0e6), ("PV22", "2024JJ00", 504129.0), ("PV22", "2025JJ00", 506000.0)]
# Reads every column of every table, and prints the number of rows of each.
LEES = """
import duckdb, sys
db = duckdb.connect(sys.argv[1], read_only=True)
print(duckdb.__version__)
for schema, naam in db.execute("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall():
    rows = db.execute(f'FROM "{schema}"."{naam}"').fetchall()
    print(f"{schema}.{naam} {len(rows)}")
"""


@pytest.fixture
def databases(werkplaats, tmp_path: Path) -> list[Path]:
    """The database of a build, and the one of a sealed edition, which is made from its Parquet."""
    build_database(werkplaats.invoer(werkplaats.add(CELLEN)), tmp_path / "b")
    load_database(tmp_path / "b" / "parquet", tmp_path / "verzegeld.duckdb")
    return [tmp_path / "b" / DATABASE, tmp_path / "verzegeld.duckdb"]


def test_the_file_says_which_version_opens_it(databases):
    for database in databases:
        with closing(duckdb.connect(str(database), read_only=True)) as db:
            ((tags,),) = db.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
        assert tags["storage_version"] == f"{LEESBAAR_VANAF}+"
        # the number of the format in the header of the file: 65 is that of 1.2
        assert int.from_bytes(database.read_bytes()[12:20], "little") == 65


@pytest.mark.lang
def test_duckdb_1_2_reads_every_table(databases, tmp_path):
    venv.create(tmp_path / "oud", with_pip=False)
    python = tmp_path / "oud" / "bin" / "python"
    wheel = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--only-binary=:all:",
        f"--target={tmp_path}/lib",
    ]
    made = subprocess.run([*wheel, f"duckdb=={LEESBAAR_VANAF[1:]}"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"duckdb {LEESBAAR_VANAF} is hier niet te krijgen: {made.stderr[-200:]}")
    for database in databases:
        read = subprocess.run(
            [python, "-c", LEES, str(database)],
            env={"PYTHONPATH": f"{tmp_path}/lib"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert read.returncode == 0, read.stderr
        version, *tables = read.stdout.splitlines()
        assert version == LEESBAAR_VANAF[1:]
        with closing(duckdb.connect(str(database), read_only=True)) as db:
            names = db.execute("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
            counts = [db.execute(f'SELECT count(*) FROM "{s}"."{n}"').fetchone()[0] for s, n in names]
        assert tables == [f"{s}.{n} {c}" for (s, n), c in zip(names, counts, strict=True)]
        assert len(tables) > 20

"""A build that takes what did not change from the one before has every byte of a build that makes all."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import DATABASE, build_database
from assets.bouw.hergebruik import BLAD, mark_read, with_origin
from assets.bouw.invoer.bouwinvoer import GEREED, Bouwinvoer
from assets.bouw.tabellen import all_tabellen
from assets.bron.momentopname import hash_file
from assets.kast import Kast
from assets.tabel import Tabel
from begrippen.redenen import Reden
from tests.bouw.conftest import MOMENT, Werkplaats
from tests.bouw.test_bouw import CELLEN

A_DAY = timedelta(days=1)


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "parquet").iterdir())}


def rows(folder: Path) -> dict[str, Any]:
    """The tables of a database with types, and a sum over their rows: their order differs between whole builds too."""
    with duckdb.connect(str(folder / DATABASE), read_only=True) as db:
        names = db.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        said = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        total = "SELECT count(*), sum(hash(CAST(t AS VARCHAR))::HUGEINT) FROM"
        whole = {
            n: [db.execute(f"DESCRIBE {n}").fetchall(), db.execute(f"{total} {n} AS t").fetchall()] for (n,) in names
        }
        return whole | {"uitleg": db.execute(said).fetchall()}


def same(part: Path, whole: Path) -> None:
    """Hold two builds against each other, file by file and row by row."""
    ours, theirs = digests(part), digests(whole)
    assert [n for n in ours | theirs if ours.get(n) != theirs.get(n)] == []
    held, asked = rows(part), rows(whole)
    assert [n for n in held | asked if held.get(n) != asked.get(n)] == []


@dataclass(frozen=True)
class Eerst:
    """A build, and the digests of the whole one of the day after it, wherever it stands by then."""

    invoer: Bouwinvoer
    folder: Path
    morgen: dict[str, str]


def make_eerst(top: Path) -> Eerst:
    werkplaats = Werkplaats(top / "opslag")
    invoer, kast = werkplaats.invoer(werkplaats.add(CELLEN)), Kast(top, "code")
    made = build_database(invoer, top / "b", kast=kast)
    assert kast.gemaakt["tabel"] == len(made) and not kast.genomen
    for naam in ("indicator", "indicatorwaarde"):
        # what a next build is compared with
        if not (path := top / "b" / "parquet" / f"monitor.{naam}.parquet").exists():
            duckdb.execute(f"COPY (SELECT '' AS indicator WHERE false) TO '{path}'")
    build_database(replace(invoer, built_at=invoer.built_at + A_DAY, vorige=top / "b"), top / "morgen")
    return Eerst(invoer, top / "b", digests(top / "morgen"))


@pytest.fixture(scope="module")
def eerst(tmp_path_factory: pytest.TempPathFactory) -> Eerst:
    return make_eerst(tmp_path_factory.mktemp("eerst"))


@pytest.fixture(scope="module")
def klein_eerst(tmp_path_factory: pytest.TempPathFactory) -> Eerst:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwen, "all_tabellen", few_tabellen)
        return make_eerst(tmp_path_factory.mktemp("klein"))


def few_tabellen() -> list[Tabel]:
    """Those that the cells and their sources come in: large ones, one whose codes are numbers until the end, others."""
    own = {"monitor.bouw", "monitor.momentopname", "monitor.banenbegrippen", "monitor.breuk"}
    own |= {"reken.cel", "reken.periodecode", "reken.rapportregio"}
    return [t for t in all_tabellen() if t.naam in own or t.naam.startswith("kern.")]


@pytest.fixture
def klein(klein_eerst: Eerst, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eerst:
    """A build of few tables, for a test to do something to."""
    monkeypatch.setattr(bouwen, "all_tabellen", few_tabellen)
    return replace(klein_eerst, folder=Path(shutil.copytree(klein_eerst.folder, tmp_path / "gisteren")))


def build(invoer: Bouwinvoer, folder: Path, kast: Kast) -> int:
    """Build with what is kept and without, compare, and give how many tables were taken."""
    told: list[tuple[str, int, int]] = []
    made = build_database(invoer, folder / "deels", lambda *done: told.append(done), kast=kast)
    whole = build_database(invoer, folder / "heel")
    same(folder / "deels", folder / "heel")
    assert not (folder / "heel" / BLAD).exists()
    assert [(t.naam, t.rijen) for t in made] == [(t.naam, t.rijen) for t in whole]
    assert [n for _, n, _ in told] == list(range(1, len(whole) + 1))
    return kast.genomen["tabel"]


def next_day(eerst: Eerst, **changes: Any) -> Bouwinvoer:
    return replace(eerst.invoer, built_at=eerst.invoer.built_at + A_DAY, vorige=eerst.folder, **changes)


def build_next(eerst: Eerst, folder: Path, kast: Kast) -> int:
    """Build of the day after, with the bytes of a whole build; give how many tables were taken."""
    build_database(next_day(eerst), folder / "deels", kast=kast)
    assert digests(folder / "deels") == eerst.morgen
    return kast.genomen["tabel"]


def test_a_day_later_hardly_anything_is_made(eerst: Eerst, tmp_path: Path) -> None:
    kept = {t.naam for t in all_tabellen() if not t.naam.startswith("reken.")}
    kast = Kast(tmp_path, "code")
    invoer = next_day(eerst)
    # what names the build or compares it with the one before, and regions, whose codes others count with
    assert build(invoer, tmp_path, kast) > len(kept) - 12
    assert kast.gemaakt["tabel"] < 20
    # and of a build that was for the most part taken can be taken
    again, third = Kast(tmp_path, "code"), replace(invoer, built_at=invoer.built_at + A_DAY, vorige=tmp_path / "deels")
    assert build(third, tmp_path / "3", again) > len(kept) - 12


def test_what_comes_out_as_it_was_stops_the_change(eerst: Eerst, tmp_path: Path) -> None:
    # of one answer is told something else: the table of all cells is made again, and is what it was
    invoer = next_day(eerst, verouderd={"03759ned": (Reden("niet_op_dag", {"dag": "1"}),)})
    kast = Kast(tmp_path, "code")
    assert build(invoer, tmp_path, kast) > 40
    blad = {f: json.loads((f / BLAD).read_text())["tabellen"] for f in (eerst.folder, tmp_path / "deels")}
    was, now = (b["kern.waarneming"] for b in blad.values())
    assert was["van"] != now["van"] and was["inhoud"] == now["inhoud"]


def test_of_equal_cells_in_a_new_answer_only_what_names_the_answer_is_other(
    werkplaats: Werkplaats, tmp_path: Path
) -> None:
    first = werkplaats.invoer(old := werkplaats.add(CELLEN))
    build_database(first, tmp_path / "gisteren", kast=Kast(tmp_path, "code"))
    for naam in ("indicator", "indicatorwaarde"):
        assert (tmp_path / "gisteren" / "parquet" / f"monitor.{naam}.parquet").exists()
    new = werkplaats.add(CELLEN, MOMENT + A_DAY)
    # a day of the source is said with the card, and of what is computed nothing hangs on it
    new = replace(new, eigenschappen=new.eigenschappen | {"Modified": "2026-11-22T02:00:00"})
    invoer = werkplaats.invoer(new, eerdere=(old,), built_at=first.built_at + A_DAY, vorige=tmp_path / "gisteren")
    kast = Kast(tmp_path, "code")
    build(invoer, tmp_path, kast)
    parquet = tmp_path / "deels" / "parquet"
    for naam in ("monitor.herkomst", "kern.waarneming"):
        named = duckdb.execute(f"SELECT DISTINCT momentopname FROM '{parquet / naam}.parquet'").fetchall()
        assert named == [(new.id,)]
    was, now = (json.loads((tmp_path / d / BLAD).read_text())["tabellen"] for d in ("gisteren", "deels"))
    other = {naam for naam in was if was[naam]["inhoud"] != now[naam]["inhoud"]}
    assert {n for n in other if not n.startswith("reken.")} == {
        *("kern.waarneming", "kern.waarneming_versie"),
        *("monitor.herkomst", "monitor.indicator", "monitor.momentopname", "monitor.bouw"),
    }
    assert {"reken.waarde", "reken.reeks", "reken.toets"} <= was.keys() - other
    assert kast.gemaakt["tabel"] < 30


def test_no_table_is_made_from_what_is_not_read(
    werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the columns that no other table is said to be made from are not there, all others come out the same."""
    invoer = werkplaats.invoer(werkplaats.add(CELLEN))
    build_database(invoer, tmp_path / "met")
    without, silent = [], set()
    for t in all_tabellen():
        if t.ongelezen:
            silent.add(f"{t.naam}.parquet")
            query = f"SELECT * EXCLUDE ({', '.join(sorted(t.ongelezen))}) FROM ({t.query})"
            without.append(replace(t, query=query, kolommen=tuple(k for k in t.kolommen if not k.ongelezen)))
        else:
            without.append(t)
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: without)
    build_database(invoer, tmp_path / "zonder")
    met, zonder = digests(tmp_path / "met"), digests(tmp_path / "zonder")
    assert {n for n in met if met[n] != zonder[n]} == silent >= {"kern.waarneming.parquet", "monitor.herkomst.parquet"}


def test_the_mark_for_readers_leaves_out_those_columns_and_no_other(tmp_path: Path) -> None:
    def mark(cells: str) -> str:
        path = tmp_path / "x.parquet"
        duckdb.execute(f"COPY (SELECT {cells} FROM range(5) AS r (n)) TO '{path}'")
        return mark_read(path, {"c"})

    whole = mark("n AS a, n || 'x' AS b, n AS c")
    assert whole == mark("n AS a, n || 'x' AS b, 'anders' || n * 1000 AS c")
    others = [
        "n AS a, n || 'y' AS b, n AS c",
        "n AS a, n || 'x' AS d, n AS c",
        "n::INTEGER AS a, n || 'x' AS b, n AS c",
    ]
    assert whole not in {mark(o) for o in (*others, "n AS a, n || 'x' AS b, n AS c, n AS d", "n AS a, n AS c")}


def _no_blad(folder: Path) -> None:
    (folder / BLAD).unlink()


def _half_blad(folder: Path) -> None:
    text = (folder / BLAD).read_bytes()
    (folder / BLAD).write_bytes(text[: len(text) // 2])


def _other_blad(folder: Path) -> None:
    (folder / BLAD).write_text('{"database": 1, "tabellen": [2]}', encoding="utf-8")


def _other_row(folder: Path) -> None:
    with duckdb.connect(str(folder / DATABASE)) as db:
        db.execute("UPDATE monitor.main.bouw SET bouw = 'x'; UPDATE monitor.kern.waarneming_code SET waarde = 1")


def _half_database(folder: Path) -> None:
    content = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(content[: len(content) // 2])


def _no_database(folder: Path) -> None:
    (folder / DATABASE).unlink()


def _no_database_though_told(folder: Path) -> None:
    """As if it had been no database all along."""
    (folder / DATABASE).write_bytes(b"x" * 5000)
    content = json.loads((folder / BLAD).read_text())
    (folder / BLAD).write_text(json.dumps(content | {"database": hash_file(folder / DATABASE)}), encoding="utf-8")


@pytest.mark.parametrize(
    "harm",
    [_no_blad, _half_blad, _other_blad, _other_row, _half_database, _no_database, _no_database_though_told],
    ids=lambda f: f.__name__,
)
def test_of_a_build_that_is_not_what_was_written_nothing_is_taken(
    klein: Eerst, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(klein.folder)
    assert build_next(klein, tmp_path, Kast(tmp_path, "code")) == 0


def test_one_parquet_that_is_not_what_was_written_is_made_again(klein: Eerst, tmp_path: Path) -> None:
    whole = build_next(klein, tmp_path / "1", Kast(tmp_path, "code"))
    path = klein.folder / "parquet" / "kern.waarneming.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(bytes(content))
    (path.parent / "monitor.breuk.parquet").unlink()
    (path.parent / "kern.correctie.parquet").write_bytes(b"PAR1")
    kast = Kast(tmp_path, "code")
    assert build_next(klein, tmp_path / "2", kast) == whole - 3
    # with what they read of `reken`
    assert kast.gemaakt["tabel"] > 5


@pytest.mark.parametrize("kast", ["andere code", "opnieuw"])
def test_of_other_code_or_for_who_wants_all_anew_nothing_is_taken(klein: Eerst, tmp_path: Path, kast: str) -> None:
    of = Kast(tmp_path, "andere code") if kast == "andere code" else Kast(tmp_path, "code", opnieuw=True)
    assert build_next(klein, tmp_path, of) == 0
    assert (tmp_path / "deels" / BLAD).is_file()


def test_of_another_kind_of_source_or_another_area_nothing_is_taken(klein: Eerst, tmp_path: Path) -> None:
    """A function knows the area of its process without reading it."""
    elders = klein.invoer.gebied.model_copy(update={"naam": "Elders"})
    assert build(next_day(klein, gebied=elders), tmp_path, kast := Kast(tmp_path, "code")) == 0
    assert kast.gemaakt["tabel"] == len(few_tabellen())


def test_the_mark_of_the_code_holds_queries_packages_and_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a changed query or another DuckDB is another `code`."""
    from pipelines import vingerafdruk

    assert {p.name for p in vingerafdruk.code_folders()} >= {"assets", "begrippen", "sql", "uv.lock"}
    before = vingerafdruk.mark_code(b"x")
    names = [p.name for p in Path(vingerafdruk.sysconfig.get_paths()["purelib"]).glob("duckdb-*.dist-info")]
    assert names == [f"duckdb-{duckdb.__version__}.dist-info"]
    query = tmp_path / "sql" / "x.sql"
    query.parent.mkdir()
    for text in ("SELECT 1", "SELECT 2"):
        query.write_text(text, encoding="utf-8")
        monkeypatch.setattr(vingerafdruk, "code_folders", lambda: [query.parent])
        now = vingerafdruk.mark_code(b"x")
        assert now["code"] != before["code"] and now["omgeving"] == before["omgeving"]
        before = now


@pytest.mark.parametrize("naam", ["kern.onderwerp", "reken.cel", "kern.waarneming", "kern.regio"])
def test_a_changed_query_is_asked_again_though_the_code_had_the_same_mark(
    klein: Eerst, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, naam: str
) -> None:
    other = [replace(t, query=f"{t.query} LIMIT 0") if t.naam == naam else t for t in few_tabellen()]
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: other)
    assert build(next_day(klein), tmp_path, Kast(tmp_path, "code")) > 0
    assert digests(tmp_path / "deels") != klein.morgen


@pytest.mark.parametrize("parquet", [b"", b"PAR1", b"PAR1" * 9, b"PAR1" + b"\xff" * 8 + b"PAR1"])
def test_of_what_is_no_parquet_the_origin_is_not_replaced(parquet: bytes) -> None:
    with pytest.raises(ValueError, match="Parquet"):
        with_origin(parquet, {"bouw": "a"}, {"bouw": "b"})


def test_the_origin_may_be_longer_and_of_more_than_fifteen_pairs(klein: Eerst, tmp_path: Path) -> None:
    old = json.loads((klein.folder / GEREED).read_text(encoding="utf-8"))
    path = tmp_path / "x.parquet"
    for new in ({"bouw": "é" * 300}, {f"k{n}": str(n) * 200 for n in range(20)}, {}):
        before = (klein.folder / "parquet" / "kern.waarneming.parquet").read_bytes()
        path.write_bytes(with_origin(before, old, new))
        kept = duckdb.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')").fetchall()
        assert dict(kept) == new
        assert with_origin(path.read_bytes(), new, old) == before


def test_a_function_names_all_that_it_reads() -> None:
    """Of a query `test_tabel.py` and `test_invoer.py` say so."""
    named: dict[str, set[str]] = {}
    for t in (t for t in all_tabellen() if t.function):
        named.setdefault(inspect.getfile(t.function), set()).update({t.naam, *t.uit})
    for file, uit in named.items():
        code = Path(file).read_text(encoding="utf-8")
        read = set(re.findall(r"\b(?:FROM|JOIN) ((?:invoer|kern|monitor|beleid|reken)\.[a-z_]+)\b", code))
        assert read <= uit, file

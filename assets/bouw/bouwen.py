"""The one build step: every table in order on one connection into a new file, and the handing over of what was built.

A build is a function of its `Bouwinvoer`: equal inputs give byte-equal Parquet. It makes a new folder and touches
nothing else; `publish` then swaps one link. So a build can fail or be killed at any moment, and a reader of what is
published, however long it keeps the file open, never blocks the next build.

The tables of `monitor` stand in the main schema of `monitor.duckdb`: DuckDB names a database after its file, and finds
`monitor.stand` ambiguous when a schema of that name stands in it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.bouw.geheugen import kept_memory
from assets.bouw.hergebruik import ANTWOORDEN, Hergebruik, Wait, read_vorig, write_blad
from assets.bouw.invoer.bouwinvoer import GEREED, Bouwinvoer, InvoerError, read_manifest
from assets.bouw.parquet import in_text, write_parquet
from assets.bouw.tabellen import REKEN, all_tabellen
from assets.bron.momentopname import hash_file, sync, write_file
from assets.gesloten import open_gesloten, sql_text
from assets.kast import Kast
from assets.tabel import Tabel
from begrippen.regio import read_aliassen, read_leden, read_regios

__all__ = [
    "Bouwinvoer",
    "InvoerError",
    "TabelResultaat",
    "build_database",
    "find_vorige",
    "prune",
    "publish",
]

DATABASE = "monitor.duckdb"
# The oldest DuckDB that opens the database: the format of its file (since February 2025), not of what wrote it.
LEESBAAR_VANAF = "v1.2.0"
ACTUEEL = "actueel"
# in a build's folder: the links that were ever pointed at it, so that pruning finds out whether one still does
KOPPELINGEN = "koppelingen.txt"

_ADDS_UP = re.compile(r"\b(sum|avg|mean|product|fsum|kahan_sum|stddev\w*|var\w*|corr|covar\w*|regr_\w+)\s*\(", re.I)
# What has so many rows that two threads make it sooner. Of the others a second one costs more than it does; it is free
# to write Parquet meanwhile.
BREED = frozenset(
    {
        "kern.waarneming",
        "kern.waarneming_versie",
        "monitor.herkomst",
        "reken.cel",
        "reken.kaartcel",
    }
)
A_DAY = 24 * 60 * 60

BouwReport = Callable[[str, int, int], None]


@dataclass(frozen=True)
class TabelResultaat:
    """A table that was made: its name, number of rows, and wall time in seconds, its Parquet not counted."""

    naam: str
    rijen: int
    seconden: float


def _check_momentopnamen(invoer: Bouwinvoer) -> None:
    """Refuse a momentopname whose cells are not those that the gate accepted. Raises InvoerError naming it."""
    for m in (*invoer.momentopnamen, *invoer.eerdere):
        file = m.folder / "waarnemingen.parquet"
        if not file.exists() or hash_file(file) != m.eigenschappen.get("sha256"):
            raise InvoerError(
                f"momentopname {m.id} van tabel {m.tabel} is beschadigd: {file.name} is niet meer wat is aangenomen",
                vervolg=f"Verplaats de map {m.folder} en haal opnieuw op met: monitor run --opnieuw",
            )


def _check_regios(db: duckdb.DuckDBPyConnection) -> None:
    """Refuse region codes that the list does not know, in answers and in cards. Raises InvoerError naming them."""
    # every code that occurs stands in its ENUM: where they stand is looked for only when one is unknown
    strange = db.execute(
        """
        SELECT unnest(enum_range(CAST(NULL AS invoer.code_regio)))::VARCHAR
        EXCEPT SELECT code::VARCHAR FROM invoer.regio
        EXCEPT SELECT alias::VARCHAR FROM invoer.regio_alias
        """
    ).fetchall()
    if not strange:
        return
    unknown = db.execute(
        """
        WITH gezien AS (
            SELECT regio AS code, 'tabel ' || tabel AS plek
            FROM (SELECT DISTINCT regio, tabel FROM invoer.waarneming_alle)
            UNION
            SELECT regio_vast, 'tabel ' || tabel FROM invoer.brontabel
            UNION
            SELECT regio_vast, 'kaart ' || indicator FROM invoer.kaart_term
            UNION
            SELECT regio, 'correctie ' || correctie FROM invoer.correctie
        )
        SELECT code, string_agg(DISTINCT plek, ', ' ORDER BY plek)
        FROM gezien
        WHERE code IS NOT NULL
            AND code NOT IN (SELECT code FROM invoer.regio)
            AND code NOT IN (SELECT alias FROM invoer.regio_alias)
        GROUP BY code
        ORDER BY code
        """
    ).fetchall()
    if unknown:
        listed = "\n".join(f"  {code} in {plek}" for code, plek in unknown[:20])
        more = f"\n  en nog {len(unknown) - 20}" if len(unknown) > 20 else ""
        raise InvoerError(
            f"{len(unknown)} regiocodes staan niet in de lijst van regio's (begrippen/gegevens/regio.csv):\n"
            f"{listed}{more}",
            vervolg="Vul de lijst aan als de code klopt en draai daarna opnieuw: monitor run",
        )


def _comment(db: duckdb.DuckDBPyConnection, *tabellen: Tabel, kind: str = "TABLE") -> None:
    said = []
    for tabel in tabellen:
        said.append(f"COMMENT ON {kind} {tabel.naam} IS {sql_text(tabel.omschrijving)}")
        for kolom in tabel.kolommen:
            text = f"{kolom.uitleg} ({kolom.eenheid})" if kolom.eenheid else kolom.uitleg
            said.append(f"COMMENT ON COLUMN {tabel.naam}.{kolom.naam} IS {sql_text(text)}")
    # together: each by itself would wait for the disk
    db.execute("; ".join(("BEGIN", *said, "COMMIT")))


def _give_text(db: duckdb.DuckDBPyConnection, tabel: Tabel) -> None:
    """Give a table that kept its codes as ENUM to readers as its header documents it, in text.

    A large one stays as it is under another name, with a view in its place.
    """
    if tabel.codes == "bouw":
        for kolom, type, *_ in db.execute(f"DESCRIBE {tabel.naam}").fetchall():
            if type.startswith("ENUM"):
                db.execute(f"ALTER TABLE {tabel.naam} ALTER {kolom} TYPE VARCHAR")
        return
    db.execute(f"ALTER TABLE {tabel.naam} RENAME TO {tabel.naam.split('.')[1]}_code")
    db.execute(f"CREATE VIEW {tabel.naam} AS SELECT {in_text(tabel)} FROM {tabel.naam}_code")
    _comment(db, tabel, kind="VIEW")


def _origin(invoer: Bouwinvoer) -> dict[str, str]:
    """How the build came about, for the metadata of every Parquet."""
    return {
        "soort": invoer.soort,
        "bouw": invoer.bouw,
        "editie": str(invoer.editie),
        "code_versie": invoer.code_versie,
        "invoer_sha256": invoer.sha256,
        ANTWOORDEN: " ".join(sorted(f"{m.bron}/{m.tabel}/{m.id}" for m in invoer.momentopnamen)),
        **{naam: manifest["bouw"] for naam, manifest in invoer.manifests.items()},
    }


def adds_up(tabel: Tabel) -> bool:
    """Whether a table may add up doubles: threads hand in their parts in an order that differs from run to run.

    These are always made on one thread. A sum that says its own order, `sum(waarde ORDER BY waarde)`, is the same
    on two.
    """
    return tabel.function is not None or any(
        "ORDER BY" not in _arguments(tabel.query, call.end()) for call in _ADDS_UP.finditer(tabel.query)
    )


def _arguments(query: str, start: int) -> str:
    """Give the text from `start`, just within a parenthesis, up to the one that closes it."""
    depth = 1
    for place, character in enumerate(query[start:], start):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return query[start:place]
    return query[start:]


def build_database(  # noqa: PLR0917 - what a build is made of, and how
    invoer: Bouwinvoer,
    folder: Path,
    report: BouwReport | None = None,
    threads: int = 2,
    memory_limit: str = "1GB",
    kast: Kast | None = None,
) -> list[TabelResultaat]:
    """Make `folder/monitor.duckdb` and `folder/parquet/<schema>.<tabel>.parquet` from `invoer`.

    Returns the tables in the order in which they are made, those of `reken` included (they are not kept). `report`
    gets (table, done, total). The bytes do not depend on `threads`, nor on `kast`: where that keeps anything, a table
    that comes out as it did is taken from `invoer.vorige` (`assets.bouw.hergebruik`). Raises InvoerError for a finished
    build in `folder`, a damaged momentopname, an unknown region, or cards that the source list does not fit, TabelError
    when a table is not what its header says.
    """
    if (folder / GEREED).exists():
        raise InvoerError(f"{folder} is al een voltooide bouw; een bouw wordt nooit overschreven")
    parquet, scratch = folder / "parquet", folder / ".werk"
    for path in (parquet, scratch):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    for path in (folder / DATABASE, folder / f"{DATABASE}.wal"):
        path.unlink(missing_ok=True)
    from assets.bouw.invoer.maak import encode_codes

    _check_momentopnamen(invoer)
    tabellen = all_tabellen()
    origin = _origin(invoer)
    kast = kast or Kast()
    vorig = None if kast.merk is None or kast.opnieuw else read_vorig(invoer.vorige, DATABASE)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "temp_directory": str(scratch),
        "storage_compatibility_version": LEESBAAR_VANAF,
        # to pack numbers in as many bits as they need is a third of all writing, for a file as large as without
        "disabled_compression_methods": "bitpacking",
    }
    # what a source calls a topic or a region ends up in queries here: whatever it says, it reaches what the build is
    # made of and the folder of the build, and nothing else of this machine
    room = open_gesloten(
        *(folder, *invoer.folders, *([vorig.folder] if vorig else [])),
        database=folder / DATABASE,
        threads=threads,
        config=config,
        vrij=("threads",),
    )
    with kept_memory(), closing(room) as db, ThreadPoolExecutor(1) as exporter:
        # Databases of their own, so that what is dropped at the end leaves no holes in the published file. In memory:
        # with codes as numbers they are small, and on disk compressing them took as long as making them. What does not
        # fit in `memory_limit` goes to `scratch`.
        db.execute("ATTACH ':memory:' AS invoer")
        db.execute(f"ATTACH ':memory:' AS {REKEN}")
        lay_invoer(db, invoer)
        encode_codes(db, invoer)
        _check_regios(db)
        held = Hergebruik(kast, invoer, origin, vorig, db, DATABASE)
        exports: dict[str, Future[Path]] = {}
        db.execute("SET threads = 1")

        def export(tabel: Tabel) -> Wait:
            exports[tabel.naam] = exporter.submit(write_parquet, db.cursor(), tabel, parquet, origin)
            return exports[tabel.naam].result

        def make(tabel: Tabel) -> tuple[int, Wait | None]:
            if shared := threads > 1 and tabel.naam in BREED and not adds_up(tabel):
                db.execute(f"SET threads = {threads}")
            rijen = tabel.create(db)
            if shared:
                db.execute("SET threads = 1")
            if tabel.naam.startswith(f"{REKEN}."):
                return rijen, None
            return rijen, export(tabel)

        results: dict[str, TabelResultaat] = {}
        started = time.perf_counter()
        for tabel, rijen in held.make_all(tabellen, make, export, parquet):
            results[tabel.naam] = TabelResultaat(tabel.naam, rijen, -started + (started := time.perf_counter()))
            if report is not None:
                report(tabel.naam, len(results), len(tabellen))
        for written in exports.values():
            written.result()
        blad = held.make_blad(tabellen, {naam: r.rijen for naam, r in results.items()}) if kast.merk else {}
        db.execute(f"DETACH {REKEN}")
        db.execute("DETACH invoer")
        kept = [t for t in tabellen if not t.naam.startswith(f"{REKEN}.")]
        _comment(db, *kept)
        for tabel in kept:
            if tabel.codes:
                _give_text(db, tabel)
    shutil.rmtree(scratch)
    if blad:
        write_blad(folder, DATABASE, blad)
    write_file(folder / GEREED, json.dumps(origin, indent=1, ensure_ascii=False) + "\n")
    return [results[tabel.naam] for tabel in tabellen]


def lay_invoer(db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer) -> None:
    """Lay schema `invoer` ready on `db` with the regions of the house, as `create_invoer`."""
    # with pandas, which only who builds waits for
    from assets.bouw.invoer.maak import create_invoer

    create_invoer(db, invoer, read_regios(), read_leden(), read_aliassen())


def publish(folder: Path, uitvoer: Path, keep: int = 3) -> Path:
    """Point the link `uitvoer/actueel` at the finished build in `folder`, at one moment, and return the link.

    Killed at any point, either the old or the new build is published, whole. The build that was published before stays
    where it is; of older ones `keep` stay (see `prune`).
    Raises InvoerError when `folder` holds no finished build, or when `actueel` is not a link.
    """
    read_manifest(folder)
    uitvoer.mkdir(parents=True, exist_ok=True)
    link = uitvoer / ACTUEEL
    if link.exists() and not link.is_symlink():
        raise InvoerError(
            f"{link} is een gewone map of een bestand, geen koppeling",
            vervolg="Verplaats die en draai opnieuw: monitor run",
        )
    with (folder / KOPPELINGEN).open("a", encoding="utf-8") as file:
        file.write(f"{link.absolute()}\n")
    for path in (*folder.rglob("*"), folder):
        sync(path)
    new = uitvoer / f".{ACTUEEL}-{os.getpid()}"
    new.unlink(missing_ok=True)
    # relative, so that a project that is moved as a whole stays whole
    new.symlink_to(os.path.relpath(folder.resolve(), uitvoer.resolve()), target_is_directory=True)
    new.replace(link)
    # From here on it is published, whatever happens to what is only for order and for after a power cut.
    with suppress(OSError):
        sync(uitvoer)
    prune(folder.parent, keep)
    return link


def find_vorige(uitvoer: Path, soort: str) -> Path | None:
    """Give the folder of the build that is published in `uitvoer`, to compare the next one with.

    None where nothing is, and where it is of another kind (sample and real never mix). What is damaged counts as
    nothing: a refresh that mends it should not be held up by it.
    """
    folder = (uitvoer / ACTUEEL).resolve()
    try:
        manifest = read_manifest(folder)
    except InvoerError:
        return None
    return folder if is_comparable(folder) and manifest.get("soort") == soort else None


def is_comparable(folder: Path) -> bool:
    """Whether the finished build in `folder` has the tables that a next one is compared with."""
    return all((folder / "parquet" / f"monitor.{t}.parquet").is_file() for t in ("indicator", "indicatorwaarde"))


def _is_linked(folder: Path) -> bool:
    try:
        links = (folder / KOPPELINGEN).read_text(encoding="utf-8").splitlines()
        return any(Path(link).resolve() == folder.resolve() for link in links)
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True  # not to be read: then it stays


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def oldest(bouwen: Path, keep: int = 3) -> float:
    """When the oldest of the `keep` newest builds under `bouwen` was finished, in seconds of a clock; 0: there is none.

    What a report was made of since then is still of use to the next one.
    """
    moments = sorted((m for f in bouwen.glob("*") if (m := _touched(f / GEREED)) != float("inf")), reverse=True)
    return moments[:keep][-1] if moments else 0.0


def prune(bouwen: Path, keep: int = 3, *, unfinished: bool = False) -> list[Path]:
    """Remove old builds under `bouwen` (one kind), and return those removed. Never raises: what will not go stays.

    The `keep` newest finished builds stay, and every build that a link points at, wherever that link is. An unfinished
    folder, or one with a damaged manifest, goes once a build was finished a day after it was last touched: no build
    takes that long. `unfinished`: it goes now, as nothing else is being built.
    """
    finished: list[tuple[str, Path]] = []
    half: list[Path] = []
    for folder in sorted(p for p in bouwen.glob("*") if p.is_dir() and not p.is_symlink()):
        try:
            finished.append((read_manifest(folder)["bouw"], folder))
        except InvoerError:
            half.append(folder)
    finished.sort()
    newest = max((_touched(f / GEREED) for _, f in finished), default=0.0)
    # a report by itself stands in a folder of its own, with the build of another: they are one
    kept = set(sorted({bouw for bouw, _ in finished})[-keep:]) if keep else set()
    gone = [f for bouw, f in finished if bouw not in kept]
    gone += [f for f in half if unfinished or _touched(f) < newest - A_DAY]
    gone = [f for f in gone if not _is_linked(f)]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return [f for f in gone if not f.exists()]

"""Search what a tenant publishes for the name of another: `python -m tests.gebied.vreemd MAP WOORD ...`.

Everything is read as a reader meets it: pages, PDF, slides, letter, workbooks, CSV, the description for catalogues,
names of files, and every text column of every table with its comments. A word may stand where all regions of the
Netherlands are listed: in the columns of LIJST, and as a label that is a region's name or code and nothing else, or
puts such names beside each other ('Overig Zeeland naast Zuidwest-Drenthe en Noord-Friesland').
"""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pikepdf

# Columns that hold regions of the whole country: their codes, and in kern.regio and kern.regio_lid also their names.
LIJST = frozenset(
    {"kern.regio.code", "kern.regio.naam", "kern.regio_lid.regio", "kern.regio_lid.lid", "kern.regio_lid.herkomst"}
    | {f"kern.{t}.{k}" for t in ("waarneming", "waarneming_versie") for k in ("regio", "uitsplitsing")}
    | {f"monitor.herkomst.{k}" for k in ("regio", "lid", "cel_regio", "cel_uitsplitsing")}
    | {f"monitor.pendel.{k}" for k in ("woonregio", "werkregio")}
    | {f"monitor.soortgenoot.{k}" for k in ("regio", "soortgenoot")}
    | {
        f"monitor.{t}.regio"
        for t in (
            *(
                "indicatorwaarde",
                "locatiequotient",
                "oordeel",
                "oordeel_telling",
                "reele_waarde",
                "productiviteitskloof",
                "prognose",
                "stand",
                "herziening",
            ),
            *(
                "prognose_leeftijd",
                "rang_provincie",
                "regelcontrole",
                "shift_share",
                "woon_werkbalans",
                "ontbrekend_lid",
            ),
            *("soortgenoot_kenmerk", "controle", "editieverschil", "gecorrigeerd", "apart_gezet"),
        )
    }
)
ACHTERVOEGSEL = re.compile(r" \((?:PV|CR|LD|AM)\)$")
NAAST = re.compile(r" naast |, | en ")


class _Texts(HTMLParser):
    """The texts of a page, one for each element, and what its attributes say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [text for _, text in attrs if text]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _markup(text: str) -> list[str]:
    parser = _Texts()
    parser.feed(text)
    return parser.found


def _unicode(font: pikepdf.Object) -> dict[str, str]:
    """Code of a glyph -> text, from the table that a font carries for who copies or searches."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be", "ignore") for code, text in pairs}


def _runs(page: pikepdf.Object, fonts: dict[str, dict[str, str]]) -> Iterator[str]:
    """The runs of text of a page, its figures included."""
    resources = page.get("/Resources", {})
    fonts = fonts | {name: _unicode(font) for name, font in resources.get("/Font", {}).items() if "/ToUnicode" in font}
    for x in resources.get("/XObject", {}).values():
        if x.get("/Subtype") == "/Form":
            yield from _runs(x, fonts)
    font: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif operator in {"Tj", "TJ"}:
            parts = operands[0] if operator == "TJ" else [operands[0]]
            codes = "".join(bytes(p).hex() for p in parts if isinstance(p, pikepdf.String))
            yield "".join(font.get(codes[i : i + 4], "") for i in range(0, len(codes), 4))


def _pdf(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        yield from (str(value) for value in pdf.docinfo.values())
        with pdf.open_metadata() as metadata:
            yield from map(str, metadata.values())
        for page in pdf.pages:
            yield from _runs(page.obj, {})


def _packed(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            yield member
            if member.endswith((".xml", ".rels")):
                yield from _markup(archive.read(member).decode("utf-8"))


def _texts(path: Path) -> Iterable[str]:
    match path.suffix:
        case ".html" | ".svg":
            return _markup(path.read_text(encoding="utf-8"))
        case ".pdf":
            return _pdf(path)
        case ".xlsx" | ".ods" | ".pptx" | ".docx" | ".zip":
            return _packed(path)
        case ".csv":
            rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
            return [cell for row in rows for cell in row]
        case ".json" | ".jsonld" | ".txt" | ".md" | ".ttl" | ".geojson":
            return path.read_text(encoding="utf-8").splitlines()
    return ()


def _labels(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The names and codes of all regions: what a label may be."""
    names = [n for row in db.execute("SELECT code, naam FROM kern.regio").fetchall() for n in row]
    return frozenset(names) | {ACHTERVOEGSEL.sub("", n) for n in names}


def _in_database(db: duckdb.DuckDBPyConnection, word: re.Pattern[str]) -> Iterator[str]:
    columns = db.execute(
        "SELECT if(schema_name = 'main', 'monitor', schema_name), table_name, column_name, comment, data_type, "
        "schema_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    for schema, table, column, comment, kind, real in columns:
        name = f"{schema}.{table.removesuffix('_code')}.{column}"
        if comment and word.search(comment):
            yield f"{name}, uitleg: {comment}"
        if kind.startswith(("VARCHAR", "ENUM", "STRUCT", "MAP")) and name not in LIJST:
            text = f'"{column}"::VARCHAR'
            query = f'SELECT DISTINCT {text} FROM {real}."{table}" WHERE regexp_matches({text}, ?)'
            yield from (f"{name}: {text}" for (text,) in db.execute(query, [word.pattern]).fetchall())
    for kind in ("table", "view"):
        query = f"SELECT {kind}_name, comment FROM duckdb_{kind}s() WHERE regexp_matches(comment, ?)"
        yield from (f"{name}, omschrijving: {text}" for name, text in db.execute(query, [word.pattern]).fetchall())


def _in_parquet(
    db: duckdb.DuckDBPyConnection, path: Path, word: re.Pattern[str], labels: frozenset[str]
) -> Iterator[str]:
    """In a download of the report a label may stand, as in its CSV; in a table of the database only in its columns."""
    table = path.stem
    for column, kind, *_ in db.execute(f"DESCRIBE FROM '{path}'").fetchall():
        if kind.startswith("VARCHAR") and f"{table}.{column}" not in LIJST:
            query = f'SELECT DISTINCT "{column}"::VARCHAR FROM \'{path}\' WHERE regexp_matches("{column}"::VARCHAR, ?)'
            found = (text for (text,) in db.execute(query, [word.pattern]).fetchall())
            yield from (f"{path.name} {column}: {text}" for text in found if ACHTERVOEGSEL.sub("", text) not in labels)
    for key, value in db.execute(f"SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('{path}')").fetchall():
        if word.search(f"{key} {value}"):
            yield f"{path.name}, {key}: {value}"


def is_label(text: str, labels: frozenset[str]) -> bool:
    """Whether a text is the name or code of a region, or regions put beside each other and nothing else."""
    return all(ACHTERVOEGSEL.sub("", part) in labels for part in NAAST.split(" ".join(text.split())))


def find_vreemd(actueel: Path, words: Iterable[str]) -> list[str]:
    """Every place in the publication `actueel` where one of `words` stands (whatever its case) and may not."""
    word = re.compile(f"(?i)({'|'.join(map(re.escape, words))})")
    found = []
    with closing(duckdb.connect(str(actueel / "monitor.duckdb"), read_only=True)) as db:
        labels = _labels(db)
        found += _in_database(db, word)
        for path in sorted(actueel.rglob("*")):
            place = path.relative_to(actueel)
            if word.search(place.name):
                found.append(f"de naam van {place}")
            if path.suffix == ".parquet":
                found += _in_parquet(db, path, word, labels if "rapport" in place.parts else frozenset())
            elif path.is_file():
                found += [
                    f"{place}: {' '.join(text.split())[:160]}"
                    for text in _texts(path)
                    if word.search(text) and not is_label(text, labels)
                ]
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    places = find_vreemd(Path(sys.argv[1]), sys.argv[2:])
    print(*places[:40], sep="\n")
    print(f"{len(places)} plaatsen waar {', '.join(sys.argv[2:])} staat en niet hoort")
    sys.exit(bool(places))

"""Small files that ask for gigabytes: each is refused by name, before it takes more than a little memory."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import read_bronlijst
from assets.bron.momentopname import Archief
from assets.bron.vellen.grens import LEVERING, MB
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import VelError
from tests.bron import rauw

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_CEL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def _rij(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def ods(rows: str, prolog: str = "") -> bytes:
    return _zip({"content.xml": (prolog + _ODS.format(rows)).encode()})


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(sheet: str) -> bytes:
    """A workbook whose sheet holds this XML."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = whole.encode()
    return _zip(parts)


_C = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
_LACHEN = '<?xml version="1.0"?>{}<!DOCTYPE l [<!ENTITY a "haha">]>'
BOMMEN = {
    "a cell at the far end": (".xlsx", lambda: xlsx(f'<row r="1048576">{_C.format("XFD1048576")}</row>')),
    "a row of five million cells": (".xlsx", lambda: xlsx(f"<row>{'<c/>' * 5_000_000}</row>")),
    "blanks that unpack to 40 MB": (".xlsx", lambda: xlsx(f"<row>{_C}{' ' * 40_000_000}</row>")),
    "ten thousand columns": (".xlsx", lambda: xlsx(f"<row>{_C.format('A1').replace('A1', '') * 10_000}</row>")),
    "a row that is repeated a million times": (
        ".ods",
        lambda: ods(f'<table:table-row table:number-rows-repeated="1048575">{_CEL.format("", "x")}</table:table-row>'),
    ),
    "rows that are repeated, a few times": (
        ".ods",
        lambda: ods(
            f'<table:table-row table:number-rows-repeated="200000">{_CEL.format("", "x")}</table:table-row>' * 3
        ),
    ),
    "a cell that is repeated without end": (
        ".ods",
        lambda: ods(_rij(_CEL.format(' table:number-columns-repeated="2000000000"', "x"))),
    ),
    "a count below nothing": (
        ".ods",
        lambda: ods(f'<table:table-row table:number-rows-repeated="-5">{_CEL.format("", "x")}</table:table-row>'),
    ),
    "an ODS of 40 MB": (".ods", lambda: ods(f"<table:table-row>{' ' * 40_000_000}</table:table-row>")),
    "entities behind a long comment": (
        ".ods",
        lambda: ods(_rij(_CEL.format("", "&a;")), _LACHEN.format("<!--" + "x" * 5_000 + "-->")),
    ),
    "entities behind a comment that looks like a start": (
        ".ods",
        lambda: ods(_rij(_CEL.format("", "&a;")), _LACHEN.format("<!-- <a> -->")),
    ),
    "entities in UTF-16": (
        ".ods",
        lambda: _zip({"content.xml": (_LACHEN.format("") + _ODS.format("")).encode("utf-16")}),
    ),
    "a comment without end": (".ods", lambda: ods("", "<!--" + "x" * 100_000 + "-->")),
    "more parts than a workbook has": (".xlsx", lambda: _zip({f"{n}.xml": b"" for n in range(1_001)})),
    "a text of ten thousand columns": (".csv", lambda: (";" * 10_000 + "\n").encode() * 3),
    "a text of too many lines": (".csv", lambda: b"a;b\n1;2\n" * 200_000),
}
# what Python, its libraries and the reader take by themselves, and room for one large step
RUIMTE = 700 * MB
LEES = """
import resource, sys
from pathlib import Path
import openpyxl.styles.numbers, openpyxl.utils.datetime
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import VelError
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
for name in sys.argv[2:]:
    try:
        read_vellen(Path(name))
    except VelError as error:
        print(error)
    else:
        print("GELEZEN", name)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, str]:
    """What is said of each, by one process that may not take much memory."""
    folder = tmp_path_factory.mktemp("bommen")
    paths = []
    for number, (suffix, make) in enumerate(BOMMEN.values()):
        paths.append(folder / f"b{number}{suffix}")
        paths[-1].write_bytes(make())
    assert all(p.stat().st_size < 4 * MB for p in paths)
    done = subprocess.run(
        [sys.executable, "-c", LEES, str(RUIMTE), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return dict(zip(BOMMEN, done.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("bom", list(BOMMEN))
def test_a_small_file_does_not_take_gigabytes(told, bom):
    number = list(BOMMEN).index(bom)
    assert told[bom].startswith(f"b{number}") and "MemoryError" not in told[bom]


def test_a_gigabyte_of_text_is_not_opened(tmp_path):
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(1_000 * MB)  # takes no room on the disk
    with pytest.raises(VelError, match=r"groot\.csv: het bestand is groter dan 50 MB"):
        read_vellen(path)


def test_the_same_limits_let_a_plain_file_through(tmp_path):
    path = tmp_path / "a.ods"
    path.write_bytes(ods(f'<table:table-row table:number-rows-repeated="3">{_CEL.format("", "x")}</table:table-row>'))
    (vel,) = read_vellen(path)
    assert list(vel.rijen()) == [(1, ("x",)), (2, ("x",)), (3, ("x",))]
    with pytest.raises(VelError, match="meer dan 2 regels"):
        read_vellen(path, grens=replace(LEVERING, rijen=2))


@pytest.mark.parametrize("name", [b"\xff\xfe.csv", b"a\nb.csv", b"a\x1b[2J.csv"])
def test_a_name_that_cannot_be_shown_is_refused_and_the_others_are_read(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_text("x")
    (folder / "iets.csv").write_text("x")
    lijst = read_bronlijst().aanleveringen
    found = read_deliveries(folder, lijst, Archief(tmp_path, "cbs"), rauw.Klok())
    odd = [u for u in found if u.redenen[0].code == "vreemde_naam"]
    assert len(odd) == 1 and odd[0].tabel.isprintable() and "gewone naam" in odd[0].reden
    assert [u.tabel for u in found if u not in odd] == ["iets.csv"]

"""Every reader of a file gets files that are damaged anywhere: it reads them or says what is wrong, and never breaks.

A file of each kind that is sound is taken from the house or made, and changed by hypothesis: bytes put in, taken out or
turned, pieces that mean something elsewhere, an end that is gone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.beleid.besloten import read_kader, read_projecten
from assets.bouw.bouwboek import read_boek
from assets.bouw.invoer.bouwinvoer import read_manifest
from assets.bouw.zegel import Manifest, unpack_zegel, write_zegel
from assets.bron import bronlijst
from assets.bron.aanlevering_keuren import read_periode
from assets.bron.kruistabel.label import read_periodelabel
from assets.bron.kruistabel.lezen import read_peildatum
from assets.bron.momentopname import Archief
from assets.bron.poging import read_poging
from assets.bron.schade import find_damage
from assets.bron.vellen.getal import parse_getal
from assets.bron.vellen.lezen import read_vellen
from assets.bron.voorbeeld.opname import read_opname
from assets.indicatoren.kaart import KAARTEN, read_kaart
from assets.indicatoren.soortgenotenlijst import _hash, read_lijsten
from assets.indicatoren.uitdrukking import parse_uitdrukking
from assets.kern.correctie import CORRECTIES, read_correcties
from assets.kern.periode import read_part
from assets.rapport.editie import read_editiemap
from assets.rapport.geo import read_geo
from assets.register.lezen import read_file
from assets.register.sbi import read_concordantie
from assets.register.voorbeeld import generate
from assets.register.voorbeeld_levering import write_delivery
from assets.tabel import SQL, read_query
from begrippen.eenheid import read_eenheid
from begrippen.fout import MonitorError
from begrippen.gebied import gekozen, read_gebied
from begrippen.regionaam import read_regionaam
from tests.klein_antwoord import TABEL, capture
from tests.vertrouwen.tellen import Telling, aantal

pytestmark = pytest.mark.lang
VAST: dict[str, Any] = {"deadline": None, "database": None, "derandomize": True}
VAST |= {"suppress_health_check": list(HealthCheck)}
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Lezer:
    """How a kind of file is read: `bestand` below a folder, how a sound one is made there, and what reads it."""

    bestand: str
    maak: Callable[[Path], object]
    lees: Callable[[Path], object]


def _copy(source: Path) -> Callable[[Path], object]:
    return lambda path: shutil.copyfile(source, path)


def _text(content: Any) -> Callable[[Path], object]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    return lambda path: path.write_text(text, encoding="utf-8")


def _book(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("regio", "periode", "waarde"), ("GM0106", "2024", 12.5), ("GM0109", "2024", "x")):
        book.active.append(row)
    book.save(path)


@cache
def _jaar() -> pd.DataFrame:
    return next(iter(generate(schaal=0.01)))


def _records(path: Path) -> pd.DataFrame:
    beside = path.with_suffix(".csv")
    write_delivery(_jaar(), beside)
    frame = pd.read_csv(beside, sep=";", dtype=str, keep_default_na=False).head(20)
    beside.unlink()
    return frame


def _register_xlsx(path: Path) -> None:
    _records(path).to_excel(path, index=False)


def _register_sav(path: Path) -> None:
    pyreadstat.write_sav(_records(path), str(path))


def _ods(path: Path) -> None:
    pd.DataFrame({"regio": ["GM0106"], "waarde": ["12,5"]}).to_excel(path, index=False, engine="odf")


def _zegel(path: Path) -> None:
    beside = path.with_name("inhoud.txt")
    beside.write_text("een twee drie", encoding="utf-8")
    manifest = Manifest("cbs", 2026, 1, "b", "1", "2026-01-01", "2026-01-01T00:00:00+00:00")
    write_zegel(path, manifest, {"gegevens/inhoud.txt": beside})
    path.chmod(0o644)
    path.with_suffix(".zip.sha256").unlink()


def _ring(gemeente: str) -> dict[str, Any]:
    ring = [[6.0, 52.0], [6.1, 52.0], [6.1, 52.1], [6.0, 52.0]]
    properties = {"statcode": gemeente, "statnaam": gemeente, "jrstatcode": f"2026{gemeente}"}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


GEO = {"type": "FeatureCollection", "features": [_ring("GM0106"), _ring("GM0109")]}
GEMEENTEN = {"GM0106": "Assen", "GM0109": "Coevorden"}
BOEKING = {"bouw": "20260610T030405000006Z", "soort": "cbs", "editie": "2026", "code_versie": "1", "invoer_sha256": "x"}
BOEKING |= {"momentopnamen": "cbs/1/2 cbs/3/4", "ontbreekt": {"1": [{"code": "nooit_opgehaald"}]}, "verouderd": {}}
POGING = {"bron": "cbs", "tabel": "T", "tijd": "2026-01-01T00:00:00+00:00", "resultaat": "mislukt", "gebruikt": None}
POGING |= {"redenen": [{"code": "verbinding", "gegevens": {"soort": "x", "melding": "y"}}]}
INTREKKING = [{"momentopname": "m", "tijd": "2026-01-01T00:00:00+00:00", "reden": "fout", "terug": False}]
EIGENSCHAPPEN = {"oordeel": "aangenomen", "sha256": "0" * 64, "bestanden": {"a.parquet": "0" * 64}, "rijen": 3}
EIGENSCHAPPEN |= {"fetched_at": "2026-01-01T00:00:00+00:00", "niet_gevonden": [], "redenen": [], "waarschuwingen": []}
KAART = next(p for p in sorted(KAARTEN.glob("*/*.yaml")))
PROJECTEN = (
    "id;thema;partij;soort;provincie;fase;mensjaar;onderbouwing\n"
    "a;energie;Een;financieel;1000;toegezegd;3;raming van 2025\nb;energie;Twee;agenderend;;gerealiseerd;;\n"
)
PEERS = {"soort": "cbs", "editie": 2026, "regiosoort": "gemeente", "bouw": "b", "soortgenoten": [], "kenmerken": []}
PLEK = "momentopnamen/cbs/cbs/T"


def _archief(folder: Path) -> object:
    """All that is asked of an archive of which one file is damaged: what is not to be read counts as not there."""
    archief = Archief(folder, "cbs")
    for m in archief.list("cbs", "T"):
        archief.last_seen(m)
        _ = (m.aangenomen, m.redenen, m.waarschuwingen, m.niet_gevonden, m.opgehaald)
        find_damage(m.folder)
    archief.latest("cbs", "T")
    return archief.withdrawn("cbs", "T"), Archief(folder, "cbs", LATER).list("cbs", "T")


def _lees_zegel(folder: Path) -> object:
    shutil.rmtree(folder / "uit", ignore_errors=True)
    return unpack_zegel(folder / "2026-v1.zip", folder / "uit")


def _first_sql() -> Path:
    return next(p for p in sorted(SQL.rglob("*.sql")))


LEZERS: dict[str, Lezer] = {
    "kaart": Lezer(
        f"{KAART.parent.name}/{KAART.name}",
        _copy(KAART),
        lambda f: read_kaart([f / KAART.parent.name / KAART.name], gekozen()),
    ),
    "bronlijst": Lezer(
        "1.yaml", _copy(sorted(bronlijst.TABELLEN.glob("*.yaml"))[1]), bronlijst.read_tabellen.__wrapped__
    ),
    "mapping": Lezer(
        "lisa.yaml",
        _copy(bronlijst.AANLEVERINGEN / "lisa.yaml"),
        bronlijst.read_aanleveringen.__wrapped__,
    ),
    "correcties": Lezer("c.yaml", _copy(CORRECTIES), lambda f: read_correcties.__wrapped__(f / "c.yaml")),
    "gebied": Lezer("gebied.toml", _copy(gekozen().map / "gebied.toml"), read_gebied),
    "editie": Lezer(
        "editie.toml", _copy(gekozen().edities / "2026" / "editie.toml"), lambda f: read_editiemap(f, 2026)
    ),
    "toegang": Lezer(
        "toegang.toml",
        lambda path: (
            _copy(gekozen().edities / "2026" / "editie.toml")(path.with_name("editie.toml")),
            _copy(gekozen().edities / "2026" / "toegang.toml")(path),
        ),
        lambda f: read_editiemap(f, 2026),
    ),
    "sql": Lezer(
        str(_first_sql().relative_to(SQL)),
        _copy(_first_sql()),
        lambda f: read_query(f / _first_sql().relative_to(SQL), f),
    ),
    "projecten": Lezer("projecten.csv", _text(PROJECTEN), lambda f: read_projecten(f / "projecten.csv")),
    "grenzen": Lezer("g.geojson", _text(GEO), lambda f: read_geo(f / "g.geojson", GEMEENTEN)),
    "bouwboek": Lezer(
        f"bouwboek/cbs/{BOEKING['bouw']}.json", _text(BOEKING), lambda f: read_boek(f, "cbs", 2026, LATER)
    ),
    "manifest": Lezer("bouw.json", _text(BOEKING), read_manifest),
    "poging": Lezer("pogingen/cbs/cbs/T.json", _text(POGING), lambda f: read_poging(Archief(f, "cbs"), "cbs", "T")),
    "momentopname": Lezer(f"{PLEK}/20260101T000000000000Z/eigenschappen.json", _text(EIGENSCHAPPEN), _archief),
    "intrekkingen": Lezer(f"{PLEK}/.intrekkingen.json", _text(INTREKKING), _archief),
    "nagekeken": Lezer(f"{PLEK}/.nagekeken.json", _text({"m": "2026-01-01T00:00:00+00:00"}), _archief),
    "soortgenoten": Lezer(
        "soortgenoten/cbs/2026/gemeente.json",
        _text(PEERS | {"sha256": _hash(PEERS)}),
        lambda f: read_lijsten(f, "cbs", 2026),
    ),
    "zegel": Lezer("2026-v1.zip", _zegel, _lees_zegel),
    "werkboek": Lezer("vel.xlsx", _book, lambda f: read_vellen(f / "vel.xlsx")),
    "csv": Lezer("vel.csv", _text("regio;periode;waarde\nGM0106;2024;12,5\n"), lambda f: read_vellen(f / "vel.csv")),
    "opname": Lezer(
        f"{TABEL}/properties.json",
        lambda path: capture(path.parent.parent, "2026-01-01T02:00:00", NL01=4.0),
        read_opname,
    ),
    "register csv": Lezer("l.csv", lambda path: write_delivery(_jaar(), path), lambda f: read_file(f / "l.csv")),
    "register xlsx": Lezer("l.xlsx", _register_xlsx, lambda f: read_file(f / "l.xlsx")),
    "register sav": Lezer("l.sav", _register_sav, lambda f: read_file(f / "l.sav")),
    "ods": Lezer("vel.ods", _ods, lambda f: read_vellen(f / "vel.ods")),
    "concordantie": Lezer(
        "c.csv", _text("sbi25;sbi08\n0111;0111\n01.13;01.13\n"), lambda f: read_concordantie(f / "c.csv")
    ),
    "afwegingskader": Lezer(
        "afwegingskader.yaml",
        lambda path: (
            _copy(gekozen().map / "gebied.toml")(path.with_name("gebied.toml")),
            _copy(gekozen().map / "afwegingskader.yaml")(path),
        ),
        lambda f: read_kader(read_gebied(f)),
    ),
}
# pieces that mean something to one reader or another
STUKKEN = [
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\t",
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"- ",
        b"#",
    ),
    *(b"null", b"true", b"NaN", b"1e400", b"-1", b"9" * 400, b"&a ", b"*a", b"!!python/object:os.system x", b"<<: "),
    *(
        b"../../x",
        b"=1+1",
        b"{{ 7*7 }}",
        b"\xd8\x00",
        "\u0665".encode(),
        b"[" * 2000,
        b"x" * 5000,
        b"2026-13-45",
        b"%",
        b"\\u0000",
    ),
]
VERANDERING = st.tuples(
    st.sampled_from(["weg", "erbij", "anders", "einde", "dubbel"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 40),
    st.sampled_from(STUKKEN) | st.binary(min_size=1, max_size=8),
)


def change(content: bytes, what: tuple[str, float, int, bytes]) -> bytes:
    """Change a file in one place."""
    kind, where, size, piece = what
    at = int(where * (len(content) + 1))
    head, rest = content[:at], content[at:]
    return {
        "weg": head + rest[size:],
        "erbij": head + piece + rest,
        "anders": head + piece + rest[len(piece) :],
        "einde": head,
        "dubbel": head + rest[:size] + rest,
    }[kind]


def fuzz(lezer: Lezer, folder: Path, telling: Telling, times: int) -> tuple[int, int]:
    """Read a file so often, each time changed otherwise; give how often it was read and how often it was refused."""
    path = folder / lezer.bestand
    path.parent.mkdir(parents=True, exist_ok=True)
    lezer.maak(path)
    sound, counts = path.read_bytes(), [0, 0]
    lezer.lees(folder)

    @settings(max_examples=times, **VAST)
    @given(changes=st.lists(VERANDERING, min_size=1, max_size=3))
    def read(changes: list[tuple[str, float, int, bytes]]) -> None:
        content = sound
        for what in changes:
            content = change(content, what)
        path.write_bytes(content)
        with telling.proef(f"{lezer.bestand} {changes!r:.300}"):
            try:
                lezer.lees(folder)
                counts[0] += 1
            except MonitorError as error:
                assert str(error).strip()
                counts[1] += 1

    read()
    path.write_bytes(sound)
    return counts[0], counts[1]


# our own notes: a damaged one is as none, and what it told is found or asked anew
ALS_GEEN = ("poging", "momentopname", "intrekkingen", "nagekeken")

# what reads a text of somebody else, and which error is its answer
WOORDEN: dict[str, tuple[Callable[[str], object], tuple[type[Exception], ...]]] = {
    "periode": (read_periodelabel, (MonitorError,)),
    "periodecode": (read_periode, ()),
    "deel van een jaar": (read_part, ()),
    "regio": (read_regionaam, (MonitorError,)),
    "getal": (lambda text: (parse_getal(text, ","), parse_getal(text, ".")), (MonitorError,)),
    "eenheid": (read_eenheid, ()),
    "uitdrukking": (parse_uitdrukking, (ValueError,)),
    "peildatum van een download": (read_peildatum, ()),
}
# words that are nearly right, to begin from
BEKEND = [
    *(
        "2023*",
        "2015 1e kwartaal",
        "2018/'19",
        "2023JJ00",
        "2026 januari-april",
        "1e t/m 3e kwartaal",
        "eerste 2 kwartalen",
    ),
    *("Assen", "Drenthe (PV)", "GM0106", "NL131", "1.234,5", "-0,5", "8.400", "1e5", "\u0661\u0662", "% van de banen"),
    *("per 1 000 inwoners", "2015=100", "a + b * (c - 2) / 3", "CBS, Den Haag/Heerlen 3-2-2026", ".", "**"),
]


@pytest.mark.parametrize("naam", WOORDEN)
def test_a_word_of_somebody_else_is_read_or_refused(tel, naam):
    read, told = WOORDEN[naam]
    word = st.text(max_size=40) | st.tuples(st.sampled_from(BEKEND), st.integers(0, 12), st.text(max_size=6)).map(
        lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
    )

    @settings(max_examples=aantal(8_000 // len(WOORDEN), minstens=40), **VAST)
    @given(text=word)
    def check(text: str) -> None:
        with telling.proef(f"{naam} {text!r}"), suppress(*told):
            read(text)

    with tel("woord") as telling:
        check()


@pytest.mark.parametrize("naam", LEZERS)
def test_a_damaged_file_is_read_or_refused(tel, tmp_path, naam):
    with tel("bestand") as telling:
        read, refused = fuzz(LEZERS[naam], tmp_path, telling, aantal(27_000 // len(LEZERS), minstens=40))
    # one of the two became of each; a reader that takes all damage guards nothing
    assert read + refused == telling.doorstaan
    assert (refused == 0) == (naam in ALS_GEEN)

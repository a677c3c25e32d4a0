"""Answers of a source as plain JSON, served by the last part of the address: any of them can be made wrong."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, Uitkomst, fetch_tabellen
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from tests.stil import KIJK, Stil

ROWS = {"v3": "UntypedDataSet", "v4": "Observations"}
REGIOS = {"NL01": "Nederland", "PV22": "Drenthe (PV)", "GM0114": "Emmen"}
PERIODEN = ("2023JJ00", "2024JJ00")
GESLACHT = {"T001038": "Totaal mannen en vrouwen"}
BEKEND = frozenset(REGIOS)
# what these sources count themselves
AANTAL = {"v3": len(REGIOS) * len(PERIODEN), "v4": 2 * len(REGIOS) * len(PERIODEN)}
Cel = tuple[str, str, str, float | None]


def value(regio: str, periode: str, topic: int) -> float | None:
    """A figure that tells from which cell it is; one cell is empty."""
    if (regio, periode, topic) == ("GM0114", "2023JJ00", 2):
        return None
    return 100.0 * topic + 10 * list(REGIOS).index(regio) + PERIODEN.index(periode) + 0.5


def cells(api: str) -> set[Cel]:
    """The cells that the answers of a protocol hold: (topic, region, period, value)."""
    keys = {"v3": ("Banen_1", "Lonen_2"), "v4": ("M000001", "M000002")}[api]
    return {(keys[t - 1], r, p, value(r, p, t)) for r, p, t in itertools.product(REGIOS, PERIODEN, (1, 2))}


def make_v3() -> dict[str, Any]:
    """The answers of a v3 table."""
    topic = {"Type": "Topic", "Datatype": "Double", "Unit": "x 1 000", "Decimals": 1, "Description": ""}
    properties = [
        {"ID": 0, "ParentID": None, "Type": "Dimension", "Key": "Geslacht", "Title": "Geslacht"},
        {"ID": 1, "ParentID": None, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 2, "ParentID": None, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        {"ID": 3, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Werk"},
        topic | {"ID": 4, "ParentID": 3, "Key": "Banen_1", "Title": "Banen"},
        topic | {"ID": 5, "ParentID": 3, "Key": "Lonen_2", "Title": "Lonen"},
    ]
    rows = []
    for r, p in itertools.product(REGIOS, PERIODEN):
        texts = [value(r, p, t) for t in (1, 2)]
        shown = [("." if v is None else str(v)).rjust(10) for v in texts]
        rows.append(
            {"Geslacht": "T001038", "RegioS": r.ljust(6), "Perioden": p}
            | dict(zip(("Banen_1", "Lonen_2"), shown, strict=True))
        )
    info = {"ID": 0, "Identifier": "10000NED", "Title": "Proef", "Modified": "2026-01-01T02:00:00"}
    info |= {"MetaDataModified": "2026-01-01T02:00:00", "OutputStatus": "Regulier", "ReasonDelivery": "Actualisering"}
    group = {"ID": 1, "DimensionKey": "RegioS", "Title": "Alle", "ParentID": None}
    return {
        "TableInfos": {"odata.metadata": "x", "value": [info]},
        "DataProperties": {"odata.metadata": "x", "value": properties},
        "CategoryGroups": {"value": [group, group | {"ID": 2, "Title": "Klein", "ParentID": 1}]},
        "Geslacht": {"value": [{"Key": k, "Title": t, "Description": None} for k, t in GESLACHT.items()]},
        "RegioS": {
            "value": [
                {"Key": k.ljust(6), "Title": t, "Description": None, "CategoryGroupID": 2} for k, t in REGIOS.items()
            ]
        },
        "Perioden": {"value": [{"Key": p, "Title": p[:4], "Status": "Definitief"} for p in PERIODEN]},
        "UntypedDataSet": {"odata.metadata": "x", "value": rows},
    }


def make_v4() -> dict[str, Any]:
    """The answers of a v4 table."""
    measure = {"MeasureGroupId": "2", "DataType": "Double", "Unit": "x 1 000", "Decimals": 1, "Description": ""}
    names = ("Geslacht", "RegioS", "Perioden")
    rows = [
        {"Id": i, "Measure": f"M00000{t}", "ValueAttribute": "Impossible" if v is None else "None", "Value": v}
        | {"StringValue": None, "Geslacht": "T001038", "RegioS": r, "Perioden": p}
        for i, (t, r, p) in enumerate(itertools.product((1, 2), REGIOS, PERIODEN))
        for v in [value(r, p, t)]
    ]
    group = {"Id": "1", "Index": 1, "Title": "Alle", "ParentId": None}
    properties = {"Identifier": "20000NED", "Title": "Proef", "Modified": "2026-01-01T02:00:00+01:00"}
    return {
        "Properties": properties | {"Version": "1", "Status": "Regulier", "License": "CC BY 4.0"},
        "Dimensions": {"value": [{"Identifier": n, "ContainsGroups": n == "RegioS"} for n in names]},
        "MeasureCodes": {
            "value": [
                measure | {"Identifier": "M000001", "Index": 1, "Title": "Banen"},
                measure | {"Identifier": "M000002", "Index": 2, "Title": "Lonen"},
            ]
        },
        "MeasureGroups": {"value": [group, group | {"Id": "2", "Title": "Werk", "ParentId": "1"}]},
        "RegioSGroups": {"value": [group, group | {"Id": "2", "Title": "Klein", "ParentId": "1"}]},
        "GeslachtCodes": {"value": [{"Identifier": k, "Index": 1, "Title": t} for k, t in GESLACHT.items()]},
        "RegioSCodes": {
            "value": [
                {"Identifier": k, "Index": i, "Title": t, "DimensionGroupId": "2"}
                for i, (k, t) in enumerate(REGIOS.items(), start=1)
            ]
        },
        "PeriodenCodes": {
            "value": [
                {"Identifier": p, "Index": i, "Title": p[:4], "Status": "Definitief"}
                for i, p in enumerate(PERIODEN, start=1)
            ]
        },
        "Observations": {"@odata.context": "x", "value": rows},
    }


MAKE = {"v3": make_v3, "v4": make_v4}


def make_tabel(api: str) -> Brontabel:
    """What the list of sources says of these tables."""
    topic = {"pad": ["Werk"], "eenheid": "x 1 000", "zekerheid": "K"}
    return Brontabel.model_validate(
        {
            "id": {"v3": "10000NED", "v4": "20000NED"}[api],
            "titel": "Proef",
            "api": api,
            "zekerheid": "K",
            "dimensies": {
                "Geslacht": {"soort": "uitsplitsing", "codes": GESLACHT},
                "RegioS": {"soort": "regio", "regios": ["NL01", "PV22", "GM*"]},
                "Perioden": {"soort": "periode", "vanaf": 2018},
            },
            "onderwerpen": {"banen": topic | {"titel": "Banen"}, "lonen": topic | {"titel": "Lonen"}},
        }
    )


@dataclass
class Antwoorden:
    """What is served by the last part of the address: an object (as JSON) or bytes, with headers and status.

    A function is called for each request, and gives one of both.
    """

    inhoud: dict[str, Any]
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    gevraagd: list[str] = field(default_factory=list)


@contextmanager
def serve(antwoorden: Antwoorden) -> Iterator[Adressen]:
    """Serve these answers on 127.0.0.1, as v3, v4 and third parties alike."""

    class Handler(Stil, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            antwoorden.gevraagd.append(self.path)
            name = urlsplit(self.path).path.rsplit("/", 1)[-1]
            if "skip=1" in self.path:
                name += "-2"  # the second page of a list
            status, body = 200, antwoorden.inhoud.get(name)
            if callable(body):
                body = body()
            if name == "$count" and body is None:
                body = str(AANTAL["v3" if "UntypedDataSet" in self.path else "v4"]).encode()
            if body is None:
                status, body = 404, b"{}"
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
            self.send_response(antwoorden.status.get(name, status))
            headers = {"Content-Length": str(len(body))} | antwoorden.headers.get(name, {})
            for header, text in headers.items():
                self.send_header(header, text)
            self.end_headers()
            self.wfile.write(body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away: that is what some of these answers are for."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        yield Adressen(base, base, base)
        server.shutdown()


class Klok:
    """A clock that is a minute further each time."""

    def __init__(self, later: int = 0) -> None:
        self._moment = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=later)

    def __call__(self) -> datetime:
        self._moment += timedelta(minutes=1)
        return self._moment


def fetch(
    antwoorden: Antwoorden, tabellen: list[Brontabel], opslag: Path, *, force: bool = False, later: int = 0
) -> list[Uitkomst]:
    """Fetch tables from these answers, patiently but without waiting; `later` by so many minutes."""
    with (
        serve(antwoorden) as adressen,
        Client(sleep=lambda _: None, timeout=(2.0, 2.0), tries=2) as client,
    ):
        return fetch_tabellen(
            tabellen, adressen, Archief(opslag, "voorbeeld"), Klok(later), BEKEND, force=force, client=client
        )


def read_cells(uitkomst: Uitkomst) -> set[Cel]:
    """The cells that a build would use."""
    assert uitkomst.momentopname is not None, uitkomst.reden
    path = uitkomst.momentopname.folder / "waarnemingen.parquet"
    return set(duckdb.sql(f"SELECT onderwerp, regio, periode, waarde FROM '{path}'").fetchall())

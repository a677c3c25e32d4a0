"""A small stock of tables, one in each protocol, behind the local server; and a client that does not really wait."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, Uitkomst, fetch_tabel
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.voorbeeld.kolommen import Getalkolom, Kolom, Kolommen, Tekstkolom, from_records
from assets.bron.voorbeeld.server import serve
from assets.bron.voorbeeld.storing import Storing
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel

REGIOS = {"NL01": "Nederland", "PV22": "Drenthe (PV)", "GM0106": "Assen", "GM0114": "Emmen", "GM0118": "Hoogeveen"}
GESLACHTEN = {"T001038": "Totaal mannen en vrouwen", "3000": "Mannen"}
PERIODEN = [f"{jaar}{deel}" for jaar in range(2018, 2025) for deel in ("JJ00", "KW01", "KW02")]
BEKEND = frozenset(REGIOS)


def value(regio: str, geslacht: str, periode: str, topic: int) -> float | None:
    """A figure that tells from which cell it is; None where a cell is empty."""
    if regio == "GM0118" and periode.startswith("2018"):
        return None
    place = list(REGIOS).index(regio) + 10 * list(GESLACHTEN).index(geslacht) + 100 * PERIODEN.index(periode)
    return round(place + topic / 10, 1)


def _cells() -> list[tuple[str, str, str]]:
    return [(r, g, p) for r, g, p in itertools.product(REGIOS, GESLACHTEN, PERIODEN)]


def _status(periode: str) -> str:
    return "Voorlopig" if periode.startswith("2024") else "Definitief"


def make_v3(tabel: str = "10000NED") -> Servertabel:
    topic = {"odata.type": "Cbs.OData.Topic", "Type": "Topic", "Datatype": "Double", "Decimals": 1}
    properties = [
        {"ID": 0, "ParentID": None, "Type": "Dimension", "Key": "Geslacht", "Title": "Geslacht"},
        {"ID": 1, "ParentID": None, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 2, "ParentID": None, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        {"ID": 3, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Banen"},
        topic | {"ID": 4, "ParentID": 3, "Key": "Totaal_1", "Title": "Totaal", "Unit": "x 1 000"},
        {"ID": 5, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Werknemers"},
        topic | {"ID": 6, "ParentID": 5, "Key": "Totaal_2", "Title": "Totaal", "Unit": "x 1 000"},
    ]
    cells = _cells()
    kolommen: dict[str, Kolom] = {
        "ID": Getalkolom(np.arange(len(cells), dtype=float), geheel=True),
        "Geslacht": Tekstkolom.of([g.ljust(7) for _, g, _ in cells]),
        "RegioS": Tekstkolom.of([r.ljust(6) for r, _, _ in cells]),
        "Perioden": Tekstkolom.of([p for _, _, p in cells]),
    }
    for topic_number in (1, 2):
        texts = []
        for cell in cells:
            v = value(*cell, topic_number)
            texts.append(("." if v is None else str(v)).rjust(10))
        kolommen[f"Totaal_{topic_number}"] = Tekstkolom.of(texts)
    codes = {
        "Geslacht": [{"Key": k.ljust(7), "Title": t, "Description": ""} for k, t in GESLACHTEN.items()],
        "RegioS": [{"Key": k.ljust(6), "Title": t, "Description": "", "CategoryGroupID": 1} for k, t in REGIOS.items()],
        "Perioden": [{"Key": p, "Title": p[:4], "Description": "", "Status": _status(p)} for p in PERIODEN],
    }
    groups = [{"ID": 1, "DimensionKey": "RegioS", "Title": "Alle regio's", "ParentID": None}]
    info = {"Identifier": tabel, "Title": "Banen", "Modified": "2026-01-02T02:00:00", "OutputStatus": "Regulier"}
    info |= {"MetaDataModified": "2026-01-02T02:00:00", "ReasonDelivery": "Actualisering"}
    documents: dict[str, Document] = {"DataProperties": properties, "CategoryGroups": groups, **codes}
    return Servertabel(tabel, "v3", info, documents, lambda _: kolommen)


def make_v4(tabel: str = "20000NED") -> Servertabel:
    measure = {"Title": "Totaal", "DataType": "Double", "Unit": "x 1 000", "Decimals": 1, "Description": ""}
    documents: dict[str, Document] = {
        "MeasureCodes": [
            measure | {"Identifier": "M000001", "Index": 1, "MeasureGroupId": "B"},
            measure | {"Identifier": "M000002", "Index": 2, "MeasureGroupId": "W"},
        ],
        "MeasureGroups": [
            {"Id": "B", "Index": 1, "Title": "Banen", "ParentId": None},
            {"Id": "W", "Index": 2, "Title": "Werknemers", "ParentId": None},
        ],
        "Dimensions": [
            {"Identifier": "Geslacht", "Kind": "Dimension", "ContainsGroups": False},
            {"Identifier": "RegioS", "Kind": "GeoDimension", "ContainsGroups": False},
            {"Identifier": "Perioden", "Kind": "TimeDimension", "ContainsGroups": False},
        ],
        "GeslachtCodes": [{"Identifier": k, "Index": i, "Title": t} for i, (k, t) in enumerate(GESLACHTEN.items())],
        "RegioSCodes": [{"Identifier": k, "Index": i, "Title": t} for i, (k, t) in enumerate(REGIOS.items())],
        "PeriodenCodes": [
            {"Identifier": p, "Index": i, "Title": p, "Status": _status(p)} for i, p in enumerate(PERIODEN)
        ],
    }
    records = []
    for topic in (1, 2):
        for regio, geslacht, periode in _cells():
            v = value(regio, geslacht, periode, topic)
            keys = {"Measure": f"M00000{topic}", "ValueAttribute": "Impossible" if v is None else "None", "Value": v}
            records.append({"Id": len(records)} | keys | {"Geslacht": geslacht, "RegioS": regio, "Perioden": periode})
    kolommen: Kolommen = from_records(records)
    info = {"Identifier": tabel, "Title": "Banen", "Modified": "2026-01-02T00:00:00+01:00", "Version": "202601020000"}
    info |= {"Status": "Regulier", "License": "https://creativecommons.org/licenses/by/4.0/"}
    return Servertabel(tabel, "v4", info, documents, lambda _: kolommen)


class Stock:
    """The tables that the local server has; a test changes them as a source would."""

    def __init__(self) -> None:
        self.tabellen: dict[tuple[str, str], Servertabel] = {}
        self.add(make_v3())
        self.add(make_v4())

    def add(self, tabel: Servertabel) -> None:
        self.tabellen[tabel.api, tabel.id] = tabel

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        return self.tabellen.get((api, tabel))

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        return [t.eigenschappen for t in self.tabellen.values() if t.api == api]


class Bank:
    """Source, archive and clock together; `fetch` fetches a table as a run does."""

    REGIOS, PERIODEN, BEKEND = REGIOS, PERIODEN, BEKEND
    value = staticmethod(value)
    make_v3, make_v4 = staticmethod(make_v3), staticmethod(make_v4)

    def __init__(self, folder: Path, servers: ExitStack) -> None:
        self.stock, self.storing, self._servers = Stock(), Storing(), servers
        self.restock()
        self.archief = Archief(folder, "voorbeeld")
        self.waits: list[float] = []
        self._moment = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)

    def restock(self, *changed: Servertabel) -> None:
        """Serve the stock anew: with these tables changed, and with the faults of this moment in its content."""
        self._servers.close()
        for tabel in changed:
            self.stock.add(tabel)
        self.adressen: Adressen = self._servers.enter_context(serve(self.stock, self.storing))

    def now(self) -> datetime:
        self._moment += timedelta(minutes=1)
        return self._moment

    @staticmethod
    def tabel(api: str, **changed: object) -> Brontabel:
        """What the list of sources says of the table of a protocol; `changed` replaces fields."""
        fields: dict[str, object] = {
            "id": "10000NED" if api == "v3" else "20000NED",
            "titel": "Banen",
            "api": api,
            "zekerheid": "K",
            "dimensies": {
                "Geslacht": {"soort": "uitsplitsing", "codes": {"T001038": "Totaal mannen en vrouwen"}},
                "RegioS": {"soort": "regio", "regios": ["NL01", "PV22", "GM*"]},
                "Perioden": {"soort": "periode", "vanaf": 2018},
            },
            "onderwerpen": {
                "banen": {"titel": "Totaal", "pad": ["Banen"], "eenheid": "x 1 000", "decimalen": 1, "zekerheid": "K"},
                "werknemers": {"titel": "Totaal", "pad": ["Werknemers"], "eenheid": "x 1000", "zekerheid": "K"},
            },
        }
        return Brontabel.model_validate(fields | changed)

    def client(self, **options: object) -> Client:
        return Client(**({"sleep": self.waits.append, "timeout": (2.0, 5.0)} | options))  # type: ignore[arg-type]

    def fetch(self, tabel: Brontabel, bekend: frozenset[str] = BEKEND, **options: bool) -> Uitkomst:
        with self.client() as client:
            return fetch_tabel(tabel, self.adressen, self.archief, self.now, bekend, client=client, **options)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with ExitStack() as servers:
        yield Bank(tmp_path, servers)


@pytest.fixture
def rows() -> Callable[[Uitkomst], list[dict]]:
    """Read the cells of an outcome, in the order in which they stand."""

    def read(uitkomst: Uitkomst) -> list[dict]:
        assert uitkomst.momentopname is not None, uitkomst.reden
        frame = duckdb.sql(f"FROM '{uitkomst.momentopname.folder / 'waarnemingen.parquet'}'").df()
        return frame.astype(object).where(frame.notna(), None).to_dict("records")

    return read

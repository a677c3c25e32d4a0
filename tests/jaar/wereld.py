"""The source of the year: nine small tables in three catalogues, as the monitor's own local CBS serves them.

A table can be made other than it was (`Tabel`), and the line can fail (`Lijn`). `cells` is what a build should hold of
a table: what is served, told without the way by which it is fetched.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen
from assets.bron.voorbeeld import server
from assets.bron.voorbeeld.kolommen import Kolommen, from_records
from assets.bron.voorbeeld.protocol import Protocol
from assets.bron.voorbeeld.storing import Storing
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel
from assets.indicatoren.kaart import Kaart

REGIOS = {
    "NL01": "Nederland",
    "PV22": "Drenthe (PV)",
    "GM0106": "Assen",
    "GM0114": "Emmen",
    "CR39": "Zuid-Limburg (CR)",
}
PERIODEN = tuple(f"{jaar}JJ00" for jaar in range(2019, 2026))
TITELS = {"banen": "Banen", "lonen": "Lonen"}
# v4 answers are fetched otherwise than v3, and third parties have a catalogue of their own
APIS: dict[str, tuple[Api, Catalogus]] = {
    **{f"1000{n}NED": ("v4", "cbs") for n in range(1, 6)},
    **{f"2000{n}NED": ("v3", "cbs") for n in range(1, 3)},
    "30001NED": ("v3", "derden"),
    "30002NED": ("v3", "derden"),
}
# one that did not change for long when the year begins: in the 170th night that is more than a year and a half
STIL, STIL_AL = "30002NED", timedelta(days=341)
# what is delivered, in the long template
SJABLOON = "sjabloon"
LAATSTE = 4
KOP = "indicator;regiocode;periode;waarde;status;bron;peildatum"
# a figure above this is on no card
HOOGST = 5_000.0
# table, topic, region, period, value
Cel = tuple[str, str, str, str, float]


def base(topic: str, regio: str, periode: str) -> float:
    """The figure of a cell before anything was revised: it moves a little from year to year, as figures do."""
    year = int(periode[:4])
    return 200.0 + 100 * list(TITELS).index(topic) + 10 * list(REGIOS).index(regio) + 3 * (year - 2019) + year * 7 % 4


def levering_cells(stand: int) -> set[Cel]:
    """What a build should hold of a state of the delivery."""
    return {(SJABLOON, "starters", "GM0114", p, 300.0 + 4 * n + stand) for n, p in enumerate(PERIODEN)}


def levering(stand: int, kop: str = KOP) -> str:
    """A state of the delivery as a file."""
    rows = sorted((p, v) for *_, p, v in levering_cells(stand))
    # the last one is of the year itself: an old one is a source that does not change any more
    dag = "2027-04-15" if stand >= LAATSTE else "2026-06-15"
    return "\n".join((kop, *(f"starters;GM0114;{p[:4]};{v:.0f};definitief;KvK;{dag}" for p, v in rows))) + "\n"


@dataclass
class Tabel:
    """A table as the source gives it now. `anders`: cells (topic, region, period) with a figure of their own."""

    id: str
    gewijzigd: datetime
    stand: int = 0
    factor: float = 1.0
    titels: dict[str, str] = field(default_factory=lambda: dict(TITELS))
    eenheid: str = "x 1 000"
    status: str = "Regulier"
    aanwezig: bool = True
    anders: dict[tuple[str, str, str], float] = field(default_factory=dict)
    weg: frozenset[str] = frozenset()  # periods without rows
    regio: dict[str, str] = field(default_factory=dict)  # region code -> what stands in its place

    @property
    def api(self) -> Api:
        """By which protocol it is asked."""
        return APIS[self.id][0]

    def value(self, topic: str, regio: str, periode: str) -> float:
        """The figure of a cell."""
        plain = round(base(topic, regio, periode) * (1 + self.stand / 1000), 1)
        return round(self.anders.get((topic, regio, periode), plain) * self.factor, 1)

    def cells(self) -> set[Cel]:
        """What a build should hold of it."""
        periods = [p for p in PERIODEN if p not in self.weg]
        return {(self.id, t, r, p, self.value(t, r, p)) for t, r, p in product(TITELS, REGIOS, periods)}

    def serve(self) -> Servertabel:
        """The table as the local CBS serves it."""
        return _serve_v4(self) if self.api == "v4" else _serve_v3(self)


def _rows(tabel: Tabel) -> list[tuple[str, str]]:
    return list(product(REGIOS, (p for p in PERIODEN if p not in tabel.weg)))


def _serve_v4(t: Tabel) -> Servertabel:
    modified = f"{t.gewijzigd:%Y-%m-%dT%H:%M:%S}+00:00"
    keys = dict(zip(TITELS, ("M000001", "M000002"), strict=True))
    rows = [
        {"Id": i, "Measure": keys[topic], "ValueAttribute": "None", "Value": t.value(topic, r, p), "StringValue": None}
        | {"RegioS": t.regio.get(r, r), "Perioden": p}
        for i, (topic, (r, p)) in enumerate(product(TITELS, _rows(t)))
    ]
    measure = {"MeasureGroupId": None, "DataType": "Double", "Unit": t.eenheid, "Decimals": 1, "Description": ""}
    kinds = {"RegioS": "GeoDimension", "Perioden": "TimeDimension"}
    docs: dict[str, Document] = {
        "MeasureCodes": [
            measure | {"Identifier": keys[n], "Index": i, "Title": t.titels[n]} for i, n in enumerate(TITELS)
        ],
        "Dimensions": [
            {"Identifier": n, "Title": n, "Kind": k, "Description": "", "ContainsGroups": False, "ContainsCodes": True}
            for n, k in kinds.items()
        ],
        "RegioSCodes": [
            {"Identifier": t.regio.get(r, r), "Index": i, "Title": n, "Description": "", "DimensionGroupId": None}
            for i, (r, n) in enumerate(REGIOS.items())
        ],
        "PeriodenCodes": [
            {"Identifier": p, "Index": i, "Title": p[:4], "Status": "Definitief", "Description": ""}
            | {"DimensionGroupId": None}
            for i, p in enumerate(PERIODEN)
        ],
    }
    info = {"Identifier": t.id, "Title": _title(t.id), "Description": "", "Language": "nl", "Modified": modified}
    info |= {"Version": modified, "Status": t.status, "DatasetType": "Numeric", "License": "CC BY 4.0"}
    return Servertabel(t.id, "v4", info, docs, _columns(rows))


def _columns(rows: list[dict[str, Any]]) -> Any:
    def rijen(_: str) -> Kolommen:
        return from_records(rows)

    return rijen


def _serve_v3(t: Tabel) -> Servertabel:
    modified = f"{t.gewijzigd:%Y-%m-%dT%H:%M:%S}"
    keys = dict(zip(TITELS, ("Banen_1", "Lonen_2"), strict=True))
    topic = {"Type": "Topic", "Datatype": "Double", "Unit": t.eenheid, "Decimals": 1, "Description": ""}
    properties: list[dict[str, Any]] = [
        {"ID": 0, "ParentID": None, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 1, "ParentID": None, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        *(topic | {"ID": i, "ParentID": None, "Key": keys[n], "Title": t.titels[n]} for i, n in enumerate(TITELS, 2)),
    ]
    rows = [
        {"ID": i, "RegioS": t.regio.get(r, r).ljust(6), "Perioden": p}
        | {keys[n]: str(t.value(n, r, p)).rjust(10) for n in TITELS}
        for i, (r, p) in enumerate(_rows(t))
    ]
    info = {"ID": 0, "Identifier": t.id, "Title": _title(t.id), "Modified": modified, "MetaDataModified": modified}
    info |= {"OutputStatus": "Regulier", "ReasonDelivery": "Stopgezet" if t.status != "Regulier" else "Actualisering"}
    codes = {"Description": None, "CategoryGroupID": None}
    docs: dict[str, Document] = {
        "DataProperties": properties,
        "CategoryGroups": [],
        "RegioS": [codes | {"Key": t.regio.get(r, r).ljust(6), "Title": n} for r, n in REGIOS.items()],
        "Perioden": [{"Key": p, "Title": p[:4], "Description": None, "Status": "Definitief"} for p in PERIODEN],
    }
    return Servertabel(t.id, "v3", info, docs, _columns(rows))


def _title(id: str) -> str:
    return f"Proef {id[:5]}"


def make_brontabel(id: str) -> Brontabel:
    """What the list of sources says of a table of the year."""
    api, catalogus = APIS[id]
    topics = {n: {"titel": t, "eenheid": "x 1 000", "decimalen": 1, "zekerheid": "K"} for n, t in TITELS.items()}
    owner = {"uitgever": "Een derde"} if catalogus == "derden" else {}
    dims = {"RegioS": {"soort": "regio", "regios": list(REGIOS)}, "Perioden": {"soort": "periode", "vanaf": 2018}}
    given = {"id": id, "titel": _title(id), "api": api, "catalogus": catalogus, "zekerheid": "K", **owner}
    return Brontabel.model_validate(given | {"dimensies": dims, "onderwerpen": topics})


def make_kaarten() -> dict[str, Kaart]:
    """An indicator of each topic of each table."""
    common = {"thema": "demografie", "groep": "D", "eenheid": "aantal", "decimalen": 1, "richting": "neutraal"}
    common |= {"richting_herkomst": "geen gewenste richting", "definitie": "x", "bewerking": "geen"}
    common |= {"aggregatie": "som"}
    common |= {"bereik": {"minimum": 0, "maximum": HOOGST, "reden": "proef", "datum": "2026-11-30"}}
    found = {}
    for tabel, naam in product(APIS, TITELS):
        id = f"{naam}_{tabel.lower()}"
        given = common | {"id": id, "naam": id, "bronnen": [{"tabel": tabel, "teller": [{"onderwerp": naam}]}]}
        found[id] = Kaart.model_validate(given)
    return found


class Lijn(Storing):
    """The line to the source: patterns of addresses -> what comes in the place of an answer.

    A status as text ('503'), 'html', 'verbreek' (a reset), 'half' (half a page of figures), 'traag' (a page of figures
    comes late, and whole), 'zwijgt' (it takes longer than anybody waits).
    """

    def __init__(self, geduld: float) -> None:
        super().__init__()
        self.stuk: dict[str, str] = {}
        self._geduld = geduld

    def disturb(self, voorraad: Any) -> Any:
        """The tables themselves are changed where they are made."""
        return voorraad

    def _what(self, path: str) -> str:
        return next((what for pattern, what in self.stuk.items() if re.search(pattern, path)), "")

    def before(self, path: str) -> Any:
        """What comes in the place of an answer."""
        what = self._what(path)
        if what.isdigit():
            return int(what), "", "0"
        if what == "html":
            return 200, "<html><body>Onderhoud</body></html>", None
        if what == "zwijgt":
            time.sleep(self._geduld * 1.5)
            return 503, "", "0"
        return "verbreek" if what == "verbreek" else None

    def after(self, path: str, rijen: bool) -> bool:
        """Whether a page of figures stops half way."""
        what = self._what(path) if rijen else ""
        if what == "traag":
            time.sleep(self._geduld / 10)
        return what == "half"


class Voorraad:
    """The tables of the source, which a night can find otherwise than the one before."""

    def __init__(self, begin: datetime) -> None:
        self.tabellen = {id: Tabel(id, begin) for id in APIS}
        self.tabellen[STIL].gewijzigd = begin - STIL_AL
        # tables that nobody asks for: id -> the table that they take the place of
        self.opvolgers: dict[str, str] = {}

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """The table as it is now."""
        found = self.tabellen.get(tabel)
        return found.serve() if found and found.aanwezig and APIS[tabel] == (api, catalogus) else None

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """The catalogue as it is now."""
        served = [self.find(api, catalogus, id) for id in self.tabellen]
        rows = [t.eigenschappen for t in served if t is not None]
        by_id = {str(r["Identifier"]): r for r in rows}
        new = [
            by_id[oud] | {"Identifier": id, "Status": "Regulier"} for id, oud in self.opvolgers.items() if oud in by_id
        ]
        return [*rows, *new]


class _Vers(Protocol):
    """Keeps no rows: here a table changes while it is served."""

    def __init__(self, voorraad: Any) -> None:
        super().__init__(voorraad)
        self._kept = self._filter  # type: ignore[assignment]


@contextmanager
def serve(voorraad: Voorraad, lijn: Lijn) -> Iterator[Adressen]:
    """Serve the tables on 127.0.0.1 for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "Protocol", _Vers)
        with server.serve(voorraad, lijn) as adressen:
            yield adressen

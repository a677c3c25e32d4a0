"""A table of the sample as v3 and v4 write one: what the catalogue says of it, its code lists and its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
import numpy.typing as npt

from assets.bron.gezienlijst import GezieneDimensie, GezienOnderwerp
from assets.bron.voorbeeld.kolommen import Getalkolom, Kolom, Kolommen, Tekstkolom
from assets.bron.voorbeeld.kubus import GEHEIM, ONMOGELIJK, WAARDE, Code, Tabelmaker
from assets.bron.voorbeeld.tabel import Api, Document, Servertabel
from assets.bron.voorbeeld.toeval import Veld, key

MELDING = (
    "VOORBEELDGEGEVENS. Deze cijfers zijn gemaakt om de monitor te laten zien en te beproeven. "
    "Ze zijn niet van het CBS en zeggen niets over de werkelijkheid."
)
LICENTIE = "https://creativecommons.org/publicdomain/zero/1.0/"
NUMBER_WIDTH = 11


@dataclass
class Tabelvorm:
    """One table of the sample in the shapes of v3 and v4."""

    maker: Tabelmaker

    def eigenschappen(self, api: Api) -> dict[str, object]:
        """Give TableInfos (v3) or Properties (v4)."""
        t, period, beschrijving = self.maker.tabel, "", MELDING
        if not t.alleen_catalogus:
            period = f"{self.maker.tijden[0].jaar} t/m {self.maker.tijden[-1].jaar}"
            beschrijving += f"\r\n\r\nGegevens beschikbaar vanaf: {self.maker.tijden[0].jaar}"
        if t.gestopt:
            beschrijving += "\r\n\r\nDeze tabel is stopgezet." + (f" Opvolger: {t.opvolger}." if t.opvolger else "")
        if api == "v3":
            return {
                "ID": 0,
                "Title": t.titel,
                "ShortTitle": t.titel,
                "Identifier": t.id,
                "Summary": MELDING,
                "Modified": self.maker.gewijzigd,
                "MetaDataModified": self.maker.gewijzigd,
                "ReasonDelivery": "Stopgezet" if t.gestopt else "Actualisering",
                "ExplanatoryText": "",
                "OutputStatus": t.status,
                "Language": "nl",
                "Catalog": "CBS" if t.catalogus == "cbs" else "RIVM",
                "Frequency": "Perjaar",
                "Period": period,
                "ShortDescription": beschrijving,
                "Description": beschrijving,
                "Source": "Voorbeeld",
                "GraphTypes": "Table",
            }
        moment = f"{self.maker.gewijzigd}+02:00"
        return {
            "Identifier": t.id,
            "Title": t.titel,
            "Description": beschrijving,
            "Language": "nl",
            "Authority": "Voorbeeld",
            "Modified": moment,
            "ReleaseDate": moment,
            "ModificationDate": moment,
            "TemporalCoverage": period,
            "Catalog": "CBS",
            "Publisher": "Voorbeeld",
            "Version": re.sub(r"\D", "", self.maker.gewijzigd)[:12],
            "VersionNotes": "",
            "VersionReason": "Actualisering",
            "Frequency": "Per jaar",
            "Status": t.status,
            "ObservationsModified": moment,
            "DatasetType": "Numeric",
            "License": LICENTIE,
            "Source": "Voorbeeld",
            "Summary": MELDING,
        }

    # --- v3 ---

    @property
    def _paden(self) -> list[tuple[str, ...]]:
        """Every group of topics, outer ones first."""
        paths = [o.pad[: i + 1] for o in self.maker.tabel.onderwerpen.values() for i in range(len(o.pad))]
        return list(dict.fromkeys(paths))

    @cached_property
    def v3_sleutels(self) -> dict[str, str]:
        """Our name of a topic -> its key in v3: the one seen, or the title run together and a place that is free."""
        onderwerpen = self.maker.tabel.onderwerpen
        taken = {o.sleutel.rpartition("_")[2] for o in onderwerpen.values() if o.sleutel}
        free = (i for i in count(1) if str(i) not in taken)
        return {n: o.sleutel or f"{_camel(o.titel)}_{next(free)}" for n, o in onderwerpen.items()}

    def _width(self, naam: str, codes: Sequence[Code]) -> int:
        longest = max(len(c.code) for c in codes)
        dimensie = self.maker.tabel.dimensies[naam]
        if naam.startswith("Wijken"):
            return 10
        if dimensie.regios:
            return 6
        return longest if dimensie.soort == "periode" else longest + 2

    def v3_documenten(self) -> dict[str, Document]:
        """Give DataProperties, CategoryGroups and the code lists."""
        properties: list[dict[str, object]] = []
        groups: list[dict[str, object]] = []
        lists: dict[str, Document] = {}
        kinds = {"regio": "GeoDimension", "periode": "TimeDimension"}
        for naam, d in self.maker.tabel.dimensies.items():
            codes = self.maker.codes[naam]
            kind = kinds.get(d.soort, "Dimension")
            properties.append(
                {
                    "odata.type": f"Cbs.OData.{kind}",
                    "ID": len(properties),
                    "Position": len(properties),
                    "ParentID": None,
                }
                | {
                    "Type": kind,
                    "Key": naam,
                    "Title": _title(naam, d),
                    "Description": "",
                    "ReleasePolicy": kind == "TimeDimension",
                }
            )
            numbers: dict[str, int] = {}
            for groep in dict.fromkeys(c.groep for c in codes if c.groep and d.soort != "periode"):
                numbers[groep] = len(groups) + 1
                groups.append(
                    {"ID": len(groups) + 1, "DimensionKey": naam, "Title": groep, "Description": "", "ParentID": None}
                )
            width = self._width(naam, codes)
            lists[naam] = [
                {"Key": c.code.ljust(width), "Title": c.titel, "Description": c.beschrijving}
                | ({"Status": c.status} if d.soort == "periode" else {"CategoryGroupID": numbers.get(c.groep or "")})
                for c in codes
            ]
        ids: dict[tuple[str, ...], int] = {}
        for pad in self._paden:
            ids[pad] = len(properties)
            properties.append(
                {"odata.type": "Cbs.OData.TopicGroup", "ID": ids[pad], "Position": None, "ParentID": ids.get(pad[:-1])}
                | {"Type": "TopicGroup", "Key": "", "Title": pad[-1], "Description": ""}
            )
        for naam, o in self.maker.tabel.onderwerpen.items():
            place = int(self.v3_sleutels[naam].rpartition("_")[2])
            properties.append(
                {"odata.type": "Cbs.OData.Topic", "ID": len(properties), "Position": place, "ParentID": ids.get(o.pad)}
                | {"Type": "Topic", "Key": self.v3_sleutels[naam], "Title": o.titel, "Description": MELDING}
                | {"Datatype": _datatype(o), "Unit": o.eenheid, "Decimals": o.decimalen, "Default": "Impossible"}
            )
        return {"DataProperties": properties, "CategoryGroups": groups} | lists

    def v3_rijen(self, data: str) -> Kolommen:
        """Give the columns of TypedDataSet or UntypedDataSet: a row a cell of the dimensions."""
        kubus = self.maker.kubus
        names = list(self.maker.tabel.dimensies)
        shape = tuple(len(kubus.codes[n]) for n in names)
        places = np.indices(shape, dtype=np.int32).reshape(len(names), -1)
        rows = places.shape[1]
        kolommen: dict[str, Kolom] = {"ID": Getalkolom(np.arange(rows, dtype=np.float64), geheel=True)}
        for naam, place in zip(names, places, strict=True):
            width = self._width(naam, kubus.codes[naam])
            kolommen[naam] = Tekstkolom(place, tuple(c.code.ljust(width) for c in kubus.codes[naam]))
        for naam, onderwerp in self.maker.tabel.onderwerpen.items():
            values, empty = kubus.waarden[naam].ravel(), kubus.leeg[naam].ravel()
            if data == "TypedDataSet":
                kolom: Kolom = Getalkolom(values, geheel=onderwerp.decimalen == 0)
            else:
                kolom = _untyped(values, empty, onderwerp.decimalen)
            kolommen[self.v3_sleutels[naam]] = kolom
        return kolommen

    # --- v4 ---

    @cached_property
    def v4_sleutels(self) -> dict[str, str]:
        """Our name of a topic -> its identifier in v4."""
        found: dict[str, str] = {}
        for naam, o in self.maker.tabel.onderwerpen.items():
            code = o.v4_code or f"M{int(key(o.titel, o.eenheid)) % 1_000_000:06d}"
            found[naam] = code if code not in found.values() else f"{code}_{len(found)}"
        return found

    def v4_documenten(self) -> dict[str, Document]:
        """Give Dimensions, MeasureCodes, MeasureGroups, and codes and groups of each dimension."""
        groups = {pad: f"G{int(key(self.maker.tabel.id, *pad)) % 1_000_000:06d}" for pad in self._paden}
        measures = [
            {"Identifier": self.v4_sleutels[naam], "Index": i, "Title": o.titel, "Description": MELDING}
            | {"MeasureGroupId": groups.get(o.pad), "DataType": _datatype(o), "Unit": o.eenheid}
            | {"Decimals": o.decimalen, "PresentationType": "Relative" if o.eenheid == "%" else "Absolute"}
            for i, (naam, o) in enumerate(self.maker.tabel.onderwerpen.items(), start=1)
        ]
        documenten: dict[str, Document] = {
            "MeasureCodes": measures,
            "MeasureGroups": [
                {"Id": identifier, "Index": i, "Title": pad[-1], "Description": "", "ParentId": groups.get(pad[:-1])}
                for i, (pad, identifier) in enumerate(groups.items(), start=1)
            ],
        }
        base = f"https://datasets.cbs.nl/odata/v1/CBS/{self.maker.tabel.id}"
        dimensions = []
        for naam, d in self.maker.tabel.dimensies.items():
            kind = {"regio": "GeoDimension", "periode": "TimeDimension"}.get(d.soort, "Dimension")
            codes = self.maker.codes[naam]
            found = list(dict.fromkeys(c.groep for c in codes if c.groep))
            dimensions.append(
                ({} if kind == "Dimension" else {"@odata.type": f"#Cbs.Ccb.Models.{kind}"})
                | {"Identifier": naam, "Title": _title(naam, d), "Description": "", "MapYear": None, "Kind": kind}
                | {"ReleasePolicy": True if kind == "TimeDimension" else None}
                | {"ContainsGroups": bool(found), "ContainsCodes": True, "CodesUrl": f"{base}/{naam}Codes"}
                | {"GroupsUrl": f"{base}/{naam}Groups" if found else None}
            )
            documenten[f"{naam}Codes"] = [
                {"Identifier": c.code, "Index": i, "Title": c.titel, "Description": c.beschrijving}
                | {"DimensionGroupId": c.groep}
                | ({"Status": c.status} if d.soort == "periode" else {})
                for i, c in enumerate(codes, start=1)
            ]
            documenten[f"{naam}Groups"] = [
                {"Id": g, "Index": i, "Title": g, "Description": "", "ParentId": None}
                for i, g in enumerate(found, start=1)
            ]
        return {"Dimensions": dimensions} | documenten

    def v4_rijen(self, _: str) -> Kolommen:
        """Give the columns of Observations: a row an observation; a secret cell is an absent row."""
        kubus = self.maker.kubus
        names = list(self.maker.tabel.dimensies)
        shape = (*(len(kubus.codes[n]) for n in names), len(self.maker.tabel.onderwerpen))
        values = np.stack([v.ravel() for v in kubus.waarden.values()], axis=-1).ravel()
        empty = np.stack([v.ravel() for v in kubus.leeg.values()], axis=-1).ravel()
        kept = np.flatnonzero(empty != GEHEIM)
        places = [p.astype(np.int32) for p in np.unravel_index(kept, shape)]
        none = np.zeros(len(kept), dtype=np.int32)
        kolommen: dict[str, Kolom] = {
            "Id": Getalkolom(kept.astype(np.float64), geheel=True),
            "Measure": Tekstkolom(places[-1], tuple(self.v4_sleutels.values())),
            "ValueAttribute": Tekstkolom((empty[kept] == ONMOGELIJK).astype(np.int32), ("None", "Impossible")),
            "Value": Getalkolom(values[kept], geheel=True),
            "StringValue": Tekstkolom(none, (None,)),
        }
        for naam, place in zip(names, places, strict=False):
            kolommen[naam] = Tekstkolom(place, tuple(c.code for c in kubus.codes[naam]))
        return kolommen

    def make(self, api: Api) -> Servertabel:
        """Give the table in the shape of one protocol; its rows are laid out once."""
        kept: dict[str, Kolommen] = {}

        def rows(data: str) -> Kolommen:
            if data not in kept:
                kept[data] = self.v3_rijen(data) if api == "v3" else self.v4_rijen(data)
            return kept[data]

        documenten = self.v3_documenten() if api == "v3" else self.v4_documenten()
        return Servertabel(self.maker.tabel.id, api, self.eigenschappen(api), documenten, rows)


def _datatype(onderwerp: GezienOnderwerp) -> str:
    return "Long" if onderwerp.decimalen == 0 else "Double"


def _camel(titel: str) -> str:
    plain = unicodedata.normalize("NFKD", titel).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    joined = "".join(w[:1].upper() + w[1:] for w in words)[:36]
    return joined if not joined[:1].isdigit() else f"k_{joined}"


def _title(naam: str, dimensie: GezieneDimensie) -> str:
    """A dimension's title: the one seen, or what its key says: RegioS -> Regio's."""
    if dimensie.titel:
        return dimensie.titel
    if naam.endswith("S") and naam[-2:-1].islower():
        return f"{naam[:-1]}'s"
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", naam).capitalize()


def _untyped(values: Veld, empty: npt.NDArray[np.uint8], decimalen: int) -> Tekstkolom:
    """Write numbers as UntypedDataSet does: padded text, `.` for unknown or secret, blanks for what cannot occur."""
    known, index = np.unique(values[empty == WAARDE], return_inverse=True)
    texts = [f"{v:.{decimalen}f}".rjust(NUMBER_WIDTH) for v in known]
    places = np.where(empty == GEHEIM, len(texts), len(texts) + 1).astype(np.int32)
    places[empty == WAARDE] = index
    return Tekstkolom(places, (*texts, ".".rjust(NUMBER_WIDTH), " " * NUMBER_WIDTH))

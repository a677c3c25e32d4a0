"""The sample as a stock of tables: the figures of `generator`, in the shape in which v3 and v4 write a table."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.bron.bronlijst import Brontabel, Dimensie, Onderwerp
from assets.bron.voorbeeld.generator import (
    BEVOLKING,
    KLEIN,
    Gebieden,
    Onderwerpmaker,
    Tijd,
    Veld,
    Velden,
    key,
    list_tijden,
    make_tijd,
    normal,
    read_level,
    uniform,
)
from assets.bron.voorbeeld.kolommen import Getalkolom, Kolom, Kolommen, Tekstkolom
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel

# The tables that differ between the first and the second vintage: a year more, and revised figures.
HERZIEN = ("85924NED",)
# Before the first vintage lies that of the previous edition: every table ends so many years earlier.
VORIGE_EDITIE, JAREN_TERUG = 0, 2
MELDING = (
    "VOORBEELDGEGEVENS. Deze cijfers zijn gemaakt om de monitor te laten zien en te beproeven. "
    "Ze zijn niet van het CBS en zeggen niets over de werkelijkheid."
)
LICENTIE = "https://creativecommons.org/publicdomain/zero/1.0/"
LAATSTE_JAAR = 2025
# a table starts some years before the part that is asked for, so that a forgotten filter shows
EERDER = 2
NUMBER_WIDTH = 11

WAARDE, ONMOGELIJK, GEHEIM = 0, 1, 2


@dataclass(frozen=True)
class Code:
    """A code of a dimension in the sample."""

    code: str
    titel: str
    beschrijving: str = ""
    groep: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Kubus:
    """The cells of a table: for each topic an array with an axis a dimension, and why a cell is empty."""

    codes: dict[str, list[Code]]
    waarden: dict[str, Veld]
    leeg: dict[str, npt.NDArray[np.uint8]]


@dataclass
class Tabelmaker:
    """One table of the list of sources, as the sample has it."""

    tabel: Brontabel
    gebieden: Gebieden
    profielen: dict[str, Any] = field(repr=False)
    vintage: int = 2

    @property
    def instelling(self) -> dict[str, Any]:
        """What profielen.yaml says of this table."""
        return self.profielen["tabellen"].get(self.tabel.id, {})

    @property
    def _herzien(self) -> bool:
        """Whether this is a table as it stood before it was revised."""
        return self.vintage < 2 and self.tabel.id in HERZIEN

    @property
    def _jaren_terug(self) -> int:
        return JAREN_TERUG if self.vintage == VORIGE_EDITIE else int(self._herzien)

    def _dim(self, soort: str) -> tuple[str, Dimensie] | None:
        return next(((n, d) for n, d in self.tabel.dimensies.items() if d.soort == soort), None)

    @cached_property
    def tijden(self) -> list[Tijd]:
        """The periods; of a table without that dimension, the one that it is about."""
        found = self._dim("periode")
        if found is None:
            return [make_tijd(str(self.tabel.periode_vast))]
        dimensie = found[1]
        last = self.instelling.get("tot", LAATSTE_JAAR) - self._jaren_terug
        first = self.instelling.get("vanaf", max(2005, (dimensie.vanaf or 2008) - EERDER))
        return list_tijden(dimensie.periodesoorten, first, self.instelling, last)

    @cached_property
    def regiocodes(self) -> list[str]:
        """The regions; of a table without that dimension, the one that it is about."""
        found = self._dim("regio")
        return self.gebieden.choose(found[1].regios) if found else [self.tabel.regio_vast or "NL01"]

    @cached_property
    def kubus(self) -> Kubus:
        """Make the codes and all cells. Axes are in the order of the table's dimensions."""
        velden = Velden(self.gebieden, self.profielen, self.tijden)
        matrix = self.gebieden.matrix(self.regiocodes)
        codes = {naam: self._codes(naam, d) for naam, d in self.tabel.dimensies.items()}
        splits = [(n, d) for n, d in self.tabel.dimensies.items() if d.soort == "uitsplitsing"]
        inwoners = (matrix @ velden.veld(BEVOLKING))[:, -1]
        waarden, leeg = {}, {}
        for naam, onderwerp in self.tabel.onderwerpen.items():
            maker = Onderwerpmaker(self.tabel, naam, onderwerp, velden, matrix)
            tweede = next((n for n, d in splits if d.ook_regios), None)
            if "pendel" in maker.profiel and tweede:
                values = _pendel(maker, self.gebieden, self.regiocodes, [c.code for c in codes[tweede]])
            else:
                values = maker.values([(n, [(c.code, c.titel) for c in codes[n]]) for n, _ in splits])
            values = self._mistake(naam, self._revise(naam, values))
            empty = self._empty(maker, values, inwoners)
            waarden[naam], leeg[naam] = self._order(self._margins(maker, values, inwoners), empty, splits)
        return Kubus(codes, waarden, leeg)

    def _mistake(self, naam: str, values: Veld) -> Veld:
        """The errors that are put in the sample on purpose: a last digit that got lost."""
        wrong = values
        for fout in self.profielen["eigen"].get("fouten", ()):
            if (fout["tabel"], fout["onderwerp"]) == (self.tabel.id, naam):
                wrong = wrong.copy()
                place = self.regiocodes.index(fout["regio"]), [t.code for t in self.tijden].index(fout["periode"])
                wrong[place] = np.floor(wrong[place] / 10)
        return wrong

    def _revise(self, naam: str, values: Veld) -> Veld:
        """Before the revision the last provisional years stood a little lower."""
        if not self._herzien:
            return values
        regions = np.array([key(c) for c in self.regiocodes], dtype=np.uint64)
        change = 1 - 0.006 * uniform(key("herziening", naam), regions)
        changed = values.copy()
        decimalen = self.tabel.onderwerpen[naam].decimalen or 0
        changed[:, -2:] = np.round(values[:, -2:] * change[:, None], decimalen)
        return changed

    def _margins(self, maker: Onderwerpmaker, values: Veld, inwoners: Veld) -> Veld:
        """Add the axis of the margins, last; a region with fewer inhabitants has wider ones."""
        found = self._dim("marges")
        if found is None:
            return values
        half = maker.profiel.get("marge")
        with np.errstate(divide="ignore", invalid="ignore"):
            wider = np.clip(np.sqrt(100_000 / inwoners), 0.1, 3).reshape(-1, *(1,) * (values.ndim - 1))
        share: Veld | float = 2.0
        if "marge_pct" in maker.profiel:
            # a forecast is less certain the further it looks ahead
            share = read_level(maker.profiel["marge_pct"], maker.profiel, maker.velden.t)
            share = share.reshape(1, -1, *(1,) * (values.ndim - 2))
        width = half * wider if half is not None else share / 100 * np.abs(values) * wider
        signs = {"MW": 0, "MOG": -1, "MBG": 1}
        bounds = [values + signs.get(re.sub(r"\d+$", "", c), 0) * width for c in found[1].codes]
        lowest = -np.inf if maker.profiel.get("optellend") else 0
        return np.round(np.clip(np.stack(bounds, axis=-1), lowest, None), maker.decimalen)

    def _empty(self, maker: Onderwerpmaker, values: Veld, inwoners: Veld) -> npt.NDArray[np.uint8]:
        """Say of each cell whether it has a value, and if not, why."""
        empty = np.where(np.isfinite(values), WAARDE, ONMOGELIJK).astype(np.uint8)
        profiel = maker.profiel
        years = np.array([x.jaar for x in self.tijden])
        missing = (years < profiel.get("vanaf", 0)) | (years > profiel.get("tot", 9999))
        stocks = np.array([x.gedeeltelijk for x in self.tijden]) & (not profiel.get("stroom", False))
        empty[:, missing | stocks] = ONMOGELIJK
        municipal = np.array([c.startswith("GM") for c in self.regiocodes])
        if "inwoners" in self.instelling:
            empty[municipal & (inwoners > 0) & (inwoners < self.instelling["inwoners"])] = GEHEIM
        if "geheim" in profiel:
            regions = np.array([key(c) for c in self.regiocodes], dtype=np.uint64)
            times = np.array([key(x.code) for x in self.tijden], dtype=np.uint64)
            drawn = uniform(key("geheim", self.tabel.id, maker.naam), regions[:, None], times[None, :])
            small = municipal & (inwoners > 0) & (inwoners < KLEIN)
            hidden = (drawn < profiel["geheim"]) & small[:, None]
            empty[hidden & (empty.reshape(*hidden.shape, -1)[..., 0] == WAARDE)] = GEHEIM
        return empty

    def _order(
        self, values: Veld, empty: npt.NDArray[np.uint8], splits: Sequence[tuple[str, Dimensie]]
    ) -> tuple[Veld, npt.NDArray[np.uint8]]:
        """Put the axes (region, time, breakdowns, margins) in the order of the table."""
        found = self._dim("marges")
        if found is not None:
            empty = np.repeat(empty[..., None], len(found[1].codes), axis=-1)
        named = [self._dim("regio"), self._dim("periode"), *splits, *([found] if found else [])]
        # a table without regions or periods has one of them: that axis goes
        absent = tuple(place for place, dimension in enumerate(named) if dimension is None)
        values, empty = np.squeeze(values, absent), np.squeeze(empty, absent)
        names = [dimension[0] for dimension in named if dimension is not None]
        order = [names.index(n) for n in self.tabel.dimensies]
        values = np.where(empty == WAARDE, values, np.nan)
        return np.ascontiguousarray(values.transpose(order)), np.ascontiguousarray(empty.transpose(order))

    def _codes(self, naam: str, dimensie: Dimensie) -> list[Code]:
        if dimensie.soort == "regio":
            return [self._regio(c) for c in self.regiocodes]
        if dimensie.soort == "periode":
            return [Code(x.code, x.titel, self._prose(x), "0", self._status(x)) for x in self.tijden]
        codes = [Code(c, t) for c, t in dimensie.codes.items()]
        extra = self.gebieden.choose(dimensie.ook_regios) if dimensie.ook_regios else []
        return codes + [self._regio(c) for c in extra if c not in dimensie.codes]

    def _regio(self, code: str) -> Code:
        naam = self.gebieden.namen.get("NL01" if code == "NL00" else code, code)
        suffix = {"LD": " (LD)", "PV": " (PV)", "CR": " (CR)", "AM": " (AM)"}.get(code[:2], "")
        ended = code in self.gebieden.opgeheven
        place = self.gebieden.codes.index(code) if code in self.gebieden.codes else None
        groep = code[:2] if place is None else f"GM{self.gebieden.provincie[place]}"
        return Code(
            code, naam if naam.endswith(suffix) else naam + suffix, "Opgeheven gemeente" if ended else "", groep
        )

    def _status(self, tijd: Tijd) -> str | None:
        if self.tabel.status_uit_proza:
            return None
        open_years = self.instelling.get("voorlopig", 0)
        last = self.tijden[-1].jaar
        if open_years and tijd.jaar > last - open_years:
            return "Voorlopig"
        if open_years and tijd.jaar > last - 2 * open_years:
            return "NaderVoorlopig"
        return "Definitief"

    def _prose(self, tijd: Tijd) -> str:
        """70072ned says in words, per group of topics, which figures of a period may still change."""
        if not self.tabel.status_uit_proza:
            return {"Voorlopig": "Voorlopige cijfers", "NaderVoorlopig": "Nader voorlopige cijfers"}.get(
                self._status(tijd) or "", ""
            )
        groups: dict[str, int] = {}
        for naam, onderwerp in self.tabel.onderwerpen.items():
            last = min(self.profielen["begrippen"].get(naam, {}).get("tot", 9999), self.tijden[-1].jaar)
            for groep in onderwerp.statusgroepen[:1]:
                groups[groep] = max(groups.get(groep, 0), last)
        sentences = []
        for words, years in (("voorlopig", 0), ("nader voorlopig", 1)):
            names = [g for g, last in groups.items() if tijd.jaar == last - years]
            if names:
                sentences.append(f"Uitkomsten zijn {words} over:\r\n" + "\r\n".join(names) + "\r\n")
        return "\r\n".join(sentences)

    # --- what the catalogue says ---

    @property
    def gewijzigd(self) -> str:
        """The moment of the last change; an earlier vintage is as much older as it ends earlier."""
        number = int(key("gewijzigd", self.tabel.id))
        jaar = 2026 - self._jaren_terug
        if self.tabel.gestopt:
            jaar = 2023
        return f"{jaar}-{1 + number % 9:02d}-{1 + number // 16 % 28:02d}T02:00:00"

    def eigenschappen(self, api: Api) -> dict[str, object]:
        """Give TableInfos (v3) or Properties (v4)."""
        t, period = self.tabel, f"{self.tijden[0].jaar} t/m {self.tijden[-1].jaar}"
        beschrijving = f"{MELDING}\r\n\r\nGegevens beschikbaar vanaf: {self.tijden[0].jaar}"
        if t.gestopt:
            beschrijving += "\r\n\r\nDeze tabel is stopgezet." + (f" Opvolger: {t.opvolger}." if t.opvolger else "")
        if api == "v3":
            return {
                "ID": 0,
                "Title": t.titel,
                "ShortTitle": t.titel,
                "Identifier": t.id,
                "Summary": MELDING,
                "Modified": self.gewijzigd,
                "MetaDataModified": self.gewijzigd,
                "ReasonDelivery": "Stopgezet" if t.gestopt else "Actualisering",
                "ExplanatoryText": "",
                "OutputStatus": "Gediscontinueerd" if t.gestopt else "Regulier",
                "Language": "nl",
                "Catalog": "CBS" if t.catalogus == "cbs" else "RIVM",
                "Frequency": "Perjaar",
                "Period": period,
                "ShortDescription": beschrijving,
                "Description": beschrijving,
                "Source": "Voorbeeld",
                "GraphTypes": "Table",
            }
        moment = f"{self.gewijzigd}+02:00"
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
            "Version": re.sub(r"\D", "", self.gewijzigd)[:12],
            "VersionNotes": "",
            "VersionReason": "Actualisering",
            "Frequency": "Per jaar",
            "Status": "Gediscontinueerd" if t.gestopt else "Regulier",
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
        paths = [o.pad[: i + 1] for o in self.tabel.onderwerpen.values() for i in range(len(o.pad))]
        return list(dict.fromkeys(paths))

    @cached_property
    def v3_sleutels(self) -> dict[str, str]:
        """Our name of a topic -> its key in v3: the title run together, and the place among the topics."""
        return {n: f"{_camel(o.titel)}_{i}" for i, (n, o) in enumerate(self.tabel.onderwerpen.items(), start=1)}

    def _width(self, naam: str, codes: Sequence[Code]) -> int:
        longest = max(len(c.code) for c in codes)
        dimensie = self.tabel.dimensies[naam]
        if naam.startswith("Wijken"):
            return 10
        if dimensie.soort == "regio" or dimensie.ook_regios:
            return 6
        return longest if dimensie.soort == "periode" else longest + 2

    def v3_documenten(self) -> dict[str, Document]:
        """Give DataProperties, CategoryGroups and the code lists."""
        properties: list[dict[str, object]] = []
        groups: list[dict[str, object]] = []
        lists: dict[str, Document] = {}
        kinds = {"regio": "GeoDimension", "periode": "TimeDimension"}
        for naam, d in self.tabel.dimensies.items():
            codes = self.kubus.codes[naam]
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
                    "Title": _words(naam),
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
        for i, (naam, o) in enumerate(self.tabel.onderwerpen.items(), start=1):
            properties.append(
                {"odata.type": "Cbs.OData.Topic", "ID": len(properties), "Position": i, "ParentID": ids.get(o.pad)}
                | {"Type": "Topic", "Key": self.v3_sleutels[naam], "Title": o.titel, "Description": MELDING}
                | {"Datatype": _datatype(o), "Unit": o.eenheid, "Decimals": _decimals(o), "Default": "Impossible"}
            )
        return {"DataProperties": properties, "CategoryGroups": groups} | lists

    def v3_rijen(self, data: str) -> Kolommen:
        """Give the columns of TypedDataSet or UntypedDataSet: a row a cell of the dimensions."""
        kubus = self.kubus
        names = list(self.tabel.dimensies)
        shape = tuple(len(kubus.codes[n]) for n in names)
        places = np.indices(shape, dtype=np.int32).reshape(len(names), -1)
        rows = places.shape[1]
        kolommen: dict[str, Kolom] = {"ID": Getalkolom(np.arange(rows, dtype=np.float64), geheel=True)}
        for naam, place in zip(names, places, strict=True):
            width = self._width(naam, kubus.codes[naam])
            kolommen[naam] = Tekstkolom(place, tuple(c.code.ljust(width) for c in kubus.codes[naam]))
        for naam, onderwerp in self.tabel.onderwerpen.items():
            values, empty = kubus.waarden[naam].ravel(), kubus.leeg[naam].ravel()
            if data == "TypedDataSet":
                kolom: Kolom = Getalkolom(values, geheel=_decimals(onderwerp) == 0)
            else:
                kolom = _untyped(values, empty, _decimals(onderwerp))
            kolommen[self.v3_sleutels[naam]] = kolom
        return kolommen

    # --- v4 ---

    @cached_property
    def v4_sleutels(self) -> dict[str, str]:
        """Our name of a topic -> its identifier in v4."""
        found: dict[str, str] = {}
        for naam, o in self.tabel.onderwerpen.items():
            code = o.v4_code or f"M{int(key(o.titel, o.eenheid)) % 1_000_000:06d}"
            found[naam] = code if code not in found.values() else f"{code}_{len(found)}"
        return found

    def v4_documenten(self) -> dict[str, Document]:
        """Give Dimensions, MeasureCodes, MeasureGroups, and codes and groups of each dimension."""
        groups = {pad: f"G{int(key(self.tabel.id, *pad)) % 1_000_000:06d}" for pad in self._paden}
        measures = [
            {"Identifier": self.v4_sleutels[naam], "Index": i, "Title": o.titel, "Description": MELDING}
            | {"MeasureGroupId": groups.get(o.pad), "DataType": _datatype(o), "Unit": o.eenheid}
            | {"Decimals": _decimals(o), "PresentationType": "Relative" if o.eenheid == "%" else "Absolute"}
            for i, (naam, o) in enumerate(self.tabel.onderwerpen.items(), start=1)
        ]
        documenten: dict[str, Document] = {
            "MeasureCodes": measures,
            "MeasureGroups": [
                {"Id": identifier, "Index": i, "Title": pad[-1], "Description": "", "ParentId": groups.get(pad[:-1])}
                for i, (pad, identifier) in enumerate(groups.items(), start=1)
            ],
        }
        base = f"https://datasets.cbs.nl/odata/v1/CBS/{self.tabel.id}"
        dimensions = []
        for naam, d in self.tabel.dimensies.items():
            kind = {"regio": "GeoDimension", "periode": "TimeDimension"}.get(d.soort, "Dimension")
            codes = self.kubus.codes[naam]
            found = list(dict.fromkeys(c.groep for c in codes if c.groep))
            dimensions.append(
                ({} if kind == "Dimension" else {"@odata.type": f"#Cbs.Ccb.Models.{kind}"})
                | {"Identifier": naam, "Title": _words(naam), "Description": "", "MapYear": None, "Kind": kind}
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
        kubus = self.kubus
        names = list(self.tabel.dimensies)
        shape = (*(len(kubus.codes[n]) for n in names), len(self.tabel.onderwerpen))
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
        return Servertabel(self.tabel.id, api, self.eigenschappen(api), documenten, rows)


def _datatype(onderwerp: Onderwerp) -> str:
    return "Long" if _decimals(onderwerp) == 0 else "Double"


def _decimals(onderwerp: Onderwerp) -> int:
    return (1 if onderwerp.eenheid == "%" else 0) if onderwerp.decimalen is None else onderwerp.decimalen


def _camel(titel: str) -> str:
    plain = unicodedata.normalize("NFKD", titel).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    joined = "".join(w[:1].upper() + w[1:] for w in words)[:36]
    return joined if not joined[:1].isdigit() else f"k_{joined}"


def _words(naam: str) -> str:
    """A dimension's title from its key: RegioS -> Regio's."""
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


def _pendel(maker: Onderwerpmaker, gebieden: Gebieden, wonen: Sequence[str], werken: Sequence[str]) -> Veld:
    """Jobs of employees by region of residence x time x region of work, or how far apart those are.

    From municipality to municipality: most work where they live, then in the COROP area, the province, elsewhere.
    """
    home, work = gebieden.matrix(wonen), gebieden.matrix(werken)
    jobs = maker.velden.veld("banen")
    province = gebieden.provincie[:, None] == gebieden.provincie[None, :]
    corop = gebieden.corop[:, None] == gebieden.corop[None, :]
    same = np.eye(len(gebieden.codes), dtype=bool)
    lands = np.zeros_like(same)
    for code, members in gebieden.leden.items():
        if code.startswith("LD"):
            lands |= members[:, None] & members[None, :]
    # the province with a profile may draw fewer people in than it lets go
    draw = np.where(gebieden.eigen, maker.velden.eigen.get("pendeltrek", 1.0), 1.0) * np.exp(
        0.4 * normal("pendel", gebieden.keys)
    )
    pull = (jobs.mean(axis=1) * draw)[None, :]
    parts = ((same, 0.42), (corop & ~same, 0.16), (province & ~corop, 0.11), (lands & ~province, 0.2), (~lands, 0.11))
    chance = np.zeros(same.shape)
    for where, share in parts:
        weights = np.where(where, pull, 0.0)
        total = weights.sum(axis=1, keepdims=True)
        chance += share * np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    chance /= chance.sum(axis=1, keepdims=True)
    near = np.exp(0.15 * normal("afstand", gebieden.keys))[:, None]
    distance = near * np.select([same, corop, province, lands], [4.0, 11.0, 21.0, 36.0], 70.0)
    flows = np.stack([home @ (chance * jobs[:, [t]]) @ work.T for t in range(jobs.shape[1])], axis=1)
    if maker.profiel["pendel"] == "banen":
        return np.round(flows, maker.decimalen)
    far = np.stack([home @ (distance * chance * jobs[:, [t]]) @ work.T for t in range(jobs.shape[1])], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.round(far / flows, maker.decimalen)


class Voorbeeld:
    """The stock of generated tables: made when first asked for, kept after that."""

    def __init__(self, tabellen: dict[str, Brontabel], regios: pd.DataFrame, leden: pd.DataFrame, vintage: int) -> None:
        profielen = read_profielen()
        gebieden = Gebieden(regios, leden, profielen)
        self._makers = {i: Tabelmaker(t, gebieden, profielen, vintage) for i, t in tabellen.items()}
        self._made: dict[tuple[Api, str], Servertabel] = {}
        self._locks = {i: threading.Lock() for i in tabellen}

    def _has(self, api: Api, catalogus: Catalogus, tabel: str) -> bool:
        # third parties publish in v3 only; CBS publishes its regular tables in both
        maker = self._makers.get(tabel)
        return maker is not None and maker.tabel.catalogus == catalogus and (api == "v3" or catalogus == "cbs")

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give the table in the shape of the protocol, or None."""
        if not self._has(api, catalogus, tabel):
            return None
        with self._locks[tabel]:
            if (api, tabel) not in self._made:
                self._made[api, tabel] = self._makers[tabel].make(api)
            return self._made[api, tabel]

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the catalogue without making a table."""
        return [m.eigenschappen(api) for i, m in self._makers.items() if self._has(api, catalogus, i)]

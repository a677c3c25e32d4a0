"""Faults on purpose, for tests and measurements: what a source can do wrong, once and on command.

Nothing here is on the road of a run: a server has faults only when a `Storing` is handed to it. It also counts what the
client did, so that a test can say how many connections were open at once.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from assets.bron.voorbeeld.kolommen import Kolom, Kolommen, Tekstkolom, Vastekolom, count_rows
from assets.bron.voorbeeld.tabel import V3_DATA, V4_DATA, Api, Catalogus, Document, Servertabel, Voorraad


@dataclass
class Storing:
    """What goes wrong. Counts go down as they are used; `alleen` is a pattern that the address must hold."""

    alleen: str = ""
    # the line
    seconden_per_pagina: float = 0.0
    verbreek: int = 0
    halve_body: int = 0
    weiger: int = 0
    weiger_status: int = 503
    retry_after: str | None = "0"
    # the content: table id -> what
    afwezig: frozenset[str] = frozenset()
    hernoem: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # title -> other title
    eenheid: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # title -> other unit
    onbekende_regio: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # region code -> unknown code
    dubbele_cel: frozenset[str] = frozenset()
    leeg: frozenset[str] = frozenset()
    tekst_in_getal: frozenset[str] = frozenset()
    # what the client did
    verzoeken: list[str] = field(default_factory=list)
    open: int = 0
    hoogst_open: int = 0
    gelijktijdig: int = 0
    hoogst_gelijktijdig: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def opened(self) -> None:
        """A connection was opened."""
        with self._lock:
            self.open += 1
            self.hoogst_open = max(self.hoogst_open, self.open)

    def closed(self) -> None:
        """A connection was closed."""
        with self._lock:
            self.open -= 1

    @contextmanager
    def during(self, path: str) -> Iterator[None]:
        """Count a request while it is being answered."""
        with self._lock:
            self.verzoeken.append(path)
            self.gelijktijdig += 1
            self.hoogst_gelijktijdig = max(self.hoogst_gelijktijdig, self.gelijktijdig)
        try:
            yield
        finally:
            with self._lock:
                self.gelijktijdig -= 1

    def _use(self, name: str) -> bool:
        with self._lock:
            left: int = getattr(self, name)
            setattr(self, name, max(left - 1, 0))
            return left > 0

    def before(self, path: str) -> Any:
        """Say what comes instead of an answer: 'verbreek' (a reset), a status with body and Retry-After, or None."""
        if not re.search(self.alleen, path):
            return None
        if self._use("verbreek"):
            return "verbreek"
        if self._use("weiger"):
            return self.weiger_status, "", self.retry_after
        return None

    def after(self, path: str, rijen: bool) -> bool:
        """Wait as a far server would, for a page of figures; say whether the body stops half way."""
        if not rijen or not re.search(self.alleen, path):
            return False
        time.sleep(self.seconden_per_pagina)
        return self._use("halve_body")

    def disturb(self, voorraad: Voorraad) -> Voorraad:
        """Give the stock with the faults in its content."""
        return _Gestoord(voorraad, self)

    def alter(self, tabel: Servertabel) -> Servertabel:
        """Give the table with its faults."""
        documenten = dict(tabel.documenten)
        for name in ("DataProperties", "MeasureCodes"):
            if name in documenten:
                documenten[name] = [self._topic(tabel.id, record) for record in documenten[name]]
        codes = self.onbekende_regio.get(tabel.id, {})
        if codes:
            for name, records in documenten.items():
                key = "Key" if tabel.api == "v3" else "Identifier"
                documenten[name] = [dict(r) | {key: _swap(r.get(key), codes)} for r in records if key in r] or records
        data = {n: self._rows(tabel, tabel.rijen(n)) for n in (V3_DATA if tabel.api == "v3" else V4_DATA)}
        return replace(tabel, documenten=documenten, rijen=data.__getitem__)

    def _topic(self, tabel: str, record: Mapping[str, object]) -> Mapping[str, object]:
        title = str(record.get("Title"))
        changed = dict(record)
        if title in self.eenheid.get(tabel, {}):
            changed["Unit"] = self.eenheid[tabel][title]
        if title in self.hernoem.get(tabel, {}):
            changed["Title"] = self.hernoem[tabel][title]
        return changed

    def _rows(self, tabel: Servertabel, kolommen: Kolommen) -> Kolommen:
        changed: dict[str, Kolom] = dict(kolommen)
        codes = self.onbekende_regio.get(tabel.id, {})
        for name, kolom in kolommen.items():
            if codes and isinstance(kolom, Tekstkolom):
                changed[name] = Tekstkolom(kolom.index, tuple(_swap(t, codes) for t in kolom.teksten))  # type: ignore[misc]
        rows = np.arange(count_rows(kolommen))
        if tabel.id in self.leeg:
            rows = rows[:0]
        if tabel.id in self.dubbele_cel:
            rows = np.concatenate([rows, [_last_of_nederland(kolommen)]])
        if len(rows) != count_rows(kolommen):
            changed = {name: kolom.take(rows) for name, kolom in changed.items()}
        if tabel.id in self.tekst_in_getal:
            for name in (n for n in changed if n == "Value" or re.search(r"_\d+$", n)):
                pieces = changed[name].fragments(np.arange(count_rows(changed)))
                pieces[_last_of_nederland(changed)] = '"n.v.t."'
                changed[name] = Vastekolom(tuple(pieces))
        return changed


def _last_of_nederland(kolommen: Kolommen) -> int:
    """A row that every selectie asks for: the last one of the Netherlands, or the last one of all."""
    for kolom in kolommen.values():
        if isinstance(kolom, Tekstkolom):
            codes = np.array([(t or "").strip() in ("NL01", "NL00") for t in kolom.teksten])
            if codes.any():
                return int(np.flatnonzero(codes[kolom.index])[-1])
    return count_rows(kolommen) - 1


def _swap(text: object, codes: Mapping[str, str]) -> object:
    """Put an unknown code in the place of a known one, as wide as it was."""
    if isinstance(text, str) and text.strip() in codes:
        return codes[text.strip()].ljust(len(text))
    return text


class _Gestoord:
    """A stock of tables with faults in their content."""

    def __init__(self, voorraad: Voorraad, storing: Storing) -> None:
        self._voorraad, self._storing = voorraad, storing
        self._kept: dict[tuple[str, str, str], Servertabel] = {}

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give the table with its faults."""
        if tabel in self._storing.afwezig:
            return None
        if (api, catalogus, tabel) not in self._kept:
            found = self._voorraad.find(api, catalogus, tabel)
            if found is None:
                return None
            self._kept[api, catalogus, tabel] = self._storing.alter(found)
        return self._kept[api, catalogus, tabel]

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the catalogue without the tables that are gone."""
        gone = self._storing.afwezig
        return [r for r in self._voorraad.catalogue(api, catalogus) if r.get("Identifier") not in gone]

"""The sample as a stock of tables, each made when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pandas as pd

from assets.bron.gezienlijst import GezieneTabel
from assets.bron.voorbeeld.indeling import Gebieden
from assets.bron.voorbeeld.kubus import Tabelmaker
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel
from assets.bron.voorbeeld.vorm import Tabelvorm


class Voorbeeld:
    """The stock of generated tables: made when first asked for, kept after that."""

    def __init__(
        self, tabellen: Mapping[str, GezieneTabel], regios: pd.DataFrame, leden: pd.DataFrame, vintage: int
    ) -> None:
        profielen = read_profielen()
        gebieden = Gebieden(regios, leden, profielen)
        self._makers = {i: Tabelmaker(t, gebieden, profielen, vintage) for i, t in tabellen.items()}
        self._made: dict[tuple[Api, str], Servertabel] = {}
        self._locks = {i: threading.Lock() for i in tabellen}

    def _has(self, api: Api, catalogus: Catalogus, tabel: str) -> bool:
        maker = self._makers.get(tabel)
        return maker is not None and maker.tabel.catalogus == catalogus and api in maker.tabel.api

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give the table in the shape of the protocol; None when it is not there, or only in the catalogue."""
        if not self._has(api, catalogus, tabel) or self._makers[tabel].tabel.alleen_catalogus:
            return None
        with self._locks[tabel]:
            if (api, tabel) not in self._made:
                self._made[api, tabel] = Tabelvorm(self._makers[tabel]).make(api)
            return self._made[api, tabel]

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the catalogue without making a table."""
        return [Tabelvorm(m).eigenschappen(api) for i, m in self._makers.items() if self._has(api, catalogus, i)]

"""What the server serves: tables as one protocol shows them, and the stock they are taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assets.bron.voorbeeld.kolommen import Kolommen

Api = Literal["v3", "v4"]
Catalogus = Literal["cbs", "derden"]
Document = Sequence[Mapping[str, object]]

V3_DATA = ("UntypedDataSet", "TypedDataSet")
V4_DATA = ("Observations",)


@dataclass(frozen=True)
class Servertabel:
    """A table in the shape of one protocol.

    `eigenschappen` is TableInfos (v3) or Properties (v4); `documenten` are the other metadata answers by their name;
    `rijen` gives the columns of TypedDataSet, UntypedDataSet or Observations, in the order in which CBS names them.
    """

    id: str
    api: Api
    eigenschappen: Mapping[str, object]
    documenten: Mapping[str, Document]
    rijen: Callable[[str], Kolommen]


class Voorraad(Protocol):
    """All tables of a server. Tables are made when they are first asked for."""

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give the table, or None when this catalogue does not have it."""

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the catalogue: a row a table, as Tables (v3) or Datasets (v4) has it."""

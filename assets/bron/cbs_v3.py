"""CBS over OData v3 (`opendata.cbs.nl`; third parties on `dataderden.cbs.nl`): wide rows, padded codes.

Catalogue, metadata and code lists come through `cbsodata`; rows come in bulk from ODataFeed as kept pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import cbsodata
import cbsodata.cbsodata3
import requests

from assets.bron.bronlijst import Brontabel
from assets.bron.http import AfwezigError, Client, encode_query, write_kept
from assets.bron.momentopname import Rij
from assets.bron.structuur import BronOnderwerp, Code, Keuze, Structuur
from assets.bron.vraag import Deel, split_ids, split_question
from begrippen.redenen import Reden

# Characters of query. An address that is too long gets no refusal but a reset connection (edwindj/cbsodataR, issue 16),
# which looks like an outage. No limit is published; 2,048 is the default of the web server, and the link to a next
# page adds some.
MAX_QUERY = 1_800
# Rows. A page holds no more, so a smaller answer is one request.
SPLIT_FROM = 10_000
_DIMENSIONS = frozenset({"Dimension", "TimeDimension", "GeoDimension", "GeoDetail"})

T = TypeVar("T")


@dataclass
class _Door:
    """Where the requests of cbsodata go while it works for us: through our client. `answers`: what came."""

    client: Client
    scheme: str
    answers: list[bytes] = field(default_factory=list)


_door: ContextVar[_Door | None] = ContextVar("cbsodata_door", default=None)


class _Session(requests.Session):
    """The session that cbsodata opens for each request.

    cbsodata has no time-out, no retry, no User-Agent and no way to keep what came; it reads the proxies once, when it
    is imported, and its choice of https is one global for all catalogues. Its session is the one place where all of
    that can be given to it. Outside our own calls this is an ordinary session.
    """

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        door = _door.get()
        if door is None:
            return super().send(request, **kwargs)
        assert request.url is not None
        url = urlunsplit(urlsplit(request.url)._replace(scheme=door.scheme))
        body = door.client.get_whole_json(url)
        door.answers.append(body)
        response = requests.Response()
        response.status_code, response.url, response.request = 200, url, request
        response._content = body
        return response


cbsodata.cbsodata3.Session = _Session


def _text(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class CbsV3:
    """A v3 catalogue at `base` (http or https, without a slash at the end)."""

    base: str
    client: Client
    api = "v3"
    split_from = SPLIT_FROM

    @property
    def _catalog_url(self) -> str:
        """The address as cbsodata wants it, given with each call: its own global is not put back after an error."""
        return self.base.split("://", 1)[1]

    def _ask(self, call: Callable[..., T], *arguments: object, **options: object) -> tuple[T, list[bytes]]:
        """Let cbsodata ask: its result, and the answers as they came."""
        door = _Door(self.client, urlsplit(self.base).scheme)
        token = _door.set(door)
        try:
            return call(*arguments, catalog_url=self._catalog_url, **options), door.answers
        finally:
            _door.reset(token)

    def _meta(self, tabel: str, name: str, meta: Path | None) -> list[Rij]:
        rows: list[Rij]
        rows, answers = self._ask(cbsodata.get_meta, tabel, name)
        for number, body in enumerate(answers if meta else (), start=1):
            assert meta is not None
            suffix = "" if number == 1 else f"-{number}"
            write_kept(meta / f"{name}{suffix}.json.gz", body)
        return rows

    def url(self, tabel: str) -> str:
        """Where a table stands."""
        return f"{self.base}/ODataFeed/odata/{tabel}"

    def read_info(self, tabel: str) -> tuple[Rij, dict[str, bytes]]:
        """Read what the source says of a table now, with the answers as they came.

        Raises AfwezigError when the source does not have it, else BronError.
        """
        info, answers = self._ask(cbsodata.get_info, tabel)
        if not info:  # get_info gives None for an empty list
            raise AfwezigError(Reden("afwezig", waar=self.url(tabel)))
        properties = {
            "titel": info.get("Title"),
            "Modified": info.get("Modified"),
            "MetaDataModified": info.get("MetaDataModified"),
            "Version": info.get("Version"),
            "status": info.get("ReasonDelivery")
            if info.get("ReasonDelivery") == "Stopgezet"
            else info.get("OutputStatus"),
            # v3 names no licence; CBS publishes all of StatLine under this one
            "licentie": "https://creativecommons.org/licenses/by/4.0/",
        }
        return properties, {"TableInfos": answers[0]}

    def read_catalogus(self, ids: Sequence[str]) -> dict[str, Rij]:
        """Read what says that these tables changed: id -> {Modified, MetaDataModified, Version}. Raises BronError.

        A table that the catalogue does not have is left out.
        """
        columns = ["Identifier", "Modified", "MetaDataModified"]
        found: dict[str, Rij] = {}
        for question in split_ids(ids, lambda q: len(encode_query(filter=q)) <= MAX_QUERY):
            rows, _ = self._ask(cbsodata.get_table_list, select=columns, filters=question)
            found |= {
                t["Identifier"]: {name: t.get(name) for name in ("Modified", "MetaDataModified", "Version")}
                for t in rows
            }
        return found

    def read_structuur(self, tabel: Brontabel, meta: Path | None) -> Structuur:
        """Read the topics and code lists of a table; keep the answers in folder `meta`, if given. Raises BronError."""
        properties = self._meta(tabel.id, "DataProperties", meta)
        by_id = {p["ID"]: p for p in properties}

        def path(parent: object) -> tuple[str, ...]:
            row = by_id.get(parent)
            return () if row is None else (*path(row.get("ParentID")), _text(row.get("Title")).strip())

        topics = tuple(
            BronOnderwerp(
                sleutel=p["Key"],
                titel=_text(p.get("Title")),
                pad=path(p.get("ParentID")),
                eenheid=_text(p.get("Unit")),
                decimalen=p.get("Decimals"),
                datatype=_text(p.get("Datatype")),
                beschrijving=_text(p.get("Description")),
            )
            for p in properties
            if p.get("Type") == "Topic"
        )
        groups = self._groups(tabel.id, meta)
        names = [p["Key"] for p in properties if p.get("Type") in _DIMENSIONS]
        rows = self.client.map(lambda name: self._meta(tabel.id, name, meta), names)
        codes = {
            name: tuple(
                Code(
                    dimensie=name,
                    code=c["Key"].strip(),
                    sleutel=c["Key"],
                    titel=_text(c.get("Title")),
                    beschrijving=_text(c.get("Description")),
                    groep=groups.get(_text(c.get("CategoryGroupID")), ""),
                    status=c.get("Status") or None,
                    volgorde=i,
                )
                for i, c in enumerate(codelist)
            )
            for name, codelist in zip(names, rows, strict=True)
        }
        return Structuur(topics, codes)

    def _groups(self, tabel: str, meta: Path | None) -> dict[str, str]:
        """Read the groups of codes: id -> titles from the outside in, joined by ` > `."""
        try:
            rows = {g["ID"]: g for g in self._meta(tabel, "CategoryGroups", meta)}
        except AfwezigError:
            return {}

        def path(group: object) -> tuple[str, ...]:
            row = rows.get(group)
            return () if row is None else (*path(row.get("ParentID")), _text(row.get("Title")).strip())

        return {str(group): " > ".join(path(group)) for group in rows}

    def count(self, tabel: str, question: str) -> int | None:
        """Let the source count the rows of a filter; None when it does not count."""
        query = encode_query(format="json", filter=question)
        return self.client.get_count(f"{self.url(tabel)}/UntypedDataSet/$count?{query}")

    def plan(self, tabel: Brontabel, keuze: Keuze, parts: int) -> list[Deel]:
        """Split the question over Perioden into at least `parts` parts; `$skip` deep in the feed costs time."""
        return split_question(tabel, keuze, parts, lambda question: len(self._query(keuze, question)) <= MAX_QUERY)

    @staticmethod
    def _query(keuze: Keuze, question: str) -> str:
        # Untyped: the typed rows lose the reason why a cell is empty.
        columns = [*keuze.codes, *dict.fromkeys(o.sleutel for o in keuze.onderwerpen.values())]
        return encode_query(format="json", filter=question, select=",".join(columns))

    def first_page(self, tabel: str, keuze: Keuze, deel: Deel) -> str:
        """Give the address of the first page of a part."""
        return f"{self.url(tabel)}/UntypedDataSet?{self._query(keuze, deel.filter)}"

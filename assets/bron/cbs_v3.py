"""CBS over OData v3 (`opendata.cbs.nl`; third parties on `dataderden.cbs.nl`): wide rows, padded codes.

Catalogue, metadata and code lists come through `cbsodata`; rows come in bulk from ODataFeed as kept pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import cbsodata
import cbsodata.cbsodata3
import requests

from assets.bron import antwoord
from assets.bron.bronlijst import Brontabel
from assets.bron.http import AfwezigError, BronError, Client, encode_query, find_link, follow, read_json, write_kept
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
    base: str
    answers: dict[str, bytes] = field(default_factory=dict)

    def get(self, url: str) -> bytes:
        """Get an answer that cbsodata can read: a list of rows, and at most a link to more of them here."""
        place = urlsplit(self.base)
        url = urlunsplit(urlsplit(url)._replace(scheme=place.scheme, netloc=place.netloc))
        if url in self.answers:
            raise BronError(Reden("kring", waar=url))
        body = self.client.get_whole_json(url)
        content = read_json(body, url)
        antwoord.list_of(content, urlsplit(url).path.rsplit("/", 1)[-1])
        further = follow(url, find_link(content))
        self.answers[url] = body
        # cbsodata follows a link as it stands, and knows one of its two names
        return body if further is None else json.dumps({**content, "odata.nextLink": further}).encode()


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
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response._content = door.get(request.url)
        return response


cbsodata.cbsodata3.Session = _Session


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
        door = _Door(self.client, self.base)
        token = _door.set(door)
        try:
            return call(*arguments, catalog_url=self._catalog_url, **options), list(door.answers.values())
        finally:
            _door.reset(token)

    def _meta(self, tabel: str, name: str, meta: Path | None) -> list[Any]:
        rows: list[Any]
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
        found, answers = self._ask(cbsodata.get_info, tabel)
        if found is None:  # what get_info makes of an empty list
            raise AfwezigError(Reden("afwezig", waar=self.url(tabel)))
        info = antwoord.read_object(antwoord.V3Info, found, "TableInfos")
        antwoord.check_tabel(info.Identifier, tabel, "TableInfos")
        properties = {
            "titel": info.Title,
            "Modified": info.Modified,
            "MetaDataModified": info.MetaDataModified,
            "Version": info.Version,
            "status": info.ReasonDelivery if info.ReasonDelivery in antwoord.GESTOPT else info.OutputStatus,
            # v3 names no licence; CBS publishes all of StatLine under this one
            "licentie": "https://creativecommons.org/licenses/by/4.0/",
        }
        return properties, {"TableInfos": answers[0]}

    def read_catalogus(self, ids: Sequence[str]) -> dict[str, antwoord.Catalogusrij]:
        """Read what says that these tables changed: by id. Raises BronError.

        A table that the catalogue does not have is left out.
        """
        columns = ["Identifier", "Modified", "MetaDataModified", "ReasonDelivery"]
        found: dict[str, antwoord.Catalogusrij] = {}
        for question in split_ids(ids, lambda q: len(encode_query(filter=q)) <= MAX_QUERY):
            rows, _ = self._ask(cbsodata.get_table_list, select=columns, filters=question)
            found |= antwoord.read_catalogus(rows)
        return found

    def read_titels(self) -> list[antwoord.Catalogustitel]:
        """Read the whole catalogue: what each table is called. Raises BronError."""
        rows, _ = self._ask(cbsodata.get_table_list, select=["Identifier", "Title", "ReasonDelivery"])
        return antwoord.read_rows(antwoord.Catalogustitel, rows, "catalogus")

    def read_structuur(self, tabel: str, meta: Path | None) -> Structuur:
        """Read the topics and code lists of a table; keep the answers in folder `meta`, if given. Raises BronError."""
        deel = "DataProperties"
        rows = self._meta(tabel, deel, meta)
        all_kinds = antwoord.read_rows(antwoord.V3Eigenschap, rows, deel, key=lambda p: p.ID)
        kinds = [p.Type for p in all_kinds]
        topics = antwoord.read_rows(
            antwoord.V3Onderwerp,
            [r for r, k in zip(rows, kinds, strict=True) if k == "Topic"],
            deel,
            key=lambda o: o.Key,
        )
        dimensions = antwoord.read_rows(
            antwoord.V3Dimensie,
            [r for r, k in zip(rows, kinds, strict=True) if k in _DIMENSIONS],
            deel,
            key=lambda d: d.Key,
        )
        paths = antwoord.read_paths(((p.ID, p.ParentID, p.Title) for p in all_kinds), deel)
        groups = self._groups(tabel, meta)
        names = [d.Key for d in dimensions]
        lists = self.client.map(lambda name: self._meta(tabel, name, meta), names)
        return Structuur(
            tuple(
                BronOnderwerp(
                    sleutel=o.Key,
                    titel=o.Title,
                    pad=paths[o.ID][:-1],
                    eenheid=o.Unit,
                    decimalen=o.Decimals,
                    datatype=o.Datatype,
                    beschrijving=o.Description,
                )
                for o in topics
            ),
            {name: self._codes(name, codelist, groups) for name, codelist in zip(names, lists, strict=True)},
            {d.Key: d.Type for d in dimensions},
        )

    @staticmethod
    def _codes(name: str, rows: Sequence[object], groups: Mapping[int, tuple[str, ...]]) -> tuple[Code, ...]:
        codelist = antwoord.read_rows(antwoord.V3Code, rows, name, key=lambda c: c.Key.strip())
        return tuple(
            Code(
                dimensie=name,
                code=c.Key.strip(),
                sleutel=c.Key,
                titel=c.Title,
                beschrijving=c.Description,
                groep=" > ".join(groups.get(c.CategoryGroupID, ())) if c.CategoryGroupID is not None else "",
                status=c.Status or None,
                volgorde=i,
            )
            for i, c in enumerate(codelist)
        )

    def _groups(self, tabel: str, meta: Path | None) -> Mapping[int, tuple[str, ...]]:
        """Read the groups of codes: id -> titles from the outside in."""
        deel = "CategoryGroups"
        try:
            rows = antwoord.read_rows(antwoord.V3Groep, self._meta(tabel, deel, meta), deel)
        except AfwezigError:
            return {}
        return antwoord.read_paths(((g.ID, g.ParentID, g.Title) for g in rows), deel)

    def count(self, tabel: str, question: str) -> int | None:
        """Let the source count the rows of a filter; None when it does not count."""
        query = encode_query(format="json", filter=question)
        return self.client.get_count(f"{self.url(tabel)}/UntypedDataSet/$count?{query}")

    def plan(self, tabel: Brontabel, keuze: Keuze, parts: int) -> list[Deel]:
        """Split the question over Perioden into at least `parts` parts; `$skip` deep in the feed costs time."""
        return split_question(tabel, keuze, parts, lambda question: len(self._query(keuze, question)) <= MAX_QUERY)

    @staticmethod
    def _query(keuze: Keuze, question: str) -> str:
        # Untyped: the typed rows lose the reason why a cell is empty. Without topics all of them come.
        topics = dict.fromkeys(o.sleutel for o in keuze.onderwerpen.values())
        columns = [*map(keuze.dimensie, keuze.codes), *topics] if topics else []
        return encode_query(format="json", filter=question, select=",".join(columns))

    def first_page(self, tabel: str, keuze: Keuze, deel: Deel) -> str:
        """Give the address of the first page of a part."""
        return f"{self.url(tabel)}/UntypedDataSet?{self._query(keuze, deel.filter)}"

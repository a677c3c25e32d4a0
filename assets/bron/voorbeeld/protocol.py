"""What CBS answers to a request, for both protocols, over a stock of tables: an address in, an answer out, no HTTP.

Seen in captured answers and in client code: the shapes of rows, code lists and links, padding, page sizes, the limit
on or-terms. The text of a 404 and of ODataApi's refusal was not captured; those follow OData's own error object.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from assets.bron.voorbeeld.kolommen import Kolommen, from_records, write_rows
from assets.bron.voorbeeld.odata import FilterError, filter_rows
from assets.bron.voorbeeld.tabel import V3_DATA, V4_DATA, Api, Catalogus, Servertabel, Voorraad

V3_PAGE = 10_000
V4_PAGE = 100_000
V4_CBS = "https://datasets.cbs.nl/odata/v1/CBS"

Query = Mapping[str, str]


@dataclass(frozen=True)
class Antwoord:
    """Status, media type and body of an answer. `rijen`: it is a page of figures, not metadata."""

    status: int
    body: str
    soort: str = "application/json; odata=minimalmetadata; charset=utf-8"
    rijen: bool = False


class WeigeringError(Exception):
    """The request is refused with this status and message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _error(api: Api, status: int, message: str) -> Antwoord:
    if api == "v3":
        body: dict[str, object] = {"odata.error": {"code": "", "message": {"lang": "nl-NL", "value": message}}}
    else:
        body = {"error": {"code": str(status), "message": message}}
    return Antwoord(status, json.dumps(body, ensure_ascii=False))


def _number(query: Query, name: str) -> int | None:
    if name not in query:
        return None
    if not query[name].isdigit():
        raise WeigeringError(400, f"Invalid value '{query[name]}' for {name} query option.")
    return int(query[name])


def _columns(query: Query, kolommen: Kolommen) -> list[str]:
    names = [n.strip() for n in query.get("$select", "").split(",") if n.strip()]
    for name in names:
        if name not in kolommen:
            raise WeigeringError(400, f"Could not find a property named '{name}'.")
    return list(kolommen) if not names or names == ["*"] else names


def _link(address: str, query: Query, **changed: int | None) -> str:
    options: dict[str, object] = dict(query) | {f"${k}": v for k, v in changed.items()}
    given = "&".join(f"{k}={quote(str(v), safe='(),')}" for k, v in options.items() if v is not None)
    return f"{address}?{given}"


class Protocol:
    """The answers of one server. Keeps which rows the last few filters left, so that paging does not filter again."""

    def __init__(self, voorraad: Voorraad) -> None:
        self.voorraad = voorraad
        # sized for four connections that page through a table each, not for a whole catalogue
        self._kept = lru_cache(maxsize=16)(self._filter)

    def answer(self, api: Api, catalogus: Catalogus, address: str, path: Sequence[str], query: Query) -> Antwoord:
        """Answer a GET of `address` (absolute, without the query); `path` are its segments below the base address."""
        try:
            return (self._v3 if api == "v3" else self._v4)(catalogus, address, path, query)
        except WeigeringError as refusal:
            return _error(api, refusal.status, str(refusal))
        except FilterError as refusal:
            return _error(api, 400, str(refusal))

    def _filter(self, api: Api, catalogus: Catalogus, tabel: str, name: str, text: str | None) -> npt.NDArray[np.int64]:
        found = self.voorraad.find(api, catalogus, tabel)
        assert found is not None
        return filter_rows(text, found.rijen(name), api)

    def _find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel:
        found = self.voorraad.find(api, catalogus, tabel)
        if found is None:
            raise WeigeringError(404, f"Resource not found for the segment '{tabel}'.")
        return found

    def _list(self, api: Api, address: str, records: Sequence[Mapping[str, object]], query: Query) -> Antwoord:
        kolommen = from_records(records)
        # a list without records does not know its columns here; CBS does, and refuses none that are there
        rows = filter_rows(query.get("$filter") if records else None, kolommen, api)
        if "$orderby" in query:
            name, _, direction = query["$orderby"].partition(" ")
            rows = np.array(
                sorted(rows, key=lambda r: str(records[r].get(name)), reverse=direction == "desc"), dtype=int
            )
        skip = _number(query, "$skip") or 0
        top = _number(query, "$top")
        rows = rows[skip:][: top if top is not None else None]
        context = "odata.metadata" if api == "v3" else "@odata.context"
        # a record keeps its own keys: some have more than others (TimeDimension has a Status)
        if "$select" in query and records:
            body = write_rows(kolommen, rows, _columns(query, kolommen))
        else:
            body = json.dumps([records[r] for r in rows], ensure_ascii=False)
        base, _, name = address.rpartition("/")
        return Antwoord(200, f'{{"{context}":{json.dumps(f"{base}/$metadata#{name}")},"value":{body}}}')

    def _service(self, api: Api, address: str, names: Sequence[str]) -> Antwoord:
        base = address.rstrip("/")
        if api == "v3":
            value = [{"name": n, "url": f"{base}/{n}"} for n in names]
            return Antwoord(200, json.dumps({"odata.metadata": f"{base}/$metadata", "value": value}))
        value = [{"name": n, "kind": "Singleton" if n == "Properties" else "EntitySet", "url": n} for n in names]
        return Antwoord(200, json.dumps({"@odata.context": f"{base}/$metadata", "value": value}))

    def _v3(self, catalogus: Catalogus, address: str, path: Sequence[str], query: Query) -> Antwoord:
        head = path[0].lower() if path else ""
        if head == "odatacatalog":
            if len(path) == 1:
                return self._service("v3", address, ["Tables"])
            if path[1] != "Tables":
                raise WeigeringError(404, f"Resource not found for the segment '{path[1]}'.")
            return self._list("v3", address, self.voorraad.catalogue("v3", catalogus), query)
        if head not in ("odataapi", "odatafeed") or len(path) < 3 or path[1].lower() != "odata":
            raise WeigeringError(404, "Resource not found.")
        tabel = self._find("v3", catalogus, path[2])
        if head == "odatafeed" and query.get("$format") != "json":
            # CBS writes Atom here unless asked for JSON; a client that forgets the option must notice it
            atom = f"<?xml version='1.0' encoding='utf-8'?><feed xml:base='{address}' xmlns='http://www.w3.org/2005/Atom'/>"
            return Antwoord(200, atom, soort="application/atom+xml;type=feed;charset=utf-8")
        if len(path) == 3:
            return self._service("v3", address, ["TableInfos", *V3_DATA, *tabel.documenten])
        name = path[3]
        if name == "TableInfos":
            return self._list("v3", address, [tabel.eigenschappen], query)
        if name in tabel.documenten:
            return self._list("v3", address, tabel.documenten[name], query)
        if name not in V3_DATA:
            raise WeigeringError(404, f"Resource not found for the segment '{name}'.")
        rows = self._kept("v3", catalogus, tabel.id, name, query.get("$filter"))
        if path[4:] == ["$count"]:
            return Antwoord(200, str(len(rows)), soort="text/plain;charset=utf-8")
        api = head == "odataapi"
        if api and "$skip" in query:
            raise WeigeringError(400, "Query option '$skip' is not allowed.")
        return self._rows("v3", address, tabel.rijen(name), rows, query, whole=api)

    def _v4(self, catalogus: Catalogus, address: str, path: Sequence[str], query: Query) -> Antwoord:
        if path and path[0] == "Datasets":
            return self._list("v4", address, self.voorraad.catalogue("v4", catalogus), query)
        if not path:
            raise WeigeringError(404, "Resource not found.")
        tabel = self._find("v4", catalogus, path[0])
        if len(path) == 1:
            return self._service("v4", address, [*tabel.documenten, *V4_DATA, "Properties"])
        name = path[1]
        if name == "Properties":
            return Antwoord(
                200, json.dumps({"@odata.context": f"{address}"} | dict(tabel.eigenschappen), ensure_ascii=False)
            )
        if name in tabel.documenten:
            answer = self._list("v4", address, tabel.documenten[name], query)
            # a client that follows the links of Dimensions must stay with this server
            base = address.removesuffix("/" + "/".join(path))
            return replace(answer, body=answer.body.replace(V4_CBS, base))
        if name not in V4_DATA:
            raise WeigeringError(404, f"Resource not found for the segment '{name}'.")
        rows = self._kept("v4", catalogus, tabel.id, name, query.get("$filter"))
        if path[2:] == ["$count"]:
            return Antwoord(200, str(len(rows)), soort="text/plain;charset=utf-8")
        return self._rows("v4", address, tabel.rijen(name), rows, query)

    def _rows(
        self,
        api: Api,
        address: str,
        kolommen: Kolommen,
        rows: npt.NDArray[np.int64],
        query: Query,
        *,
        whole: bool = False,
    ) -> Antwoord:
        sign, page = ("", V3_PAGE) if api == "v3" else ("@", V4_PAGE)
        skip = _number(query, "$skip") or 0
        top = _number(query, "$top")
        left = rows[skip:][: top if top is not None else None]
        if whole and len(left) > page:
            raise WeigeringError(400, f"The query returns more than {page} records; use the feed or a filter.")
        base, _, name = address.rpartition("/")
        metadata = json.dumps(f"{base}/$metadata#{name}")
        parts = [f'"odata.metadata":{metadata}' if api == "v3" else f'"@odata.context":{metadata}']
        if query.get("$count") == "true" and api == "v4":
            parts.append(f'"@odata.count":{len(rows)}')
        if query.get("$inlinecount") == "allpages" and api == "v3":
            parts.append(f'"odata.count":"{len(rows)}"')
        parts.append(f'"value":{write_rows(kolommen, left[:page], _columns(query, kolommen))}')
        if len(left) > page:
            link = _link(address, query, skip=skip + page, top=None if top is None else top - page)
            parts.append(f'"{sign}odata.nextLink":{json.dumps(link)}')
        return Antwoord(200, "{" + ",".join(parts) + "}", rijen=True)

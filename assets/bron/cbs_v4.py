"""CBS over OData v4 (`datasets.cbs.nl/odata/v1/CBS`): long observations, codes without padding, plain HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.bron.bronlijst import Brontabel
from assets.bron.http import AfwezigError, Client, encode_query
from assets.bron.momentopname import Rij
from assets.bron.structuur import BronOnderwerp, Code, Keuze, Structuur
from assets.bron.vraag import Deel, split_ids, split_question

# HTTP 400 'node count limit of 1000' at 180 or-terms; 165 pass (seen in 2026).
MAX_TERMS = 165
# Characters of an address: what 165 terms come to.
MAX_QUERY = 6_000
# Rows. A page holds 100,000; from here on the source's time a row weighs more than three requests extra.
SPLIT_FROM = 20_000


@dataclass(frozen=True)
class CbsV4:
    """The v4 catalogue at `base`, without a slash at the end."""

    base: str
    client: Client
    api = "v4"
    split_from = SPLIT_FROM

    def url(self, tabel: str) -> str:
        """Where a table stands."""
        return f"{self.base}/{tabel}"

    def read_info(self, tabel: str) -> tuple[Rij, dict[str, bytes]]:
        """Read what the source says of a table now, with the answers as they came.

        Raises AfwezigError when the source does not have it, else BronError.
        """
        body = self.client.get_whole_json(f"{self.url(tabel)}/Properties")
        p = json.loads(body)
        info = {
            "titel": p.get("Title"),
            "Modified": p.get("Modified"),
            "MetaDataModified": p.get("MetaDataModified"),
            "ObservationsModified": p.get("ObservationsModified"),
            "Version": p.get("Version"),
            "status": p.get("Status"),
            "licentie": p.get("License"),
        }
        return info, {"Properties": body}

    def read_catalogus(self, ids: Sequence[str]) -> dict[str, Rij]:
        """Read what says that these tables changed: id -> {Modified, MetaDataModified, Version}. Raises BronError.

        A table that the catalogue does not have is left out.
        """
        found: dict[str, Rij] = {}
        for question in split_ids(ids, self._fits):
            rows = self.client.get_json(f"{self.base}/Datasets?{encode_query(filter=question)}")["value"]
            found |= {
                t["Identifier"]: {name: t.get(name) for name in ("Modified", "MetaDataModified", "Version")}
                for t in rows
            }
        return found

    def _list(self, tabel: str, name: str, meta: Path | None) -> list[Rij]:
        """Read a list of metadata, page after page; each page is kept."""
        url: str | None = f"{self.url(tabel)}/{name}"
        rows: list[Rij] = []
        number = 0
        while url:
            number += 1
            suffix = "" if number == 1 else f"-{number}"
            content = self.client.get_json(url, meta / f"{name}{suffix}.json.gz" if meta else None)
            rows += content["value"]
            url = content.get("@odata.nextLink")
        return rows

    def _groups(self, tabel: str, name: str, meta: Path | None) -> dict[str, tuple[str, ...]] | None:
        """Read groups: id -> titles from the outside in. None when the source (a replay) does not have them."""
        try:
            rows = {str(g["Id"] if "Id" in g else g["Identifier"]): g for g in self._list(tabel, name, meta)}
        except AfwezigError:
            return None

        def path(group: str | None) -> tuple[str, ...]:
            row = rows.get(str(group)) if group is not None else None
            return () if row is None else (*path(row.get("ParentId")), str(row["Title"]).strip())

        return {group: path(group) for group in rows}

    def read_structuur(self, tabel: Brontabel, meta: Path | None) -> Structuur:
        """Read the topics and code lists of a table; keep the answers in folder `meta`, if given. Raises BronError."""
        dimensions = self._list(tabel.id, "Dimensions", meta)
        measures = self._list(tabel.id, "MeasureCodes", meta)
        grouped = any(m.get("MeasureGroupId") is not None for m in measures)
        groups = self._groups(tabel.id, "MeasureGroups", meta) if grouped else {}
        topics = []
        for m in measures:
            group = m.get("MeasureGroupId")
            pad = () if group is None else None if groups is None else groups.get(str(group))
            topics.append(
                BronOnderwerp(
                    sleutel=m["Identifier"],
                    titel=m["Title"],
                    pad=pad,
                    eenheid=m.get("Unit") or "",
                    decimalen=m.get("Decimals"),
                    datatype=m.get("DataType") or "",
                    beschrijving=m.get("Description") or "",
                )
            )
        codes = {}
        for d in dimensions:
            name = d["Identifier"]
            paths = (self._groups(tabel.id, f"{name}Groups", meta) if d.get("ContainsGroups") else {}) or {}
            codes[name] = tuple(
                Code(
                    dimensie=name,
                    code=c["Identifier"].strip(),
                    sleutel=c["Identifier"],
                    titel=c.get("Title") or "",
                    beschrijving=c.get("Description") or "",
                    groep=" > ".join(paths.get(str(c.get("DimensionGroupId")), ()))
                    or str(c.get("DimensionGroupId") or ""),
                    status=None if c.get("Status") in (None, "None") else str(c["Status"]),
                    volgorde=int(c.get("Index") or i),
                )
                for i, c in enumerate(self._list(tabel.id, f"{name}Codes", meta))
            )
        return Structuur(tuple(topics), codes)

    def count(self, tabel: str, question: str) -> int | None:
        """Let the source count the rows of a filter; None when it does not count."""
        return self.client.get_count(f"{self.url(tabel)}/Observations/$count?{encode_query(filter=question)}")

    def plan(self, tabel: Brontabel, keuze: Keuze, parts: int) -> list[Deel]:
        """Split the question over Perioden into at least `parts` parts, each within the limit on or-terms."""
        topics = [f"Measure eq '{o.sleutel}'" for o in {o.sleutel: o for o in keuze.onderwerpen.values()}.values()]
        return split_question(tabel, keuze, parts, self._fits, topics)

    @staticmethod
    def _fits(question: str) -> bool:
        terms = question.count(" eq '") + question.count("startswith(")
        return terms <= MAX_TERMS and len(encode_query(filter=question)) <= MAX_QUERY

    def first_page(self, tabel: str, keuze: Keuze, deel: Deel) -> str:
        """Give the address of the first page of a part."""
        # No $select: an observation is small, and every column of it belongs in the kept page.
        return f"{self.url(tabel)}/Observations?{encode_query(filter=deel.filter)}"

"""CBS over OData v4 (`datasets.cbs.nl/odata/v1/CBS`): long observations, codes without padding, plain HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assets.bron import antwoord
from assets.bron.bronlijst import Brontabel
from assets.bron.http import AfwezigError, BronError, Client, encode_query, find_link, follow, read_json
from assets.bron.momentopname import Rij
from assets.bron.structuur import BronOnderwerp, Code, Keuze, Structuur
from assets.bron.vraag import Deel, split_ids, split_question
from begrippen.redenen import Reden

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
        url = f"{self.url(tabel)}/Properties"
        body = self.client.get_whole_json(url)
        p = antwoord.read_object(antwoord.V4Info, read_json(body, url), "Properties")
        antwoord.check_tabel(p.Identifier, tabel, "Properties")
        info = {
            "titel": p.Title,
            "Modified": p.Modified,
            "MetaDataModified": p.MetaDataModified,
            "ObservationsModified": p.ObservationsModified,
            "Version": p.Version,
            "status": p.Status,
            "licentie": p.License,
        }
        return info, {"Properties": body}

    def read_catalogus(self, ids: Sequence[str]) -> dict[str, antwoord.Catalogusrij]:
        """Read what says that these tables changed: by id. Raises BronError.

        A table that the catalogue does not have is left out.
        """
        found: dict[str, antwoord.Catalogusrij] = {}
        for question in split_ids(ids, self._fits):
            url = f"{self.base}/Datasets?{encode_query(filter=question)}"
            rows = antwoord.list_of(self.client.get_json(url), "Datasets")
            found |= antwoord.read_catalogus(rows)
        return found

    def read_titels(self) -> list[antwoord.Catalogustitel]:
        """Read the whole catalogue: what each table is called. Raises BronError."""
        query = encode_query(select="Identifier,Title,Status")
        return antwoord.read_rows(
            antwoord.Catalogustitel, self._pages(f"{self.base}/Datasets?{query}", None), "Datasets"
        )

    def _list(self, tabel: str, name: str, meta: Path | None) -> list[object]:
        """Read a list of metadata, page after page; each page is kept."""
        return self._pages(f"{self.url(tabel)}/{name}", meta)

    def _pages(self, first: str, meta: Path | None) -> list[object]:
        url: str | None = first
        name = urlsplit(first).path.rpartition("/")[2]
        rows: list[object] = []
        seen: set[str] = set()
        while url:
            if url in seen:
                raise BronError(Reden("kring", waar=url))
            seen.add(url)
            suffix = "" if len(seen) == 1 else f"-{len(seen)}"
            content = self.client.get_json(url, meta / f"{name}{suffix}.json.gz" if meta else None)
            rows += antwoord.list_of(content, name)
            url = follow(url, find_link(content))
        return rows

    def _groups(self, tabel: str, name: str, meta: Path | None) -> Mapping[str, tuple[str, ...]] | None:
        """Read groups: id -> titles from the outside in. None when the source (a replay) does not have them."""
        try:
            rows = self._list(tabel, name, meta)
        except AfwezigError:
            return None
        groups = antwoord.read_rows(antwoord.V4Groep, rows, name, key=lambda g: g.Id)
        return antwoord.read_paths(((g.Id, g.ParentId, g.Title) for g in groups), name)

    def read_structuur(self, tabel: str, meta: Path | None) -> Structuur:
        """Read the topics and code lists of a table; keep the answers in folder `meta`, if given. Raises BronError."""
        rows = self._list(tabel, "Dimensions", meta)
        dimensions = antwoord.read_rows(antwoord.V4Dimensie, rows, "Dimensions", key=lambda d: d.Identifier)
        rows = self._list(tabel, "MeasureCodes", meta)
        measures = antwoord.read_rows(antwoord.V4Onderwerp, rows, "MeasureCodes", key=lambda m: m.Identifier)
        grouped = any(m.MeasureGroupId is not None for m in measures)
        groups = self._groups(tabel, "MeasureGroups", meta) if grouped else {}
        topics = []
        for m in measures:
            group = m.MeasureGroupId
            topics.append(
                BronOnderwerp(
                    sleutel=m.Identifier,
                    titel=m.Title,
                    pad=() if group is None else None if groups is None else groups.get(group),
                    eenheid=m.Unit,
                    decimalen=m.Decimals,
                    datatype=m.DataType,
                    beschrijving=m.Description,
                )
            )
        codes = {}
        for d in dimensions:
            name = d.Identifier
            paths = (self._groups(tabel, f"{name}Groups", meta) if d.ContainsGroups else {}) or {}
            rows = self._list(tabel, f"{name}Codes", meta)
            codelist = antwoord.read_rows(antwoord.V4Code, rows, f"{name}Codes", key=lambda c: c.Identifier.strip())
            codes[name] = tuple(
                Code(
                    dimensie=name,
                    code=c.Identifier.strip(),
                    sleutel=c.Identifier,
                    titel=c.Title,
                    beschrijving=c.Description,
                    groep=" > ".join(paths.get(c.DimensionGroupId or "", ())) or c.DimensionGroupId or "",
                    status=None if c.Status in (None, "None") else c.Status,
                    volgorde=c.Index or i,
                )
                for i, c in enumerate(codelist)
            )
        return Structuur(tuple(topics), codes, {d.Identifier: d.Kind for d in dimensions})

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

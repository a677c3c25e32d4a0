"""The municipalities of a year as CBS gives them ('Gebieden in Nederland'), held against our own list of regions.

No table of figures says in which COROP area a municipality lies, and a code that our list does not have refuses every
answer that has it. So each year, when municipalities merge, the list has to follow; this says how, and does it.

What a column holds is told by its codes (`PV` and two digits, `CR` and two digits), not by its name: CBS numbers its
columns anew each year.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from assets.bron.antwoord import Catalogustitel, list_of
from assets.bron.cbs_v3 import CbsV3
from assets.bron.http import BronError, encode_query, find_link, follow
from assets.bron.opvolger import pattern, years
from begrippen.fout import MonitorError
from begrippen.redenen import Reden
from begrippen.regio import GEGEVENS
from begrippen.regionaam import fold

TITEL = "Gebieden in Nederland 2026"
# the kinds of region that a municipality is a member of in our list, and what the codes of one look like
SOORTEN: Mapping[str, re.Pattern[str]] = {"provincie": re.compile(r"PV\d\d"), "corop": re.compile(r"CR\d\d")}
_GEMEENTE = re.compile(r"GM\d{4}")
# A herindeling took at most 7% of the municipalities in a year (2019: from 380 to 355); less is half an answer.
MINSTE_DEEL = 0.85
ONBEVESTIGD = "niet bevestigd"
LIJSTEN = ("regio.csv", "regio_lid.csv")
_CELLEN = TypeAdapter(list[dict[str, str | int | float | None]])


class IndelingError(MonitorError):
    """The table does not say what a municipality is a member of in a way that can be taken over."""

    code = "indeling"
    exit_code = 1


@dataclass(frozen=True)
class Gemeente:
    """A municipality of a year, with the codes of its province and COROP area."""

    code: str
    naam: str
    provincie: str
    corop: str


@dataclass(frozen=True)
class Indeling:
    """The municipalities of 1 January of a year, by code, and the table that gave them."""

    tabel: str
    titel: str
    jaar: int
    gemeenten: Mapping[str, Gemeente]

    @property
    def dag(self) -> date:
        """The day from which it holds."""
        return date(self.jaar, 1, 1)

    @property
    def herkomst(self) -> str:
        """What stands behind a row of our list that it gave."""
        return f"CBS {self.tabel}, {self.titel}"


@dataclass(frozen=True)
class Verschil:
    """How our list differs from a year of CBS, in codes.

    `verplaatst`: code, kind of region, which it was and which it is; `bevestigd`: region and member.
    """

    nieuw: tuple[str, ...] = ()
    opgeheven: tuple[str, ...] = ()
    hernoemd: tuple[str, ...] = ()
    verplaatst: tuple[tuple[str, str, str, str], ...] = ()
    bevestigd: tuple[tuple[str, str], ...] = ()

    @property
    def anders(self) -> bool:
        """Whether something has to change; what is only confirmed says nothing else than before."""
        return bool(self.nieuw or self.opgeheven or self.hernoemd or self.verplaatst)


def find_tabel(titels: Iterable[Catalogustitel], jaar: int | None = None) -> Catalogustitel:
    """Find the table of a year in a catalogue, by its title: of this year, or the newest. Raises IndelingError."""
    form = pattern(TITEL)
    found = {years(t.Title)[0]: t for t in titels if pattern(t.Title) == form}
    if jaar is not None and jaar in found:
        return found[jaar]
    if jaar is not None or not found:
        known = ", ".join(map(str, sorted(found))) or "geen enkel jaar"
        which = f"'Gebieden in Nederland {jaar}'" if jaar else "een tabel 'Gebieden in Nederland'"
        raise IndelingError(f"de catalogus heeft {which} niet; wel van: {known}")
    return found[max(found)]


def _read_rows(bron: CbsV3, tabel: str) -> list[dict[str, str]]:
    """Every row of a table, each cell as text without the blanks around it; an empty one as an empty text."""
    url: str | None = f"{bron.url(tabel)}/UntypedDataSet?{encode_query(format='json')}"
    found: list[dict[str, str]] = []
    seen: set[str] = set()
    while url:
        if url in seen:
            raise BronError(Reden("kring", waar=url))
        seen.add(url)
        content = bron.client.get_json(url)
        try:
            rows = _CELLEN.validate_python(list_of(content, "UntypedDataSet"))
        except ValidationError as error:
            place = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
            gegevens = {"deel": "UntypedDataSet", "plaats": place, "melding": "is geen tekst en geen getal"}
            raise BronError(Reden("antwoord_past_niet", gegevens, waar=url)) from None
        found += [{k: "" if v is None else str(v).strip() for k, v in row.items()} for row in rows]
        url = follow(url, find_link(content))
    return found


def _find_column(rows: Sequence[Mapping[str, str]], soort: str, tabel: str) -> str:
    """The column in which every row has a code of this kind. Raises IndelingError for none, and for two that differ."""
    form = SOORTEN[soort]
    found = [c for c in rows[0] if all(form.fullmatch(row.get(c, "")) for row in rows)]
    if not found or len({tuple(row[c] for row in rows) for c in found}) > 1:
        what = f"de kolommen {', '.join(found)} verschillen" if found else "er is geen kolom met in elke rij zo'n code"
        raise IndelingError(
            f"bij welke {soort} een gemeente hoort is niet te zien: {what}",
            waar=tabel,
            vervolg="Neem de tabel op om te laten zien, en vul begrippen/gegevens/regio_lid.csv zelf aan.",
        )
    return found[0]


def read_indeling(bron: CbsV3, rij: Catalogustitel) -> Indeling:
    """Read the municipalities of a table. Raises BronError, and IndelingError for what is not clear."""
    tabel = rij.Identifier
    structuur = bron.read_structuur(tabel, None)
    regios = [d for d, codes in structuur.codes.items() if any(_GEMEENTE.fullmatch(c.code) for c in codes)]
    if len(regios) != 1:
        raise IndelingError("geen dimensie of meer dan een heeft gemeenten", waar=tabel)
    namen = {c.code: re.sub(r" \(gemeente\)$", "", c.titel.strip()) for c in structuur.codes[regios[0]]}
    rows = [r for r in _read_rows(bron, tabel) if _GEMEENTE.fullmatch(r.get(regios[0], ""))]
    codes = [r[regios[0]] for r in rows]
    if not rows or len(set(codes)) < len(codes) or set(codes) != {c for c in namen if _GEMEENTE.fullmatch(c)}:
        raise IndelingError("niet elke gemeente van de codelijst heeft een rij, of een heeft er meer", waar=tabel)
    kolom = {soort: _find_column(rows, soort, tabel) for soort in SOORTEN}
    gemeenten = {
        code: Gemeente(code, namen[code], row[kolom["provincie"]], row[kolom["corop"]])
        for code, row in sorted(zip(codes, rows, strict=True), key=lambda pair: pair[0])
    }
    return Indeling(tabel, rij.Title.strip(), years(rij.Title)[0], gemeenten)


def compare(indeling: Indeling, ours: pd.DataFrame, leden: pd.DataFrame, regios: Iterable[str]) -> Verschil:
    """Hold our list against a year of CBS.

    ours: the municipalities of that day [code, naam, provincie, corop] (`begrippen.regio.gemeenten_op`); leden: as
    `read_leden`; regios: every code of ours. Raises IndelingError for a table that has far fewer municipalities than we
    have, and for a province or COROP area that we do not know.
    """
    theirs, own = indeling.gemeenten, {str(r["code"]): r for r in ours.to_dict("records")}
    if len(theirs) < MINSTE_DEEL * len(own):
        raise IndelingError(f"geeft {len(theirs)} gemeenten en wij kennen er {len(own)}", waar=indeling.tabel)
    known = set(regios)
    if strange := sorted({c for g in theirs.values() for c in (g.provincie, g.corop)} - known):
        raise IndelingError(f"deelt in bij {', '.join(strange)}, en die kennen wij niet", waar=indeling.tabel)
    if again := sorted((theirs.keys() - own.keys()) & known):
        raise IndelingError(
            f"{', '.join(again)} is er dat jaar, en bij ons dan niet meer of nog niet",
            waar=indeling.tabel,
            vervolg="Kijk in begrippen/gegevens/regio.csv naar 'geldig_van' en 'geldig_tot' van deze code.",
        )
    both = sorted(theirs.keys() & own.keys())
    # of a municipality that is no more we do not know the COROP area of then
    was = {(c, s): str(own[c][s]) for c in both for s in SOORTEN if not pd.isna(own[c][s])}
    now = {(c, s): str(getattr(theirs[c], s)) for c, s in was}
    open_ = leden[leden["herkomst"].str.startswith(ONBEVESTIGD) & leden["geldig_tot"].isna()]
    unconfirmed = set(zip(open_["regio"], open_["lid"], strict=True))
    return Verschil(
        nieuw=tuple(sorted(theirs.keys() - own.keys())),
        opgeheven=tuple(sorted(own.keys() - theirs.keys())),
        hernoemd=tuple(c for c in both if fold(theirs[c].naam) != fold(str(own[c]["naam"]))),
        verplaatst=tuple((c, s, was[c, s], now[c, s]) for c, s in was if was[c, s] != now[c, s]),
        bevestigd=tuple(sorted((now[c, s], c) for c, s in now if (now[c, s], c) in unconfirmed)),
    )


Rijen = list[dict[str, str]]


def _change_regios(rijen: Rijen, v: Verschil, indeling: Indeling) -> None:
    dag = indeling.dag.isoformat()
    for rij in rijen:
        if rij["code"] in v.opgeheven:
            rij["geldig_tot"] = dag
        if rij["code"] in v.hernoemd:
            rij["naam"] = indeling.gemeenten[rij["code"]].naam
    for code in v.nieuw:
        new = {"code": code, "naam": indeling.gemeenten[code].naam, "soort": "gemeente", "geldig_van": dag}
        _insert(rijen, new | {"herkomst": indeling.herkomst}, ("code",), lambda r: r["soort"] == "gemeente")


def _change_leden(rijen: Rijen, v: Verschil, indeling: Indeling) -> None:
    dag = indeling.dag.isoformat()
    gone = {(was, code) for code, _, was, _ in v.verplaatst}
    for rij in rijen:
        place = (rij["regio"], rij["lid"])
        of_kind = any(form.fullmatch(rij["regio"]) for form in SOORTEN.values())
        if not rij["geldig_tot"] and of_kind and (rij["lid"] in v.opgeheven or place in gone):
            rij["geldig_tot"] = dag
        if not rij["geldig_tot"] and place in v.bevestigd:
            rij["herkomst"] = indeling.herkomst
    new = [(now, code) for code, _, _, now in v.verplaatst]
    new += [(getattr(indeling.gemeenten[code], soort), code) for code in v.nieuw for soort in SOORTEN]
    for regio, lid in sorted(new):
        row = {"regio": regio, "lid": lid, "geldig_van": dag, "herkomst": indeling.herkomst}
        _insert(rijen, row, ("regio", "lid"), lambda _: True)


def _insert(rijen: Rijen, row: dict[str, str], sleutel: Sequence[str], among: Callable[[dict[str, str]], bool]) -> None:
    """Put a row behind the last one (of those `among` which it belongs) whose key is not larger."""
    key = [row[k] for k in sleutel]
    places = [i for i, r in enumerate(rijen) if among(r) and [r[k] for k in sleutel] <= key]
    rijen.insert(places[-1] + 1 if places else len(rijen), {k: row.get(k, "") for k in rijen[0]})


def work_in(verschil: Verschil, indeling: Indeling, folder: Path = GEGEVENS) -> dict[Path, str]:
    """Give our lists with a difference worked in: file -> its text; only those that change."""
    found: dict[Path, str] = {}
    for name, change in zip(LIJSTEN, (_change_regios, _change_leden), strict=True):
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            old = file.read()
        reader = csv.DictReader(io.StringIO(old, newline=""), delimiter=";")
        rijen = list(reader)
        change(rijen, verschil, indeling)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(reader.fieldnames or ()), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rijen)
        if text.getvalue() != old:
            found[path] = text.getvalue()
    return found

"""The gate: what came is checked against the list of sources and the previous answer, and accepted or refused.

Two moments. Before the rows are asked for, `choose` finds the topics, dimensions and codes of the selectie, by the
signs of `assets.bron.herkenning`. After they came, `judge` looks at the rows. A refusal is a list of reasons, each
a record; the answer is kept, and the last accepted one stays in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from assets.bron.bronlijst import Brontabel, Dimensie, Onderwerp
from assets.bron.herkenning import find_codes, find_dimensions, find_topics
from assets.bron.kandidaten import rank_codes, rank_topics
from assets.bron.momentopname import Rij
from assets.bron.schrijfwijze import fold
from assets.bron.structuur import BronOnderwerp, Code, Keuze, Structuur, choose_codes, is_periode
from begrippen.redenen import Reden, Redenen, to_json

CANDIDATES = 3


def missed(naam: str, reden: Reden, kandidaten: Iterable[str] = ()) -> Rij:
    """A row of `niet_gevonden` as it is kept: what was expected, why it is not there, and what looks most like it."""
    return {"onderwerp": naam, "reden": to_json([reden])[0], "kandidaten": list(kandidaten)}


@dataclass(frozen=True)
class Bevinding:
    """What the gate found. `redenen`: why it refuses; empty when it accepts.

    `niet_gevonden`: {onderwerp, reden, kandidaten} for each topic or code that was expected and is not there.
    """

    redenen: Redenen = ()
    niet_gevonden: tuple[Rij, ...] = ()
    waarschuwingen: Redenen = ()

    def __add__(self, other: Bevinding) -> Bevinding:
        return Bevinding(
            self.redenen + other.redenen,
            self.niet_gevonden + other.niet_gevonden,
            self.waarschuwingen + other.waarschuwingen,
        )


@dataclass
class _Findings:
    redenen: list[Reden] = field(default_factory=list)
    niet_gevonden: list[Rij] = field(default_factory=list)
    waarschuwingen: list[Reden] = field(default_factory=list)

    def miss(self, naam: str, reden: Reden, kandidaten: Iterable[str] = ()) -> None:
        self.niet_gevonden.append(missed(naam, reden, kandidaten))

    def freeze(self) -> Bevinding:
        return Bevinding(tuple(self.redenen), tuple(self.niet_gevonden), tuple(self.waarschuwingen))


def nearest(expected: Onderwerp, onderwerpen: Sequence[BronOnderwerp], count: int = CANDIDATES) -> list[str]:
    """Give the topics of a source that look most like the one expected, best first."""
    return [t.regel for t in rank_topics(expected, onderwerpen)[:count]]


def _otherwise(naam: str, hoe: str, gevonden: str) -> Reden:
    return Reden("anders_gevonden", {"naam": naam, "hoe": hoe, "gevonden": gevonden})


def _choose_topics(
    f: _Findings, tabel: Brontabel, structuur: Structuur, eerder: Structuur | None, deel: bool
) -> dict[str, BronOnderwerp]:
    found: dict[str, BronOnderwerp] = {}
    vondsten = find_topics(tabel.onderwerpen, structuur.onderwerpen, eerder.onderwerpen if eerder else ())
    for naam, vondst in vondsten.items():
        expected = tabel.onderwerpen[naam]
        if vondst.onderwerp is not None:
            found[naam] = vondst.onderwerp
            if vondst.hoe != "letterlijk":
                f.waarschuwingen.append(_otherwise(naam, vondst.hoe, vondst.onderwerp.regel))
        elif vondst.reden is not None:
            f.miss(naam, vondst.reden, nearest(expected, structuur.onderwerpen))
            if expected.zekerheid == "K" and not (deel and vondst.reden.code == "titel_ontbreekt"):
                f.redenen.append(replace(vondst.reden, wat=naam))
    if not found and not f.redenen:
        f.redenen.append(Reden("geen_onderwerp"))
    return found


def _choose_codes(
    f: _Findings, dim: str, wanted: Dimensie, available: tuple[Code, ...]
) -> tuple[tuple[Code, ...], dict[str, str]]:
    """Choose the codes of a dimension of ours; also code of the source -> ours, where they differ."""
    ours: dict[str, str] = {}
    for code, vondst in find_codes(dim, wanted, available).items():
        titel = wanted.codes.get(code, code)
        if vondst.code is None:
            if vondst.reden is not None:
                f.miss(
                    f"{dim}={code}",
                    vondst.reden,
                    [f"{c.code} {c.titel.strip()}" for c in rank_codes(titel, available)[:CANDIDATES]],
                )
            continue
        ours[vondst.code.code] = code
        if vondst.hoe != "letterlijk":
            found = f"{vondst.code.code} {vondst.code.titel.strip()}"
            f.waarschuwingen.append(_otherwise(f"{dim}={code}", vondst.hoe, found))
        elif fold(vondst.code.titel) != fold(titel):
            renamed = {"dimensie": dim, "code": code, "titel": vondst.code.titel.strip(), "verwacht": titel}
            f.waarschuwingen.append(Reden("code_andere_titel", renamed))
    chosen = choose_codes(wanted, available, ours)
    for regio in wanted.regios:
        if not any(ours.get(c.code, c.code).startswith(regio.removesuffix("*")) for c in chosen):
            f.miss(f"{dim}={regio}", Reden("regio_ontbreekt", {"regio": regio}))
    return chosen, {source: code for source, code in ours.items() if source != code}


def choose(
    tabel: Brontabel, structuur: Structuur, eerder: Structuur | None = None, *, deel: bool = False
) -> tuple[Keuze, Bevinding]:
    """Choose what to ask for, and find what is not there. A pure function of the list of sources and the metadata.

    eerder: what the source said of the table at the last accepted answer, where that is known. deel: the answers may be
    a part of the table (a recording), in which a topic that is not there at all says nothing about the source.
    """
    f = _Findings()
    found = _choose_topics(f, tabel, structuur, eerder, deel)
    dims = find_dimensions(tabel, structuur)
    if dims.over or set(dims.namen) != set(tabel.dimensies):
        differ = {"gevonden": tuple(sorted(structuur.codes)), "verwacht": tuple(sorted(tabel.dimensies))}
        f.redenen.append(Reden("andere_dimensies", differ))
    codes: dict[str, tuple[Code, ...]] = {}
    eigen: dict[str, dict[str, str]] = {}
    lijsten = {dim: structuur.codes[dims.namen[dim]] if dim in dims.namen else () for dim in tabel.dimensies}
    for dim, wanted in tabel.dimensies.items():
        available = lijsten[dim]
        codes[dim], eigen[dim] = _choose_codes(f, dim, wanted, available)
        if dims.hoe.get(dim, "letterlijk") != "letterlijk":
            f.waarschuwingen.append(_otherwise(dim, dims.hoe[dim], dims.namen[dim]))
        if wanted.soort == "periode":
            recent = [c.code for c in available if c.code[:4] >= str(wanted.vanaf or "")]
            if odd := [c for c in recent if not is_periode(c)]:
                f.redenen.append(Reden("periode_onbekend", {"periodes": tuple(odd[:5])}))
        if dim in dims.namen and not codes[dim]:
            f.redenen.append(Reden("geen_code", {"dimensie": dim}))
    keuze = Keuze(
        found,
        codes,
        lijsten,
        {ours: source for ours, source in dims.namen.items() if ours != source},
        {dim: own for dim, own in eigen.items() if own},
    )
    return keuze, f.freeze()


def _rows(db: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return db.execute(query, list(values)).fetchall()


def _cell(onderwerp: str, regio: str | None, periode: str, uitsplitsing: str, marge: str | None) -> str:
    parts = (onderwerp, regio, periode, None if uitsplitsing == "totaal" else uitsplitsing, marge)
    return ", ".join(p for p in parts if p)


def judge(
    db: duckdb.DuckDBPyConnection,
    waarnemingen: Path,
    bekende_regios: frozenset[str],
    *,
    verwacht: int | None = None,
    gekregen: int | None = None,
    dubbel: Sequence[str] = (),
    regios: Iterable[str] = (),
    namen: dict[str, str] | None = None,
    vorige: Path | None = None,
    vorige_namen: dict[str, str] | None = None,
    dekking: float = 0.0,
    vergelijk: Callable[[duckdb.DuckDBPyConnection], list[Reden]] | None = None,
) -> Bevinding:
    """Judge the rows of a momentopname, with a connection that reads them and `vorige`.

    waarnemingen: the Parquet; bekende_regios: the closed list (empty: no list was given, so none is checked).
    verwacht, gekregen: rows by the source's own count, and rows that came. dubbel: cells that came more than once.
    regios: codes of a second region dimension.
    namen: topic key -> our alias, for the comparison with `vorige`; at least the share `dekking` of it must be there.
    vergelijk: what else to hold against `vorige`, with the same connection.
    """
    f = _Findings()
    waarnemingen, vorige = waarnemingen.absolute(), vorige.absolute() if vorige else None
    new = str(waarnemingen)
    if _rows(db, "SELECT count(*) FROM read_parquet(?)", new)[0][0] == 0:
        return Bevinding(redenen=(Reden("leeg"),))
    if verwacht is not None and gekregen is not None and verwacht != gekregen:
        f.redenen.append(Reden("telling", {"verwacht": verwacht, "gekregen": gekregen}))
    present = {r[0] for r in _rows(db, "SELECT DISTINCT regio FROM read_parquet(?) WHERE regio IS NOT NULL", new)}
    if bekende_regios and (unknown := sorted((present | set(regios)) - bekende_regios)):
        f.redenen.append(Reden("regio_onbekend", {"regios": tuple(unknown[:5]), "aantal": len(unknown)}))
    odd = [r[0] for r in _rows(db, "SELECT DISTINCT periode FROM read_parquet(?)", new) if not is_periode(r[0] or "")]
    if odd:
        f.redenen.append(Reden("periode_onbekend", {"periodes": tuple(sorted(map(str, odd))[:5])}))
    if dubbel:
        f.redenen.append(Reden("dubbel", {"cellen": tuple(dubbel)}))
    if vorige is not None and dekking > 0 and not f.redenen:
        f.redenen.extend(
            _shrunk(db, new=waarnemingen, old=vorige, names=namen or {}, old_names=vorige_namen or {}, dekking=dekking)
        )
    if vorige is not None and vergelijk and not f.redenen:
        f.redenen.extend(vergelijk(db))
    return f.freeze()


def _shrunk(
    db: duckdb.DuckDBPyConnection,
    *,
    new: Path,
    old: Path,
    names: dict[str, str],
    old_names: dict[str, str],
    dekking: float,
) -> list[Reden]:
    # By our alias: v3 renumbers its keys when a topic is inserted.
    for name, mapping in (("naam_nieuw", names), ("naam_oud", old_names)):
        db.execute(f"CREATE TABLE {name} (onderwerp VARCHAR, naam VARCHAR)")
        if mapping:
            db.executemany(f"INSERT INTO {name} VALUES (?, ?)", list(mapping.items()))
    cells = (
        "SELECT DISTINCT coalesce(n.naam, w.onderwerp) AS naam, regio, periode, uitsplitsing, marge "
        "FROM read_parquet(?) w LEFT JOIN {} n USING (onderwerp) WHERE w.waarde IS NOT NULL"
    )
    db.execute(f"CREATE TABLE nieuw AS {cells.format('naam_nieuw')}", [str(new)])
    db.execute(f"CREATE TABLE oud AS {cells.format('naam_oud')}", [str(old)])
    before = _rows(db, "SELECT count(*) FROM oud")[0][0]
    gone = _rows(
        db,
        "SELECT naam, regio, periode, uitsplitsing, marge, count(*) OVER () FROM oud o WHERE NOT EXISTS ("
        "FROM nieuw n WHERE n.naam = o.naam AND n.periode = o.periode AND n.uitsplitsing = o.uitsplitsing "
        "AND n.regio IS NOT DISTINCT FROM o.regio AND n.marge IS NOT DISTINCT FROM o.marge) ORDER BY ALL LIMIT 3",
    )
    if not gone or (before - gone[0][5]) / before >= dekking:
        return []
    shrunk = {
        "cellen": before,
        "over": 100 * (before - gone[0][5]) / before,
        "dekking": 100 * dekking,
        "weg": tuple(_cell(*row[:5]) for row in gone),
    }
    return [Reden("gekrompen", shrunk)]

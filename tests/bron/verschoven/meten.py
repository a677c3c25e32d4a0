"""What becomes of a shifted table: found, proposed, neither, or wrong; read from a server over HTTP."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

import duckdb

from assets.bron import poort
from assets.bron.bronlijst import TABELLEN, Brontabel, read_tabellen
from assets.bron.fetch import Adressen, fetch_tabel, open_bron
from assets.bron.gezienlijst import GezieneTabel, read_gezien
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.opvolger import propose_opvolger, years
from assets.bron.structuur import Keuze, Structuur
from assets.bron.voorbeeld.indeling import Gebieden
from assets.bron.voorbeeld.kubus import Tabelmaker
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.server import serve
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel
from assets.bron.voorbeeld.vorm import Tabelvorm
from assets.bron.voorstel import Voorstel, make_voorstellen
from assets.bron.voorstellen import read_catalogi, work_in, write
from begrippen.regio import known_codes, read_leden, read_regios
from pipelines.voorstel import read_gebruik
from tests.bron.rauw import Klok
from tests.bron.verschoven.regels import NERGENS, REGELS, Plek, Vorm, Waarheid, can, follow, shift

Uitslag = Literal["gevonden", "voorstel", "geen", "FOUT"]
# 28 or 29 of each of the seven rules
AANTAL = 200
# a version of a classification, not the year of a table
GEEN_JAAR = ("83599NED",)


def draw_vormen(aantal: int = AANTAL) -> list[Vorm]:
    """Make the shapes, rule after rule; fewer are the first of each rule."""
    lijst, gezien = read_tabellen(), read_gezien()
    names = [*REGELS, "opvolger"]
    newest = [
        t
        for t in lijst.values()
        if years(t.titel) and t.opvolger is None and t.id not in GEEN_JAAR and not _has_later(t, lijst)
    ]
    vormen: dict[str, Vorm] = {}
    for place in range(aantal):
        regel, nummer = names[place % len(names)], place // len(names)
        if regel == "opvolger":
            tabel = _pick(f"{regel} {nummer}", newest)
            new = follow(nummer, tabel, gezien[tabel.id], years(tabel.titel))
            vormen[_key(new)] = new
            continue
        tabel = _draw_tabel(regel, nummer)
        tries = (shift(regel, nummer, tabel, gezien[tabel.id], poging) for poging in itertools.count())
        new = next(v for v in tries if _key(v) not in vormen)
        vormen[_key(new)] = new
    return sorted(vormen.values(), key=lambda v: (names.index(v.regel), v.nummer))


def draw_weg(aantal: int) -> list[Vorm]:
    """Make shapes of which a topic is gone, with one that looks like it in its place."""
    tabellen = [_draw_tabel("weg", nummer) for nummer in range(aantal)]
    return [shift("weg", n, tabel, read_gezien()[tabel.id]) for n, tabel in enumerate(tabellen)]


def _key(vorm: Vorm) -> str:
    return f"{vorm.eerder} {vorm.catalogus} {vorm.nu.model_dump_json()}"


def _draw_tabel(regel: str, nummer: int) -> Brontabel:
    gezien = read_gezien()
    able = [t for t in read_tabellen().values() if can(regel, t, gezien[t.id])]
    return _pick(f"{regel} {nummer}", able)


def _pick(naam: str, tabellen: list[Brontabel]) -> Brontabel:
    """Draw a table so that one that is added to the list changes few of the draws."""
    return min(tabellen, key=lambda t: Random(f"{naam} {t.id}").random())


def _has_later(tabel: Brontabel, lijst: Mapping[str, Brontabel]) -> bool:
    """Whether the list has the same table of a later year, by the title without any number."""

    def bare(title: str) -> str:
        return re.sub(r"\W*\d+\W*", " ", title)

    return any(bare(t.titel) == bare(tabel.titel) and years(t.titel) > years(tabel.titel) for t in lijst.values())


class Vormen:
    """A stock of shapes, each under a name of its own, and a catalogue that a test sets."""

    def __init__(self) -> None:
        self._profielen = read_profielen()
        self._gebieden = Gebieden(read_regios(), read_leden(), self._profielen)
        self._shapes: dict[str, GezieneTabel] = {}
        self._made: dict[tuple[Api, str], Servertabel] = {}
        self.rijen: tuple[tuple[str, str, str], ...] = ()

    def add(self, naam: str, gezien: GezieneTabel) -> str:
        """Serve a shape from now on; gives its name."""
        self._shapes[naam] = gezien
        return naam

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give a shape as the protocol writes it."""
        if tabel not in self._shapes:
            return None
        if (api, tabel) not in self._made:
            maker = Tabelmaker(self._shapes[tabel], self._gebieden, self._profielen)
            made = Tabelvorm(maker).make(api)
            own = {**made.eigenschappen, "Identifier": tabel}
            self._made[api, tabel] = replace(made, id=tabel, eigenschappen=own)
        return self._made[api, tabel]

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the catalogue that was set, beside the tables that the list of sources has."""
        own = {id_ for id_, _, _ in self.rijen}
        rest = [(t.id, t.titel, "Regulier") for t in read_gezien().values() if t.id not in own and api in t.api]
        return [
            {"Identifier": i, "Title": t}
            | ({"ReasonDelivery": "Stopgezet" if s == "Gediscontinueerd" else "Actualisering"} if api == "v3" else {})
            | ({"Status": s} if api == "v4" else {})
            for i, t, s in (*self.rijen, *rest)
        ]


def split_list(folder: Path) -> Path:
    """Write the list of sources anew with a file for each table, so that a change reads that one alone."""
    folder.mkdir()
    for path in sorted(TABELLEN.glob("*.yaml")):
        blocks = re.split(r"(?m)^(?=- id: )", path.read_text(encoding="utf-8"))[1:]
        # what stands once for more tables stays in one file
        shared = [b for b in blocks if re.search(r": [&*]\w+", b)]
        for block in [b for b in blocks if b not in shared] + ["".join(shared)] * bool(shared):
            id_ = re.match(r"- id: \"?(\w+)", block)
            assert id_ is not None
            (folder / f"{id_[1]}.yaml").write_text(block, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Uitkomst:
    """What became of a shape, and why."""

    vorm: Vorm
    uitslag: Uitslag
    uitleg: str = ""


class Meter:
    """Measures shapes, one after the other."""

    def __init__(self, vormen: Vormen, adressen: Adressen, client: Client, folder: Path) -> None:
        self.vormen, self.adressen, self.client = vormen, adressen, client
        self._folder, self._lijst = folder, split_list(folder / "lijst")
        self._gebruik = read_gebruik()

    def read(self, tabel: Brontabel, naam: str, gezien: GezieneTabel) -> Structuur:
        """Read what the server says of a shape."""
        served = tabel.model_copy(update={"id": self.vormen.add(naam, gezien)})
        return open_bron(served, self.adressen, self.client).read_structuur(served.id, None)

    def measure(self, vorm: Vorm) -> Uitkomst:
        """Let the gate choose, the command apply, and a person take the first candidate; hold each against the rule."""
        tabel = read_tabellen()[vorm.tabel]
        naam = vorm.naam.replace("-", "_")
        nu = self.read(tabel, naam, vorm.nu)
        if vorm.catalogus:
            self.vormen.rijen = vorm.catalogus
            catalogi, messages = read_catalogi([tabel], self.adressen, self.client)
            assert not messages, messages
            own = {api: rows for (catalogus, api), rows in catalogi.items() if catalogus == tabel.catalogus}
            voorstellen = propose_opvolger(tabel, own, read_tabellen())
        else:
            eerder = self.read(tabel, f"{naam}_toen", vorm.toen) if vorm.eerder else None
            keuze, bevinding = poort.choose(tabel, nu, eerder)
            if wrong := find_wrong(tabel, keuze, vorm.waarheid):
                return Uitkomst(vorm, "FOUT", f"poort: {'; '.join(wrong)}")
            if not bevinding.redenen and not find_missing(tabel, keuze, vorm.waarheid):
                return Uitkomst(vorm, "gevonden")
            voorstellen = make_voorstellen(tabel, nu, eerder, self._gebruik.get(tabel.id, frozenset()))
        for certain in (True, False):
            after, left = self._work_in(vorm, voorstellen, certain=certain)
            keuze, bevinding = poort.choose(after, nu)
            wrong = find_wrong(after, keuze, vorm.waarheid)
            if certain and (wrong or after.id not in (vorm.tabel, vorm.waarheid.opvolger)):
                return Uitkomst(vorm, "FOUT", f"toegepast: {'; '.join(wrong) or after.id}")
        lost = [*wrong, *find_missing(after, keuze, vorm.waarheid)]
        if vorm.waarheid.opvolger and after.id != vorm.waarheid.opvolger:
            lost.append(f"opvolger is {vorm.waarheid.opvolger}, voorgesteld {after.id}")
        if lost or bevinding.redenen:
            said = [f"{v.naam}: {[k.wat for k in v.kandidaten]}" for v in voorstellen]
            return Uitkomst(vorm, "geen", f"{'; '.join(lost)} | {said} | {left}")
        return Uitkomst(vorm, "voorstel")

    def fetch(self, vorm: Vorm, gezien: GezieneTabel, naam: str) -> tuple[str, set[tuple[object, ...]]]:
        """Fetch a shape with its rows: what became of it, and its cells under our names."""
        tabel = read_tabellen()[vorm.tabel].model_copy(update={"id": self.vormen.add(naam, gezien)})
        archief = Archief(self._folder / "archief", "voorbeeld")
        uitkomst = fetch_tabel(tabel, self.adressen, archief, Klok(), known_codes(), client=self.client)
        if uitkomst.momentopname is None or not uitkomst.momentopname.aangenomen:
            return uitkomst.reden, set()
        folder = uitkomst.momentopname.folder
        cells = duckdb.sql(
            f"SELECT naam, regio, periode, uitsplitsing, marge, waarde FROM '{folder / 'waarnemingen.parquet'}' "
            f"LEFT JOIN '{folder / 'onderwerpen.parquet'}' USING (onderwerp)"
        ).fetchall()
        return uitkomst.resultaat, set(cells)

    def _work_in(self, vorm: Vorm, voorstellen: list[Voorstel], *, certain: bool) -> tuple[Brontabel, list[str]]:
        """The entry of the table after the proposals, or of the one that follows it; and what was left."""
        uitkomst = work_in(voorstellen, self._lijst, alleen_zeker=certain)
        if not uitkomst.teksten:
            return read_tabellen()[vorm.tabel], uitkomst.gelaten
        folder = self._folder / f"{vorm.naam}-{certain}"
        folder.mkdir()
        uitkomst.teksten = {folder / path.name: texts for path, texts in uitkomst.teksten.items()}
        write(uitkomst)
        after = read_tabellen(folder)
        (new,) = after.keys() - read_tabellen().keys() or {vorm.tabel}
        return after[new], uitkomst.gelaten


def _sources(tabel: Brontabel, keuze: Keuze) -> dict[str, str]:
    """Our dimension -> that of the source, of those that were found."""
    return {d: keuze.dimensie(d) for d in tabel.dimensies if keuze.lijsten.get(d)}


def _codes(tabel: Brontabel, keuze: Keuze) -> dict[tuple[str, str], str]:
    """(Our dimension, our code) -> the code of the source, of those that were found."""
    found = {}
    for dim, d in tabel.dimensies.items():
        ours = {v: k for k, v in keuze.eigen.get(dim, {}).items()}
        there = {c.code for c in keuze.codes.get(dim, ())}
        found |= {(dim, code): ours.get(code, code) for code in d.codes if ours.get(code, code) in there}
    return found


def find_wrong(tabel: Brontabel, keuze: Keuze, waarheid: Waarheid) -> list[str]:
    """Name what was taken and is not what the rule says. A dimension or code may have got the name of the source."""
    wrong = []
    for naam, o in keuze.onderwerpen.items():
        plek: Plek = (o.titel, o.pad or (), o.eenheid)
        if naam in waarheid.onderwerpen and _folded(plek) != _folded(waarheid.onderwerpen[naam]):
            wrong.append(f"{naam} is {plek}, hoort {waarheid.onderwerpen[naam]}")
    for dim, source in _sources(tabel, keuze).items():
        if source != waarheid.dimensies.get(dim, dim) or source not in waarheid.dimensies.values():
            wrong.append(f"dimensie {dim} is {source}")
    own = {source: ours for ours, source in waarheid.dimensies.items()}
    for (dim, code), source_code in _codes(tabel, keuze).items():
        dim_then = dim if dim in waarheid.dimensies else own.get(dim, dim)
        if source_code != waarheid.codes.get((dim_then, code), code) or source_code not in waarheid.codes.values():
            wrong.append(f"{dim}={code} is {source_code}")
    return wrong


def _folded(plek: Plek) -> Plek:
    title, path, unit = plek
    return " ".join(title.split()), path, unit.strip()


def find_missing(tabel: Brontabel, keuze: Keuze, waarheid: Waarheid) -> list[str]:
    """Name what is right and was not taken."""
    gone = [n for n, plek in waarheid.onderwerpen.items() if plek != NERGENS and n not in keuze.onderwerpen]
    gone += sorted(set(waarheid.dimensies.values()) - set(_sources(tabel, keuze).values()))
    found = set(_codes(tabel, keuze).values())
    return [*gone, *(f"{dim}={code}" for (dim, _), code in waarheid.codes.items() if code not in found)]


@contextmanager
def open_meter(folder: Path) -> Iterator[Meter]:
    """Serve shapes on 127.0.0.1 and measure them."""
    vormen = Vormen()
    with ExitStack() as stack:
        adressen = stack.enter_context(serve(vormen))
        yield Meter(vormen, adressen, stack.enter_context(Client(sleep=lambda _: None)), folder)


def count(uitkomsten: Iterable[Uitkomst]) -> dict[str, dict[Uitslag, int]]:
    """Count the outcomes by rule."""
    table: dict[str, dict[Uitslag, int]] = {}
    for u in uitkomsten:
        row = table.setdefault(u.vorm.regel, {"gevonden": 0, "voorstel": 0, "geen": 0, "FOUT": 0})
        row[u.uitslag] += 1
    return table

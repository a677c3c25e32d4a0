"""Thirty nights with a change each: a build that takes what did not change is each night that which makes all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.beleid.cyclus import Cyclus
from assets.beleid.lezen import read_edities
from assets.bouw.bouwen import build_database
from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bron.bronlijst import read_aanleveringen, read_registertabellen, read_tabellen
from assets.bron.momentopname import Momentopname, hash_file, make_id
from assets.indicatoren.kaart import Breuk, read_kaarten
from assets.kast import Kast
from assets.kern.correctie import Correctie
from begrippen.redenen import Reden
from pipelines import instellingen
from tests.bouw.test_hergebruik import A_DAY, same
from tests.dunne_wereld import ask_invoer

TABELLEN = ("85924NED", "83625NED", "85268NED", "83582NED", "83933NED")
Change = Callable[[Bouwinvoer, random.Random, Path], Bouwinvoer]


def _answer(
    invoer: Bouwinvoer, rng: random.Random, folder: Path, change: str, file: str = "waarnemingen.parquet"
) -> Bouwinvoer:
    """A new answer of a table drawn by lot, with one SELECT list over its cells, topics or codes; or as it was."""
    at = rng.randrange(len(invoer.momentopnamen))
    old = invoer.momentopnamen[at]
    new = folder / make_id(invoer.built_at)
    shutil.copytree(old.folder, new)
    if change:
        duckdb.execute(f"COPY (SELECT {change} FROM '{old.folder / file}') TO '{new / file}'")
    sha = hash_file(new / "waarnemingen.parquet")
    said = {"sha256": sha, "Modified": f"{invoer.built_at:%Y-%m-%dT%H:%M:%S}"}
    fresh = replace(old, id=new.name, folder=new, eigenschappen={**old.eigenschappen, **said})
    kept: list[Momentopname] = list(invoer.momentopnamen)
    kept[at] = fresh
    return replace(invoer, momentopnamen=tuple(kept), eerdere=(*invoer.eerdere, old))


def _cel(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    change = f"* REPLACE (if(hash(regio, periode) % 97 = {rng.randrange(97)}, waarde * 1.01, waarde) AS waarde)"
    return _answer(invoer, rng, folder, change)


def _same(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return _answer(invoer, rng, folder, "")


def _leeg(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    wrong = f"hash(regio, onderwerp) % 53 = {rng.randrange(53)}"
    change = f"* REPLACE (if({wrong}, NULL, waarde) AS waarde, if({wrong}, 'Secret', leeg) AS leeg)"
    return _answer(invoer, rng, folder, change)


def _jaar(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    """A year without a value in it, as one that did not come yet."""
    return _answer(invoer, rng, folder, "* REPLACE (if(periode LIKE '2024%', NULL, waarde) AS waarde)")


def _status(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    change = f"* REPLACE (if(soort = 'periode' AND code LIKE '202{rng.randrange(5)}%', 'Voorlopig', status) AS status)"
    return _answer(invoer, rng, folder, change, "codelijsten.parquet")


def _proza(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    change = f"* REPLACE ('Uitgave {rng.randrange(10**6)}' AS beschrijving)"
    return _answer(invoer, rng, folder, change, "onderwerpen.parquet")


def _kaart(invoer: Bouwinvoer, rng: random.Random, **changes: Any) -> Bouwinvoer:
    id = rng.choice(sorted(invoer.kaarten))
    return replace(invoer, kaarten={**invoer.kaarten, id: invoer.kaarten[id].model_copy(update=changes)})


def _naam(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return _kaart(invoer, rng, naam=f"Naam {rng.randrange(10**6)}")


def _richting(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return _kaart(invoer, rng, richting=rng.choice(["hoger", "lager", "neutraal"]), decimalen=rng.randrange(3))


def _breuk(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return _kaart(invoer, rng, breuken=(Breuk(vanaf=rng.randint(2014, 2023), reden=f"Telling {rng.randrange(99)}."),))


def _beleid(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    first, *others = invoer.beleid
    changed = tuple(i.model_copy(update={"naam": f"{i.naam} {rng.randrange(99)}"}) for i in first.instrumenten)
    return replace(invoer, beleid=(replace(first, instrumenten=changed), *others))


def _dag(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return invoer


def _cyclus(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return replace(invoer, cyclus=Cyclus(stand=date(2026, rng.randint(1, 12), 1)), verzegeld=not invoer.verzegeld)


def _editie(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    return replace(invoer, editie=2025 if invoer.editie == 2026 else 2026)


def _oud(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    tabel = rng.choice([m.tabel for m in invoer.momentopnamen])
    return replace(invoer, verouderd={tabel: (Reden("niet_op_dag", {"dag": str(rng.randrange(99))}),)})


def _correctie(invoer: Bouwinvoer, rng: random.Random, folder: Path) -> Bouwinvoer:
    m = invoer.momentopnamen[0]
    of = (
        f"SELECT o.naam, w.regio, w.periode, w.uitsplitsing, w.waarde FROM '{m.folder}/waarnemingen.parquet' AS w "
        f"JOIN '{m.folder}/onderwerpen.parquet' AS o USING (onderwerp) "
        "WHERE w.regio LIKE 'PV%' AND w.waarde > 0 ORDER BY ALL"
    )
    naam, regio, periode, uitsplitsing, waarde = rng.choice(duckdb.execute(of).fetchall())
    wrong = Correctie(
        id=f"c{rng.randrange(999)}",
        soorten=("voorbeeld",),
        bron="cbs",
        tabel=m.tabel,
        onderwerp=naam,
        uitsplitsing=uitsplitsing,
        regio=regio.strip(),
        periode=periode,
        verwacht=waarde,
        wordt="leeg",
        reden="fout",
        gemeld_aan="CBS",
        datum=date(2026, 1, 1),
    )
    return replace(invoer, correcties=(wrong,))


CHANGES: tuple[Change, ...] = (
    *(_cel, _same, _leeg, _jaar, _status, _proza, _naam, _richting, _breuk, _beleid),
    *(_dag, _cyclus, _editie, _oud, _correctie),
)


@pytest.mark.lang
@pytest.mark.parametrize("seed", [18])
def test_thirty_nights_with_a_change_each(tmp_path: Path, seed: int) -> None:
    # of the sample no more is made than the answers: its report takes longer than all these nights
    answers = {m.tabel: m for m in ask_invoer(tmp_path / "keten").momentopnamen}
    kept = [answers[t] for t in TABELLEN if t in answers]
    there = {m.tabel for m in kept}
    assert len(there) > 3
    kaarten = {
        id: k
        for id, k in read_kaarten().items()
        if {t.tabel or b.tabel for b in k.bronnen for t in (*b.teller, *b.noemer)} <= there
    }
    kaarten = {id: k for id, k in kaarten.items() if {k.gewicht, k.deflator} <= {None, *kaarten}}
    invoer = Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=tuple(kept),
        tabellen=read_tabellen(),
        aanleveringen=read_aanleveringen(),
        register=read_registertabellen(),
        kaarten=kaarten,
        editie=2026,
        built_at=datetime(2026, 7, 1, tzinfo=UTC),
        code_versie="toets",
        beleid=tuple(read_edities(instellingen.edities(), 2026)),
    )
    rng, made, taken = random.Random(seed), 0, {}
    changes = [*CHANGES, *CHANGES]
    rng.shuffle(changes)
    build_database(invoer, tmp_path / "0", kast=Kast(tmp_path, "code"))
    for n, change in enumerate(changes, start=1):
        invoer = replace(invoer, built_at=invoer.built_at + A_DAY, vorige=tmp_path / f"{n - 1}")
        invoer, kast = change(invoer, rng, tmp_path / "antwoorden" / str(n)), Kast(tmp_path, "code")
        build_database(invoer, tmp_path / str(n), kast=kast)
        build_database(invoer, tmp_path / "heel")
        try:
            same(tmp_path / str(n), tmp_path / "heel")
        except AssertionError as error:
            raise AssertionError(f"{n}: {change.__name__}") from error
        shutil.rmtree(tmp_path / "heel")
        made += kast.gemaakt["tabel"]
        taken.setdefault(change.__name__, []).append(kast.genomen["tabel"])
    print(f"\n30 veranderingen: {made} tabellen gemaakt; genomen {taken}")
    assert min(n for of in taken.values() for n in of) > 0 and min(taken["_dag"]) > 50
    # equal cells in a new answer: nearly all that hangs on them is what it was
    assert min(taken["_same"]) > 45

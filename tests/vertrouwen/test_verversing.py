"""Refreshes with faults at random: what is published is, cell by cell, what a clean run had published."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bron.http import Client
from tests.bron import rauw
from tests.bron.test_storingen import spoil
from tests.vertrouwen import keten
from tests.vertrouwen.tellen import aantal

pytestmark = pytest.mark.lang
SEED = 20261130
# one in so many refreshes finds nothing wrong: then everything has to be new
GOED = 4


def _busy(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    antwoorden.status[name] = chance.choice((429, 500, 502, 503))
    if chance.random() < 0.5:
        antwoorden.headers[name] = {
            "Retry-After": chance.choice(("0", "1", "-1", "\u00b2", "Mon, 01 Jan 2024 00:00:00 GMT"))
        }


def _half(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    body = (
        json.dumps(antwoorden.inhoud[name], ensure_ascii=False).encode()
        if not isinstance(antwoorden.inhoud[name], bytes)
        else antwoorden.inhoud[name]
    )
    antwoorden.headers[name] = {"Content-Length": str(len(body) + chance.choice((1, 1000)))}


def _empty(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    antwoorden.inhoud[name] = chance.choice((b"", b"<html>Onderhoud</html>", b"\xff\xfe\x00", b"null"))


def _elsewhere(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    antwoorden.status[name] = chance.choice((301, 302, 307))
    antwoorden.headers[name] = {
        "Location": chance.choice(("http://127.0.0.1:1/", "file:///etc/passwd", "http://[", ""))
    }


def _gone(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    antwoorden.status[name] = chance.choice((403, 404, 410))


def _encoded(antwoorden: rauw.Antwoorden, name: str, chance: random.Random) -> None:
    antwoorden.headers[name] = {"Content-Encoding": chance.choice(("gzip", "br", "identity, gzip"))}


LIJN: tuple[Callable[[rauw.Antwoorden, str, random.Random], None], ...] = (
    _busy,
    _half,
    _empty,
    _elsewhere,
    _gone,
    _encoded,
)


def make_antwoorden(dag: int, chance: random.Random) -> tuple[rauw.Antwoorden, dict[str, str]]:
    """The answers of a day with faults in them, and what was done to each table."""
    per_api: dict[str, dict[str, Any]] = {api: keten.antwoorden(api, dag) for api in keten.APIS}
    said: dict[str, str] = {}
    inhoud = rauw.Antwoorden({})
    for api, answers in per_api.items():
        kind = chance.choice(("inhoud", "inhoud", "lijn", "allebei", "niets"))
        if dag % GOED == 0 or kind == "niets":
            inhoud.inhoud |= answers
            continue
        said[api] = spoil(answers, api, chance) if kind in ("inhoud", "allebei") else ""
        inhoud.inhoud |= answers
        if kind in ("lijn", "allebei"):
            name, fault = chance.choice(sorted(answers)), chance.choice(LIJN)
            fault(inhoud, name, chance)
            said[api] += f"; {name}: {fault.__name__}"
    return inhoud, said


def read(k: keten.Keten) -> tuple[set[keten.Cel], dict[str, set[tuple[Any, ...]]]]:
    """The published cells, and of each indicator its values that are there."""
    with duckdb.connect(str(k.actueel / "monitor.duckdb"), read_only=True) as db:
        rows = db.execute("SELECT tabel, onderwerp, regio, periode, waarde FROM kern.waarneming").fetchall()
        values = db.execute(
            "SELECT indicator, regio, periode, waarde FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL"
        ).fetchall()
    per: dict[str, set[tuple[Any, ...]]] = {}
    for indicator, *rest in values:
        per.setdefault(indicator, set()).add(tuple(rest))
    return keten.as_published(rows), per


def test_faults_at_random_over_many_refreshes(tel, tmp_path, monkeypatch):
    monkeypatch.setattr(bouwen, "all_tabellen", keten.needed)
    k, chance = keten.Keten(tmp_path), random.Random(SEED)
    k.draai(0)
    stand = dict.fromkeys(keten.APIS, 0)
    outcomes: dict[str, int] = {}
    with tel("verversing") as telling:
        for dag in range(1, aantal(50, minstens=10) + 1):
            inhoud, said = make_antwoorden(dag, chance)
            with (
                telling.proef(f"dag {dag}: {said}", len(keten.APIS)),
                rauw.serve(inhoud) as adressen,
                Client(sleep=lambda _: None, timeout=(2.0, 2.0), tries=2) as client,
            ):
                for uitkomst in k.haal(client, adressen, dag):
                    api = next(t.api for t in keten.tabellen().values() if t.id == uitkomst.tabel)
                    outcomes[uitkomst.resultaat] = outcomes.get(uitkomst.resultaat, 0) + 1
                    assert "onverwacht" not in {r.code for r in uitkomst.redenen}, uitkomst.reden
                    if uitkomst.resultaat == "nieuw":
                        stand[api] = dag
                    else:
                        # of a sound source everything is taken
                        assert api in said, f"{api}: {uitkomst.resultaat} {uitkomst.reden}"
                k.bouw(dag)
                found, values = read(k)
                clean = set().union(*(keten.cells(api, stand[api]) for api in keten.APIS))
                assert not found - clean, f"fout: {sorted(found - clean, key=str)[:3]}"
                assert not clean - found, f"ontbreekt: {sorted(clean - found, key=str)[:3]}"
                for api in keten.APIS:
                    for naam in ("banen", "lonen"):
                        meant = {
                            (r, p, v) for _, n, r, p, v in keten.cells(api, stand[api]) if n == naam and v is not None
                        }
                        assert values[f"{naam}_{api}"] == meant, f"{naam}_{api}"
        print(outcomes)
    # a source that is refused always, or never, would pass
    assert outcomes["nieuw"] and sum(outcomes.values()) > outcomes["nieuw"]

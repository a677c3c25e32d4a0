"""Municipalities added up in the browser: by the same rule as in the build, and refused where the build has no value.

The script of the page runs in Node. What it gives stands beside a sum of its own on made-up figures with holes, and
beside every composite region of a whole report, where one is given.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from begrippen.lijsten import LEEG_ORDE, STATUS_ORDE
from reports.verken.model import Verkenner, Verkenreeks
from tests.reports.voorbeeldrapport import DRENTHE, GEMEENTEN, NL, make_indicator, make_rapport
from tests.toegankelijk.verkenvoorbeeld import run_node, write_verken

pytestmark = pytest.mark.toegankelijk

PERIODEN = tuple(f"{jaar}JJ00" for jaar in range(2018, 2024))
KEREN = 200
REGELS = ("som", "verhouding", "gewogen", "gewogen_dekking", "niet")


def add_up(folder: Path, vragen: list[tuple[str, list[str]]]) -> list[dict[str, dict[str, Any]]]:
    """What the script of a report in `folder` gives for each indicator and selection."""
    answers: list[dict[str, dict[str, Any]]] = run_node("optellen.mjs", folder, vragen)
    return answers


@dataclass
class Lid:
    """A municipality in a period, as a build holds it."""

    waarde: float | None
    teller: float | None
    noemer: float | None
    gewicht: float | None
    status: str
    reden: str | None
    marge: float | None


@dataclass
class Som:
    """What members are together; `marge` is half the interval, None where a member has none."""

    waarde: float | None
    benadering: bool = False
    marge: float | None = None


def sum_by_hand(regel: str, leden: list[Lid], factor: float, dekking: float | None) -> Som:
    """Members together, written apart from the build and the script."""
    gewogen = regel.startswith("gewogen")
    if regel == "niet":
        return Som(None)
    telt = [x for x in leden if x.waarde is not None and (not gewogen or x.gewicht is not None)]
    benaderd = gewogen
    if len(telt) < len(leden):
        if dekking is None or not telt or any(x.gewicht is None for x in leden):
            return Som(None)
        if sum(x.gewicht or 0 for x in telt) / sum(x.gewicht or 0 for x in leden) < dekking:
            return Som(None)
        benaderd = True
    telling = {"som": lambda x: 1.0, "verhouding": lambda x: x.noemer}.get(regel, lambda x: x.gewicht)
    maten = [telling(x) for x in telt]
    deler = 1.0 if regel == "som" else math.fsum(maten)
    delen = [m / deler for m in maten]
    if regel == "verhouding":
        waarde = factor * math.fsum(x.teller or 0 for x in telt) / deler
    else:
        waarde = math.fsum(d * (x.waarde or 0) for d, x in zip(delen, telt, strict=True))
    # independent errors: the squares of the parts add up
    marges = [d * x.marge for d, x in zip(delen, telt, strict=True) if x.marge is not None]
    return Som(waarde, benaderd, math.hypot(*marges) if len(marges) == len(telt) else None)


@pytest.fixture(scope="module")
def gemaakt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, list[Lid]]]]:
    """A report of five cards that add up in different ways, with holes; and its municipalities by card."""
    toeval = random.Random(20261129)
    cijfers: dict[str, dict[str, list[Lid]]] = {}
    reeksen: dict[str, dict[str, Verkenreeks]] = {}
    for regel in REGELS:
        cijfers[regel], reeksen[regel] = {}, {}
        for g in GEMEENTEN:
            leden = []
            for _ in PERIODEN:
                teller, noemer = float(toeval.randint(0, 900)), float(toeval.randint(1000, 90000))
                leeg = toeval.random() < 0.06
                waarde = None if leeg else {"som": teller, "verhouding": 100 * teller / noemer}.get(regel, teller / 7)
                gewicht = None if toeval.random() < 0.02 else float(toeval.randint(1000, 90000))
                reden = toeval.choice(("geheim", "onbekend", "niet_gepubliceerd")) if leeg else None
                marge = None if leeg or toeval.random() < 0.04 else toeval.uniform(0.1, 40)
                leden.append(Lid(waarde, teller, noemer, gewicht, toeval.choice(STATUS_ORDE), reden, marge))
            cijfers[regel][g.code] = leden
            n = len(PERIODEN)
            reeksen[regel][g.code] = Verkenreeks(
                PERIODEN,
                tuple(x.waarde for x in leden),
                tuple(x.teller for x in leden),
                tuple(x.noemer for x in leden),
                tuple(x.status for x in leden),
                tuple(x.reden for x in leden),
                (False,) * n,
                tuple(None if x.waarde is None or x.marge is None else x.waarde - x.marge for x in leden),
                tuple(None if x.waarde is None or x.marge is None else x.waarde + x.marge for x in leden),
            )
    kaarten = [
        make_indicator(
            id=regel,
            aggregatie=regel.removesuffix("_dekking"),
            kaart={"gewicht": regel}
            | ({"dekking": 0.8, "dekking_maat": "gewicht"} if regel.endswith("_dekking") else {"dekking": None}),
        )
        for regel in REGELS
    ]
    rapport = make_rapport(*kaarten)
    verkenner = Verkenner(
        regios=(NL, DRENTHE, *GEMEENTEN),
        soortgenoten={},
        reeksen=reeksen,
        oordelen={},
        cellen={},
        factoren={"verhouding": dict.fromkeys(PERIODEN, 100.0)},
        gewichten={
            regel: {
                code: {p[:4]: (x.gewicht, "definitief") for p, x in zip(PERIODEN, leden, strict=True) if x.gewicht}
                for code, leden in per_regio.items()
            }
            for regel, per_regio in cijfers.items()
        },
    )
    return write_verken(tmp_path_factory.mktemp("verken"), rapport, verkenner), cijfers


def test_random_selections_are_added_up_by_the_rule_of_the_card_or_refused_with_the_reason(gemaakt) -> None:
    folder, cijfers = gemaakt
    toeval = random.Random(1)
    codes = [g.code for g in GEMEENTEN]
    vragen = [(REGELS[n % len(REGELS)], toeval.sample(codes, toeval.randint(2, 9))) for n in range(KEREN)]
    gegeven, geweigerd, met_marge = 0, 0, 0
    for (regel, leden), antwoord in zip(vragen, add_up(folder, vragen), strict=True):
        for n, periode in enumerate(PERIODEN):
            rijen = [cijfers[regel][c][n] for c in leden]
            som = sum_by_hand(regel, rijen, 100.0, 0.8 if regel.endswith("_dekking") else None)
            found = antwoord[periode]
            if som.waarde is None:
                assert found["waarde"] is found["onder"] is found["boven"] is None, "wat mist is nooit 0"
                assert LEEG_ORDE[found["reden"]] in (
                    {"niet_van_toepassing"}
                    if regel == "niet"
                    else {r.reden for r in rijen if r.reden} | {"niet_in_selectie"}
                )
                geweigerd += 1
            else:
                assert found["waarde"] == pytest.approx(som.waarde, rel=1e-11), (regel, leden, periode)
                assert found["benadering"] == som.benadering
                if som.marge is None:
                    assert found["onder"] is found["boven"] is None
                else:
                    grenzen = (som.waarde - som.marge, som.waarde + som.marge)
                    assert (found["onder"], found["boven"]) == pytest.approx(grenzen, rel=1e-9, abs=1e-9)
                    met_marge += 1
                gegeven += 1
    assert gegeven > 200 and geweigerd > 200 and 200 < met_marge < gegeven - 50


def test_of_two_reasons_the_one_that_says_most_is_told(gemaakt) -> None:
    folder, cijfers = gemaakt
    paren = [
        (regel, n, a, b)
        for regel in ("som", "verhouding")
        for n in range(len(PERIODEN))
        for a, x in cijfers[regel].items()
        for b, y in cijfers[regel].items()
        if x[n].reden and y[n].reden and x[n].reden < y[n].reden
    ]
    assert paren
    answers = add_up(folder, [(regel, [a, b]) for regel, _, a, b in paren])
    for (regel, n, a, b), antwoord in zip(paren, answers, strict=True):
        redenen = [LEEG_ORDE.index(cijfers[regel][c][n].reden) for c in (a, b)]
        assert antwoord[PERIODEN[n]]["reden"] == max(redenen)


def near(found: float | None, wanted: float | None) -> bool:
    """Whether the page gives what the build has, but for the digits that a script holds."""
    if found is None or wanted is None:
        return found is wanted
    return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)


def test_every_composite_region_of_a_whole_report_is_what_the_build_made_of_it(rapport: Path) -> None:
    """Value, status, approximation and margin; of the register each region has a figure of its own."""
    if not (rapport / "vragen.html").exists():
        pytest.skip("dit kleine rapport heeft geen samengestelde regio's; een heel rapport geeft men met --rapport")
    with duckdb.connect(str(rapport.parent / "monitor.duckdb"), read_only=True) as db:
        register = {
            r[0]
            for r in db.execute("SELECT DISTINCT indicator FROM monitor.herkomst WHERE bron = 'register'").fetchall()
        }
        leden: dict[str, list[str]] = {}
        for regio, lid in db.execute(
            "SELECT DISTINCT l.regio, l.lid FROM kern.regio_lid AS l JOIN kern.regio AS r ON r.code = l.regio "
            "WHERE r.soort = 'samengesteld' ORDER BY ALL"
        ).fetchall():
            leden.setdefault(regio, []).append(lid)
        rows = db.execute(
            "SELECT w.indicator, w.regio, w.periode, w.waarde, w.status, w.benadering, w.marge_onder, w.marge_boven "
            "FROM monitor.indicatorwaarde AS w "
            "JOIN monitor.indicator AS i ON i.id = w.indicator AND i.doel = 'rapport' "
            "WHERE list_contains(?, w.regio) AND w.uitsplitsing = 'totaal' ORDER BY ALL",
            [sorted(leden)],
        ).fetchall()
    wanted = [r for r in rows if r[0] not in register and (rapport / f"verken/data/{r[0]}.js").exists()]
    vragen = sorted({(r[0], r[1]) for r in wanted})
    answers = dict(zip(vragen, add_up(rapport, [(i, leden[g]) for i, g in vragen]), strict=True))
    wrong, compared, met_marge = [], 0, 0
    for indicator, regio, periode, waarde, status, benadering, onder, boven in wanted:
        found = answers[indicator, regio].get(periode)
        if found is None:
            continue
        compared += 1
        same = (
            found["waarde"] is None
            if waarde is None
            else near(found["waarde"], waarde)
            and STATUS_ORDE[found["status"]] == status
            and found["benadering"] == benadering
            and near(found["onder"], onder)
            and near(found["boven"], boven)
        )
        if not same:
            wrong.append((indicator, regio, periode, waarde, status, benadering, onder, found))
        met_marge += onder is not None
    assert wrong == []
    assert compared > 1000 and met_marge > 50

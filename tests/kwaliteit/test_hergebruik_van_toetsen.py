"""A check reads what was built each time; only what Great Expectations said of the same rows is taken from before."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from assets.kast import Kast
from assets.kwaliteit import toetsen
from assets.kwaliteit.toets import Suite, Toets, Verwachting
from tests.bouw.test_jaar_erbij import (
    AMSTERDAM,
    BINNEN,
    BLIJFT,
    BRUTO,
    LEVEN,
    NETTO,
    TEVREDEN,
    Cellen,
    Monitor,
    seen,
    year,
)


def expect(type: str, alleen: tuple[str, str] | None = None, **kwargs: object) -> Verwachting:
    return Verwachting(type, "kern.cel", "blokkeert", type, type, kwargs, alleen=alleen)


SUITE = Suite(
    "cel",
    "SELECT * FROM kern.cel",
    ("sleutel",),
    (
        expect("ExpectColumnValuesToBeUnique", column="sleutel"),
        expect("ExpectColumnValuesToNotBeNull", column="sleutel"),
        expect("ExpectColumnValuesToBeInSet", column="code", value_set=["x", "y"]),
    ),
)


def write_cells(path: Path, rows: list[tuple[int | None, str]]) -> Path:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE SCHEMA kern; CREATE TABLE kern.cel (sleutel INTEGER, code VARCHAR)")
        db.executemany("INSERT INTO kern.cel VALUES (?, ?)", rows)
    return path


def hold(path: Path, kast: Kast) -> list[Toets]:
    return toetsen.hold_suites(path, [SUITE], lambda _: None, kast=kast)


def test_other_rows_that_look_the_same_need_no_second_judgement_and_a_wrong_one_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kast = Kast(tmp_path / "kast", "code")
    path = write_cells(tmp_path / "a.duckdb", [(n, "xy"[n % 2]) for n in range(50)])
    first = hold(path, kast)
    assert all(t.geslaagd for t in first) and kast.gemaakt == {"toets": 2}

    def refuse() -> None:
        raise AssertionError("Great Expectations wordt geladen")

    with monkeypatch.context() as patch:
        patch.setattr(toetsen, "_validator", refuse)
        later = hold(write_cells(path, [(n + 7, "yx"[n % 2]) for n in range(60)]), kast)
    assert [t.regels for t in later] == [60, 60, 60] and all(t.geslaagd for t in later)
    assert kast.genomen == {"toets": 2}

    for wrong, broken in (((9, "x"), "Unique"), ((None, "x"), "NotBeNull"), ((99, "z"), "InSet")):
        found = hold(write_cells(path, [*((n, "x") for n in range(50)), wrong]), kast)
        assert [t.toets for t in found if not t.geslaagd] == [t.toets for t in found if broken in t.toets]
        assert found == hold(path, Kast())


def test_a_kept_judgement_that_is_damaged_or_of_other_code_is_made_again(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "a.duckdb", [(1, "x"), (1, "y")])
    first = hold(path, Kast(tmp_path / "kast", "code"))
    assert [t.geslaagd for t in first] == [False, True, True]
    for kept in (tmp_path / "kast").rglob("*"):
        if kept.is_file():
            # as it would be where all is well
            kept.write_bytes(kept.read_bytes()[:-3] + b"[] ")
    for kast in (Kast(tmp_path / "kast", "code"), Kast(tmp_path / "kast", "andere code")):
        assert hold(path, kast) == first
        assert kast.gemaakt["toets"] > 0


@pytest.mark.parametrize("seed", range(12))
def test_what_a_few_rows_stand_for_is_judged_as_all_rows_are(seed: int) -> None:
    rng = random.Random(seed)
    keys = [None, *range(4)] if seed % 3 else list(range(40))
    rows = [(rng.choice(keys), rng.choice("xyz")) for _ in range(rng.randint(1, 12))]
    listed = ", ".join(f"({'NULL' if k is None else k}, '{code}')" for k, code in rows)
    suite = Suite(
        "cel",
        f"SELECT * FROM (VALUES {listed}) AS t (sleutel, code)",
        ("sleutel",),
        (
            *SUITE.verwachtingen,
            *(expect("ExpectColumnValuesToBeInSet", ("code", c), column="sleutel", value_set=[1, 2]) for c in "xy"),
        ),
    )
    with duckdb.connect() as db:
        few = [o.wrong for o in toetsen._hold(db, suite, Kast())]
        every = db.execute(suite.query).fetch_df()
    asked = toetsen._validator().ask(suite, every, range(len(suite.verwachtingen)), result_format="SUMMARY")
    assert few == [asked[n].result["unexpected_count"] for n in range(len(suite.verwachtingen))]


def _cel(cells: Cellen, rng: random.Random) -> tuple[str, str, int]:
    """A figure that stands there, in the province."""
    return rng.choice(sorted(k for k, waarde in cells.items() if k[1] in BINNEN and waarde))


def _hoger(cells: Cellen, rng: random.Random) -> None:
    cells[_cel(cells, rng)] += 0.1


def _leeg(cells: Cellen, rng: random.Random) -> None:
    cells[_cel(cells, rng)] = 0.0


def _weg(cells: Cellen, rng: random.Random) -> None:
    del cells[_cel(cells, rng)]


def _onmogelijk(cells: Cellen, rng: random.Random) -> None:
    """Of the province itself: this one blocks. So near what stood there that the door lets it in."""
    cells[TEVREDEN, rng.choice(BINNEN), 2022] = 101.5


def _elders(cells: Cellen, rng: random.Random) -> None:
    """Of a region that the report does not show: it is set aside."""
    cells[TEVREDEN, rng.choice([AMSTERDAM, BLIJFT]), 2021] = 102.5


def _regel(cells: Cellen, rng: random.Random) -> None:
    cells[NETTO, rng.choice(BINNEN), 2022] = 20.0


def _jaar(cells: Cellen, rng: random.Random) -> None:
    cells |= year(2023, sorted({regio for _, regio, jaar in cells if jaar == 2022}))


def _sprong(cells: Cellen, rng: random.Random) -> None:
    cells[LEVEN, rng.choice(BINNEN), 2022] = 99.0


def _regio(cells: Cellen, rng: random.Random) -> None:
    for key in [k for k in cells if k[1] == BLIJFT]:
        del cells[key]


def _onderwerp(cells: Cellen, rng: random.Random) -> None:
    """A topic that the source revises in all regions and years."""
    for key in [k for k in cells if k[0] == BRUTO]:
        cells[key] = round(cells[key] * 0.999, 2)


@pytest.mark.lang
@pytest.mark.parametrize("seed", [18, 19, 20])
def test_ten_nights_with_another_answer_are_judged_as_they_are_whole(tmp_path: Path, seed: int) -> None:
    changes = [_hoger, _leeg, _weg, _onmogelijk, _elders, _regel, _jaar, _sprong, _regio, _onderwerp]
    rng, cells, monitor = random.Random(seed), seen(), Monitor(tmp_path)
    rng.shuffle(changes)
    made, taken, blocked = 0, 0, set()
    for n, change in enumerate([None, *changes]):
        before = dict(cells)
        if change:
            change(cells, rng)
        kast = Kast(tmp_path / "kast", "code")
        folder, invoer = monitor.make(cells)
        part, whole = monitor.check(folder, invoer, kast), monitor.check(folder, invoer)
        assert part == whole, (n, change)
        blocked |= {t.toets for t in whole if not t.geslaagd and t.zwaarte == "blokkeert"}
        if change:
            made, taken = made + kast.gemaakt["toets"], taken + kast.genomen["toets"]
        if change in {_onmogelijk, _regel}:
            cells = before
    print(f"\n10 veranderingen: {made} groepen beoordeeld, {taken} genomen; tegengehouden door {sorted(blocked)}")
    assert made < taken / 10 and blocked

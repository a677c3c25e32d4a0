"""A damaged download gives the figures that were in it, or none: no cell is ever read as another."""

import random
from pathlib import Path

import pytest

from assets.bron.aanlevering_lezen import AanleveringError, read_delivery
from assets.bron.bronlijst import Aanlevering
from begrippen.regio import known_codes
from tests.bron.kruistabel_vormen import CSV, write_csv
from tests.bron.test_kruistabel import mapping, tabel

SEED, TIMES = 20261129, 16


def cells(path: Path, own: Aanlevering) -> dict[tuple[str, str, str], tuple[float, str | None, str]] | None:
    """The cells of a file, None when it is refused."""
    try:
        frame = read_delivery([path], own, known_codes()).cellen
    except AanleveringError as error:
        assert path.name in str(error)
        return None
    keys = zip(frame["indicator"], frame["regiocode"], frame["periode"], strict=True)
    values = [None if leeg else waarde for waarde, leeg in zip(frame["waarde"], frame["waarde"].isna(), strict=True)]
    return dict(zip(keys, zip(values, frame["leeg"], frame["status"], strict=True), strict=True))


def without_a_field(rows, at, rng):
    row = rows[at]
    del row[rng.randrange(len(row))]


def with_a_field_more(rows, at, rng):
    rows[at].insert(rng.randrange(len(rows[at]) + 1), rng.choice(["", "7"]))


def with_a_blank_field(rows, at, rng):
    rows[at][rng.randrange(len(rows[at]))] = ""


def with_two_fields_changed_round(rows, at, rng):
    row = rows[at]
    a, b = rng.randrange(len(row)), rng.randrange(len(row))
    # two figures, or two labels, that changed places are a sound file of other figures: nobody can see that
    if _is_figure(row[a]) != _is_figure(row[b]):
        row[a], row[b] = row[b], row[a]


def with_a_field_of_the_line_above(rows, at, rng):
    n = rng.randrange(len(rows[at]))
    if at and n < len(rows[at - 1]) and not _is_figure(rows[at][n]):
        rows[at][n] = rows[at - 1][n]


def without_a_line(rows, at, rng):
    del rows[at]


def with_a_line_twice(rows, at, rng):
    rows.insert(at, list(rows[at]))


def with_the_lines_turned(rows, at, rng):
    rng.shuffle(rows)


def _is_figure(text: str) -> bool:
    return "," in text.removeprefix("Arbeidsdeelname; regio,") or text.strip() in ("", ".")


DAMAGE = (
    without_a_field,
    with_a_field_more,
    with_a_blank_field,
    with_two_fields_changed_round,
    with_a_field_of_the_line_above,
    without_a_line,
    with_a_line_twice,
    with_the_lines_turned,
)


def check(vorm: str, tmp_path: Path, times: int, seed: int = SEED) -> tuple[int, int]:
    """Damage a download in each way so often; give how often it was read, rightly, and how often it was refused."""
    rng = random.Random(f"{seed} {vorm}")
    make, form = CSV[vorm]
    own = mapping(form)
    k = tabel({("bb", "PV22", "2024JJ00"): ".", ("werkloos", "GM1680", "2022JJ00"): ""})
    # no two figures are the same, so that none can stand in for another unseen
    k.cellen = {
        key: text if text in ("", ".") else f"{1000 + n},{n % 10}" for n, (key, text) in enumerate(k.cellen.items())
    }
    grid = [[str(text) for text in row] for row in make(k)]
    whole = cells(write_csv(tmp_path / "proef.csv", grid), own)
    assert whole is not None and len(whole) == len(k.cellen)
    read = refused = 0
    for n in range(times * len(DAMAGE)):
        damage = DAMAGE[n % len(DAMAGE)]
        rows = [list(row) for row in grid]
        damage(rows, rng.choice([r for r in range(len(rows)) if rows[r]]), rng)
        found = cells(write_csv(tmp_path / "stuk.csv", rows), own)
        if found is None:
            refused += 1
            continue
        read += 1
        wrong = {key: (cell, whole.get(key)) for key, cell in found.items() if whole.get(key) != cell}
        # a blanked cell or label of its own is seen nowhere: it is a figure that is not there, never another one
        wrong = {key: pair for key, pair in wrong.items() if pair[0][0] is not None or pair[1] is None}
        assert wrong == {}, (damage.__name__, rows)
    return read, refused


@pytest.mark.parametrize("vorm", CSV)
def test_a_damaged_download_is_read_right_or_refused(tmp_path, vorm):
    read, refused = check(vorm, tmp_path, TIMES)
    assert read and refused


@pytest.mark.parametrize("vorm", CSV)
def test_a_download_that_was_cut_is_refused(tmp_path, vorm):
    make, form = CSV[vorm]
    own = mapping(form)
    path = write_csv(tmp_path / "proef.csv", make(tabel()))
    whole = cells(path, own)
    content = path.read_bytes()
    rng = random.Random(f"{SEED} {vorm}")
    for _ in range(40):
        path.write_bytes(content[: rng.randrange(200, len(content))])
        found = cells(path, own)
        assert found is None or found.items() <= whole.items()


def test_figures_above_the_names_of_the_dimensions_are_refused(tmp_path):
    make, form = CSV["alles in de rijen"]
    grid = [[str(text) for text in row] for row in make(tabel())]
    named = next(n for n, row in enumerate(grid) if row[: len(form["rijen"])] == form["rijen"])
    turned = [grid[named + 1], *grid[: named + 1], *grid[named + 2 :]]
    with pytest.raises(AanleveringError, match="deze regel met cijfers staat boven de kop"):
        read_delivery([write_csv(tmp_path / "proef.csv", turned)], mapping(form), known_codes())

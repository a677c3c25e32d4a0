"""Killed at any moment, or with a full disk: what is published is whole, and the next refresh puts all right."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.invoer.bouwinvoer import read_manifest
from assets.bron.schade import find_damage
from begrippen.fout import is_vol
from tests.vertrouwen import keten
from tests.vertrouwen.tellen import aantal

pytestmark = pytest.mark.lang
SEED = 20261130
# longer than a refresh of the small chain takes on the slowest machine
GEDULD = 120
FORK = multiprocessing.get_context("forkserver")


@pytest.fixture(scope="module")
def voor(tmp_path_factory):
    """A chain with one published refresh; what the first and the second publish; and how much the second does."""
    FORK.set_forkserver_preload(["tests.vertrouwen.keten"])
    root = tmp_path_factory.mktemp("voor")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwen, "all_tabellen", keten.needed)
        schoon = keten.Keten(root / "schoon")
        schoon.draai(0)
        eerst = schoon.published()
        shutil.copytree(schoon.root, root / "begin", symlinks=True)
        schoon.draai(1)
    geteld, fouten, seconds = draai(copy(root / "begin", root / "proef"), "niets", 0, 0.0)
    assert fouten == [] and keten.Keten(root / "proef").published() == schoon.published()
    assert geteld > 20
    return root / "begin", eerst, schoon.published(), geteld, seconds


def copy(begin: Path, root: Path) -> Path:
    """A copy of a chain of its own."""
    shutil.copytree(begin, root, symlinks=True)
    return root


def draai(root: Path, doe: str, n: int, na: float) -> Any:
    """The refresh of day 1 in a process of its own: changes of files, errors and seconds; None when it was killed."""
    uit = FORK.SimpleQueue()
    process = FORK.Process(target=keten.kind, args=(str(root), 1, doe, n, na, uit))
    process.start()
    process.join(GEDULD)
    if process.is_alive():
        process.kill()
        raise AssertionError("het houdt niet op")
    told = None if uit.empty() else uit.get()
    # one that had told all already can be killed still
    assert told is not None or process.exitcode == -signal.SIGKILL, process.exitcode
    return told


def check_whole(k: keten.Keten, *allowed: dict[str, str]) -> None:
    """What is published is one of these builds byte for byte and opens; no stored answer is half."""
    assert k.published() in allowed
    assert read_manifest(k.actueel)["bouw"]
    with duckdb.connect(str(k.actueel / "monitor.duckdb"), read_only=True) as db:
        ((rows,),) = db.execute("SELECT count(*) FROM kern.waarneming").fetchall()
        assert rows == sum(len(keten.cells(api, 0)) for api in keten.APIS)
    for tabel in keten.tabellen().values():
        folders = k.plek.archief.folders(tabel.bron, tabel.id)
        assert folders and [d for f in folders if (d := find_damage(f))] == []


def check_mended(k: keten.Keten, want: dict[str, str]) -> None:
    """The next refresh completes, publishes what a clean one would have, and leaves nothing beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwen, "all_tabellen", keten.needed)
        k.draai(1)
    check_whole(k, want)
    assert k.left() == []


def test_killed_at_seeded_moments(voor, tel, tmp_path):
    begin, eerst, daarna, geteld, seconds = voor
    chance = random.Random(SEED)
    with tel("gestopt") as telling:
        for trial in range(aantal(200, minstens=4)):
            # by what it does with files, which meets every step; and by time, which meets DuckDB at work too
            n, na = (chance.randint(1, geteld), 0.0) if trial % 2 == 0 else (0, chance.uniform(0.05, seconds))
            k = keten.Keten(copy(begin, tmp_path / "proef"))
            with telling.proef(f"poging {trial}: bij {n}, na {na:.2f} s"):
                draai(k.root, "dood", n, na)
                check_whole(k, eerst, daarna)
                check_mended(k, daarna)
            shutil.rmtree(k.root)


@pytest.mark.parametrize("doe", ["vol", "recht"])
def test_a_full_disk_or_a_folder_that_may_not_be_written(voor, tel, tmp_path, doe):
    begin, eerst, daarna, geteld, _ = voor
    chance = random.Random(f"{SEED} {doe}")
    with tel("schijf") as telling:
        for _ in range(aantal(50, minstens=2)):
            n = chance.randint(1, geteld)
            k = keten.Keten(copy(begin, tmp_path / "proef"))
            with telling.proef(f"{doe} vanaf {n}"):
                _, fouten, _ = draai(k.root, doe, n, 0.0)
                # a full disk is told as one, whatever library met it; when it came too late to matter nothing is told
                assert not fouten or doe == "recht" or any(map(is_vol, fouten)), fouten
                check_whole(k, eerst, daarna)
                check_mended(k, daarna)
            shutil.rmtree(k.root)

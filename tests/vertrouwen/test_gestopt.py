"""Killed at any moment, or with a full disk: what is published is whole, and the next refresh puts all right.

The small chain is killed most often. The one with a register, a report and a run of Dagster is killed too: there no
process that sets or draws lives on, no run stays open, and nothing of a single enterprise stands outside the vault.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.invoer.bouwinvoer import read_manifest
from assets.bron.schade import find_damage
from begrippen.fout import is_vol
from tests.vertrouwen import keten, rapportketen
from tests.vertrouwen.tellen import Telling, aantal

pytestmark = pytest.mark.lang
SEED = 20261130
# longer than a refresh of the small chain takes on the slowest machine
GEDULD = 900
FORK = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Voor:
    """A chain with one published refresh; what the first and the second publish; and what the second does."""

    soort: type[keten.Keten]
    begin: Path
    eerst: dict[str, str]
    daarna: dict[str, str]
    verslag: keten.Verslag

    def kopie(self, root: Path) -> keten.Keten:
        """A copy of the chain of its own."""
        shutil.copytree(self.begin, root, symlinks=True)
        return self.soort(root)


def prepare(root: Path, soort: type[keten.Keten]) -> Voor:
    FORK.set_forkserver_preload(["tests.vertrouwen.voorgeladen"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwen, "all_tabellen", keten.needed)
        schoon = soort(root / "schoon")
        schoon.lever()
        schoon.draai(0)
        eerst = schoon.published()
        shutil.copytree(schoon.root, root / "begin", symlinks=True)
        schoon.draai(1)
    voor = Voor(soort, root / "begin", eerst, schoon.published(), keten.Verslag(0, [], [], 0.0))
    verslag, _ = draai(voor.kopie(root / "proef"), "niets", 0, 0.0)
    assert verslag is not None and verslag.fouten == [] and verslag.geteld > 20, verslag
    assert soort(root / "proef").published() == voor.daarna != eerst
    return replace(voor, verslag=verslag)


@pytest.fixture(scope="module")
def voor(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("voor"), keten.Keten)


@pytest.fixture(scope="module")
def voor_rapport(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("rapport"), rapportketen.Rapportketen)


def draai(k: keten.Keten, doe: str, n: int, na: float) -> tuple[keten.Verslag | None, int]:
    """The refresh of day 1 in a process of its own: what it did, None when it was killed; and which process it was."""
    uit = FORK.SimpleQueue()
    process = FORK.Process(target=keten.kind, args=(k, doe, n, na, uit))
    process.start()
    process.join(GEDULD)
    if process.is_alive():
        process.kill()
        raise AssertionError("het houdt niet op")
    told = None if uit.empty() else uit.get()
    # one that had told all already can be killed still
    assert told is not None or process.exitcode == -signal.SIGKILL, process.exitcode
    assert process.pid is not None
    return told, process.pid


def check_whole(k: keten.Keten, *allowed: dict[str, str]) -> None:
    """What is published is one of these builds byte for byte and opens; no stored answer is half."""
    assert k.published() in allowed
    assert read_manifest(k.actueel)["bouw"]
    with duckdb.connect(str(k.actueel / "monitor.duckdb"), read_only=True) as db:
        ((rows,),) = db.execute("SELECT count(*) FROM kern.waarneming WHERE bron <> 'register'").fetchall()
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


def moment(verslag: keten.Verslag, trial: int, chance: random.Random) -> tuple[int, float]:
    """When to end a refresh: at which of its changes of files, and after how many seconds.

    By what it does with files, which meets every step; by time, which meets DuckDB and the protection at work; and
    shortly after a process was started that sets or draws, where one is.
    """
    if verslag.begonnen and trial % 3 == 2:
        return chance.choice(verslag.begonnen), chance.uniform(0.01, 1.5)
    if trial % 2 == 0:
        return chance.randint(1, verslag.geteld), 0.0
    return 0, chance.uniform(0.05, verslag.seconden)


def kill(voor: Voor, telling: Telling, tmp_path: Path, total: int) -> None:
    chance = random.Random(SEED)
    for trial in range(total):
        n, na = moment(voor.verslag, trial, chance)
        k = voor.kopie(tmp_path / "proef")
        with telling.proef(f"poging {trial}: bij {n}, na {na:.2f} s"):
            _, pid = draai(k, "dood", n, na)
            assert rapportketen.wait_for_helpers(pid) == []
            check_whole(k, voor.eerst, voor.daarna)
            assert k.marks() == []
            check_mended(k, voor.daarna)
            assert k.marks() == []
        shutil.rmtree(k.root)


def test_killed_at_seeded_moments(voor, tel, tmp_path):
    with tel("gestopt") as telling:
        kill(voor, telling, tmp_path, aantal(200, minstens=4))


def test_killed_while_the_register_is_protected_or_the_report_is_made(voor_rapport, tel, tmp_path):
    # without these the report and the register would not be in it
    assert len(voor_rapport.verslag.begonnen) >= 2
    assert "hoofdrapport.pdf" in voor_rapport.daarna
    with tel("rapport") as telling:
        kill(voor_rapport, telling, tmp_path, aantal(50, minstens=4))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own in memory, of which the size can be set. Skips where nobody may make one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"een kleine schijf maken mag hier niet: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def used(disk: Path) -> int:
    """Bytes that are taken of a disk."""
    stat = os.statvfs(disk)
    return (stat.f_blocks - stat.f_bfree) * stat.f_frsize


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def test_a_small_disk_that_is_full_in_earnest(voor, tel, tmp_path):
    """The system says so, to Python and to DuckDB alike; then there is room again."""
    chance = random.Random(f"{SEED} schijf")
    with tel("schijf") as telling, small_disk(tmp_path / "schijf") as disk:
        empty = used(disk)
        k = voor.kopie(disk / "proef")
        before = used(disk)
        draai(k, "niets", 0, 0.0)
        grown = used(disk) - before
        assert grown > 0
        shutil.rmtree(k.root)
        full = 0
        for trial in range(aantal(50, minstens=2)):
            k = voor.kopie(disk / "proef")
            room = int(chance.uniform(0, grown))
            with telling.proef(f"poging {trial}: {room} bytes over"):
                resize(disk, used(disk) + room)
                verslag, _ = draai(k, "niets", 0, 0.0)
                assert verslag is not None
                full += bool(verslag.fouten)
                assert not verslag.fouten or any(map(is_vol, verslag.fouten)), verslag.fouten
                resize(disk, 256_000_000)
                check_whole(k, voor.eerst, voor.daarna)
                check_mended(k, voor.daarna)
            resize(disk, 256_000_000)
            shutil.rmtree(k.root)
        assert full > 0 and used(disk) <= empty + before


@pytest.mark.parametrize("doe", ["vol", "recht"])
def test_a_full_disk_or_a_folder_that_may_not_be_written(voor, tel, tmp_path, doe):
    chance = random.Random(f"{SEED} {doe}")
    with tel("schijf") as telling:
        for _ in range(aantal(50, minstens=2)):
            n = chance.randint(1, voor.verslag.geteld)
            k = voor.kopie(tmp_path / "proef")
            with telling.proef(f"{doe} vanaf {n}"):
                verslag, _ = draai(k, doe, n, 0.0)
                assert verslag is not None
                # a full disk is told as one, whatever library met it; when it came too late to matter nothing is told
                fouten = verslag.fouten
                assert not fouten or doe == "recht" or any(map(is_vol, fouten)), fouten
                check_whole(k, voor.eerst, voor.daarna)
                check_mended(k, voor.daarna)
            shutil.rmtree(k.root)

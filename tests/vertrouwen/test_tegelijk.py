"""A clock that jumps, two refreshes at once, a reader that holds the file: what is published is the last good one."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import duckdb
import pytest

from assets.bouw import bouwen
from pipelines.instellingen import InstellingError
from tests.vertrouwen import keten
from tests.vertrouwen.tellen import aantal
from tests.vertrouwen.test_gestopt import FORK, GEDULD, SEED, check_mended, check_whole, draai
from tests.vertrouwen.test_gestopt import voor as _voor
from tests.vertrouwen.test_verversing import read

pytestmark = pytest.mark.lang
voor = _voor


@dataclass(frozen=True)
class Springend(keten.Keten):
    """A chain whose clock is set anew each time it is asked: up to a year forward or back, also within a refresh."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def moment(self, dag: int, minuten: int) -> datetime:
        """What that clock says."""
        return super().moment(dag, minuten) + timedelta(seconds=self.chance.uniform(-365, 365) * 86_400)

    def run(self, dag: int) -> str:
        """A run has a name of its own, whatever the clock says."""
        return f"run{dag:04d}"


def test_a_clock_that_jumps_between_and_during_refreshes(tel, tmp_path, monkeypatch):
    monkeypatch.setattr(bouwen, "all_tabellen", keten.needed)
    k = Springend(tmp_path)
    with tel("naast") as telling:
        for dag in range(aantal(50, minstens=3)):
            with telling.proef(f"dag {dag}"):
                k.draai(dag)
                found, _ = read(k)
                meant = set().union(*(keten.cells(api, dag) for api in keten.APIS))
                assert found == meant, sorted(found ^ meant, key=str)[:3]
                assert k.left() == []


def test_two_refreshes_at_once(voor, tel, tmp_path):
    turned_away = 0
    with tel("naast") as telling:
        for trial in range(aantal(25, minstens=2)):
            k = voor.kopie(tmp_path / "proef")
            with telling.proef(f"poging {trial}"):
                queues = [FORK.SimpleQueue() for _ in range(2)]
                both = [FORK.Process(target=keten.kind, args=(k, "niets", 0, 0.0, uit)) for uit in queues]
                for process in both:
                    process.start()
                for process in both:
                    process.join(2 * GEDULD)
                told = [uit.get() for uit in queues if not uit.empty()]
                assert len(told) == 2
                wrong = [verslag.fouten[0] for verslag in told if verslag.fouten]
                # the other one is told so at once, or came when the first was done
                assert all(f.startswith(f"{InstellingError.__name__}: er loopt al een verversing") for f in wrong), (
                    wrong
                )
                turned_away += bool(wrong)
                assert sum(not verslag.fouten for verslag in told) >= 1
                check_whole(k, voor.daarna)
                check_mended(k, voor.daarna)
            shutil.rmtree(k.root)
    # each would pass if they never met
    assert turned_away > 0


def test_a_reader_that_holds_what_is_published(voor, tel, tmp_path):
    with tel("naast") as telling:
        for trial in range(aantal(25, minstens=2)):
            k = voor.kopie(tmp_path / "proef")
            with (
                telling.proef(f"poging {trial}"),
                duckdb.connect(str(k.actueel / "monitor.duckdb"), read_only=True) as reader,
            ):
                query = "SELECT * FROM kern.waarneming ORDER BY ALL"
                before = reader.execute(query).fetchall()
                verslag, _ = draai(k, "niets", 0, 0.0)
                assert verslag is not None and verslag.fouten == []
                assert reader.execute(query).fetchall() == before
                check_whole(k, voor.daarna)
                check_mended(k, voor.daarna)
            shutil.rmtree(k.root)

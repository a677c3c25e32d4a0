"""All years together: which demands are not met by them, and what is withheld besides until they are.

What was found before is tried first (`Geheel`). Only what that does not prove is asked of a linear program: first with
the years beside it still, then of windows of years that can move with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.geheel import Geheel
from assets.register.bescherming.getuigen import OUTSIDER, Witnesses, as_row, asked_of, targets_of
from assets.register.bescherming.jaren import Jaren
from assets.register.bescherming.oplosser import release_memory
from assets.register.bescherming.programma import Task
from assets.register.bescherming.stelsel import Voorraad
from assets.register.bescherming.venster import NEAR, Venster, next_radius
from assets.register.bescherming.verruimen import Widener, against


@dataclass(frozen=True)
class Tekort:
    """A demand of a part that is not met, against whom, and the widest window in which that was looked for."""

    demand: int
    insider: int
    task: Task
    place: int


def find_short(jaren: Jaren, geheel: Geheel, jaar: int, naam: str, *, mend: bool) -> list[Tekort]:
    """The demands of a part that are not met by all years together; `mend`: withhold more for them where that helps."""
    prepared, levels = jaren.prepared(jaar)[naam], geheel.levels(jaar, naam)
    left = geheel.unproven(jaar, naam)
    if mend:
        listed = [bool(row.any()) and jaren.is_open(jaar, prepared, n) for n, row in enumerate(left)]
        left[np.array(listed, dtype=bool)] = False
    radius = 0
    while left.any():
        venster, which = Venster(jaren, jaar, naam, radius), np.flatnonzero(left.any(axis=1))
        task, known = venster.task(which, levels[:, 1:], geheel.names)
        others = np.setdiff1d(np.arange(1, left.shape[1]), known + 1)
        # who knows nothing of these years is anybody
        anybody = left[which, 0] | left[np.ix_(which, others)].any(axis=1)
        proef = Proef(task, np.column_stack([anybody, left[np.ix_(which, known + 1)]]))
        # a wider window comes after this: what looks as if it needs one is not asked to the end
        last = venster.whole or (mend and radius >= NEAR)
        widener = Widener(task, together=venster.whole)
        private = partial(venster.is_private, task)
        # of what more cells may mend it is asked only once no cell does: it takes longer than most of these
        told = private if venster.whole or (radius and not mend) else None
        thorough = venster.whole
        unmet = pass_private(proef, proef.find_unmet(thorough=thorough), told, thorough=thorough)
        if mend and unmet and last:
            pattern, unmet = widen(proef, widener, unmet, private)
            venster.withhold(pattern)
        geheel.take(venster.delen, proef.witnesses.rows)
        if venster.whole:
            return [Tekort(int(which[n]), e, task, n) for n, e in unmet.items()]
        left[np.ix_(which, others)] &= proef.todo[:, :1]
        left[which[:, None], np.append(0, known + 1)] &= proef.todo
        left[np.setdiff1d(which, which[list(unmet)])] = False
        radius = next_radius(radius, jaren.years)
    return []


def mend(jaren: Jaren, years: Sequence[int]) -> Voorraad | None:
    """Withhold more, until every demand of these years is met by all years together; list what cannot be.

    Gives the deviations that show it; None when there is nothing to show.
    """
    if not any(jaren.prepared(jaar) for jaar in years):
        return None
    geheel = Geheel(jaren, jaren.geheugen.getuigen.get(jaren.maten.naam))
    for jaar in years:
        for naam, prepared in jaren.prepared(jaar).items():
            for tekort in find_short(jaren, geheel, jaar, naam, mend=True):
                jaren.note(jaar, prepared, tekort.demand, tekort.insider)
            release_memory()
    return geheel.voorraad(years)


class Proef:
    """Holds demands of a task against a pattern, one by one; what it found still holds when more is withheld.

    todo: demands x (nobody, then each insider), what is not proven yet.
    """

    def __init__(self, task: Task, todo: np.ndarray) -> None:
        self.task, self.todo, self.witnesses = task, todo.copy(), Witnesses(task.block, task.insiders)
        self._targets = targets_of(task.demands, task.block.values.shape)
        self._level = asked_of(task.demands, task.levels)
        self.look(task.always)

    def look(self, pattern: np.ndarray, deviation: np.ndarray | None = None) -> None:
        """Go on with this pattern, that withholds what the last one did, and more: so that it leaves this deviation."""
        self._attacker: Attacker | None = None
        self._pattern = pattern
        if deviation is not None:
            self.witnesses.add(as_row(deviation), variants=True)
        self._prove(0)

    def _prove(self, start: int) -> None:
        self.witnesses.prove(self.todo, self._level, self._targets, self._pattern, start)

    def against(self, n: int, *, insiders: bool = True, thorough: bool = True) -> int | None:
        """Against whom a demand is not met, the first that there is; None when it is met.

        Not `thorough`: moving one measure by itself, so that more seem not to be met.
        """
        for e in np.flatnonzero(self.todo[n, : None if insiders else 1]):
            if not self.todo[n, e]:
                continue
            if self._attacker is None:
                self._attacker = Attacker(self.task.block, self._pattern, self.witnesses.weights)
            who = OUTSIDER if e == 0 else int(e) - 1
            deviation = self._attacker.find(*against(self.task, n, who), together=thorough)
            if deviation is None:
                return who
            start, self.todo[n, e] = len(self.witnesses), False
            self.witnesses.add(as_row(deviation), variants=True)
            self._prove(start)
        return None

    def pass_over(self, n: int, e: int, *, thorough: bool = True) -> int | None:
        """Look no more at a demand against this one: against whom else it is not met; None when it is met."""
        self.todo[n, e - OUTSIDER] = False
        return self.against(n, thorough=thorough)

    def find_unmet(self, *, thorough: bool) -> dict[int, int]:
        """The demands that this pattern does not meet, and against whom.

        Not `thorough`: of a figure of which one is not met, the others that are not proven count as not met either.
        """
        unmet, demands = dict[int, int](), self.task.demands
        # what an outsider finds first: it proves much of what enterprises do not
        for insiders in (False, True):
            short = {demands[n].target for n in unmet}
            for n, demand in enumerate(demands):
                if n in unmet or not self.todo[n, : None if insiders else 1].any():
                    continue
                if not thorough and demand.target in short:
                    unmet[n] = int(np.flatnonzero(self.todo[n])[0]) + OUTSIDER
                elif (who := self.against(n, insiders=insiders, thorough=thorough)) is not None:
                    unmet[n] = who
                    short.add(demand.target)
        return unmet


# whether an enterprise finds what a demand hides by its own figures, whatever is published: demand, enterprise
Private = Callable[[int, int], bool]


def pass_private(
    proef: Proef, unmet: Mapping[int, int], private: Private | None, *, thorough: bool = True
) -> dict[int, int]:
    """The demands that are told by more than an enterprise's own figures, each with the first who is told so.

    That one enterprise knows a figure by itself excuses nothing of what another finds in what is published.
    """
    told = {}
    for n, first in unmet.items():
        who: int | None = first
        while private is not None and who is not None and private(n, who):
            who = proef.pass_over(n, who, thorough=thorough)
        if who is not None:
            told[n] = who
    return told


def widen(
    proef: Proef, widener: Widener, unmet: Mapping[int, int], private: Private | None = None
) -> tuple[np.ndarray, dict[int, int]]:
    """Withhold more until every demand of `unmet` is met; also those that no pattern meets, and against whom."""
    task = proef.task
    pattern = task.always.copy()
    given_up: dict[int, int] = {}
    # the one that asks most first: with what it takes others are often met, so each is looked at when it is its turn
    for n in sorted(unmet, key=lambda n: -task.demands[n].level):
        who = proef.against(n)
        while who is not None:
            more = widener.find(n, who, pattern)
            if more is None and private is not None and private(n, who):
                who = proef.pass_over(n, who)
                continue
            if more is None:
                given_up[n] = who
                break
            pattern = pattern | more[0]
            proef.look(pattern, more[1])
            who = proef.against(n)
    return pattern, given_up

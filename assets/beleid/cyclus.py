"""The cycle of two years as what is there says: nine steps, what each still misses, and which day comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, model_validator

from assets.beleid.lezen import Beleidsmap
from assets.beleid.vormen import Evaluatie, Resultaat, Signaal

JAREN = 2


class Cyclus(BaseModel):
    """The days of a cycle, `[cyclus]` in `editie.toml`; each may still be open."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    stand: date | None = None
    gs: date | None = None
    ps: date | None = None
    stakeholders: date | None = None
    programma: date | None = None

    @model_validator(mode="after")
    def _check(self) -> Cyclus:
        order = ("stand", "gs", "ps"), ("stand", "stakeholders"), ("gs", "programma"), ("stakeholders", "programma")
        for chain in order:
            days = [(n, d) for n in chain if (d := getattr(self, n)) is not None]
            for (first, a), (then, b) in pairwise(days):
                if b < a:
                    raise ValueError(f"{then} ({b:%d-%m-%Y}) ligt voor {first} ({a:%d-%m-%Y}); dat kan niet")
        return self


@dataclass(frozen=True)
class Stap:
    """A step: whether it is done, the day it is planned for, and what it still waits for."""

    nummer: int
    naam: str
    klaar: bool
    dag: date | None
    mist: tuple[str, ...]

    @property
    def staat(self) -> str:
        """How it stands, in words."""
        if self.klaar:
            return "klaar"
        return "kan nog niet" if any(m.startswith("stap ") for m in self.mist) else "nog te doen"


def make_stappen(cyclus: Cyclus, beleid: Beleidsmap | None, verzegeld: bool, vandaag: date) -> list[Stap]:
    """The nine steps, derived from what is there: nothing is filled in to say that a step is done."""

    def past(day: date | None) -> bool:
        return day is not None and day <= vandaag

    signalen = bool(beleid and beleid.of(Signaal))
    own = [r for _, r in beleid.of(Resultaat) if not r.onder and not r.indeling] if beleid else []
    stil = sum(r.stand is None and r.realisatie is None for r in own)
    evaluaties = [e for _, e in beleid.of(Evaluatie)] if beleid else []
    late = sum(e.voorbij(vandaag) for e in evaluaties)
    open_ = {
        6: f"{stil} van de {len(own)} resultaten zijn niet verantwoord" if stil else "",
        7: f"van {late} {'evaluatie' if late == 1 else 'evaluaties'} is het jaar voorbij" if late else "",
    }
    # number -> name, done by itself, day, the steps that come first
    steps: list[tuple[str, bool, date | None, tuple[int, ...]]] = [
        ("publicatie van de Stand", verzegeld, cyclus.stand, ()),
        ("bespreking in Gedeputeerde Staten", past(cyclus.gs), cyclus.gs, (1,)),
        ("gedeeld met Provinciale Staten", past(cyclus.ps), cyclus.ps, (2,)),
        ("signalen verzameld", signalen, None, ()),
        ("bijeenkomst met partners", past(cyclus.stakeholders), cyclus.stakeholders, (1, 4)),
        ("resultaten en geld verantwoord", bool(own) and not stil, None, ()),
        ("instrumenten geëvalueerd", bool(evaluaties) and not late, None, ()),
        ("uitvoeringsprogramma vastgesteld", past(cyclus.programma), cyclus.programma, (3, 5, 6, 7)),
        ("nieuwe voorstellen langs het afwegingskader", False, None, (8,)),
    ]
    done: dict[int, bool] = {}
    found = []
    for n, (naam, zelf, dag, eerst) in enumerate(steps, start=1):
        mist = [f"stap {e}: {steps[e - 1][0]}" for e in eerst if not done[e]]
        done[n] = zelf and not mist
        found.append(Stap(n, naam, done[n], dag, (*mist, *filter(None, [open_.get(n)]))))
    return found


def next_stand(jaar: int) -> int:
    """The year of the next edition."""
    return jaar + JAREN

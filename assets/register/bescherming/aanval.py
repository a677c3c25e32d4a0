"""The attack: can every withheld figure still be far enough from its truth, given what is published and nothing else?

It takes what goes out, not the pattern that was chosen: a figure that got out by mistake counts as known. What may not
be estimated follows from the rules (`primair`); what an attacker can do follows from `programma`. The attacker also
knows what was published before, and each figure within a margin from the years beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.geheel import Geheel
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.jaren import Jaren
from assets.register.bescherming.naast import SAMEN, employ
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.programma import Demand, Task
from assets.register.bescherming.samen import find_short
from assets.register.bescherming.stelsel import BANEN, Cel, Maten, Voorraad
from assets.register.bescherming.verruimen import against

KEY = ["jaar", "regio", "uitsplitsing", "maat", "tegen"]
COLUMNS = [*KEY, "gevonden", "vereist", "eerder"]
BUITENSTAANDER, ONDERNEMING = "buitenstaander", "onderneming"


@dataclass(frozen=True)
class Aanval:
    """Outcome of the attack; confidential.

    intervallen: jaar, regio, uitsplitsing, maat, tegen, gevonden (how far the attacker must leave the figure, in the
    worst direction), vereist, eerder (nothing that is withheld now can mend it: earlier publications tell).
    te_smal: the rows that what is published now makes too narrow; empty means safe.
    """

    intervallen: pd.DataFrame
    te_smal: pd.DataFrame


def attack(  # noqa: PLR0917 - what is attacked, and what helps to see that it holds
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    parameters: Parameters,
    geheugen: Geheugen,
    getuigen: Voorraad | None = None,
) -> Aanval:
    """Attack `gepubliceerd`: jaar, regio, uitsplitsing, maat (vestigingen, banen, fulltime), waarde (NA: withheld).

    `getuigen`: deviations that may show that figures can be far from their truth. The attack believes none of them: it
    holds each against all that it knows, and looks for itself where that shows nothing.
    """
    frame = bijdragen.assign(parttime=bijdragen["banen"] - bijdragen["fulltime"])
    return attack_measures(frame, cellen, gepubliceerd, BANEN, parameters, geheugen, getuigen=getuigen)


def attack_measures(  # noqa: PLR0917 - as `attack`, and of which measures
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    maten: Maten,
    parameters: Parameters,
    geheugen: Geheugen,
    samen: int = SAMEN,
    getuigen: Voorraad | None = None,
) -> Aanval:
    """Attack any system of measures; `bijdragen` holds its base measures.

    `samen`: from so many years on the work is done by two processes. The outcome does not depend on it.
    """
    shown = gepubliceerd[gepubliceerd["waarde"].notna()]
    # one measure of a figure that got out is a figure that got out
    seen = set(zip(shown["jaar"].astype(int), shown["regio"], shown["uitsplitsing"], strict=True))
    years = sorted(cellen)
    half = len(years) // 2
    # a process begins while the years are read here
    with employ([_nothing], together=len(years) >= samen) as [worker]:
        jaren = Jaren(bijdragen, cellen, maten, parameters, geheugen, rounds=0)
        jaren.see({j: np.array([(j, *n) in seen for n in y.names[: len(cellen[j])]]) for j, y in jaren.years.items()})
        worker.ask(_attack_beside, jaren, years[:half], getuigen)
        rows = _attack_years(jaren, years[half:], getuigen) + worker.answer()
    intervallen = pd.DataFrame(rows, columns=COLUMNS).sort_values(KEY, ignore_index=True)
    return Aanval(intervallen, intervallen[~intervallen["eerder"].astype(bool)].reset_index(drop=True))


def _nothing() -> None:
    """What a process loads that is given all with what it is asked."""


def _attack_beside(_: None, jaren: Jaren, years: Sequence[int], getuigen: Voorraad | None) -> list[tuple[object, ...]]:
    return _attack_years(jaren, years, getuigen)


def _attack_years(jaren: Jaren, years: Sequence[int], getuigen: Voorraad | None) -> list[tuple[object, ...]]:
    if not any(jaren.prepared(jaar) for jaar in years):
        return []
    geheel = Geheel(jaren, getuigen)
    return [row for jaar in years for naam in jaren.prepared(jaar) for row in _attack_part(jaren, geheel, jaar, naam)]


def _attack_part(jaren: Jaren, geheel: Geheel, jaar: int, naam: str) -> Iterator[tuple[object, ...]]:
    """The demands of a part that are not met."""
    prepared = jaren.prepared(jaar)[naam]
    told = bool(np.isfinite(jaren.earlier[jaar, jaar][prepared.part.cells]).any())
    measures = {weights: name for name, weights in jaren.maten.gevoelig.items()}
    for tekort in find_short(jaren, geheel, jaar, naam, mend=False):
        demand, insider = against(tekort.task, tekort.place, tekort.insider)
        far = Attacker(tekort.task.block, tekort.task.always, _even(tekort.task)).nearest(demand, insider)
        tegen = BUITENSTAANDER if insider is None else ONDERNEMING
        by_memory = told and not _attainable(tekort.task, tekort.task.demands[tekort.place])
        maat = measures[demand.weights]
        yield jaar, *jaren.years[jaar].names[demand.target], maat, tegen, far, demand.level, by_memory


def _even(task: Task) -> np.ndarray:
    return np.ones(len(task.block.values))


def _attainable(task: Task, demand: Demand) -> bool:
    """Whether the demand would be met if everything were withheld that still can be."""
    return Attacker(task.block, task.always | task.block.free, _even(task)).find(demand) is not None

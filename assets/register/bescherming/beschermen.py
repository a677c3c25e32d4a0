"""Protect the published tables of the register: which cells are withheld, and what could not be protected.

The year in the middle is decided first, then the years before it and those after it, each with the pattern of the year
that was decided just before it as what the attacker knows of it: two runs that do not need each other, side by side.
What the year on the other side tells besides is asked of all years together (`samen`): searching each year once more
for it took longer and withheld no fewer cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.jaren import Found, Jaren, Open, Opgelost
from assets.register.bescherming.naast import SAMEN, employ
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.samen import mend
from assets.register.bescherming.stelsel import BANEN, OPEN, SECUNDAIR, Bescherming, Cel, Maten, Voorraad

# exact choices over all years: a few years come very near the cheapest pattern, a long run a little less near, in time
KEUZES = 15
ADVIES = {
    "buitenstaander": "Ook met alle andere cellen achtergehouden blijft dit te nauw te schatten. Voeg de uitsplitsing "
    "of het gebied samen met een ander, of publiceer deze tabel niet voor dit jaar.",
    "onderneming": "Een onderneming die haar eigen cijfers kent, kan dit te nauw schatten. Voeg de uitsplitsing of het "
    "gebied samen met een ander, of publiceer deze tabel niet voor dit jaar.",
    "eerder gepubliceerd": "Dit is al bekend uit een eerdere publicatie en is niet meer te beschermen. Houd het "
    "voortaan achter, haal de oude cijfers weg waar dat kan en leg vast wie dit heeft beoordeeld.",
}


def protect(
    bijdragen: pd.DataFrame, cellen: Mapping[int, Sequence[Cel]], parameters: Parameters, geheugen: Geheugen
) -> Bescherming:
    """Choose which cells to withhold.

    bijdragen: jaar, gemeente, kant, atoom, onderneming, banen, fulltime, vestigingen (whole numbers).
    cellen: the published cells of each year. Returns every cell with its true values and patroon.
    """
    frame = bijdragen.assign(parttime=bijdragen["banen"] - bijdragen["fulltime"])
    return protect_measures(frame, cellen, BANEN, parameters, geheugen)


def protect_measures(  # noqa: PLR0917 - as `protect`, of which measures, and how
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    maten: Maten,
    parameters: Parameters,
    geheugen: Geheugen,
    samen: int = SAMEN,
) -> Bescherming:
    """Choose which cells to withhold in any system of measures; `bijdragen` holds its base measures.

    `samen`: from so many years on the work is done by two processes. The outcome does not depend on it.
    """
    years = sorted(cellen)
    if not years:
        return _result([], maten)
    rounds = KEUZES // len(years)
    place = len(years) // 2
    middle, runs = years[place], (years[: place + 1][::-1], years[place:])

    def task(own: Sequence[int]) -> _Taak:
        rows = bijdragen[bijdragen["jaar"].isin(own)]
        return _Taak(rows, {j: cellen[j] for j in own}, maten, parameters, geheugen, rounds)

    with employ([task(own).load for own in runs], together=len(years) >= samen) as workers:
        # the years beside it tell what the middle must withhold
        jaren = task(years[max(place - 1, 0) : place + 2]).load()
        jaren.search(middle, {})
        start = jaren.opgelost(middle)
        for worker in workers:
            worker.ask(_work, middle, start)
        # meanwhile; it is needed once they are ready
        every = task(years).load()
        ends: list[_Helft] = [worker.answer() for worker in workers]
        for end in ends:
            for jaar in set(end.suppressed) - {middle}:
                every.go_on_from(jaar, Opgelost(end.suppressed[jaar], end.found[jaar]))
            every.open_ += end.open_
        # with what each side asks of the middle
        asked = np.logical_or.reduce([start.suppressed, *(end.suppressed[middle] for end in ends)])
        every.go_on_from(middle, Opgelost(asked, start.found))
        every.open_ += jaren.open_of([middle])
        # what is met stays met when more is withheld: each side asks what it asks, and all of it is withheld
        workers[0].ask(_mend, every, years[place:])
        mended = [_mend(None, every, years[:place]), workers[0].answer()]
    for suppressed, open_, _ in mended:
        for jaar, cells in suppressed.items():
            every.suppressed[jaar] |= cells
        every.open_ += [o for o in open_ if o not in every.open_]
    whole = _Helft(every.suppressed, {j: every.cells_of(j) for j in years}, every.open_of(years), {})
    return replace(_result([whole], maten), getuigen=_together([shown for _, _, shown in mended if shown is not None]))


@dataclass(frozen=True)
class _Taak:
    """What a run of years needs; the middle is one of them."""

    bijdragen: pd.DataFrame
    cellen: Mapping[int, Sequence[Cel]]
    maten: Maten
    parameters: Parameters
    geheugen: Geheugen
    rounds: int

    def load(self) -> Jaren:
        return Jaren(self.bijdragen, self.cellen, self.maten, self.parameters, self.geheugen, self.rounds)


@dataclass(frozen=True)
class _Helft:
    """A run of years as it came out: what is withheld, the cells with their true values, and what stays open."""

    suppressed: dict[int, np.ndarray]
    cellen: dict[int, pd.DataFrame]
    open_: tuple[Open, ...]
    found: Mapping[int, Mapping[str, Found]]


def _work(jaren: Jaren, middle: int, start: Opgelost) -> _Helft:
    """Decide the years on one side of the middle, outward."""
    outward = sorted((j for j in jaren.years if j != middle), key=lambda j: abs(j - middle))
    jaren.go_on_from(middle, start)
    inner = middle
    for jaar in outward:
        jaren.search(jaar, jaren.found[inner])
        jaren.forget_proofs(inner)
        inner = jaar
    jaren.forget_proofs(inner)
    return _Helft(dict(jaren.suppressed), {}, jaren.open_of(outward), jaren.found)


def _mend(
    _: Jaren | None, every: Jaren, years: Sequence[int]
) -> tuple[dict[int, np.ndarray], list[Open], Voorraad | None]:
    """What these years ask of all years together, withheld, listed and shown; `every` stays as it was."""
    before, listed = every.suppressed, every.open_
    every.suppressed, every.open_ = {jaar: cells.copy() for jaar, cells in before.items()}, list(listed)
    shown = mend(every, years)
    found = every.suppressed, every.open_, shown
    every.suppressed, every.open_ = before, listed
    return found


def _together(shown: Sequence[Voorraad]) -> Voorraad | None:
    """What was shown of the same years, in one."""
    return Voorraad(shown[0].sleutels, sparse.vstack([v.rijen for v in shown], format="csr")) if shown else None


def _result(helften: Sequence[_Helft], maten: Maten) -> Bescherming:
    frames = {}
    for helft in helften:
        for jaar, frame in helft.cellen.items():
            closed = helft.suppressed[jaar] & (frame["patroon"] == OPEN)
            frames[jaar] = frame.assign(patroon=frame["patroon"].mask(closed, SECUNDAIR))
    names = ["jaar", "regio", "uitsplitsing", *maten.gepubliceerd, "patroon"]
    cellen = (
        pd.concat([frames[j] for j in sorted(frames)], ignore_index=True) if frames else pd.DataFrame(columns=names)
    )
    rows = {astuple(o): {**asdict(o), "advies": ADVIES[o.tegen]} for helft in helften for o in helft.open_}
    openstaand = pd.DataFrame(list(rows.values()), columns=["jaar", "regio", "uitsplitsing", "maat", "tegen", "advies"])
    return Bescherming(cellen, openstaand.sort_values(list(openstaand.columns[:5]), ignore_index=True))

"""The concepts of the sample, laid out over the municipalities and the times of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.bron.voorbeeld.indeling import Gebieden, Tijd
from assets.bron.voorbeeld.toeval import Veld, key, normal

BEVOLKING = "bevolking"
# by how much a branch gains or loses in a year by chance, in the country and in a COROP area; the years start here
SCHOK_LAND, SCHOK_GEBIED, EERSTE_SCHOK = 0.012, 0.01, 2000


def read_level(spec: Any, profiel: dict[str, Any], t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give a level over time: year -> level with straight pieces between, or a number with its growth."""
    if isinstance(spec, dict):
        years = np.array(sorted(spec), dtype=np.float64)
        values = np.array([spec[int(y)] for y in years], dtype=np.float64)
        return np.interp(t, years, values)
    since = t - profiel.get("jaar", 2022)
    level: Veld = spec * (1 + profiel.get("groei", 0.0)) ** since + profiel.get("stap", 0.0) * since
    return level


class Velden:
    """The concepts laid out over the municipalities, for the times of one table."""

    def __init__(self, gebieden: Gebieden, profielen: dict[str, Any], tijden: Sequence[Tijd]) -> None:
        self.gebieden, self.begrippen, self.tijden = gebieden, profielen["begrippen"], tuple(tijden)
        self.profielen, self.eigen = profielen, profielen["eigen"]
        self.t = np.array([x.midden for x in tijden])
        self.jaarkeys = np.array([key(x.jaar) for x in tijden], dtype=np.uint64)
        self.deelkeys = np.array([key(x.code) for x in tijden], dtype=np.uint64)
        self._kept: dict[str, Veld] = {}

    @cached_property
    def _inwoners(self) -> Veld:
        """Thousands of inhabitants of each municipality, the ground under everything else."""
        g = self.gebieden
        known = {c: float(v) for c, v in self.profielen["gemeenten"].items()}
        base = np.exp(0.6 * normal("gemeentegrootte", g.keys))
        for provincie, total in self.profielen["provincies"].items():
            here = g.provincie == provincie
            given = np.array([known.get(c, np.nan) for c in g.codes])
            free = here & np.isnan(given)
            base[here & ~free] = given[here & ~free]
            if free.any():
                base[free] *= max(total - base[here & ~free].sum(), 1.0) / base[free].sum()
        return base

    @cached_property
    def _welstand(self) -> Veld:
        """How well off each municipality is: known roughly for a province with a profile, else a number of its own."""
        known = self.eigen.get("welstand", {})
        drawn = normal("welstand", self.gebieden.keys)
        return np.array([known.get(c, z) for c, z in zip(self.gebieden.codes, drawn, strict=True)])

    def veld(self, name: str, profiel: dict[str, Any] | None = None) -> Veld:
        """Give a concept over municipality x time: an amount for what adds up, a level for the rest."""
        if name not in self._kept:
            if name in AFGELEID:
                self._kept[name] = AFGELEID[name](self)
            else:
                self._kept[name] = self._make(name, profiel or self.begrippen[name])
        return self._kept[name]

    def _weights(self, name: str, profiel: dict[str, Any]) -> Veld:
        shape = np.ones((len(self.gebieden.codes), len(self.t)))
        kind = profiel.get("gewicht")
        if kind == "wortel":
            # a larger municipality has more land, but far from in proportion
            return self._inwoners[:, None] ** 0.3 * shape
        if kind == "land":
            return self.veld("land_km2")
        return self._inwoners[:, None] * shape if name == BEVOLKING else self.veld(BEVOLKING)

    def _make(self, name: str, profiel: dict[str, Any]) -> Veld:
        g, additive = self.gebieden, profiel.get("optellend", False)
        spreiding, ruis = profiel.get("spreiding", 0.0), profiel.get("ruis", 0.01)
        nl = read_level(profiel["nl"], profiel, self.t)
        weights, amounts = self._weights(name, profiel), self.is_som(profiel)
        eigen = self._level(name, profiel, nl, weights if amounts else None)
        # a level near its ceiling spreads downwards: shape what is missing instead
        mirrored = not amounts and not additive and profiel.get("eenheid") == "%" and nl.mean() > 50
        areas = np.array([key(c) for c in g.corop], dtype=np.uint64)
        vorm = profiel.get("vorm", name)
        own = 0.85 * normal(f"gemeente {vorm}", g.keys) + 0.5 * normal(f"corop {vorm}", areas)
        # where welfare explains a topic, chance explains less of it
        z = own * np.where(g.eigen & ("welstand" in profiel), 0.35, 1.0)
        lean = profiel.get("welstand", 0.0) * (-1 if mirrored else 1) * self._welstand
        if vorm != name:
            lean = lean + profiel.get("afwijking", 0.02) * normal(f"gemeente {name}", g.keys)
        years = normal(f"jaar {vorm}", g.keys[:, None], self.jaarkeys[None, :])
        parts = normal(f"deel {name}", g.keys[:, None], self.deelkeys[None, :])
        finer = np.array([x.deel < 1 for x in self.tijden])
        noise = np.where(finer[None, :], 0.7 * years + 0.5 * parts, years)
        drift = profiel.get("drift", 0.0) * normal(f"drift {name}", g.keys)[:, None] * (self.t - 2020)[None, :]
        if additive:
            field = nl[None, :] + spreiding * z[:, None] + ruis * noise
            field = field + np.where(g.eigen[:, None], eigen - nl, 0)
        else:
            field = np.exp((spreiding * z + lean)[:, None] + ruis * noise + drift)
            for code, value in self.eigen.get("niveaus", {}).get(name, {}).items():
                field[g.codes.index(code)] = value / weights[g.codes.index(code)]
        return self._scale(
            field, weights, nl, eigen, amounts=amounts, additive=additive, mirrored=mirrored
        ) * self._breuk(profiel)

    def _level(self, name: str, profiel: dict[str, Any], nl: Veld, weights: Veld | None) -> Veld:
        """Give the level of the province with a profile, over time; `weights` for an amount. Nothing without one."""
        here = self.gebieden.eigen
        if not here.any():
            return np.zeros_like(nl)
        if (spec := self.eigen["begrippen"].get(name)) is None:
            # near the Netherlands, on a side of its own
            level = nl * (1 + 0.06 * float(normal(f"{self.eigen['id']} {name}", self.gebieden.keys[:1])[0]))
            return level if weights is None else level * (weights[here].sum(axis=0) / weights.sum(axis=0))
        if not isinstance(spec, dict) and isinstance(profiel["nl"], dict):
            # one number: it moves with the Netherlands
            moved: Veld = nl * spec / read_level(profiel["nl"], profiel, np.array([profiel.get("jaar", 2022)]))
            return moved
        return read_level(spec, profiel, self.t)

    def _scale(
        self, field: Veld, weights: Veld, nl: Veld, eigen: Veld, *, amounts: bool, additive: bool, mirrored: bool
    ) -> Veld:
        """Bring the province with a profile and the rest to their levels; amounts become amounts."""
        here = self.gebieden.eigen
        if mirrored:
            nl, eigen = 100 - nl, 100 - eigen
        if not amounts:
            nl, eigen = nl * weights.sum(axis=0), eigen * weights[here].sum(axis=0)
        field = field.copy()
        for where, target in ((here, eigen), (~here, nl - eigen)):
            if where.any():
                weight = weights[where].sum(axis=0)
                level, mean = target / weight, (field[where] * weights[where]).sum(axis=0) / weight
                field[where] = field[where] + (level - mean) if additive else field[where] * (level / mean)
        if amounts:
            return field * weights
        return 100 - field if mirrored else field

    def _breuk(self, profiel: dict[str, Any]) -> Veld:
        factor = np.ones(len(self.t))
        for jaar, value in profiel.get("breuk", {}).items():
            factor[[x.jaar >= jaar for x in self.tijden]] *= value
        return factor[None, :]

    def schokken(self, naam: str) -> Veld:
        """Good and bad years of a branch, municipality x time: some shared by the country, some by a COROP area.

        They pile up from year to year, as orders and closures do; the same whichever years a table asks for.
        """
        years = np.arange(EERSTE_SCHOK, int(np.ceil(self.t.max())) + 1)
        each = np.array([key(int(y)) for y in years], dtype=np.uint64)
        areas = np.array([key(c) for c in self.gebieden.corop], dtype=np.uint64)
        country = SCHOK_LAND * normal(f"schok {naam}", each)[None, :]
        piled = np.cumsum(country + SCHOK_GEBIED * normal(f"schok {naam}", areas[:, None], each[None, :]), axis=1)
        piled = piled - piled[:, [min(2020 - EERSTE_SCHOK, len(years) - 1)]]
        return np.stack([np.interp(self.t, years, row) for row in piled])

    @staticmethod
    def is_som(profiel: dict[str, Any]) -> bool:
        """Whether a concept adds up over regions."""
        return profiel.get("aard") == "som" or "leeftijd" in profiel

    def jonger_dan(self, age: float) -> Veld:
        """Give the share of the inhabitants younger than an age; municipalities differ in how old they are."""
        opbouw = self.profielen["leeftijdsopbouw"]
        g = self.gebieden
        older = 1.6 * normal("vergrijzing", g.keys)
        nl = eigen = opbouw["nl"]
        if g.eigen.any():
            older = older - np.where(g.eigen, np.average(older[g.eigen], weights=self._inwoners[g.eigen]), 0)
            eigen = self.eigen["leeftijdsopbouw"]
        # an older population is one whose ages are read a little further back
        shift = older[:, None] + opbouw["schuift"] * (self.t - 2024)[None, :]
        if age >= opbouw["grenzen"][-1]:
            return np.ones_like(shift)
        read = np.clip(age - shift * min(1.0, age / 40), 0, None)
        shares: Veld = np.where(
            g.eigen[:, None],
            np.interp(read, opbouw["grenzen"], eigen),
            np.interp(read, opbouw["grenzen"], nl),
        )
        return shares / 100


def _werkzaam(v: Velden) -> Veld:
    return v.veld("beroeps_en_niet_beroepsbevolking") * v.veld("netto_niveau") / 100


def _beroepsbevolking(v: Velden) -> Veld:
    return _werkzaam(v) / (1 - v.veld("werkloosheid_niveau") / 100)


BODEMGEBRUIK = ("bebouwd", "recreatie", "bos_en_natuur", "binnenwater", "ander_gebruik")


def _bodemgebruik(v: Velden, naam: str) -> Veld:
    """Share out the area of a municipality, so that its parts never exceed it."""
    shapes = {deel: v.veld(f"{deel}_vorm") for deel in BODEMGEBRUIK}
    whole: Veld = np.sum(list(shapes.values()), axis=0)
    return v.veld("oppervlakte") * shapes[naam] / whole


def _zonder_hbo(v: Velden, deel: Callable[[Veld], Veld]) -> Veld:
    """Share out those without higher education, so that the three levels are everyone."""
    return (100 - v.veld("hbo_wo")) * deel(v.veld("laag_deel") / 100)


# what hangs together: computed per municipality from other concepts
AFGELEID: dict[str, Callable[[Velden], Veld]] = {
    "werkzame_beroepsbevolking": _werkzaam,
    "beroepsbevolking": _beroepsbevolking,
    "werkloze_beroepsbevolking": lambda v: _beroepsbevolking(v) - _werkzaam(v),
    "niet_beroepsbevolking": lambda v: v.veld("beroeps_en_niet_beroepsbevolking") - _beroepsbevolking(v),
    "niet_werkzame_bevolking": lambda v: v.veld("beroeps_en_niet_beroepsbevolking") - _werkzaam(v),
    "niet_meer_uren": lambda v: _werkzaam(v) - v.veld("meer_uren_beschikbaar"),
    "niet_gezocht_niet_beschikbaar": lambda v: (
        v.veld("niet_beroepsbevolking") - v.veld("beschikbaar_niet_gezocht") - v.veld("gezocht_niet_beschikbaar")
    ),
    "laag_opgeleid": lambda v: _zonder_hbo(v, lambda laag: laag),
    "middelbaar_opgeleid": lambda v: _zonder_hbo(v, lambda laag: 1 - laag),
    **{deel: partial(_bodemgebruik, naam=deel) for deel in BODEMGEBRUIK},
}


def round_along(amounts: Veld) -> Veld:
    """Round amounts down the first axis so that the sum of any run of them is right within one."""
    running = np.round(np.cumsum(amounts, axis=0))
    return np.diff(running, axis=0, prepend=0)

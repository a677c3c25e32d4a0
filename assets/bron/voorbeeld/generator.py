"""The figures of the sample: made by formula, the same each time, and nowhere a figure of CBS.

Everything starts at the municipalities. A count is made per municipality, rounded there, and added up, so that parts
add up to the COROP area, the province and the Netherlands; a share is the quotient of two counts, or the mean of
municipalities weighted by inhabitants. What is random comes from a fixed mixing of keys (table or concept, region,
period), never from a generator with a state: a table is the same whichever table is asked for first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from assets.bron.bronlijst import Aanlevering, Onderwerp
from assets.bron.gezienlijst import GezieneTabel, GezienOnderwerp
from assets.bron.voorbeeld.indeling import Tijd
from assets.bron.voorbeeld.toeval import Veld, key, normal, uniform
from assets.bron.voorbeeld.velden import BEVOLKING, Velden, round_along

_FACTOREN = {"x 1 000": 1e3, "x 1000": 1e3, "1 000 euro": 1e3, "mln euro": 1e6, "mln uren": 1e6}

_LEEFTIJD = (
    (re.compile(r"^(\d+) tot (\d+) jaar$"), lambda a, b: (a, b)),
    (re.compile(r"^(\d+) jaar of ouder$"), lambda a: (a, 200)),
    (re.compile(r"^(?:jonger dan|tot) (\d+) jaar$", re.IGNORECASE), lambda a: (0, a)),
    (re.compile(r"^(\d+) jaar$"), lambda a: (a, a + 1)),
)


def read_leeftijd(titel: str) -> tuple[int, int] | None:
    """Read an age group from its title: [from, to); None when it is not one."""
    for pattern, bounds in _LEEFTIJD:
        if match := pattern.match(titel.strip()):
            return bounds(*map(int, match.groups()))
    return None


def is_totaal(titel: str) -> bool:
    """Whether a code stands for all of its dimension."""
    return (
        re.search(
            r"totaal|^alle |alle economische|15 tot 75 jaar|bedrijven en instellingen|^nederland$|18 jaar of ouder",
            titel,
            re.IGNORECASE,
        )
        is not None
    )


class Onderwerpmaker:
    """Makes the values of one topic of one table: region x time x code of the breakdowns."""

    def __init__(
        self,
        tabel: GezieneTabel | Aanlevering,
        naam: str,
        onderwerp: GezienOnderwerp | Onderwerp,
        velden: Velden,
        matrix: Veld,
    ) -> None:
        self.tabel, self.naam, self.onderwerp, self.velden, self.matrix = tabel, naam, onderwerp, velden, matrix
        self.begrip, self.profiel = self._find()
        decimalen = onderwerp.decimalen
        self.decimalen = (1 if onderwerp.eenheid == "%" else 0) if decimalen is None else decimalen

    def _find(self) -> tuple[str, dict[str, Any]]:
        begrippen = self.velden.begrippen
        here = f"{self.tabel.id}/{self.naam}"
        for name, profiel in begrippen.items():
            if here in profiel.get("ook", ()):
                return name, profiel
        if self.naam in begrippen:
            return self.naam, begrippen[self.naam]
        eenheden = self.velden.profielen["eenheden"]
        return here, {"eenheid": self.onderwerp.eenheid} | (eenheden.get(self.onderwerp.eenheid) or eenheden["anders"])

    @property
    def factor(self) -> float:
        """From the unit of the concept to the unit of the topic."""
        eenheid = self.profiel.get("eenheid", self.onderwerp.eenheid)
        return _FACTOREN.get(eenheid, 1.0) / _FACTOREN.get(self.onderwerp.eenheid, 1.0)

    @property
    def hoogste(self) -> float:
        """The highest value that can occur: that of the profile, a hundred for a share, or none."""
        return float(self.profiel.get("hoogste", 100 if self.onderwerp.eenheid.startswith("%") else np.inf))

    def _season(self, values: Veld) -> Veld:
        sub = np.array([x.deel < 1 for x in self.velden.tijden])
        wave = 1 + self.profiel.get("seizoen", 0.0) * np.sin(2 * np.pi * self.velden.t)
        return values * np.where(sub, wave, 1.0)

    def _amounts(self, profiel: dict[str, Any], begrip: str) -> Veld:
        """Give whole units (of the last decimal) per municipality and time."""
        scale = 10.0**self.decimalen * self.factor
        tijden = self.velden.tijden
        if "leeftijd" in profiel:
            low, high = profiel["leeftijd"]
            people = round_along(self.velden.veld(BEVOLKING))
            return np.round(people * self.velden.jonger_dan(high)) - np.round(people * self.velden.jonger_dan(low))
        amounts = self._season(self.velden.veld(begrip, profiel)) * scale
        if profiel.get("stroom"):
            amounts = amounts * np.array([x.deel for x in tijden])
        rounded = round_along(amounts)
        if profiel.get("stroom"):
            places = {x.code: i for i, x in enumerate(tijden)}
            for i, x in enumerate(tijden):
                if x.delen:
                    rounded[:, i] = rounded[:, [places[d] for d in x.delen]].sum(axis=1)
        return rounded

    def _quotient(self) -> Veld:
        v, p = self.velden, self.profiel
        if "groei_van" in p:
            later = Velden(v.gebieden, v.profielen, [Tijd(f"{x.jaar + 1}JJ00", "") for x in v.tijden])
            before, after = (self.matrix @ round_along(f.veld(p["groei_van"])) for f in (v, later))
            with np.errstate(invalid="ignore", divide="ignore"):
                growth: Veld = p["factor"] * (after / before - 1)
                return growth
        if "noemer" in p:
            above = sum(self.matrix @ v.veld(n) for n in p["teller"])
            below = sum(self.matrix @ v.veld(n) for n in p["noemer"])
            with np.errstate(invalid="ignore", divide="ignore"):
                return self._season(p["factor"] * above / below)
        names = p.get("teller", [self.begrip])
        weights = v.veld(BEVOLKING)
        fields = [v.veld(n, p if n == self.begrip else None) * self.factor for n in names]
        with np.errstate(invalid="ignore", divide="ignore"):
            means = [self._season(self.matrix @ (f * weights) / (self.matrix @ weights)) for f in fields]
            mean: Veld = np.sum(means, axis=0)
            return mean

    def values(self, uitsplitsingen: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Veld:
        """Give region x time x a place for each code of each breakdown; NaN where a region has no municipalities.

        `uitsplitsingen` are (dimension, [(code, title)]).
        """
        if Velden.is_som(self.profiel):
            values = self._split_all(self._amounts(self.profiel, self.begrip), uitsplitsingen)
            values = np.tensordot(self.matrix, values, axes=1) / 10.0**self.decimalen
        else:
            values = self._quotient()
            for dim, codes in uitsplitsingen:
                keys = np.array([key(dim, c) for c, _ in codes], dtype=np.uint64)
                lean = 1 + 0.15 * normal(f"{self.tabel.id}/{self.naam}", keys)
                lean[[is_totaal(t) or len(codes) == 1 for _, t in codes]] = 1
                values = values[..., None] * lean
            values = np.clip(values, -np.inf, self.hoogste)
            values = np.round(values, self.decimalen)
        values[self.matrix.sum(axis=1) == 0] = np.nan
        return values

    def _split_all(self, amounts: Veld, uitsplitsingen: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Veld:
        """Split whole amounts over all breakdowns, so that crossed ones add up in every direction too."""
        ages = [any(read_leeftijd(t) for _, t in codes) for _, codes in uitsplitsingen]
        # ages come last: they split each part of the others, and the others' totals are then added up from their parts
        order = sorted(range(len(ages)), key=lambda i: ages[i])
        for i in order:
            amounts = self._split(amounts, *uitsplitsingen[i])
        amounts = np.moveaxis(amounts, [2 + order.index(i) for i in range(len(order))], range(2, amounts.ndim))
        for i, (_, codes) in enumerate(uitsplitsingen):
            whole = np.array([is_totaal(t) for _, t in codes])
            if any(ages) and not ages[i] and whole.any() and not whole.all():
                parts = np.moveaxis(amounts, 2 + i, 0)
                parts[whole] = parts[~whole].sum(axis=0)
        return amounts

    def _split(self, amounts: Veld, dim: str, codes: Sequence[tuple[str, str]]) -> Veld:
        """Split whole amounts over the codes of a breakdown: a last axis, of which the parts add up to the total."""
        ages = {c: read_leeftijd(t) for c, t in codes}
        if any(ages.values()):
            extra = (1,) * (amounts.ndim - 2)

            def below(age: int) -> Veld:
                share = self.velden.jonger_dan(age)
                return np.round(amounts * share.reshape(*share.shape, *extra))

            return np.stack([_group(amounts, below, ages[c]) for c, _ in codes], axis=-1)
        if self._has_takken(codes):
            return self._split_takken(amounts, [c for c, _ in codes])
        parts = [c for c, t in codes if not is_totaal(t)]
        if not parts or len(codes) == 1:
            return np.stack([amounts] * len(codes), axis=-1)
        shares = 0.3 + uniform(key(self.tabel.id, dim), np.array([key(c) for c in parts], dtype=np.uint64))
        edges = np.round(amounts[..., None] * np.cumsum(shares / shares.sum()))
        split = np.diff(edges, axis=-1, prepend=0)
        places = {c: i for i, c in enumerate(parts)}
        return np.stack([split[..., places[c]] if c in places else amounts for c, _ in codes], axis=-1)

    def _has_takken(self, codes: Sequence[tuple[str, str]]) -> bool:
        """Whether the codes are the branches over which the profile shares this topic out."""
        shares = self.velden.profielen["takken"].get(self.begrip, {})
        return bool(shares) and set(shares) <= {c for c, _ in codes}

    def _split_takken(self, amounts: Veld, codes: Sequence[str]) -> Veld:
        """Split whole amounts over branches, each municipality in its own way; a group is the sum of its branches."""
        v, takken = self.velden, self.velden.profielen["takken"]
        levels: dict[str, float] = takken[self.begrip]
        own: dict[str, float] = v.eigen.get("takken", {}).get(self.begrip, {})
        shares = []
        for tak, nl in levels.items():
            # the same lean in jobs, labour years and value added, so that these stay in proportion
            lean = 0.3 * normal(f"tak {tak}", v.gebieden.keys) + 0.03 * normal(
                f"tak {self.begrip} {tak}", v.gebieden.keys
            )
            grown = takken["groei"].get(tak, 0.0) + 0.01 * normal(f"groei {tak}", v.gebieden.keys)
            level = np.where(v.gebieden.eigen, own.get(tak, nl), nl) * np.exp(lean)
            shares.append(level[:, None] * np.exp(grown[:, None] * (v.t - 2020)[None, :] + v.schokken(tak)))
        cumulated = np.cumsum(np.stack(shares, axis=-1), axis=-1)
        split = np.diff(np.round(amounts[..., None] * cumulated / cumulated[..., -1:]), axis=-1, prepend=0)
        places = {c: i for i, c in enumerate(levels)}
        members = {c: [places[c]] for c in levels} | {g: [places[c] for c in m] for g, m in takken["groepen"].items()}
        return np.stack([split[..., members[c]].sum(axis=-1) if c in members else amounts for c in codes], axis=-1)


def _group(amounts: Veld, below: Callable[[int], Veld], bounds: tuple[int, int] | None) -> Veld:
    return amounts if bounds is None else below(bounds[1]) - below(bounds[0])

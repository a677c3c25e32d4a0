"""The figures of the sample: made by formula, the same each time, and nowhere a figure of CBS.

Everything starts at the municipalities. A count is made per municipality, rounded there, and added up, so that parts
add up to the COROP area, the province and the Netherlands; a share is the quotient of two counts, or the mean of
municipalities weighted by inhabitants. What is random comes from a fixed mixing of keys (table or concept, region,
period), never from a generator with a state: a table is the same whichever table is asked for first.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.bron.bronlijst import Aanlevering, Brontabel, Onderwerp
from begrippen.lijsten import PER_JAAR
from begrippen.regio import NEDERLAND

Veld = npt.NDArray[np.float64]  # municipality x time
PEILDATUM = pd.Timestamp("2026-01-01")
# municipalities that ended before this year are not in the sample: one wave of empty rows is enough
OPGEHEVEN_VANAF = pd.Timestamp("2014-01-01")
# a municipality with fewer inhabitants may be secret
KLEIN = 25_000
BEVOLKING = "bevolking"
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_FACTOREN = {"x 1 000": 1e3, "x 1000": 1e3, "1 000 euro": 1e3, "mln euro": 1e6, "mln uren": 1e6}


# --- randomness without a state ---------------------------------------------------------------------------------------


def key(*parts: object) -> np.uint64:
    """Give a number that depends on the parts alone, in every process and version of Python."""
    digest = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    # the finaliser of splitmix64: every bit of the key changes half of the bits of the result
    with np.errstate(over="ignore"):
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def uniform(seed: np.uint64, *keys: npt.NDArray[np.uint64]) -> Veld:
    """Give numbers in [0, 1), one for each combination of the keys (which broadcast)."""
    state = np.asarray(seed)
    for k in keys:
        with np.errstate(over="ignore"):
            state = _mix(state + k * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1))
    return (state >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def normal(name: str, *keys: npt.NDArray[np.uint64]) -> Veld:
    """Give numbers around 0 with deviation 1, within three and a half."""
    total = sum(uniform(key(name, i), *keys) for i in range(4))
    return (np.asarray(total) - 2) * math.sqrt(3)


# --- regions and times ------------------------------------------------------------------------------------------------


class Gebieden:
    """The regions of the sample: today's municipalities, what they are part of, and the recently abolished."""

    def __init__(self, regios: pd.DataFrame, leden: pd.DataFrame, profielen: dict[str, Any]) -> None:
        self.namen: dict[str, str] = dict(zip(regios["code"], regios["naam"], strict=True))
        gemeenten = regios[regios["soort"] == "gemeente"]
        today = gemeenten[gemeenten["geldig_tot"].isna() | (gemeenten["geldig_tot"] > PEILDATUM)]["code"]
        ended = gemeenten[(gemeenten["geldig_tot"] > OPGEHEVEN_VANAF) & (gemeenten["geldig_tot"] <= PEILDATUM)]
        self.opgeheven = sorted(ended["code"])
        now = leden[leden["geldig_tot"].isna() | (leden["geldig_tot"] > PEILDATUM)]
        up: dict[str, dict[str, str]] = {}
        for prefix in ("PV", "CR", "LD"):
            part = now[now["regio"].str.startswith(prefix)]
            up[prefix] = dict(zip(part["lid"], part["regio"], strict=True))
        # neighbours stay together, so that rounding along this order is right for each area too
        self.codes = sorted(today, key=lambda c: (up["PV"].get(c, ""), up["CR"].get(c, ""), c))
        self.keys = np.array([key(c) for c in self.codes], dtype=np.uint64)
        self.provincie = np.array([up["PV"].get(c, "") for c in self.codes])
        self.corop = np.array([up["CR"].get(c, "") for c in self.codes])
        self.leden: dict[str, npt.NDArray[np.bool_]] = {NEDERLAND: np.ones(len(self.codes), dtype=bool)}
        for codes in (self.provincie, self.corop):
            self.leden |= {str(c): codes == c for c in sorted(set(codes)) if c}
        for landsdeel in sorted(set(up["LD"].values())):
            self.leden[landsdeel] = np.isin(self.provincie, [p for p, d in up["LD"].items() if d == landsdeel])
        self._add_arbeidsmarktregios(profielen["arbeidsmarktregios"])
        self.leden |= {c: np.arange(len(self.codes)) == i for i, c in enumerate(self.codes)}
        # the province that has levels of its own, where there is one
        self.eigen = self.provincie == profielen["eigen"].get("provincie", "-")

    def _add_arbeidsmarktregios(self, provincies: dict[str, str]) -> None:
        for provincie in sorted(set(provincies.values())):
            names = [a for a, p in provincies.items() if p == provincie]
            places = np.array_split(np.flatnonzero(self.provincie == provincie), len(names))
            for name, members in zip(names, places, strict=True):
                self.leden[name] = np.isin(np.arange(len(self.codes)), members)

    def choose(self, patterns: Sequence[str]) -> list[str]:
        """List the regions that match codes or prefixes (`GM*`), from large to small; abolished ones come last."""
        prefixes = tuple(p.removesuffix("*") for p in patterns if p.endswith("*"))
        order = ["NL", "LD", "PV", "CR", "AM", "GM"]
        wanted = (
            [c for c in self.leden if c in patterns or c.startswith(prefixes)]
            if prefixes
            else [c for c in self.leden if c in patterns]
        )
        found = sorted(wanted, key=lambda c: (order.index(c[:2]), c))
        gone = [c for c in self.opgeheven if prefixes and c.startswith(prefixes)]
        return found + gone + [p for p in patterns if p == "NL00"]

    def matrix(self, codes: Sequence[str]) -> npt.NDArray[np.float64]:
        """Give region x municipality: 1 where it is a member."""
        none = np.zeros(len(self.codes), dtype=bool)
        return np.array([~none if c == "NL00" else self.leden.get(c, none) for c in codes], dtype=np.float64)


@dataclass(frozen=True)
class Tijd:
    """A period of a table: its code, its middle in years, and the periods it is the sum of (for a flow)."""

    code: str
    titel: str
    delen: tuple[str, ...] = ()
    gedeeltelijk: bool = False

    @property
    def jaar(self) -> int:
        """The (first) calendar year."""
        return int(self.code[:4])

    @property
    def deel(self) -> float:
        """The part of a year that it lasts."""
        return 1 / PER_JAAR.get(self.code[4:6], 1)

    @property
    def midden(self) -> float:
        """The place in time, in years; a whole year stands at its own number."""
        nummer = int(self.code[6:])
        return self.jaar + (0.0 if self.deel == 1 else (nummer - 0.5) * self.deel - 0.5)


def make_tijd(code: str) -> Tijd:
    """Make a period from its code, with the title that CBS gives it."""
    jaar, soort, nummer = code[:4], code[4:6], int(code[6:])
    titel = {
        "JJ": jaar,
        "SJ": f"{jaar}/'{(int(jaar) + 1) % 100:02d}",
        "HJ": f"{jaar} {nummer}e halfjaar",
        "KW": f"{jaar} {nummer}e kwartaal",
        "MM": f"{jaar} {_MAANDEN[nummer - 1] if 0 < nummer <= 12 else ''}",
    }[soort]
    return Tijd(code, titel)


def list_tijden(soorten: Sequence[str], vanaf: int, instelling: dict[str, Any], last_year: int) -> list[Tijd]:
    """List the periods of a table, in the order of their codes within a year: parts first, then the year."""
    number = {"HJ": 2, "KW": 4, "MM": 12}
    deel_tot = instelling.get("deel_tot", "")
    end = int(deel_tot[:4]) if deel_tot else last_year
    tijden: list[Tijd] = []
    for jaar in instelling.get("jaren") or range(vanaf, max(end, last_year) + 1):
        parts: list[Tijd] = []
        for soort in ("MM", "KW", "HJ"):
            if soort not in soorten:
                continue
            numbers = instelling.get("maanden") or range(1, number[soort] + 1)
            here = [make_tijd(f"{jaar}{soort}{n:02d}") for n in numbers]
            if jaar == end and deel_tot:
                # '2026MM08' also ends the quarters: those that are complete by then
                done = int(deel_tot[6:]) / number[deel_tot[4:6]]
                here = [p for p in here if int(p.code[6:]) / number[soort] <= done + 1e-9]
            parts += here
        finest = tuple(p.code for p in parts if p.code[4:6] == parts[0].code[4:6])
        tijden += parts
        for soort in ("JJ", "SJ"):
            if soort in soorten and jaar <= last_year:
                whole = make_tijd(f"{jaar}{soort}00")
                tijden.append(Tijd(whole.code, whole.titel, finest))
            elif soort == "JJ" and soort in soorten and instelling.get("gedeeltelijk") and finest:
                last = _MAANDEN[int(finest[-1][6:]) - 1]
                tijden.append(Tijd(f"{jaar}JJ00", f"{jaar} januari-{last}", finest, gedeeltelijk=True))
    return tijden


# --- concepts ---------------------------------------------------------------------------------------------------------


def read_level(spec: Any, profiel: dict[str, Any], t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give a level over time: year -> level with straight pieces between, or a number with its growth."""
    if isinstance(spec, dict):
        years = np.array(sorted(spec), dtype=np.float64)
        values = np.array([spec[int(y)] for y in years], dtype=np.float64)
        return np.interp(t, years, values)
    since = t - profiel.get("jaar", 2022)
    return spec * (1 + profiel.get("groei", 0.0)) ** since + profiel.get("stap", 0.0) * since


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
            return nl * spec / read_level(profiel["nl"], profiel, np.array([profiel.get("jaar", 2022)]))
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
        shares = np.where(
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
    return v.veld("oppervlakte") * shapes[naam] / np.sum(list(shapes.values()), axis=0)


def _zonder_hbo(v: Velden, deel: Callable[[Veld], Veld]) -> Veld:
    """Share out those without higher education, so that the three levels are everyone."""
    return (100 - v.veld("hbo_wo")) * deel(v.veld("laag_deel") / 100)


# what hangs together: computed per municipality from other concepts
AFGELEID: dict[str, Callable[[Velden], Veld]] = {
    "werkzame_beroepsbevolking": _werkzaam,
    "beroepsbevolking": _beroepsbevolking,
    "werkloze_beroepsbevolking": lambda v: _beroepsbevolking(v) - _werkzaam(v),
    "laag_opgeleid": lambda v: _zonder_hbo(v, lambda laag: laag),
    "middelbaar_opgeleid": lambda v: _zonder_hbo(v, lambda laag: 1 - laag),
    **{deel: partial(_bodemgebruik, naam=deel) for deel in BODEMGEBRUIK},
}


def round_along(amounts: Veld) -> Veld:
    """Round amounts down the first axis so that the sum of any run of them is right within one."""
    running = np.round(np.cumsum(amounts, axis=0))
    return np.diff(running, axis=0, prepend=0)


# --- one topic --------------------------------------------------------------------------------------------------------

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
        self, tabel: Brontabel | Aanlevering, naam: str, onderwerp: Onderwerp, velden: Velden, matrix: Veld
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
                return p["factor"] * (after / before - 1)
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
            return np.sum(means, axis=0)

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
            highest = self.profiel.get("hoogste", 100 if self.onderwerp.eenheid.startswith("%") else np.inf)
            values = np.clip(values, -np.inf, highest)
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
            grown = takken["groei"].get(tak, 0.0) + 0.006 * normal(f"groei {tak}", v.gebieden.keys)
            level = np.where(v.gebieden.eigen, own.get(tak, nl), nl) * np.exp(lean)
            shares.append(level[:, None] * np.exp(grown[:, None] * (v.t - 2020)[None, :]))
        cumulated = np.cumsum(np.stack(shares, axis=-1), axis=-1)
        split = np.diff(np.round(amounts[..., None] * cumulated / cumulated[..., -1:]), axis=-1, prepend=0)
        places = {c: i for i, c in enumerate(levels)}
        members = {c: [places[c]] for c in levels} | {g: [places[c] for c in m] for g, m in takken["groepen"].items()}
        return np.stack([split[..., members[c]].sum(axis=-1) if c in members else amounts for c in codes], axis=-1)


def _group(amounts: Veld, below: Callable[[int], Veld], bounds: tuple[int, int] | None) -> Veld:
    return amounts if bounds is None else below(bounds[1]) - below(bounds[0])

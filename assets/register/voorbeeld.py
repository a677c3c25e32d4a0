"""The generated register: establishments of no one, that are born, grow, shrink, move and close, 2006 to 2026.

The totals come near what the province published (`gegevens/voorbeeld_jaren.csv` names what is published and what is our
own assumption); sections, municipalities and activities are plausible, not measured. Sizes have a heavy tail and a few
employers dominate their sector or municipality, so that disclosure control has something to do. Every record says that
it is generated: `lisanr`, `kvkdosnr` and `kvkvestnr` begin with GEN, name and street with GEGENEREERD.

How it works: an establishment has one person or more. Of the latter each carries a weight that grows or shrinks a
little every year; per section one factor turns the weights into whole jobs that add up to the goal of that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from assets.register import sbi

SEED = 20260401
# What tests look for where no microdata may be.
MERK_NUMMER = "GEN"
MERK_NAAM = "GEGENEREERD"

_GROOTSTE = 2500
# Heavier than this the few largest would hold a section alone, lighter and none would dominate.
_STAART = 1.15
_STERFTE_EEN = 0.075
_STERFTE_MEER = ((5, 0.05), (20, 0.03), (100, 0.015), (np.inf, 0.004))
# Empty for the moment: a record without persons, as LISA keeps them.
_LEEG = 0.004
# Origin of the answer (enqtype) and how often it occurs.
_ENQTYPE = {
    "01": 0.30, "11": 0.15, "09": 0.20, "30": 0.10, "73": 0.10, "72": 0.04, "60": 0.03, "61": 0.02,
    "50": 0.01, "51": 0.01, "62": 0.01, "20": 0.01, "40": 0.005, "74": 0.005, "76": 0.005, "00": 0.005,
}  # fmt: skip
# Dominating employers: municipality, activity (SBI 2008), weight.
_ANKERS = (
    ("0114", "86101", 900), ("0106", "86101", 850), ("0118", "86101", 450), ("0119", "86101", 300),
    ("0106", "06200", 900), ("0106", "84300", 600), ("0106", "84110", 800), ("0114", "84110", 650),
    ("1699", "84230", 700), ("0114", "20160", 600), ("0114", "20600", 450), ("0109", "10890", 400),
    ("0118", "22290", 500), ("0119", "10510", 350), ("1731", "72190", 330), ("1731", "38210", 280),
    ("1730", "87200", 500), ("0106", "86104", 700), ("1681", "10620", 260), ("1701", "92009", 150),
    ("0118", "10710", 300), ("1690", "25110", 180), ("1680", "55201", 170), ("0114", "93210", 250),
)  # fmt: skip


@dataclass(frozen=True)
class Doel:
    """What a year adds up to: establishments with somebody at work, jobs, fulltime jobs, share with one person."""

    vestigingen: int
    banen: int
    fulltime: int
    eenpersoons: float


@cache
def _read(name: str) -> pd.DataFrame:
    codes = dict.fromkeys(("gemnr", "sbi08", "sbi25", "sectie", "omschrijving", "herkomst"), str)
    return pd.read_csv(sbi.GEGEVENS / f"voorbeeld_{name}.csv", sep=";", dtype=codes, encoding="utf-8")


def read_doelen(schaal: float = 1.0) -> dict[int, Doel]:
    """Give the goal of each year 2006-2026; `schaal` makes the register that many times as large."""
    found = {}
    for row in _read("jaren").to_dict("records"):
        vestigingen, banen, fulltime = (round(row[maat] * schaal) for maat in ("vestigingen", "banen", "fulltime"))
        found[int(row["jaar"])] = Doel(vestigingen, banen, fulltime, row["eenpersoons"])
    return found


def read_activiteiten() -> pd.DataFrame:
    """Give the activities of the sample: sbi08, sbi25, sectie, gewicht, omvang, omschrijving.

    Which SBI 2025 code belongs to which of SBI 2008 is an example here, not the conversion table of CBS.
    """
    codes = _read("sbi")
    return codes.assign(sectie=codes["sbi08"].str[:2].map(sbi.read_afdelingen("2008")))


def _day(jaar: int) -> int:
    """Days from 1970 to 1 April of this year."""
    return int(np.datetime64(f"{jaar}-04-01").astype(int))


def _whole_jobs(gewicht: np.ndarray, total: float) -> np.ndarray:
    """Turn weights into whole numbers of at least two that add up to `total`, as near as they can."""

    def jobs(factor: float) -> np.ndarray:
        return np.clip(np.rint(gewicht * factor), 2, _GROOTSTE)

    low, high = 0.0, 64.0
    for _ in range(34):
        middle = (low + high) / 2
        low, high = (middle, high) if jobs(middle).sum() < total else (low, middle)
    return jobs(high)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    chance: np.ndarray = 1 / (1 + np.exp(-x))
    return chance


def _logit(p: np.ndarray) -> np.ndarray:
    odds: np.ndarray = np.log(p / (1 - p))
    return odds


class _Wereld:
    """All establishments that are alive, an array a property; `step` takes them to the next year."""

    def __init__(self, seed: int, schaal: float) -> None:
        self.rng = np.random.default_rng(seed)
        self.schaal = schaal
        self.secties, self.codes, self.gemeenten = _read("secties"), read_activiteiten(), _read("gemeenten")
        place = {letter: n for n, letter in enumerate(self.secties["sectie"])}
        sectie_of_code = self.codes["sectie"].map(place).to_numpy()
        self.codes_of = [np.flatnonzero(sectie_of_code == n) for n in range(len(place))]
        self.gem_kans = (self.gemeenten["gewicht"] / self.gemeenten["gewicht"].sum()).to_numpy()
        self.deel_vestigingen = (self.secties["vestigingen"] / self.secties["vestigingen"].sum()).to_numpy()
        # Enterprises with several establishments, so many a section; the first of them has most.
        self.concerns = max(4, round(60 * schaal))
        self.concern_kans = 1 / np.arange(2, self.concerns + 2)
        self.concern_kans /= self.concern_kans.sum()
        self.next = 1
        self.leven: dict[str, np.ndarray] = {}

    def _deel_banen(self, jaar: int) -> np.ndarray:
        """The share of each section in all jobs: from that of 2006 to that of 2023 in a straight line, and on."""
        begin = (self.secties["banen_2006"] / self.secties["banen_2006"].sum()).to_numpy()
        eind = (self.secties["banen_2023"] / self.secties["banen_2023"].sum()).to_numpy()
        deel: np.ndarray = begin + (eind - begin) * (min(jaar, 2024) - 2006) / 17
        return deel

    def _make(self, sectie: np.ndarray, een: bool, jaar: int, begin: bool) -> dict[str, np.ndarray]:
        """Make establishments of these sections, with one person each or with more."""
        rng, n = self.rng, len(sectie)
        code = np.zeros(n, dtype=np.int16)
        for letter, choices in enumerate(self.codes_of):
            here = sectie == letter
            kans = self.codes["gewicht"].to_numpy()[choices]
            code[here] = rng.choice(choices, size=int(here.sum()), p=kans / kans.sum())
        gem = rng.choice(len(self.gem_kans), size=n, p=self.gem_kans).astype(np.int8)
        nummer = np.arange(self.next, self.next + n)
        self.next += n
        onderneming = nummer + len(self.secties) * self.concerns
        if een:
            gewicht = np.ones(n)
        else:
            staart = np.minimum((1 - rng.random(n)) ** (-1 / _STAART), 250 if begin else 60)
            gewicht = 2 * staart * self.codes["omvang"].to_numpy()[code] * self.gemeenten["omvang"].to_numpy()[gem]
            lid = rng.random(n) < self.secties["concern"].to_numpy()[sectie]
            # One in twenty works in another section than most of its enterprise.
            thuis = np.where(rng.random(n) < 0.05, rng.integers(len(self.secties), size=n), sectie)
            rang = rng.choice(self.concerns, size=n, p=self.concern_kans)
            onderneming = np.where(lid, thuis * self.concerns + rang + 1, onderneming)
        onderneming = np.where(rng.random(n) < 0.01, 0, onderneming)  # not in the trade register
        ago = rng.exponential(3000, n).clip(1, 20000) if begin else rng.integers(1, 366, n)
        return {
            "nummer": nummer, "sectie": sectie.astype(np.int8), "code": code, "gem": gem, "onderneming": onderneming,
            "een": np.full(n, een), "gewicht": gewicht, "anker": np.zeros(n, dtype=bool),
            "spurt": np.zeros(n, dtype=np.int8), "sterft": np.zeros(n, dtype=bool),
            "adres": rng.integers(1, 1_000_000, n), "mutatie": (_day(jaar) - ago).astype(np.int32),
            "u_parttime": rng.random(n), "z_parttime": rng.normal(size=n),
            "u_vrouw": rng.random(n), "z_vrouw": rng.normal(size=n),
        }  # fmt: skip

    def _add(self, sectie: np.ndarray, een: bool, jaar: int, begin: bool) -> None:
        new = self._make(sectie, een, jaar, begin)
        self.leven = {k: np.concatenate([self.leven[k], v]) for k, v in new.items()} if self.leven else new

    def _place_ankers(self, jaar: int) -> None:
        """Put in the dominating employers, each in the place of an establishment of its section."""
        d, codes, gemeenten = self.leven, list(self.codes["sbi08"]), list(self.gemeenten["gemnr"])
        for gemnr, sbi08, gewicht in _ANKERS:
            code = codes.index(sbi08)
            free = np.flatnonzero(~d["een"] & ~d["anker"] & np.isin(d["code"], self.codes_of[self._sectie(code)]))
            if len(free):
                here = free[0]
                d["code"][here], d["gem"][here], d["anker"][here] = code, gemeenten.index(gemnr), True
                d["gewicht"][here] = gewicht * min(1.0, self.schaal)

    def _sectie(self, code: int) -> int:
        return next(n for n, choices in enumerate(self.codes_of) if code in choices)

    def _age(self, jaar: int) -> None:
        """Take a year from the survivors: growth, spells of fast growth, moves, and between one person and more."""
        rng = self.rng
        d = self.leven = {k: v[~self.leven["sterft"]] for k, v in self.leven.items()}
        n = len(d["nummer"])
        meer = ~d["een"]
        d["spurt"] = np.where((rng.random(n) < 0.004) & meer & (d["gewicht"] > 5), 4, np.maximum(d["spurt"] - 1, 0))
        noise = rng.normal(0, np.where(d["gewicht"] > 50, 0.03, 0.08))
        d["gewicht"] = d["gewicht"] * np.exp(np.where(meer, noise + 0.16 * (d["spurt"] > 0), 0))
        shock = (rng.random(n) < 0.002) & meer & ~d["anker"] & (d["gewicht"] > 8) & (d["gewicht"] < 150)
        d["gewicht"] = np.where(shock, d["gewicht"] * np.where(rng.random(n) < 0.5, 4.5, 0.2), d["gewicht"])
        groeit, krimpt = d["een"] & (rng.random(n) < 0.02), meer & (d["gewicht"] < 2.5) & (rng.random(n) < 0.05)
        d["een"] = (d["een"] & ~groeit) | krimpt
        d["gewicht"] = np.where(groeit, rng.uniform(2, 3.4, n), np.where(krimpt, 1.0, d["gewicht"]))
        moves = (rng.random(n) < 0.025) & ~d["anker"]
        ver = moves & (rng.random(n) < 0.35)
        d["adres"] = np.where(moves, rng.integers(1, 1_000_000, n), d["adres"])
        d["gem"] = np.where(ver, rng.choice(len(self.gem_kans), size=n, p=self.gem_kans), d["gem"]).astype(np.int8)
        d["mutatie"] = np.where(moves, _day(jaar) - rng.integers(1, 366, n), d["mutatie"]).astype(np.int32)

    def _fill(self, jaar: int, doel: Doel, begin: bool) -> None:
        """Let as many be born in each section as the goal asks; what is too many closes."""
        aantal = doel.vestigingen * self.deel_vestigingen
        kans = self.secties["eenpersoons"].to_numpy()
        een = np.minimum(aantal * 0.95, aantal * kans * doel.eenpersoons)
        een *= doel.vestigingen * doel.eenpersoons / een.sum()
        een = np.minimum(een, aantal * 0.97)
        wanted = {True: een + aantal * _LEEG, False: aantal - een}
        for alone, goal in wanted.items():
            born = []
            for letter, count in enumerate(np.rint(goal).astype(int)):
                if not self.leven:
                    born.append(np.full(count, letter))
                    continue
                here = np.flatnonzero((self.leven["een"] == alone) & (self.leven["sectie"] == letter))
                born.append(np.full(max(0, count - len(here)), letter))
                if len(here) > count:
                    ordinary = here[~self.leven["anker"][here]]
                    closes = self.rng.choice(ordinary, size=min(len(ordinary), len(here) - count), replace=False)
                    stays = np.ones(len(self.leven["nummer"]), dtype=bool)
                    stays[closes] = False
                    self.leven = {k: v[stays] for k, v in self.leven.items()}
            self._add(np.concatenate(born), alone, jaar, begin)

    def _jobs(self, jaar: int, doel: Doel, leeg: np.ndarray) -> np.ndarray:
        """Give the jobs of each establishment; per section they add up to its share in the goal."""
        d = self.leven
        banen = np.where(leeg, 0, 1)
        for letter, deel in enumerate(self._deel_banen(jaar)):
            here = d["sectie"] == letter
            meer = np.flatnonzero(here & ~d["een"])
            alone = int(banen[here & d["een"]].sum())
            banen[meer] = jobs = _whole_jobs(d["gewicht"][meer], doel.banen * deel - alone)
            d["gewicht"][meer] *= jobs.sum() / max(1.0, d["gewicht"][meer].sum())
        return banen

    def _parttime(self, banen: np.ndarray, fulltime: int) -> np.ndarray:
        """Give the jobs of less than 12 hours, so that the others add up to `fulltime`."""
        d = self.leven
        base = _logit(self.secties["parttime"].to_numpy())[d["sectie"]] + 0.9 * d["z_parttime"]
        low, high = -4.0, 4.0
        for _ in range(26):
            middle = (low + high) / 2
            parttime = np.floor(banen * _sigmoid(base + middle) + d["u_parttime"] * (banen > 0))
            low, high = (middle, high) if (banen - parttime).sum() > fulltime else (low, middle)
        most: np.ndarray = np.minimum(parttime, banen).astype(int)
        return most

    def step(self, jaar: int, doel: Doel, begin: bool) -> pd.DataFrame:
        """Go to this year and give its establishments, in the order of their numbers."""
        rng = self.rng
        if not begin:
            self._age(jaar)
        self._fill(jaar, doel, begin)
        if begin:
            self._place_ankers(jaar)
        d = self.leven
        n = len(d["nummer"])
        alone = np.flatnonzero(d["een"])
        leeg = np.zeros(n, dtype=bool)
        leeg[rng.choice(alone, size=min(len(alone), max(0, n - doel.vestigingen)), replace=False)] = True
        banen = self._jobs(jaar, doel, leeg)
        wppt = self._parttime(banen, doel.fulltime)
        wpft = banen - wppt
        vrouw = _logit(self.secties["vrouwen"].to_numpy())[d["sectie"]] + 0.8 * d["z_vrouw"]
        vrouwf = np.minimum(np.floor(wpft * _sigmoid(vrouw) + d["u_vrouw"]), wpft).astype(int)
        vrouwp = np.minimum(np.floor(wppt * _sigmoid(vrouw + 0.5) + 1 - d["u_vrouw"]), wppt).astype(int)
        # Who closes within the year is known already; some of it is reported before the delivery is made.
        hazard = np.full(n, _STERFTE_EEN)
        for up_to, kans in reversed(_STERFTE_MEER):
            hazard = np.where(~d["een"] & (banen < up_to), kans, hazard)
        d["sterft"] = (rng.random(n) < hazard) & ~d["anker"]
        gemeld = d["sterft"] & (rng.random(n) < 0.4)
        einde = np.where(gemeld, _day(jaar) + rng.integers(1, 120, n), np.iinfo(np.int64).min)
        enqtype = rng.choice(list(_ENQTYPE), size=n, p=np.array(list(_ENQTYPE.values())) / sum(_ENQTYPE.values()))
        frame = pd.DataFrame(
            {
                "jaar": jaar,
                "nummer": d["nummer"],
                "onderneming": d["onderneming"],
                "gemnr": self.gemeenten["gemnr"].to_numpy()[d["gem"]],
                "sbi08": self.codes["sbi08"].to_numpy()[d["code"]],
                "sbi25": self.codes["sbi25"].to_numpy()[d["code"]],
                "manf": wpft - vrouwf, "vrouwf": vrouwf, "manp": wppt - vrouwp, "vrouwp": vrouwp,
                "enqtype": np.where(leeg, "08", enqtype),
                "datummut": d["mutatie"].astype("datetime64[D]"),
                "datumeinde": einde.astype("datetime64[D]"),
                "adres": d["adres"],
            }
        )  # fmt: skip
        return frame.sort_values("nummer", ignore_index=True)


def generate(seed: int = SEED, schaal: float = 1.0, doelen: Mapping[int, Doel] | None = None) -> Iterator[pd.DataFrame]:
    """Give the establishments of each year, one frame a year, oldest first.

    Columns: jaar, nummer, onderneming (0 where none is known), gemnr, sbi08, sbi25, manf, vrouwf, manp, vrouwp,
    enqtype, datummut, datumeinde, adres. The same seed gives the same frames.
    """
    wereld = _Wereld(seed, schaal)
    goals = doelen or read_doelen(schaal)
    for jaar in sorted(goals):
        yield wereld.step(jaar, goals[jaar], begin=jaar == min(goals))

"""The judge of the year: holds what each night told and published against what was promised, and counts faults."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from assets.bouw.invoer.bouwinvoer import read_manifest
from tests.jaar.gebeurtenissen import Rij, join_rijen
from tests.jaar.motor import Bericht, Machine, Verloop
from tests.jaar.wereld import Cel

# what a heading says -> how the table of the year says it
KOPPEN = {
    r"De verversing is mislukt": "mislukt",
    r"De verversing is afgebroken": "afgebroken",
    r"Toets (\w+) houdt de publicatie tegen": "tegengehouden: {}",
    r"Geen nieuw antwoord van (.+)": "geen antwoord: {}",
    r"Niet gelezen: .+": "niet gelezen",
    r"Om naar te kijken: toets (\w+)": "kijken: {}",
    r"Tabel (\w+) is stopgezet": "gestopt: {}",
    r"De schijf raakt vol": "schijf",
    r"Week (\d+): de monitor draait": "week {}",
}


def read_kop(bericht: Bericht) -> str:
    """What a message is about, as the table of the year says it."""
    for pattern, said in KOPPEN.items():
        if found := re.fullmatch(pattern, bericht.kop):
            return said.format(*found.groups())
    return f"onbekend: {bericht.kop}"


@dataclass
class Oordeel:
    """What the nights were, and what was wrong: messages that did not come, that nobody expected, or silence.

    `stil` is what nobody would have noticed: a night without a sign of life, a week without its message, figures that
    are not those of the source, a refresh that ends badly where all is well again, or a report that is not whole.
    `verhalen`: of each night with a fault all that it said, and what the night before it said.
    """

    nachten: int = 0
    gebeurtenissen: int = 0
    berichten: int = 0
    weken: int = 0
    stille_nachten: int = 0
    seconden: float = 0.0
    verloren: list[str] = field(default_factory=list)
    vals: list[str] = field(default_factory=list)
    stil: list[str] = field(default_factory=list)
    verhalen: list[str] = field(default_factory=list)
    _weken: set[str] = field(default_factory=set)
    _oud: set[str] = field(default_factory=set)
    _gebruikt: dict[str, set[Cel]] = field(default_factory=dict)
    _gezien: dict[str, str] = field(default_factory=dict)
    _gezegd: str = ""

    @property
    def fouten(self) -> list[str]:
        """Everything that was wrong."""
        return [*self.verloren, *self.vals, *self.stil]

    def beoordeel(self, m: Machine, rij: Rij, verloop: Verloop) -> list[str]:
        """Hold one night against its row of the table; gives what was wrong in it."""
        before = len(self.verloren), len(self.vals), len(self.stil)
        self.nachten += 1
        self.gebeurtenissen += rij.nieuw
        self.seconden += verloop.seconden
        self.stille_nachten += verloop.stil
        self._messages(m, rij, verloop)
        self._oud = (self._oud - set(rij.goed)) | set(rij.oud)
        if verloop.hartslagen != (not rij.weg):
            self.stil.append(f"nacht {rij.nacht} ({rij.wat}): {verloop.hartslagen} keer een hartslag")
        held = any(b.startswith(("mislukt", "tegengehouden")) for b in rij.berichten)
        if rij.goed and not (rij.weg or held) and verloop.code not in {0, 3}:
            self.stil.append(f"nacht {rij.nacht} ({rij.wat}): niet gepubliceerd, en er is niets meer mis")
        for fault in self._figures(m, rij, verloop):
            self.stil.append(f"nacht {rij.nacht} ({rij.wat}): {fault}")
        lists = (self.verloren, self.vals, self.stil)
        found = [fault for known, faults in zip(before, lists, strict=True) for fault in faults[known:]]
        told = verloop.describe()
        if found:
            self.verhalen.append("\n".join((*found, "-- de nacht ervoor:", self._gezegd, "-- deze nacht:", told)))
        self._gezegd = told
        return found

    def _messages(self, m: Machine, rij: Rij, verloop: Verloop) -> None:
        want = Counter(rij.berichten)
        if not rij.doof and not (rij.weg and not verloop.berichten):
            year, week, _ = m.nu.isocalendar()
            if f"{year}-{week}" not in self._weken and not rij.weg:
                self._weken.add(f"{year}-{week}")
                want[f"week {week}"] += 1
        found = Counter(map(read_kop, verloop.berichten))
        where = f"nacht {rij.nacht} ({rij.wat})"
        self.verloren += [f"{where}: verloren: {what}" for what in (want - found).elements()]
        self.vals += [f"{where}: vals: {what}" for what in (found - want).elements()]
        self.berichten += len(verloop.berichten)
        self.weken += sum(k.startswith("week") for k in found)
        for kanaal, koppen in verloop.anders.items():
            if koppen != tuple(b.kop for b in verloop.berichten):
                self.stil.append(f"{where}: per {kanaal} kwam iets anders: {koppen}")
        secret = m.web.adres
        for b in verloop.berichten:
            if not b.vervolg.startswith(("monitor ", "df ")):
                self.stil.append(f"{where}: geen volgende opdracht bij {b.kop}")
            if secret in f"{b.kop} {b.tekst} {b.vervolg}":
                self.stil.append(f"{where}: een adres in {b.kop}")

    def _figures(self, m: Machine, rij: Rij, verloop: Verloop) -> list[str]:
        """What is published is whole and of the last good answers."""
        whole = self._whole(m.actueel)
        if whole:
            return whole
        shown = _read_cells(m.actueel / "monitor.duckdb")
        after = self._gebruikt | {n: c for n, c in m.bron().items() if n not in self._oud}
        # killed: what stood, or all of the new
        if verloop.code in {0, 3} or (rij.weg and shown == set().union(*after.values())):
            self._gebruikt = after
        want = set[Cel]().union(*self._gebruikt.values())
        if shown == want:
            return []
        return [f"{len(want - shown)} cellen ontbreken, {len(shown - want)} horen er niet: {sorted(shown ^ want)[:2]}"]

    def _whole(self, actueel: Path) -> list[str]:
        try:
            bouw = read_manifest(actueel.resolve())["bouw"]
            files = sorted(p for s in ("parquet", "rapport") for p in (actueel / s).rglob("*") if p.is_file())
        except Exception as error:
            return [f"het rapport is niet heel: {error}"]
        names = {p.relative_to(actueel).as_posix() for p in files}
        if missing := {"rapport/index.html", "rapport/data/cijfers.csv", "parquet/kern.waarneming.parquet"} - names:
            return [f"het rapport is niet heel: {', '.join(sorted(missing))}"]
        told = hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()
        if self._gezien.setdefault(bouw, told) != told:
            return [f"bouw {bouw} is niet meer wat zij was"]
        return []

    def tabel(self) -> str:
        """What the year prints of itself."""
        kop = "| nachten | stil | gebeurtenissen | berichten | van de week | verloren | vals | zwijgend | tijd |"
        cells = (
            *(self.nachten, self.stille_nachten, self.gebeurtenissen, self.berichten, self.weken),
            *(len(self.verloren), len(self.vals), len(self.stil), f"{self.seconden:.0f} s"),
        )
        return f"{kop}\n|{'---:|' * len(cells)}\n| {' | '.join(map(str, cells))} |"


def _read_cells(database: Path) -> set[Cel]:
    with duckdb.connect(str(database), read_only=True) as db:
        rows = db.execute("SELECT tabel, onderwerp, regio, periode, waarde FROM kern.waarneming").fetchall()
    return {(t, o, r, p, w) for t, o, r, p, w in rows}


Proef = Callable[[str], AbstractContextManager[None]]


def leef(m: Machine, rijen: Sequence[Rij], nachten: int, proef: Proef = lambda _: suppress(AssertionError)) -> Oordeel:
    """Live so many nights, with what happens in them; gives the verdict.

    `proef`: what a night is counted by (what happens in it); it is given an AssertionError with its faults.
    """
    by_night, oordeel = join_rijen(rijen), Oordeel()
    for n in range(nachten):
        rij = by_night.get(n, Rij(n, "niets", nieuw=False))
        m.echt = m.op(n)
        m.nu = m.echt + rij.klok
        rij.doe(m)
        kwaad = None if rij.kwaad is None else partial(rij.kwaad, m)
        faults = oordeel.beoordeel(m, rij, m.speel(m.nu, kwaad))
        with proef(f"nacht {n}: {rij.wat}"):
            assert not faults, "\n".join(faults)
    return oordeel

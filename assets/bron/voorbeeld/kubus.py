"""The cells of a table of the sample: the figures of `generator`, revised, and empty where a source is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.bron.gezienlijst import GezieneDimensie, GezieneTabel
from assets.bron.voorbeeld.generator import Onderwerpmaker
from assets.bron.voorbeeld.indeling import Gebieden, Tijd, list_tijden, make_tijd
from assets.bron.voorbeeld.pendel import pendel
from assets.bron.voorbeeld.toeval import Veld, key, uniform
from assets.bron.voorbeeld.velden import BEVOLKING, Velden, read_level

# The tables that differ between the first and the second vintage: a year more, and revised figures.
HERZIEN = ("85924NED",)
# Before the first vintage lies that of the previous edition: every table ends so many years earlier.
VORIGE_EDITIE, JAREN_TERUG = 0, 2
# a municipality with fewer inhabitants may be secret
KLEIN = 25_000

WAARDE, ONMOGELIJK, GEHEIM = 0, 1, 2


@dataclass(frozen=True)
class Code:
    """A code of a dimension in the sample."""

    code: str
    titel: str
    beschrijving: str = ""
    groep: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Kubus:
    """The cells of a table: for each topic an array with an axis a dimension, and why a cell is empty."""

    codes: dict[str, list[Code]]
    waarden: dict[str, Veld]
    leeg: dict[str, npt.NDArray[np.uint8]]


@dataclass
class Tabelmaker:
    """One table that was seen at the source, as the sample has it."""

    tabel: GezieneTabel
    gebieden: Gebieden
    profielen: dict[str, Any] = field(repr=False)
    vintage: int = 2

    @property
    def instelling(self) -> dict[str, Any]:
        """What profielen.yaml says of this table."""
        instelling: dict[str, Any] = self.profielen["tabellen"].get(self.tabel.id, {})
        return instelling

    @property
    def _herzien(self) -> bool:
        """Whether this is a table as it stood before it was revised."""
        return self.vintage < 2 and self.tabel.id in HERZIEN

    @property
    def _jaren_terug(self) -> int:
        return JAREN_TERUG if self.vintage == VORIGE_EDITIE else int(self._herzien)

    def _dim(self, soort: str) -> tuple[str, GezieneDimensie] | None:
        return next(((n, d) for n, d in self.tabel.dimensies.items() if d.soort == soort), None)

    @cached_property
    def tijden(self) -> list[Tijd]:
        """The periods; of a table without that dimension, the one that it is about."""
        found = self._dim("periode")
        if found is None:
            return [make_tijd(f"{self.tabel.jaar}JJ00")]
        d = found[1]
        last = d.tot or (int(d.deel_tot[:4]) if d.deel_tot else max(d.jaren))
        parts = {"jaren": d.jaren, "maanden": d.maanden, "deel_tot": d.deel_tot or ""}
        first = d.van or min(d.jaren)
        return list_tijden(d.soorten, first, self.instelling | parts, last - self._jaren_terug)

    @cached_property
    def regiocodes(self) -> list[str]:
        """The regions; of a table without that dimension, the one that it is about."""
        found = self._dim("regio")
        return self._choose(*found) if found else [self.tabel.regio or "NL01"]

    def _choose(self, naam: str, dimensie: GezieneDimensie) -> list[str]:
        """The regions of a dimension that the sample makes: those seen, or the few that its profile keeps to."""
        own = self.instelling.get("regios", {}).get(naam)
        asked = [c for a in own for c in self.profielen["vraag"].get(a, (a,))] if own else dimensie.regios
        return self.gebieden.choose(asked)

    @cached_property
    def codes(self) -> dict[str, list[Code]]:
        """The codes of each dimension; known without the cells."""
        return {naam: self._codes(naam, d) for naam, d in self.tabel.dimensies.items()}

    @cached_property
    def kubus(self) -> Kubus:
        """Make the codes and all cells. Axes are in the order of the table's dimensions."""
        velden = Velden(self.gebieden, self.profielen, self.tijden)
        matrix = self.gebieden.matrix(self.regiocodes)
        codes = self.codes
        splits = [(n, d) for n, d in self.tabel.dimensies.items() if d.soort == "uitsplitsing"]
        inwoners = (matrix @ velden.veld(BEVOLKING))[:, -1]
        waarden, leeg = {}, {}
        for naam, onderwerp in self.tabel.onderwerpen.items():
            maker = Onderwerpmaker(self.tabel, naam, onderwerp, velden, matrix)
            tweede = next((n for n, d in splits if d.regios), None)
            if "pendel" in maker.profiel and tweede:
                values = pendel(maker, self.gebieden, self.regiocodes, [c.code for c in codes[tweede]])
            else:
                values = maker.values([(n, [(c.code, c.titel) for c in codes[n]]) for n, _ in splits])
            values = self._mistake(naam, self._revise(naam, values))
            empty = self._empty(maker, values, inwoners)
            waarden[naam], leeg[naam] = self._order(self._margins(maker, values, inwoners), empty, splits)
        return Kubus(codes, waarden, leeg)

    def _mistake(self, naam: str, values: Veld) -> Veld:
        """The errors that are put in the sample on purpose: a last digit that got lost."""
        wrong = values
        for fout in self.profielen["eigen"].get("fouten", ()):
            if (fout["tabel"], fout["onderwerp"]) == (self.tabel.id, naam):
                wrong = wrong.copy()
                place = self.regiocodes.index(fout["regio"]), [t.code for t in self.tijden].index(fout["periode"])
                wrong[place] = np.floor(wrong[place] / 10)
        return wrong

    def _revise(self, naam: str, values: Veld) -> Veld:
        """Before the revision the last provisional years stood a little lower."""
        if not self._herzien:
            return values
        regions = np.array([key(c) for c in self.regiocodes], dtype=np.uint64)
        change = 1 - 0.006 * uniform(key("herziening", naam), regions)
        changed = values.copy()
        decimalen = self.tabel.onderwerpen[naam].decimalen
        changed[:, -2:] = np.round(values[:, -2:] * change[:, None], decimalen)
        return changed

    def _margins(self, maker: Onderwerpmaker, values: Veld, inwoners: Veld) -> Veld:
        """Add the axis of the margins, last; a region with fewer inhabitants has wider ones."""
        found = self._dim("marges")
        if found is None:
            return values
        half = maker.profiel.get("marge")
        with np.errstate(divide="ignore", invalid="ignore"):
            wider = np.clip(np.sqrt(100_000 / inwoners), 0.1, 3).reshape(-1, *(1,) * (values.ndim - 1))
        share: Veld | float = 2.0
        if "marge_pct" in maker.profiel:
            # a forecast is less certain the further it looks ahead
            share = read_level(maker.profiel["marge_pct"], maker.profiel, maker.velden.t)
            share = share.reshape(1, -1, *(1,) * (values.ndim - 2))
        width = half * wider if half is not None else share / 100 * np.abs(values) * wider
        signs = {"MW": 0, "MOG": -1, "MBG": 1}
        bounds = [values + signs.get(re.sub(r"\d+$", "", c), 0) * width for c in found[1].codes]
        lowest = -np.inf if maker.profiel.get("optellend") else 0
        margins: Veld = np.round(np.clip(np.stack(bounds, axis=-1), lowest, maker.hoogste), maker.decimalen)
        return margins

    def _empty(self, maker: Onderwerpmaker, values: Veld, inwoners: Veld) -> npt.NDArray[np.uint8]:
        """Say of each cell whether it has a value, and if not, why."""
        empty = np.where(np.isfinite(values), WAARDE, ONMOGELIJK).astype(np.uint8)
        profiel = maker.profiel
        years = np.array([x.jaar for x in self.tijden])
        missing = (years < profiel.get("vanaf", 0)) | (years > profiel.get("tot", 9999))
        stocks = np.array([x.gedeeltelijk for x in self.tijden]) & (not profiel.get("stroom", False))
        empty[:, missing | stocks] = ONMOGELIJK
        municipal = np.array([c.startswith("GM") for c in self.regiocodes])
        if "inwoners" in self.instelling:
            empty[municipal & (inwoners > 0) & (inwoners < self.instelling["inwoners"])] = GEHEIM
        if "geheim" in profiel:
            regions = np.array([key(c) for c in self.regiocodes], dtype=np.uint64)
            times = np.array([key(x.code) for x in self.tijden], dtype=np.uint64)
            drawn = uniform(key("geheim", self.tabel.id, maker.naam), regions[:, None], times[None, :])
            small = municipal & (inwoners > 0) & (inwoners < KLEIN)
            hidden = (drawn < profiel["geheim"]) & small[:, None]
            empty[hidden & (empty.reshape(*hidden.shape, -1)[..., 0] == WAARDE)] = GEHEIM
        return empty

    def _order(
        self, values: Veld, empty: npt.NDArray[np.uint8], splits: Sequence[tuple[str, GezieneDimensie]]
    ) -> tuple[Veld, npt.NDArray[np.uint8]]:
        """Put the axes (region, time, breakdowns, margins) in the order of the table."""
        found = self._dim("marges")
        if found is not None:
            empty = np.repeat(empty[..., None], len(found[1].codes), axis=-1)
        named = [self._dim("regio"), self._dim("periode"), *splits, *([found] if found else [])]
        # a table without regions or periods has one of them: that axis goes
        absent = tuple(place for place, dimension in enumerate(named) if dimension is None)
        values, empty = np.squeeze(values, absent), np.squeeze(empty, absent)
        names = [dimension[0] for dimension in named if dimension is not None]
        order = [names.index(n) for n in self.tabel.dimensies]
        values = np.where(empty == WAARDE, values, np.nan)
        return np.ascontiguousarray(values.transpose(order)), np.ascontiguousarray(empty.transpose(order))

    def _codes(self, naam: str, dimensie: GezieneDimensie) -> list[Code]:
        if dimensie.soort == "regio":
            return [self._regio(c) for c in self.regiocodes]
        if dimensie.soort == "periode":
            return [Code(x.code, x.titel, self._prose(x), "0", self._status(x)) for x in self.tijden]
        codes = [Code(c, t) for c, t in dimensie.codes.items()]
        extra = self._choose(naam, dimensie) if dimensie.regios else []
        return codes + [self._regio(c) for c in extra if c not in dimensie.codes]

    def _regio(self, code: str) -> Code:
        naam = self.gebieden.namen.get(code, code)
        suffix = {"LD": " (LD)", "PV": " (PV)", "CR": " (CR)", "AM": " (AM)"}.get(code[:2], "")
        ended = code in self.gebieden.opgeheven
        place = self.gebieden.codes.index(code) if code in self.gebieden.codes else None
        groep = code[:2] if place is None else f"GM{self.gebieden.provincie[place]}"
        return Code(
            code, naam if naam.endswith(suffix) else naam + suffix, "Opgeheven gemeente" if ended else "", groep
        )

    def _status(self, tijd: Tijd) -> str | None:
        if self.tabel.status_uit_proza:
            return None
        open_years = self.instelling.get("voorlopig", 0)
        last = self.tijden[-1].jaar
        if open_years and tijd.jaar > last - open_years:
            return "Voorlopig"
        if open_years and tijd.jaar > last - 2 * open_years:
            return "NaderVoorlopig"
        return "Definitief"

    def _prose(self, tijd: Tijd) -> str:
        """70072ned says in words, per group of topics, which figures of a period may still change."""
        if not self.tabel.status_uit_proza:
            return {"Voorlopig": "Voorlopige cijfers", "NaderVoorlopig": "Nader voorlopige cijfers"}.get(
                self._status(tijd) or "", ""
            )
        groups: dict[str, int] = {}
        for naam, onderwerp in self.tabel.onderwerpen.items():
            last = min(self.profielen["begrippen"].get(naam, {}).get("tot", 9999), self.tijden[-1].jaar)
            if onderwerp.statusgroep:
                groups[onderwerp.statusgroep] = max(groups.get(onderwerp.statusgroep, 0), last)
        sentences = []
        for words, years in (("voorlopig", 0), ("nader voorlopig", 1)):
            names = [g for g, last in groups.items() if tijd.jaar == last - years]
            if names:
                sentences.append(f"Uitkomsten zijn {words} over:\r\n" + "\r\n".join(names) + "\r\n")
        return "\r\n".join(sentences)

    @property
    def gewijzigd(self) -> str:
        """The moment of the last change; an earlier vintage is as much older as it ends earlier."""
        number = int(key("gewijzigd", self.tabel.id))
        jaar = 2026 - self._jaren_terug
        if self.tabel.gestopt:
            jaar = 2023
        return f"{jaar}-{1 + number % 9:02d}-{1 + number // 16 % 28:02d}T02:00:00"

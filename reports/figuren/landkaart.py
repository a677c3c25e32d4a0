"""Maps of the municipalities: where they lie, and where a figure is high or low.

With boundaries (`Grenzen`) the map has their shape; without, each municipality is a tile at about its place. Classes
carry a letter in the map, so that nothing hangs on colour. A total gets no map: in a coloured map the large
municipalities would stand out only because they are large.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from begrippen.huisstijl import COROP_TINTEN, GRIJS, INKT, TINTEN, VLAK, WIT
from reports.document import Figuur
from reports.figuren.beeld import Puntbeeld, Stip
from reports.figuren.doek import Doek, breedte
from reports.figuren.ondergrond import MINSTENS, Ondergrond, Punten, area, find_plek
from reports.figuren.stijl import BREED
from reports.getallen import format_eenheid, format_getal, format_leeg, format_periode, join, round_half_away
from reports.model import Indicator, Rapport, Regio
from reports.zinnen import naam_in_zin

KLASSEN = "ABCD"
# Pixels that stay free on either side of a name.
LUCHT = 3
# Pixels from line to line of a name; and what lies behind it where a border has to give way.
LETTERHOOGTE = 13.0
NAAMVLAK = WIT
STREEP = " \N{EN DASH} "

# left, bottom, right, top
Vlak = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plaatsing:
    """How the units of a map become pixels of a picture."""

    scale: float
    left: float
    bottom: float

    def point(self, plek: tuple[float, float]) -> tuple[float, float]:
        """A place of the map in the picture."""
        return self.left + plek[0] * self.scale, self.bottom + plek[1] * self.scale

    def outline(self, ring: Punten) -> list[tuple[float, float]]:
        """The corners of a closed ring in the picture, each once."""
        return [(float(x), float(y)) for x, y in ring[:-1] * self.scale + np.array([self.left, self.bottom])]


@dataclass(frozen=True)
class Klasse:
    """Municipalities that are about as high as each other: a letter, from A (high) on, and the members, high first."""

    letter: str
    stippen: tuple[Stip, ...]


@dataclass(frozen=True)
class Landkaartbeeld:
    """What a map shows: classes of about as many municipalities each, and those without a value."""

    periode: str
    klassen: tuple[Klasse, ...]
    zonder: tuple[Stip, ...]


def make_landkaartbeeld(indicator: Indicator, beeld: Puntbeeld | None) -> Landkaartbeeld | None:
    """The classes of the municipalities in a dot plot, or None where a map would say nothing.

    Four classes of about as many municipalities each; what is printed the same falls in the same class.
    """
    if beeld is None or beeld.stippen[0].regio.soort != "gemeente":
        return None
    known = [(round_half_away(s.waarde, indicator.decimalen), s) for s in beeld.stippen if s.waarde is not None]
    if len(known) < MINSTENS:
        return None
    groups: dict[int, list[Stip]] = {}
    for value, stip in known:
        higher = sum(other > value for other, _ in known)
        groups.setdefault(higher * len(KLASSEN) // len(known), []).append(stip)
    if len(groups) < 2:
        return None
    klassen = tuple(Klasse(KLASSEN[n], tuple(groups[key])) for n, key in enumerate(sorted(groups)))
    return Landkaartbeeld(beeld.periode, klassen, tuple(s for s in beeld.stippen if s.waarde is None))


def _span(klasse: Klasse, decimalen: int) -> tuple[str, ...]:
    """The lowest and highest value of a class, one where they are the same."""
    values = [s.waarde for s in klasse.stippen if s.waarde is not None]
    ends = [format_getal(v, decimalen) for v in (min(values), max(values))]
    return tuple(dict.fromkeys(ends))


class Landkaarttekenaar:
    """Draws maps over one ground; not for use by two threads."""

    def __init__(self, doek: Doek, ondergrond: Ondergrond) -> None:
        self.doek = doek
        self.ondergrond = ondergrond
        self._middens = {code: find_plek(vorm.ringen[0], 1.0) for code, vorm in ondergrond.vormen.items()}

    def _fit(self, box: tuple[float, float, float, float]) -> Plaatsing:
        """How the map fits in `box` (left, bottom, width, height), at its top."""
        left, bottom, width, height = box
        scale = min(width / self.ondergrond.breed, height / self.ondergrond.hoog)
        return Plaatsing(scale, left, bottom + height - self.ondergrond.hoog * scale)

    def _shapes(self, plaatsing: Plaatsing, code: str, fill: str, edge: str, width: float = 0.8) -> None:
        for ring in self.ondergrond.vormen[code].ringen:
            self.doek.vlak(plaatsing.outline(ring), fill, edge, width)

    def draw_landkaart(self, indicator: Indicator, beeld: Landkaartbeeld) -> Figuur:
        """Draw where an indicator is high or low: a tint, a letter and a name a municipality, the classes below."""
        ground = self.ondergrond
        key = _key_lines(indicator, beeld)
        row = 22 if max(map(len, key)) == 1 else 38
        foot = row * math.ceil(len(key) / 2) + 6
        width = BREED - 8
        height = width * ground.hoog / ground.breed
        signs = {
            stip.regio.code: (klasse.letter, fill, ink)
            for klasse, (fill, ink) in zip(beeld.klassen, spread(len(beeld.klassen)), strict=True)
            for stip in klasse.stippen
        }
        for stip in beeld.zonder:
            symbol = format_leeg(stip.punt.leeg_reden if stip.punt else "niet_gepubliceerd")
            signs[stip.regio.code] = (symbol, WIT, INKT)
        regios = [s.regio for k in (*(k.stippen for k in beeld.klassen), beeld.zonder) for s in k]
        with self.doek.vel(BREED, foot + height + 24):
            map_ = self._fit((4, foot, width, height))
            for code, (_, fill, _) in signs.items():
                self._shapes(map_, code, fill, GRIJS if fill in (WIT, TINTEN[-1][0]) else WIT)
            randen = self._randen(map_)
            taken: list[Vlak] = []
            for regio in sorted(regios, key=lambda g: area(ground.vormen[g.code].ringen[0])):
                sign, fill, ink = signs[regio.code]
                taken.append(self._name(map_, regio, sign, taken, randen, kleur=ink, vlak=fill))
            self.doek.tekst(2, foot + height + 10, format_eenheid(indicator.eenheid), GRIJS)
            self._key(beeld, key, foot - 22, row)
            svg = self.doek.save()
        sizes = [len(k.stippen) for k in beeld.klassen]
        # who share a figure share a letter, however many they are
        even = " Elke letter telt ongeveer even veel gemeenten." if max(sizes) <= 2 * min(sizes) else ""
        notes = [f"A is hoog.{even}"]
        if any(s.punt and s.punt.is_voorlopig for k in beeld.klassen for s in k.stippen):
            notes.append("Met voorlopige cijfers.")
        kop = f"Waar hoog en waar laag ({format_periode(beeld.periode)})"
        return Figuur(svg, kop, landkaart_alt(indicator, beeld), (" ".join(notes),))

    def _key(self, beeld: Landkaartbeeld, key: list[list[str]], top: float, row: float) -> None:
        """The classes in two columns, the high ones in the first."""
        half = math.ceil(len(key) / 2)
        for n, (klasse, lines, (fill, ink)) in enumerate(zip(beeld.klassen, key, spread(len(key)), strict=True)):
            left, y = 4 + (BREED / 2) * (n // half), top - row * (n % half)
            box = [(left, y - 4), (left + 18, y - 4), (left + 18, y + 13), (left, y + 13)]
            self.doek.vlak(box, fill, GRIJS, 0.6)
            self.doek.tekst(left + 9, y, klasse.letter, ink, plaats="center", vet=True)
            for m, line in enumerate(lines):
                self.doek.tekst(left + 25, y - 15 * m, line)

    def _randen(self, plaatsing: Plaatsing) -> Punten:
        """Points along all borders of the map in the picture."""
        return np.concatenate([_along(plaatsing, ring) for v in self.ondergrond.vormen.values() for ring in v.ringen])

    def draw_overzicht(self, rapport: Rapport) -> Figuur:
        """Draw where the municipalities lie, with their names and the number of their COROP area."""
        ground = self.ondergrond
        width = BREED - 8
        height = width * ground.hoog / ground.breed
        with self.doek.vel(BREED, height + 8):
            map_ = self._fit((4, 4, width, height))
            # An area is drawn whole, edge first: what follows covers its inner borders, and the outer ones stay.
            for n, corop in enumerate(rapport.corop):
                codes = [g.code for g in rapport.leden.get(corop.code, ())]
                for code in codes:
                    self._shapes(map_, code, INKT, INKT, 4)
                for code in codes:
                    self._shapes(map_, code, COROP_TINTEN[n % len(COROP_TINTEN)], GRIJS, 0.7)
            numbered = [
                (g, str(n)) for n, c in enumerate(rapport.corop, start=1) for g in rapport.leden.get(c.code, ())
            ]
            randen = self._randen(map_)
            # where there is least room to move, the name is placed first
            taken: list[Vlak] = []
            for gemeente, nummer in sorted(numbered, key=lambda g: area(ground.vormen[g[0].code].ringen[0])):
                taken.append(self._name(map_, gemeente, nummer, taken, randen))
            svg = self.doek.save()
        noten = [f"{n} {c.naam}" for n, c in enumerate(rapport.corop, start=1)]
        kop = f"De gemeenten en COROP-gebieden van {rapport.provincie.naam}"
        return Figuur(svg, kop, overzicht_alt(rapport), (f"{', '.join(noten)}.",) if noten else ())

    def draw_ligging(self, rapport: Rapport, regio: Regio, leden: Collection[str]) -> Figuur:
        """Draw where an area lies: its municipalities in colour and by name, the others by name where there is room."""
        ground = self.ondergrond
        width = BREED - 8
        height = width * ground.hoog / ground.breed
        eigen = [g for g in rapport.gemeenten if g.code in leden]
        with self.doek.vel(BREED, height + 8):
            map_ = self._fit((4, 4, width, height))
            for gemeente in rapport.gemeenten:
                self._shapes(map_, gemeente.code, VLAK, GRIJS, 0.6)
            for gemeente in eigen:
                self._shapes(map_, gemeente.code, TINTEN[2][0], INKT, 1.2)
            taken: list[Vlak] = []
            randen = self._randen(map_)
            klein = sorted(rapport.gemeenten, key=lambda g: area(ground.vormen[g.code].ringen[0]))
            for gemeente in sorted(klein, key=lambda g: g not in eigen):
                for lines in ([gemeente.naam], _halved(gemeente.naam)):
                    tegel = self._middens[gemeente.code] if ground.tegels else None
                    x, y = map_.point(tegel or self._place(map_, gemeente, lines, taken))
                    wide, high = max(map(breedte, lines)), LETTERHOOGTE * len(lines)
                    past = not _crosses((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), randen)
                    if past if tegel is None else wide <= map_.scale:
                        break
                if not past and tegel is None and gemeente not in eigen:
                    continue
                if not past and tegel is None:
                    self.doek.balk(x - wide / 2, y - high / 2, wide, high, kleur=TINTEN[2][0])
                for n, text in enumerate(lines):
                    ink = INKT if gemeente in eigen else GRIJS
                    self.doek.tekst(x, y + high / 2 - 10 - LETTERHOOGTE * n, text, ink, plaats="center")
                taken.append(_room((x, y), lines))
            svg = self.doek.save()
        elders = join([g.naam for g in rapport.leden.get(regio.code, ()) if g not in eigen])
        noten = (f"Niet op de kaart, want buiten {rapport.provincie.wie}: {elders}.",) if elders else ()
        alt = f"Kaart van {rapport.provincie.naam}. In kleur {regio.naam}: {join([g.naam for g in eigen])}."
        return Figuur(svg, f"Waar {regio.naam} ligt", alt, noten)

    def _name(
        self,
        plaatsing: Plaatsing,
        gemeente: Regio,
        nummer: str,
        taken: list[Vlak],
        randen: Punten,
        *,
        kleur: str = INKT,
        vlak: str = NAAMVLAK,
    ) -> Vlak:
        """Write a name with a number or letter under it; returns the room taken. `vlak`: what it stands on.

        In two lines where one does not fit. Where neither does, a border gives way: no line runs through words.
        """
        name = gemeente.naam
        lines = [name]
        if self.ondergrond.tegels:
            if breedte(name) > plaatsing.scale:
                lines = _halved(name)
            place = self._middens[gemeente.code]
        else:
            for lines in ([name], _halved(name)):
                place = self._place(plaatsing, gemeente, lines, taken)
                if not _crosses(_room(plaatsing.point(place), lines), randen):
                    break
            else:
                lines = [name]
                place = self._place(plaatsing, gemeente, lines, taken)
        x, y = plaatsing.point(place)
        top = y + _size(lines)[1] / 2 - 10
        for n, text in enumerate((*lines, nummer)):
            base, bold = top - LETTERHOOGTE * n - (1 if n == len(lines) else 0), n == len(lines)
            wide = breedte(text, vet=bold) + 4
            behind = (x - wide / 2, base - 3, x + wide / 2, base + 11)
            if not self.ondergrond.tegels and _crosses(behind, randen):
                self.doek.balk(behind[0], behind[1], wide, 14, kleur=vlak)
            self.doek.tekst(x, base, text, kleur, plaats="center", vet=bold)
        return _room((x, y), lines)

    def _place(self, plaatsing: Plaatsing, gemeente: Regio, lines: list[str], taken: list[Vlak]) -> tuple[float, float]:
        """Where in its municipality a name of these lines has most room, clear of the names that stand already."""
        wide, high = _size(lines)

        def free(plek: tuple[float, float]) -> bool:
            left, low, right, top = _room(plaatsing.point(plek), lines)
            return not any(left < r and right > le and low < t and top > lo for le, lo, r, t in taken)

        return find_plek(self.ondergrond.vormen[gemeente.code].ringen[0], high / wide, free)


def _key_lines(indicator: Indicator, beeld: Landkaartbeeld) -> list[list[str]]:
    """From where to where each class runs: on one line, or on two where that would be too wide."""
    spans = [_span(k, indicator.decimalen) for k in beeld.klassen]
    if max(breedte(STREEP.join(s)) for s in spans) <= BREED / 2 - 31:
        return [[STREEP.join(s)] for s in spans]
    return [[s[0], *(f"tot {t}" for t in s[1:])] for s in spans]


def _halved(name: str) -> list[str]:
    """A name in two lines, cut after its first space or hyphen, if it has one."""
    return [part.strip() for part in re.sub(r"(-| )", r"\1\n", name, count=1).split("\n")]


def _size(lines: list[str]) -> tuple[float, float]:
    """Width and height of a name with the number under it, in pixels."""
    return max(map(breedte, lines)), LETTERHOOGTE * (len(lines) + 1)


def _room(middle: tuple[float, float], lines: list[str]) -> Vlak:
    """What a name takes up around its middle, with some air on either side."""
    (x, y), (wide, high) = middle, _size(lines)
    return x - wide / 2 - LUCHT, y - high / 2, x + wide / 2 + LUCHT, y + high / 2


def _along(plaatsing: Plaatsing, ring: Punten) -> Punten:
    """Points along an outline in the picture, at most a pixel apart."""
    corners = ring * plaatsing.scale + np.array([plaatsing.left, plaatsing.bottom])
    parts = []
    for begin, end in pairwise(corners):
        count = max(2, math.ceil(float(np.hypot(*(end - begin)))) + 1)
        parts.append(np.linspace(begin, end, count))
    return np.concatenate(parts)


def _crosses(vlak: Vlak, randen: Punten) -> bool:
    """Whether a border runs through a rectangle."""
    left, low, right, top = vlak
    x, y = randen.T
    return bool(np.any((x > left) & (x < right) & (y > low) & (y < top)))


def spread(count: int) -> list[tuple[str, str]]:
    """The tints of `count` classes, from the darkest to the lightest."""
    last = len(TINTEN) - 1
    return [TINTEN[round(n * last / max(count - 1, 1))] for n in range(count)]


def landkaart_alt(indicator: Indicator, beeld: Landkaartbeeld) -> str:
    """What a map shows, in full sentences: the classes with their municipalities."""
    parts = [
        f"Kaart van {naam_in_zin(indicator)} in {format_periode(beeld.periode)}, "
        f"in {len(beeld.klassen)} klassen van hoog naar laag."
    ]
    for klasse in beeld.klassen:
        span = " tot ".join(_span(klasse, indicator.decimalen))
        parts.append(f"{klasse.letter}, {span}: {join([s.regio.naam for s in klasse.stippen])}.")
    if beeld.zonder:
        parts.append(f"Geen cijfer: {join([s.regio.naam for s in beeld.zonder])}.")
    return " ".join(parts)


def overzicht_alt(rapport: Rapport) -> str:
    """The areas and their municipalities, in full sentences."""
    parts = [f"Kaart van {rapport.provincie.naam} met de namen van de gemeenten."]
    parts += [
        f"{n}, {corop.naam}: {join([g.naam for g in rapport.leden[corop.code]])}."
        for n, corop in enumerate(rapport.corop, start=1)
        if rapport.leden.get(corop.code)
    ]
    return " ".join(parts)

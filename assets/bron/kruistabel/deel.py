"""Cut a table downloaded from StatLine into its parts: title, choices, labels above, figures, and lines below."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assets.bron.bronlijst import Statlinevorm
from assets.bron.kruistabel.label import read_legenda
from assets.bron.vellen.vel import LEEG, Regel, Vak, Vel, VelError
from begrippen.regionaam import fold

EENHEDEN = frozenset({"eenheid", "eenheden"})
VOETREGEL = re.compile(r"(bron\s*:|©|\(c\) cbs|gewijzigd op|centraal bureau voor de statistiek)", re.IGNORECASE)
_STERREGEL = re.compile(r"\*{1,2}\s*[:=]?\s*(nader )?voorlopig\w*( cijfers?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Deel:
    """The parts of a table. `keuzes`: dimension -> category that a line above the table names.

    `kop` are the lines of labels above the figures, `lijf` the lines with figures, `eerste` the first column of figures
    (from 0), `voet` the lines below.
    """

    titel: str
    keuzes: dict[str, str]
    kop: tuple[Regel, ...]
    lijf: tuple[Regel, ...]
    eerste: int
    voet: tuple[Regel, ...]


def filled(regel: Regel) -> list[tuple[int, Vak]]:
    """List the cells of a line that hold something, each with its place from 0."""
    return [(place, vak) for place, vak in enumerate(regel.vakken) if vak.soort != "leeg"]


def spread(vel: Vel) -> Vel:
    """Give the sheet with what stands in merged cells in each of them."""
    if not vel.samengevoegd:
        return vel
    lines = {r.nummer: list(r.vakken) for r in vel.regels}
    for vlak in vel.samengevoegd:
        source = lines.get(vlak.rij, [])
        if len(source) < vlak.kolom:
            continue
        for number in range(vlak.rij, vlak.tot_rij + 1):
            row = lines.setdefault(number, [])
            row.extend([LEEG] * (vlak.tot_kolom - len(row)))
            row[vlak.kolom - 1 : vlak.tot_kolom] = [source[vlak.kolom - 1]] * (vlak.tot_kolom - vlak.kolom + 1)
    return Vel(vel.bestand, vel.naam, [Regel(number, tuple(row)) for number, row in sorted(lines.items())])


def is_star_line(texts: Sequence[str]) -> bool:
    """Whether a line below the table explains a star: '* voorlopige cijfers'."""
    return bool(_STERREGEL.fullmatch(" ".join(texts)))


def _texts(regel: Regel) -> list[str]:
    return [vak.tekst for _, vak in filled(regel)]


def _has_unit_column(kop: Sequence[Regel], place: int, names: set[str]) -> bool:
    """Whether units, or the names of dimensions, stand between the labels and the figures."""
    above = [fold(regel.vak(place).tekst) for regel in kop]
    return any(t in names or t in EENHEDEN for t in above) or not any(above)


class _Snede:
    """One table being cut."""

    def __init__(self, vel: Vel, vorm: Statlinevorm, is_label: Callable[[str, str], bool]) -> None:
        self.vel, self.vorm, self.is_label = vel, vorm, is_label
        self.lines = spread(vel).regels
        self.original = {r.nummer: r for r in vel.regels}
        self.skip = set(map(fold, vorm.overslaan))

    def fault(self, what: str, regel: Regel) -> VelError:
        return VelError(f"{self.vel.plek(regel.nummer)}: {what}")

    def cut(self) -> Deel:
        lines, vorm = self.lines, self.vorm
        wanted = [fold(n) for n in vorm.rijen]
        width = len(wanted)

        def labels(regel: Regel) -> list[str]:
            return [fold(regel.vak(place).tekst) for place in range(width)]

        named = next((n for n, regel in enumerate(lines) if labels(regel) == wanted), None)
        if named is None:
            raise VelError(
                f"{self.vel.bestand}: geen regel begint met {'; '.join(vorm.rijen)}, de dimensies die volgens de "
                f"mapping in de rijen staan. Maak een nieuw voorstel: monitor aanlevering voorstel {self.vel.bestand}"
            )
        # lines that repeat the names, or have none, still belong to the head: units, or a name over more lines
        begin = next(
            (n for n in range(named + 1, len(lines)) if any(t and t not in wanted for t in labels(lines[n]))), None
        )
        if begin is None:
            raise self.fault("onder de kop staan geen regels met cijfers", lines[named])
        titel, keuzes, top = self.above(lines[: named + 1])
        for regel in lines[top:named]:
            if self.has_labels(regel):
                raise self.fault("deze regel met cijfers staat boven de kop; download de tabel opnieuw", regel)
        kop = tuple(lines[top:begin])
        first = width + _has_unit_column(kop, width, set(map(fold, (*vorm.rijen, *vorm.kolommen))))
        end = max((n for n in range(begin, len(lines)) if self.is_row(lines[n])), default=begin)
        self.check_below(lines[end + 1 :])
        return Deel(titel, keuzes, kop, tuple(lines[begin : end + 1]), first, tuple(lines[end + 1 :]))

    def above(self, lines: Sequence[Regel]) -> tuple[str, dict[str, str], int]:
        """Read title and choices above the labels, and where the labels begin."""
        vorm = self.vorm
        known = {fold(n): n for n in (vorm.regio, vorm.periode, vorm.onderwerp, *vorm.keuzes)}
        across = set(map(fold, vorm.kolommen))
        titel, keuzes = "", dict[str, str]()
        for n, regel in enumerate(lines[:-1]):
            # as it stands: a title merged over the table is one cell
            cells = filled(self.original.get(regel.nummer, regel))
            texts = [vak.tekst for _, vak in cells]
            if not cells or cells[0][0] or cells[-1][0] >= max(2, len(vorm.rijen)):
                return titel, keuzes, n
            key, sep, value = texts[0].partition(":") if len(texts) == 1 else (texts[0], ":", texts[1])
            if len(texts) > 1 and fold(key) in across:
                return titel, keuzes, n
            if fold(key) in known and sep and value.strip():
                keuzes[known[fold(key)]] = value.strip()
            elif len(texts) == 1 and (not titel or VOETREGEL.match(texts[0])):
                titel = titel or texts[0]
            elif not self.skip.issuperset(map(fold, texts)):
                raise self.fault(
                    f"'{'; '.join(texts)}' is geen dimensie die de mapping noemt. Is het een keuze uit een dimensie, "
                    "zet haar dan onder keuzes; zegt de regel niets over de cijfers, zet hem dan onder overslaan",
                    regel,
                )
        return titel, keuzes, len(lines) - 1

    def is_row(self, regel: Regel) -> bool:
        """Whether a line has figures, or could have had them: the last region of a table can be blank all over."""
        vorm = self.vorm
        texts = [regel.vak(place).tekst for place in range(len(vorm.rijen))]
        if not all(texts) or VOETREGEL.match(texts[0]):
            return False
        return any(place >= len(texts) for place, _ in filled(regel)) or self.has_labels(regel)

    def has_labels(self, regel: Regel) -> bool:
        """Whether a line begins with a label of every dimension of the rows."""
        texts = [regel.vak(place).tekst for place in range(len(self.vorm.rijen))]
        pairs = zip(self.vorm.rijen, texts, strict=True)
        return all(text and self.is_label(dimension, text) for dimension, text in pairs)

    def check_below(self, lines: Sequence[Regel]) -> None:
        for regel in lines:
            texts = _texts(regel)
            known = not texts or VOETREGEL.match(texts[0]) or read_legenda(" : ".join(texts)) or is_star_line(texts)
            if not known and not self.skip.issuperset(map(fold, texts)):
                raise self.fault(
                    f"'{'; '.join(texts)[:80]}' staat onder de cijfers, en is geen regel die StatLine daar zet. Zegt "
                    "hij niets over de cijfers, zet hem dan in de mapping onder overslaan",
                    regel,
                )


def cut(vel: Vel, vorm: Statlinevorm, is_label: Callable[[str, str], bool]) -> Deel:
    """Cut a table into its parts. `is_label(dimension, text)`: whether a text reads as a label of that dimension.

    Raises VelError naming the line that is no part of such a table.
    """
    return _Snede(vel, vorm, is_label).cut()

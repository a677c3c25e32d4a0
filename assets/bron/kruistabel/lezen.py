"""Read a table as StatLine gives it to download, CSV or workbook, into the cells of a delivery.

Such a table is a crosstab: a title, lines that name a choice (`"Geslacht";"Totaal"`), lines and columns of labels
around a block of figures, and lines below it. The mapping says which dimensions stand in the rows and which above the
columns (`bronlijst.Statlinevorm`); everything else is found by the names and labels in the file, and what does not fit
is refused with its place. Every figure keeps the line and column that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from assets.bron.bronlijst import Aanlevering, Statlinevorm
from assets.bron.kruistabel.deel import VOETREGEL, cut, filled
from assets.bron.kruistabel.label import (
    LEEG,
    LabelError,
    Periodelabel,
    check_months,
    read_legenda,
    read_periodelabel,
    read_teken,
    strip_sterren,
)
from assets.bron.kruistabel.onderwerp import Onderwerpen
from assets.bron.vellen.getal import GetalError, read_getal
from assets.bron.vellen.vel import Regel, Vak, Vel, VelError
from begrippen.lijsten import STATUS_ORDE, Leegbetekenis, Status
from begrippen.regionaam import RegionaamError, fold, read_regionaam

_DATUM = re.compile(r"\b(?P<dag>\d{1,2})-(?P<maand>\d{1,2})-(?P<jaar>\d{4})\b", re.ASCII)


class Cel(NamedTuple):
    """A figure, or why there is none (`leeg`), with the line (from 1) and column (from 0) of the file."""

    indicator: str
    regiocode: str
    periode: str
    waarde: float | None
    leeg: str | None
    status: Status
    regel: int
    kolom: int


@dataclass
class Tabel:
    """A downloaded table as cells. `titels`: code of a region or period -> the label that the file has for it."""

    cellen: list[Cel] = field(default_factory=list)
    titels: dict[str, str] = field(default_factory=dict)
    titel: str = ""
    peildatum: str = ""


class _Labels:
    """What the labels of one table mean, and how what is wrong with them is said."""

    def __init__(self, vel: Vel, mapping: Aanlevering, vorm: Statlinevorm) -> None:
        self.vel, self.vorm = vel, vorm
        self.skip = {fold(text) for text in vorm.overslaan}
        self.names = {fold(n): n for n in (*vorm.rijen, *vorm.kolommen)}
        self.onderwerpen = Onderwerpen(mapping.onderwerpen)
        self._regios: dict[str, str] = {}
        self._perioden: dict[str, Periodelabel] = {}
        self._folded: dict[str, str] = {}
        self.deel = cut(vel, vorm, self.is_label)

    def fault(self, what: str, regel: int, kolom: int | None = None) -> VelError:
        return VelError(f"{self.vel.plek(regel, kolom)}: {what}")

    def is_label(self, dimension: str, text: str) -> bool:
        """Whether a text reads as a label of a dimension; of one with categories any text may."""
        vorm = self.vorm
        reads: dict[str, Callable[[str], object]] = {
            vorm.regio: self.regio,
            vorm.periode: self.periode,
            vorm.onderwerp: self.onderwerpen.find,
        }
        return dimension not in reads or _all(reads[dimension], [text])

    @cached_property
    def tekens(self) -> dict[str, Leegbetekenis]:
        """What signs mean: by the legend in the file, and by the mapping. Raises VelError when they disagree."""
        found: dict[str, Leegbetekenis] = {fold(t): m for t, m in self.vorm.tekens.items()}
        for regel in self.deel.voet:
            read = read_legenda(" : ".join(vak.tekst for _, vak in filled(regel)))
            if read and found.setdefault(*read) != read[1]:
                raise self.fault(
                    f"de legenda zegt dat '{read[0]}' {read[1]} is, en de mapping {found[read[0]]}", regel.nummer
                )
        return found

    def periode(self, label: str) -> Periodelabel:
        """Read the label of a period, once. Raises LabelError."""
        if label not in self._perioden:
            found = read_periodelabel(label)
            if self.vorm.maand_is == "jaar" and found.code[4:6] == "MM":
                found = Periodelabel(f"{found.code[:4]}JJ00", found.status)
            self._perioden[label] = found
        return self._perioden[label]

    def regio(self, label: str) -> str:
        """Read the label of a region, once. Raises RegionaamError."""
        if label not in self._regios:
            self._regios[label] = read_regionaam(label, self.vorm.kale_namen)
        return self._regios[label]

    def fold(self, text: str) -> str:
        """A text as names are compared, folded once: a label stands before or above many figures."""
        if text not in self._folded:
            self._folded[text] = fold(text)
        return self._folded[text]

    def above_columns(self) -> tuple[dict[str, dict[int, tuple[str, ...]]], dict[int, str]]:
        """Read the labels above the figures: dimension -> column -> labels from the top down, and column -> unit."""
        deel, vorm = self.deel, self.vorm
        labels: dict[str, dict[int, tuple[str, ...]]] = {}
        units: dict[int, str] = {}
        unnamed: list[tuple[Regel, dict[int, str]]] = []
        for regel in deel.kop:
            row = {place: vak.tekst for place, vak in filled(regel) if place >= deel.eerste}
            if not row:
                continue
            beside = [fold(regel.vak(place).tekst) for place in range(deel.eerste)]
            named = [self.names[t] for t in beside if t in self.names and self.names[t] in vorm.kolommen]
            if all(self.onderwerpen.is_eenheid(text) for text in row.values()):
                units |= row
            elif len(named) == 1:
                self._add(labels, named[0], row)
            elif regel is deel.kop[-1] and vorm.onderwerp in labels:
                units |= row
            elif vorm.kolommen:
                unnamed.append((regel, row))
        left = set(vorm.kolommen) - labels.keys()
        for regel, row in unnamed:
            self._add(labels, self._dimension_of(regel, row, left), row)
        return labels, units

    def _add(self, labels: dict[str, dict[int, tuple[str, ...]]], dimension: str, row: dict[int, str]) -> None:
        into = labels.setdefault(dimension, {})
        if into and dimension != self.vorm.onderwerp:
            raise VelError(f"{self.vel.bestand}: boven de cijfers kan meer dan een regel {dimension} zijn")
        for place, text in row.items():
            into[place] = (*into.get(place, ()), text)

    def _dimension_of(self, regel: Regel, row: dict[int, str], left: set[str]) -> str:
        """Say of which dimension a line without a name holds the labels. Raises VelError when that is not one."""
        vorm, texts = self.vorm, list(row.values())
        fits = {
            vorm.periode: _all(self.periode, texts),
            vorm.regio: _all(self.regio, texts),
            **{d: fold(chosen) in map(fold, texts) for d, chosen in vorm.keuzes.items()},
        }
        found = [d for d in left if fits.get(d)]
        # what is no period, region or category is a topic, or a group of topics; a single choice leaves no question
        if not found and vorm.onderwerp in vorm.kolommen:
            found = [vorm.onderwerp]
        if not found and len(left) == 1:
            found = list(left)
        if len(found) != 1:
            raise self.fault(
                f"deze regel met labels ({', '.join(texts[:3])}) hoort volgens de mapping bij geen van: "
                f"{', '.join(vorm.kolommen) or 'geen dimensie'}",
                regel.nummer,
            )
        return found[0]


def _all(read: Callable[[str], object], texts: Sequence[str]) -> bool:
    try:
        for text in texts:
            read(text)
    except (LabelError, RegionaamError):
        return False
    return True


def read_statline(vel: Vel, mapping: Aanlevering) -> Tabel:
    """Read a downloaded table. Raises VelError naming file, line and column of what does not fit the mapping."""
    vorm = mapping.statline
    if vorm is None:
        raise VelError(f"{vel.bestand}: de mapping {mapping.id} zegt niet hoe de tabel van StatLine eruitziet")
    if vorm.nagekeken is None:
        raise VelError(
            f"{vel.bestand}: de mapping {mapping.id} is nog een voorstel. Kijk haar na, en zet er de datum bij: "
            "nagekeken: JJJJ-MM-DD"
        )
    return _Cijfers(_Labels(vel, mapping, vorm), mapping).make()


class _Cijfers:
    """The figures of one table, with the labels of their row, their column and the choices above."""

    def __init__(self, labels: _Labels, mapping: Aanlevering) -> None:
        self.labels, self.vorm, self.mapping = labels, labels.vorm, mapping
        self.boven, self.eenheden = labels.above_columns()
        self.seen: dict[str, set[str]] = {dimension: set() for dimension in self.vorm.keuzes}

    def make(self) -> Tabel:
        deel, bestand = self.labels.deel, self.labels.vel.bestand
        if self.vorm.tabel and deel.titel and fold(deel.titel) != fold(self.vorm.tabel):
            raise VelError(f"{bestand}: de tabel heet '{deel.titel}', en de mapping leest '{self.vorm.tabel}'")
        self._check_sheet()
        dates = (read_peildatum(vak.tekst) for regel in deel.voet for _, vak in filled(regel))
        table = Tabel(titel=deel.titel, peildatum=next(filter(None, dates), ""))
        found = list(self._cells(table))
        if not found:
            missing = [d for d, chosen in self.vorm.keuzes.items() if chosen not in self.seen[d]]
            raise VelError(
                f"{bestand}: geen enkel cijfer hoort bij de keuzes van de mapping"
                + "".join(
                    f"; {d} is nergens '{self.vorm.keuzes[d]}', wel: {', '.join(sorted(self.seen[d])) or 'niets'}"
                    for d in missing
                )
            )
        symbols = any(c[5] for c in found) or any(c[4] == LEEG["onbekend"] for c in found)
        other: Status = "definitief" if any(c[5] for c in found) else self._status()
        table.cellen = [
            # a download without symbols has a blank for what is secret too: that it can not occur is not said then
            Cel(i, r, p, w, "" if e == LEEG["niet_van_toepassing"] and not symbols else e, s or other, n, k)
            for i, r, p, w, e, s, n, k in found
        ]
        return table

    def _status(self) -> Status:
        """The status that the mapping gives to figures of a file that has no stars."""
        said = fold(self.mapping.vast.get("status") or "onbekend").replace(" ", "_")
        found = next((code for code in STATUS_ORDE if code == said), None)
        if found is None:
            raise VelError(f"mapping {self.mapping.id}: de status '{said}' bestaat niet; kies {', '.join(STATUS_ORDE)}")
        return found

    def _check_sheet(self) -> None:
        vel, deel = self.labels.vel, self.labels.deel
        numbers = {r.nummer for r in deel.lijf}
        width = vel.breedtes.get(deel.kop[-1].nummer)
        for number in sorted(numbers & vel.breedtes.keys()):
            if vel.breedtes[number] != width:
                raise self.labels.fault(
                    f"hier staan {vel.breedtes[number]} velden, in de kop {width}; StatLine geeft elke regel evenveel",
                    number,
                )
        if not vel.afgesloten and deel.lijf[-1].nummer == vel.regels[-1].nummer:
            raise self.labels.fault("het bestand houdt hier midden in op; download het opnieuw", deel.lijf[-1].nummer)
        if hidden := sorted(vel.verborgen_rijen & numbers):
            raise self.labels.fault("deze regel is verborgen; maak hem zichtbaar of haal hem weg", hidden[0])
        if vel.verborgen_kolommen:
            place = min(vel.verborgen_kolommen)
            raise self.labels.fault("deze kolom is verborgen; maak haar zichtbaar of haal haar weg", 1, place)
        for vlak in vel.samengevoegd:
            if vlak.tot_kolom > deel.eerste and any(vlak.rij <= n <= vlak.tot_rij for n in numbers):
                raise self.labels.fault(f"de vakken {vlak} met cijfers zijn samengevoegd; splits ze", vlak.rij)

    def _cells(self, table: Tabel) -> Iterator[tuple[str, str, str, float | None, str | None, Status | None, int, int]]:
        deel, vorm = self.labels.deel, self.vorm
        fixed = {d: (label,) for d, label in deel.keuzes.items()}
        columns = sorted(set().union(*self.boven.values())) if self.boven else [deel.eerste]
        periods: list[Periodelabel] = []
        for regel in deel.lijf:
            row = {}
            for place, dimension in enumerate(vorm.rijen):
                label = regel.vak(place).tekst
                if not label:
                    raise self.labels.fault(
                        f"het label van {dimension} is leeg; vul het op elke regel in", regel.nummer, place
                    )
                row[dimension] = (label,)
            beyond = [p for p, _ in filled(regel) if p >= deel.eerste and p not in columns]
            if beyond:
                raise self.labels.fault("boven dit vak staat geen label", regel.nummer, beyond[0])
            unit = regel.vak(len(vorm.rijen)).tekst if deel.eerste > len(vorm.rijen) else ""
            for place in columns:
                labels = fixed | row | {d: at[place] for d, at in self.boven.items() if place in at}
                if lacking := [d for d in self.boven if place not in self.boven[d]]:
                    raise self.labels.fault(f"boven deze kolom staat geen {lacking[0]}", deel.kop[-1].nummer, place)
                try:
                    found = self._cell(labels, self.eenheden.get(place) or unit, regel.vak(place))
                except GetalError as error:
                    what = f"'{regel.vak(place).tekst}': {error.soort}. {error.lezingen} {error.raad}"
                    raise self.labels.fault(" ".join(what.split()), regel.nummer, place) from None
                except (LabelError, RegionaamError) as error:
                    raise self.labels.fault(str(error), regel.nummer, place) from None
                if found is None:
                    continue
                indicator, regio, periode, waarde, leeg, status = found
                periods.append(periode)
                if vorm.regio in labels:
                    table.titels[regio] = " ".join(labels[vorm.regio])
                if vorm.periode in labels:
                    table.titels[periode.code] = strip_sterren(" ".join(labels[vorm.periode]))[0]
                yield indicator, regio, periode.code, waarde, leeg, status or periode.status, regel.nummer, place
        if vorm.maand_is is None:
            try:
                check_months(periods)
            except LabelError as error:
                raise VelError(
                    f"{self.labels.vel.bestand}: {error}. Zet in de mapping maand_is: maand, of maand_is: jaar"
                ) from None

    def _cell(
        self, labels: dict[str, tuple[str, ...]], unit: str, vak: Vak
    ) -> tuple[str, str, Periodelabel, float | None, str | None, Status | None] | None:
        """Read one figure; None where the mapping leaves it out. Raises LabelError or RegionaamError."""
        vorm, vast = self.vorm, self.mapping.vast
        if any(self.labels.fold(text) in self.labels.skip for found in labels.values() for text in found):
            return None
        for dimension, chosen in vorm.keuzes.items():
            if dimension not in labels:
                raise LabelError(f"{dimension} staat niet in het bestand, en de mapping kiest daar '{chosen}'")
            label = " ".join(labels[dimension])
            ours = self.labels.fold(label) == self.labels.fold(chosen)
            self.seen[dimension].add(chosen if ours else label)
            if not ours:
                return None
        for dimension, name in ((vorm.regio, "regiocode"), (vorm.periode, "periode"), (vorm.onderwerp, "indicator")):
            if dimension not in labels and name not in vast:
                raise LabelError(
                    f"{dimension} staat niet in het bestand; noem in de mapping onder vast een {name} die voor alle "
                    "cijfers geldt, of de naam die het bestand gebruikt"
                )
        onderwerpen = self.labels.onderwerpen
        if vorm.onderwerp in labels:
            indicator = onderwerpen.find(labels[vorm.onderwerp], unit)
        else:
            indicator = onderwerpen.check_eenheid(vast["indicator"], unit)
        regio = self.labels.regio(labels[vorm.regio][-1]) if vorm.regio in labels else vast["regiocode"]
        periode = self.labels.periode(labels[vorm.periode][-1] if vorm.periode in labels else vast["periode"])
        return indicator, regio, periode, *self._value(vak)

    def _value(self, vak: Vak) -> tuple[float | None, str | None, Status | None]:
        decimal = self.mapping.decimaal
        if vak.soort not in ("leeg", "tekst"):
            return read_getal(vak, decimal), None, None
        text, status = strip_sterren(" ".join(vak.tekst.replace("\xa0", " ").replace("\u2212", "-").split()))
        meaning = read_teken(text, self.labels.tekens)
        if meaning == "nul":
            return 0.0, None, status
        if meaning:
            return None, LEEG[meaning], status
        # StatLine writes nothing between thousands
        return read_getal(Vak(text, "tekst"), decimal, duizendtallen=False), None, status


def read_peildatum(text: str) -> str:
    """Give the date in the line of CBS below an older download, as jjjj-mm-dd; '' for another line."""
    match = _DATUM.search(text) if VOETREGEL.match(text) else None
    return f"{match['jaar']}-{int(match['maand']):02d}-{int(match['dag']):02d}" if match else ""

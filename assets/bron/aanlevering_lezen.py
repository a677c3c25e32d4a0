"""Read a delivered file into cells: the long template, or any shape that a mapping turns into it.

What can be read in one way is read; all else is refused with file, line and what to write instead. So a file that is
accepted has no cell of which the sender could say that something else was meant (docs/aanleveren.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.bron import aanlevering_keuren as keuren
from assets.bron.aanlevering_keuren import AanleveringError, Fouten
from assets.bron.bronlijst import Aanlevering, Drempel
from assets.bron.kruistabel.levering import read_kruistabel
from assets.bron.momentopname import Rij
from assets.bron.vellen.getal import GetalError, read_getal
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import Vak, Vel, VelError, kolomletter, visible_vel
from begrippen.redenen import Reden
from begrippen.regio import ALIASSEN, known_until

if TYPE_CHECKING:
    import pandas as pd

SJABLOON = ("indicator", "regiocode", "periode", "waarde", "status", "bron", "peildatum")
MAPPING = ".mapping.yaml"
# What was delivered before and is not in the folder any more is missed, unless it is this little.
DEKKING = Drempel(
    waarde=0.98,
    reden="een aanlevering vervangt de vorige in haar geheel, en mist dus weinig van wat er was",
    datum=date(2026, 11, 22),
)
# No field is longer; what is, comes of a slip in the file.
_LONGEST = 500


@dataclass
class Gelezen:
    """A delivery as cells, in the order of its files and lines."""

    cellen: pd.DataFrame  # the columns of the template, and regel, bestand, leeg
    waarschuwingen: list[Reden] = field(default_factory=list)
    # code of a region or period -> what the file calls it, where it says more than the code
    titels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kop:
    """The header of a sheet: its line, and the place of each column of the template that the file has."""

    regel: int
    breedte: int
    plaatsen: dict[str, int]


def _fold(name: str) -> str:
    """Give the name of a column as it is compared: capitals and blanks do not make another name."""
    return " ".join(name.split()).casefold()


def _find_kop(vel: Vel, mapping: Aanlevering) -> _Kop:
    """Find the header, which is the first line. Raises AanleveringError naming the columns that are not there."""
    wanted = {ours: mapping.kolommen.get(ours, ours) for ours in SJABLOON if ours not in mapping.vast}
    first = vel.regels[0]
    names = [_fold(v.tekst) for v in first.vakken]
    if missing := [name for name in wanted.values() if _fold(name) not in names]:
        folded = {_fold(name) for name in wanted.values()}
        for regel in vel.regels[1:20]:
            if folded <= {_fold(v.tekst) for v in regel.vakken}:
                raise AanleveringError(
                    f"{vel.plek(first.nummer)}: boven de kop (regel {regel.nummer}) staat nog iets: "
                    f"'{first.vakken[0].tekst}'. Zet de kop op de eerste regel, en haal een voetregel weg"
                )
        there = ", ".join(v.tekst for v in first.vakken)
        raise AanleveringError(
            f"{vel.bestand}: kolom {', '.join(missing)} ontbreekt; in het bestand staan: {there}. "
            f"Pas het bestand aan, of zet een mapping ernaast die de kolommen noemt ({Path(vel.bestand).stem}{MAPPING})"
        )
    for name in wanted.values():
        if (count := names.count(_fold(name))) > 1:
            letters = " en ".join(kolomletter(n) for n, other in enumerate(names) if other == _fold(name))
            raise AanleveringError(
                f"{vel.plek(first.nummer)}: kolom {name} staat er {count} keer (kolom {letters}), en niet te zien is "
                "welke de levering is; laat er een staan"
            )
    width = vel.breedtes.get(first.nummer, len(first.vakken))
    return _Kop(first.nummer, width, {ours: names.index(_fold(name)) for ours, name in wanted.items()})


def _check_vel(vel: Vel, kop: _Kop) -> None:
    """Check that every line is one row under the header, and all of it is to be seen. Raises AanleveringError."""
    if vel.verborgen_rijen:
        lines = ", ".join(map(str, sorted(vel.verborgen_rijen)[:5]))
        raise AanleveringError(
            f"{vel.plek(min(vel.verborgen_rijen))}: {len(vel.verborgen_rijen)} verborgen of weggefilterde regels "
            f"(regel {lines}), en niet te zien is of zij bij de levering horen. Maak ze zichtbaar of haal ze weg"
        )
    if hidden := sorted(vel.verborgen_kolommen & set(kop.plaatsen.values())):
        raise AanleveringError(
            f"{vel.plek(kop.regel, hidden[0])}: deze kolom is verborgen, en niet te zien is of zij meetelt. Maak haar "
            "zichtbaar"
        )
    if vel.samengevoegd:
        first = vel.samengevoegd[0]
        raise AanleveringError(
            f"{vel.plek(first.rij, first.kolom - 1)}: de cellen {first} zijn samengevoegd, en dan geldt de inhoud "
            "alleen voor de eerste. Haal de samenvoeging weg en vul elke cel"
        )
    for regel in vel.regels:
        if any(len(v.tekst) > _LONGEST for v in regel.vakken):
            raise AanleveringError(f"{vel.plek(regel.nummer)}: een veld is langer dan {_LONGEST} tekens")
    named = {n for n, v in enumerate(vel.regels[0].vakken) if v.tekst}
    for regel in vel.regels[1:]:
        width = vel.breedtes.get(regel.nummer, kop.breedte)
        if width != kop.breedte:
            raise AanleveringError(
                f"{vel.plek(regel.nummer)}: hier staan {width} velden en in de kop {kop.breedte}; "
                f"de regels hebben niet evenveel kolommen. Er staat: '{regel.vakken[0].tekst}'"
            )
        if loose := [n for n, v in enumerate(regel.vakken) if v.soort != "leeg" and n not in named]:
            raise AanleveringError(f"{vel.plek(regel.nummer, loose[0])}: hier staat iets en de kolom heeft geen kop")
    last = max(kop.plaatsen.values())
    if not vel.afgesloten and last == kop.breedte - 1 and kop.plaatsen.get("peildatum") != last:
        raise AanleveringError(
            f"{vel.plek(vel.regels[-1].nummer)}: de laatste regel heeft geen regeleinde, en kan zijn afgekapt; bewaar "
            "het bestand opnieuw"
        )


def _notes(vellen: Sequence[Vel], vel: Vel, mapping: Aanlevering) -> list[Reden]:
    """Say what was read otherwise than expected, or not read at all."""
    notes = []
    if vel.codering == "cp1252" and mapping.codering.lower() not in ("cp1252", "windows-1252"):
        notes.append(Reden("andere_tekens", {"bestand": vel.bestand, "verwacht": mapping.codering}))
    if hidden := tuple(v.naam for v in vellen if v.verborgen and v.regels):
        notes.append(Reden("verborgen_blad", {"bestand": vel.bestand, "bladen": hidden}))
    if vel.opmerkingen:
        notes.append(Reden("opmerkingen", {"bestand": vel.bestand, "aantal": vel.opmerkingen}))
    return notes


def _to_rows(vel: Vel, kop: _Kop, mapping: Aanlevering) -> list[Rij]:
    """Give each line as a row of the template: all text, and what stands for the value as the cell `vak`."""
    rows: list[Rij] = []
    fixed = {ours: mapping.vast[ours] for ours in SJABLOON if ours in mapping.vast}
    places = [(ours, place) for ours, place in kop.plaatsen.items() if ours != "waarde"]
    value = kop.plaatsen.get("waarde")
    vast = Vak(fixed.get("waarde", ""), "tekst")
    for regel in vel.regels[1:]:
        row: Rij = {"regel": regel.nummer, "plaats": vel.plaats(regel.nummer), "bestand": f"{vel.bestand}.gz", **fixed}
        row["vak"] = vast if value is None else regel.vak(value)
        for ours, place in places:
            row[ours] = regel.vak(place).tekst
        rows.append(row)
    return rows


def _check_kinds(vel: Vel, kop: _Kop, rows: Sequence[Rij], fouten: Fouten) -> None:
    """Note every cell of a code or text that a sheet has as something else."""
    for ours, place in kop.plaatsen.items():
        if ours == "waarde":
            continue
        for regel, row in zip(vel.regels[1:], rows, strict=True):
            soort = regel.vak(place).soort
            if soort in ("waar", "fout", "formule") or (soort == "datum" and ours != "peildatum"):
                fouten.add(row, f"in kolom {ours} staat een {keuren.VAKSOORTEN[soort]}", tekst=row[ours])


def _read_numbers(rows: Sequence[Rij], mapping: Aanlevering, fouten: Fouten) -> None:
    """Put into each row `waarde`, a number or None, and `leeg`, why it is empty."""
    read: dict[Vak, float | GetalError | None] = {}
    zero = {naam for naam, o in mapping.onderwerpen.items() if o.nul_is_leeg}
    for row in rows:
        vak: Vak = row["vak"]
        if vak not in read:
            try:
                read[vak] = read_getal(vak, mapping.decimaal, duizendtallen=not mapping.zonder_duizendtallen)
            except GetalError as error:
                read[vak] = error
        number = read[vak]
        if isinstance(number, GetalError):
            fouten.add(row, number.soort, lezingen=number.lezingen, raad=number.raad)
            continue
        row["waarde"], row["leeg"] = number, vak.tekst if number is None else None
        if number == 0 and row["indicator"] in zero:
            row["waarde"], row["leeg"] = None, "nul"


def _read_file(path: Path, mapping: Aanlevering, regios: Mapping[str, date | None]) -> tuple[list[Rij], list[Reden]]:
    """Read one file as rows. Raises AanleveringError with every kind of fault in it, each with its lines."""
    try:
        vellen = read_vellen(path, mapping.scheiding, mapping.codering)
        vel = visible_vel(vellen, path.name)
    except VelError as error:
        raise AanleveringError(str(error)) from None
    kop = _find_kop(vel, mapping)
    _check_vel(vel, kop)
    fouten = Fouten(path.name)
    rows = _to_rows(vel, kop, mapping)
    _check_kinds(vel, kop, rows, fouten)
    keuren.check_codes(rows, mapping, regios, fouten)
    keuren.check_herkomst(rows, fouten)
    _read_numbers(rows, mapping, fouten)
    fouten.raise_any()
    return rows, _notes(vellen, vel, mapping)


def _read_statline(
    path: Path, mapping: Aanlevering, regios: Mapping[str, date | None]
) -> tuple[list[Rij], dict[str, str]]:
    """Read a table downloaded from StatLine as rows, and what it calls its codes. Raises AanleveringError."""
    try:
        part, titels = read_kruistabel(path, mapping)
    except VelError as error:
        raise AanleveringError(str(error)) from None
    rows: list[Rij] = [{str(k): v for k, v in row.items()} for row in part.to_dict("records")]
    for row in rows:
        row["vak"] = Vak("" if math.isnan(row["waarde"]) else f"{row['waarde']:.10g}", "tekst")
    # StatLine keeps a line for a municipality that is no more, without figures
    fouten = Fouten(path.name)
    keuren.check_codes([row for row in rows if row["vak"].tekst], mapping, regios, fouten)
    fouten.raise_any()
    return rows, titels


def _check_double(rows: Sequence[Rij], files: Sequence[Path]) -> None:
    """Check that no cell comes twice, of whatever file. Raises AanleveringError."""
    cells: dict[tuple[object, ...], list[Rij]] = {}
    for row in rows:
        key = (row["indicator"], ALIASSEN.get(row["regiocode"], row["regiocode"]), row["periode"])
        cells.setdefault(key, []).append(row)
    fouten = Fouten(", ".join(p.name for p in files))
    for same in cells.values():
        if len(same) > 1:
            for row in same:
                fouten.add(row, "dezelfde cel komt meer dan een keer voor")
    fouten.raise_any()


def read_delivery(files: Sequence[Path], mapping: Aanlevering, bekende_regios: frozenset[str] = frozenset()) -> Gelezen:
    """Read the files of one delivery as cells. Raises AanleveringError, with what is wrong in every file.

    `cellen` has the columns of the template (periode as CBS code, waarde as float or NaN) and `leeg` (None, `` for a
    blank, `.` for unknown, `nul` for a zero that is a blank), `regel`, `plaats` in the file, and `bestand`.
    `bekende_regios` is the closed list of region codes (empty: not checked).
    """
    import pandas as pd

    regios = known_until(bekende_regios)
    rows: list[Rij] = []
    notes: list[Reden] = []
    titels: dict[str, str] = {}
    errors: list[str] = []
    for path in files:
        try:
            if mapping.statline:
                found, labels = _read_statline(path, mapping, regios)
                titels |= labels
            else:
                found, remarks = _read_file(path, mapping, regios)
                notes += remarks
        except AanleveringError as error:
            errors.append(str(error))
        else:
            rows += found
    if errors:
        raise AanleveringError(". ".join(errors))
    _check_double(rows, files)
    cells = pd.DataFrame(rows, columns=[*SJABLOON, "regel", "plaats", "bestand", "leeg"]).astype({"waarde": float})
    cells["leeg"] = pd.Series([row["leeg"] for row in rows], index=cells.index, dtype=object)
    return Gelezen(cells, notes, titels)

"""Read a delivered file into cells: the long template, or any shape that a mapping turns into it."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets.bron.bronlijst import Aanlevering, Drempel
from assets.bron.kruistabel.levering import read_kruistabel
from assets.bron.structuur import is_periode
from assets.bron.vellen.vel import VelError
from begrippen.fout import MonitorError
from begrippen.lijsten import LIJSTEN
from begrippen.redenen import Reden

if TYPE_CHECKING:
    import pandas as pd


SJABLOON = ("indicator", "regiocode", "periode", "waarde", "status", "bron", "peildatum")
STATUSSEN = LIJSTEN["status"]
MAPPING = ".mapping.yaml"
# What was delivered before and is not in the folder any more is missed, unless it is this little.
DEKKING = Drempel(
    waarde=0.98,
    reden="een aanlevering vervangt de vorige in haar geheel, en mist dus weinig van wat er was",
    datum=date(2026, 11, 22),
)
_SHEETS = (".xlsx", ".ods")
# What a delivery writes for a figure that is unknown or secret, as CBS prints it.
_UNKNOWN = "."
# No figure is larger and no field longer; what is, comes of a slip in the file.
_LARGEST = 1e15
_LONGEST = 500
_NUMBER = {
    ",": re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?([eE][-+]?[0-9]+)?"),
    ".": re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"),
}


class AanleveringError(MonitorError):
    """A delivery can not be read; the message names file, line, value, and what is allowed."""

    code = "aanlevering"


@dataclass
class Gelezen:
    """A delivery as cells, in the order of its files and lines."""

    cellen: pd.DataFrame  # the columns of the template, and regel, bestand, leeg
    waarschuwingen: list[Reden] = field(default_factory=list)
    # code of a region or period -> what the file calls it, where it says more than the code
    titels: dict[str, str] = field(default_factory=dict)


def _decode(content: bytes, codering: str, name: str) -> tuple[str, str]:
    """Decode a text file: UTF-8 if it is, else as the mapping says, else Windows-1252. Returns text and encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise AanleveringError(f"{name}: de tekens zijn niet te lezen als UTF-16") from None
    # UTF-8 first: text in another encoding is hardly ever valid UTF-8, and the reverse goes wrong in silence.
    for encoding in dict.fromkeys(("utf-8-sig", codering, "cp1252")):
        try:
            return content.decode(encoding), encoding
        except (ValueError, LookupError):  # not in this encoding, or there is no such encoding
            continue
    raise AanleveringError(f"{name}: de tekens zijn niet te lezen als UTF-8, {codering} of Windows-1252")


def _check_lines(text: str, scheiding: str, name: str) -> None:
    """Check that every line is one row that fits the header. Raises AanleveringError naming the line."""
    # A reader takes a quote that is not closed for a field with line ends, and the rows in it are gone in silence.
    rows = csv.reader(io.StringIO(f"{text}\n", newline=""), delimiter=scheiding)
    width = line = 0
    try:
        for line, row in enumerate(rows, start=1):
            width = width if line > 1 else len(row)
            if any("\n" in cell or "\r" in cell for cell in row):
                raise AanleveringError(
                    f"{name}, regel {line}: een aanhalingsteken wordt niet gesloten of een veld loopt over regels"
                )
            if len(row) > width:
                raise AanleveringError(
                    f"{name}, regel {line}: hier staan {len(row)} velden en in de kop {width}; "
                    "de regels hebben niet evenveel kolommen"
                )
            if any(len(cell) > _LONGEST for cell in row):
                raise AanleveringError(f"{name}, regel {line}: een veld is langer dan {_LONGEST} tekens")
    except csv.Error as error:
        raise AanleveringError(f"{name}, regel {line + 1}: de regel is niet te lezen ({error})") from None


def _read_file(path: Path, mapping: Aanlevering) -> tuple[pd.DataFrame, list[Reden]]:
    """Read a file as it is: every cell text or, from a sheet, what the sheet holds."""
    import pandas as pd

    if path.suffix.lower() in _SHEETS:
        engine = "openpyxl" if path.suffix.lower() == ".xlsx" else "odf"
        try:
            frame = pd.read_excel(path, dtype=object, keep_default_na=False, na_values=[], engine=engine)  # type: ignore[call-overload]
        except Exception as error:  # each library has its own errors for a file that is not what its name says
            raise AanleveringError(f"{path.name}: dit is geen leesbaar {path.suffix[1:]}-bestand ({error})") from None
        for line, row in enumerate(frame.itertuples(index=False), start=2):
            if any(isinstance(cell, str) and len(cell) > _LONGEST for cell in row):
                raise AanleveringError(f"{path.name}, regel {line}: een veld is langer dan {_LONGEST} tekens")
        return frame, []
    text, encoding = _decode(path.read_bytes(), mapping.codering, path.name)
    other = encoding == "cp1252" and mapping.codering.lower() not in ("cp1252", "windows-1252")
    notes = [Reden("andere_tekens", {"bestand": path.name, "verwacht": mapping.codering})] if other else []
    if not text.strip("\ufeff\r\n\t "):
        raise AanleveringError(f"{path.name}: het bestand is leeg")
    _check_lines(text, mapping.scheiding, path.name)
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=mapping.scheiding,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise AanleveringError(f"{path.name}: de regels hebben niet evenveel kolommen ({error})") from None
    return frame.fillna(""), notes  # what a short line does not have is blank; in a sheet NaN is an error (#N/A)


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _to_template(frame: pd.DataFrame, mapping: Aanlevering, name: str) -> pd.DataFrame:
    """Give the columns of the template, as text but for `waarde`. Raises AanleveringError naming the columns."""
    import pandas as pd

    frame = frame.rename(columns=lambda c: str(c).strip())
    wanted = {ours: mapping.kolommen.get(ours, ours) for ours in SJABLOON if ours not in mapping.vast}
    if missing := [column for column in wanted.values() if column not in frame.columns]:
        there = ", ".join(frame.columns)
        raise AanleveringError(
            f"{name}: kolom {', '.join(missing)} ontbreekt; in het bestand staan: {there}. "
            f"Pas het bestand aan, of zet een mapping ernaast die de kolommen noemt ({Path(name).stem}{MAPPING})"
        )
    cells = pd.DataFrame({ours: frame[column] for ours, column in wanted.items()})
    for ours, value in mapping.vast.items():
        cells[ours] = value
    for column in (c for c in SJABLOON if c != "waarde"):
        # A column repeats few texts: each is turned once.
        turned = {v: _text(v) for v in cells[column].unique()}
        cells[column] = cells[column].map(turned).astype(object)
    cells["regel"] = range(2, len(cells) + 2)
    cells["bestand"] = f"{name}.gz"
    blank = cells["waarde"].map(_text).eq("") & cells["indicator"].eq("") & cells["regiocode"].eq("")
    return cells[~blank][[*SJABLOON, "regel", "bestand"]]


def parse_number(value: object, decimaal: str) -> float | None:
    """Read a figure; None for a blank or a `.`. Raises ValueError for anything else that is not a number.

    A decimal comma allows dots between thousands; a decimal point allows no comma, for that can mean either.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        text = _text(value).replace("\N{MINUS SIGN}", "-")
        if text in ("", _UNKNOWN):
            return None
        if not _NUMBER[decimaal].fullmatch(text):
            raise ValueError(text)
        number = float(text.replace(".", "").replace(",", ".") if decimaal == "," else text)
    if not math.isfinite(number) or abs(number) > _LARGEST:
        raise ValueError(str(value))
    return number


def _parse_periode(text: str) -> str | None:
    code = f"{text}JJ00" if len(text) == 4 else text
    return code if is_periode(code) else None


def _complain(name: str, wrong: pd.DataFrame, what: str) -> AanleveringError:
    """Say what is wrong with these rows: the first three, and how many there are."""
    shown = []
    for r in wrong.head(3).to_dict("records"):
        cell = ", ".join(str(r[c]) for c in ("indicator", "regiocode", "periode") if r[c])
        shown.append(f"regel {r['regel']} ({cell}): '{_text(r['waarde'])}'")
    more = f" en nog {len(wrong) - 3}" if len(wrong) > 3 else ""
    return AanleveringError(f"{name}: {what}: {'; '.join(shown)}{more}")


def _check(cells: pd.DataFrame, mapping: Aanlevering, name: str) -> pd.DataFrame:
    """Turn the text of one file into cells. Raises AanleveringError on the first kind of fault, with its lines."""
    import pandas as pd

    unknown = cells[~cells["indicator"].isin(list(mapping.onderwerpen))]
    if len(unknown):
        names = sorted(unknown["indicator"].unique())
        close = difflib.get_close_matches(names[0], mapping.onderwerpen, n=3)
        hint = f" Bedoeld is misschien {' of '.join(close)}." if close else ""
        raise AanleveringError(
            f"{name}: indicator {', '.join(map(repr, names[:5]))} staat niet in de bronlijst "
            f"(regel {unknown['regel'].iloc[0]}).{hint} Toegestaan: {', '.join(mapping.onderwerpen)}"
        )
    cells = cells.copy()
    periods = {p: _parse_periode(p) for p in cells["periode"].unique()}
    wrong = cells[cells["periode"].map(lambda p: periods[p] is None)]
    if len(wrong):
        raise _complain(
            name, wrong, "de periode is geen jaar van 1900 tot en met 2100 (2019) of CBS-code (2019JJ00, 2019KW01)"
        )
    cells["periode"] = cells["periode"].map(periods)
    if len(wrong := cells[cells["regiocode"].eq("")]):
        raise _complain(name, wrong, "de regiocode is leeg")
    cells["status"] = cells["status"].str.lower().str.replace(" ", "_").replace("", "onbekend")
    if len(wrong := cells[~cells["status"].isin(STATUSSEN)]):
        raise _complain(
            name, wrong, f"de status {wrong['status'].iloc[0]!r} bestaat niet; toegestaan: {', '.join(STATUSSEN)}"
        )

    numbers: dict[object, float | None] = {}
    faulty = set()
    for value in cells["waarde"].unique():
        try:
            numbers[value] = parse_number(value, mapping.decimaal)
        except ValueError:
            faulty.add(value)
    if faulty:
        sign = "komma" if mapping.decimaal == "," else "punt"
        raise _complain(
            name,
            cells[cells["waarde"].isin(faulty)],
            f"tekst in een getal (verwacht is een decimale {sign}), een getal boven {_LARGEST:.0e} of een foutcode",
        )
    raw = cells["waarde"]
    cells["waarde"] = raw.map(numbers.get).astype(float)
    cells["leeg"] = pd.Series([None] * len(cells), index=cells.index, dtype=object)
    empty = cells["waarde"].isna()
    cells.loc[empty, "leeg"] = raw[empty].map(_text)
    zero = [naam for naam, o in mapping.onderwerpen.items() if o.nul_is_leeg]
    blank = cells["indicator"].isin(zero) & cells["waarde"].eq(0)
    cells.loc[blank, "leeg"] = "nul"
    cells.loc[blank, "waarde"] = float("nan")
    return cells


def read_delivery(files: Sequence[Path], mapping: Aanlevering) -> Gelezen:
    """Read the files of one delivery as cells. Raises AanleveringError.

    `cellen` has the columns of the template (periode as CBS code, waarde as float or NaN) and `leeg` (None, `` for a
    blank, `.` for unknown, `nul` for a zero that is a blank), `regel` and `bestand`.
    """
    import pandas as pd

    parts, notes, titels = [], [], dict[str, str]()
    for path in files:
        if mapping.statline:
            try:
                part, labels = read_kruistabel(path, mapping)
            except VelError as error:
                raise AanleveringError(str(error)) from None
            parts.append(part)
            titels |= labels
            continue
        frame, remarks = _read_file(path, mapping)
        notes += remarks
        parts.append(_check(_to_template(frame, mapping, path.name), mapping, path.name))
    cells = pd.concat(parts, ignore_index=True)
    double = cells[cells.duplicated(["indicator", "regiocode", "periode"], keep=False)]
    if len(double):
        first = double.sort_values(["indicator", "regiocode", "periode", "bestand", "regel"], kind="stable")
        raise _complain(", ".join(p.name for p in files), first, "dezelfde cel komt meer dan een keer voor")
    return Gelezen(cells, notes, titels)

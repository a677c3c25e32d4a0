"""Read a delivery of the register as it came: every record as text, every line accounted for.

CSV in UTF-8 or Windows-1252; XLSX and ODS; SPSS `.sav`. Sheets go through the one reader of sheets. A text file, which
has millions of fields, is recognised by its functions and split here, in a fraction of the time. A record is one line
(of a sheet: one row). A line that is no record, because it has too few fields or a sign that does not belong in a text,
is kept apart with its reason. No message here quotes what is in a file, not even the name of an unknown column: in a
file without a header that is the first record.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from assets.bron.vellen.grens import REGISTER
from assets.bron.vellen.lezen import advise_old, check_kind
from assets.bron.vellen.tekst import SCHEIDINGEN, looks_utf16, split_sep
from assets.bron.vellen.vel import VelError, clean
from assets.register.fout import LeesError
from assets.register.gelezen import Gelezen, count_unknown, find_columns
from assets.register.indeling import read_velden
from assets.register.lezen_bladen import read_sav, read_sheet

VORMEN = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".sav": "sav"}
# No record is longer; a longer line comes of line ends that are lost.
_LANGSTE_REGEL = 20_000
_NEWLINE, _RETURN, _QUOTE, _APOSTROPHE = 10, 13, 34, 39
# Signs that steer a machine have no place in a text.
_BAD = bytes(n for n in range(32) if n not in b"\t\n\r") + b"\x7f"
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


# --- CSV ---


def _decode(content: bytes, where: str) -> tuple[bytes, str]:
    """Give the content in UTF-8 and the encoding that it came in; a sign that can not be is an 'unreadable' one."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise LeesError(f"{where}: dit is UTF-16; sla het op als UTF-8 of Windows-1252 en lees het opnieuw in")
    if looks_utf16(content):
        raise LeesError(
            f"{where}: dit lijkt UTF-16 zonder merkteken; sla het op als UTF-8 of Windows-1252 en lees het opnieuw in"
        )
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").encode("utf-8"), "Windows-1252"
    return content, "UTF-8"


def _header(line: bytes, where: str, own: str) -> tuple[list[str], str]:
    """Give the names of the header and the delimiter: its own, or the one that gives most fields."""
    text, velden = line.decode("utf-8"), read_velden()
    if len(line) > _LANGSTE_REGEL:
        raise LeesError(f"{where}: de eerste regel is te lang voor een kop; zijn de regeleinden verloren gegaan?")
    best: tuple[int, list[str], str] = (-1, [], "")
    for scheiding in (own,) if own else SCHEIDINGEN:
        try:
            names = next(csv.reader([text], delimiter=scheiding), [])
        except csv.Error:
            raise LeesError(
                f"{where}: de eerste regel is geen kop: er staat een regeleinde midden in een naam"
            ) from None
        count = sum(clean(name).lower() in velden for name in names)
        best = max(best, (count, names, scheiding), key=lambda found: found[0])
    return best[1], best[2]


def _per_line(positions: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Count the positions that lie in each line."""
    return np.searchsorted(positions, ends) - np.searchsorted(positions, starts)


@dataclass(frozen=True)
class _Regels:
    """The lines of a text below its header: where each begins and ends, and what is in them."""

    bytes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    scheiding: int

    def count(self, wanted: np.ndarray) -> np.ndarray:
        """Count in each line the bytes of this mask, the line end among them."""
        return np.add.reduceat(wanted.view(np.uint8), self.starts, dtype=np.int32)

    def blank(self, fields: int) -> np.ndarray:
        """Say which lines hold nothing but delimiters, quotes and spaces."""
        found = np.zeros(len(self.starts), dtype=bool)
        for n in np.flatnonzero(self.ends - self.starts < 4 * fields):  # a longer line can not be blank
            found[n] = not self.bytes[self.starts[n] : self.ends[n]].tobytes().strip(b' \t\r";,|')
        return found

    def quotes(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the delimiters of each line that are not within quotes, and whether its quotes stand as they should.

        A quote opens after a delimiter and closes before one; within a field it is doubled.
        """
        quotes = np.flatnonzero(self.bytes == _QUOTE)
        delimiters = np.flatnonzero(self.bytes == self.scheiding)
        in_line = _per_line(quotes, self.starts, self.ends)
        first = np.searchsorted(quotes, self.starts)
        line_of = np.searchsorted(self.starts, quotes, side="right") - 1
        order = np.arange(len(quotes)) - first[line_of]
        # Neighbours of each quote; beyond the text there is a line end.
        padded = np.concatenate([[_NEWLINE], self.bytes, [_NEWLINE]])
        before, after = padded[quotes], padded[quotes + 2]
        borders = (self.scheiding, _NEWLINE, _RETURN, _QUOTE)
        right = np.where(order % 2 == 0, np.isin(before, borders), np.isin(after, borders))
        wrong = _per_line(quotes[~right], self.starts, self.ends) > 0
        line_of = np.searchsorted(self.starts, delimiters, side="right") - 1
        outside = (np.searchsorted(quotes, delimiters) - first[line_of]) % 2 == 0
        return _per_line(delimiters[outside], self.starts, self.ends), (in_line % 2 == 0) & ~wrong


def _split(content: bytes, scheiding: str, fields: int) -> tuple[_Regels, np.ndarray, np.ndarray, bytes]:
    """Split the lines below the header: the lines, the reason why each is no record (0 for a record), and the records.

    Returns the lines, the reasons as places in `_REDENEN`, the places of the records, and their text.
    """
    data = np.frombuffer(content, dtype=np.uint8)
    newlines = np.flatnonzero(data == _NEWLINE)
    ends = np.append(newlines, len(data)) if not len(newlines) or newlines[-1] != len(data) - 1 else newlines
    starts = np.concatenate([[0], ends[:-1] + 1])[1:]
    ends = ends[1:]
    lines = _Regels(data, starts, ends, ord(scheiding))
    if not len(starts):
        return lines, np.zeros(0, dtype=int), np.zeros(0, dtype=int), b""
    bad_sign = np.zeros(len(starts), dtype=bool)
    if len(content.translate(None, _BAD)) != len(content):
        bad_sign |= lines.count(np.isin(data, np.frombuffer(_BAD, dtype=np.uint8))) > 0
    if content.count(b"\r") != content.count(b"\r\n"):
        stray = (data == _RETURN) & (np.append(data[1:], _NEWLINE) != _NEWLINE)
        bad_sign |= lines.count(stray) > 0
    if (unreadable := _UNREADABLE.encode()) in content:
        hit = (data[:-2] == unreadable[0]) & (data[1:-1] == unreadable[1]) & (data[2:] == unreadable[2])
        bad_sign |= lines.count(np.append(hit, [False, False])) > 0
    delimiters = lines.count(data == ord(scheiding))
    plain = np.zeros(len(starts), dtype=bool)
    if (data == _QUOTE).any():
        outside, sound = lines.quotes()
        # A quote that is part of a name is no quote around a field: the line is whole if its fields are.
        plain = ~sound & (delimiters == fields - 1)
        delimiters = np.where(plain, delimiters, outside)
        broken = ~sound & ~plain
    else:
        broken = plain
    reason = np.select(
        [
            lines.blank(fields),
            ends - starts > _LANGSTE_REGEL,
            bad_sign,
            broken,
            delimiters < fields - 1,
            delimiters > fields - 1,
        ],
        [1, 2, 3, 4, 5, 6],
        0,
    )
    while len(reason) and reason[-1] == 1 and ends[-1] - starts[-1] <= 1:  # the end of the file is no line
        reason, starts, ends, plain = reason[:-1], starts[:-1], ends[:-1], plain[:-1]
    lines = _Regels(data, starts, ends, ord(scheiding))
    good = np.flatnonzero(reason == 0)
    if plain[good].any():
        data = data.copy()
        for line in good[plain[good]]:
            part = data[starts[line] : ends[line]]
            part[part == _QUOTE] = _APOSTROPHE
    if len(good) == len(reason):
        body = data[starts[0] : ends[-1]].tobytes() if len(good) else b""
    else:
        body = b"\n".join(data[starts[n] : ends[n]].tobytes() for n in good)
    return lines, reason, good, body


_REDENEN = ("", "lege_regel", "te_lang", "teken", "aanhalingsteken", "te_weinig_velden", "te_veel_velden")


def _read_csv(path: Path) -> Gelezen:
    where = path.name
    content, codering = _decode(path.read_bytes(), where)
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    if not content.strip(b"\r\n\t ;,|\x00"):
        raise LeesError(f"{where}: het bestand is leeg")
    top, _, rest = content.partition(b"\n")
    own, _ = split_sep(top.decode("utf-8"))
    if own:  # sep=; is no line of the table, and has its number all the same
        content = rest
        if not own.isascii():
            raise LeesError(f"{where}: de velden zijn niet te splitsen; zet ; of , tussen de velden")
        top, _, _ = content.partition(b"\n")
    start = 3 if own else 2
    names, scheiding = _header(top.rstrip(b"\r"), where, own)
    columns = find_columns(names, where)
    lines, reason, good, body = _split(content, scheiding, len(names))
    if len(good):
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(body),
                read_options=arrow_csv.ReadOptions(column_names=[str(n) for n in range(len(names))]),
                parse_options=arrow_csv.ParseOptions(delimiter=scheiding, ignore_empty_lines=False),
                convert_options=arrow_csv.ConvertOptions(
                    include_columns=[str(place) for place in columns.values()],
                    column_types={str(place): pa.string() for place in columns.values()},
                    strings_can_be_null=False,
                ),
            ).rename_columns(list(columns))
        except pa.ArrowInvalid:  # its message quotes the line
            raise LeesError(f"{where}: de regels zijn niet te splitsen in velden; bewaar het bestand opnieuw") from None
        if table.num_rows != len(good):
            raise LeesError(f"{where}: niet elke regel is een record; bewaar het bestand opnieuw als CSV")
    else:
        table = pa.table({name: pa.array([], pa.string()) for name in columns})

    def raw(wanted: Iterable[int]) -> list[str]:
        spans = [(lines.starts[n - start], lines.ends[n - start]) for n in wanted]
        return [content[start:end].decode("utf-8").rstrip("\r") for start, end in spans]

    return Gelezen(
        "csv",
        table.append_column("regel", pa.array(good + start, pa.int32())),
        raw,
        [(int(n) + start, _REDENEN[reason[n]]) for n in np.flatnonzero(reason)],
        codering,
        scheiding,
        count_unknown(names),
    )


def read_file(path: Path) -> Gelezen:
    """Read a delivery. Raises LeesError when it is no file of records in the layout."""
    vorm = VORMEN.get(path.suffix.lower())
    if advice := advise_old(path.name):
        raise LeesError(f"{path.name}: {advice}")
    if vorm is None:
        raise LeesError(f"{path.name}: dit soort bestand wordt niet gelezen; geef .csv, .txt, .xlsx, .ods of .sav")
    size = path.stat().st_size
    if size == 0:
        raise LeesError(f"{path.name}: het bestand is leeg")
    with path.open("rb") as file:
        head = file.read(8)
    try:
        REGISTER.check_file(path.name, size)
        check_kind(path.name, head)
    except VelError as error:
        raise LeesError(str(error)) from None
    if vorm == "csv":
        return _read_csv(path)
    return read_sav(path) if vorm == "sav" else read_sheet(path, vorm)

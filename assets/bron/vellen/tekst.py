"""Text files with fields: which encoding, which delimiter, and every line as cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence

from assets.bron.vellen.grens import LEVERING, Bestandsgrens
from assets.bron.vellen.vel import Regel, Vak, Vel, VelError, clean, trim

SCHEIDINGEN = (";", ",", "\t", "|")
_BEWAAR = "bewaar het in Excel als 'CSV UTF-8 (door lijstscheidingsteken gescheiden)' en lever het opnieuw"
_STEERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
# How many of the first bytes tell whether a file is UTF-16 without a mark.
_SNIFF = 4096


def looks_utf16(content: bytes) -> bool:
    """Whether every other byte is NUL: plain text in UTF-16 that does not say so."""
    head = content[:_SNIFF]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return half > 0 and (even > 0.6 * half > odd or odd > 0.6 * half > even)


def decode(content: bytes, name: str, codering: str = "utf-8-sig", *, mark: bool = True) -> tuple[str, str]:
    """Decode a text file: UTF-8 if it is, else as it is said to be, else Windows-1252. Returns text and encoding.

    UTF-16 is read with a mark in front (unless `mark` is False), and never guessed. Raises VelError saying what to do.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not mark:
            raise VelError(f"{name}: dit is UTF-16; {_BEWAAR}")
        try:
            return _checked(content.decode("utf-16"), name), "utf-16"
        except UnicodeDecodeError:
            raise VelError(f"{name}: de tekens zijn niet te lezen als UTF-16; {_BEWAAR}") from None
    if looks_utf16(content):
        raise VelError(f"{name}: dit lijkt UTF-16 zonder merkteken aan het begin; {_BEWAAR}")
    # UTF-8 first: text in another encoding is hardly ever valid UTF-8, and the reverse goes wrong in silence.
    for encoding in dict.fromkeys(("utf-8-sig", codering, "cp1252")):
        try:
            return _checked(content.decode(encoding), name), encoding
        except (ValueError, LookupError):  # not in this encoding, or there is no such encoding
            continue
    raise VelError(f"{name}: de tekens zijn niet te lezen als UTF-8, {codering} of Windows-1252; {_BEWAAR}")


def _checked(text: str, name: str) -> str:
    """Refuse a text with signs that steer a machine, naming the line."""
    if bad := _STEERS.search(text):
        line = len(_LINE_END.findall(text, 0, bad.start())) + 1
        raise VelError(f"{name}, regel {line}: hier staat een teken dat niet in een tekst hoort; {_BEWAAR}")
    return text


def split_sep(text: str) -> tuple[str, str]:
    """Take off a first line `sep=;`, which Excel writes. Returns the delimiter ('' when there is none) and the rest."""
    first, end, rest = text.partition("\n")
    line = clean(first).strip('"')
    if len(line) == 5 and line.lower().startswith("sep="):
        return line[4], rest if end else ""
    return "", text


def find_scheiding(text: str, candidates: Sequence[str] = SCHEIDINGEN) -> str:
    """Give the delimiter that occurs most in the first lines that hold any, outside quotes."""
    counts = dict.fromkeys(candidates, 0)
    for line in text.splitlines()[:20]:
        bare = "".join(part for n, part in enumerate(line.split('"')) if n % 2 == 0)
        for sign in candidates:
            counts[sign] += bare.count(sign)
    return max(candidates, key=lambda sign: counts[sign])


def read_tekst(
    content: bytes, name: str, scheiding: str = "", codering: str = "utf-8-sig", grens: Bestandsgrens = LEVERING
) -> Vel:
    """Read a text file as one sheet; without a delimiter given it is found. Raises VelError naming the line.

    Line ends may be CR LF, LF or CR. A field that runs over lines is refused: its rows can not be told apart from a
    quote that is not closed.
    """
    text, encoding = decode(content, name, codering)
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if not clean(text):
        raise VelError(f"{name}: het bestand is leeg")
    own, body = split_sep(text)
    start = 2 if own else 1
    sign = own or scheiding or find_scheiding(body)
    vel = Vel(name, codering=encoding, scheiding=sign, afgesloten=body.endswith("\n"))
    known: dict[str, Vak] = {}
    line = start - 1
    # A reader takes a quote that is not closed for a field with line ends, and the rows in it are gone in silence.
    rows = csv.reader(io.StringIO(body if vel.afgesloten else f"{body}\n", newline=""), delimiter=sign, strict=True)
    try:
        for line, row in enumerate(rows, start=start):
            if any("\n" in cell or "\r" in cell for cell in row):
                raise VelError(
                    f"{name}, regel {line}: een aanhalingsteken wordt niet gesloten of een veld loopt over regels"
                )
            vakken = []
            for cell in row:
                if (vak := known.get(cell)) is None:
                    cleaned = clean(cell)
                    vak = known[cell] = Vak(cleaned, "tekst" if cleaned else "leeg")
                vakken.append(vak)
            grens.check_row(vel.plek(line), len(vel.regels), len(row))
            vel.breedtes[line] = len(row)
            if filled := trim(vakken):
                vel.regels.append(Regel(line, filled))
    except csv.Error:
        raise VelError(
            f"{name}, regel {line + 1}: een aanhalingsteken wordt niet gesloten of een veld loopt over regels"
        ) from None
    return vel

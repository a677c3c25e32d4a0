"""What can be wrong with a delivery: each damage takes a delivery and a random source, and spoils it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pandas as pd

# A value that is nowhere else: where it turns up, something of a record got out.
GEHEIM = "GEHEIM7391"


@dataclass
class Levering:
    """A delivery that can be spoiled: its records, and how its file is written."""

    frame: pd.DataFrame
    scheiding: str = ";"
    codering: str = "utf-8"
    regeleinde: str = "\r\n"
    header: list[str] = field(default_factory=list)
    after: list[Callable[[bytes], bytes]] = field(default_factory=list)

    def names(self) -> list[str]:
        return self.header or list(self.frame.columns)

    def write(self, folder: Path, vorm: str) -> Path:
        path = folder / f"levering.{vorm}"
        names = self.names()
        if vorm == "csv":
            out = io.StringIO()
            writer = csv.writer(out, delimiter=self.scheiding, lineterminator=self.regeleinde)
            writer.writerow(names)
            writer.writerows(self.frame.itertuples(index=False, name=None))
            content = out.getvalue().encode(self.codering, errors="replace")
            for change in self.after:
                content = change(content)
            path.write_bytes(content)
        elif vorm == "xlsx":
            import openpyxl

            book = openpyxl.Workbook(write_only=True)
            sheet = book.create_sheet()
            sheet.append(names)
            for row in self.frame.itertuples(index=False, name=None):
                sheet.append([_cell(value) for value in row])
            book.save(path)
        else:
            import pyreadstat

            frame = self.frame.set_axis(names, axis=1)
            for name in frame.columns:
                if name.lower() in ("manf", "vrouwf", "manp", "vrouwp", "banen", "wpft", "wppt", "gemnr", "grtklas"):
                    numbers = pd.to_numeric(frame[name], errors="coerce")
                    frame[name] = numbers if numbers.notna().all() else frame[name]
            pyreadstat.write_sav(frame, str(path))
        return path


def _cell(text: str) -> object:
    """A sheet keeps whole numbers as numbers, without the zeros before them."""
    return int(text) if text.isascii() and text.isdigit() else text or None


def _some(levering: Levering, random: Random) -> list[int]:
    """Choose some records."""
    return random.sample(range(len(levering.frame)), random.randint(1, max(1, len(levering.frame) // 3)))


def _put(levering: Levering, random: Random, kolom: str, values: list[str]) -> None:
    for row in _some(levering, random):
        levering.frame.iat[row, levering.frame.columns.get_loc(kolom)] = random.choice(values)


def _text_damage(change: Callable[[bytes, Random], bytes]) -> Callable[[Levering, Random], None]:
    def damage(levering: Levering, random: Random) -> None:
        levering.after.append(lambda content: change(content, random))

    return damage


def _in_lines(content: bytes, random: Random, change: Callable[[bytes], bytes]) -> bytes:
    lines = content.split(b"\r\n")
    for n in random.sample(range(1, len(lines)), max(1, len(lines) // 5)):
        lines[n] = change(lines[n])
    return b"\r\n".join(lines)


def cut_file(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def nul_bytes(content: bytes, random: Random) -> bytes:
    return _in_lines(content, random, lambda line: line.replace(b";", b"\x00;", 1))


def open_quote(content: bytes, random: Random) -> bytes:
    return _in_lines(content, random, lambda line: line.replace(b";", b';"', random.randint(1, 3)))


def newline_in_field(content: bytes, random: Random) -> bytes:
    return _in_lines(content, random, lambda line: line.replace(b";", b';"a\nb";', 1))


def random_bytes(content: bytes, random: Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(random.randint(1, 30)):
        spoiled[random.randrange(len(spoiled))] = random.randrange(256)
    return bytes(spoiled)


def lost_line_ends(content: bytes, random: Random) -> bytes:
    return content.replace(b"\r\n", random.choice([b"", b"\r", b"\n", b"\n\n"]))


def blank_lines(content: bytes, random: Random) -> bytes:
    return _in_lines(content, random, lambda line: random.choice([b"", b";;;;", b"   "]) + b"\r\n" + line)


def utf16(content: bytes, _: Random) -> bytes:
    return content.decode().encode("utf-16")


def bom(content: bytes, _: Random) -> bytes:
    return b"\xef\xbb\xbf" + content


def shorter_and_longer_lines(content: bytes, random: Random) -> bytes:
    return _in_lines(
        content, random, lambda line: line + b";" + GEHEIM.encode() if random.random() < 0.5 else line[: len(line) // 2]
    )


def wrong_delimiter(levering: Levering, random: Random) -> None:
    levering.scheiding = random.choice(["\t", "|", ",", ":"])


def wrong_encoding(levering: Levering, random: Random) -> None:
    levering.frame["naam"] += " Café Ünië €"
    levering.codering = random.choice(["cp1252", "latin-1", "utf-8"])


def double_lisanr(levering: Levering, random: Random) -> None:
    rows = levering.frame.iloc[_some(levering, random)].copy()
    if random.random() < 0.5:
        rows["manf"] = "99"
    levering.frame = pd.concat([levering.frame, rows], ignore_index=True)


def not_a_number(levering: Levering, random: Random) -> None:
    kolom = random.choice(["manf", "vrouwp", "banen", "wpft", "wppt"])
    _put(levering, random, kolom, ["-3", "2,5", "1.234", "1e3", "zes", "", GEHEIM, "99999999999999999999", "#N/A", "½"])


def sums_do_not_hold(levering: Levering, random: Random) -> None:
    _put(levering, random, random.choice(["banen", "wpft", "wppt", "manf", "mannen", "grtklas"]), ["7391", "03", "0"])


def other_municipality(levering: Levering, random: Random) -> None:
    _put(levering, random, "gemnr", ["0014", "0160", "9999", "", "GM0114", GEHEIM, "0"])


def unknown_sbi(levering: Levering, random: Random) -> None:
    _put(levering, random, "sbi08", ["04110", "999", "8", "", "A0111", GEHEIM, "861011", "34000"])


def mixed_sbi(levering: Levering, random: Random) -> None:
    for row in _some(levering, random):
        for kolom, code in (("sbi08", "86100"), ("afdeling", "86"), ("sectie", "R")):
            levering.frame.iat[row, levering.frame.columns.get_loc(kolom)] = code


def impossible_date(levering: Levering, random: Random) -> None:
    values = ["2023-02-30", "30-02-2023", "0000-00-00", "2999-01-01", "1024-04-01", GEHEIM, "20230401", "2020-01-01"]
    _put(levering, random, random.choice(["datummut", "datumeinde", "datumin"]), values)


def unknown_code(levering: Levering, random: Random) -> None:
    _put(
        levering, random, random.choice(["enqtype", "grtklas", "wijzein", "provcode", "opgehoogd"]), ["99", "x", GEHEIM]
    )


def missing_column(levering: Levering, random: Random) -> None:
    columns = list(levering.frame.columns)
    levering.frame = levering.frame.drop(columns=random.sample(columns, random.randint(1, 5)))


def doubled_column(levering: Levering, random: Random) -> None:
    kolom = random.choice(list(levering.frame.columns))
    levering.frame.insert(0, f"{kolom}_2", levering.frame[kolom])
    levering.header = [kolom if name == f"{kolom}_2" else name for name in levering.frame.columns]


def extra_column(levering: Levering, random: Random) -> None:
    levering.frame[f"{GEHEIM}_{random.randint(0, 9)}"] = GEHEIM


def no_header(levering: Levering, _: Random) -> None:
    levering.header = [f"{value}{n}" for n, value in enumerate(levering.frame.iloc[0])]


def mixed_case_header(levering: Levering, random: Random) -> None:
    levering.header = [random.choice([n.upper(), n.title(), f" {n} "]) for n in levering.frame.columns]


def other_order(levering: Levering, random: Random) -> None:
    levering.frame = levering.frame[random.sample(list(levering.frame.columns), len(levering.frame.columns))]


def wrong_year(levering: Levering, random: Random) -> None:
    levering.frame["bronjaar"] = random.choice(["19", "31", "x"])


def no_records(levering: Levering, _: Random) -> None:
    levering.frame = levering.frame.head(0)


def quotes_in_names(levering: Levering, random: Random) -> None:
    _put(levering, random, "naam", [f'De "Kroon" {GEHEIM}', f'"{GEHEIM}', f'{GEHEIM};"x"', '""'])


def not_generated(levering: Levering, _: Random) -> None:
    for kolom in ("lisanr", "kvkdosnr", "naam"):
        levering.frame.iat[0, levering.frame.columns.get_loc(kolom)] = f"7391{kolom}"


RECORDS = {
    f.__name__: f
    for f in (
        double_lisanr, not_a_number, sums_do_not_hold, other_municipality, unknown_sbi, mixed_sbi, impossible_date,
        unknown_code, missing_column, doubled_column, extra_column, no_header, mixed_case_header, other_order,
        wrong_year, no_records, quotes_in_names, not_generated,
    )
}  # fmt: skip
TEKST = {
    f.__name__: _text_damage(f)
    for f in (
        cut_file, nul_bytes, open_quote, newline_in_field, random_bytes, lost_line_ends, blank_lines, utf16, bom,
        shorter_and_longer_lines,
    )
} | {"wrong_delimiter": wrong_delimiter, "wrong_encoding": wrong_encoding}  # fmt: skip

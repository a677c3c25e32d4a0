"""The two classifications of activities: sections and divisions, and which of the two a delivery is coded in.

Source of the facts: SBI 2008 and SBI 2025 of Statistics Netherlands, which follow NACE Rev. 2 and Rev. 2.1 down to the
division. What changed at this level: division 45 (motor trade) went, its parts are in 46, 47 and 95; section J was
split into J (publishing, broadcasting) and K (telecommunications, programming), so each letter after it moved up one:
health care is Q in SBI 2008 and R in SBI 2025.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd

from assets.register.fout import LeesError

GEGEVENS = Path(__file__).parent / "gegevens"
VERSIES = ("2008", "2025")
# Series in SBI 2008 run to this year; from then on the trade register codes in SBI 2025 alone.
LAATSTE_JAAR_2008 = 2025


@cache
def read_secties(versie: str) -> pd.DataFrame:
    """Give the sections of a version: sectie, afdelingen (text such as `10-33`), naam."""
    return pd.read_csv(GEGEVENS / f"sbi{versie}.csv", sep=";", dtype=str, encoding="utf-8")


@cache
def read_afdelingen(versie: str) -> dict[str, str]:
    """Give the section of each division of a version: {'01': 'A', ...}. It is closed: another division is unknown."""
    found = {}
    for sectie, text in read_secties(versie)[["sectie", "afdelingen"]].itertuples(index=False):
        first, _, last = text.partition("-")
        for number in range(int(first), int(last or first) + 1):
            found[f"{number:02d}"] = sectie
    # Numbers that neither version gives out.
    return {a: s for a, s in found.items() if a not in ("04", "34", "40", "44", "48", "54", "57")}


def sectie_sql(column: str, versie: str) -> str:
    """Give the SQL for the section of a code: that of its first two digits, NULL where there is no such division."""
    pairs = ", ".join(f"'{afdeling}': '{sectie}'" for afdeling, sectie in read_afdelingen(versie).items())
    return f"(MAP {{{pairs}}})[substr({column}, 1, 2)]"


@cache
def same_in_2008() -> dict[str, str]:
    """Give the section of SBI 2008 of each section of SBI 2025 that is the same under another letter or the same one.

    J and K are not there: in SBI 2008 they are one.
    """
    old = read_secties("2008").set_index("naam")["sectie"]
    new = read_secties("2025")
    return dict(new.assign(oud=new["naam"].map(old)).dropna()[["sectie", "oud"]].itertuples(index=False, name=None))


def recognise(jaar: int, codes: pd.DataFrame, kolom_2025: bool) -> str:
    """Say in which version the columns without a year in their name (`sectie`) or with 08 (`sbi08`) are coded.

    `codes` counts what stands in them: afdeling (two digits), sectie (a letter or blank), aantal. Only what differs
    between the two says anything: letters from K on, and division 45. Raises LeesError when both versions occur, or
    when nothing tells and the year does not either.
    """
    there = {v: codes["afdeling"].map(read_afdelingen(v)) for v in VERSIES}
    given = codes["sectie"].where(codes["sectie"] != "")
    evidence = {
        "2008": ((given == there["2008"]) & (given != there["2025"])) | (codes["afdeling"] == "45"),
        "2025": (given == there["2025"]) & (given != there["2008"]) & (codes["afdeling"] != "45"),
    }
    counts = {v: int(codes.loc[found, "aantal"].sum()) for v, found in evidence.items()}
    total = sum(counts.values())
    if total and min(counts.values()) > 0.01 * total:
        raise LeesError(
            f"SBI 2008 ({counts['2008']} records) en SBI 2025 ({counts['2025']} records) staan door elkaar in dezelfde "
            "kolommen; vraag een levering in een van de twee, of in beide met aparte kolommen (sbi08 en sbi25)"
        )
    if total:
        found = max(counts, key=lambda v: counts[v])
        if found == "2025" and kolom_2025:
            raise LeesError("sbi08 en sbi25 zijn allebei in SBI 2025; vraag een levering met SBI 2008 in sbi08")
        return found
    if kolom_2025 or jaar <= LAATSTE_JAAR_2008:
        return "2008"
    raise LeesError(
        "uit de codes is niet op te maken of het SBI 2008 of SBI 2025 is; geef het op met --sbi 2008 of --sbi 2025"
    )


def _shared_digits(codes: pd.Series) -> str:
    first, last = min(codes), max(codes)
    return next((first[:n] for n in range(len(first), 0, -1) if last.startswith(first[:n])), "")


def read_concordantie(path: Path) -> pd.DataFrame:
    """Read a concordance: a CSV file (`;` or `,`) with columns sbi25 and sbi08, a pair a line.

    Gives for each SBI 2025 code what all its SBI 2008 codes have in common: sbi25, sbi08 (the digits that they share,
    at least two; else None). Raises LeesError.
    """
    try:
        pairs = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, csv.Error):
        raise LeesError(
            f"{path.name}: dit is geen leesbare concordantie; geef een CSV met kolommen sbi25;sbi08"
        ) from None
    if not isinstance(pairs.index, pd.RangeIndex):
        # pandas takes what is too much for names of rows, and every column moves up
        raise LeesError(f"{path.name}: een regel heeft meer velden dan de kop; geef een CSV met kolommen sbi25;sbi08")
    pairs = pairs.rename(columns=lambda name: str(name).strip().lower())
    if not {"sbi25", "sbi08"} <= set(pairs.columns):
        raise LeesError(f"{path.name}: kolom sbi25 of sbi08 ontbreekt; geef een CSV met kolommen sbi25;sbi08")
    pairs = pairs[["sbi25", "sbi08"]].apply(lambda column: column.str.strip().str.replace(".", ""))
    wrong = pairs[
        ~pairs["sbi25"].str[:2].isin(read_afdelingen("2025"))
        | ~pairs["sbi08"].str[:2].isin(read_afdelingen("2008"))
        | ~(pairs["sbi25"] + pairs["sbi08"]).str.fullmatch(r"\d{4,10}")
    ]
    if len(pairs) == 0 or len(wrong):
        line = f"regel {wrong.index[0] + 2} heeft een code die niet bestaat" if len(wrong) else "er staat geen code in"
        raise LeesError(f"{path.name}: {line}")
    shared = pairs.groupby("sbi25")["sbi08"].agg(_shared_digits)
    table: pd.DataFrame = shared.where(shared.str.len() >= 2, None).reset_index()
    return table

"""The generated register as others would deliver it: in the full LISA layout, or as records that are read already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd

from assets.gesloten import open_gesloten
from assets.register import historie, sbi
from assets.register.indeling import classify_sql, read_indeling, read_velden
from assets.register.voorbeeld import MERK_NAAM, MERK_NUMMER, generate, read_activiteiten

# What a field holds, in SQL over an establishment `v` with its municipality and its activity. Others are blank.
_WAARDEN = {
    "lisanr": f"'{MERK_NUMMER}' || lpad(v.nummer::VARCHAR, 8, '0')",
    "kvkdosnr": f"CASE WHEN v.onderneming > 0 THEN '{MERK_NUMMER}' || lpad(v.onderneming::VARCHAR, 8, '0') END",
    "kvkvestnr": f"'{MERK_NUMMER}' || lpad(v.nummer::VARCHAR, 9, '0')",
    "naam": f"'{MERK_NAAM} BEDRIJF ' || v.nummer",
    "straatkort": f"'{MERK_NAAM} WG'",
    "straat": f"'{MERK_NAAM}E WEG'",
    "huisnr": "v.adres % 400 + 1",
    "huisletter": "CASE WHEN v.adres % 11 = 0 THEN 'A' END",
    "postcode": "'0000GE'",  # no postcode begins with 0
    "plaats": "v.gemeentenaam",
    "manf": "v.manf",
    "vrouwf": "v.vrouwf",
    "manp": "v.manp",
    "vrouwp": "v.vrouwp",
    "banen": "v.manf + v.vrouwf + v.manp + v.vrouwp",
    "wpft": "v.manf + v.vrouwf",
    "wppt": "v.manp + v.vrouwp",
    "mannen": "v.manf + v.manp",
    "vrouwen": "v.vrouwf + v.vrouwp",
    "grtklas": classify_sql("(v.manf + v.vrouwf)"),
    "enqtype": "v.enqtype",
    "bronjaar": "lpad(((v.jaar - CASE WHEN v.enqtype = '73' THEN 1 ELSE 0 END) % 100)::VARCHAR, 2, '0')",
    "datumin": "make_date(v.jaar, 5, 1 + v.adres % 28)",
    "datumverw": "make_date(v.jaar, 6, 1 + v.adres % 28)",
    "datummut": "v.datummut::DATE",
    "wijzein": "lpad((v.adres % 16)::VARCHAR, 2, '0')",
    "opgehoogd": "CASE WHEN v.enqtype IN ('50', '51') THEN 'JA' ELSE 'NEE' END",
    "enqform": "CASE WHEN v.enqtype IN ('01', '11') THEN 'JA' ELSE 'NEE' END",
    "datumeinde": "v.datumeinde::DATE",
    "xcoord": "220000 + v.adres % 40000",
    "ycoord": "520000 + v.adres % 50000",
    "xykwal": "'1'",
    "bagoppervl": "20 + v.adres % 900",
    "gemnr": "v.gemnr",
    "gemnaam": "v.gemeentenaam",
    "provcode": "v.prov",
    "provnaam": "v.prov_naam",
    "coropcode": "v.corop",
    "coropnaam": "v.corop_naam",
    "arbeidcode": "v.arbeid",
    "arbeidnaam": "v.arbeid_naam",
    "afdeling": "substr(v.sbi08, 1, 2)",
    "sbi08_3": "substr(v.sbi08, 1, 3)",
    "sbi08_4": "substr(v.sbi08, 1, 4)",
    "sbi08": "v.sbi08",
    "omschr": "v.omschrijving",
    "afdeling25": "substr(v.sbi25, 1, 2)",
    "sbi25_3": "substr(v.sbi25, 1, 3)",
    "sbi25_4": "substr(v.sbi25, 1, 4)",
    "sbi25": "v.sbi25",
}
_VELDEN_2008 = ("sectie", "afdeling", "sbi08_3", "sbi08_4", "sbi08", "sector")
_VELDEN_2025 = ("sectie25", "afdeling25", "sbi25_3", "sbi25_4", "sbi25")


def _waarden() -> dict[str, str]:
    """`_WAARDEN`, with what follows from the list of sections."""
    sectie, sectie25 = sbi.sectie_sql("v.sbi08", "2008"), sbi.sectie_sql("v.sbi25", "2025")
    return _WAARDEN | {"sectie": sectie, "sector": f"ascii({sectie}) - 64", "sectie25": sectie25}


def sample_versies(jaar: int) -> tuple[str, ...]:
    """Give the classification in which a year of the sample is delivered."""
    return ("2008",) if jaar <= sbi.LAATSTE_JAAR_2008 else ("2025",)


def _connect(frame: pd.DataFrame, *folders: Path) -> duckdb.DuckDBPyConnection:
    connection = open_gesloten(*folders, config={"temp_directory": ""})
    gemeenten = read_indeling().rename(columns={"naam": "gemeentenaam"})
    activiteiten = read_activiteiten().drop_duplicates("sbi08")[["sbi08", "omschrijving"]]
    # here and not by the database: so they stay in their order, and sixty columns need not be sorted
    connection.register("vestiging", frame.merge(gemeenten, on="gemnr").merge(activiteiten, on="sbi08"))
    return connection


def _layout_sql(versies: Iterable[str]) -> str:
    versies = tuple(versies)
    absent = (() if "2008" in versies else _VELDEN_2008) + (() if "2025" in versies else _VELDEN_2025)
    waarden = _waarden()
    fields = [f"({waarden.get(n, 'NULL')})::VARCHAR AS {n}" for n in read_velden() if n not in absent]
    return f"SELECT {', '.join(fields)} FROM vestiging v"


def to_layout(frame: pd.DataFrame, versies: Iterable[str]) -> pd.DataFrame:
    """Give a year of the generated register in the LISA layout: every column text, a blank where there is none."""
    with _connect(frame) as connection:
        return connection.execute(f"SELECT coalesce(COLUMNS(*), '') FROM ({_layout_sql(versies)})").df()


def write_delivery(frame: pd.DataFrame, path: Path, versies: Iterable[str] | None = None, scheiding: str = ";") -> None:
    """Write a year of the generated register as a CSV file, in the classification of its year unless told otherwise."""
    wanted = versies or sample_versies(int(frame["jaar"].iloc[0]))
    path = path.absolute()
    with _connect(frame, path.parent) as connection:
        connection.execute(
            f"COPY ({_layout_sql(wanted)}) TO '{str(path).replace(chr(39), chr(39) * 2)}' "
            f"(FORMAT csv, HEADER, DELIMITER '{scheiding}')"
        )


def to_records(frame: pd.DataFrame, versies: Iterable[str] | None = None) -> pd.DataFrame:
    """Give years of the generated register as the import would keep them: the columns of `historie.RECORD`.

    Each year is in its own classification unless `versies` says otherwise.
    """
    last = sbi.LAATSTE_JAAR_2008
    given = {v: str(v in versies).lower() for v in sbi.VERSIES} if versies is not None else None
    in_2008, in_2025 = (given["2008"], given["2025"]) if given else (f"v.jaar <= {last}", f"v.jaar > {last}")
    values = _waarden() | {
        "jaar": "v.jaar",
        "regel": "row_number() OVER (PARTITION BY v.jaar ORDER BY v.nummer) + 1",
        "gegenereerd": "true",
        "sbi08": f"CASE WHEN {in_2008} THEN v.sbi08 END",
        "sbi25": f"CASE WHEN {in_2025} THEN v.sbi25 END",
    }
    fields = [f"({values[n]})::{kind} AS {n}" for n, kind in historie.RECORD.items()]
    with _connect(frame) as connection:
        return connection.execute(f"SELECT {', '.join(fields)} FROM vestiging v ORDER BY v.jaar, v.nummer").df()


def sample_vestigingen(frames: Iterable[pd.DataFrame] | None = None) -> pd.DataFrame:
    """Give the table `vestiging` of the generated register, without going through files: for tests and measurements."""
    records = to_records(pd.concat(list(frames or generate()), ignore_index=True))
    with open_gesloten(config={"temp_directory": ""}) as connection:
        connection.register("record", records)
        return connection.execute(historie.vestiging_sql("record")).df()

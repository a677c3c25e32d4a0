"""Whatever is wrong with a delivery, it ends in a clean refusal or in an account of every record; nothing leaks."""

import re
import tempfile
from pathlib import Path
from random import Random

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.register.indeling import read_gemeenten
from assets.register.kluis import Kluis
from assets.register.voorbeeld_levering import to_layout
from pipelines.cli import cli

from .schade import GEHEIM, RECORDS, TEKST, Levering

SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
# What would be of a record: the marks of the generated register, and what the damages put in.
LEK = re.compile(rf"GEN\d|GEGENEREERD|0000GE|{GEHEIM}|7391")


def lines_below_header(content: bytes) -> int:
    """Count lines as a person would: to the last line that has anything on it."""
    text = content.replace(b"\r\n", b"\n")
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    lines = text.split(b"\n")
    while lines and not lines[-1].strip(b"\r"):
        lines.pop()
    return len(lines) - 1


# The name of a vintage is its moment: at 07:39:11 that reads as a code of an activity.
MOMENT = re.compile(r"\d{8}T\d{12}Z")


def take_in(path: Path, opslag: Path, peildatum: str = "2025-04-01") -> tuple[int, str]:
    run = CliRunner().invoke(
        cli, ["register", "lees", str(path), "--peildatum", peildatum], env={"MONITOR_OPSLAG": str(opslag)}
    )
    assert run.exception is None or isinstance(run.exception, SystemExit), type(run.exception)
    return run.exit_code, run.output


def check_account(path: Path, folder: Path) -> None:
    """Take in a file, and check that all of it is accounted for and none of it is shown."""
    code, text = take_in(path, folder / "opslag")
    assert code in (0, 1)
    assert "onverwacht" not in text, text
    assert not LEK.search(MOMENT.sub("", text.replace(str(folder), ""))), text
    names = [MOMENT.sub("", str(p.relative_to(folder / "opslag"))) for p in (folder / "opslag").rglob("*")]
    assert not [n for n in names if LEK.search(n)]
    lichtingen = Kluis(folder / "opslag", "voorbeeld").lichtingen()
    if not lichtingen:
        assert code == 1
        assert text.startswith("Geweigerd: ")
        return
    (lichting,) = lichtingen
    verslag = lichting.eigenschappen["verslag"]
    assert (code == 0) == lichting.aangenomen
    good = duckdb.sql(f"FROM '{lichting.folder}/vestigingen.parquet'").df()
    bad = duckdb.sql(f"FROM '{lichting.folder}/geweigerd.parquet'").df()
    assert verslag["regels"] == verslag["aangenomen"] + verslag["geweigerd"] == len(good) + len(bad)
    if path.suffix == ".csv":
        assert verslag["regels"] == lines_below_header(path.read_bytes())
    numbers = sorted([*good["regel"], *bad["regel"]])
    assert numbers == list(range(2, verslag["regels"] + 2))
    assert bad["redenen"].map(len).gt(0).all()
    assert (good["banen"] == good["wpft"] + good["wppt"]).all()
    assert good["lisanr"].is_unique
    assert good["gemnr"].isin(list(read_gemeenten())).all()
    assert good["gegenereerd"].all()
    # The file itself is kept too, to the byte.
    import pyarrow as pa

    kept = (lichting.folder / f"levering{path.suffix}.zst").read_bytes()
    size = lichting.eigenschappen["bytes"]
    assert pa.decompress(kept, decompressed_size=size, codec="zstd", asbytes=True) == path.read_bytes()


@pytest.fixture(scope="module")
def records(klein: dict[int, pd.DataFrame]) -> pd.DataFrame:
    return to_layout(klein[2025], ("2008",))


def spoil_and_check(records: pd.DataFrame, damages: list, seed: int, vorm: str) -> None:
    random = Random(seed)
    first = random.randrange(len(records) - 60)
    levering = Levering(records.iloc[first : first + random.randint(3, 60)].reset_index(drop=True).copy())
    for damage in damages:
        damage(levering, random)
    with tempfile.TemporaryDirectory() as folder:
        check_account(levering.write(Path(folder), vorm), Path(folder))


# Every damage in every form, every day; the same with more draws of each in `lang`.
SHEET = [
    (vorm, damage)
    for vorm in ("xlsx", "sav")
    for damage in RECORDS
    if damage not in {"doubled_column", "no_header", "no_records"}
    # SPSS has no spaces in names; upper case is tested in test_lezen
    and (vorm, damage) != ("sav", "mixed_case_header")
]


@pytest.mark.parametrize("damage", [*RECORDS, *TEKST])
@settings(max_examples=2, **SETTINGS)
@given(seed=st.integers(0, 2**32))
def test_a_spoiled_text_file_is_accounted_for(records, damage, seed):
    spoil_and_check(records, [(RECORDS | TEKST)[damage]], seed, "csv")


@pytest.mark.lang
@pytest.mark.parametrize("damage", [*RECORDS, *TEKST])
@settings(max_examples=20, **SETTINGS)
@given(seed=st.integers(0, 2**32))
def test_a_spoiled_text_file_is_accounted_for_each_way(records, damage, seed):
    spoil_and_check(records, [(RECORDS | TEKST)[damage]], seed, "csv")


@pytest.mark.parametrize(("vorm", "damage"), SHEET)
@settings(max_examples=1, **SETTINGS)
@given(seed=st.integers(0, 2**32))
def test_a_spoiled_sheet_or_spss_file_is_accounted_for(records, vorm, damage, seed):
    spoil_and_check(records, [RECORDS[damage]], seed, vorm)


@pytest.mark.lang
@pytest.mark.parametrize(("vorm", "damage"), SHEET)
@settings(max_examples=10, **SETTINGS)
@given(seed=st.integers(0, 2**32))
def test_a_spoiled_sheet_or_spss_file_is_accounted_for_each_way(records, vorm, damage, seed):
    spoil_and_check(records, [RECORDS[damage]], seed, vorm)


@settings(max_examples=25, **SETTINGS)
@given(
    seed=st.integers(0, 2**32), damages=st.lists(st.sampled_from(sorted(RECORDS)), min_size=2, max_size=3, unique=True)
)
def test_several_damages_at_once_are_accounted_for(records, seed, damages):
    late = ("doubled_column", "no_header", "mixed_case_header", "missing_column")
    if sum(d in late for d in damages) == 0:
        spoil_and_check(records, [RECORDS[d] for d in damages], seed, "csv")


@pytest.mark.parametrize("vorm", ["csv", "xlsx", "sav"])
def test_an_undamaged_delivery_is_accepted_whole(records, tmp_path, vorm):
    path = Levering(records.copy()).write(tmp_path, vorm)
    code, text = take_in(path, tmp_path / "opslag")
    assert code == 0, text
    assert f"aangenomen: {len(records)}," in text
    assert "geweigerd: 0," in text
    check_account(path, tmp_path / "nog_eens")


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\r\n\r\n", b'lisanr,"x"y\r"z\n1,2', b";;;;\n;;;;", b"\x00" * 500, b"PK\x03\x04", b'"']
)
@pytest.mark.parametrize("vorm", ["csv", "xlsx", "sav"])
def test_a_file_without_records_is_refused_cleanly(tmp_path, vorm, content):
    path = tmp_path / f"levering.{vorm}"
    path.write_bytes(content)
    code, text = take_in(path, tmp_path / "opslag")
    assert code == 1
    assert text.startswith("Geweigerd: ")
    assert "onverwacht" not in text
    assert Kluis(tmp_path / "opslag", "voorbeeld").lichtingen() == []


@pytest.mark.parametrize("vorm", ["xlsx", "sav"])
@settings(max_examples=6, **SETTINGS)
@given(seed=st.integers(0, 2**32))
def test_a_sheet_or_spss_file_that_was_cut_is_refused_or_accounted_for(records, vorm, seed):
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Levering(records.head(40).copy()).write(Path(folder), vorm)
        content = bytearray(path.read_bytes()[: random.randrange(path.stat().st_size)])
        if random.random() < 0.5:  # not cut, but spoiled
            content = bytearray(path.read_bytes())
            for _ in range(20):
                content[random.randrange(len(content))] = random.randrange(256)
        path.write_bytes(bytes(content))
        code, text = take_in(path, Path(folder) / "opslag")
        assert code in (0, 1)
        assert "onverwacht" not in text, text
        assert not LEK.search(text.replace(folder, "")), text

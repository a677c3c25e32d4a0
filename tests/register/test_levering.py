"""A delivery goes its way: vintages, the gate, both versions of the SBI, history, and the page docs/register.md."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from assets.register import historie
from assets.register.fout import LeesError
from assets.register.keuringsverslag import describe
from assets.register.kluis import Kluis, KluisError
from assets.register.levering import Uitkomst, import_delivery, parse_peildatum
from assets.register.lezen import read_file
from assets.register.voorbeeld import read_activiteiten
from assets.register.voorbeeld_levering import sample_vestigingen, to_layout, write_delivery
from pipelines.cli import cli

NU = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_file_beyond_the_limit_of_a_register_is_not_opened(tmp_path):
    path = tmp_path / "pwr_2026.csv"
    with path.open("wb") as file:
        file.truncate(201_000_000)  # takes no room on the disk
    with pytest.raises(LeesError, match=r"pwr_2026\.csv: het bestand is groter dan 200 MB"):
        read_file(path)


@pytest.fixture
def kluis(tmp_path: Path) -> Kluis:
    return Kluis(tmp_path / "opslag", "voorbeeld")


@pytest.fixture
def take_in(kluis, tmp_path):
    """Take in records of a year."""

    def take_in(records: pd.DataFrame, jaar: int, **options) -> Uitkomst:
        path = tmp_path / f"pwr_{jaar}.csv"
        records.to_csv(path, sep=";", index=False)
        return import_delivery(path, f"{jaar}-04-01", kluis, NU + timedelta(minutes=jaar), **options)

    return take_in


@pytest.fixture(scope="module")
def layout(klein):
    return {jaar: to_layout(klein[jaar], ("2008",)) for jaar in (2023, 2024, 2025)}


def test_the_history_is_the_generated_register(kluis, klein, tmp_path):
    for jaar, frame in klein.items():
        write_delivery(frame, tmp_path / "pwr.csv", scheiding="," if jaar % 2 else ";")
        uitkomst = import_delivery(tmp_path / "pwr.csv", f"{jaar}-04-01", kluis, NU)
        assert uitkomst.bezwaren == ()
        assert uitkomst.verslag.geweigerd == 0
    found = historie.read_historie(kluis)
    assert dict(zip(found.columns, map(str, found.types), strict=True)) == historie.VESTIGING
    pd.testing.assert_frame_equal(found.df(), sample_vestigingen(klein.values()))
    years = historie.read_jaren(kluis)
    assert years["jaar"].tolist() == list(range(2006, 2027))
    assert years["sbi"].tolist() == ["2008"] * 20 + ["2025"]
    with_empty = historie.read_historie(kluis, leeg=True)
    assert len(with_empty) > len(found)


def test_there_is_no_history_without_a_delivery(kluis):
    with pytest.raises(KluisError, match="monitor register lees"):
        historie.read_historie(kluis)


def test_a_redelivery_is_a_new_vintage_and_the_same_file_is_none(kluis, take_in, layout):
    first = take_in(layout[2025], 2025)
    assert take_in(layout[2025], 2025).al_ingelezen
    assert len(kluis.lichtingen()) == 1
    second = take_in(layout[2025].iloc[1:], 2025)
    assert second.lichting.id != first.lichting.id
    assert [x.id for x in kluis.current()] == [second.lichting.id]
    assert len(historie.read_historie(kluis, leeg=True)) == len(layout[2025]) - 1


def test_a_refused_vintage_is_kept_and_history_keeps_the_one_before(kluis, take_in, layout):
    good = take_in(layout[2025], 2025)
    spoiled = layout[2025].copy()
    spoiled.loc[spoiled.index % 2 == 0, "banen"] = "x"
    refused = take_in(spoiled, 2025)
    assert not refused.lichting.aangenomen
    assert len(refused.bezwaren) == 2  # too many faults, and too few records
    assert kluis.current() == [good.lichting]
    kept = duckdb.sql(f"SELECT redenen, ruw FROM '{refused.lichting.folder}/geweigerd.parquet'").fetchall()
    assert len(kept) == refused.verslag.geweigerd
    assert all(reasons == ["getal:banen"] and "GEN" in raw for reasons, raw in kept)


def test_what_the_gate_refuses_can_be_accepted_with_a_reason(kluis, take_in, layout):
    take_in(layout[2025], 2025)
    half = layout[2025].iloc[::2]
    assert not take_in(half, 2025).lichting.aangenomen
    taken = take_in(half, 2025, toch="gebied is kleiner geworden")
    assert taken.lichting.aangenomen
    assert taken.lichting.eigenschappen["toch"] == "gebied is kleiner geworden"
    assert taken.bezwaren


@pytest.mark.parametrize("peildatum", [2024, 2026])
def test_a_wrong_reference_date_is_noticed(kluis, take_in, layout, peildatum):
    take_in(layout[2025], 2025)
    wrong = take_in(layout[2025], peildatum, versie="2008")
    assert not wrong.lichting.aangenomen
    assert any("klopt de peildatum" in b for b in wrong.bezwaren)


def test_other_keys_than_a_year_earlier_are_noticed(kluis, take_in, layout):
    take_in(layout[2024], 2024)
    other = layout[2025].assign(lisanr=[f"GEN9{n:07d}" for n in range(len(layout[2025]))])
    assert any("terug te vinden" in b for b in take_in(other, 2025).bezwaren)


def test_sample_and_real_do_not_mix(tmp_path, take_in, layout):
    with pytest.raises(LeesError, match="--bron cbs"):
        take_in(layout[2025].replace({"GEN": "123", "GEGENEREERD": "ECHT"}, regex=True), 2025)
    path = tmp_path / "pwr_2025.csv"
    real = Kluis(tmp_path / "opslag", "cbs")
    assert import_delivery(path, "2025-04-01", real, NU).lichting.aangenomen
    layout[2025].to_csv(path, sep=";", index=False)
    with pytest.raises(LeesError, match="gegenereerd"):
        import_delivery(path, "2025-04-01", real, NU)
    assert len(real.lichtingen()) == 1


def test_a_jump_goes_to_the_list_that_only_the_data_team_sees(take_in, layout):
    take_in(layout[2024], 2024)
    both = (
        layout[2025]["lisanr"].isin(layout[2024]["lisanr"])
        & layout[2025]["wpft"].eq("1")
        & layout[2025]["banen"].eq("1")
    )
    place = layout[2025].index[both][0]
    grown = layout[2025].copy()
    grown.loc[place, ["manf", "vrouwf", "wpft", "banen", "grtklas", "mannen", "vrouwen"]] = [
        "90",
        "0",
        "90",
        "90",
        "07",
        "90",
        "0",
    ]
    uitkomst = take_in(grown, 2025)
    assert uitkomst.verslag.nakijken["sprong"] >= 1
    rows = duckdb.sql(f"FROM '{uitkomst.lichting.folder}/nakijken.parquet'").df()
    row = rows[rows["lisanr"] == grown.loc[place, "lisanr"]].iloc[0]
    assert (row["vorig"], row["banen"]) == (1, 90)


def test_optional_columns_may_be_absent_and_the_report_says_what_was_not_checked(take_in, layout):
    few = ["lisanr", "kvkdosnr", "banen", "wpft", "wppt", "grtklas", "enqtype", "gemnr", "sbi08"]
    uitkomst = take_in(layout[2025][few], 2025)
    assert uitkomst.verslag.geweigerd == 0
    assert uitkomst.verslag.niet_getoetst == ["manf/vrouwf", "manp/vrouwp", "mannen/vrouwen"]


def test_zeros_that_a_sheet_left_out_come_back(take_in, layout):
    bare = layout[2025].assign(**{c: layout[2025][c].str.lstrip("0") for c in ("gemnr", "grtklas", "enqtype")})
    bare["enqtype"] = bare["enqtype"].replace("", "0")
    assert take_in(bare, 2025).verslag.geweigerd == 0


def test_an_enterprise_spelled_with_and_without_its_zeros_is_one(kluis, take_in, layout):
    spellings = itertools.cycle(["04000062", "4000062"])
    spelled = layout[2025].assign(kvkdosnr=[next(spellings) for _ in range(len(layout[2025]))])
    assert take_in(spelled, 2025).verslag.geweigerd == 0
    found = historie.read_historie(kluis).df()
    assert set(found["onderneming"]) == {"04000062"}


@pytest.mark.parametrize(
    ("wijziging", "reden"),
    [
        ({"banen": "999"}, "som_banen"),
        ({"manf": "999"}, "som_wpft"),
        ({"manp": "999"}, "som_wppt"),
        ({"grtklas": "12"}, "grootteklasse"),
        ({"gemnr": "0014"}, "gemeente"),
        ({"sbi08": "04110"}, "sbi_onbekend"),
        ({"sbi08": ""}, "sbi_leeg"),
        ({"sbi08": "62010", "sectie": "A"}, "sbi_verschil"),
        ({"enqtype": "77"}, "code:enqtype"),
        ({"lisanr": ""}, "leeg:lisanr"),
        ({"wpft": "1,5"}, "getal:wpft"),
        ({"datummut": "2025-02-30"}, "datum:datummut"),
        ({"datumeinde": "2025-03-31"}, "opgeheven"),
        ({"datummut": "1024-01-01"}, "datum_ver"),
    ],
)
def test_each_fault_has_its_reason(take_in, layout, wijziging, reden):
    records = layout[2025].copy()
    for kolom, value in wijziging.items():
        records.loc[7, kolom] = value
    uitkomst = take_in(records, 2025)
    assert reden in uitkomst.verslag.redenen
    assert uitkomst.verslag.geweigerd == 1
    (row,) = duckdb.sql(f"FROM '{uitkomst.lichting.folder}/geweigerd.parquet'").fetchall()
    assert row[0] == 9  # the header is line 1
    assert describe(reden)


def test_of_two_equal_records_one_counts_and_of_two_different_ones_none(take_in, layout):
    twice = pd.concat([layout[2025], layout[2025].iloc[[3]], layout[2025].iloc[[5]].assign(enqtype="72")])
    verslag = take_in(twice, 2025).verslag
    assert verslag.redenen == {"dubbel": 2, "dubbel_gelijk": 1}
    assert verslag.aangenomen == len(layout[2025]) - 1


# --- SBI 2008 and SBI 2025 ---


def concordantie(folder: Path) -> Path:
    path = folder / "concordantie.csv"
    read_activiteiten()[["sbi25", "sbi08"]].to_csv(path, sep=";", index=False)
    return path


def test_a_delivery_coded_twice_joins_with_a_mark(kluis, take_in, klein):
    take_in(to_layout(klein[2026], ("2008", "2025")), 2026)
    assert historie.read_jaren(kluis)["sbi"].tolist() == ["beide"]
    found = historie.read_historie(kluis).df()
    assert found[["sectie", "sectie_2025"]].notna().all().all()


def test_sbi_2025_alone_stands_apart_and_a_concordance_joins_it_with_a_mark(kluis, take_in, klein, tmp_path):
    records = to_layout(klein[2026], ("2025",))
    assert take_in(records, 2026).verslag.sbi == "2025"
    assert historie.read_historie(kluis).df()["sectie"].isna().all()
    joined = take_in(records, 2026, concordantie=concordantie(tmp_path))
    assert joined.verslag.sbi == "concordantie"
    truth = sample_vestigingen([klein[2026].assign(jaar=2025)]).set_index("lisanr")["sectie"]
    found = historie.read_historie(kluis).df().set_index("lisanr")["sectie"]
    known = found.notna()
    assert known.mean() > 0.95
    assert (found[known] == truth[known]).all()
    assert historie.read_jaren(kluis)["zonder_2008"].tolist() == [joined.verslag.zonder_2008]


def test_sbi_2025_in_the_old_columns_is_recognised_or_declared(take_in, klein):
    names = {"sbi25": "sbi08", "sectie25": "sectie", "afdeling25": "afdeling"}
    records = to_layout(klein[2026], ("2025",)).drop(columns=["sbi25_3", "sbi25_4"]).rename(columns=names)
    assert take_in(records, 2026).verslag.sbi == "2025"
    bare = records.drop(columns=["sectie", "afdeling"])
    with pytest.raises(LeesError, match="--sbi"):
        take_in(bare, 2026)
    assert take_in(bare, 2026, versie="2025").verslag.sbi == "2025"


# --- the commands ---


@pytest.mark.parametrize("text", ["2026-04-02", "2026-4-1", "1 april", "", "20260401", "1066-04-01"])
def test_the_reference_date_is_the_first_of_april(text):
    with pytest.raises(ValueError, match="2026-04-01"):
        parse_peildatum(text)


def monitor(opslag: Path, *arguments: str, input: str = "") -> tuple[int, str]:
    run = CliRunner().invoke(cli, ["register", *arguments], input=input, env={"MONITOR_OPSLAG": str(opslag)})
    if run.exception and not isinstance(run.exception, SystemExit):
        raise run.exception
    return run.exit_code, run.output


def test_the_numbered_way_from_delivery_to_removal(tmp_path, klein):
    """The steps of docs/register.md, with a generated file as if it came from outside."""
    opslag, pwr = tmp_path / "opslag", tmp_path / "levering van buiten.csv"
    code, text = monitor(opslag, "status")
    assert (code, "nog geen levering" in text) == (0, True)
    for jaar in (2024, 2025):
        write_delivery(klein[jaar], pwr)
        code, text = monitor(opslag, "lees", str(pwr), "--peildatum", f"{jaar}-04-01")
        assert (code, "aangenomen (lichting" in text) == (0, True)
    short = pwr.read_text().splitlines(keepends=True)
    pwr.write_text("".join(short[:100]))
    code, text = monitor(opslag, "lees", str(pwr), "--peildatum", "2025-04-01")
    assert (code, "Geweigerd als geheel" in text) == (1, True)
    code, text = monitor(opslag, "status")
    rows = [line.split() for line in text.splitlines()[1:]]
    assert [row[2:4] for row in rows] == [["aangenomen", "ja"], ["aangenomen", "ja"], ["geweigerd", "nee"]]

    archief = tmp_path / "kopie.tar"
    assert monitor(opslag, "bewaar", str(archief))[0] == 0
    assert monitor(opslag, "opruimen", "--ouder-dan", "400") == (0, "Er is niets op te ruimen.\n")
    code, text = monitor(opslag, "opruimen", "--ouder-dan", "0", "--ja")
    assert (code, rows[2][1] in text) == (0, True)
    assert monitor(opslag, "verwijder", "--peildatum", "2024-04-01", "--lichting", rows[0][1], input="nee\n")[0] == 1
    assert len(monitor(opslag, "status")[1].splitlines()) == 3
    code, _ = monitor(opslag, "verwijder", "--peildatum", "2024-04-01", "--lichting", rows[0][1], input="ja\n")
    assert code == 0
    assert len(monitor(opslag, "status")[1].splitlines()) == 2
    code, text = monitor(opslag, "herstel", str(archief))
    assert (code, "Teruggezet: 0" in text, "niet teruggezet: 2" in text) == (0, True, True)
    code, text = monitor(opslag, "herstel", str(archief), "--ook-verwijderde")
    assert "Teruggezet: 2 lichtingen; al aanwezig: 1" in text


def test_wrong_use_says_what_to_do(tmp_path):
    for arguments in (("lees", "er-niet.csv", "--peildatum", "2025-04-01"), ("herstel", "er-niet.tar")):
        code, text = monitor(tmp_path, *arguments)
        assert (code, "is er niet" in text) == (2, True)
    code, text = monitor(tmp_path, "lees", "x.csv", "--peildatum", "2025-05-01")
    assert (code, "1 april" in text) == (2, True)
    code, text = monitor(tmp_path, "verwijder", "--peildatum", "2025-04-01", "--lichting", "x", "--ja")
    assert (code, "monitor register status" in text) == (1, True)


def test_an_unexpected_error_shows_its_kind_and_nothing_of_the_records(tmp_path, klein, monkeypatch):
    from assets.register import levering

    def explode(*_, **__):
        raise duckdb.ConversionException("Could not convert string 'GEN00000005' to INT32")

    monkeypatch.setattr(levering, "check", explode)
    write_delivery(klein[2025], tmp_path / "pwr.csv")
    code, text = monitor(tmp_path / "opslag", "lees", str(tmp_path / "pwr.csv"), "--peildatum", "2025-04-01")
    assert code == 1
    assert "ConversionException" in text
    assert "GEN0" not in text


def test_the_page_for_the_data_team_names_every_command():
    page = (Path(__file__).parents[2] / "docs" / "register.md").read_text(encoding="utf-8")
    commands = cli.commands["register"].commands
    assert set(commands) <= set(re.findall(r"monitor register (\w+)", page))
    options = {o for c in commands.values() for p in c.params for o in p.opts if o.startswith("--")}
    assert {o for o in options if o not in page} == set()


def test_a_full_disk_leaves_what_stood(kluis, take_in, layout, monkeypatch):
    stood = take_in(layout[2025], 2025)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.register.keuren.Keuring.write", full)
    with pytest.raises(OSError, match="No space"):
        take_in(layout[2025].iloc[1:], 2025)
    assert kluis.lichtingen() == [stood.lichting]
    assert not list(kluis.folder.rglob(".nieuw-*"))


def test_a_small_spss_file_with_a_great_many_cells_is_refused_before_they_are_read(tmp_path):
    path = tmp_path / "levering.sav"
    pyreadstat.write_sav(pd.DataFrame({f"k{n}": [0.0] * 110_000 for n in range(60)}), str(path), compress=True)
    assert path.stat().st_size < 100_000
    with pytest.raises(LeesError, match=r"levering\.sav: meer dan 104166 regels van 480 tekens in \d+ kB"):
        read_file(path)


def test_an_spss_file_of_many_columns_is_no_delivery(tmp_path):
    path = tmp_path / "levering.sav"
    pyreadstat.write_sav(pd.DataFrame({f"k{n}": [0.0] for n in range(1_100)}), str(path))
    with pytest.raises(LeesError, match=r"levering\.sav: meer dan 1024 kolommen; dat is geen levering"):
        read_file(path)


def test_a_column_of_spss_without_a_name_that_can_be_read_refuses_the_file(tmp_path):
    path = tmp_path / "levering.sav"
    pyreadstat.write_sav(pd.DataFrame({"lisanr": ["1"], "jaar": ["2025"]}), str(path))
    # its short name, in which no text begins so; without the long one beside it
    content = path.read_bytes().replace(b"LISANR  ", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1)
    path.write_bytes(content)
    with pytest.raises(LeesError, match=r"levering\.sav: (een kolom heeft geen leesbare naam|dit is geen leesbaar)"):
        read_file(path)

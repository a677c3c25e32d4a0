"""Our list of municipalities beside that of CBS: what a herindeling changes, and what is not taken over."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from assets.bron.cbs_v3 import CbsV3
from assets.bron.gemeenten import IndelingError, Verschil, compare, find_tabel, read_indeling, work_in
from assets.bron.http import BronError, Client
from assets.bron.voorbeeld.kolommen import from_records
from assets.bron.voorbeeld.server import serve
from assets.bron.voorbeeld.tabel import Servertabel
from begrippen.regio import GEGEVENS, gemeenten_op, known_codes, read_leden
from pipelines import gemeenten as opdracht
from pipelines.cli import cli

Rij = dict[str, Any]
JAAR = 2026


def rows_of(jaar: int) -> list[Rij]:
    """The rows as CBS writes them: padded, a column for each kind of region, and one that is no region."""
    # of what was abolished since, our list does not say in which COROP area it was
    frame = gemeenten_op(date(jaar, 1, 1)).fillna({"corop": "CR99"})
    return [
        {
            "ID": n,
            "RegioS": f"{r.code:<10}",
            "Code_1": f"{r.code:<10}",
            "Naam_2": f"{r.naam:<50}",
            "Code_10": f"{r.corop:<6}",
            "Code_14": f"CP{r.corop[2:]}00",
            "Code_28": f"{r.provincie:<6}",
            "Naam_29": "een provincie  ",
            "Inwonertal_56": "   12345",
        }
        for n, r in enumerate(frame.itertuples())
    ]


class Voorraad:
    """A catalogue of one table, in the shape in which v3 gives 'Gebieden in Nederland'."""

    def __init__(
        self, rows: list[Rij], titel: str = f"Gebieden in Nederland {JAAR}", rijen: list[Rij] | None = None
    ) -> None:
        tabel = "86247NED"
        self.info = {"Identifier": tabel, "Title": titel, "ReasonDelivery": "Actualisering", "OutputStatus": "Regulier"}
        kolommen = list(enumerate((c for c in rows[0] if c not in ("ID", "RegioS")), start=1))
        properties: list[Rij] = [
            {"ID": 0, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
            *({"ID": n, "Type": "Topic", "Key": c, "Title": c[:4], "Datatype": "String"} for n, c in kolommen),
        ]
        codes = [
            {"Key": r["RegioS"], "Title": f"{r['Naam_2'].strip()} (gemeente)" if n else r["Naam_2"]}
            for n, r in enumerate(rows)
        ]
        documents = {"DataProperties": properties, "CategoryGroups": [], "RegioS": codes}
        self.tabel = Servertabel(tabel, "v3", self.info, documents, lambda _: from_records(rijen or rows))

    def find(self, api: str, catalogus: str, tabel: str) -> Servertabel | None:
        return self.tabel if (api, catalogus, tabel) == ("v3", "cbs", self.tabel.id) else None

    def catalogue(self, api: str, catalogus: str) -> list[Mapping[str, object]]:
        other = {
            "Identifier": "70072ned",
            "Title": "Regionale kerncijfers Nederland",
            "ReasonDelivery": "Actualisering",
        }
        return [self.info, other] if (api, catalogus) == ("v3", "cbs") else []


@contextmanager
def source(rows: list[Rij], titel: str = f"Gebieden in Nederland {JAAR}") -> Iterator[CbsV3]:
    with serve(Voorraad(rows, titel)) as adressen, Client() as client:
        yield CbsV3(adressen.v3, client)


def read(rows: list[Rij]) -> Any:
    with source(rows) as bron:
        return read_indeling(bron, find_tabel(bron.read_titels()))


def difference(rows: list[Rij]) -> Verschil:
    return compare(read(rows), gemeenten_op(date(JAAR, 1, 1)), read_leden(), known_codes())


def test_a_table_that_says_what_we_have_changes_nothing_and_confirms_what_was_not():
    found = difference(rows_of(JAAR))
    assert not found.anders
    open_ = read_leden()
    open_ = open_[open_["herkomst"].str.startswith("niet bevestigd") & open_["regio"].str.match("PV|CR")]
    assert set(found.bevestigd) == set(zip(open_["regio"], open_["lid"], strict=True)) != set()


def _edit(code: str, **cells: str) -> Callable[[list[Rij]], list[Rij]]:
    return lambda rows: [r | cells if r["RegioS"].strip() == code else r for r in rows]


def _merge(rows: list[Rij]) -> list[Rij]:
    """Two municipalities of Drenthe become one."""
    new = next(r for r in rows if r["Code_1"].strip() == "GM0106")
    kept = [r for r in rows if r["Code_1"].strip() not in ("GM0106", "GM1680")]
    return [*kept, new | {"RegioS": "GM9001    ", "Code_1": "GM9001    ", "Naam_2": "Assen en Hunze"}]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_merge, Verschil(nieuw=("GM9001",), opgeheven=("GM0106", "GM1680"))),
        (_edit("GM0106", Naam_2="Assen aan de Aa"), Verschil(hernoemd=("GM0106",))),
        (_edit("GM1680", Code_10="CR08"), Verschil(verplaatst=(("GM1680", "corop", "CR07", "CR08"),))),
        (_edit("GM0106", Naam_2="ASSEN"), Verschil()),
    ],
)
def test_what_differs_is_named(change: Callable[[list[Rij]], list[Rij]], expected: Verschil):
    found = difference(change(rows_of(JAAR)))
    assert (found.nieuw, found.opgeheven, found.hernoemd, found.verplaatst) == (
        expected.nieuw,
        expected.opgeheven,
        expected.hernoemd,
        expected.verplaatst,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:200], "geeft 200 gemeenten en wij kennen er 342"),
        (_edit("GM0106", Code_10="CR77"), "deelt in bij CR77"),
        (_edit("GM0106", Code_10="."), "bij welke corop een gemeente hoort is niet te zien"),
        (lambda rows: [r | {"Code_30": "PV20"} for r in rows], "de kolommen Code_28, Code_30 verschillen"),
        (_edit("GM0106", RegioS="GM0001    "), "GM0001 is er dat jaar"),
    ],
)
def test_what_is_not_clear_is_refused(change: Callable[[list[Rij]], list[Rij]], said: str):
    with pytest.raises(IndelingError, match=said):
        difference(change(rows_of(JAAR)))


def test_a_code_that_comes_twice_or_a_row_that_does_not_come_is_refused():
    rows = rows_of(JAAR)
    with pytest.raises(BronError, match="staat er twee keer"):
        read([*rows, rows[0]])
    with serve(Voorraad(rows, rijen=rows[1:])) as adressen, Client() as client:
        bron = CbsV3(adressen.v3, client)
        with pytest.raises(IndelingError, match="niet elke gemeente van de codelijst heeft een rij"):
            read_indeling(bron, find_tabel(bron.read_titels()))


def test_a_table_is_found_by_its_title_and_a_year_that_is_not_there_is_said():
    with source(rows_of(JAAR)) as bron:
        titels = bron.read_titels()
    assert find_tabel(titels).Identifier == find_tabel(titels, JAAR).Identifier == "86247NED"
    with pytest.raises(IndelingError, match="'Gebieden in Nederland 2027' niet; wel van: 2026"):
        find_tabel(titels, 2027)


KEY = {"regio.csv": ["code", "naam", "soort", "geldig_van", "geldig_tot"], "regio_lid.csv": ["regio", "lid"]}


# the years in which municipalities merged: 25 fewer in 2019 than the year before
@pytest.mark.parametrize("jaar", [2019, 2021, 2022, 2023])
def test_the_herindeling_of_a_year_makes_of_the_list_before_it_the_list_of_today(tmp_path: Path, jaar: int):
    dag, read = f"{jaar}-01-01", {"sep": ";", "dtype": str, "keep_default_na": False}
    now = {name: pd.read_csv(GEGEVENS / name, **read) for name in KEY}
    for name, frame in now.items():
        own = frame[frame.iloc[:, 0 if name == "regio.csv" else 1].str.startswith("GM")]
        later = frame.index.isin(own.index) & (frame["geldig_van"] >= dag)
        before = frame[~later].copy()
        before.loc[before.index.isin(own.index) & (before["geldig_tot"] >= dag), "geldig_tot"] = ""
        before.to_csv(tmp_path / name, sep=";", index=False, lineterminator="\n")
    with source(rows_of(jaar), f"Gebieden in Nederland {jaar}") as bron:
        indeling = read_indeling(bron, find_tabel(bron.read_titels()))
    lists = {name: pd.read_csv(tmp_path / name, **read) for name in KEY}
    gemeenten = lists["regio.csv"].query("soort == 'gemeente' and geldig_tot == ''")[["code", "naam"]]
    leden = lists["regio_lid.csv"].query("geldig_tot == ''").copy()
    for column, prefix in (("provincie", "PV"), ("corop", "CR")):
        of = leden[leden["regio"].str.startswith(prefix)].set_index("lid")["regio"]
        gemeenten[column] = gemeenten["code"].map(of)
    leden["geldig_tot"] = pd.NaT
    verschil = compare(indeling, gemeenten, leden, known_codes() - set(indeling.gemeenten) | set(gemeenten["code"]))
    assert verschil.nieuw and verschil.opgeheven
    for path, text in work_in(verschil, indeling, tmp_path).items():
        path.write_text(text, encoding="utf-8", newline="")
    for name, wanted in now.items():
        made = pd.read_csv(tmp_path / name, **read)
        expected = wanted[wanted["geldig_van"] <= dag].copy()
        if name == "regio_lid.csv":
            made, expected = (f[f["regio"].str.startswith("PV")].copy() for f in (made, expected))
        expected.loc[expected["geldig_tot"] > dag, "geldig_tot"] = ""
        columns = KEY[name] + (["geldig_van", "geldig_tot"] if name == "regio_lid.csv" else [])
        compared = [f[columns].sort_values(columns, ignore_index=True) for f in (made, expected)]
        pd.testing.assert_frame_equal(*compared)


def test_the_command_says_what_differs_and_changes_the_list_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in KEY:
        (tmp_path / name).write_bytes((GEGEVENS / name).read_bytes())
    monkeypatch.setattr(opdracht, "GEGEVENS", tmp_path)
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    with serve(Voorraad(_merge(rows_of(JAAR)))) as adressen:
        monkeypatch.setenv("MONITOR_CBS_V3", adressen.v3)
        seen = CliRunner().invoke(cli, ["bron", "gemeenten", "--bron", "cbs"])
        fields = json.loads(CliRunner().invoke(cli, ["bron", "gemeenten", "--bron", "cbs", "--json"]).output)
        assert (tmp_path / "regio.csv").read_bytes() == (GEGEVENS / "regio.csv").read_bytes()
        done = CliRunner().invoke(cli, ["bron", "gemeenten", "--bron", "cbs", "--toepassen"])
    assert seen.exit_code == 1, seen.output
    assert (fields["gelijk"], fields["verschil"]["nieuw"]) == (False, ["GM9001"])
    assert "nieuw op 1 januari 2026: GM9001 Assen en Hunze (Drenthe, COROP-gebied Noord-Drenthe)" in seen.output
    assert "opgeheven op 1 januari 2026: GM0106 Assen" in seen.output
    assert "heeft GM0106 Assen als lid; zet zelf wat ervoor komt" in seen.output
    assert "monitor bron gemeenten --bron cbs --toepassen" in seen.output
    assert done.exit_code == 0 and "veranderd: regio.csv" in done.output
    text = (tmp_path / "regio_lid.csv").read_text(encoding="utf-8")
    assert 'PV22;GM9001;2026-01-01;;"CBS 86247NED, Gebieden in Nederland 2026"'.replace('"', "") in text.replace(
        '"', ""
    )


def test_the_sample_has_no_list_of_its_own():
    found = CliRunner().invoke(cli, ["bron", "gemeenten", "--bron", "voorbeeld"])
    assert found.exit_code == 2 and "vraag die van het CBS met: --bron cbs" in found.output

"""The data behind each figure: in two forms, complete, and reachable from where the figure stands."""

import csv
import io
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from reports.document import Codeblok, Document, Figuurblok, runs, walk
from reports.downloads import analysetabellen, csvbestand, gegevens, parquetbestand
from reports.inhoud import Bestand, Koppeling
from reports.model import Gemeentewerk, Register, Stand, Werk
from reports.samenstelling import make_document
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import (
    BREUK,
    DRENTHE,
    GEMEENTEN,
    OORDEEL,
    make_indicator,
    make_rapport,
    make_thema,
    punten,
    with_series,
)

CSVW = "-metadata.json"
WERK = Werk("C", "Industrie", vestigingen=120.0, banen=1234.0, aandeel_banen=12.34)


@pytest.fixture(scope="module")
def document() -> Document:
    themas = tuple(
        make_thema(id_, id_.title(), groep, (make_indicator(thema=id_, id=f"i_{id_}", oordelen={"PV22": OORDEEL}),))
        for id_, groep in (
            ("werkgelegenheid", "Economie"),
            ("verdienvermogen", "Economie"),
            ("arbeidsmarkt", "Economie"),
            ("wonen", "Brede welvaart: hier en nu"),
        )
    )
    register = Register(
        periode="2026JJ00", periode_sbi="2025JJ00", totaal=WERK, secties=(WERK,),
        gemeenten=(Gemeentewerk(GEMEENTEN[0], WERK, (), 0),),
    )  # fmt: skip
    return make_document(make_rapport(themas=themas, register=register, analyses=ANALYSES), ANALYSES)


def links(blok) -> list[str]:
    found = [r.naar.pad for r in runs(blok) if isinstance(r, Koppeling) and isinstance(r.naar, Bestand)]
    return found + [pad for b in walk(getattr(blok, "uitklap", ())) for pad in links(b)]


def is_csv(pad: str) -> bool:
    """Whether a file has the columns of this report; of SDMX-CSV they are another standard's."""
    return pad.endswith(".csv") and not pad.endswith(".sdmx.csv")


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_every_figure_has_its_data_in_two_forms_and_the_query_that_gives_them(document: Document) -> None:
    figuren = [(b.id, k) for b in document.bladen for k in walk(b.blokken) if isinstance(k, Figuurblok)]
    assert {f.id for _, f in figuren} >= {"wiel", "gebieden", "banengroei", "productiviteitskloof", "banen-per-sectie"}
    for blad, figuur in figuren:
        paden = links(figuur)
        assert [p.rpartition(".")[2] for p in paden] == ["csv", "parquet"], (blad, figuur.id)
        assert len({p.rpartition(".")[0] for p in paden}) == 1, (blad, figuur.id)
        (vraag,) = [k for k in walk(figuur.uitklap) if isinstance(k, Codeblok)]
        assert "FROM " in vraag.tekst and vraag.tekst.endswith(";"), (blad, figuur.id)


def test_every_file_is_linked_and_the_whole_is_on_one_page(document: Document) -> None:
    linked = {p for b in document.bladen for k in walk(b.blokken) for p in links(k)}
    # who reads CSVW finds it beside the CSV, by its name
    beside = {p for p in document.bestanden if p.endswith(CSVW)}
    assert "data/alle-cijfers.csv-metadata.json" in beside
    assert {p.removesuffix(CSVW) for p in beside} <= linked
    assert linked == set(document.bestanden) - beside
    whole = {p for k in document.blad("downloads").blokken for p in links(k)}
    assert {f"data/stand-van-drenthe-2026.{k}" for k in ("xlsx", "ods")} | {"dcat.jsonld"} <= whole
    front = [r.naar for k in document.blad("index").blokken for r in runs(k) if isinstance(r, Koppeling)]
    assert any(getattr(n, "blad", "") == "downloads" for n in front)


def test_both_forms_hold_the_same_and_say_that_they_are_samples(document: Document) -> None:
    pairs = {p.removesuffix(".csv") for p in document.bestanden if is_csv(p)}
    assert len(pairs) > 20
    for name in pairs:
        rows = read_csv(document.bestanden[f"{name}.csv"])
        table = pq.read_table(io.BytesIO(document.bestanden[f"{name}.parquet"]))
        assert rows and table.column_names == list(rows[0]), name
        theirs = [
            {k: v if isinstance(v, str) else csvbestand.getal(v) for k, v in r.items()} for r in table.to_pylist()
        ]
        assert theirs == rows, name
        assert b"verzonnen" in table.schema.metadata[b"let op"], name
        if "opmerking" in rows[0]:
            assert all(r["opmerking"].startswith("voorbeeldcijfer") for r in rows), name


def test_all_figures_are_those_of_the_files_of_the_indicators(document: Document) -> None:
    whole = read_csv(document.bestanden["data/alle-cijfers.csv"])
    parts = [r for p, b in document.bestanden.items() if p.startswith("data/i_") and is_csv(p)
             for r in read_csv(b)]  # fmt: skip
    assert sorted(map(str, whole)) == sorted(map(str, parts))


def test_a_number_of_an_analysis_has_its_measure_part_region_and_period() -> None:
    rijen = gegevens.of_tabel(analysetabellen.of_kloof([ANALYSES.kloof]), voorbeeld=False)
    rows = read_csv(csvbestand.write(gegevens.CIJFER, rijen))
    row = next(r for r in rows if r["indicator"] == "productiviteitskloof.structuur" and r["onderdeel"] == "Landbouw")
    assert (row["waarde"], row["regiocode"], row["periode"], row["status"]) == ("-1", "PV22", "2023JJ00", "voorlopig")
    assert {r["onderdeel"] for r in rows} == {"Totaal", "Landbouw", "Rest"}


def test_what_an_analysis_lacks_has_a_reason() -> None:
    pendel = gegevens.of_tabel(analysetabellen.of_pendel(ANALYSES.pendel, DRENTHE, "2024MM12"), voorbeeld=False)
    takken = gegevens.of_tabel(
        analysetabellen.of_specialisatie(ANALYSES.specialisatie, DRENTHE, "2024JJ00"), voorbeeld=False
    )
    for rijen, reden in ((pendel, "onbekend"), (takken, "geheim")):
        rows = read_csv(csvbestand.write(gegevens.CIJFER, rijen))
        assert {r["leeg_reden"] for r in rows if not r["waarde"]} == {reden}
        assert {r["leeg_reden"] for r in rows if r["waarde"]} == {""}


def test_a_break_is_told_at_the_first_figure_after_it() -> None:
    card = with_series(make_indicator(breuken=(BREUK,)), PV22=punten([1.0, None, 2.0]))
    notes = {r[8]: r[15] for r in gegevens.of_reeks(card, "PV22", voorbeeld=False)}
    assert notes == {
        "2020JJ00": "",
        "2021JJ00": "",
        "2022JJ00": "reeksbreuk vanaf 2022, niet te vergelijken met eerder",
    }


def test_the_latest_figure_comes_with_its_judgement_and_no_change_over_a_break() -> None:
    rapport = make_rapport(make_indicator(breuken=(BREUK,)))
    rijen = gegevens.of_standen(rapport)
    rows = {r["regiocode"]: r for r in read_csv(csvbestand.write(gegevens.STAND, rijen))}
    assert (rows["PV22"]["trend"], rows["PV22"]["rang"], rows["PV22"]["thema"]) == (
        OORDEEL.trend, str(OORDEEL.rang), "Arbeidsmarkt",
    )  # fmt: skip
    assert (rows["PV22"]["trend_p_bh"], rows["PV22"]["aantoonbaar"]) == (str(OORDEEL.p_bh).replace(".", ","), "")
    assert rows["CR08"]["trend"] == "" and rows["CR08"]["waarde"]
    toen = make_rapport(make_indicator(breuken=(), standen={"PV22": Stand(None)}))
    assert gegevens.of_standen(toen) == []


def test_where_nothing_was_found_the_files_say_what_could_have_been() -> None:
    none = replace(OORDEEL, trend="geen significante verandering", aantoonbaar=4.21)
    (row, *_) = gegevens.of_standen(make_rapport(make_indicator(oordelen={"PV22": none, "NL01": none})))
    assert dict(zip(gegevens.namen(gegevens.STAND), row, strict=True))["aantoonbaar"] == 4.21


def test_over_a_break_there_is_no_change() -> None:
    early = make_indicator()
    stand = early.standen["PV22"]
    over = make_indicator(breuken=(BREUK,), standen={"PV22": Stand(stand.punt, editie_periode="2021JJ00",
                                                                   verandering_editie=1.0)})  # fmt: skip
    (row,) = read_csv(csvbestand.write(gegevens.STAND, gegevens.of_standen(make_rapport(over))))
    assert row["verandering"] == "" and "reeksbreuk" in row["opmerking"]


def test_a_file_without_rows_has_its_columns() -> None:
    table = pq.read_table(io.BytesIO(parquetbestand.write(gegevens.STAND, [], {"titel": "Leeg"})))
    assert table.num_rows == 0 and table.column_names == list(gegevens.namen(gegevens.STAND))
    assert str(table.schema.field("rang").type) == "int64" and table.schema.field("rang").metadata[b"uitleg"]

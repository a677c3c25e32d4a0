"""What DuckDB's reader lets pass in silence is noticed, and named."""

import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.inlezen import InleesError, connect, read_pages
from assets.bron.leesvraag import Kolomrollen, Leesvraag

ROLLEN = Kolomrollen(periode="Perioden", regio="RegioS", marge="Marges", uitsplitsingen=("A", "B"))
CODES = {
    "RegioS": frozenset({"NL01", "PV22"}),
    "Perioden": frozenset({"2025JJ00"}),
    "Marges": frozenset({"MW00000"}),
    "A": frozenset({"a"}),
    "B": frozenset({"b"}),
}
PLACE = {"RegioS": "NL01  ", "Perioden": "2025JJ00", "Marges": "MW00000", "A": "a  ", "B": "b"}


def read(tmp_path, rows, api="v3", topics=None, text=None):
    page = tmp_path / "0001.json"
    page.write_text(text if text is not None else json.dumps(rows))
    target = tmp_path / "waarnemingen.parquet"
    vraag = Leesvraag(api, ROLLEN, topics or ({"T_1": 1} if api == "v3" else {"M1": 1}), CODES)
    with connect(tmp_path) as db:
        read_pages(db, [page], target, vraag)
    return duckdb.sql(f"FROM '{target}' ORDER BY rij").fetchall()


def test_a_cell_has_its_place_and_its_page(tmp_path):
    rows = [PLACE | {"T_1": "   1.5"}]
    cell = (1, "T_1", "NL01", "2025JJ00", "A=a|B=b", "MW00000", 1.5, None, "0001.json.gz", None)
    assert read(tmp_path, rows) == [cell]
    long = [PLACE | {"Measure": "M1", "Value": 1.5, "ValueAttribute": "None"}]
    assert read(tmp_path, long, "v4") == [(1, "M1", *cell[2:])]


@pytest.mark.parametrize(
    ("text", "value", "empty"),
    [("     12", 12.0, None), ("  -3.5", -3.5, None), ("      .", None, "."), ("       ", None, ""), (None, None, "")],
)
def test_untyped_text(tmp_path, text, value, empty):
    assert read(tmp_path, [PLACE | {"T_1": text}])[0][6:8] == (value, empty)


def test_a_number_of_json_may_have_an_exponent_and_a_text_may_not(tmp_path):
    rows = json.dumps([PLACE | {"T_1": 0, "T_2": "7"}]).replace('"T_1": 0', '"T_1": 1.5e3')
    assert [c[6] for c in read(tmp_path, None, topics={"T_1": 1, "T_2": 0}, text=rows)] == [1500.0, 7.0]


@pytest.mark.parametrize("text", ["n.v.t.", "1,5", "nan", "inf", "-", "1 000", "1e5", "1E5", "1_000"])
def test_text_in_a_v3_number_names_the_cell(tmp_path, text):
    with pytest.raises(InleesError, match=r"T_1, NL01, 2025JJ00, MW00000, a, b \(pagina 0001.json.gz\)"):
        read(tmp_path, [PLACE | {"T_1": "1"}, PLACE | {"T_1": text, "RegioS": "NL01  "}])


def test_text_in_a_v4_number_names_the_cell(tmp_path):
    rows = [PLACE | {"Measure": "M1", "Value": v, "ValueAttribute": "None"} for v in (1.5, "veel")]
    with pytest.raises(InleesError, match="'veel' bij M1, NL01, 2025JJ00"):
        read(tmp_path, rows, "v4")


@pytest.mark.parametrize("api", ["v3", "v4"])
@pytest.mark.parametrize("cut", [5, 60, -2])
def test_cut_page_is_named(tmp_path, api, cut):
    rows = [PLACE | {"T_1": "1", "Measure": "M1", "Value": 1, "ValueAttribute": "None"}] * 3
    with pytest.raises(InleesError, match=r"0001\.json"):
        read(tmp_path, rows, api, text=json.dumps(rows)[:cut])


@pytest.mark.parametrize(("api", "column"), [("v3", "T_1"), ("v3", "RegioS"), ("v4", "Value"), ("v4", "Perioden")])
def test_missing_column_is_named_with_those_that_are_there(tmp_path, api, column):
    row = PLACE | {"T_1": "1", "Measure": "M1", "Value": 1, "ValueAttribute": "None"}
    del row[column]
    with pytest.raises(InleesError, match=f"kolom {column} ontbreekt; wel gevonden: .*Marges"):
        read(tmp_path, [row], api)


@pytest.mark.parametrize(("column", "code"), [("RegioS", "GM9999"), ("Perioden", "2024JJ00"), ("A", "z"), ("B", None)])
def test_code_that_was_not_asked_for_is_named(tmp_path, column, code):
    with pytest.raises(InleesError, match=f"{column} is {code or 'leeg'}" if code is None else f"{column} is '{code}'"):
        read(tmp_path, [PLACE | {"T_1": "1"}, PLACE | {"T_1": "1", column: code}])


def test_topic_that_was_not_asked_for_is_named(tmp_path):
    with pytest.raises(InleesError, match="'M2' is niet gevraagd"):
        read(tmp_path, [PLACE | {"Measure": "M2", "Value": 1, "ValueAttribute": "None"}], "v4")


def test_page_without_rows(tmp_path):
    assert read(tmp_path, []) == read(tmp_path, [], "v4") == []


def test_names_with_quotes_are_only_names(tmp_path):
    topic = "T'_\"1"
    assert read(tmp_path, [PLACE | {topic: "4"}], topics={topic: 0})[0][1] == topic


@settings(deadline=None, max_examples=12)
@given(values=st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=30), decimals=st.integers(0, 3))
def test_float_noise_goes_and_published_decimals_stay(tmp_path_factory, values, decimals):
    import struct

    published = [v / 10**decimals for v in values]
    noisy = [struct.unpack("f", struct.pack("f", v))[0] for v in published]
    rows = [PLACE | {"Measure": "M1", "Value": v, "ValueAttribute": "None"} for v in noisy]
    folder = tmp_path_factory.mktemp("p")
    assert [c[6] for c in read(folder, rows, "v4", {"M1": decimals})] == published
    # more decimals than the topic says are a figure, not noise
    exact = [PLACE | {"Measure": "M1", "Value": 2.25, "ValueAttribute": "None"}]
    assert read(folder, exact, "v4", {"M1": 1})[0][6] == 2.25


def test_pages_are_read_in_the_order_of_the_source(tmp_path):
    pages = [tmp_path / f"{n:04}.json" for n in (1, 2, 3)]
    for n, page in enumerate(pages, start=1):
        page.write_text(json.dumps([PLACE | {"T_1": str(10 * n + i)} for i in range(2)]))
    with connect(tmp_path) as db:
        gelezen = read_pages(db, pages, tmp_path / "uit.parquet", Leesvraag("v3", ROLLEN, {"T_1": 0}, CODES))
    cells = duckdb.sql(f"SELECT rij, waarde, bestand FROM '{tmp_path}/uit.parquet'").fetchall()
    assert cells == [(2 * n - 1 + i, 10.0 * n + i, f"{n:04}.json.gz") for n in (1, 2, 3) for i in range(2)]
    assert (gelezen.rijen, gelezen.cellen, gelezen.dubbel) == (6, 6, ("NL01, 2025JJ00, A=a|B=b, MW00000",))


def test_the_page_that_does_not_fit_is_named(tmp_path):
    pages = [tmp_path / "0001.json", tmp_path / "0002.json"]
    for page, value in zip(pages, ("1", "x"), strict=True):
        page.write_text(json.dumps([PLACE | {"T_1": value}]))
    with connect(tmp_path) as db, pytest.raises(InleesError, match=r"'x' bij .*pagina 0002\.json\.gz"):
        read_pages(db, pages, tmp_path / "uit.parquet", Leesvraag("v3", ROLLEN, {"T_1": 0}, CODES))


def test_the_database_that_reads_answers_reaches_its_own_folder_only(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "uit"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.csv").write_text("x\n1\n")
    db = connect(inside)
    assert db.execute(f"SELECT x FROM read_csv('{inside}/a.csv')").fetchall() == [(1,)]
    db.execute(f"COPY (SELECT 1) TO '{inside}/b.csv'")
    secret = [1]  # noqa: F841 - a name in Python is no table
    for query in (
        f"FROM read_csv('{outside}/a.csv')",
        f"FROM read_text('{inside}/../uit/a.csv')",
        "FROM read_text('/etc/hostname')",
        f"COPY (SELECT 1) TO '{outside}/b.csv'",
        f"ATTACH '{outside}/c.duckdb'",
        "FROM secret",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        f"SET allowed_directories = ['{outside}']",
    ):
        with pytest.raises(duckdb.Error):
            db.execute(query)
    db.close()
    assert [p.name for p in outside.iterdir()] == ["a.csv"]


def test_decimals_that_are_no_number_are_no_part_of_a_question(tmp_path):
    with pytest.raises(ValueError, match="invalid literal"):
        read(tmp_path, [PLACE | {"T_1": "1"}], topics={"T_1": "0) FROM ruw; --"})

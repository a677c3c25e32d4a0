import cbsodata
import pytest
import requests

V3_PAGE = 10_000


@pytest.fixture
def catalogus(voorbeeld, monkeypatch):
    monkeypatch.setattr(cbsodata.options, "use_https", False)
    return voorbeeld.v3.removeprefix("http://")


@pytest.fixture
def feed(voorbeeld):
    def get(path, table="90002NED", service="ODataFeed", **options):
        return requests.get(
            f"{voorbeeld.v3}/{service}/odata/{table}/{path}",
            params={"$format": "json"} | {f"${k}": v for k, v in options.items()},
            timeout=30,
        )

    return get


def test_cbsodata_reads_a_table_unchanged(catalogus):
    info = cbsodata.get_info("90002NED", catalog_url=catalogus)
    assert info["Title"] == "Vergrijzing; marges en regio"
    assert "VOORBEELDGEGEVENS" in info["Description"]
    rows = cbsodata.get_data("90002NED", catalog_url=catalogus)
    # more than two pages came, each cell once
    assert len(rows) > 2 * V3_PAGE
    assert len({r["ID"] for r in rows}) == len(rows)
    drenthe = [r for r in rows if r["RegioS"] == "Drenthe (PV)" and r["Perioden"] == "2022" and r["Marges"] == "Waarde"]
    assert [r["ArmoedeRelatief_1"] for r in drenthe] == [3.5]


def test_cbsodata_gives_codes_and_both_data_sets(catalogus):
    typed = cbsodata.download_data("90002NED", filters="RegioS eq 'PV22  '", catalog_url=catalogus)
    assert {r["RegioS"] for r in typed["UntypedDataSet" if "UntypedDataSet" in typed else "TypedDataSet"]} == {"PV22  "}
    assert {"TypedDataSet"} == {n for n in typed if n.endswith("DataSet")}
    untyped = cbsodata.download_data("90002NED", typed=True, filters="RegioS eq 'PV22  '", catalog_url=catalogus)
    assert isinstance(untyped["UntypedDataSet"][0]["ArmoedeRelatief_1"], str)


def test_the_catalogues_are_apart(catalogus, voorbeeld):
    own = {t["Identifier"] for t in cbsodata.get_table_list(catalog_url=catalogus)}
    derden = {t["Identifier"] for t in cbsodata.get_table_list(catalog_url=voorbeeld.derden.removeprefix("http://"))}
    assert own == {"90001NED", "90002NED"}
    assert derden == {"90003NED"}
    rows = cbsodata.get_data("90003NED", catalog_url=voorbeeld.derden.removeprefix("http://"))
    assert len(rows) > 342
    with pytest.raises(requests.HTTPError, match="404"):
        cbsodata.get_info("90003NED", catalog_url=catalogus)


def test_an_unknown_table_is_a_404_that_names_it(feed):
    answer = feed("TableInfos", table="99999NED")
    assert answer.status_code == 404
    assert "99999NED" in answer.json()["odata.error"]["message"]["value"]


def test_a_page_has_10000_rows_and_an_absolute_link_that_carries_the_query(feed):
    first = feed("TypedDataSet", filter="Marges ne 'MOG0095  '", select="RegioS,Perioden").json()
    assert len(first["value"]) == V3_PAGE
    assert first["odata.nextLink"].startswith("http://127.0.0.1:")
    second = requests.get(first["odata.nextLink"], timeout=30).json()
    assert set(second["value"][0]) == {"RegioS", "Perioden"}
    rows, link = first["value"] + second["value"], second.get("odata.nextLink")
    while link:
        page = requests.get(link, timeout=30).json()
        rows, link = rows + page["value"], page.get("odata.nextLink")
    assert len(rows) == int(feed("TypedDataSet/$count", filter="Marges ne 'MOG0095  '").text)


def test_a_code_is_padded_and_a_filter_without_the_blanks_finds_nothing(feed):
    assert feed("TypedDataSet", filter="RegioS eq 'PV22'").json()["value"] == []
    found = feed("TypedDataSet", filter="RegioS eq 'PV22  '").json()["value"]
    assert found
    assert {r["RegioS"] for r in found} == {"PV22  "}
    assert {r["Geslacht"] for r in found} == {"T001038  "}
    keys = {len(c["Key"]) for c in feed("RegioS").json()["value"]}
    assert keys == {6}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("startswith(RegioS,'PV2') and Perioden eq '2020JJ00'", 10),
        ("substringof('V22',RegioS) and Perioden eq '2020JJ00'", 1),
        ("substring(RegioS,0,2) eq 'LD' and Perioden eq '2020JJ00'", 4),
        ("(RegioS eq 'PV22  ' or RegioS eq 'NL01  ') and Perioden ge '2020JJ00' and Perioden le '2020JJ00'", 2),
        ("not startswith(RegioS,'GM') and Perioden eq '2020JJ00'", 1 + 4 + 12 + 40),
        ("RegioS gt 'PV22  ' and RegioS lt 'PV25  ' and Perioden eq '2020JJ00'", 2),
    ],
)
def test_filters(feed, text, regions):
    rows = feed("TypedDataSet", filter=text).json()["value"]
    assert len({r["RegioS"] for r in rows}) == regions


@pytest.mark.parametrize("text", ["contains(RegioS,'PV')", "Regio eq 'PV22'", "RegioS eq", "RegioS eq 'PV22", "1 eq 1"])
def test_a_filter_that_v3_does_not_know_is_refused(feed, text):
    answer = feed("TypedDataSet", filter=text)
    assert answer.status_code == 400
    assert answer.json()["odata.error"]["message"]["value"]


def test_odataapi_refuses_what_does_not_fit_and_skip(feed):
    assert feed("TypedDataSet", service="ODataApi").status_code == 400
    assert feed("TypedDataSet", service="ODataApi", skip=10, top=5).status_code == 400
    assert len(feed("TypedDataSet", service="ODataApi", top=5).json()["value"]) == 5


def test_top_skip_and_inlinecount(feed):
    whole = feed("TypedDataSet", filter="RegioS eq 'PV22  '", inlinecount="allpages").json()
    part = feed("TypedDataSet", filter="RegioS eq 'PV22  '", skip=2, top=3).json()
    assert part["value"] == whole["value"][2:5]
    assert whole["odata.count"] == str(len(whole["value"]))


def test_empty_cells_are_null_when_typed_and_dots_or_blanks_when_not(feed):
    question = {"filter": "startswith(RegioS,'GM') and Marges eq 'MW00000  '", "select": "RegioS,ArmoedeRelatief_1"}
    typed = feed("TypedDataSet", **question).json()["value"]
    untyped = feed("UntypedDataSet", **question).json()["value"]
    pairs = {
        (a["ArmoedeRelatief_1"] is None, b["ArmoedeRelatief_1"].strip()) for a, b in zip(typed, untyped, strict=True)
    }
    empty = {text for missing, text in pairs if missing}
    assert empty == {"", "."}
    assert all(text not in ("", ".") for missing, text in pairs if not missing)
    assert len({len(r["ArmoedeRelatief_1"]) for r in untyped}) == 1


def test_periods_have_a_status_and_topics_a_group_path(feed):
    periods = feed("Perioden").json()["value"]
    assert {"Key", "Title", "Description", "Status"} == set(periods[0])
    properties = feed("DataProperties").json()["value"]
    by_id = {p["ID"]: p for p in properties}
    topic = next(p for p in properties if p["Key"] == "Uitval_2")
    assert by_id[topic["ParentID"]]["Title"] == "Mbo"
    assert by_id[by_id[topic["ParentID"]]["ParentID"]]["Title"] == "Onderwijs"


def test_the_feed_writes_atom_unless_asked_for_json(voorbeeld):
    answer = requests.get(f"{voorbeeld.v3}/ODataFeed/odata/90002NED/TypedDataSet", timeout=30)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")


def test_an_answer_is_packed_only_for_who_accepts_it(voorbeeld):
    url = f"{voorbeeld.v3}/ODataFeed/odata/90002NED/RegioS?$format=json"
    packed = requests.get(url, headers={"Accept-Encoding": "gzip"}, timeout=30)
    plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=30)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json()

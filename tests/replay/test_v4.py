import pytest
import requests

V4_PAGE = 100_000


@pytest.fixture
def table(voorbeeld):
    def get(path="", table="90001NED", **options):
        params = {f"${k}": v for k, v in options.items()}
        return requests.get(f"{voorbeeld.v4}/{table}{path}", params=params, timeout=60)

    return get


def _or(count):
    return " or ".join(["RegioS eq 'PV22'"] * count)


def test_the_service_document_names_what_there_is(table):
    names = {e["name"] for e in table().json()["value"]}
    assert {"Observations", "Properties", "MeasureCodes", "MeasureGroups", "RegioSCodes", "PeriodenGroups"} <= names


def test_the_catalogue_has_no_third_parties(voorbeeld):
    rows = requests.get(f"{voorbeeld.v4}/Datasets", timeout=30).json()["value"]
    assert {r["Identifier"] for r in rows} == {"90001NED", "90002NED"}
    assert all("VOORBEELDGEGEVENS" in r["Description"] for r in rows)


def test_an_id_is_case_sensitive_and_an_unknown_one_is_a_404(table):
    assert table("/Properties").status_code == 200
    answer = table("/Properties", table="90001ned")
    assert answer.status_code == 404
    assert "90001ned" in answer.json()["error"]["message"]


def test_codes_are_not_padded(table):
    question = "RegioS eq 'PV22' and Perioden eq '2024JJ00' and Leeftijd eq '10000'"
    first = table("/Observations", filter=question).json()["value"][0]
    assert (first["ValueAttribute"], first["Value"]) == ("None", 504100)
    assert {c["Identifier"] for c in table("/RegioSCodes").json()["value"]} >= {"PV22", "GM0114"}


def test_a_page_has_100000_rows_and_a_link(table):
    first = table("/Observations", filter="Leeftijd ne 'x'", count="true").json()
    total = int(table("/Observations/$count").text)
    assert total > 50_000
    assert first["@odata.count"] == total
    rows, link = first["value"], first.get("@odata.nextLink")
    assert (link is None) == (total <= V4_PAGE)
    while link:
        assert len(rows) % V4_PAGE == 0
        page = requests.get(link, timeout=60).json()
        rows, link = rows + page["value"], page.get("@odata.nextLink")
    assert len({r["Id"] for r in rows}) == total


def test_a_long_answer_is_cut_at_the_page(table, monkeypatch):
    monkeypatch.setattr("assets.bron.voorbeeld.protocol.V4_PAGE", 7)
    first = table("/Observations", filter="RegioS eq 'PV22'", top=10).json()
    assert len(first["value"]) == 7
    second = requests.get(first["@odata.nextLink"], timeout=30).json()
    assert len(second["value"]) == 3
    assert "@odata.nextLink" not in second


def test_a_question_with_too_many_terms_is_refused(table):
    assert table("/Observations", filter=_or(165)).status_code == 200
    answer = table("/Observations", filter=_or(180))
    assert answer.status_code == 400
    assert "node count limit of '1000'" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("startswith(RegioS,'LD')", 4),
        ("contains(RegioS,'V22')", 1),
        ("substring(RegioS,0,2) eq 'PV'", 12),
        ("RegioS eq 'PV22' or RegioS eq 'NL01'", 2),
        ("endswith(RegioS,'0114') and Value ne null and Value gt 5", 1),
    ],
)
def test_filters(table, text, regions):
    rows = table("/Observations", filter=f"Perioden eq '2020JJ00' and ({text})").json()["value"]
    assert len({r["RegioS"] for r in rows}) == regions


@pytest.mark.parametrize("text", ["substringof('PV',RegioS)", "Regio eq 'PV22'", "RegioS in ('PV22')"])
def test_a_filter_that_v4_does_not_know_is_refused(table, text):
    assert table("/Observations", filter=text).status_code == 400


def test_an_empty_cell_is_impossible_and_a_secret_one_absent(table):
    question = "startswith(RegioS,'GM') and Leeftijd eq '10000' and Perioden ge '2010JJ00' and Perioden le '2020JJ00'"
    rows = table("/Observations", filter=question).json()["value"]
    assert {(r["ValueAttribute"], r["Value"] is None) for r in rows} == {("None", False), ("Impossible", True)}
    per_measure = {}
    for r in rows:
        per_measure[r["Measure"]] = per_measure.get(r["Measure"], 0) + 1
    # the second topic has secret cells, the first has not
    assert len(set(per_measure.values())) == 2


def test_metadata_takes_filter_and_select(table):
    rows = table("/RegioSCodes", filter="DimensionGroupId eq 'GMPV22'", select="Identifier,Title").json()["value"]
    current = [r for r in rows if r["Identifier"] == "GM0114"]
    assert current == [{"Identifier": "GM0114", "Title": "Emmen"}]
    assert len(rows) == 12


def test_links_of_dimensions_stay_with_this_server(table, voorbeeld):
    urls = [d["CodesUrl"] for d in table("/Dimensions").json()["value"]]
    assert all(u.startswith(voorbeeld.v4) for u in urls)
    assert requests.get(urls[0], timeout=30).status_code == 200

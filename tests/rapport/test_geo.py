"""Boundaries of municipalities: what is read, and what is refused with the reason."""

import json
from pathlib import Path

import pytest

from assets.rapport.geo import GeoError, gemeenten_van, read_geo

NAMEN = gemeenten_van(2026)


def feature(code: str, jaar: int = 2025, x: float = 6.5, y: float = 52.8, **anders) -> dict:
    ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
    return {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": NAMEN.get(code, code), "jrstatcode": f"{jaar}{code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    } | anders


def write(path: Path, features: list[dict]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def alle(**anders) -> list[dict]:
    return [feature(code, **anders) for code in NAMEN] + [feature("GM0014")]


def test_the_twelve_are_those_of_today() -> None:
    assert len(NAMEN) == 12
    assert NAMEN["GM1680"] == "Aa en Hunze"


def test_a_file_gives_the_twelve_and_no_others(tmp_path: Path) -> None:
    grenzen = read_geo(write(tmp_path / "grenzen.geojson", alle()), NAMEN)
    assert set(grenzen.vlakken) == set(NAMEN)
    assert (grenzen.jaar, grenzen.bestand) == (2025, "grenzen.geojson")
    assert grenzen.vlakken["GM0106"][0][:2] == ((6.5, 52.8), (6.6, 52.8))


def test_all_parts_of_a_municipality_are_read(tmp_path: Path) -> None:
    parts = [feature("GM0106", x=x)["geometry"]["coordinates"] for x in (6.1, 6.3)]
    assen = feature("GM0106", geometry={"type": "MultiPolygon", "coordinates": parts})
    others = [f for f in alle() if f["properties"]["statcode"] != "GM0106"]
    assert len(read_geo(write(tmp_path / "g.geojson", [*others, assen]), NAMEN).vlakken["GM0106"]) == 2


def test_of_a_folder_the_newest_whole_file_is_taken(tmp_path: Path) -> None:
    write(tmp_path / "a.geojson", alle(jaar=2022))
    write(tmp_path / "b.geojson", alle(jaar=2024))
    write(tmp_path / "c.geojson", alle(jaar=2026)[1:])
    (tmp_path / "d.json").write_text("geen json", encoding="utf-8")
    assert read_geo(tmp_path, NAMEN).bestand == "b.geojson"


def test_a_folder_without_a_whole_file_says_of_each_what_is_wrong(tmp_path: Path) -> None:
    write(tmp_path / "provincie.geojson", [feature("PV22")])
    (tmp_path / "kapot.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(GeoError) as found:
        read_geo(tmp_path, NAMEN)
    assert "kapot.geojson: dit is geen GeoJSON" in str(found.value)
    assert "provincie.geojson: dit mist 12 gemeenten" in str(found.value)


def test_an_empty_folder_and_no_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match=r"geen bestand \.geojson"):
        read_geo(tmp_path, NAMEN)
    with pytest.raises(GeoError, match="bestaat niet"):
        read_geo(tmp_path / "weg", NAMEN)


def test_a_missing_municipality_is_named(tmp_path: Path) -> None:
    features = [f for f in alle() if f["properties"]["statcode"] != "GM0119"]
    with pytest.raises(GeoError, match=r"mist een gemeente: Meppel \(GM0119\)"):
        read_geo(write(tmp_path / "g.geojson", features), NAMEN)


@pytest.mark.parametrize(("x", "y"), [(233000.0, 557000.0), (52.8, 6.5), (float("nan"), 52.8)])
def test_coordinates_that_are_not_degrees_are_refused(tmp_path: Path, x: float, y: float) -> None:
    with pytest.raises(GeoError, match=r"(?s)geen graden in Nederland.*EPSG:4326"):
        read_geo(write(tmp_path / "g.geojson", alle(x=x, y=y)), NAMEN)


@pytest.mark.parametrize("text", ["", "[]", '"tekst"', '{"type": "FeatureCollection"}', '{"features": 3}', "\x00\xff"])
def test_what_is_not_geojson_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.geojson"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(GeoError, match=r"g\.geojson: dit is geen GeoJSON"):
        read_geo(path, NAMEN)


@pytest.mark.parametrize(
    "geometry",
    [None, {}, {"type": "Point", "coordinates": [6, 53]}, {"type": "Polygon", "coordinates": [[["a", "b"]]]}],
)
def test_a_municipality_without_a_polygon_is_named(tmp_path: Path, geometry: dict | None) -> None:
    features = alle()
    features[0]["geometry"] = geometry
    with pytest.raises(GeoError, match=f"{next(iter(NAMEN.values()))} heeft geen vlak"):
        read_geo(write(tmp_path / "g.geojson", features), NAMEN)


def test_features_that_are_none_of_ours_are_passed_over(tmp_path: Path) -> None:
    odd = [None, {"properties": None}, {"properties": {"statcode": None}}, 3]
    assert len(read_geo(write(tmp_path / "g.geojson", [*odd, *alle()]), NAMEN).vlakken) == 12


def test_years_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="2022, 2025"):
        read_geo(write(tmp_path / "g.geojson", [feature("GM0106", 2022), *alle()]), NAMEN)


def test_real_boundaries(shared_data: Path) -> None:
    newest = read_geo(shared_data / "geo", NAMEN)
    assert newest.bestand == "gemeente_2025_drenthe_en_omgeving_wgs84.geojson"
    older = read_geo(shared_data / "geo" / "gemeente_2022_drenthe_en_omgeving_wgs84_hires.geojson", NAMEN)
    assert older.jaar == 2022
    assert set(older.vlakken) == set(newest.vlakken) == set(NAMEN)
    with pytest.raises(GeoError, match="mist 12 gemeenten"):
        read_geo(shared_data / "geo" / "provincie_2025_PV22_wgs84.geojson", NAMEN)


def test_bad_boundaries_are_refused_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipelines.cli import main
    from pipelines.nederlands import WRONG_USE

    path = write(tmp_path / "g.geojson", alle()[1:])
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    monkeypatch.setattr("sys.argv", ["monitor", "run", "--geo", str(path), "--uit", str(tmp_path / "uit")])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == WRONG_USE
    assert "mist een gemeente: " in capsys.readouterr().err
    assert not (tmp_path / "opslag").exists()

"""Boundaries of municipalities from a file of the user: GeoJSON in degrees (WGS84), as PDOK, CBS and cartomap give it.

A feature is a municipality: `statcode` (GM0106), `statnaam`, `jrstatcode` (2025GM0106), a polygon or several. Only the
municipalities of the province are kept. Without such a file the report draws tiles (`reports.figuren.landkaart`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from begrippen.fout import MonitorError
from begrippen.gebied import gekozen
from begrippen.regio import gemeenten_op
from reports.grenzen import Grenzen, Ring

# What holds the Netherlands in Europe, in degrees; metres of the national grid lie far outside it.
LENGTE, BREEDTE = (3.0, 7.5), (50.5, 54.0)
RAAD = "Geef gemeentegrenzen als GeoJSON in graden (WGS84, EPSG:4326)"


class GeoError(MonitorError):
    """A file with boundaries that can not be used; the message names the file, what is wrong and what would do."""

    code = "geo"


def gemeenten_van(editie: int) -> dict[str, str]:
    """The municipalities of the tenant on 1 January of the year of an edition: code -> name."""
    gemeenten = gemeenten_op(date(editie, 1, 1))
    own = gemeenten[gemeenten["provincie"] == gekozen().code]
    return dict(zip(own["code"], own["naam"], strict=True))


def read_geo(path: Path, gemeenten: Mapping[str, str]) -> Grenzen:
    """Read the boundaries of `gemeenten` (code -> name) from a file, or from a folder.

    Of a folder the newest file that holds them all is taken: the latest year in `jrstatcode`, then the last name.
    Raises GeoError.
    """
    if path.is_file():
        return _read_file(path, gemeenten)
    if not path.is_dir():
        raise GeoError("dit bestaat niet", waar=str(path), vervolg=RAAD)
    files = sorted(p for p in path.iterdir() if p.suffix.lower() in (".geojson", ".json") and p.is_file())
    if not files:
        raise GeoError("in deze map staat geen bestand .geojson of .json", waar=str(path), vervolg=RAAD)
    found, trouble = [], []
    for file in files:
        try:
            found.append(_read_file(file, gemeenten))
        except GeoError as error:
            trouble.append(f"- {error.waar}: {error.wat}")
    if not found:
        told = "\n".join(["geen bestand heeft de grenzen van alle gemeenten:", *trouble])
        raise GeoError(told, waar=str(path), vervolg=RAAD)
    return max(found, key=lambda g: (g.jaar or 0, g.bestand))


def _read_file(path: Path, gemeenten: Mapping[str, str]) -> Grenzen:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise GeoError(f"dit is niet te lezen ({error.strerror})", waar=path.name, vervolg=RAAD) from error
    except (ValueError, RecursionError) as error:
        raise GeoError("dit is geen GeoJSON", waar=path.name, vervolg=RAAD) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise GeoError("dit is geen GeoJSON: het heeft geen lijst 'features'", waar=path.name, vervolg=RAAD)
    vlakken: dict[str, tuple[Ring, ...]] = {}
    years = set()
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            continue
        properties = feature["properties"]
        code = str(properties.get("statcode", "")).strip()
        if code in gemeenten:
            vlakken[code] = (*vlakken.get(code, ()), *_rings(feature.get("geometry"), path, gemeenten[code]))
            if found := re.match(r"\d{4}(?=GM)", str(properties.get("jrstatcode", ""))):
                years.add(int(found[0]))
    if missing := [f"{naam} ({code})" for code, naam in gemeenten.items() if not vlakken.get(code)]:
        raise GeoError(f"dit mist {_count(missing)}: {', '.join(missing)}", waar=path.name, vervolg=RAAD)
    if len(years) > 1:
        raise GeoError(
            f"dit mengt indelingen van {', '.join(map(str, sorted(years)))}",
            waar=path.name,
            vervolg="Geef een bestand van één jaar",
        )
    return Grenzen(next(iter(years), None), path.name, {code: vlakken[code] for code in gemeenten})


def _count(missing: list[str]) -> str:
    return "een gemeente" if len(missing) == 1 else f"{len(missing)} gemeenten"


def _rings(geometry: Any, path: Path, naam: str) -> Iterator[Ring]:
    """The outer ring of each polygon. A hole is another municipality, which is drawn over it."""
    try:
        coordinates = geometry["coordinates"]
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[geometry["type"]]
        rings = [tuple((float(p[0]), float(p[1])) for p in polygon[0]) for polygon in polygons]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise GeoError(f"{naam} heeft geen vlak (Polygon of MultiPolygon)", waar=path.name, vervolg=RAAD) from error
    for ring in rings:
        for x, y in ring:
            if not (LENGTE[0] <= x <= LENGTE[1] and BREEDTE[0] <= y <= BREEDTE[1]):
                raise GeoError(
                    f"de coördinaten van {naam} zijn geen graden in Nederland ({x:g}, {y:g})",
                    waar=path.name,
                    vervolg=f"{RAAD}, eerst de lengte (6,5), dan de breedte (52,9)",
                )
        if len(ring) < 4:
            raise GeoError(f"een vlak van {naam} heeft maar {len(ring)} punten", waar=path.name, vervolg=RAAD)
        yield ring


def write_geo(grenzen: Grenzen, path: Path) -> None:
    """Write boundaries as `read_geo` reads them, so that a build keeps those that its maps were drawn with."""
    jaar = "" if grenzen.jaar is None else str(grenzen.jaar)
    features = [
        {
            "type": "Feature",
            "properties": {"statcode": code, "jrstatcode": f"{jaar}{code}"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
        }
        for code, rings in grenzen.vlakken.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")

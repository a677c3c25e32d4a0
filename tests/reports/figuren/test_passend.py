"""In every figure: no word against another one, none over the edge, and no line of a border through a name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reports.analyse import Leeftijdsprognose, Prognosejaar
from reports.document import Figuurblok, walk
from reports.figuren import breedte
from reports.model import Rapport
from reports.samenstelling import make_document
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import BREUK, make_indicator, make_rapport, make_thema, punten, with_series

SVG = "{http://www.w3.org/2000/svg}"
# Of a letter, as parts of its size: from its base up, and how much closer two words may come.
HOOGTE, SPELING = 0.74, 0.5


@dataclass(frozen=True)
class Woord:
    """A text in a figure and the box around it, y downwards."""

    tekst: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Woord") -> bool:
        return (
            self.left + SPELING < other.right
            and other.left + SPELING < self.right
            and self.top + SPELING < other.bottom
            and other.top + SPELING < self.bottom
        )


def words(element: ET.Element, given: dict[str, str]) -> Iterator[Woord]:
    """All texts below an element; `given`: what the elements around it say of letters and their place."""
    said = given | {k: v for k in ("text-anchor", "font-weight", "font-size") if (v := element.get(k))}
    assert element.get("transform") is None, "deze toets kent alleen tekst die op haar plaats staat"
    if element.tag == f"{SVG}text" and (tekst := "".join(element.itertext()).strip()):
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        size = float(said["font-size"].removesuffix("px"))
        wide = breedte(tekst, vet=said.get("font-weight") in ("700", "bold")) * size / 13
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[said.get("text-anchor", "start")]
        yield Woord(tekst, left, y - HOOGTE * size, left + wide, y)
    for child in element:
        yield from words(child, said)


def wrong(svg: str) -> list[str]:
    """What is cut or touches in a figure."""
    tree = ET.fromstring(svg)
    _, _, wide, high = (float(n) for n in tree.get("viewBox", "").split())
    # the signs of the wheel are smaller than letters and have a place of their own
    found = [w for w in words(tree, {}) if w.tekst not in ("+", "\N{MINUS SIGN}", "=")]
    cut = [w.tekst for w in found if w.left < -1 or w.right > wide + 1 or w.top < -1 or w.bottom > high + 1]
    return [f"afgesneden: {t}" for t in cut] + [
        f"tegen elkaar: {a.tekst} en {b.tekst}" for a, b in combinations(found, 2) if a.touches(b)
    ]


def rapport_with(**card: Any) -> Rapport:
    een = make_indicator(**card)
    near = {r: punten([62.0, 62.1, 62.0, 62.2, 62.1], status="voorlopig") for r in ("NL01", "PV22", "CR08")}
    lang = {code: punten([1e7 + n, 1.02e7 + n, None, 1.04e7, 1.21e7 + n]) for n, code in enumerate(een.reeksen)}
    kort = {code: s.punten[-2:] for code, s in een.reeksen.items()}
    indicatoren = (
        een,
        with_series(replace(een, id="gelijk", naam="Bijna gelijk", breuken=(BREUK,)), **near),
        with_series(replace(een, id="bedrag", naam="Bedrag", eenheid="euro per huishouden", decimalen=0), **lang),
        with_series(replace(een, id="kort", naam="Twee jaar"), **kort),
        with_series(replace(een, id="geheim", naam="Geheim"), GM0114=punten([1, None]), GM1731=punten([2, None])),
    )
    welvaart = replace(een, id="welvaart", naam="Welvaart", thema="wonen")
    themas = (
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", indicatoren),
        make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", (welvaart,)),
        make_thema(
            "demografie", "Bevolking", "Economie", (replace(een, id="b", naam="Bevolking", thema="demografie"),)
        ),
        make_thema(
            "verdienvermogen", "Geld", "Economie", (replace(een, id="g", naam="Geld", thema="verdienvermogen"),)
        ),
    )
    return make_rapport(themas=themas)


PROGNOSE = tuple(
    Prognosejaar(f"{j}JJ00", j, p := 500_000 + 900 * (j - 2020), p - 500 * (j - 2020), p + 500 * (j - 2020), None)
    for j in range(2022, 2051)
)
WERKELIJK = tuple(
    Prognosejaar(f"{j}JJ00", j, None, None, None, 480_000.0 + 900 * (j - 2000)) for j in range(2000, 2022)
)
LEEFTIJDEN = (
    Leeftijdsprognose("0_tot_15", "2025JJ00", "2050JJ00", 79_000, 82_000, 15.6, 16.2),
    Leeftijdsprognose("15_tot_75", "2025JJ00", "2050JJ00", 369_000, 331_000, 73.1, 65.4),
    Leeftijdsprognose("75_plus", "2025JJ00", "2050JJ00", 57_000, 93_000, 11.3, 18.4),
)


def figures(rapport: Rapport) -> dict[str, str]:
    analyses = replace(ANALYSES, prognose=(*WERKELIJK, *PROGNOSE), leeftijden=LEEFTIJDEN)
    bladen = make_document(rapport, analyses).bladen
    return {f"{b.id}: {f.id}": f.figuur.svg for b in bladen for f in walk(b.blokken) if isinstance(f, Figuurblok)}


@pytest.mark.parametrize("card", [{}, {"eenheid": "aantal", "decimalen": 0, "aggregatie": "som"}])
def test_no_word_of_a_figure_is_cut_or_touches_another(card: dict[str, Any]) -> None:
    found = figures(rapport_with(**card))
    soorten = {naam.rpartition("-")[2] for naam in found} | {naam.partition(": ")[2] for naam in found}
    assert {"lijn", "stippen", "wiel", "gebieden", "prognose", "productiviteitskloof", "pendelstromen"} <= soorten
    assert {naam: w for naam, svg in found.items() if (w := wrong(svg))} == {}


def test_a_word_that_is_cut_or_touches_is_seen() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50' font-size='13'>{}</svg>"
    assert wrong(svg.format("<text x='60' y='20'>Westerveld</text>")) == ["afgesneden: Westerveld"]
    twee = "<text x='2' y='20'>Emmen</text><g text-anchor='end'><text x='70' y='{}'>Assen</text></g>"
    assert wrong(svg.format(twee.format(22))) == ["tegen elkaar: Emmen en Assen"]
    assert wrong(svg.format(twee.format(36))) == []

"""Searching by postcode on the page to explore, where a list is delivered, and that there is none without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports.analyse import Analyses
from reports.html import write_html
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import GEMEENTEN, make_rapport
from tests.toegankelijk.conftest import serve
from tests.toegankelijk.test_verken import use
from tests.toegankelijk.verkenvoorbeeld import KAARTEN, ask, make_verkenner, write_verken

pytestmark = pytest.mark.toegankelijk

EEN, ANDER, DERDE, *_ = GEMEENTEN
# four digits of one municipality, four of two, and four that are a year too
LIJST = {EEN.code: ["1999", "7800", "7801AA"], ANDER.code: ["7801AB", "7802"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rapport = make_rapport(*KAARTEN)
    return write_verken(tmp_path_factory.mktemp("post"), rapport, make_verkenner(rapport, postcodes=LIJST))


def find(folder: Path, *vragen: str) -> list[Any]:
    """The municipalities and the first indicator that each of these gives."""
    found = ask(folder, [], *(f"V.zoek({vraag!r})" for vraag in vragen))
    return [(f["regios"], f["indicatoren"][:1]) for f in found]


GEVONDEN = {
    "7800": ([EEN.code], []),
    "7800 ZZ": ([EEN.code], []),
    "7801 AB": ([ANDER.code], []),
    "7801ab": ([ANDER.code], []),
    # not known by six signs, and four digits of two
    "7801": ([EEN.code, ANDER.code], []),
    "1999": ([], []),
    "1999 AB": ([EEN.code], []),
    "9999 AB": ([], []),
    f"7800 en {DERDE.naam}": ([DERDE.code, EEN.code], []),
    f"{EEN.naam} 7800": ([EEN.code], []),
}


@pytest.mark.parametrize("vraag", list(GEVONDEN))
def test_a_postcode_gives_its_municipality(folder: Path, vraag: str) -> None:
    assert find(folder, vraag)[0][0] == GEVONDEN[vraag][0]


def test_the_words_beside_a_postcode_still_ask_for_a_figure(folder: Path) -> None:
    met, zonder, in_woorden = find(folder, "banen in 7802 XY", "banen", "banen 7802 in 2023")
    assert met == ([ANDER.code], zonder[1]) and in_woorden == met and met[1] == ["banen"]


def test_without_a_list_no_number_is_a_place(tmp_path: Path) -> None:
    assert find(write_verken(tmp_path, make_rapport(*KAARTEN)), "7800", "7801 AB")[0][0] == []


@pytest.mark.parametrize("postcodes", [LIJST, {}], ids=["lijst", "geen lijst"])
def test_a_reader_who_types_a_postcode_gets_the_figure_of_the_municipality(
    postcodes: dict[str, list[str]], tmp_path: Path
) -> None:
    rapport = make_rapport(*KAARTEN)
    document = make_document(rapport, Analyses(verken=make_verkenner(rapport, postcodes=postcodes)))
    write_html(document, tmp_path)
    with serve(tmp_path) as address:
        found = use(address, vragen=["banen 7801 AB"])
    assert found["fouten"] == []
    assert (f"g={ANDER.code}" in found["vragen"][0]["adres"]) == bool(postcodes)
    assert (ANDER.naam in found["vragen"][0]["antwoord"]) == bool(postcodes)

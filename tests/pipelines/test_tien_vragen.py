"""The ten questions of readers, answered from the title page of the whole sample in one click."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assets.rapport.editie import read_editie
from assets.vragen.naast import read_naast
from assets.vragen.rapport import read_rapport
from begrippen.gebied import GEBIEDEN, read_gebied
from tests.tienvragen import Gepubliceerd, missing

DRENTHE = read_gebied(GEBIEDEN / "drenthe")
VRAGEN = read_editie(DRENTHE.edities, 2026).editie.vragen


class Antwoorden(HTMLParser):
    """Links of a page by their text, and the text of the paragraph after each heading with an id."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.antwoorden: dict[str, str] = {}
        self._href = self._kop = ""
        self._text: list[str] | None = None
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._href, self._link = given.get("href") or "", ""
        elif re.fullmatch("h[234]", tag):
            self._kop = given.get("id") or ""
        elif tag == "p" and self._kop:
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.links.setdefault(" ".join(self._link.split()), self._href)
            self._href = ""
        elif tag == "p" and self._text is not None:
            self.antwoorden.setdefault(self._kop, " ".join("".join(self._text).split()))
            self._text, self._kop = None, ""

    def handle_data(self, data: str) -> None:
        if self._href:
            self._link += data
        if self._text is not None:
            self._text.append(data)


@pytest.fixture(scope="module")
def published(voorbeeld):
    assert voorbeeld.code == 0, voorbeeld.text
    return Gepubliceerd(voorbeeld.actueel / "monitor.duckdb", DRENTHE.code)


@pytest.fixture(scope="module")
def voorkant(voorbeeld):
    return Antwoorden(voorbeeld.actueel / "rapport" / "index.html")


def test_there_are_ten_questions():
    assert len(VRAGEN) == 10
    assert len({v.vraag for v in VRAGEN}) == 10


@pytest.mark.parametrize("vraag", VRAGEN, ids=[v.vraag for v in VRAGEN])
def test_a_question_is_answered_in_one_click_by_what_the_database_has(vraag, voorkant, published, voorbeeld):
    page, _, anchor = voorkant.links[vraag.vraag].partition("#")
    antwoord = Antwoorden(voorbeeld.actueel / "rapport" / page).antwoorden[anchor]
    assert missing(antwoord, published.expected(vraag, DRENTHE.buren)) == []


def test_the_neighbours_on_paper_have_the_figures_of_the_database(voorbeeld, published):
    database = voorbeeld.actueel / "monitor.duckdb"
    buren = read_naast(database, read_rapport(database, gebied=DRENTHE))[DRENTHE.code]
    assert [n.regio.code for n in buren] == list(DRENTHE.buren)
    for naast in buren:
        assert len(naast.punten) > 50
        for indicator, punt in naast.punten.items():
            found = published.row(
                "SELECT w.waarde, s.laatste_periode FROM monitor.indicatorwaarde AS w JOIN monitor.stand AS s "
                "ON s.indicator = w.indicator AND s.uitsplitsing = w.uitsplitsing AND s.regio = ? "
                "WHERE w.indicator = ? AND w.regio = ? AND w.periode = ? AND w.uitsplitsing = 'totaal'",
                *(DRENTHE.code, indicator, naast.regio.code, punt.periode),
            )
            assert (found["waarde"], found["laatste_periode"]) == (punt.waarde, punt.periode)

"""The pages of policy made again beside what was published: today's rows, the figures and links of what is there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assets.beleid.cyclus import Cyclus
from assets.beleid.lezen import read_edities
from assets.beleid.tabellen import Beleidsinvoer
from assets.beleid.vormen import Resultaat
from assets.rapport.beleidsvoorbeeld import write_beleidsvoorbeeld
from assets.rapport.tekstvoorbeeld import VoorbeeldError
from reports.hoofdstukken.beleidsblad import BLADEN
from tests.beleid.conftest import DRENTHE


def test_a_new_row_stands_on_the_page_without_a_build(tmp_path, kleine_publicatie):
    made = kleine_publicatie
    mappen = read_edities(DRENTHE.edities, 2026, DRENTHE)
    regel, first = mappen[0].of(Resultaat)[0]
    new = first.model_copy(update={"resultaat": "Een rij die er net bij kwam"})
    rijen = {**mappen[0].rijen, "resultaten.csv": ((regel, new), *mappen[0].of(Resultaat)[1:])}
    mappen = (replace(mappen[0], rijen=rijen), *mappen[1:])
    invoer = Beleidsinvoer(2026, mappen, datetime(2026, 11, 29, tzinfo=UTC), Cyclus())
    before = {p: p.read_bytes() for p in made.actueel.resolve().rglob("*") if p.is_file()}
    pages = write_beleidsvoorbeeld(made.actueel, invoer, tmp_path / "bekijk")
    assert {p.stem for p in pages} == {"opgaven", *BLADEN}
    text = (tmp_path / "bekijk" / "uitvoering.html").read_text("utf-8")
    assert "Een rij die er net bij kwam" in text
    assert "nog niet gepubliceerd" in text
    targets = {t for p in pages for t in re.findall(r"<a [^>]*href=\"([^\"#:]+)", p.read_text("utf-8"))}
    assert [t for t in targets if not (tmp_path / "bekijk" / t).is_file()] == []
    assert before == {p: p.read_bytes() for p in before}
    with pytest.raises(VoorbeeldError, match="heeft geen beleid"):
        write_beleidsvoorbeeld(made.actueel, Beleidsinvoer(2026, (), invoer.built_at, Cyclus()), tmp_path / "leeg")


def test_without_anything_published_it_says_what_to_do(tmp_path):
    invoer = Beleidsinvoer(2026, (), datetime(2026, 11, 29, tzinfo=UTC), Cyclus())
    with pytest.raises(VoorbeeldError, match="monitor run"):
        write_beleidsvoorbeeld(tmp_path, invoer, tmp_path / "bekijk")

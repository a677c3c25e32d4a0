"""The summary in English: the same claims and figures, a word for every verdict, and marked as English."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pikepdf
import pytest

from assets.indicatoren.kaart import read_kaarten
from assets.rapport.editie import check_kern, read_editie
from begrippen.beweringen import OORDEEL_EN, Beweringoordeel
from begrippen.fout import BestandError
from begrippen.gebied import GEBIEDEN
from begrippen.rekenregels import REKENREGELS
from reports.analyse import Analyses
from reports.document import Document, runs
from reports.engels import (
    ANTWOORDEN,
    BLAD,
    MATEN,
    _oordeel,
    getal,
    make_english,
    make_samenvatting_en,
    make_zinnen,
    regel,
)
from reports.fout import DocumentError
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Taal, plain
from reports.pdf import render_pdf
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import OORDEEL, make_indicator, make_rapport

EDITIES = sorted(p for p in GEBIEDEN.glob("*/edities/*/editie.toml") if "[[kern]]" in p.read_text(encoding="utf-8"))


def tafel(**anders: object) -> Schrijftafel:
    card = make_indicator(kaart={"en": "People in work"}, **anders)
    return Schrijftafel(replace(make_rapport(card), kern=("participatie",)), Analyses())


def test_every_verdict_of_a_claim_has_its_words_and_no_other() -> None:
    assert set(OORDEEL_EN) == set(get_args(Beweringoordeel))
    assert set(ANTWOORDEN) == {"gunstig", "ongunstig", "gelijk", "geen"}


@pytest.mark.parametrize("path", EDITIES, ids=lambda p: f"{p.parts[-4]} {p.parent.name}")
def test_every_core_indicator_has_an_english_name_and_measure(path: Path) -> None:
    editie, kaarten = read_editie(path.parents[1], int(path.parent.name)).editie, read_kaarten()
    assert editie.kern
    check_kern(editie, kaarten)
    for id_ in (k.indicator for k in editie.kern):
        card = kaarten[id_]
        assert getal(make_indicator(id=id_, eenheid=card.eenheid, decimalen=card.decimalen), 1234.5)
    nameless = kaarten | {editie.kern[0].indicator: kaarten[editie.kern[0].indicator].model_copy(update={"en": ""})}
    with pytest.raises(BestandError, match="geen naam in het Engels"):
        check_kern(editie, nameless)


def test_a_line_is_different_from_a_year_and_not_from_in_it() -> None:
    desk = tafel()
    b = desk.rapport.beweringen.find("verandering", desk.rapport.indicatoren[0].id, desk.rapport.provincie.code)
    assert b is not None
    still = replace(b, oordeel="geen_verandering", zekerheid="binnen_marge")
    assert _oordeel(desk.rapport.indicatoren[0], still, "in 2022") == "not clearly different from 2022"


def test_a_line_has_the_figure_of_the_claim_with_its_year_and_verdicts() -> None:
    desk = tafel()
    assert regel(desk.rapport, desk.rapport.indicatoren[0]) == (
        "People in work: 63.4% in 2024 (estimate, provisional); better than in 2022, unless that is chance; better "
        "than the Netherlands, unless that is chance."
    )
    counted = Schrijftafel(make_rapport(replace(desk.rapport.indicatoren[0], meting="telling")), Analyses())
    assert "chance" not in regel(counted.rapport, counted.rapport.indicatoren[0])


def test_a_trend_that_two_years_do_not_show_is_told() -> None:
    """'Slightly higher than in 2022' of a figure that worsened since 2018 would be read as stable."""
    for trend, told in (("ongunstig", True), ("geen significante verandering", False)):
        card = make_indicator(
            kaart={"en": "People in work", "merkbaar": 5.0, "merkbaar_maat": "eenheid"},
            oordelen={"PV22": replace(OORDEEL, trend=trend, helling=-1.5)},
        )
        desk = Schrijftafel(make_rapport(card), Analyses())
        zin = regel(desk.rapport, desk.rapport.indicatoren[0])
        assert "slightly higher than in 2022" in zin
        assert ("; moving away from the desired direction from 2018 to 2024" in zin) == told


def test_of_what_is_counted_there_are_more_or_fewer() -> None:
    desk = tafel(eenheid="aantal", aggregatie="som", decimalen=1, richting="neutraal", meting="telling")
    zin = regel(desk.rapport, desk.rapport.indicatoren[0])
    assert "more than in 2022" in zin


def test_a_handful_is_no_count_in_english_either() -> None:
    """'Of 1 indicators 1 is better': under as many as the Dutch sentence wants, there is no count."""
    for aantal, telt in ((1, False), (REKENREGELS.minste_telling, True)):
        cards = [make_indicator(id=f"i{n}", naam=f"I {n}") for n in range(aantal)]
        told = " ".join(make_zinnen(Schrijftafel(make_rapport(*cards), Analyses())))
        assert ("indicators" in told) == telt
        assert (f" {aantal} of these {aantal} differences may be chance" in told) == telt


def test_the_page_is_english_in_every_word_and_stands_in_the_site() -> None:
    blad = make_english(tafel())
    assert blad is not None
    found = [run for blok in blad.blokken for run in runs(blok)]
    assert all(isinstance(run, Taal) and run.taal == "en" for run in found)
    assert "63.4% in 2024" in plain(tuple(found)) and "Sample figures" in plain(tuple(found))
    assert make_document(tafel().rapport).blad(BLAD).titel == "Summary in English"
    assert make_english(Schrijftafel(make_rapport(), Analyses())) is None


def test_the_sheet_is_one_tagged_page_in_english() -> None:
    desk = tafel()
    sheet = make_samenvatting_en(desk, Document("x", "", 2026, desk.rapport.datum, (), concept=True))
    assert sheet is not None and "Draft." in (sheet.melding or "")
    with pikepdf.open(io.BytesIO(render_pdf(sheet, voorblad=False))) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang) == "en" and pdf.Root.MarkInfo.Marked


def test_the_sheet_names_its_embargo_and_its_source() -> None:
    """A draft that is mailed is under embargo in every language; what was made up has no source."""
    desk = tafel()
    moment = datetime(2026, 12, 15, 7, 0, tzinfo=UTC)
    for soort, source in (("bron", True), ("voorbeeld", False)):
        own = replace(desk.rapport, soort=soort, embargo=moment)
        sheet = make_samenvatting_en(
            Schrijftafel(own, Analyses()), Document("x", "", 2026, own.datum, (), concept=True)
        )
        assert sheet is not None
        assert (sheet.melding or "").endswith("Draft. Under embargo until 15 December 2026, 07:00.")
        told = "".join(plain(tuple(runs(blok))) for blok in sheet.bladen[0].blokken)
        assert ("Source: Statistics Netherlands (CBS)." in told) == source
    sheet = make_samenvatting_en(desk, Document("x", "", 2026, desk.rapport.datum, (), concept=True))
    assert sheet is not None and "embargo" not in (sheet.melding or "")


def test_a_figure_that_is_not_confirmed_says_so_in_english() -> None:
    desk = tafel(zekerheid="V")
    assert "(estimate, provisional, unconfirmed)" in regel(desk.rapport, desk.rapport.indicatoren[0])


def test_a_measure_without_a_word_is_refused() -> None:
    assert "parsec" not in MATEN
    with pytest.raises(DocumentError, match="geen woord in het Engels"):
        getal(make_indicator(eenheid="parsec"), 1.0)

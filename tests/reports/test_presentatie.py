"""The slides: what they say, that all of it fits and can be heard, and that the numbers come from the model."""

import io
import itertools
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from reports.analyse import Analyses, Leeftijdsprognose, Prognosejaar
from reports.fout import DocumentError
from reports.hoofdstukken.antwoorden import make_antwoord
from reports.hoofdstukken.boodschappen import MAKERS, make_boodschappen
from reports.hoofdstukken.samenvatting import make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.model import NietBeschikbaar
from reports.stukken import passen
from reports.stukken.dia import Dek, Stuk, Vak
from reports.stukken.grafiek import Balk, Laag, Reeksje, balken, lagen, lijnen, spread
from reports.stukken.kerncijfers import make_gebiedentabel, ontbreekt_zin, voorlopig_zin
from reports.stukken.presentatie import make_presentatie
from reports.zinnen import nagaan_noten
from tests.reports.diakeuring import faults
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import BREUK, OORDEEL, make_indicator, make_rapport, make_thema, punten, with_series

MOMENT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
MELDING, CONCEPT = "Voorbeeldcijfers: verzonnen <cijfers> & niets dan dat.", "Concept: nog niet vastgesteld."
PROGNOSE = tuple(
    Prognosejaar(f"{j}JJ00", j, 500000.0 + 400 * (j - 2025) if j > 2024 else None,
                 490000.0 if j > 2024 else None, 512000.0 if j > 2024 else None, 495000.0 if j < 2027 else None)
    for j in range(2015, 2051)
)  # fmt: skip
LEEFTIJDEN = (Leeftijdsprognose("15_tot_75", "2025JJ00", "2050JJ00", 369000.0, 331000.0, 73.1, 65.4),)


def make_tafel(werkloos: float = 58.3, **anders) -> Schrijftafel:
    """A report with a wheel, four messages with a figure, and an area that stands high and one that stands low."""
    plaats = {"PV22": OORDEEL, "CR07": replace(OORDEEL, positie="bovenste_kwart"), "CR08": OORDEEL, "CR09": OORDEEL}
    werk = make_indicator(id="werkloosheid", naam="Werkloosheidspercentage", richting="lager", oordelen=plaats)
    werk = with_series(werk, PV22=punten([59.4, 59.0, None, 58.6, werkloos], status="voorlopig"))
    werk = replace(werk, breuken=(BREUK,))
    werk = replace(
        werk, standen=werk.standen | {"PV22": replace(werk.standen["PV22"], punt=werk.reeksen["PV22"].punten[-1])}
    )
    deel = make_indicator(id="netto_arbeidsparticipatie", naam="Netto arbeidsparticipatie", oordelen=plaats)
    wel = tuple(
        make_indicator(id=f"wel_{n}", naam=f"Welzijn met een lange naam nummer {n}", thema="wonen", oordelen=plaats)
        for n in range(6)
    )
    themas = (
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", (werk, deel)),
        make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", wel),
    )
    analyses = replace(ANALYSES, prognose=PROGNOSE, leeftijden=LEEFTIJDEN)
    kern = ("werkloosheid", "netto_arbeidsparticipatie", "weg")
    return Schrijftafel(make_rapport(themas=themas, kerncijfers=kern, analyses=analyses, **anders), analyses)


def make(tafel: Schrijftafel, meldingen=(MELDING, CONCEPT)) -> bytes:
    return make_presentatie(tafel, make_wiel(tafel), make_boodschappen(tafel), meldingen, MOMENT)


@pytest.fixture(scope="module")
def raw() -> bytes:
    return make(make_tafel())


@pytest.fixture
def prs(raw):
    return Presentation(io.BytesIO(raw))


def words(prs) -> str:
    """All that stands on the slides, in charts and in notes."""
    found = []
    for slide in prs.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [c.text_frame.text for r in shape.table.rows for c in r.cells]
            if shape.has_chart:
                found += [t.text for t in shape.chart._chartSpace.iter(qn("a:t"))]
            found.append(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))
        found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found).replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_overlaps_is_cut_or_can_not_be_heard(raw):
    assert faults(raw, f"{MELDING} {CONCEPT}") == []


def test_slides_come_in_their_order_and_each_message_with_a_figure_has_one(prs):
    assert [s.shapes.title.text_frame.text for s in prs.slides] == [
        "Stand van de Drentse economie 2026",
        "De boodschappen in het kort",
        "Brede welvaart in beeld",
        "De kerncijfers",
        "Verdienvermogen",
        "Arbeidsmarkt",
        "Wat komt er op ons af",
        "Verschillen binnen Drenthe",
        "De drie gebieden naast elkaar",
        "Waar de cijfers vandaan komen, en hoe zeker zij zijn",
        "Wat u moet weten bij deze cijfers",
    ]
    per_slide = [sum(s.has_chart for s in slide.shapes) for slide in prs.slides]
    assert per_slide == [0, 0, 0, 0, 1, 2, 2, 1, 0, 0, 0]


def test_the_messages_begin_with_the_answer_of_the_front_page(prs):
    told = [p.text for s in prs.slides[1].shapes if s.has_text_frame for p in s.text_frame.paragraphs]
    antwoord = make_antwoord(make_tafel())
    assert antwoord in told and told[told.index(antwoord) + 1].startswith("1. ")


def test_a_line_stops_at_a_gap_and_dashes_what_is_provisional_and_its_numbers_are_dutch(prs):
    chart = next(s.chart for s in prs.slides[5].shapes if s.has_chart)
    series = {s.name: list(s.values) for p in chart.plots for s in p.series}
    assert series["Drenthe, voorlopig"] == [59.4, 59.0]
    assert series["Drenthe, voorlopig (2)"] == [58.6, 58.3]
    assert series["Nederland"] == [60.0, 61.0]
    text = words(prs)
    assert "Drenthe 58,3%*" in text and "−20 euro per arbeidsjaar" in text
    assert "Onderbroken lijn: reeksbreuk." in text
    assert not re.search(r"\b\d+\.\d\b(?!\d)", text.replace(prs.core_properties.title, "").replace("0.1.0", ""))


def test_figures_come_from_the_model_and_what_lacks_is_said(raw):
    other = words(Presentation(io.BytesIO(make(make_tafel(58.9)))))
    assert "58,3%" in words(Presentation(io.BytesIO(raw)))
    assert "58,3%" not in other and "58,9%*" in other
    lost = make_tafel(niet_beschikbaar=(replace(make_tafel().rapport.niet_beschikbaar[0], naam="Iets anders"),))
    assert "geen cijfer voor Drenthe: iets anders." in words(Presentation(io.BytesIO(make(lost))))


def test_what_lacks_is_said_of_the_rows_that_a_paper_chose_by_their_name() -> None:
    tafel = make_tafel()
    weg = tafel.rapport.niet_beschikbaar[0]
    eigen = ontbreekt_zin(tafel, (weg.indicator, *tafel.rapport.kerncijfers), ("kernindicator", "kernindicatoren"))
    assert eigen.startswith(
        f"Van 1 van de {len(tafel.rapport.kerncijfers) + (weg.indicator not in tafel.rapport.kerncijfers)} "
        f"kernindicatoren hebben wij geen cijfer voor Drenthe: {weg.naam[0].lower()}{weg.naam[1:]}. "
    )


def test_what_may_change_is_counted_among_the_rows_and_what_lacks_among_all() -> None:
    """'Van de 9 is er 1 voorlopig. Van 9 hebben wij geen cijfer' read together: of the nine, none."""
    card, zeker, weg = make_indicator(), make_indicator(id="vast", naam="Vast", meting="telling"), "weg"
    vast = replace(zeker.standen["PV22"].punt, status="definitief")
    zeker = replace(zeker, standen={"PV22": replace(zeker.standen["PV22"], punt=vast)})
    tafel = Schrijftafel(
        replace(make_rapport(card, zeker), niet_beschikbaar=(NietBeschikbaar(weg, "Weg", "", "", ""),)), Analyses()
    )
    assert voorlopig_zin(tafel, [card, zeker]).startswith("Van de 2 kerncijfers met een cijfer is er 1 voorlopig:")
    assert ontbreekt_zin(tafel, (card.id, zeker.id, weg)).startswith("Van 1 van de 3 kerncijfers hebben wij geen")
    assert ontbreekt_zin(tafel, (weg,)).startswith("Van 1 kerncijfer hebben wij geen cijfer")


def test_notes_tell_where_figures_come_from_and_how_certain_they_are(prs):
    notes = prs.slides[5].notes_slide.notes_text_frame.text
    assert "tabel 84432NED, stand 17\N{NO-BREAK SPACE}december\N{NO-BREAK SPACE}2025" in notes
    assert "Zekerheid: een schatting uit een steekproef; voorlopig." in notes


def test_a_sample_and_a_draft_say_so_on_every_slide_and_an_edition_that_stands_does_not():
    final = make(make_tafel(soort="cbs", melding=None), ())
    assert faults(final, "Stand van de Drentse economie 2026") == []
    text = words(Presentation(io.BytesIO(final)))
    assert "oncept" not in text and "Voorbeeldcijfers" not in text


def test_without_judgements_there_is_no_wheel_and_without_figures_hardly_a_slide():
    kaal = make_indicator(id="werkloosheid", naam="Werkloosheidspercentage", oordelen={})
    leeg = replace(kaal, standen={}, reeksen={})
    for indicator, least in ((kaal, 6), (leeg, 3)):
        tafel = Schrijftafel(make_rapport(indicator, kerncijfers=("werkloosheid",)), replace(ANALYSES, kloof=None))
        assert make_wiel(tafel) is None
        made = make(tafel)
        assert faults(made, MELDING) == []
        assert len(Presentation(io.BytesIO(made)).slides) >= least


def test_the_same_slides_give_the_same_bytes_with_the_date_of_the_build(raw):
    assert make(make_tafel()) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as zip_:
        assert {i.date_time for i in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-22T02:30:00Z" in zip_.read("docProps/core.xml")
        books = [n for n in zip_.namelist() if n.endswith(".xlsx")]
        with zipfile.ZipFile(io.BytesIO(zip_.read(books[0]))) as book:
            assert b"2026-11-22T02:30:00Z" in book.read("docProps/core.xml")
        assert not [n for n in zip_.namelist() if "thumbnail" in n or "printerSettings" in n]


def _alt(prs):
    picture = next(s for s in prs.slides[2].shapes if s.name == "Wiel")
    picture._element.xpath(".//p:cNvPr")[0].set("descr", "")


def _move(prs):
    box = next(s for s in prs.slides[4].shapes if s.name == "Boodschap")
    box.top += Emu(40 * 12700)


def _out(prs):
    box = next(s for s in prs.slides[1].shapes if s.name == "Boodschappen")
    box.left += Emu(100 * 12700)


def _grow(prs):
    box = next(s for s in prs.slides[1].shapes if s.name == "Boodschappen")
    for paragraph in box.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size *= 2


def _mute(prs):
    prs.slides[3].notes_slide.notes_text_frame.text = ""


def _english(prs):
    prs.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font._element.set("lang", "en-US")


def _same(prs):
    prs.slides[3].shapes.title.text_frame.paragraphs[0].runs[0].text = "Verdienvermogen"


def _no_notice(prs):
    next(s for s in prs.slides[3].shapes if s.name == "Voettekst").text_frame.paragraphs[0].runs[0].text = ""


def _headless(prs):
    next(s.table for s in prs.slides[3].shapes if s.has_table).first_col = False


@pytest.mark.parametrize(
    ("broken", "told"),
    [(_alt, "geen tekst voor wie"), (_move, "over elkaar"), (_out, "buiten de dia"), (_grow, "past niet"),
     (_mute, "geen notities"), (_english, "niet als Nederlands"), (_same, "twee keer"),
     (_no_notice, "melding ontbreekt"), (_headless, "koppen van rijen")],
)  # fmt: skip
def test_the_check_finds_what_is_broken_on_purpose(prs, broken, told):
    broken(prs)
    out = io.BytesIO()
    prs.save(out)
    assert any(told in w for w in faults(out.getvalue(), MELDING))


def test_what_does_not_fit_is_an_error_and_never_cut():
    dek = Dek("Titel", "Proef", "Provincie Drenthe", "Melding", True)
    slide = dek.dia("Proef")
    with pytest.raises(DocumentError, match=r"Dia 'Proef': 'woord woord.*past niet in zijn vak"):
        dek.tekst(slide, "Tekst", [(Stuk("woord " * 400),)], Vak(10, 10, 200, 100))
    with pytest.raises(DocumentError, match="Twee dia's heten 'Proef'"):
        dek.dia("Proef")
    with pytest.raises(DocumentError, match="past niet boven een dia"):
        dek.dia("lang " * 60)
    with pytest.raises(DocumentError, match="melding past niet"):
        Dek("Titel", "Proef", "Provincie Drenthe", "woord " * 400, True)


def test_every_message_with_a_slide_of_its_own_is_one_that_is_made():
    from reports.stukken.platen import PLATEN

    tafel = make_tafel()
    made = {b.soort for make_ in MAKERS if (b := make_(tafel)) is not None}
    assert set(PLATEN) - made <= {"bevolking", "wonen"}, "hun cijfers staan niet in dit voorbeeld"


# --- measuring ---


def test_letters_are_as_wide_as_those_of_arial():
    assert passen.breedte("A", 1000) == pytest.approx(667 * passen.SPELING)
    assert passen.breedte("Drenthe", 1000) == pytest.approx((722 + 333 + 556 + 556 + 278 + 556 + 556) * passen.SPELING)
    assert passen.breedte("é", 10) == passen.breedte("e", 10) and passen.breedte("A", 10, True) > passen.breedte(
        "A", 10
    )


def test_words_run_over_lines_and_one_that_is_too_wide_is_broken():
    room = passen.breedte("een twee", 12) + 0.1
    assert passen.regels("een twee drie", room, 12) == 2
    assert passen.regels("een\ntwee", room, 12) == 2
    assert passen.regels("een" * 20, room, 12) > 3
    assert passen.grootste(["een twee"], (room, 15), (24, 12, 8)) == 12
    assert passen.grootste(["een twee"], (room, 5), (24, 12)) is None


def test_columns_hold_their_longest_word_and_fill_the_table():
    rijen = [("Naam", "Waarde"), ("Bruto binnenlands product per inwoner", "41.559*\n(2024)"), ("Werk", "n.b.")]
    wide = passen.kolommen(rijen, 200, 10, 4)
    assert wide is not None and sum(wide) == pytest.approx(200)
    assert wide[0] > wide[1] >= passen.breedte("Waarde", 10, True) + 8
    assert passen.kolommen(rijen, 60, 10, 4) is None


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8).map(sorted), st.floats(0.1, 50))
@settings(max_examples=60)
def test_labels_that_would_touch_move_apart_and_keep_their_order(wish, need):
    given_ = spread(wish, need)
    assert all(b - a >= need - 1e-6 for a, b in itertools.pairwise(given_))
    assert sum(given_) == pytest.approx(sum(wish), abs=1e-3)


KWAAD = ("=1+1", "@SUM(A1)", "+a", "-2+3", "\t=1")


def test_the_workbook_behind_a_chart_holds_no_formula():
    """A chart of Office has its numbers in a workbook of its own, and who opens that would run what is in it."""
    dek = Dek("t", "o", "u", "voet", melding=False)
    vak = Vak(40, 100, 800, 300)
    balken(dek.dia("a"), vak, [Balk(n, 1.0, "1") for n in KWAAD], KWAAD[0], "alt")
    lagen(dek.dia("b"), vak, KWAAD, [Laag(KWAAD[0], (1,) * len(KWAAD), "000000", "FFFFFF")], "alt")
    lijnen(dek.dia("c"), vak, [Reeksje(KWAAD[0], ((2020.0, 1.0), (2021.0, 2.0)), "000000")], [], "alt")
    books = 0
    for slide in dek.prs.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                books += 1
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                cells = [c for row in openpyxl.load_workbook(io.BytesIO(blob)).active.iter_rows() for c in row]
                assert [c.value for c in cells if c.data_type == "f"] == []
                assert any(c.value == f"'{KWAAD[0]}" for c in cells)
    assert books == 3


def test_below_the_table_of_areas_stands_which_figures_are_not_confirmed() -> None:
    werk, *rest = make_tafel().rapport.indicatoren
    for zekerheid in ("K", "V"):
        card = replace(werk, zekerheid=zekerheid)
        rapport = make_rapport(card, *rest, kerncijfers=("werkloosheid",))
        tabel = make_gebiedentabel(Schrijftafel(rapport, ANALYSES))
        assert tabel is not None and set(nagaan_noten([card])) <= set(tabel.noten)
        assert (werk.naam in " ".join(tabel.noten)) is (zekerheid == "V")

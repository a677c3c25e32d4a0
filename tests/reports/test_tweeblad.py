"""The summary on two pages: what stands on them, and that it is two whatever the figures are."""

import io
from dataclasses import replace

import pikepdf
import pytest

from reports.document import Alinea, Kerncijfers, Melding, check, runs, walk
from reports.fout import DocumentError
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.samenvatting import make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Koppeling
from reports.stukken.kerncijfers import kerncijfers, ontbreekt_zin, voorlopig_zin
from reports.stukken.tweeblad import make_tweeblad, render_tweeblad
from tests.reports.test_presentatie import make_tafel
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, seen
from tests.toegankelijk.pdfboom import bookmarks, faults

MELDING = "Voorbeeldcijfers: verzonnen. Onder embargo tot 15 december 2026, 07.00 uur."


def make(tafel: Schrijftafel, melding: str | None = MELDING, concept: bool = True):
    return make_tweeblad(tafel, make_wiel(tafel), make_boodschappen(tafel), melding, concept)


@pytest.fixture(scope="module")
def tafel() -> Schrijftafel:
    return make_tafel()


@pytest.fixture(scope="module")
def raw(tafel) -> bytes:
    return render_tweeblad(make(tafel))


def test_the_first_page_tells_the_story_and_the_second_how_certain_it_is(tafel):
    eerste, tweede = make(tafel).bladen
    first, second = seen(eerste.blokken), seen(tweede.blokken)
    assert all(b.tekst in first for b in make_boodschappen(tafel))
    assert "Brede welvaart in Drenthe" in first and "1. Wonen" in first
    assert next(b for b in walk(eerste.blokken) if isinstance(b, Kerncijfers)).items
    assert isinstance(eerste.blokken[0], Melding) and MELDING in first and "Concept" in first
    for words in ("Verschil met Nederland", "Sinds twee jaar", "ongunstig", "58,3* 2024", "Zuidoost-Drenthe",
                  "Voorbeeldcijfers, in de vorm van", "CBS, tabel 84432NED", "uit een steekproef"):  # fmt: skip
        assert words in second.replace("\N{NO-BREAK SPACE}", " "), words
    assert "n.b." not in first


def test_a_paper_that_is_mailed_leads_nowhere_but_to_its_own_second_page(tafel):
    document = make(tafel)
    assert check(document) == []
    assert not [r for b in document.bladen for k in walk(b.blokken) for r in runs(k) if isinstance(r, Koppeling)]


def test_it_is_two_pages_a4_and_sound_for_who_can_not_see_it(raw, tmp_path):
    (tmp_path / "samenvatting.pdf").write_bytes(raw)
    assert faults(tmp_path / "samenvatting.pdf") == []
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        sizes = [(round(float(p.mediabox[2])), round(float(p.mediabox[3]))) for p in pdf.pages]
        assert sizes == [(595, 842)] * 2
        assert [t for _, t in bookmarks(pdf)] == [
            "Stand van de Drentse economie 2026 in het kort", "De kerncijfers, en hoe zeker zij zijn",
        ]  # fmt: skip
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Samenvatting van Stand van de Drentse economie 2026"


def test_it_stays_two_pages_with_hardly_a_figure_and_with_the_longest_names():
    kaal = replace(make_indicator(id="kaal", oordelen={}), standen={}, reeksen={})
    lang = [
        make_indicator(id=f"lang_{n}", naam=f"Een indicator met een heel erg lange naam van wel {n} regels in de tabel")
        for n in range(7)
    ]
    for tafel in (
        Schrijftafel(make_rapport(kaal, kerncijfers=("kaal",)), make_tafel().analyses),
        Schrijftafel(make_rapport(*lang, kerncijfers=tuple(i.id for i in lang)), make_tafel().analyses),
    ):
        with pikepdf.open(io.BytesIO(render_tweeblad(make(tafel)))) as pdf:
            assert len(pdf.pages) == 2


def test_what_takes_three_pages_is_refused(tafel):
    document = make(tafel)
    more = replace(document.bladen[1], blokken=(Alinea(("woorden " * 4000,)),))
    with pytest.raises(DocumentError, match=r"is \d bladzijden en moet er 2 zijn"):
        render_tweeblad(replace(document, bladen=(document.bladen[0], more)))


def test_the_same_figures_give_the_same_bytes(tafel, raw):
    assert render_tweeblad(make(make_tafel())) == raw


def test_sentences_count_right():
    tafel = make_tafel()
    assert [i.id for i in kerncijfers(tafel)] == ["werkloosheid", "netto_arbeidsparticipatie"]
    assert voorlopig_zin(tafel).startswith("Alle kerncijfers zijn voorlopig")
    assert ontbreekt_zin(tafel).startswith("Van dit kerncijfer is er geen cijfer voor Drenthe: weg. In totaal heeft 1")
    beleid = tafel.rapport.beleid.model_copy(update={"kerncijfers": ("werkloosheid",)})
    rapport = replace(tafel.rapport, niet_beschikbaar=(), beleid=beleid)
    alles = Schrijftafel(rapport, tafel.analyses)
    assert ontbreekt_zin(alles) == "Alle indicatoren van deze editie hebben een cijfer."
    assert voorlopig_zin(alles) == "Het kerncijfer is voorlopig: de bron kan dat nog wijzigen."
    leeg = Schrijftafel(replace(rapport, beleid=beleid.model_copy(update={"kerncijfers": ()})), tafel.analyses)
    assert voorlopig_zin(leeg) == ""

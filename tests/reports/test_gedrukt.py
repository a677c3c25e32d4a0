"""What is printed: how many pages, how full, what stands on them, and that everyone can read it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from begrippen.oordeellijsten import TREND_WOORDEN, TRENDS
from reports import zetten
from reports.analyse import Analyses
from reports.bladschrijver import size_of
from reports.document import Alinea, Blad, Figuurblok, Kerncijfers, Tabel, check, runs, walk
from reports.figuren import PAPIER, draw_stippen
from reports.figuren.stijl import TEKST
from reports.fout import DocumentError
from reports.gedrukt import vulling
from reports.gedrukt.alle import GSBLAD, HOOFDRAPPORT, VERANTWOORDING, make_stukken, make_uitgegeven, pad_van
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel, zonder_nb
from reports.gedrukt.gebiedsblad import make_gebiedsblad
from reports.gedrukt.lijst import with_lijst
from reports.gedrukt.thema import make_themablad
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Bestand, Doel, Koppeling, Merk, Voorlees, plain
from reports.internwoord import check_woorden, teksten
from reports.model import Indicator
from reports.pdf import Drukopdracht, count_pages, druk_alle, render_alle
from reports.samenstelling import make_document
from reports.standzinnen import tegenspraak_zin
from reports.tekst.zinregels import split_zinnen
from reports.zetten import Gezet, fill
from tests.reports.test_beweringzinnen import moved
from tests.reports.test_presentatie import make_tafel
from tests.reports.voorbeeldrapport import BRON, OORDEEL, make_indicator, make_rapport, make_thema, seen
from tests.toegankelijk.pdfboom import bookmarks, faults

GEBIED = "gebied/GM0114.pdf"


def make_druk(tafel: Schrijftafel) -> Drukwerk:
    return Drukwerk(tafel, make_document(tafel.rapport, tafel.analyses))


def make_volle_tafel() -> Schrijftafel:
    """The desk of the slides with the chapters that its messages lead to."""
    tafel = make_tafel()
    extra = tuple(
        make_thema(id_, id_.title(), "Economie", (make_indicator(thema=id_, id=f"i_{id_}"),))
        for id_ in ("werkgelegenheid", "verdienvermogen", "demografie")
    )
    return Schrijftafel(replace(tafel.rapport, themas=(*tafel.rapport.themas, *extra)), tafel.analyses)


@pytest.fixture(scope="module")
def druk() -> Drukwerk:
    return make_druk(make_volle_tafel())


@pytest.fixture(scope="module")
def opdrachten(druk) -> dict[str, Drukopdracht]:
    return make_uitgegeven(druk) | make_stukken(druk)


@pytest.fixture(scope="module")
def gezet(opdrachten) -> dict[str, Gezet]:
    return druk_alle({naam: opdrachten[naam] for naam in (HOOFDRAPPORT, VERANTWOORDING, GEBIED, GSBLAD)})


@pytest.fixture(scope="module")
def pdfs(gezet) -> dict[str, bytes]:
    return {naam: stuk.pdf for naam, stuk in gezet.items()}


def text_of(opdracht: Drukopdracht) -> str:
    return "\n".join(seen(b.blokken) for b in opdracht.document.bladen)


def test_a_line_of_an_area_is_the_one_of_its_page_and_no_other_than_it_would_draw(druk, monkeypatch):
    bare = Drukwerk(druk.tafel, replace(druk.site, bladen=()))
    places = [(i, g) for g in druk.tafel.rapport.gebieden for i in druk.tafel.rapport.indicatoren]
    drawn = {(i.id, g.code): bare.lijn(i, g) for i, g in places if g != druk.tafel.rapport.provincie}
    on_page = {
        (b.id.removeprefix("lijn-"), blad.id.removeprefix("regio/"))
        for blad in druk.site.bladen
        for b in walk(blad.blokken)
        if blad.id.startswith("regio/") and isinstance(b, Figuurblok)
    } & {place for place, lijn in drawn.items() if lijn}
    assert on_page
    monkeypatch.setattr("reports.gedrukt.drukwerk.draw_lijn", lambda *_: pytest.fail("drawn again"))
    for i, g in places:
        if (i.id, g.code) in on_page:
            assert druk.lijn(i, g) == drawn[i.id, g.code]


def test_a_sheet_draws_no_figure_that_it_does_not_show(druk, monkeypatch):
    """Drawing is most of what a sheet costs, and an indicator for which there is no room is not on it."""
    r = druk.tafel.rapport
    assert any(druk.stippen(i, g) for i in r.indicatoren for g in r.gemeenten)
    drawn = []

    def draw(*args):
        drawn.append(args)
        return draw_stippen(*args)

    monkeypatch.setattr("reports.gedrukt.drukwerk.draw_stippen", draw)
    blokken = [b for g in r.gemeenten for b in walk(make_gebiedsblad(druk, g).bladen[0].blokken)]
    assert len(drawn) == sum(isinstance(b, Figuurblok) and "stippen" in b.id for b in blokken)


def test_a_delivered_file_is_known_by_its_title_wherever_it_is_printed():
    # of StatLine a reader knows the number; how a delivery is called among us says nothing
    tafel = make_volle_tafel()
    levering = replace(BRON, bron="aanlevering", tabel="levering_brede_welvaart", titel="Brede welvaart")

    def geleverd(i: Indicator) -> Indicator:
        standen = {c: replace(s, tabellen=(levering.tabel,)) for c, s in i.standen.items()}
        return replace(i, bronnen=(levering,), standen=standen)

    themas = tuple(replace(t, indicatoren=tuple(map(geleverd, t.indicatoren))) for t in tafel.rapport.themas)
    druk = make_druk(Schrijftafel(replace(tafel.rapport, themas=themas, bronnen=(levering,)), tafel.analyses))
    gemaakt = make_uitgegeven(druk) | make_stukken(druk)
    assert [w for o in gemaakt.values() for w in check_woorden(o.document) if levering.tabel in w] == []
    assert any(
        "aanlevering ‘Brede welvaart’" in t
        for o in gemaakt.values()
        for b in o.document.bladen
        for t in teksten(b.blokken)
    )


def test_every_area_has_a_sheet_the_province_itself_too(druk, opdrachten):
    r = druk.tafel.rapport
    for regio in (r.provincie, *r.corop, *r.gemeenten, *r.samengesteld):
        assert pad_van(regio) in opdrachten
    assert len(opdrachten) == 3 + 1 + len(r.corop) + len(r.gemeenten) + len(r.samengesteld)


def test_what_is_printed_is_on_the_page_of_downloads_with_its_length_and_nothing_that_is_not(druk, pdfs):
    gedrukt = {naam: pdfs[naam] for naam in (HOOFDRAPPORT, GEBIED)}
    document = with_lijst(druk.site, druk.tafel.rapport, gedrukt)
    assert check(replace(document, bestanden=document.bestanden | gedrukt)) == []
    ids = ("gedrukt", "gebiedsbladen")
    tabellen = [b for b in walk(document.blad("downloads").blokken) if isinstance(b, Tabel) and b.id in ids]
    found = {k.naar.pad: rij for tabel in tabellen for rij in tabel.rijen for k in rij.kop if isinstance(k, Koppeling)}
    assert set(found) == set(gedrukt)
    for pad, rij in found.items():
        assert plain(rij.cellen[-2].inhoud) == str(count_pages(gedrukt[pad]))
        assert plain(rij.cellen[-1].inhoud).endswith(" MB")
    # what is the same of every area is told once
    assert [len(t.kolommen) for t in tabellen] == [4, 3]
    assert with_lijst(druk.site, druk.tafel.rapport, {}) == druk.site


def test_the_limits_of_pages_are_those_of_the_readers(opdrachten):
    assert opdrachten[HOOFDRAPPORT].hoogstens == 36
    assert opdrachten[VERANTWOORDING].hoogstens == 12
    assert {(o.minstens, o.hoogstens) for naam, o in opdrachten.items() if naam.startswith(("gebied/", "gs"))} == {
        (2, 2)
    }


@pytest.mark.parametrize("naam", [HOOFDRAPPORT, VERANTWOORDING, GEBIED, GSBLAD])
def test_nothing_is_wrong_with_it_for_who_can_not_see_it(pdfs, naam, tmp_path):
    (tmp_path / "stuk.pdf").write_bytes(pdfs[naam])
    assert faults(tmp_path / "stuk.pdf") == []


@pytest.mark.parametrize("naam", [HOOFDRAPPORT, GEBIED, GSBLAD])
def test_every_page_but_the_last_is_full(gezet, naam):
    *pages, _ = gezet[naam].vulling
    assert pages and min(pages) >= vulling.VOL, [round(p, 2) for p in pages]


def test_of_each_page_is_said_how_full_it_is_and_of_which_that_is_too_little(gezet):
    assert [len(stuk.vulling) for stuk in gezet.values()] == [count_pages(stuk.pdf) for stuk in gezet.values()]
    raw = vulling.as_csv({"a.pdf": (1.0, 0.849, 0.1), "b.pdf": (0.85, 0.2)})
    assert raw.decode().splitlines()[:3] == ["stuk;bladzijde;vulling_procent", "a.pdf;1;100", "a.pdf;2;84"]
    assert vulling.schraal(raw) == ["a.pdf bladzijde 2 (84%)"]


def test_the_fill_of_a_page_is_its_lowest_ink_between_header_and_footer():
    def page(*marks: float) -> bytes:
        image, out = Image.new("RGB", (210, 297), "white"), io.BytesIO()
        for mm in marks:
            image.paste((30, 60, 90), (20, round(mm) - 2, 40, round(mm)))
        image.save(out, "PNG")
        return out.getvalue()

    assert fill(page()) == fill(page(15, 290)) == 0.0
    assert fill(page(25 + 253 / 2, 290)) == pytest.approx(0.5, abs=0.01)
    assert fill(page(60, 277)) == pytest.approx(1.0, abs=0.01)


@pytest.mark.usefixtures("zelf_getekend")
def test_the_same_figures_give_the_same_bytes(druk, pdfs):
    again = make_uitgegeven(make_druk(make_volle_tafel()))
    assert render_alle({GEBIED: again[GEBIED]})[GEBIED] == pdfs[GEBIED]
    assert render_alle({HOOFDRAPPORT: again[HOOFDRAPPORT]})[HOOFDRAPPORT] == pdfs[HOOFDRAPPORT]


def test_a_paper_that_takes_too_many_pages_is_refused_with_what_to_do(opdrachten):
    long = Blad("verhaal", "Lang", "", (Alinea(("woorden " * 6000,)),))
    opdracht = opdrachten[GEBIED]
    too_long = replace(opdracht, document=replace(opdracht.document, bladen=(long,)), krapper=None)
    with pytest.raises(DocumentError, match=r"gebied/GM0114.pdf heeft \d+ bladzijden, en het moeten er 2 zijn"):
        render_alle({GEBIED: too_long})
    # with less to put in it, it is set again until it fits
    again = render_alle({GEBIED: replace(too_long, krapper=opdracht.krapper)})
    assert count_pages(again[GEBIED]) == 2


def test_the_main_report_opens_with_the_verdict_and_each_chapter_with_its_finding(druk, opdrachten):
    document = opdrachten[HOOFDRAPPORT].document
    assert document.oordeel and document.kerncijfers
    inhoud, antwoorden, *_ = document.bladen
    assert inhoud.id == "inhoud"
    assert isinstance(antwoorden.blokken[0], Alinea) and plain(antwoorden.blokken[0].inhoud) == document.oordeel
    for blad in document.bladen:
        first = next((b for b in blad.blokken if isinstance(b, Alinea)), None)
        if blad.id not in ("inhoud", "gebieden-kern", "gemeenten", "meer-weten"):
            assert first is not None and first.rol == "inleiding", blad.id


def test_a_page_opens_with_one_sentence_and_never_with_a_paragraph_of_counts(opdrachten):
    zin = "Van de 20 indicatoren (2022 t.o.v. 2020) staat Drenthe bij 7 hoog. Bij 3 van de 14 kan het toeval zijn."
    eerst, verder = (plain(b.inhoud) for b in make_inleiding(zin) if isinstance(b, Alinea))
    assert f"{eerst} {verder}" == zin and eerst.endswith("hoog.")
    assert make_inleiding(eerst) == [Alinea((eerst,), "inleiding")]
    # a theme of which the province has no figure to open with
    assert make_inleiding("") == []
    for blad in opdrachten[HOOFDRAPPORT].document.bladen:
        for b in walk(blad.blokken):
            if isinstance(b, Alinea) and b.rol == "inleiding":
                assert len(split_zinnen(plain(b.inhoud))) == 1, plain(b.inhoud)


def test_a_chapter_has_at_most_two_figures_and_message_comes_before_figure_before_table(opdrachten):
    for blad in opdrachten[HOOFDRAPPORT].document.bladen:
        blokken = list(walk(blad.blokken))
        figuren = [n for n, b in enumerate(blokken) if isinstance(b, Figuurblok)]
        tabellen = [n for n, b in enumerate(blokken) if isinstance(b, Tabel)]
        assert len(figuren) <= 2, blad.id
        if blad.id.startswith("thema-"):
            assert isinstance(blokken[0], Alinea), blad.id
            assert not figuren or not tabellen or max(figuren) < min(tabellen), blad.id


def test_a_figure_by_itself_is_as_wide_as_its_column_and_all_are_in_one_scale(opdrachten):
    alone = [
        b.figuur
        for naam in (HOOFDRAPPORT, GEBIED, GSBLAD)
        for blad in opdrachten[naam].document.bladen
        for b in blad.blokken
        if isinstance(b, Figuurblok) and b.figuur.hertekend
    ]
    assert {size_of(f)[0] for f in alone} == {PAPIER}
    # what the template makes of a pixel, beside the column that it keeps for a picture, in points
    typ = (Path(zetten.__file__).parent / "sjablonen" / "blokken.typ").read_text()
    pixel = float(re.search(r"#let pixel = ([\d.]+)pt", typ)[1])
    words, gutter = (float(n) for n in re.search(r"columns: \((\d+)mm, 1fr\), column-gutter: (\d+)mm", typ).groups())
    column = (170 - words - gutter) / 25.4 * 72
    assert column - 2 < PAPIER * pixel <= column
    # no smaller than the small print of a page in its own letter
    assert pixel * TEKST >= 8 - 0.01


def test_no_figure_stands_twice(opdrachten):
    ids = [
        b.id
        for blad in opdrachten[HOOFDRAPPORT].document.bladen
        for b in walk(blad.blokken)
        if isinstance(b, Figuurblok)
    ]
    assert len(ids) == len(set(ids))


def test_hardly_anything_is_not_available_and_what_lacks_stands_in_one_place(druk, opdrachten):
    text = text_of(opdrachten[HOOFDRAPPORT])
    assert text.count("n.b.") <= 10
    ontbreekt = seen(opdrachten[HOOFDRAPPORT].document.blad("ontbreekt").blokken)
    for weg in druk.tafel.rapport.niet_beschikbaar:
        assert weg.naam in ontbreekt


def test_what_is_not_available_becomes_a_dash_that_is_heard_and_an_empty_column_goes(druk):
    tabel = next(b for blad in druk.site.bladen for b in walk(blad.blokken) if isinstance(b, Tabel) and b.id == "a-z")
    assert "n.b." not in "".join(plain(c.inhoud) for r in zonder_nb(tabel).rijen for c in r.cellen)
    assert len(zonder_nb(tabel).kolommen) <= len(tabel.kolommen)


@pytest.mark.parametrize("trend", [code for code, (_, soort) in TRENDS.items() if soort == "geen"])
def test_where_no_trend_can_be_told_paper_has_a_dash_whatever_the_words_for_it_are(trend):
    cards = [make_indicator(), make_indicator(id="geen", oordelen={"PV22": replace(OORDEEL, trend=trend)})]
    druk = make_druk(Schrijftafel(make_rapport(*cards), Analyses()))
    _, rij = make_standtabel(druk, "t", "T", [("", cards)], druk.tafel.rapport.provincie).rijen
    # seen as a dash, heard as why
    runs_ = [r for c in rij.cellen for r in c.inhoud]
    assert not [r for r in runs_ if isinstance(r, Merk) and r.tekst == TREND_WOORDEN[trend]]
    assert [r for r in runs_ if isinstance(r, Voorlees) and TREND_WOORDEN[trend] in r.gesproken]


def test_a_trend_that_two_years_hide_is_told_once_on_the_page_of_its_theme():
    card = moved(60.0, 60.01, id="stil", naam="Stil")
    card = replace(card, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=0.4)})
    druk = make_druk(Schrijftafel(make_rapport(card), Analyses()))
    text = seen(make_themablad(druk, druk.tafel.rapport.themas[0], "").blokken)
    assert tegenspraak_zin(druk.tafel.rapport.beweringen, card, druk.tafel.rapport.provincie)
    assert text.count("ver 2018 tot en met 2024") == 1 and "‘Stil’ de gewenste kant op" in text


def test_a_change_of_an_amount_says_on_paper_too_whether_inflation_is_in_it():
    card = make_indicator(id="loon", naam="Loon", eenheid="euro", prijzen="lopend")
    druk = make_druk(Schrijftafel(make_rapport(card), Analyses()))
    tabel = make_standtabel(druk, "t", "T", [("", [card])], druk.tafel.rapport.provincie)
    assert tabel is not None
    (rij,) = tabel.rijen
    assert [plain(c.inhoud) for c in rij.cellen if "inflatie" in plain(c.inhoud)]


def test_a_theme_without_figures_of_the_province_says_so_in_a_sentence():
    indicator = make_indicator(id="kaal", naam="Kaal")
    kaal = replace(
        indicator,
        standen={k: v for k, v in indicator.standen.items() if k.startswith("GM")},
        reeksen={k: v for k, v in indicator.reeksen.items() if k.startswith("GM")},
        oordelen={},
    )
    kaal = replace(kaal, thema="wonen")
    rapport = replace(make_rapport(kaal), themas=(make_thema("wonen", "Wonen", "", (kaal,)),))
    druk = make_druk(Schrijftafel(rapport, Analyses()))
    text = text_of(make_uitgegeven(druk)[HOOFDRAPPORT])
    assert "Over dit thema is er voor Drenthe geen cijfer." in text
    assert "Voor gemeenten is er wel een cijfer, van 1 indicator." in text


def test_links_lead_to_a_page_of_the_website_a_chapter_or_an_address(druk, opdrachten):
    known = {b.id: {getattr(x, "id", None) for x in walk(b.blokken)} for b in druk.site.bladen}
    for naam, opdracht in opdrachten.items():
        own = {b.id for b in opdracht.document.bladen}
        assert not [w for w in check(opdracht.document) if "staat er twee keer" in w or "past niet" in w], naam
        for blad in opdracht.document.bladen:
            for blok in walk(blad.blokken):
                targets = [r.naar for r in runs(blok) if isinstance(r, Koppeling)]
                targets += [k.naar for k in blok.items] if isinstance(blok, Kerncijfers) else []
                for naar in targets:
                    assert not isinstance(naar, Bestand), (naam, blad.id, naar)
                    if isinstance(naar, Doel) and naar.blad not in own:
                        assert naar.blad in known and (not naar.anker or naar.anker in known[naar.blad]), (naam, naar)


def test_a_paper_that_is_mailed_leads_nowhere_but_to_its_own_second_page(opdrachten):
    document = opdrachten[GSBLAD].document
    assert check(document) == []
    assert not [r for b in document.bladen for k in walk(b.blokken) for r in runs(k) if isinstance(r, Koppeling)]


def test_the_sheet_for_gs_tells_the_verdict_the_messages_and_how_certain_it_is(opdrachten):
    first, second = (seen(b.blokken) for b in opdrachten[GSBLAD].document.bladen)
    assert "Gaat het met Drenthe de gewenste kant op?" in first and "De boodschappen" in first
    assert "Sinds twee jaar" in second and "voorlopig" in second


def test_the_chapters_are_bookmarks(pdfs, opdrachten):
    with pikepdf.open(io.BytesIO(pdfs[HOOFDRAPPORT])) as pdf:
        first = [titel for niveau, titel in bookmarks(pdf) if niveau == 1]
        assert first == [b.titel for b in opdrachten[HOOFDRAPPORT].document.bladen]

"""The chapters: which there are, what they say, and that nothing is said that the figures do not."""

import csv
import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from reports.analyse import Analyses, Apart, Leeftijdsprognose, Toets
from reports.cellen import VRAAG_UITLEG
from reports.document import Alinea, Figuurblok, Kop, Lijst, Uitklap, runs, walk
from reports.downloads import csvbestand, gegevens
from reports.fout import DocumentError
from reports.inhoud import Bestand, Doel, Koppeling, plain
from reports.model import NietBeschikbaar, Rapport, Register, Stand
from reports.samenstelling import make_document
from reports.tabel import Tabel
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import (
    GEMEENTEN,
    OORDEEL,
    make_indicator,
    make_rapport,
    make_thema,
    punten,
    seen,
    with_series,
)


@pytest.fixture(scope="module")
def rapport() -> Rapport:
    werk = make_indicator(id="werkloosheid", naam="Werkloosheidspercentage", richting="lager", thema="arbeid")
    werk = replace(
        werk,
        standen={code: replace(s, verschil_nl=1.0, tabellen=("84432NED",)) for code, s in werk.standen.items()},
        oordelen={code: replace(OORDEEL, trend="ongunstig") for code in ("PV22", "CR08", "GM0114")},
        herkomst=dict.fromkeys(("PV22", "CR08"), werk.herkomst["PV22"]),
    )
    stil = make_indicator(id="stil", naam="Alleen gemeenten", thema="arbeid", oordelen={}, herkomst={})
    stil = replace(stil, standen={c: s for c, s in stil.standen.items() if c.startswith("GM")})
    themas = (
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", (make_indicator(),)),
        make_thema("arbeid", "Arbeid en vrije tijd", "Brede welvaart: hier en nu", (werk, stil)),
    )
    return make_rapport(themas=themas, kerncijfers=("werkloosheid",))


@pytest.fixture(scope="module")
def document(rapport: Rapport):
    return make_document(rapport)


def test_no_sentence_has_two_spaces_in_a_row_or_one_before_a_comma(document) -> None:
    lines = [line for b in document.bladen for line in seen(b.blokken).splitlines()]
    # a query keeps its indents
    wrong = [line for line in lines if re.search(r"\S  +\S|\w [,.;:](?= |$)", line) and "monitor." not in line]
    assert not wrong and len(lines) > 1000


def test_pages_come_in_their_groups_and_each_area_has_one(document) -> None:
    assert [g for g, _ in document.groepen] == [
        *("", "Brede welvaart", "Economie", "Verschillen binnen Drenthe", "Beleid", "Naslag")
    ]
    assert {f"regio/{c}" for c in ("CR07", "CR08", "CR09")} | {f"regio/{g.code}" for g in GEMEENTEN} <= {
        b.id for b in document.bladen
    }
    assert document.bladen[0].id == "index" and document.blad("samenvatting").een_pagina


def test_every_indicator_stands_in_full_once_and_has_its_data(document, rapport: Rapport) -> None:
    for indicator in rapport.indicatoren:
        homes = [b.id for b in document.bladen for k in walk(b.blokken) if getattr(k, "id", "") == indicator.id]
        assert len(homes) == 1, indicator.id
        assert f"data/{indicator.id}.csv" in document.bestanden


def test_the_question_of_a_new_reader_is_answered_on_the_page_of_the_area(document) -> None:
    """Is unemployment better or worse than two years ago and than the Netherlands, how certain, where from?"""
    front = [r for k in walk(document.blad("index").blokken) for r in runs(k) if isinstance(r, Koppeling)]
    assert any(r.tekst == "Zuidoost-Drenthe" and r.naar == Doel("regio/CR08") for r in front)
    blad = document.blad("regio/CR08")
    text = seen(blad.blokken)
    slecht = "(ongunstig, als het geen toeval is)"
    assert (
        "Werkloosheidspercentage: 65,4% in 2024 (schatting, voorlopig). Dat is 1,9\xa0procentpunt hoger dan in 2022 "
        f"{slecht} en "
    ) in text
    assert (
        f"procentpunt hoger dan in Nederland {slecht}. Zekerheid: een schatting uit een steekproef; voorlopig" in text
    )
    assert "voorlopig. Bron: 84432NED. Herkomst en uitleg" in text, "het hele antwoord staat in een zin"
    tabel = next(k for k in walk(blad.blokken) if isinstance(k, Tabel) and k.id == "alle-cijfers")
    rij = next(r for r in tabel.rijen if "Werkloosheid" in plain(r.kop))
    assert plain(rij.cellen[1].inhoud) == "+1,9\xa0%-punt − ongunstig?"
    bron = next(r for r in rij.cellen[-1].inhoud if isinstance(r, Koppeling))
    assert bron.tekst == "84432NED" and str(bron.naar).startswith("https://opendata.cbs.nl/statline")
    assert "broncellen" in {getattr(k, "id", "") for k in walk(blad.blokken)}


def test_what_an_area_lacks_is_named_by_theme_and_has_no_row(document) -> None:
    blad = document.blad("regio/CR08")
    assert "Arbeid en vrije tijd: Alleen gemeenten" in seen(blad.blokken)
    tabel = next(k for k in walk(blad.blokken) if isinstance(k, Tabel) and k.id == "alle-cijfers")
    assert all("Alleen gemeenten" not in plain(r.kop) for r in tabel.rijen)


def test_an_area_lacks_nothing_that_is_there_for_the_country_only() -> None:
    landelijk = make_indicator(id="landelijk", naam="Alleen Nederland", oordelen={}, herkomst={})
    landelijk = replace(landelijk, standen={"NL01": landelijk.standen["NL01"]})
    blad = make_document(make_rapport(make_indicator(), landelijk)).blad("regio/CR08")
    assert "Alleen Nederland" not in seen(blad.blokken) and "niet-beschikbaar" not in {
        getattr(k, "id", "") for k in walk(blad.blokken)
    }


def test_what_a_reader_asks_first_and_is_not_there_says_why_on_the_page_of_the_area() -> None:
    weg = NietBeschikbaar("werkloosheid", "Werkloosheidspercentage", "tabel_ontbreekt", "86088NED", "Tabel is er niet.")
    rapport = make_rapport(niet_beschikbaar=(weg,))
    for code, naam in (("CR08", "Zuidoost-Drenthe"), ("GM0114", "Emmen")):
        lijst = next(k for k in walk(make_document(rapport).blad(f"regio/{code}").blokken) if isinstance(k, Lijst))
        assert plain(lijst.items[0]) == f"Werkloosheidspercentage: geen cijfer voor {naam}. Tabel is er niet."


def test_a_check_that_failed_is_told_in_a_sentence_and_its_rows_are_for_who_opens_them() -> None:
    melding = "monitor.x: 54 regels kloppen niet. Fout: indicator a, regio b; indicator c."
    toetsen = (
        Toets("een_toets", "monitor.x", False, False, "elk cijfer heeft een status", 54, melding),
        Toets("een_gat", "monitor.x", False, False, "geen gat", 1, "monitor.x: 1 regel klopt niet."),
        Toets("stuk", "monitor.x", False, False, "geen gat", 0, "monitor.x: kon niet draaien."),
        Toets("goed", "monitor.x", True, True, "alles", 0, "In orde."),
    )
    blad = make_document(make_rapport(), Analyses(toetsen=toetsen)).blad("verantwoording")
    lijst = next(k for k in blad.blokken if isinstance(k, Lijst) and "een toets" in plain(k.items[0]))
    assert [plain(item) for item in lijst.items] == [
        "een toets: elk cijfer heeft een status. 54 regels wijken daarvan af.",
        "een gat: geen gat. 1 regel wijkt daarvan af.",
        "stuk: monitor.x: kon niet draaien.",
    ]
    uitklap = next(k for k in blad.blokken if isinstance(k, Uitklap) and k.titel == "Om welke regels het gaat")
    assert "indicator a, regio b" in seen(uitklap.blokken) and not uitklap.drukken


def test_what_was_set_aside_is_counted_and_named_in_the_account() -> None:
    one = Apart(
        *("levensverwachting", "Levensverwachting", "jaren", "GM0439", "Purmerend", "2021JJ00", "bereik"),
        waarde=0.0,
        reden="elke waarde ligt binnen het bereik dat op haar kaart staat",
    )
    for count, told in ((1, "1 cijfer van"), (60, "60 cijfers van")):
        blad = make_document(make_rapport(), Analyses(apart=(one,) * count)).blad("verantwoording")
        text = seen(blad.blokken)
        for part in (told, "Purmerend (GM0439)", "2021", "binnen het bereik", f"Apart gezette cijfers ({count})"):
            assert part in text
        assert ("eerste 50" in text) == (count == 60)
    assert "Geen enkel cijfer is apart gezet" in seen(make_document(make_rapport()).blad("verantwoording").blokken)


@pytest.mark.parametrize(
    ("codes", "zin"),
    [
        (("GM0114",), "Er is geen figuur: van de 12 gemeenten heeft alleen Emmen een cijfer in 2024."),
        (
            ("GM0106", "GM0114"),
            "Er is geen figuur: van de 12 gemeenten hebben alleen Emmen en Assen een cijfer in 2024.",
        ),
    ],
)
def test_a_theme_with_hardly_a_figure_says_so_and_has_neither_an_empty_table_nor_an_empty_figure(codes, zin) -> None:
    een = make_indicator(oordelen={}, herkomst={})
    een = replace(
        een,
        standen={c: s for c, s in een.standen.items() if c in codes},
        reeksen={c: r for c, r in een.reeksen.items() if c in codes},
    )
    blad = make_document(make_rapport(een)).blad("arbeidsmarkt")
    text = seen(blad.blokken)
    assert zin in text and "Voor Drenthe en Nederland is er bij dit thema geen cijfer. Voor gemeenten" in text
    assert all(k.rijen for k in walk(blad.blokken) if isinstance(k, Tabel))
    assert not [k for k in walk(blad.blokken) if isinstance(k, Figuurblok)]


def test_an_area_without_a_figure_leads_to_its_municipalities_that_have_one() -> None:
    weg = NietBeschikbaar("werkloosheid", "Werkloosheidspercentage", "niveau", "rmbw", "T geeft er geen voor Drenthe.")
    werk = make_indicator(id="werkloosheid", naam="Werkloosheidspercentage", oordelen={}, herkomst={})
    werk = replace(werk, standen={c: s for c, s in werk.standen.items() if c in ("GM0109", "GM0114")})
    blad = make_document(make_rapport(werk, niet_beschikbaar=(weg,))).blad("regio/CR08")
    assert (
        "Werkloosheidspercentage: geen cijfer voor Zuidoost-Drenthe. De bron heeft geen cijfer op dit niveau. Er is "
        "wel een cijfer voor Coevorden en Emmen."
    ) in seen(blad.blokken)


def test_a_task_without_figures_for_drenthe_has_no_empty_table() -> None:
    lokaal = make_indicator(id="lokaal", naam="Alleen lokaal", opgaven=(5,), oordelen={}, herkomst={})
    lokaal = replace(lokaal, standen={c: s for c, s in lokaal.standen.items() if c.startswith("GM")})
    blad = make_document(make_rapport(make_indicator(), lokaal)).blad("opgaven")
    assert [k.id for k in walk(blad.blokken) if isinstance(k, Tabel)] == ["tabel-opgave-2"]
    assert (
        "Spoor: kracht van Drenthe. Voor Drenthe en Nederland is er bij deze opgave geen cijfer. Voor gemeenten "
        "is er wel een cijfer, van Alleen lokaal."
    ) in seen(blad.blokken)
    assert "≈ benadering" in "".join(next(k for k in walk(blad.blokken) if isinstance(k, Tabel)).noten)


def test_the_heat_table_says_with_a_sign_what_its_tint_says(rapport: Rapport) -> None:
    document = make_document(rapport)
    tabel = next(k for k in walk(document.blad("verschillen").blokken) if getattr(k, "id", "") == "hitte-corop")
    cel = next(r for r in tabel.rijen if "Werkloosheid" in plain(r.kop)).cellen[1]
    # of an estimate without a margin that may be chance
    assert cel.vlak == "ongunstig" and plain(cel.inhoud).endswith(" −?") and tabel.noten[-1] == VRAAG_UITLEG


def test_the_wheel_and_its_table_count_the_same(document) -> None:
    blad = document.blad("samenvatting")
    wiel = next(k for k in walk(blad.blokken) if isinstance(k, Figuurblok) and k.id == "wiel")
    assert wiel.figuur.kop.endswith(
        ": van 1 getoetste trend met een gewenste kant (over 2018 tot en met 2024) geen gunstig, 1 ongunstig"
    )
    tabel = next(k for k in walk(blad.blokken) if isinstance(k, Tabel))
    assert [plain(c.inhoud) for c in tabel.rijen[0].cellen] == ["2", "–", "1", "–", "–", "–", "1"]
    assert plain(tabel.rijen[0].kop) == "1. Arbeid en vrije tijd"


def test_messages_are_made_of_the_figures(document) -> None:
    text = seen(document.blad("samenvatting").blokken)
    assert "De werkloosheid is 63,4% in 2024 (schatting, voorlopig): 1,9\xa0procentpunt hoger dan in 2022" in text
    assert "Brede welvaart. " not in text, "met een oordeel is er over brede welvaart niets te zeggen"


def test_well_being_is_told_where_enough_was_judged() -> None:
    trends = ("gunstig", "ongunstig", "ongunstig", "geen significante verandering", "geen significante verandering")
    cards = [
        make_indicator(id=f"i{n}", thema="wonen", oordelen={"PV22": replace(OORDEEL, trend=trend)})
        for n, trend in enumerate(trends)
    ]
    rapport = make_rapport(themas=(make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", tuple(cards)),))
    text = seen(make_document(rapport).blad("samenvatting").blokken)
    trends = "Van de 5 getoetste trends met een gewenste kant (2018 tot en met 2024)"
    assert f"{trends} gaat er 1 de gewenste kant op en 2 de andere kant" in text
    assert "staat Drenthe bij geen in het gunstigste kwart en bij 5 in het ongunstigste." in text


def test_a_wheel_that_would_be_empty_makes_room_for_the_municipalities() -> None:
    plaats = replace(OORDEEL, positie="bovenste_kwart", trend="te weinig gegevens")
    cards = [
        make_indicator(id=f"i{n}", thema="wonen", oordelen={g.code: plaats for g in GEMEENTEN[:3]}) for n in range(5)
    ]
    rapport = make_rapport(themas=(make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", tuple(cards)),))
    blad = make_document(rapport).blad("samenvatting")
    assert not [k for k in walk(blad.blokken) if isinstance(k, Figuurblok)]
    text = seen(blad.blokken)
    assert "Wonen|5|15|–|–" in text
    begin = (
        "De twaalf gemeenten hebben samen 15 plaatsen onder de gemeenten in Nederland met een cijfer, bij indicatoren"
    )
    assert f"{begin} met een gewenste kant (2024): 15 in het gunstigste kwart" in text


def test_without_the_register_the_chapter_says_so() -> None:
    card = make_indicator(thema="werkgelegenheid")
    text = seen(
        make_document(
            make_rapport(
                themas=(make_thema("werkgelegenheid", "Werk", "Economie", (card,)),),
                register=Register(reden="Niet ingelezen."),
            )
        )
        .blad("werkgelegenheid")
        .blokken
    )
    assert "zit niet in dit rapport. Niet ingelezen." in text


def test_the_text_of_an_editor_stands_after_the_introduction(rapport: Rapport) -> None:
    eigen = (Alinea(("Wij zien dit ook.",)),)
    document = make_document(rapport, teksten={"arbeidsmarkt": eigen, "regio/CR08": eigen})
    for blad in ("arbeidsmarkt", "regio/CR08"):
        assert document.blad(blad).blokken[1] is eigen[0]
    with pytest.raises(DocumentError, match="tekst voor het blad nergens"):
        make_document(rapport, teksten={"nergens": eigen})


def test_csv_keeps_every_value_its_status_and_the_reason_of_every_gap() -> None:
    card = with_series(make_indicator(), PV22=punten([1.25, None, 1234567.123456789]))
    content = csvbestand.write(gegevens.CIJFER, gegevens.of_indicator(card, voorbeeld=True))
    assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == gegevens.namen(gegevens.CIJFER)
    ours = [r for r in rows if r["regiocode"] == "PV22"]
    assert [(r["periode"], r["waarde"], r["leeg_reden"]) for r in ours] == [
        ("2020JJ00", "1,25", ""),
        ("2021JJ00", "", "geheim"),
        ("2022JJ00", "1234567,12345679", ""),
    ]
    assert {r["status"] for r in rows if r["periode"] == "2024JJ00"} == {"voorlopig"}
    assert len(rows) == 3 + 16 * 5
    assert {r["opmerking"] for r in rows} == {"voorbeeldcijfer"}, "ook een losse rij zegt dat zij verzonnen is"
    assert len(gegevens.of_regio([card], "CR08", voorbeeld=True)) == 5


def test_every_figure_of_an_analysis_has_its_data_and_its_query() -> None:

    werk = make_indicator(thema="werkgelegenheid", id="werk")
    geld = make_indicator(thema="verdienvermogen", id="geld")
    themas = (
        make_thema("werkgelegenheid", "Werk", "Economie", (werk,)),
        make_thema("verdienvermogen", "Verdienen", "Economie", (geld,)),
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", (make_indicator(),)),
    )
    document = make_document(make_rapport(themas=themas, analyses=ANALYSES), ANALYSES)
    figuren = [k for b in document.bladen for k in walk(b.blokken) if isinstance(k, Figuurblok)]
    eigen = [f for f in figuren if f.id in ("productiviteitskloof", "banengroei", "bedrijfstakken", "pendelstromen")]
    assert len(eigen) == 4
    for figuur in eigen:
        naar = next(r.naar for r in figuur.bijschrift if isinstance(r, Koppeling))
        assert naar == Bestand(f"data/analyse/{figuur.id}.csv") and figuur.uitklap


def test_a_stand_without_value_is_no_point() -> None:
    card = make_indicator(standen={"PV22": Stand(None)})
    assert card.punt("PV22") is None and card.punt("CR08") is None


def figures(blad) -> dict[str, Figuurblok]:
    return {k.id: k for k in walk(blad.blokken) if isinstance(k, Figuurblok)}


def test_a_chapter_and_the_overview_show_the_municipalities_in_one_frame(document) -> None:
    csv = Bestand("data/werkloosheid.csv")
    for blad, id_ in (("thema/arbeid", "werkloosheid-veelluik"), ("verschillen", "werkloosheid-veelluik")):
        blok = figures(document.blad(blad))[id_]
        alineas = [k for k in walk(blok.uitklap) if isinstance(k, Alinea)]
        assert any(getattr(r, "naar", None) == csv for k in alineas for r in k.inhoud)


def test_the_forecast_by_age_is_drawn_with_its_data_and_says_what_it_lacks() -> None:
    leeftijden = (
        Leeftijdsprognose("0_tot_15", "2025JJ00", "2050JJ00", 79_000, 82_000, 15.6, 16.2),
        Leeftijdsprognose("15_tot_75", "2025JJ00", "2050JJ00", 369_000, 331_000, 73.1, 65.4),
        Leeftijdsprognose("75_plus", "2025JJ00", "2050JJ00", 57_000, 93_000, 11.3, 18.4),
    )
    themas = (make_thema("demografie", "Bevolking", "", (make_indicator(thema="demografie"),)),)
    document = make_document(
        make_rapport(themas=themas, analyses=Analyses(leeftijden=leeftijden)), Analyses(leeftijden=leeftijden)
    )
    blok = figures(document.blad("vooruitblik"))["leeftijdsopbouw"]
    assert blok.figuur.kop == (
        "Verwacht in 2050: 36.000 meer van 75 jaar of ouder, 38.000 minder van 15 tot 75 jaar en 3.000 meer van "
        "0 tot 15 jaar dan in 2025"
    )
    assert "0 tot 15 jaar: 79.000 (16%) en 82.000 (16%)." in blok.figuur.alt
    assert "kent geen geslacht" in blok.figuur.noten[0]
    rows = document.bestanden["data/analyse/leeftijden.csv"].decode("utf-8-sig").splitlines()
    assert sum("75_plus" in r for r in rows) == 4 and any("75_plus" in r and "93000" in r for r in rows), rows


def test_no_heading_stands_above_nothing_on_paper(document) -> None:
    for blad in document.bladen:
        printed = [b for b in blad.blokken if not (isinstance(b, Uitklap) and not b.drukken)]
        for blok, after in pairwise([*printed, Kop(1, "einde", "einde")]):
            assert not (isinstance(blok, Kop) and isinstance(after, Kop) and after.niveau <= blok.niveau), (
                blad.id,
                blok,
            )

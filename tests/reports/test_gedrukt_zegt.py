"""What a printed page says: no more than it shows, whose areas those are, and what its signs mean."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from begrippen.huisstijl import BLAUW
from reports.analyse import Analyses, Naast
from reports.document import Alinea, Blad, Figuurblok, Tabel, walk
from reports.gedrukt import gebieden
from reports.gedrukt.beleid import make_ketenblad, make_opgavebladen, make_signaalblad
from reports.gedrukt.drukwerk import Drukwerk, make_standtabel
from reports.gedrukt.gebieden import kwartnoten, make_gebiedenkern, make_gemeentenblad, make_naasttabel
from reports.gedrukt.gebiedsblad import make_gebiedsblad
from reports.gedrukt.gsblad import make_gsblad
from reports.gedrukt.hoofdrapport import make_hoofdrapport
from reports.gedrukt.opening import make_kernblad
from reports.gedrukt.thema import bevinding, make_themablad
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Voorlees, plain
from reports.model import Indicator
from reports.samenstelling import make_document
from reports.tabel import Cel, Kolom, Rij, Rijgroep
from reports.uitvoering import Uitvoering
from tests.reports.test_beweringzinnen import moved
from tests.reports.voorbeeldrapport import GEBIED, LEDEN, make_indicator, make_rapport, make_thema, seen


def make_druk(*cards: Indicator, **anders) -> Drukwerk:
    tafel = Schrijftafel(make_rapport(*cards, **anders), Analyses())
    return Drukwerk(tafel, make_document(tafel.rapport, tafel.analyses))


def only(card: Indicator, *codes: str) -> Indicator:
    """The card with figures of regions whose code begins so."""
    return replace(
        card,
        standen={k: v for k, v in card.standen.items() if k.startswith(codes)},
        reeksen={k: v for k, v in card.reeksen.items() if k.startswith(codes)},
        oordelen={},
    )


def test_a_theme_of_which_only_the_country_has_figures_says_so_and_counts_nothing_as_shown():
    card = only(make_indicator(id="kaal", naam="Kaal", thema="wonen"), "NL")
    druk = make_druk(themas=(make_thema("wonen", "Wonen", "", (card,)),))
    text = seen(make_themablad(druk, druk.tafel.rapport.themas[0], "").blokken)
    assert "Over dit thema is er alleen een cijfer voor Nederland." in text
    assert "Op de website: dit thema." in text and "andere" not in text


def test_what_a_page_shows_in_a_figure_is_no_other_indicator_of_the_website():
    card = only(make_indicator(id="kaal", naam="Kaal", thema="wonen"), "GM")
    druk = make_druk(themas=(make_thema("wonen", "Wonen", "", (card,)),))
    blad = make_themablad(druk, druk.tafel.rapport.themas[0], "")
    assert [b for b in walk(blad.blokken) if isinstance(b, Figuurblok)]
    assert "Op de website" not in seen(blad.blokken)


def make_beleid(*cards: Indicator, uitkomst: str = "geen_cijfer") -> Drukwerk:
    ketting = {
        "editie": 2026, "opgave": "2", "naam": "Werken", "indicatoren": 29, "signalen": 2, "signalen_past_niet": 1,
        "resultaten": 3, "resultaten_verantwoord": 0, "instrumenten": 1, "evaluaties": 0, "geld_van": None,
        "geld_tot": None, "geld": None,
    }  # fmt: skip
    signaal = {"editie": 2026, "opgaven": ["2"], "bewering": "stijgt", "uitkomst": uitkomst}
    signalen = ({**signaal, "ontvangen": "2014-05"}, {**signaal, "ontvangen": "2024-01"})
    u = Uitvoering(2026, {"ketting": (ketting,), "signaal": signalen})
    tafel = Schrijftafel(replace(make_rapport(*cards), uitvoering=u), Analyses())
    leeg = replace(make_document(make_rapport(*cards), Analyses()), bladen=(Blad("signalen", "Signalen", "", ()),))
    return Drukwerk(tafel, leeg)


def test_a_task_counts_the_indicators_with_a_figure_of_all_and_says_of_when_its_signals_are():
    cards = (make_indicator(), only(make_indicator(id="kaal", naam="Kaal"), "NL"))
    blad = make_ketenblad(make_beleid(*cards))
    assert blad is not None
    (tabel,) = (b for b in blad.blokken if isinstance(b, Tabel))
    indicatoren, signalen, *_ = (plain(c.inhoud) for c in tabel.rijen[0].cellen)
    assert (indicatoren, signalen) == ("1 van 29", "2, van 2014-2024")
    assert "aangeleverd" not in tabel.bijschrift and "Andere kant" not in " ".join(tabel.noten)


def test_signals_point_the_other_way_only_where_one_can_be_held_against_a_figure():
    blad = make_ketenblad(make_beleid(make_indicator(), uitkomst="past_niet"))
    assert blad is not None and "2, van 2014-2024, 2 andere kant" in seen(blad.blokken)
    geen = make_signaalblad(make_beleid(make_indicator()))
    assert geen is not None
    assert seen(geen.blokken) == (
        "Van geen van de 2 signalen is met een cijfer na te gaan of het klopt.\n"
        "De signalen zijn van 2014 tot en met 2024."
    )


def test_tasks_with_a_row_or_two_share_a_page_and_a_figure_of_more_of_them_stands_once():
    cards = (make_indicator(opgaven=(1, 2, 3)), make_indicator(id="b", naam="Banen", opgaven=(2,)))
    (blad,) = make_opgavebladen(make_druk(*cards))
    (tabel,) = (b for b in blad.blokken if isinstance(b, Tabel))
    assert [plain(g.kop) for g in tabel.groepen] == ["Opgave 1, 2 en 3", "Opgave 2"]
    assert "Bij opgave 4 en 5 is er geen indicator met een cijfer voor Drenthe." in seen(blad.blokken)
    veel = [make_indicator(id=f"i{n}", naam=f"Naam {n}") for n in range(5)]
    assert len(make_opgavebladen(make_druk(*veel))) > 1


def test_a_column_of_municipalities_says_of_which_year_it_is_and_that_it_is_estimated():
    blad = make_gemeentenblad(make_druk())
    assert blad is not None
    (tabel,) = (b for b in blad.blokken if isinstance(b, Tabel))
    assert plain(tabel.kolommen[1].kop) == "Netto arbeidsparticipatie %, 2024, schattingen, voorlopig"


def test_an_area_is_marked_among_the_municipalities_of_the_province_and_has_its_own_line():
    druk = make_druk()
    r = druk.tafel.rapport
    corop = r.corop[0]
    blok, kaal = druk.stippen(r.indicatoren[0], corop), druk.stippen(r.indicatoren[0], r.provincie)
    assert blok is not None and kaal is not None and blok.id != kaal.id
    assert f"Vet: de gemeenten in {corop.naam}." in blok.figuur.noten
    assert f"{GEBIED.bijvoeglijk} gemeenten" in blok.figuur.kop and GEBIED.bijvoeglijk not in kaal.figuur.kop
    assert f"{corop.naam}:" in blok.figuur.alt and f"{corop.naam}:" not in kaal.figuur.alt
    assert blok.figuur.svg.count(BLAUW) > kaal.figuur.svg.count(BLAUW)
    gemeente = druk.stippen(r.indicatoren[0], LEDEN[corop.code][0])
    assert gemeente is not None and f"{r.provincie.naam}:" in gemeente.figuur.alt


def test_a_table_of_members_says_that_those_of_another_province_are_not_in_it():
    r = make_rapport()
    elders = replace(r.gemeenten[0], code="GM9999", naam="Elders")
    regio = replace(r.corop[0], code="RX", naam="Over de grens", soort="samengesteld")
    card = make_indicator()
    card = replace(
        card,
        standen=card.standen | {"RX": card.standen["CR07"]},
        reeksen=card.reeksen | {"RX": replace(card.reeksen["CR07"], regio=regio)},
    )
    druk = make_druk(card, samengesteld=(regio,), leden={**LEDEN, "RX": (*r.gemeenten[:2], elders)})
    text = seen(make_gebiedsblad(druk, regio).bladen[1].blokken)
    assert f"De {GEBIED.bijvoeglijk} gemeenten in Over de grens" in text
    assert f"De gemeenten in {r.corop[0].naam}" in seen(make_gebiedsblad(druk, r.corop[0]).bladen[1].blokken)


def test_a_sheet_without_a_verdict_says_that_recent_figures_lack():
    druk = make_druk()
    eerste = make_gebiedsblad(druk, druk.tafel.rapport.gemeenten[0]).bladen[0]
    leads = [plain(b.inhoud) for b in eerste.blokken if isinstance(b, Alinea)]
    assert leads[0].startswith(("Er zijn geen recente cijfers om te zeggen of het in", "Deze editie", "Vergeleken"))
    assert all(leads)


def test_the_caption_names_only_what_the_table_has_beside_the_figures():
    card = make_indicator()
    alleen = replace(card, standen={"PV22": replace(card.standen["PV22"], editie_periode=None)}, oordelen={})
    p = make_rapport().provincie
    for cards, slot in (((card,), ", naast Nederland en twee jaar eerder"), ((alleen,), ", naast Nederland")):
        tabel = make_standtabel(make_druk(*cards), "t", "Cijfers", [("", cards)], p, naast=True)
        assert tabel is not None and tabel.bijschrift == f"Cijfers{slot}"


def test_a_printed_table_says_what_is_estimated_and_what_is_not_confirmed():
    """Only of its own rows: on paper there is no page of the indicator that says so."""
    card, land = make_indicator(zekerheid="V"), only(make_indicator(id="land", naam="Landelijk", zekerheid="V"), "NL")
    druk = make_druk(card, land)
    p = druk.tafel.rapport.provincie
    nagaan = "Wij kijken nog na of dit het bedoelde cijfer van de bron is: Netto arbeidsparticipatie."
    tabel = make_standtabel(druk, "t", "T", [("", [card, land])], p)
    assert tabel is not None
    assert {"1 van deze cijfers is een schatting waarbij de bron geen marge geeft.", nagaan} <= set(tabel.noten)
    buur = Naast(druk.tafel.rapport.corop[0], {card.id: card.standen["PV22"].punt})
    naast = make_naasttabel(druk, ("n", "N"), [card], p, [buur])
    assert naast is not None and nagaan in naast.noten and "schatting" in plain(naast.rijen[0].kop)
    bladen = (make_gemeentenblad(druk), make_gebiedenkern(druk))
    kern = [b for blad in bladen if blad for b in walk(blad.blokken) if isinstance(b, Tabel) and "kern-" in b.id]
    assert [nagaan in t.noten for t in kern] == [True, True]
    zeker = make_indicator(meting="telling")
    tabel = make_standtabel(make_druk(zeker), "t", "T", [("", [zeker])], p)
    assert tabel is not None and not any("schatting" in n or "kijken nog na" in n for n in tabel.noten)
    assert "nog niet bevestigd" in bevinding(druk, card) and "bevestigd" not in bevinding(druk, zeker)


def test_a_mean_price_says_on_paper_too_that_not_the_same_was_sold():
    wonen = {"eenheid": "euro", "prijzen": "lopend", "meting": "telling", "aggregatie": "niet"}
    for id_, told in (("verkoopprijs_woningen", True), ("huur", False)):
        druk = make_druk(make_indicator(id=id_, naam="Prijs", **wonen))
        blad = make_themablad(druk, druk.tafel.rapport.themas[0], "Thema’s")
        assert ("Het zijn niet overal dezelfde soorten woningen." in seen(blad.blokken)) == told


def test_an_approximation_without_some_members_names_them_as_the_website_does():
    card = make_indicator()
    punt = replace(card.standen["PV22"].punt, benadering=True, zonder=("Westerveld",))
    card = replace(card, standen=card.standen | {"PV22": replace(card.standen["PV22"], punt=punt)})
    tabel = make_standtabel(make_druk(card), "t", "T", [("", [card])], make_rapport().provincie)
    assert tabel is not None and "Een benadering zonder Westerveld: Netto arbeidsparticipatie." in tabel.noten


@pytest.mark.parametrize(("aantal", "toeval"), [(4, True), (6, False)])
def test_few_core_indicators_that_all_moved_one_way_may_be_chance(aantal, toeval):
    cards = [moved(60.0, 70.0, id=f"i{n}", naam=f"Naam {n}") for n in range(aantal)]
    text = seen(make_kernblad(make_druk(*cards, kern=tuple(c.id for c in cards))).blokken)
    assert f"{aantal} beter en geen slechter dan twee jaar eerder." in text
    assert ("Met zo weinig kan dat verschil toeval zijn." in text) is toeval


@pytest.mark.parametrize(
    ("teken", "noot"), [("+", "+ in het"), ("\N{MINUS SIGN}?", "+ in het"), ("▼", "▲ hoogste"), ("≈", "≈ benadering")]
)
def test_a_sign_that_no_cell_has_is_not_explained(teken, noot):
    def noten(*cel: object) -> tuple[str, ...]:
        rij = Rij(("a",), (Cel(("1", *cel)),))
        return kwartnoten(Tabel("t", "T", (Kolom(("a",)), Kolom(("b",))), (Rijgroep((rij,)),)))

    assert noten() == ()
    (tekst,) = noten(Voorlees(f" {teken}", "gehoord"))
    assert tekst.startswith(noot) and tekst.count(".") == 1


def test_themes_of_the_economy_stand_with_it_before_those_of_well_being():
    themas = (
        make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", (make_indicator(id="w", thema="wonen"),)),
        make_thema("bedrijven", "Bedrijven", "Economie", (make_indicator(id="b", thema="bedrijven"),)),
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", (make_indicator(),)),
    )
    groepen = [b.groep for b in make_hoofdrapport(make_druk(themas=themas)).bladen]
    assert sum(a != "Economie" == b for a, b in pairwise(groepen)) == 1


def test_a_page_that_only_says_that_nothing_is_judged_is_left_out():
    card = only(make_indicator(id="w", thema="wonen"), "PV", "GM")
    druk = make_druk(themas=(make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", (card,)),))
    assert "brede-welvaart-kort" not in [b.id for b in make_hoofdrapport(druk).bladen]


def test_the_sheet_for_gs_calls_core_only_what_the_main_report_calls_so():
    text = "\n".join(seen(b.blokken) for b in make_gsblad(make_druk(kern=("participatie",))).bladen)
    assert "erncijfers van Drenthe" in text and "ernindicator" not in text


def test_areas_that_resemble_each_other_stand_in_one_table_each_once():
    card = make_indicator()
    druk = make_druk(card)
    een, twee, *_ = druk.tafel.rapport.corop
    elders = replace(een, code="CR99", naam="Overig Zeeland")
    punt = card.punt(een.code)
    reeksen = {c.code: card.reeksen.get(c.code, card.reeksen[een.code]) for c in (een, twee)}
    druk.tafel.gekozen = lambda _: [replace(card, reeksen=card.reeksen | reeksen)]
    lijken = {
        een.code: (Naast(twee, {card.id: punt}), Naast(elders, {card.id: punt})),
        twee.code: (Naast(een, {card.id: punt}), Naast(elders, {card.id: punt})),
    }
    (tabel,) = gebieden._soortgenoten(druk, lijken)
    assert [plain(k.kop) for k in tabel.kolommen] == ["Indicator", een.naam, twee.naam, "Overig Zeeland"]
    # our own areas are told apart from what they are laid beside
    assert [k.nadruk for k in tabel.kolommen] == [False, True, True, False]
    assert tabel.bijschrift == f"{een.naam} en {twee.naam} naast Overig Zeeland"


def test_a_quarter_on_a_page_with_room_is_a_word_and_no_sign():
    cel = Cel(("45*", Voorlees(" \N{MINUS SIGN}? (2024)", ", ongunstigste kwart")))
    assert gebieden._woordcel(cel).inhoud[1].zichtbaar == " ongunstig? (2024)"
    assert gebieden._woordcel(Cel((Voorlees("\N{EN DASH}", "geen"),))).inhoud[0].zichtbaar == "\N{EN DASH}"

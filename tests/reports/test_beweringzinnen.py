"""No sentence that misleads: the real cases that readers saw, each told by the claims of a small report."""

import re
from dataclasses import replace

import pytest

from reports.analyse import Analyses, Prognosejaar
from reports.bewering import Bewering, Beweringen
from reports.document import Alinea, Figuurblok, Lijst, runs, walk
from reports.hoofdstukken.antwoorden import Antwoord, make_antwoord, make_antwoorden
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.regio import make_regio
from reports.hoofdstukken.samenvatting import make_voorkant, make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import met_jaren
from reports.hoofdstukken.thema import beeld_aantallen, beeld_zin
from reports.hoofdstukken.vooruitblik import begin_vooruitblik
from reports.inhoud import plain
from reports.model import Indicator, Punt, Rapport
from reports.standzinnen import stand_zin
from reports.stukken.platen import PLATEN
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

HARD = "\xa0"


def prognose(*jaren: tuple[int, float | None, float | None]) -> Analyses:
    """A forecast: (year, expected, counted), the last year with the interval that the readers saw."""
    last = jaren[-1][0]
    return Analyses(
        prognose=tuple(
            Prognosejaar(f"{j}JJ00", j, p, *((474_600.0, 537_400.0) if j == last else (500_000.0, 510_000.0)), w)
            for j, p, w in jaren
        )
    )


def tafel(*indicatoren: Indicator, analyses: Analyses | None = None, **anders) -> Schrijftafel:
    return Schrijftafel(make_rapport(*indicatoren, analyses=analyses, **anders), analyses or Analyses())


def moved(toen: float, nu: float, **anders) -> Indicator:
    """An indicator of which Drenthe went from one figure in 2022 to another in 2024."""
    card = make_indicator(meting="telling", oordelen={}, **anders)
    card = with_series(card, PV22=punten([toen, nu, toen, nu, nu]))
    nu_punt = card.reeksen["PV22"].punten[-1]
    stand = replace(card.standen["PV22"], punt=nu_punt, editie_periode="2022JJ00", verandering_editie=nu - toen)
    return replace(card, standen={"PV22": stand})


def kort(card: Indicator) -> str:
    """What the message on the labour market says of one card."""
    (found,) = make_boodschappen(tafel(replace(card, id="werkloosheid")))[:1]
    return found.tekst


# --- 1, 11: a forecast beside itself ---

BEKEND = prognose((2025, 505_000.0, 506_500.0), (2026, 505_600.0, 508_100.0), (2050, 506_000.0, None))


def test_a_forecast_is_put_beside_its_own_year_and_is_no_change_within_its_interval() -> None:
    (boodschap,) = make_boodschappen(tafel(make_indicator(standen={}, oordelen={}), analyses=BEKEND))
    assert boodschap.tekst == (
        "De prognose verwacht 506.000 inwoners in 2050. Dat is niet duidelijk anders dan de 505.600 die zij voor 2026 "
        "geeft: met een kans van twee op de drie ligt het aantal in 2050 tussen 474.600 en 537.400."
    )
    chapter = seen(begin_vooruitblik(tafel(analyses=BEKEND)))
    assert "2.100" not in chapter and "minder" not in chapter.splitlines()[1]


def test_a_message_without_its_chapter_links_to_what_is_not_there() -> None:
    desk = tafel(make_indicator(thema="wonen", standen={}, oordelen={}), themas=(), analyses=BEKEND)
    (boodschap,) = make_boodschappen(desk)
    assert "prognose" in boodschap.tekst and boodschap.naar.blad == "niet-beschikbaar"


def test_a_forecast_outside_its_interval_is_told_as_a_change_from_its_own_year() -> None:
    krimp = prognose((2026, 560_000.0, 508_100.0), (2050, 506_000.0, None))
    (boodschap,) = make_boodschappen(tafel(make_indicator(standen={}, oordelen={}), analyses=krimp))
    assert "54.000 minder dan zij voor 2026 geeft (560.000)" in boodschap.tekst


# --- 2, 3, 6: counts ---


def many(aantal: int, **anders) -> tuple[Indicator, ...]:
    return tuple(make_indicator(id=f"i{n}", naam=f"I {n}", thema="wonen", **anders) for n in range(aantal))


def welvaart(*cards: Indicator) -> Schrijftafel:
    return tafel(themas=(make_thema("wonen", "Wonen", "Brede welvaart: hier en nu", cards),))


def test_every_count_has_its_years() -> None:
    desk = welvaart(*many(6))
    told = [b.tekst for b in (*make_antwoorden(desk), *make_boodschappen(desk))]
    assert len(told) >= 3
    for tekst in told:
        assert re.search(r"\b20\d\d\b", tekst), tekst


def test_old_figures_are_not_counted_under_the_heading_of_the_edition() -> None:
    old = []
    for card in many(6):
        reeksen = {c: replace(r, punten=punten([60.0, 61.0, 62.0], van=2018)) for c, r in card.reeksen.items()}
        standen = {
            c: replace(s, punt=reeksen[c].punten[-1], editie_periode="2018JJ00", verandering_editie=2.0)
            for c, s in card.standen.items()
        }
        oordeel = replace(OORDEEL, periode="2020JJ00")
        old.append(replace(card, reeksen=reeksen, standen=standen, oordelen={"PV22": oordeel, "GM0114": oordeel}))
    desk = welvaart(*old)
    assert make_boodschappen(desk) == [] and make_antwoord(desk) == "" and make_antwoorden(desk) == []
    assert "kwart" not in plain(tuple(r for b in make_regio(desk, GEMEENTEN[5]).blokken[:1] for r in runs(b)))


def test_nothing_is_said_of_an_empty_set() -> None:
    desk = welvaart(*many(6, oordelen={"PV22": replace(OORDEEL, positie="n.b.", rang=None)}))
    told = " ".join(b.tekst for b in make_boodschappen(desk))
    assert "kwart" not in told and "gewenste kant op" in told
    assert beeld_aantallen(welvaart(*many(2, oordelen={})), "wonen").startswith("Geen indicator met een gewenste kant")


def test_without_a_verdict_is_not_in_the_middle() -> None:
    zonder = many(3, oordelen={c.code: replace(OORDEEL, positie="n.b.", rang=None) for c in GEMEENTEN})
    met = [replace(c, id=f"m{n}") for n, c in enumerate(many(2, oordelen={c.code: OORDEEL for c in GEMEENTEN}))]
    desk = welvaart(*zonder, *met)
    plaat = next(p for p in PLATEN["verschillen"](desk) if "gemeenten" in p.kop)
    assert "alleen indicatoren met een gewenste kant en een plaats tellen mee" in plaat.notitie
    t = desk.rapport.beweringen.telling("plaats", "alles", "GM0114", "gemeente")
    assert t is not None and (t.van, t["midden"], t["onderste_kwart"]) == (2, 0, 2)


def test_who_stands_out_is_told_with_both_sides_and_out_of_how_many() -> None:
    onder = replace(OORDEEL, positie="onderste_kwart", rang=300)
    boven = replace(OORDEEL, positie="bovenste_kwart", rang=10)
    laag = many(6, oordelen={c.code: onder for c in GEMEENTEN})
    hoog = [replace(c, id=f"h{n}") for n, c in enumerate(many(5, oordelen={GEMEENTEN[2].code: boven}))]
    (zin,) = [b.tekst for b in make_boodschappen(welvaart(*laag, *hoog)) if b.soort == "verschillen"]
    assert f"staat {GEMEENTEN[2].naam} het vaakst in het gunstigste kwart en " in zin
    # it is as often at the bottom as all others, and the sentence says so
    assert f"{GEMEENTEN[2].naam} bij 5 en 6 van de 11" in zin
    # the first one says of what, and among whom
    wat = "staat onder de gemeenten in Nederland met een cijfer bij geen van de 6 indicatoren met een gewenste kant"
    assert zin.index(wat) < zin.index("bij 5 en 6 van de 11")
    assert "plaatsen in die kwarten kunnen toeval zijn." in zin


def test_over_areas_side_by_side_stand_the_years_of_their_figures() -> None:
    cards = [make_indicator(id="a"), make_indicator(id="b")]
    jaren = {p.jaar for i in cards for g in GEMEENTEN if (p := i.punt(g.code))}
    assert len(jaren) == 1
    assert met_jaren("Stand", cards, GEMEENTEN) == f"Stand ({min(jaren)})"
    assert met_jaren("Stand", [], GEMEENTEN) == "Stand"


def test_a_handful_is_no_count_and_one_figure_of_twelve_municipalities_is_one() -> None:
    desk = welvaart(*many(1))
    assert make_antwoorden(desk) == [] and make_boodschappen(desk) == []
    opening = plain(tuple(r for b in make_regio(desk, GEMEENTEN[5]).blokken[:1] for r in runs(b)))
    assert "enige" not in opening and "slechter" not in opening


def gebeurd(toen: float, nu: float) -> tuple[str, str | None]:
    """What is said of Drenthe and its verdict, of a card that counts events: so many in 2022 and so many in 2024."""
    kaart = {"gebeurtenissen": True, "merkbaar": 10.0, "merkbaar_maat": "procent"}
    card = moved(toen, nu, naam="Faillissement", eenheid="aantal", decimalen=0, aggregatie="som", kaart=kaart)
    desk = tafel(replace(card, richting="lager"))
    claim = desk.rapport.beweringen.find("verandering", card.id, "PV22")
    return stand_zin(
        desk.rapport.indicatoren[0], desk.rapport.provincie, desk.rapport
    ), claim.oordeel if claim else None


def test_a_change_in_a_small_count_that_chance_makes_is_no_verdict() -> None:
    zin, oordeel = gebeurd(77.0, 88.0)
    assert oordeel == "binnen_marge" and "niet duidelijk anders dan in 2022 (zo’n verschil kan toeval zijn)" in zin
    # the same part more of ten times as many is more than chance, and so is a jump of a small count
    assert gebeurd(770.0, 880.0)[1] == gebeurd(45.0, 102.0)[1] == "ongunstig"
    assert gebeurd(0.0, 3.0)[1] == "binnen_marge" and gebeurd(0.0, 30.0)[1] == "ongunstig"


def test_a_balance_moves_by_chance_as_much_as_who_came_and_who_went() -> None:
    kaart = {"gebeurtenissen": True, "merkbaar": 50.0, "merkbaar_maat": "eenheid"}
    for stromen, oordeel in ((2_000, "binnen_marge"), (100, "gunstig")):
        card = moved(-83.0, -30.0, eenheid="saldo", decimalen=0, aggregatie="som", kaart=kaart | {"stromen": stromen})
        claim = tafel(card).rapport.beweringen.find("verandering", card.id, "PV22")
        assert claim is not None and claim.oordeel == oordeel, stromen


def test_a_balance_whose_flows_the_source_does_not_give_may_be_chance_and_is_no_estimate() -> None:
    card = moved(3.0, 9.0, eenheid="per 1 000 inwoners", aggregatie="gewogen", kaart={"gebeurtenissen": True})
    b = tafel(card).rapport.beweringen
    verandering, stand = b.find("verandering", card.id, "PV22"), b.find("stand", card.id, "PV22")
    assert verandering is not None and verandering.zekerheid == "marge_onbekend"
    assert stand is not None and stand.zekerheid == "telling"
    assert "meer dan in 2022 (gunstig, als het geen toeval is)" in kort(card)


def test_an_index_is_not_put_beside_that_of_the_netherlands() -> None:
    card = moved(100.0, 110.0, naam="Index", eenheid="index, 2020 = 100", kaart={"basisjaar": 2020})
    zin = stand_zin(card, make_rapport(card).provincie, make_rapport(card))
    assert "hoger dan in 2022" in zin and "Nederland" not in zin


# --- 4: two verdicts ---


def test_a_trend_and_a_change_that_contradict_are_told_together_with_both_periods() -> None:
    card = moved(5.0, 6.0, naam="WW-uitkering", richting="lager", thema="arbeidsmarkt")
    card = replace(card, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=-0.4)})
    desk = tafel(card)
    text = beeld_zin(desk, desk.rapport.themas[0])
    assert (
        f"Over 2018 tot en met 2024 gaat ‘WW-uitkering’ (maar in 2024 1,0{HARD}procentpunt hoger dan in 2022) de "
        "gewenste kant op."
    ) in text
    assert "Let op: over 2018 tot en met 2024 daalde het cijfer (gunstig), maar tussen 2022 en 2024" in kort(card)


def test_trends_that_are_not_to_be_seen_are_told_with_their_years() -> None:
    stil = replace(
        make_indicator(id="stil"), oordelen={"PV22": replace(OORDEEL, trend="geen significante verandering")}
    )
    zin = "is over 2018 tot en met 2024 geen trend te zien die ertoe doet."
    for cards, wie in (([stil], "Bij 1 indicator"), ([make_indicator(), stil], "Bij 1 andere")):
        desk = tafel(*cards)
        assert f"{wie} {zin}" in beeld_zin(desk, desk.rapport.themas[0])


# --- 7, 8, 12: what has no verdict ---


@pytest.mark.parametrize(
    ("toen", "nu", "anders", "zin"),
    [
        (5.0, 5.02, {}, "2024: even hoog als in 2022"),
        (
            *(5.0, 5.3, {"kaart": {"merkbaar": 0.5, "merkbaar_maat": "eenheid"}}),
            f"0,3{HARD}procentpunt hoger dan in 2022 (een klein verschil)",
        ),
        (5.0, 5.3, {"kaart": {"merkbaar": 0.2, "merkbaar_maat": "eenheid"}}, f"0,3{HARD}procentpunt hoger dan in 2022"),
        (5.0, 6.0, {"richting": "neutraal"}, f"1,0{HARD}procentpunt hoger dan in 2022"),
        # an amount with inflation in it
        (5.0, 6.0, {"prijzen": "lopend"}, "De werkloosheid is 6,0% in 2024."),
    ],
)
def test_what_is_small_or_contested_gets_no_verdict(toen: float, nu: float, anders: dict, zin: str) -> None:
    text = kort(moved(toen, nu, **({"richting": "neutraal"} | anders)))
    assert zin in text and "gunstig" not in text


@pytest.mark.parametrize(
    ("marge", "zin"), [(0.5, "niet duidelijk anders dan in 2022"), (0.1, "hoger dan in 2022 (gunstig)")]
)
def test_a_change_within_its_margin_is_told_as_none(marge: float, zin: str) -> None:
    card = moved(5.0, 5.4)
    reeks = tuple(
        Punt(p.periode, p.jaar, p.waarde, marge_onder=p.waarde - marge, marge_boven=p.waarde + marge)
        for p in card.reeksen["PV22"].punten
    )
    card = replace(with_series(card, PV22=reeks), standen={"PV22": replace(card.standen["PV22"], punt=reeks[-1])})
    assert zin in kort(card)


def test_what_adds_up_has_no_place() -> None:
    desk = tafel(*many(6, aggregatie="som", eenheid="aantal"))
    assert desk.rapport.beweringen.find("plaats", "i0", "PV22") is None


# --- the guard ---


def without(desk: Schrijftafel) -> Schrijftafel:
    """The same figures, and no claim."""
    return Schrijftafel(replace(desk.rapport, beweringen=Beweringen()), desk.analyses)


def sentences(desk: Schrijftafel) -> str:
    """What is told in sentences: front page, answers, messages, openings of chapters, tasks and areas."""
    r: Rapport = desk.rapport
    blokken = [
        *make_voorkant(desk, ()).blokken[:4],
        *begin_vooruitblik(desk),
        *(b for regio in r.gebieden for b in make_regio(desk, regio).blokken[:4]),
    ]
    told = [b.tekst for b in (*make_antwoorden(desk), *make_boodschappen(desk))]
    told += [beeld_zin(desk, t) for t in r.themas] + [beeld_aantallen(desk, t.id) for t in r.themas]
    told += [plain(tuple(runs(b))) for b in walk(tuple(blokken)) if isinstance(b, Alinea)]
    told += [plain(i) for b in walk(tuple(blokken)) if isinstance(b, Lijst) for i in b.items]
    return "\n".join(told)


def test_no_sentence_has_a_figure_that_no_claim_has() -> None:
    analyses = replace(ANALYSES, prognose=BEKEND.prognose)
    card = make_indicator(oordelen={r.code: OORDEEL for r in (*GEMEENTEN,)} | {"PV22": OORDEEL})
    cards = [replace(card, id=f"i{n}", naam=f"I {n}") for n in range(6)]
    desk = tafel(*cards, replace(card, id="werkloosheid", naam="Werkloosheid"), analyses=analyses)
    assert len(re.findall(r"\d", sentences(desk))) > 300
    # the ages and the year of the forecast, the number of indicators and of themes
    allowed = {"15", "75", "2023", str(len(cards) + 1), "1"}
    left = [
        (found, line)
        for line in sentences(without(desk)).splitlines()
        for found in re.findall(r"\d+(?:[.,]\d+)*", line)
        if found not in allowed
    ]
    assert left == []


class Gevraagd(Beweringen):
    """The claims, and which of them were asked for."""

    def __init__(self, rijen) -> None:
        super().__init__(rijen)
        self.gevraagd: list[Bewering] = []

    def find(self, soort, over, regio):
        found = super().find(soort, over, regio)
        self.gevraagd += [found] if found else []
        return found

    def telling(self, soort, groep, regio, laag):
        found = super().telling(soort, groep, regio, laag)
        self.gevraagd += list(found.per_oordeel.values()) if found else []
        return found

    def antwoord(self, groep, regio, laag):
        found = super().antwoord(groep, regio, laag)
        self.gevraagd += [found] if found else []
        return found


def test_a_claim_is_told_only_where_it_may_be() -> None:
    desk = tafel(make_indicator(id="werkloosheid"), analyses=replace(ANALYSES, prognose=BEKEND.prognose))
    gevraagd = Gevraagd(desk.rapport.beweringen.rijen)
    desk = Schrijftafel(replace(desk.rapport, beweringen=gevraagd), desk.analyses)
    for make in (make_antwoord, make_antwoorden, make_boodschappen):
        make(desk)
    assert gevraagd.gevraagd and all("samenvatting" in b.gebruikt_in for b in gevraagd.gevraagd)
    gevraagd.gevraagd.clear()
    make_regio(desk, GEMEENTEN[5])
    assert gevraagd.gevraagd and all("gebied" in b.gebruikt_in for b in gevraagd.gevraagd)


def test_the_wheel_counts_claims() -> None:
    desk = welvaart(*many(6))
    assert isinstance(make_wiel(desk), Figuurblok) and make_wiel(without(desk)) is None


def test_what_is_an_answer_on_the_front_page_is_no_message_there_too(monkeypatch):
    desk = welvaart(*many(6))
    eerste = make_boodschappen(desk)[0]
    monkeypatch.setattr(
        "reports.hoofdstukken.samenvatting.make_antwoorden", lambda _: [Antwoord("Vraag?", eerste.tekst, eerste.naar)]
    )
    gezegd = [b.tekst for b in make_boodschappen(desk, [eerste.tekst])]
    assert eerste.tekst not in gezegd
    teksten = [plain(tuple(runs(b))) for b in walk(make_voorkant(desk, ()).blokken)]
    assert sum(eerste.tekst in t for t in teksten) == 1


def test_no_chapter_has_a_line_without_words_where_there_are_no_claims():
    rapport = replace(make_rapport(), beweringen=Beweringen())
    for blok in begin_vooruitblik(Schrijftafel(rapport, ANALYSES)):
        assert not isinstance(blok, Alinea) or plain(blok.inhoud).strip()


def test_a_mean_price_says_that_not_the_same_was_sold() -> None:
    """Beside the country too: the mix of dwellings is another one there."""
    card = make_indicator(
        id="verkoopprijs_woningen", naam="Prijs", eenheid="euro", prijzen="lopend", meting="telling", aggregatie="niet"
    )
    (wonen,) = (b.tekst for b in make_boodschappen(tafel(card)) if b.kop == "Wonen.")
    assert wonen.startswith("De gemiddelde verkoopprijs van een bestaande koopwoning is ")
    assert wonen.endswith("Het zijn niet overal dezelfde soorten woningen.")

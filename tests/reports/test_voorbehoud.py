"""What a sentence adds to a difference that may be less than it seems: chance, rounding, a loss that is still one."""

from __future__ import annotations

from dataclasses import replace

from reports import cellen, zinnen
from reports.analyse import Analyses
from reports.bewering import Bewering, Beweringen, Telling
from reports.beweringzinnen import looptijd, trendjaren, verschil_deel
from reports.document import Naast, Uitklap
from reports.engels import regel
from reports.figuren import make_puntbeeld
from reports.figuren.lijn import lijn_alt
from reports.figuren.stippen import punt_alt
from reports.figuurzinnen import reeksbeeld
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.keuze import by_plaats, by_verandering, make_opvallend, plaats_item, verandering_item
from reports.gedrukt.thema import bevinding
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.samenvatting import make_kerncijfers, make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import Voorlees, plain
from reports.oordeelzinnen import PLAATS_TOEVAL, ongeveer, oordeel_zin, plaats_zin
from reports.samenstelling import make_document
from reports.standzinnen import stand_zin
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.tekst.verwijzingen import cijfer
from reports.telzinnen import (
    OM_MARGE,
    ZONDER_MARGE,
    een_keer,
    plaatsen_toeval,
)
from reports.zinnen import NAGAAN, ONBEVESTIGD
from tests.reports.test_beweringzinnen import HARD, kort, many, moved, tafel, welvaart
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldcijfers import make_cijfers
from tests.reports.voorbeeldrapport import DRENTHE, GEMEENTEN, NL, OORDEEL, make_indicator, make_rapport, seen


def test_a_balance_below_zero_that_rises_is_told_as_still_below() -> None:
    for waarde, nog in ((-60.0, True), (60.0, False)):
        card = moved(waarde - 20, waarde, naam="Saldo", eenheid="aantal", decimalen=0, thema="arbeidsmarkt")
        desk = tafel(replace(card, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=4.0)}))
        told = (
            beeld_zin(desk, desk.rapport.themas[0]),
            oordeel_zin(desk.rapport.indicatoren[0], DRENTHE, desk.rapport.beweringen),
        )
        assert [("nog onder nul" in zin) for zin in told] == [nog, nog]


def test_the_mean_of_monthly_bounds_is_no_interval_of_a_year() -> None:
    card = moved(60.0, 63.0)
    punt = replace(card.standen["PV22"].punt, marge_onder=61.0, marge_boven=65.0)
    assert "met 95% zekerheid tussen 61,0 en 65,0" in zinnen.zekerheid(card, punt)
    assert "tussen" not in zinnen.zekerheid(replace(card, kaart={"jaarregel": "gemiddelde"}), punt)


def test_a_forecast_is_no_final_estimate_of_its_year() -> None:
    """'505.600 in 2026 (schatting). Zekerheid: definitief' stood beside 508.100 that were counted."""
    card = replace(moved(503.0, 505.6, decimalen=1, naam="Prognose"), meting="verwachting", oordelen={})
    rapport = make_rapport(card)
    zin = stand_zin(rapport.indicatoren[0], DRENTHE, rapport)
    assert "(prognose)" in zin and zin.endswith("Zekerheid: een prognose: wat wordt verwacht, en niet is gemeten.")
    assert zinnen.marge_zin([(card, card.punt("PV22"))]) == ""
    stand = rapport.beweringen.find("stand", card.id, "PV22")
    assert stand is not None and (stand.reeks, stand.zekerheid) == ("prognose", "interval")
    cijfers = make_cijfers()
    thuis = cijfers.indicatoren["werkloosheid"]
    cijfers = replace(
        cijfers, indicatoren=dict(cijfers.indicatoren) | {"werkloosheid": replace(thuis, meting="verwachting")}
    )
    assert cijfer(cijfers, "werkloosheid").tekst.startswith("naar verwachting ")


def test_a_difference_of_which_no_margin_is_given_may_be_chance_and_says_so() -> None:
    """A verdict on a survey of a municipality without its margin is what a newspaper would quote."""
    card = replace(moved(5.0, 6.0, richting="hoger"), meting="steekproef")
    assert f"1,0{HARD}procentpunt hoger dan in 2022 (gunstig, als het geen toeval is)" in kort(card)
    assert f"1,0{HARD}procentpunt hoger dan in 2022 (als het geen toeval is)" in kort(
        replace(card, richting="neutraal")
    )
    # in a table the verdict has a question mark, and the table says what it is
    rapport = make_rapport(card)
    assert plain(cellen.sinds(rapport, card, DRENTHE)).endswith("+ gunstig?")
    # what can be seen to differ is small or within its margin, and not the same
    for verandering, oordeel, zegt in (
        (0.1, "nagenoeg_gelijk", f"+0,1{HARD}%-punt = klein?"),
        (-0.4, "binnen_marge", f"−0,4{HARD}%-punt = toeval?"),
        (0.01, "nagenoeg_gelijk", f"0,0{HARD}%-punt = gelijk"),
        (0.01, "binnen_marge", f"0,0{HARD}%-punt = gelijk"),
    ):
        claim = Bewering(
            "x", "verandering", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", oordeel, "marge_onbekend", card.id
        )
        stand = card.standen["PV22"]
        assert plain(cellen.verandering(card, stand, "2022JJ00", verandering, claim)) == zegt
    # what is about the same is no difference, by chance or not
    assert "toeval" not in kort(replace(moved(5.0, 5.02), meting="steekproef"))
    assert "toeval" not in kort(moved(5.0, 6.0))


def test_what_only_rounding_makes_the_same_is_not_called_about_the_same() -> None:
    """7,3% beside 8,5% is no clear difference where the source counts in thousands, and the sentence says why."""
    card = make_indicator(kaart={"merkbaar": 0.5, "merkbaar_maat": "eenheid"})
    b = next(b for b in make_rapport(card).beweringen.rijen if b.soort == "verschil_nl")
    for waarde, grens, zin in (
        (7.3, 1.5, "niet duidelijk anders dan in Nederland (de bron rondt te grof af)"),
        (8.1, 1.5, f"0,4{HARD}procentpunt lager dan in Nederland (een klein verschil)"),
        (8.1, 0.5, f"0,4{HARD}procentpunt lager dan in Nederland (een klein verschil)"),
        (8.52, 0.5, "even hoog als in Nederland"),
    ):
        claim = replace(
            b, waarde=waarde, waarde_tegen=8.5, verschil=waarde - 8.5, grens=grens, oordeel="nagenoeg_gelijk",
            zekerheid="telling",
        )  # fmt: skip
        assert verschil_deel(card, claim, "in Nederland") == zin


def test_wherever_a_figure_that_was_not_counted_is_told_it_is_said_to_be_an_estimate() -> None:
    """'De netto arbeidsparticipatie is 63,4%' of a sample is quoted as a fact, in a lead, a tile or a message."""
    card = make_indicator(id="netto_arbeidsparticipatie", kaart={"en": "People in work"})
    rapport = make_rapport(card)
    desk = Schrijftafel(rapport, Analyses())
    druk = Drukwerk(desk, make_document(rapport), {})
    tegel = make_kerncijfers(desk, (card.id,), DRENTHE)
    beeld, stippen = reeksbeeld(card, DRENTHE, rapport), make_puntbeeld(card, (GEMEENTEN,), DRENTHE, NL)
    claim = rapport.beweringen.find("verandering", card.id, "PV22")
    assert tegel and beeld and stippen and claim
    told = {
        "opening van een thema": bevinding(druk, card),
        "boodschap": next(b.tekst for b in make_boodschappen(desk) if "63,4%" in b.tekst).split(":")[0],
        "stand": stand_zin(card, DRENTHE, rapport).split(". ")[0],
        "tegel": " ".join(tegel.items[0].toelichting),
        "lijn": lijn_alt(card, beeld),
        "stippen": punt_alt(card, stippen),
        "wat vooruitging": plain(verandering_item(card, claim)),
        "redactie": cijfer(make_cijfers(), "werkloosheid").tekst,
    }
    assert {waar: zin for waar, zin in told.items() if "schatting" not in zin} == {}
    assert "(estimate, provisional)" in regel(rapport, card)
    geteld = replace(card, meting="telling")
    assert "schatting" not in bevinding(druk, geteld) and "estimate" not in regel(rapport, geteld)


def test_why_a_count_may_be_chance_is_told_in_full_once_where_counts_stand_under_each_other() -> None:
    kort_zin = "4 van de 21 kunnen toeval zijn."
    for reden in (ZONDER_MARGE, OM_MARGE):
        zin = f"4 van de 21 kunnen toeval zijn{reden}."
        assert een_keer(["Eerst.", f"{zin} En {zin}", zin]) == ["Eerst.", f"{zin} En {kort_zin}", kort_zin]
        assert een_keer([zin], [zin]) == [kort_zin]
    # of another reason each is told
    beide = [f"Toeval{ZONDER_MARGE}.", f"Toeval{OM_MARGE}."]
    assert een_keer(beide) == beide


def test_a_place_that_its_margin_could_change_says_so_and_counted_places_say_how_many() -> None:
    card = make_indicator()
    claim = make_rapport(card).beweringen.find("plaats", card.id, "PV22")
    assert claim is not None
    geteld, plek = replace(card, meting="telling"), f"plaats {claim.rang} van {claim.rang_van}"
    for zeker, rest, geteld_rest in (
        ("binnen_marge", "; kan toeval zijn.", "; kan toeval zijn."),
        ("marge_onbekend", "; kan toeval zijn.", "; kan toeval zijn."),
        # of an estimate the quarter, which the heading of the list says, is all that is known
        ("buiten_marge", ".", f", {plek}."),
    ):
        eigen = replace(claim, zekerheid=zeker)
        assert plain(plaats_item(card, eigen)).endswith(f"63,4% in 2024 (schatting, voorlopig){rest}")
        assert plain(plaats_item(geteld, eigen)).endswith(f"63,4% in 2024 (voorlopig){geteld_rest}")
        gedeeld = plain(plaats_item(geteld, replace(eigen, gedeeld=True)))
        assert gedeeld.endswith(geteld_rest.replace(f"{plek}.", f"{plek} (gedeeld)."))
        b = Beweringen((replace(claim, zekerheid=zeker),))
        told = plaats_zin(card, DRENTHE, b)
        assert told.endswith(PLAATS_TOEVAL.get(zeker, ".")) and ("toeval" in told) == (zeker != "buiten_marge")
    plaatsen = Telling(
        {"bovenste_kwart": replace(claim, aantal=5, onzeker=2), "onderste_kwart": replace(claim, aantal=4)}
    )
    assert plaatsen_toeval(plaatsen) == f"2 van de 9 plaatsen in die kwarten kunnen toeval zijn{OM_MARGE}."
    assert plaatsen_toeval(plaatsen, kanten=("onderste_kwart",)) == ""


def test_the_heading_of_the_wheel_says_out_of_how_many_and_over_which_years() -> None:
    desk = welvaart(*many(6))
    wiel, t = make_wiel(desk), desk.rapport.beweringen.telling("trend", "brede_welvaart", "PV22", "provincie")
    assert wiel is not None and t is not None
    assert f": van {t.van} getoetste trends met een gewenste kant (over {looptijd(t.eerste)}) " in wiel.figuur.kop


def test_a_gap_of_provisional_figures_says_so_and_names_no_cause() -> None:
    """'Komt doordat' says what made the gap; it was only counted by branch."""
    assert ANALYSES.kloof is not None
    for status, zegt in (("voorlopig", True), ("definitief", False)):
        analyses = replace(ANALYSES, kloof=replace(ANALYSES.kloof, status=status))
        told = [
            b.tekst
            for b in make_boodschappen(tafel(make_indicator(), analyses=analyses))
            if b.soort == "verdienvermogen"
        ]
        assert told and all(("De cijfers zijn voorlopig." in z) == zegt and "komt door" not in z for z in told)


def test_a_place_that_may_be_chance_has_a_question_mark_and_the_table_says_so() -> None:
    card = make_indicator(oordelen={"PV22": replace(OORDEEL, positie="onderste_kwart", rang=12, rang_van=12)})
    card = replace(card, oordelen={"PV22": replace(card.oordelen["PV22"], periode=card.punt("PV22").periode)})
    kaal = make_rapport(card)
    for zekerheid, vraag, gehoord in (
        ("telling", "", ""),
        ("buiten_marge", "", ""),
        ("binnen_marge", "?", ", kan toeval zijn"),
        ("marge_onbekend", "?", ", kan toeval zijn"),
    ):
        claim = Bewering(
            "x", "plaats", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "onderste_kwart", zekerheid, card.id
        )
        rapport = replace(kaal, beweringen=Beweringen((claim,)))
        plek = cellen.plaats(rapport, card, DRENTHE, card.oordelen["PV22"].periode)
        assert plain(plek) == f"12 van 12 ongunstigste kwart{vraag}"
        cel = cellen.kwartcel(rapport, card, DRENTHE)
        assert cel.inhoud[-1] == Voorlees(f" −{vraag}", f", ongunstigste kwart{gehoord}") and cel.vlak == "ongunstig"
        for inhoud in (plek, cel.inhoud):
            tabel = Tabel("t", "t", (Kolom(("a",)), Kolom(("b",))), (Rijgroep((Rij(("x",), (Cel(inhoud),)),)),), ("*",))
            assert cellen.met_vraag(tabel).noten == (("*", cellen.VRAAG_UITLEG) if vraag else ("*",))


def test_a_percentage_of_figures_too_coarse_for_one_is_left_out_where_there_is_no_change() -> None:
    klein, gunstig = (
        Bewering("x", "verandering", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", oordeel, "telling")
        for oordeel in ("nagenoeg_gelijk", "gunstig")
    )
    for decimalen, toen, nu, claim, zegt in (
        # of tens under a thousand no percentage is told at all
        (-1, 20, 0, klein, "−20 = klein"),
        (-1, 90, 100, klein, "+10 = klein"),
        (-1, 1_000, 1_100, klein, "+10% = klein"),
        (0, 9, 10, klein, "= klein"),
        (0, 10, 11, klein, "+10,0% = klein"),
        # a change is told, of however little
        (0, 10, 30, gunstig, "+200,0% + gunstig"),
    ):
        card = moved(toen, nu, eenheid="aantal", decimalen=decimalen, aggregatie="som")
        assert plain(cellen.verandering(card, card.standen["PV22"], "2022JJ00", nu - toen, claim)) == zegt


def test_trends_of_other_years_are_not_told_as_of_one_period() -> None:
    een, ander = (
        Bewering("x", "trend", "W", "PV22", "provincie", tot, tot, "gunstig", "robuust", periode_eerder=van)
        for van, tot in (("2019JJ00", "2025JJ00"), ("2018JJ00", "2024JJ00"))
    )
    assert trendjaren([een, een]) == "over 2019 tot en met 2025"
    assert trendjaren([een, ander]) == "in de jaren tussen 2018 en 2025"


def test_the_lists_of_a_sheet_say_favourable_and_not_high_for_a_high_rank_may_be_a_small_figure() -> None:
    card = make_indicator(richting="lager", oordelen={"PV22": replace(OORDEEL, positie="bovenste_kwart", rang=1)})
    desk = tafel(card)
    druk = Drukwerk(desk, make_document(desk.rapport, desk.analyses))
    blokken = make_opvallend(druk, DRENTHE, desk.rapport.indicatoren, "de provincies")
    (koppen, *_) = ([u.titel for u in b.blokken if isinstance(u, Uitklap)] for b in blokken if isinstance(b, Naast))
    assert koppen == ["In het gunstigste kwart van de provincies", "In het ongunstigste kwart van de provincies"]


def _met_telling(claims: list[Bewering]) -> Beweringen:
    """These claims with the counts that hold them, each under its own name."""
    claims = [replace(b, bewering=f"{b.soort}/{b.indicator}/PV22") for b in claims]
    kanten = {"plaats": ("bovenste_kwart", "midden", "onderste_kwart"), "verandering": ("gunstig", "ongunstig")}
    soorten = dict.fromkeys(b.soort for b in claims)
    per: dict[tuple[str, str], list[str]] = {(s, kant): [] for s in soorten for kant in kanten[s]}
    for b in claims:
        per.setdefault((b.soort, b.oordeel.removeprefix("nagenoeg_")), []).append(b.bewering)
    tellingen = [
        Bewering(
            f"{soort}/{oordeel}", f"telling_{soort}", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", oordeel,
            "telling", groep="alles", aantal=len(namen), telling_van=len(claims), geteld=tuple(namen),
        )
        for (soort, oordeel), namen in per.items()
    ]  # fmt: skip
    return Beweringen((*claims, *tellingen))


def test_a_list_of_places_begins_with_those_that_are_no_chance() -> None:
    desk = tafel(*(make_indicator(id=id_, naam=id_) for id_ in ("werkloosheid", "banen", "bbp", "woz")))
    kaarten = desk.rapport.indicatoren
    zekerheden = ("marge_onbekend", "telling", "binnen_marge", "buiten_marge")
    claims = [
        Bewering(
            i.id, "plaats", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "bovenste_kwart", zekerheid, i.id,
            rang=n, rang_van=12, met_kant=True,
        )
        for n, (i, zekerheid) in enumerate(zip(kaarten, zekerheden, strict=True), 1)
    ]  # fmt: skip
    desk.rapport = replace(desk.rapport, beweringen=_met_telling(claims))
    druk = Drukwerk(desk, make_document(desk.rapport, desk.analyses))
    found = by_plaats(druk, DRENTHE, kaarten)["bovenste_kwart"]
    assert [claim.zekerheid for _, claim in found] == ["telling", "buiten_marge", "marge_onbekend", "binnen_marge"]


def _lijsten(desk: Schrijftafel) -> dict[str, str]:
    """The lists of what stands out in Drenthe: heading to text."""
    druk = Drukwerk(desk, make_document(desk.rapport, desk.analyses))
    blokken = make_opvallend(druk, DRENTHE, desk.rapport.indicatoren, "de provincies")
    return {
        u.titel: seen(u.blokken) for b in blokken if isinstance(b, Naast) for u in b.blokken if isinstance(u, Uitklap)
    }


def test_a_list_that_is_cut_says_of_how_many_it_is_the_first() -> None:
    """Three of 25 under 'in het ongunstigste kwart' read as all that there is."""
    slecht = Bewering(
        "x", "plaats", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "onderste_kwart", "telling", rang=12,
        rang_van=12, met_kant=True,
    )  # fmt: skip
    weg = replace(
        slecht,
        soort="verandering",
        oordeel="ongunstig",
        periode_eerder="2022JJ00",
        waarde=6.0,
        waarde_tegen=5.0,
        verschil=1.0,
        tegen="eerder",
    )
    for aantal, van in ((3, ""), (5, ": 3 van de 5, ")):
        desk = tafel(*(moved(5.0, 6.0, id=f"i{n}", naam=f"I {n}") for n in range(aantal + 2)))
        claims = [
            replace(b, indicator=i.id, oordeel=b.oordeel if n < aantal else anders)
            for b, anders in ((slecht, "midden"), (weg, "nagenoeg_gelijk"))
            for n, i in enumerate(desk.rapport.indicatoren)
        ]
        desk.rapport = replace(desk.rapport, beweringen=_met_telling(claims))
        assert _lijsten(desk).keys() == {
            "In het gunstigste kwart van de provincies",
            f"In het ongunstigste kwart van de provincies{van}{van and 'de uiterste eerst'}",
            "Ging de gewenste kant op sinds twee jaar",
            f"Ging de andere kant op sinds twee jaar{van}{van and 'de grootste eerst'}",
        }
        leeg = _lijsten(desk)
        assert (
            f"Geen van de {aantal + 2} indicatoren met een plaats." in leeg["In het gunstigste kwart van de provincies"]
        )
        assert f"Geen van de {aantal + 2} vergeleken indicatoren." in leeg["Ging de gewenste kant op sinds twee jaar"]


def test_of_too_few_changes_none_is_listed() -> None:
    """'Te weinig recente cijfers' above, and 'geen enkele indicator' under it, as if none was to be worried of."""
    for aantal, verwacht in ((4, False), (5, True)):
        desk = welvaart(*many(aantal))
        telling = desk.rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
        assert telling is not None and telling.van == aantal
        assert any(kop.startswith("Ging de") for kop in _lijsten(desk)) == verwacht


def test_a_list_has_nothing_that_the_count_above_it_did_not_count() -> None:
    """'Geen slechter' above, and one that got worse in the list: of what measures the same the count tells another."""
    desk = welvaart(*many(6))
    telling = desk.rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
    assert telling is not None and telling["gunstig"] == 6
    minder = replace(telling.per_oordeel["gunstig"], aantal=5, geteld=telling.per_oordeel["gunstig"].geteld[1:])
    rijen = tuple(minder if b.bewering == minder.bewering else b for b in desk.rapport.beweringen.rijen)
    desk.rapport = replace(desk.rapport, beweringen=Beweringen(rijen))
    druk = Drukwerk(desk, make_document(desk.rapport, desk.analyses))
    assert len(by_verandering(druk, DRENTHE, desk.rapport.indicatoren)["gunstig"]) == 5


def test_a_change_of_what_is_rounded_too_coarsely_is_not_told_in_its_steps() -> None:
    """Sixteen fast growers became five: in tens '10, 10 minder', which is all of them."""
    claim = Bewering(
        "x", "verandering", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "ongunstig", "telling", waarde=10.0,
        waarde_tegen=20.0, verschil=-10.0, periode_eerder="2022JJ00", tegen="eerder",
    )  # fmt: skip
    for decimalen, nu, zin in ((-1, 10.0, "ongeveer 10 in 2024, afgerond op tientallen."), (0, 10.0, "10 in 2024, 10")):
        card = moved(20.0, nu, id="W", eenheid="aantal", decimalen=decimalen)
        assert zin in plain(verandering_item(card, claim)), decimalen


def test_events_have_a_quarter_and_no_rank_on_paper() -> None:
    """'Plaats 342 van 342' of 8,4% starters, where the twelve lie within what chance makes of one of them."""
    claim = Bewering(
        "x", "plaats", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "onderste_kwart", "telling", rang=12,
        rang_van=12, met_kant=True,
    )  # fmt: skip
    gewoon = moved(5.0, 6.0, id="W")
    gebeurd = replace(gewoon, kaart={**gewoon.kaart, "gebeurtenissen": True})
    assert "plaats 12 van 12" in plain(plaats_item(gewoon, claim))
    assert "plaats" not in plain(plaats_item(gebeurd, claim))
    assert not ongeveer(gewoon) and ongeveer(gebeurd)


def test_that_a_card_is_not_confirmed_is_said_once_where_its_certainty_is_told() -> None:
    """'98,3% (nog niet bevestigd)', and that we still look into it in the same paragraph: a figure apart says it."""
    card = replace(moved(5.0, 6.0, id="W"), zekerheid="V")
    zin = stand_zin(card, DRENTHE, tafel(card).rapport)
    assert zin.count(NAGAAN) == 1 and ONBEVESTIGD not in zin
    tegel = make_kerncijfers(tafel(card), ("W",), DRENTHE)
    assert tegel is not None and ONBEVESTIGD in seen((tegel,))

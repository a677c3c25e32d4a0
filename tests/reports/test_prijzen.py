"""What the report says of amounts: in whose prices they stand, and in whose they are judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import cellen, prijzen
from reports.bewering import Bewering, Beweringen
from reports.beweringzinnen import cijfer_delen
from reports.downloads import gegevens
from reports.figuren.lijn import lijn_alt
from reports.figuurzinnen import reeksbeeld
from reports.gedrukt.keuze import verandering_item
from reports.getallen import MIN
from reports.inhoud import plain
from reports.model import Indicator
from reports.oordeelzinnen import trend_zin
from reports.samenstelling import make_document
from reports.standzinnen import stand_zin
from reports.tekst.cijfers import Cijfers, GeenWaardeError
from reports.tekst.verwijzingen import verandering
from tests.reports.voorbeeldrapport import DRENTHE, NL, OORDEEL, make_indicator, make_rapport, punten, seen, with_series

PEIL = 2025


def bedrag(*reeel: float | None, prijspeil: int | None = PEIL, **extra: object) -> Indicator:
    """An income that rises by a twentieth; its amounts apart from inflation are `reeel`, the last two years."""
    kaal = make_indicator(eenheid="euro", decimalen=0, prijzen="lopend", kaart={"deflator": "cpi"}, prijspeil=prijspeil)
    reeks = kaal.reeksen["PV22"]
    values = dict(zip(("2022JJ00", "2024JJ00"), reeel, strict=True))
    punten = tuple(
        replace(
            p, waarde={"2022JJ00": 40000.0, "2024JJ00": 42000.0}.get(p.periode, 41000.0), reeel=values.get(p.periode)
        )
        for p in reeks.punten
    )
    nieuw = replace(reeks, punten=punten)
    stand = replace(kaal.standen["PV22"], punt=punten[-1], verandering_editie=2000.0, waarde_nl=None)
    return replace(kaal, reeksen=kaal.reeksen | {"PV22": nieuw}, standen={"PV22": stand}, **extra)


def test_a_stand_says_what_is_left_of_a_change_without_inflation() -> None:
    card = bedrag(45000.0, 43200.0)
    text = stand_zin(card, DRENTHE, make_rapport(card))
    # that a higher amount buys less comes first, and the 5,0% that it rose with inflation is not told beside it
    assert text.startswith("42.000\xa0euro in 2024") and "5,0%" not in text
    # an estimate without a margin may be chance, with inflation or without
    assert "Dat is zonder inflatie 4,0% lager dan in 2022 (ongunstig, als het geen toeval is)." in text


def test_a_list_of_what_changed_names_the_amount_of_the_source_and_not_that_in_other_prices() -> None:
    card = bedrag(45000.0, 43200.0)
    claim = make_rapport(card).beweringen.find("verandering_reeel", card.id, "PV22")
    assert claim is not None
    zin = plain(verandering_item(card, claim))
    assert ": 42.000\xa0euro in 2024 (schatting, voorlopig), zonder inflatie 4,0% lager dan in 2022 (als het" in zin


def test_an_amount_is_counted_by_its_change_apart_from_inflation() -> None:
    card = bedrag(45000.0, 43200.0, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=300.0)})
    claims = make_rapport(card).beweringen
    telling = claims.telling("verandering", "alles", "PV22", "provincie")
    assert telling is not None and (telling.van, telling["ongunstig"]) == (1, 1)
    trend = claims.find("trend", card.id, "PV22")
    assert trend is not None and trend.samen_met == f"verandering_reeel/{card.id}/PV22"


@pytest.mark.parametrize(
    ("reeel", "zin"),
    [
        ((45000.0, 43200.0), "−4,0% zonder inflatie − ongunstig?"),
        # as much as is left of nearly nothing: no verdict on the amount itself
        ((43200.2, 43200.0), "0,0% zonder inflatie = gelijk"),
        ((None, 43200.0), "+5,0% met inflatie"),
    ],
)
def test_a_table_gives_no_verdict_on_an_amount_with_inflation(reeel: tuple[float | None, float], zin: str) -> None:
    card = bedrag(*reeel)
    rapport = make_rapport(card)
    assert plain(cellen.sinds(rapport, card, DRENTHE)) == zin
    claim = rapport.beweringen.find("verandering", card.id, "PV22")
    assert claim is not None and (claim.oordeel, claim.met_kant) == ("geen", False)
    same = replace(card, standen={"PV22": replace(card.standen["PV22"], verandering_editie=0.0)})
    if reeel[0] is None:
        assert "2022" not in stand_zin(same, DRENTHE, make_rapport(same))


@pytest.mark.parametrize(("reeel", "verschil"), [((45000.0, 43200.0), "-1800"), ((None, 43200.0), "")])
def test_the_files_have_the_change_of_an_amount_with_and_without_inflation(
    reeel: tuple[float | None, float], verschil: str
) -> None:
    rapport = make_rapport(bedrag(*reeel))
    (row,) = gegevens.of_standen(rapport)
    found = dict(zip(gegevens.namen(gegevens.STAND), row, strict=True))
    assert found["verandering"] == 2000.0
    assert found["verandering_reeel"] == (float(verschil) if verschil else None)


@pytest.mark.parametrize("reeel", [(None, 43200.0), (45000.0, None)])
def test_without_an_index_no_change_of_an_amount_is_told(reeel: tuple[float | None, float | None]) -> None:
    card = bedrag(*reeel)
    text = stand_zin(card, DRENTHE, make_rapport(card))
    assert text.startswith("42.000") and "2022" not in text and "inflatie" not in text


def test_a_trend_says_in_whose_prices_it_is() -> None:
    sinking = replace(OORDEEL, trend="ongunstig", helling=-300.0, p=0.01)

    def trend(card: Indicator) -> str:
        return trend_zin(card, DRENTHE, make_rapport(card).beweringen)

    assert "in prijzen van 2025." in trend(replace(bedrag(45000.0, 43200.0), oordelen={"PV22": sinking}))
    none = replace(OORDEEL, trend="te weinig gegevens", helling=None, p=None)
    zin = trend(replace(bedrag(None, None, prijspeil=None), oordelen={"PV22": none}))
    assert zin == "Zonder prijsindex is er voor Drenthe geen trend van dit bedrag te geven."


def test_the_page_says_which_prices_and_shows_both() -> None:
    text = seen(make_document(make_rapport(bedrag(45000.0, 43200.0))).blad("arbeidsmarkt").blokken)
    assert "Bedragen in lopende prijzen. Het oordeel over de trend gaat over het bedrag in prijzen van 2025." in text
    assert "42.000" in text and "43.200" in text
    zonder = seen(make_document(make_rapport(bedrag(None, None, prijspeil=None))).blad("arbeidsmarkt").blokken)
    assert prijzen.GEEN_INDEX in zonder and "43.200" not in zonder
    vrij = replace(bedrag(None, None, prijspeil=None), prijzen="nvt", kaart={})
    assert "prijzen" not in prijzen.prijzen_zin(vrij)


def test_what_an_amount_buys_is_no_growth_of_the_economy_and_the_growth_stands_beside_it() -> None:
    """'Zonder inflatie 4,6% hoger' of the product of a province is read as growth, in years that had hardly any."""
    groei = with_series(make_indicator(id="groei", meting="telling"), PV22=punten([1.0, 5.0, 4.0, -0.3, 0.8]))
    card = bedrag(41_000.0, 43_200.0, id="bbp", meting="telling", kaart={"deflator": "cpi", "volume": "groei"})
    text = stand_zin(card, DRENTHE, make_rapport(card, groei))
    assert "Dat is in koopkracht 5,4% hoger dan in 2022" in text and "zonder inflatie" not in text
    geen = "Koopkracht is wat er met het bedrag te koop is, en niet hoe de economie groeide"
    assert f"{geen}: die groei was in Drenthe {MIN}0,3% in 2023 en 0,8% in 2024." in text
    # before both, it would hold for the difference with the country as well
    land = Bewering(
        *(f"verschil_nl/{card.id}/PV22", "verschil_nl", "bbp", "PV22", "provincie", "2024JJ00", "2024JJ00"),
        *("ongunstig", "buiten_marge", card.id), waarde=43_200.0, verschil=-10_800.0, waarde_tegen=54_000.0,
    )  # fmt: skip
    beide = Beweringen((*make_rapport(card, groei).beweringen.rijen, land))
    assert cijfer_delen(card, beide, DRENTHE, NL) == [
        "20,0% lager dan in Nederland (ongunstig)",
        "in koopkracht 5,4% hoger dan in 2022",
    ]
    assert f"{geen}. " in stand_zin(card, DRENTHE, make_rapport(card))
    assert "koopkracht" not in stand_zin(replace(card, kaart={"deflator": "cpi"}), DRENTHE, make_rapport(card))


def test_of_an_amount_of_unknown_prices_there_is_a_level_and_no_more() -> None:
    """The page says why; no sentence, table or reference sets two of its years beside each other."""
    reden = "Het bestand zegt niet in de prijzen van welk jaar zijn bedragen staan."
    none = replace(OORDEEL, trend="te weinig gegevens", helling=None, p=None)
    card = bedrag(*(None, None), prijspeil=None, prijzen="onbekend", kaart={"deflator": "cpi", "prijzen_reden": reden})
    card = replace(
        card,
        oordelen={"PV22": none},
        standen={"PV22": replace(card.standen["PV22"], verandering_editie=None)},
    )
    rapport = make_rapport(card)
    assert prijzen.prijzen_zin(card) == f"{reden} {prijzen.ALLEEN_STAND}"
    text = seen(make_document(rapport).blad("arbeidsmarkt").blokken)
    assert reden in text and "lopende prijzen" not in text and prijzen.GEEN_INDEX not in text
    # nor does what is read aloud of a figure: two amounts beside each other are a change
    beeld = reeksbeeld(card, DRENTHE, rapport)
    assert beeld is not None and lijn_alt(card, beeld).count("euro") == 2  # of the province, and of the country
    stand = stand_zin(card, DRENTHE, rapport)
    assert stand.startswith("42.000\xa0euro in 2024") and "2022" not in stand
    assert plain(cellen.sinds(rapport, card, DRENTHE)) == "n.b."
    zin = trend_zin(card, DRENTHE, rapport.beweringen)
    assert zin == f"Van dit bedrag is {prijzen.ONZEKER}. Daarom is er voor Drenthe geen trend van te geven."
    with pytest.raises(GeenWaardeError, match=prijzen.ONZEKER):
        verandering(Cijfers(2026, "PV22", {card.id: card}, {"PV22": DRENTHE}), card.id)

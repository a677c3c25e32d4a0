"""What stands in a cell of a table: no sign or number that says more than is known."""

from __future__ import annotations

from dataclasses import replace

from begrippen.beleid import read_beleid
from reports import cellen
from reports.analyse import Analyses
from reports.bewering import Bewering, Beweringen
from reports.document import walk
from reports.gedrukt.drukwerk import Drukwerk
from reports.hoofdstukken.beleid import make_regiodeal
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import make_stand
from reports.inhoud import Inhoud, Voorlees, plain
from reports.model import NietBeschikbaar, Punt, Reeks, Regio
from reports.samenstelling import make_document
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.reports.voorbeeldrapport import BRON, DRENTHE, GEBIED, GEMEENTEN, OORDEEL, make_indicator, make_rapport


def test_a_place_of_another_year_than_the_figure_says_which_year_and_is_not_left_out() -> None:
    """Left out it read as a place in the middle, of an area that was 40 of 40 the year before."""
    card = make_indicator(meting="telling")
    punt = card.punt("PV22")
    assert punt is not None
    for periode, teken in ((punt.periode, " −"), ("2022JJ00", " − (2022)")):
        eigen = replace(card, oordelen={"PV22": replace(OORDEEL, positie="onderste_kwart", periode=periode)})
        claim = Bewering(
            "x", "plaats", "W", "PV22", "provincie", periode, periode, "onderste_kwart", "telling", card.id
        )
        rapport = replace(make_rapport(eigen), beweringen=Beweringen((claim,)))
        cel = cellen.kwartcel(rapport, eigen, DRENTHE)
        assert plain(cel.inhoud).endswith(teken) and cel.vlak == "ongunstig"


def test_a_caption_names_quarters_only_where_a_cell_has_one() -> None:
    for vlak, bijschrift in ((None, "Standen"), ("gunstig", "Standen, met het kwart")):
        cel = Cel(("1",), vlak)  # type: ignore[arg-type]
        tabel = Tabel("t", "Standen", (Kolom(("a",)), Kolom(("b",))), (Rijgroep((Rij(("x",), (cel,)),)),))
        assert cellen.met_kwart(tabel, "met het kwart").bijschrift == bijschrift


def test_a_template_for_deliveries_is_no_name_of_a_source() -> None:
    lang = replace(BRON, bron="aanlevering", tabel="sjabloon", titel="Aanlevering met een waarde per regel")
    assert cellen.tabelnaam(replace(lang, uitgever="UWV")) == "een aangeleverd bestand"
    assert cellen.tabelnaam(replace(lang, uitgever="")) == "een aangeleverd bestand, bron niet genoemd"
    assert cellen.tabelnaam(replace(lang, tabel="lisa", titel="Banen")) == "aanlevering ‘Banen’"


def test_a_difference_without_a_side_has_a_question_mark_where_it_may_be_chance() -> None:
    """The sentence said 'als het geen toeval is', and the table under it gave the bare number."""
    card = make_indicator(richting="neutraal", meting="steekproef")
    stand = card.standen["PV22"]
    for oordeel, zekerheid, slot in (
        ("hoger", "marge_onbekend", "%-punt?"),
        ("hoger", "telling", "%-punt"),
        # a small one too may be chance, or larger than it looks
        ("nagenoeg_gelijk", "marge_onbekend", "= klein?"),
        ("nagenoeg_gelijk", "telling", "= klein"),
    ):
        claim = Bewering(
            "x", "verandering", "W", "PV22", "provincie", "2024JJ00", "2022JJ00", oordeel, zekerheid, card.id
        )
        cel = cellen.verandering(card, stand, "2022JJ00", 0.5, claim)
        assert plain(cel).endswith(slot)
        tabel = Tabel("t", "t", (Kolom(("a",)), Kolom(("b",))), (Rijgroep((Rij(("x",), (Cel(cel),)),)),))
        assert (cellen.VRAAG_UITLEG in cellen.met_vraag(tabel).noten) == slot.endswith("?")


def test_what_the_source_rounds_too_coarsely_is_not_called_small() -> None:
    """-10% in a table as 'klein', of which the sentence says that the source rounds too coarsely to tell."""
    card = make_indicator(kaart={"merkbaar": 0.5, "merkbaar_maat": "eenheid"}, meting="telling")
    stand = card.standen["PV22"]
    assert stand.punt is not None and stand.punt.waarde is not None
    for verschil, slot in ((-1.2, "= te grof"), (-0.4, "= klein")):
        claim = Bewering(
            "x", "verschil_nl", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "nagenoeg_gelijk", "telling", card.id,
            waarde=stand.punt.waarde, waarde_tegen=stand.punt.waarde - verschil, verschil=verschil, grens=1.5,
        )  # fmt: skip
        assert plain(cellen.verandering(card, stand, "2022JJ00", verschil, claim)).endswith(slot)


def test_a_source_line_that_names_two_says_how_many_more_there_are() -> None:
    bronnen = tuple(replace(BRON, tabel=f"8000{n}NED") for n in range(4))
    for aantal, meer in ((2, ""), (3, "; en nog 1 tabel"), (4, "; en nog 2 tabellen")):
        card = make_indicator(bronnen=bronnen[:aantal])
        stand = replace(card.standen["PV22"], tabellen=tuple(b.tabel for b in bronnen))
        rapport = make_rapport(replace(card, standen={"PV22": stand}))
        druk = Drukwerk(Schrijftafel(rapport, Analyses()), make_document(rapport, Analyses()))
        assert druk.bron(rapport.indicatoren[0], DRENTHE).endswith(f"tabel 80001NED{meer}.")


def heard(inhoud: Inhoud) -> str:
    return "".join(run.gesproken if isinstance(run, Voorlees) else plain((run,)) for run in inhoud)


def test_why_a_figure_is_not_there_is_the_reason_of_its_own_point() -> None:
    """'De bron heeft dit cijfer niet gepubliceerd' stood at what we did not fetch, or cannot be made of parts."""
    card = make_indicator(oordelen={}, aggregatie="niet")
    stand, deal = card.standen["PV22"], Regio("RD", "Dealgebied", "samengesteld")
    leeg = replace(stand, punt=Punt("2024JJ00", 2024, None, leeg_reden="niet_in_selectie"))
    land = replace(stand, punt=replace(card.punt("PV22"), waarde=400.7, status="definitief"))
    card = replace(card, standen={"PV22": leeg, "NL01": land, "RD": leeg})
    rapport = make_rapport(card)
    nederland = rapport.nederland
    assert heard(cellen.laatste(rapport, card, DRENTHE)) == "niet beschikbaar: staat niet in de opgehaalde gegevens"
    assert heard(cellen.laatste(rapport, card, deal)) == "niet uit gemeenten samen te stellen"
    assert heard(cellen.laatste(rapport, card, GEMEENTEN[5])) == "niet beschikbaar"
    # what is of the country only lacks nowhere
    niveau = NietBeschikbaar(card.id, card.naam, "niveau", "37789ksz", "Alleen Nederland.")
    landelijk = replace(rapport, niet_beschikbaar=(niveau,))
    assert heard(cellen.laatste(landelijk, card, DRENTHE)) == "gaat alleen over Nederland"
    # in a row of a year: why there is none of that year, not of a later one that nobody has
    later = (leeg.punt, Punt("2025JJ00", 2025, None, leeg_reden="niet_gepubliceerd"))
    som = replace(card, aggregatie="som", reeksen={"RD": Reeks(deal, later)})
    som = replace(som, standen={**card.standen, "RD": replace(leeg, punt=later[1])})
    assert "niet gepubliceerd" in heard(cellen.laatste(rapport, som, deal))
    assert heard(cellen.laatste(rapport, som, deal, "2024JJ00")).endswith("staat niet in de opgehaalde gegevens")
    # and its figure has its year, which the row does not have
    (rij,) = make_stand(Schrijftafel(landelijk, Analyses()), "t", "Stand", [((), (card,))]).rijen
    assert plain(rij.cellen[1].inhoud) == plain(cellen.laatste(landelijk, card, nederland)) == "400,7 2024"


def test_the_panel_of_the_deal_does_not_blame_the_source() -> None:
    deal = read_beleid(GEBIED).regiodeal
    assert deal is not None
    card = make_indicator(id=deal.pijlers[0].indicatoren[0], aggregatie="niet")
    regio = Regio(deal.regios[0], "Dealgebied", "samengesteld")
    anders = replace(
        card, id=deal.pijlers[0].indicatoren[1], standen={**card.standen, regio.code: card.standen["PV22"]}
    )
    blad = make_regiodeal(Schrijftafel(make_rapport(card, anders, samengesteld=(regio,)), Analyses()))
    assert blad is not None
    tabellen = [b for b in walk(blad.blokken) if isinstance(b, Tabel) and b.id.startswith("paneel-")]
    eerste, *_ = [heard(c.inhoud) for t in tabellen for r in t.rijen for c in r.cellen]
    assert eerste == "niet uit gemeenten samen te stellen"
    # what is an estimate is told at the head of its row, also on paper, where the legend below is left out
    geteld = replace(card, meting="telling")
    blad = make_regiodeal(Schrijftafel(make_rapport(geteld, anders, samengesteld=(regio,)), Analyses()))
    assert blad is not None
    koppen = [plain(r.kop) for t in walk(blad.blokken) if isinstance(t, Tabel) and "paneel" in t.id for r in t.rijen]
    assert [kop.endswith("schattingen") for kop in koppen] == [False, True]


def test_a_line_of_the_sample_says_once_that_its_figures_are_made_up() -> None:
    eigen = replace(BRON, bron="aanlevering", tabel=cellen.SJABLOON, uitgever="Voorbeeldgegevens, geen echte cijfers")
    rapport = make_rapport()
    assert cellen.bron_voluit(replace(rapport, soort="voorbeeld"), eigen) == "een aangeleverd bestand"
    # what a real publisher is called stays
    assert cellen.bron_voluit(replace(rapport, soort="cbs"), replace(eigen, uitgever="Rijk")) == (
        "Rijk, een aangeleverd bestand"
    )

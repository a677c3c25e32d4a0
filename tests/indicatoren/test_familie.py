"""Families of cards: each has one leading card, and the others say why they measure the same."""

from __future__ import annotations

from itertools import combinations

from assets.bouw.tabellen import all_tabellen
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.kaartbron import Bron
from tests.indicatoren.test_oordeel import GEMEENTEN, OURS, UP, WINDOW, judgement

# the same cells counted, and yet another development; of each the reason
ANDERS = {
    ("toegevoegde_waarde", "tw_per_arbeidsjaar"): "meer mensen aan het werk is geen hogere opbrengst van elk",
    ("toegevoegde_waarde", "tw_per_gewerkt_uur"): "meer uren is geen hogere opbrengst van elk",
    ("jaren_voorraad", "uitgeefbaar_terrein"): "wat te koop is, gedeeld door hoe hard het gaat",
}


def test_each_family_has_one_leading_card_and_others_with_a_reason():
    families = {}
    for k in read_kaarten().values():
        if k.familie:
            families.setdefault(k.familie.naam, []).append(k)
    assert len(families) > 20
    for naam, members in families.items():
        assert len(members) > 1, naam
        assert [k.familie.leidend for k in members].count(True) == 1, naam
        # a card of a source that is asked for nothing else in the report can not speak for the others
        assert {k.doel for k in members} == {"rapport"}, naam


def counted(bron: Bron) -> frozenset[tuple[object, ...]]:
    """The cells of which a source adds up its figure, whatever they are divided by."""
    return frozenset(
        (
            t.tabel or bron.tabel,
            t.onderwerp,
            *sorted(t.uitsplitsing.items()),
            t.regio,
            t.periode_verschuiving,
            t.gewicht,
        )
        for t in bron.teller
    )


def test_cards_that_count_the_same_cells_are_one_family_or_say_why_not():
    cards = [k for k in read_kaarten().values() if k.doel == "rapport"]

    def same(a: Kaart, b: Kaart) -> bool:
        return bool({counted(x) for x in a.bronnen} & {counted(x) for x in b.bronnen})

    def naam(k: Kaart) -> str:
        return k.familie.naam if k.familie else k.id

    twice = {(a.id, b.id) for a, b in combinations(cards, 2) if same(a, b) and naam(a) != naam(b)}
    assert twice == ANDERS.keys()
    # what counts the same without sharing a cell, as a reader found
    families = {k.id: naam(k) for k in cards}
    for een, ander in (
        ("zonnepanelen_woningen", "zonnestroom_vermogen"),
        ("netto_arbeidsparticipatie", "beroepsbevolking"),
        ("oprichtingen_per_1000", "starters_per_1000"),
    ):
        assert families[een] == families[ander]


def test_of_cards_that_measure_the_same_one_counts_in_each_region(wereld, maak_kaart, maak_cel):
    """The leading one, and where that has no judgement another; both counts stand in the database."""

    def card(naam, **familie):
        bron = {"tabel": "t", "teller": [{"onderwerp": naam}]}
        return maak_kaart(naam, aggregatie="niet", eenheid="punten", richting="hoger", bronnen=[bron], **familie)

    same = {"naam": "een ontwikkeling", "leidend": False, "reden": "hetzelfde"}
    cards = [card("a", familie=same), card("b", familie=same | {"leidend": True, "reden": ""}), card("los")]
    # of the leading card PV23 has no figures
    there = {"a": ("PV22", "PV23"), "b": ("PV22",), "los": ("PV22", "PV23")}
    cells = [maak_cel(n, r, j, v) for n, of in there.items() for r in of for j, v in zip(WINDOW, UP, strict=True)]
    db = wereld(cards, cells)
    for tabel in all_tabellen():
        if tabel.naam in (*OURS, "monitor.oordeel_telling"):
            tabel.create(db)
    counted = db.execute(
        "SELECT regio, indicator FROM monitor.oordeel WHERE telt_mee AND regio[:2] = 'PV' ORDER BY ALL"
    )
    assert counted.fetchall() == [("PV22", "b"), ("PV22", "los"), ("PV23", "a"), ("PV23", "los")]
    # a region without any judgement has the leading card too
    assert db.execute(
        "SELECT indicator FROM monitor.oordeel WHERE telt_mee AND regio = 'CR07' ORDER BY 1"
    ).fetchall() == [
        ("b",),
        ("los",),
    ]
    told = db.execute(
        "SELECT regio, kaarten, ontwikkelingen FROM monitor.oordeel_telling "
        "WHERE maat = 'trend' AND uitkomst = 'gunstig' ORDER BY 1"
    )
    assert told.fetchall() == [("PV22", 3, 2), ("PV23", 2, 2)]


def test_of_two_that_can_stand_in_the_one_with_a_place_does(wereld, maak_kaart, maak_cel):
    same = {"naam": "een ontwikkeling", "leidend": False, "reden": "hetzelfde"}
    cards = [
        maak_kaart("aantal_ervan", eenheid="aantal", richting="hoger", familie=same),
        maak_kaart("deel", eenheid="%", aggregatie="niet", richting="hoger", familie=same),
        maak_kaart(
            "leidt",
            richting="hoger",
            familie=same | {"leidend": True, "reden": ""},
            bronnen=[{"tabel": "t", "teller": [{"onderwerp": "b"}]}],
        ),
    ]
    cells = [maak_cel("a", g, j, v + n) for n, g in enumerate(GEMEENTEN) for j, v in zip(WINDOW, UP, strict=True)]
    db = wereld(cards, cells)
    for tabel in judgement():
        tabel.create(db)
    asked = "SELECT DISTINCT indicator FROM monitor.oordeel WHERE telt_mee AND regio IN ('GM0106', 'GM0160')"
    assert db.execute(asked).fetchall() == [("deel",)]

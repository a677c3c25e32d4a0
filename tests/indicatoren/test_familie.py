"""Families of cards: each has one leading card, and the others say why they measure the same."""

from __future__ import annotations

from itertools import combinations

from assets.indicatoren.kaart import Bron, Kaart, read_kaarten

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

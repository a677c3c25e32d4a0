"""Families of cards: each has one leading card, and the others say why they measure the same."""

from __future__ import annotations

from assets.indicatoren.kaart import read_kaarten


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
